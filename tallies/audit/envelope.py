"""The envelope: Ed25519 signatures over the manifest's bytes, as DSSE.

What is signed is DSSE's pre-authentication encoding of type and bytes, so a signature says what it is about:

    "DSSEv1" SP len(type) SP type SP len(bytes) SP bytes        lengths in decimal

github.com/secure-systems-lab/dsse, protocol.md, version 1.  Ed25519: RFC 8032.  A key's name is the hex SHA-256 of its 32
bytes.  Signatures stand in the order of their keys' names, so that the order of signing does not matter.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from borgerbudget import canonical

PAYLOAD_TYPE = "application/vnd.borgerbudget.manifest.v1+json"
SIGNATURE_BYTES = 64
_HEX = re.compile("[0-9a-f]{64}", re.ASCII)


def signed_bytes(manifest: bytes) -> bytes:
    """What a signature is over."""
    return b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(manifest), manifest)


def envelope(manifest: bytes, signatures: Mapping[str, bytes]) -> bytes:
    """``manifest.dsse.json``; ``signatures``: fingerprint -> 64 bytes."""
    return canonical.write(
        {
            "payload": base64.b64encode(manifest).decode(),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [
                {"keyid": keyid, "sig": base64.b64encode(signatures[keyid]).decode()} for keyid in sorted(signatures)
            ],
        }
    )


def read_envelope(data: bytes, manifest: bytes) -> dict[str, bytes]:
    """The signatures of an envelope over ``manifest``.  ValueError when it is not one of ours."""
    document = canonical.read(data)
    try:
        signatures = {entry["keyid"]: base64.b64decode(entry["sig"], validate=True) for entry in document["signatures"]}
        fit = all(_HEX.fullmatch(keyid) and len(sig) == SIGNATURE_BYTES for keyid, sig in signatures.items())
        again = envelope(manifest, signatures) if fit else b""
    except (KeyError, TypeError, AttributeError, binascii.Error):
        again = b""
    if again != data:
        raise ValueError("not an envelope of this manifest")
    return signatures
