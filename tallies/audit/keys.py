"""Keys: Ed25519, made for one round, kept as PKCS#8 under a passphrase; the public part as PEM and as a fingerprint.

The fingerprint is the hex SHA-256 of the 32 bytes of the public key.  It stands in ``round.json`` from the freezing on and is
announced where the bundle is not: in the minutes, on the poster.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from borgerbudget.errors import InputRejected, Place, problem
from tallies.audit.pkcs8 import encrypted_pem
from tallies.audit.words import PROBLEMS

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LEAST_PASSPHRASE = 8
"""Characters."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The 32 bytes of an Ed25519 public key (RFC 8032)."""

    raw: bytes

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Key:
    """A key that can sign."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.private.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        return self.private.sign(data)


def new_key() -> Key:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Key(Ed25519PrivateKey.generate())


def private_pem(key: Key, passphrase: str) -> bytes:
    """PKCS#8, encrypted."""
    from cryptography.hazmat.primitives import serialization

    if len(passphrase) < LEAST_PASSPHRASE:
        raise InputRejected(problem(PROBLEMS, "KEY-001", least=LEAST_PASSPHRASE))
    encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    return encrypted_pem(key.private.private_bytes(encoding, form, serialization.NoEncryption()), passphrase)


def public_pem(public: PublicKey) -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(public.raw).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def read_private(data: bytes, passphrase: str, source: str) -> Key:
    """The key in an encrypted PKCS#8 file.  InputRejected for other files, other kinds of key, a wrong passphrase."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if b"PUBLIC KEY" in data:
        raise InputRejected(problem(PROBLEMS, "KEY-010", Place(source)))
    try:
        found = serialization.load_pem_private_key(data, passphrase.encode())
    except TypeError:  # it lies open, or no passphrase was given
        raise InputRejected(problem(PROBLEMS, "KEY-004", Place(source))) from None
    except (ValueError, UnsupportedAlgorithm):
        raise InputRejected(problem(PROBLEMS, "KEY-002", Place(source))) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise InputRejected(problem(PROBLEMS, "KEY-003", Place(source)))
    return Key(found)


def read_public(data: bytes, source: str) -> PublicKey:
    """The key in a public PEM file."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if b"PRIVATE KEY" in data:
        raise InputRejected(problem(PROBLEMS, "KEY-009", Place(source)))
    try:
        found = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise InputRejected(problem(PROBLEMS, "KEY-003", Place(source))) from None
    if not isinstance(found, Ed25519PublicKey):
        raise InputRejected(problem(PROBLEMS, "KEY-003", Place(source)))
    return PublicKey(found.public_bytes_raw())
