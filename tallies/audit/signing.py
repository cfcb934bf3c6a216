"""Adding a signature to a bundle: its other bytes stay as they are."""

from __future__ import annotations

from typing import NamedTuple

from borgerbudget import canonical
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from tallies.audit.archive import pack, unpack
from tallies.audit.envelope import envelope, read_envelope, signed_bytes
from tallies.audit.keys import Key
from tallies.audit.words import PROBLEMS


class Signed(NamedTuple):
    """The signed bundle, who signed now, how many signatures there are and how many are needed."""

    data: bytes
    fingerprint: str
    signatures: int
    threshold: int


def unsigned(data: bytes, source: str) -> bytes:
    """The bundle without its envelope: what a signer has checked before she signs."""
    try:
        members = unpack(data)
    except ValueError as error:
        raise InputRejected(problem(PROBLEMS, "BUN-007", Place(source), reason=error)) from None
    return pack({name: content for name, content in members.items() if name != "manifest.dsse.json"})


def carries(data: bytes, verifier: bytes) -> bool:
    """Whether the verifier inside the bundle is this one: whoever signs another puts her name under foreign code."""
    return unpack(data).get("verify.py") == verifier


def signed(data: bytes, key: Key, source: str) -> Signed:
    """The bundle with this key's signature besides those it has; signing twice changes nothing."""
    try:
        members = unpack(data)
        listing, round_document = members["manifest.json"], canonical.read(members["round.json"])
        signatures = {}
        if "manifest.dsse.json" in members:
            signatures = read_envelope(members["manifest.dsse.json"], listing)
        declared = {signer["fingerprint"] for signer in round_document["signers"]}
        threshold: int = round_document["threshold"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputRejected(problem(PROBLEMS, "BUN-007", Place(source), reason=error)) from None
    fingerprint = key.public.fingerprint
    if fingerprint not in declared:
        raise UsageError(problem(PROBLEMS, "BUN-008", Place(source), fingerprint=fingerprint))
    signatures[fingerprint] = key.sign(signed_bytes(listing))
    members["manifest.dsse.json"] = envelope(listing, signatures)
    return Signed(pack(members), fingerprint, len(signatures), threshold)
