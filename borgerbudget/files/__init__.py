"""Reading and writing rounds: .pb, a folder of CSV, an exported profile."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from borgerbudget.errors import InputRejected, Place, problem
from borgerbudget.files.disk import read_bytes, read_files
from borgerbudget.files.folder import FOLDER_FILES, folder_document, read_folder
from borgerbudget.files.lines import Progress
from borgerbudget.files.pabulib import read_pabulib, read_plainly, read_strictly
from borgerbudget.files.pabulib_document import Document, Section, read_document, write_document
from borgerbudget.files.reading import Reading
from borgerbudget.files.words import PROBLEMS
from borgerbudget.frozen import frozen

if TYPE_CHECKING:
    from borgerbudget.election import Election

__all__ = [
    "Document",
    "Reading",
    "Section",
    "Source",
    "read_document",
    "read_folder",
    "read_pabulib",
    "read_profile",
    "read_round",
    "read_source",
    "write_document",
    "write_profile",
]


def read_profile(data: bytes, source: str) -> Reading:
    """See ``profile_json``, which is loaded only when a profile is asked for: its strict models take a while."""
    from borgerbudget.files import profile_json

    return profile_json.read_profile(data, source)


def write_profile(election: Election) -> bytes:
    """See ``profile_json``."""
    from borgerbudget.files import profile_json

    return profile_json.write_profile(election)


def read_round(path: Path, progress: Progress | None = None) -> Reading:
    """The round in a ``.pb`` file, an exported profile (``.json``) or a folder of CSV; ``-`` is a .pb on stdin.

    Raises InputRejected when it is not there, cannot be read or is not such a round.  ``progress`` is told of a .pb file how
    many bytes of it have been read, unless its votes must be read cell by cell.
    """
    if path.suffix.lower() == ".pb" and path.is_file():
        with contextlib.suppress(OSError), path.open("rb", buffering=0) as stream:  # faults are told by ``read_source``
            if reading := read_plainly(stream, path.name, progress):
                return reading
        return read_source(path).reading(plainly=False)
    return read_source(path).reading()


@frozen
class Source:
    """The bytes of a round and what they are: ``pb``, ``json``, or the ``folder``'s files by name."""

    name: str
    content: bytes | dict[str, bytes]
    is_profile: bool = False

    def reading(self, plainly: bool = True) -> Reading:
        """The election; ``plainly``: at array speed where the votes allow that, with the same result."""
        if isinstance(self.content, dict):
            return read_folder(self.content, self.name)
        if self.is_profile:
            return read_profile(self.content, self.name)
        return (read_pabulib if plainly else read_strictly)(self.content, self.name)

    def document(self) -> Document | None:
        """Every cell of it; a profile has none."""
        if isinstance(self.content, dict):
            return folder_document(self.content, self.name)
        return None if self.is_profile else read_document(self.content, self.name)


def read_source(path: Path) -> Source:
    """What lies at ``path``, by its suffix; InputRejected when nothing that can be read does."""
    if str(path) == "-":
        return Source("-", sys.stdin.buffer.read())
    if path.is_dir():
        return Source(path.name, read_files(path, FOLDER_FILES))
    content = read_bytes(path)
    suffix = path.suffix.lower()
    if suffix == ".toml":
        raise InputRejected(problem(PROBLEMS, "FI-008", Place(path.name), path=path.name))
    if suffix not in (".pb", ".json"):
        raise InputRejected(problem(PROBLEMS, "FI-004", Place(path.name), path=path.name))
    return Source(path.name, content, is_profile=suffix == ".json")
