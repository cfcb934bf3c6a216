"""Codes for voting: ten letters of Crockford's base 32 and one more against slips of the pen.

50 random bits from ``secrets``; the eleventh letter is the first five bits of SHA-256("bb/code/1\\n" letters).  A code is
shown once, in the file for printing; kept is only

    HMAC-SHA-256(key, "bb/code/1\\n" round "\\n" letters)          (1)

under a key that lies outside the database, so that whoever copies the database cannot vote.  An envelope carries

    HMAC-SHA-256(key, "bb/token/1\\n" round "\\n" who)                (2)

``who``: the code's MAC, or at a meeting the id on the roll; without the key it leads back to neither.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from borgerbudget.leaves import LETTERS

LENGTH = 10
_LETTERS = frozenset(LETTERS)
_MISREAD = str.maketrans("OIL", "011")


def new_code() -> str:
    """As people write it: ``ABCDE-FGHJK-M``."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return f"{letters[:5]}-{letters[5:]}-{_check(letters)}"


def read_code(text: str) -> str:
    """The ten letters of a code; small letters, O for 0 and I or L for 1 are forgiven.  ValueError for a slip."""
    written = "".join(text.upper().translate(_MISREAD).replace("-", " ").split())
    if len(written) != LENGTH + 1 or not _LETTERS.issuperset(written) or _check(written[:-1]) != written[-1]:
        raise ValueError("a letter is wrong")
    return written[:-1]


def code_mac(key: bytes, round: str, letters: str) -> str:
    """Hex."""
    return hmac.digest(key, f"bb/code/1\n{round}\n{letters}".encode(), "sha256").hex()  # (1)


def token(key: bytes, round: str, who: str) -> str:
    """Hex."""
    return hmac.digest(key, f"bb/token/1\n{round}\n{who}".encode(), "sha256").hex()  # (2)


def _check(letters: str) -> str:
    return LETTERS[hashlib.sha256(f"bb/code/1\n{letters}".encode()).digest()[0] >> 3]
