"""Reading and writing rounds: .pb, a folder of CSV, an exported profile."""

from __future__ import annotations

import sys
from pathlib import Path

from borgerbudget.errors import InputRejected, Place, problem
from borgerbudget.files.disk import read_bytes, read_files
from borgerbudget.files.folder import FOLDER_FILES, read_folder
from borgerbudget.files.pabulib import read_pabulib
from borgerbudget.files.pabulib_document import Document, Section, read_document, write_document
from borgerbudget.files.profile_json import read_profile, write_profile
from borgerbudget.files.reading import Reading
from borgerbudget.files.words import PROBLEMS

__all__ = [
    "Document",
    "Reading",
    "Section",
    "read_document",
    "read_folder",
    "read_pabulib",
    "read_profile",
    "read_round",
    "write_document",
    "write_profile",
]


def read_round(path: Path) -> Reading:
    """The round in a ``.pb`` file, an exported profile (``.json``) or a folder of CSV; ``-`` is a .pb on stdin.

    Raises InputRejected when it is not there, cannot be read or is not such a round.
    """
    if str(path) == "-":
        return read_pabulib(sys.stdin.buffer.read(), "-")
    suffix = path.suffix.lower()
    if path.is_dir():
        return read_folder(read_files(path, FOLDER_FILES), path.name)
    if suffix not in (".pb", ".json") and path.exists():
        raise InputRejected(problem(PROBLEMS, "FI-004", Place(path.name), path=path.name))
    data = read_bytes(path)
    return read_profile(data, path.name) if suffix == ".json" else read_pabulib(data, path.name)
