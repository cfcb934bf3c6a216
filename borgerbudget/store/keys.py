"""The key that lies outside the database: 32 random bytes as hex in a file of its own, readable by its owner only.

It makes the MACs of codes and the seals of rows.  Lost, codes cannot be checked and nobody can vote with one any more; what is in
the sealed box and in the chain of events needs no key.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from borgerbudget.errors import InputRejected, Place, problem
from borgerbudget.files.disk import write_bytes
from borgerbudget.store.words import PROBLEMS


def key_path(database: str) -> Path:
    """``BORGERBUDGET_KEY``, else beside the file with the suffix ``.key`` (for a URL: in the current folder)."""
    named = os.environ.get("BORGERBUDGET_KEY")
    if named:
        return Path(named)
    return Path("borgerbudget.key") if "://" in database else Path(database).with_suffix(".key")


def read_key(path: Path) -> bytes | None:
    """None when there is no such file; InputRejected for one that holds no key."""
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        text = ""
    if not re.fullmatch("[0-9a-f]{64}", text, re.ASCII):
        raise InputRejected(problem(PROBLEMS, "DB-009", Place(path.name), path=path))
    return bytes.fromhex(text)


def make_key(path: Path) -> bytes:
    """A new key, kept before anything is made with it."""
    key = secrets.token_bytes(32)
    write_bytes(path, f"{key.hex()}\n".encode(), private=True)
    return key
