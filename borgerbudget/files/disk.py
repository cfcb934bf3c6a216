"""The disk: whole files in, whole files out, and a plain sentence when it will not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from borgerbudget.errors import BorgerbudgetError, InputRejected, Place, UsageError, problem, refusal
from borgerbudget.files.words import PROBLEMS
from borgerbudget.words import Text

NO_NAME = Text("det er ikke et filnavn", "it is no file name")
LARGEST_FILE = 1 << 30
"""In bytes: what is larger, or never ends (a device), is not read."""


def read_bytes(path: Path, most: int = LARGEST_FILE) -> bytes:
    """The whole file; InputRejected when it is not there, cannot be read, or has more than ``most`` bytes."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise InputRejected(problem(PROBLEMS, "FI-001", Place(str(path)))) from None
    except OSError as error:
        raise InputRejected(problem(PROBLEMS, "FI-002", Place(str(path)), reason=refusal(error))) from None
    except ValueError:  # a NUL character
        raise InputRejected(problem(PROBLEMS, "FI-002", Place(str(path)), reason=NO_NAME)) from None
    if len(data) > most:
        raise InputRejected(problem(PROBLEMS, "FI-009", Place(str(path)), most=most))
    return data


def read_files(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Those of the files that are there."""
    return {name: read_bytes(folder / name) for name in names if (folder / name).exists()}


def write_bytes(path: Path, data: bytes, force: bool = False, private: bool = False) -> None:
    """All of the file or nothing of it: written beside it, flushed to disk, then renamed into place.

    ``private``: only its owner may read it.
    """
    import tempfile  # slow to load, and nothing to those who only read

    refuse_existing(path, force)
    temporary: str | None = None
    try:
        if path.exists() and not path.is_file():  # a pipe or a device is written to, never replaced
            with path.open("wb") as stream:
                stream.write(data)
            return
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o600 if private else 0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
        sync_folder(path.parent)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def write_files(folder: Path, files: Mapping[str, bytes], force: bool = False) -> None:
    """All of the files in a folder, or none: a new folder is filled beside it and renamed into place.

    With ``force`` the files of an existing folder are replaced one by one, and others in it are left alone.
    """
    import shutil
    import tempfile

    refuse_existing(folder, force, folder=True)
    if folder.exists():
        for name, data in files.items():
            write_bytes(folder / name, data, force=True)
        return
    temporary: str | None = None
    try:
        temporary = tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent)
        for name, data in files.items():
            write_bytes(Path(temporary) / name, data)
        Path(temporary).chmod(0o777 & ~_umask())
        Path(temporary).replace(folder)
        temporary = None
        sync_folder(folder.parent)
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def refuse_existing(path: Path, force: bool | None, folder: bool = False) -> None:
    """UsageError where something stands that is not to be overwritten, for ``-``, which would be a file of that name, and for a
    folder where a file is to be written: no ``force`` makes a file of it.

    ``force``: whether it was asked to be; None where it never is.
    """
    if str(path) == "-":
        raise UsageError(problem(PROBLEMS, "FI-010"))
    if not folder and path.is_dir():
        raise UsageError(problem(PROBLEMS, "FI-011", path=path))
    if not force and os.path.lexists(path):
        raise UsageError(problem(PROBLEMS, "FI-005" if force is not None else "FI-013", path=path))


def unwritable(path: Path, error: OSError) -> BorgerbudgetError:
    """What is raised when the computer would not."""
    return BorgerbudgetError(problem(PROBLEMS, "FI-006", path=path, reason=refusal(error)))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """The new name, too, must outlive a power cut (where the system can promise that)."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
