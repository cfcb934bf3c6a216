"""Writes ``tests/vectors/audit.json``: worked examples of every hash, spelling and code in docs/audit-bundle.md.

Run by hand when the format changes: ``python -m tests.make_vectors``.  A test compares the file with what comes out now.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from borgerbudget import canonical, make_election, merkle
from borgerbudget.canonical import fit_text
from borgerbudget.chain import follow, freeze_hash, private_sha256
from borgerbudget.leaves import box_root, leaf, receipt
from borgerbudget.proposal import Proposal
from tallies import dice_lot
from tallies.audit.archive import pack
from tallies.audit.envelope import envelope, signed_bytes
from tests.histories import CLERK, drawn
from tests.test_audit_values import LEAVES, NOT_CANONICAL, ROOTS

FILE = Path(__file__).parent / "vectors" / "audit.json"


def vectors() -> dict[str, Any]:
    """Bytes stand as hex."""
    salt, listing = bytes(range(32)), b'{"a":1}\n'
    one = leaf("lillevig-2026", salt, "bade,have")
    two = leaf("lillevig-2026", drawn("salt"), "")
    first = follow([], "created", "2026-03-01", {}, None, "1" * 64)
    second = follow([first], "vetting-started", "2026-03-02", {"note": "æøå"})
    election = make_election(10, [Proposal(i, 5) for i in "abcdef"], [["a"], ["b", "c"]], round="r-1")
    signature = CLERK.sign(signed_bytes(listing))
    return {
        "canonical_json": {
            "accepted": [
                canonical.write(value).hex()
                for value in (
                    None,
                    {},
                    [],
                    0,
                    -1,
                    2**53 - 1,
                    'æ"\\/ 😀',
                    {"b": [1, {"a": False}], "B": None, "a_1": "1/3"},
                )
            ],
            "refused": [data.hex() for data in NOT_CANONICAL if len(data) < 200],
        },
        "fit_text": [[text, fit_text(text)] for text in ("a\tb\r\nc", "A\u030a", "x\u200by\u202ez", " a  b ")],
        "merkle": {"leaves": LEAVES, "roots": ROOTS},
        "leaf": [
            {"round": "lillevig-2026", "salt": salt.hex(), "ballot": "bade,have", "leaf": one.hex()},
            {"round": "lillevig-2026", "salt": drawn("salt").hex(), "ballot": "", "leaf": two.hex()},
        ],
        "node": {"left": one.hex(), "right": two.hex(), "node": merkle.root([one, two]).hex()},
        "box_root": {"leaves": [one.hex(), two.hex()], "root": box_root([one, two])},
        "receipt": [
            {
                "round": "lillevig-2026",
                "batch": batch,
                "leaf": one.hex(),
                "code": receipt("lillevig-2026", batch, one).code(),
            }
            for batch in (1, 12)
        ],
        "events": {
            "lines": [first.line().hex(), second.line().hex()],
            "sha256": [first.sha256(), second.sha256()],
        },
        "freeze_hash": {"round.json": b"{}\n".hex(), "proposals.jsonl": b"".hex(), "sha256": freeze_hash(b"{}\n", b"")},
        "private": {
            "salt": salt.hex(),
            "private": {"actor": "Anna"},
            "sha256": private_sha256(salt, {"actor": "Anna"}),
        },
        "lot": {
            "round": "r-1",
            "ballots_root": election.ballots_root,
            "dice": "4261538",
            "ids": list("abcdef"),
            "order": list(dice_lot(election, "4261538").order),
        },
        "ballots_root": {"ballots.tsv": b"1\ta\n1\tb,c\n".hex(), "sha256": election.ballots_root},
        "signature": {
            "public_key": CLERK.public.raw.hex(),
            "fingerprint": CLERK.public.fingerprint,
            "manifest": listing.hex(),
            "signed_bytes": signed_bytes(listing).hex(),
            "signature": signature.hex(),
            "envelope": envelope(listing, {CLERK.public.fingerprint: signature}).hex(),
        },
        "container": {
            "members": {"ballots.tsv": b"1\ta\n".hex(), "round.json": b"{}\n".hex()},
            "bytes": pack({"round.json": b"{}\n", "ballots.tsv": b"1\ta\n"}).hex(),
        },
    }


def spelled() -> str:
    return json.dumps(vectors(), ensure_ascii=True, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(spelled(), encoding="utf-8")
