"""A secret key at rest: PKCS#8, encrypted with AES-256-CBC under a passphrase stretched 600,000 times.

RFC 5958 (EncryptedPrivateKeyInfo), RFC 8018 (PBES2, PBKDF2).  Written here because the library writes the same form with
2,048 rounds and offers no other number; it reads what stands here, and so does ``openssl pkey``.

    SEQUENCE { SEQUENCE { PBES2, SEQUENCE { SEQUENCE { PBKDF2, SEQUENCE { salt, rounds, SEQUENCE { HMAC-SHA256, NULL } } },
                                            SEQUENCE { AES-256-CBC, iv } } },
               OCTET STRING of the encrypted key }
"""

from __future__ import annotations

import base64
import os
import textwrap

ROUNDS = 600_000
"""OWASP's advice for PBKDF2-HMAC-SHA256 (Password Storage Cheat Sheet, 2023)."""

_PBES2 = bytes.fromhex("06092a864886f70d01050d")
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("06082a864886f70d02090500")
_AES_256_CBC = bytes.fromhex("060960864801650304012a")
_SEQUENCE, _OCTETS, _INTEGER = 0x30, 0x04, 0x02


def encrypted_pem(key: bytes, passphrase: str) -> bytes:
    """PEM of a key (the DER of a PKCS#8 PrivateKeyInfo) under the passphrase (as UTF-8)."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
    from cryptography.hazmat.primitives.padding import PKCS7

    salt, vector = os.urandom(16), os.urandom(16)
    stretched = PBKDF2HMAC(SHA256(), 32, salt, ROUNDS).derive(passphrase.encode())
    pad, encryptor = PKCS7(128).padder(), Cipher(algorithms.AES(stretched), modes.CBC(vector)).encryptor()
    hidden = encryptor.update(pad.update(key) + pad.finalize()) + encryptor.finalize()
    rounds = _der(_INTEGER, ROUNDS.to_bytes(ROUNDS.bit_length() // 8 + 1, "big"))
    stretching = _der(_SEQUENCE, _PBKDF2, _der(_SEQUENCE, _der(_OCTETS, salt), rounds, _der(_SEQUENCE, _HMAC_SHA256)))
    cipher = _der(_SEQUENCE, _AES_256_CBC, _der(_OCTETS, vector))
    method = _der(_SEQUENCE, _PBES2, _der(_SEQUENCE, stretching, cipher))
    whole = base64.b64encode(_der(_SEQUENCE, method, _der(_OCTETS, hidden))).decode()
    lines = ["-----BEGIN ENCRYPTED PRIVATE KEY-----", *textwrap.wrap(whole, 64), "-----END ENCRYPTED PRIVATE KEY-----"]
    return "".join(f"{line}\n" for line in lines).encode()


def _der(tag: int, *parts: bytes) -> bytes:
    """Tag, length, content (X.690), up to 255 bytes: more than a key of 32 bytes needs."""
    content = b"".join(parts)
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
    return bytes([tag]) + length + content
