"""Leaves and receipts: a ballot's presence can be shown, its content cannot.

    leaf = SHA-256(0x00 || "bb/leaf/1\\n" round "\\n" hex(salt) "\\n" ballot)      (1)

``salt``: 32 random bytes, drawn once when the ballot is cast and kept; ``ballot``: the ballot field of a profile line.
The box's root is the Merkle root over all accepted leaves in ascending order, so that nothing tells who came first.

A receipt is ``round/batch/code``: the code holds the first 80 bits of the leaf in Crockford's base 32 and one more letter
against slips of the pen, the first five bits of SHA-256("bb/receipt/1\\n" round "\\n" batch "\\n" letters).           (2)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from borgerbudget import merkle

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX_BYTES = 10
_MISREAD = str.maketrans("OIL", "011")


def leaf(round: str, salt: bytes, ballot: str) -> bytes:
    """The leaf hash of one ballot."""
    return merkle.leaf_hash(f"bb/leaf/1\n{round}\n{salt.hex()}\n{ballot}".encode())  # (1)


def box_root(leaves: Iterable[bytes]) -> str:
    """Hex root over the leaves in ascending order."""
    return merkle.root(sorted(leaves)).hex()


@dataclass(frozen=True, slots=True)
class Receipt:
    """``prefix``: the first ten bytes of the leaf; ``batch`` counts from 1."""

    round: str
    batch: int
    prefix: bytes

    def code(self) -> str:
        bits = int.from_bytes(self.prefix, "big")
        letters = "".join(LETTERS[bits >> shift & 31] for shift in range(75, -1, -5))
        return f"{self.round}/{self.batch}/{letters}{_check_letter(self.round, self.batch, letters)}"


def receipt(round: str, batch: int, leaf: bytes) -> Receipt:
    return Receipt(round, batch, leaf[:PREFIX_BYTES])


def read_receipt(code: str) -> Receipt:
    """The receipt a code stands for; small letters, O for 0 and I or L for 1 are forgiven.  ValueError for a slip."""
    match = re.fullmatch(r"([A-Za-z0-9._-]{1,64})/([1-9][0-9]{0,8})/([0-9A-Za-z-]{17,24})", code.strip(), re.ASCII)
    if match is None:
        raise ValueError("not a receipt")
    written = match[3].replace("-", "").upper().translate(_MISREAD)
    batch, letters = int(match[2]), written[:-1]
    if len(written) != 17 or set(letters) - set(LETTERS) or _check_letter(match[1], batch, letters) != written[-1]:
        raise ValueError("a letter is wrong")
    bits = 0
    for letter in letters:
        bits = bits << 5 | LETTERS.index(letter)
    return Receipt(match[1], batch, bits.to_bytes(PREFIX_BYTES, "big"))


def _check_letter(round: str, batch: int, letters: str) -> str:
    text = f"bb/receipt/1\n{round}\n{batch}\n{letters}"
    return LETTERS[hashlib.sha256(text.encode()).digest()[0] >> 3]  # (2)
