"""What a command wrote, call by call, and every state in which a power cut could have left the disk.

The write trace comes from ``strace``.  A call that was made is on the disk for certain once its file has been synced (for
names: once their folder has been).  Until then any part of it may be there: all, nothing, some of its sectors, and what came
later without what came before.  Names are written whole or not at all.  This is harsher than any journalling file system.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

CALLS = (
    "open,openat,openat2,creat,write,writev,pwrite64,pwritev,pwritev2,ftruncate,truncate,fallocate,fsync,fdatasync,sync,syncfs,"
    "sync_file_range,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,msync,mmap,"
    "sendfile,copy_file_range,exit_group"
)
SECTORS = (512, 4096)
"""Bytes that a disk writes whole, at places that are multiples of it."""

File = int
"""A file's number; it keeps it when it is renamed."""
Image = dict[str, bytes | None]
"""Path inside the folder -> its bytes; None for a folder."""


@dataclass(frozen=True, slots=True)
class Write:
    file: File
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    file: File
    size: int


@dataclass(frozen=True, slots=True)
class Name:
    """``file`` (None: a folder) is from now on found under ``new``, and under ``old`` no more."""

    old: str | None
    new: str | None
    file: File | None


@dataclass(frozen=True, slots=True)
class Sync:
    """A file, or a folder by its path: all that was done to it before is on the disk."""

    what: File | str


@dataclass(frozen=True, slots=True)
class Told:
    """The command said something, or ended well."""

    text: bytes


Call = Write | Truncate | Name | Sync | Told


@dataclass
class Trace:
    """``start``: the folder before, all of it on the disk; ``calls``: what happened in it, in order."""

    start: Image
    calls: list[Call] = field(default_factory=list)

    @property
    def told_at(self) -> int:
        """After so many calls the command had said that it is done."""
        return next(number for number, call in enumerate(self.calls, 1) if isinstance(call, Told))


def unwilling() -> str | None:
    """Why no trace can be made here."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "strace may not look at programs here"


def image_of(folder: Path) -> Image:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def put(image: Image, folder: Path) -> None:
    for path, data in sorted(image.items()):
        if data is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(data)


def traced(folder: Path, command: Sequence[str], environment: dict[str, str], log: Path) -> Trace:
    """Runs a command in a folder, where it must succeed.  Whatever else the folder holds counts as on the disk."""
    folder = folder.resolve()
    start = image_of(folder)
    subprocess.run(
        ["strace", "-f", "-y", "-xx", "-s", "100000000", "-o", str(log), "-e", f"trace={CALLS}", *command],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True,
    )  # fmt: skip
    return _Reader(folder, start).read(log)


LINE = re.compile(r"(?P<call>\w+)\((?P<words>.*)\) += (?P<result>-?\d+|0x[0-9a-f]+|\?)(?P<rest>.*)")
WORD = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
OPEN_FILE = re.compile(r"(?P<number>-?\d+|AT_FDCWD)(?:<(?P<path>(?:\\x[0-9a-f]{2})*)>(?P<gone>\(deleted\))?)?")


class _Reader:
    """Follows a trace from the folder's start: which file each call meant."""

    def __init__(self, folder: Path, start: Image) -> None:
        self.folder = os.fsencode(folder)
        self.trace = Trace(start)
        self.files: dict[str, File | None] = {}
        for number, (path, data) in enumerate(start.items()):
            self.files[path] = None if data is None else number
        self.next = len(start)

    def read(self, log: Path) -> Trace:
        waiting: dict[str, str] = {}
        for line in log.read_text(encoding="ascii").splitlines():
            process, _, text = line.partition(" ")
            text = text.strip()
            if text.endswith("<unfinished ...>"):
                waiting[process] = text.removesuffix("<unfinished ...>").rstrip()
                continue
            if text.startswith("<... "):
                text = f"{waiting.pop(process)} {text.partition('resumed>')[2].lstrip()}"
            found = LINE.fullmatch(text)
            if found and not found["result"].startswith("-"):
                self._call(found["call"], found["words"], found["result"])
        return self.trace

    def _call(self, call: str, words: str, result: str) -> None:
        texts = [bytes.fromhex(text.replace("\\x", "")) for text, _ in WORD.findall(words)]
        assert not any(more for _, more in WORD.findall(words)), "the trace is cut short"
        if call == "exit_group":
            if words == "0":
                self.trace.calls.append(Told(b""))
        elif call in ("open", "openat", "creat"):
            self._open(texts[0], words)
        elif call in ("mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2"):
            self._name(call, texts, words)
        else:
            self._content(call, texts, words, result)

    def _open(self, name: bytes, words: str) -> None:
        path = self._inside(self._whole(name, words))
        if path is None or "O_DIRECTORY" in words:
            return
        if path not in self.files and "O_CREAT" in words:
            self.files[path] = self.next
            self.trace.calls.append(Name(None, path, self.next))
            self.next += 1
        elif "O_TRUNC" in words:
            self.trace.calls.append(Truncate(self._file(path), 0))

    def _name(self, call: str, texts: list[bytes], words: str) -> None:
        paths = [self._inside(self._whole(text, words)) for text in texts]
        if paths == [None] * len(paths):
            return
        assert None not in paths, f"{call} leads out of the folder"
        if call.startswith("mkdir"):
            old, new, file = None, paths[0], None
        elif call.startswith("rename"):
            old, new, file = paths[0], paths[1], self._file(str(paths[0]))
        else:
            old, new, file = paths[0], None, None
        if old is not None:
            del self.files[old]
        if new is not None:
            self.files[new] = file
        self.trace.calls.append(Name(old, new, file))

    def _content(self, call: str, texts: list[bytes], words: str, result: str) -> None:
        opened = next((one for one in OPEN_FILE.finditer(words) if one["path"]), None)
        if call == "write" and opened is not None and opened["number"] in ("1", "2"):
            self.trace.calls.append(Told(texts[0]))
            return
        path = (
            None if opened is None or opened["gone"] else self._inside(bytes.fromhex(opened["path"].replace("\\x", "")))
        )
        if path is None:
            return
        numbers = [int(word) for word in words.split(", ") if word.isdecimal()]
        if call in ("fsync", "fdatasync"):
            self.trace.calls.append(Sync(path if self.files.get(path) is None else self._file(path)))
        elif call == "pwrite64":
            assert int(result) == len(texts[0])
            self.trace.calls.append(Write(self._file(path), numbers[-1], texts[0]))
        elif call == "write":  # new files are written from their start to their end
            file = self._file(path)
            before = sum(len(one.data) for one in self.trace.calls if isinstance(one, Write) and one.file == file)
            self.trace.calls.append(Write(file, before, texts[0][: int(result)]))
        elif call == "ftruncate":
            self.trace.calls.append(Truncate(self._file(path), numbers[-1]))
        else:  # what is mapped is SQLite's shared memory, which no power cut leaves behind
            assert call == "mmap", f"the replay does not know {call}"
            assert "PROT_WRITE" not in words or "MAP_SHARED" not in words or path.endswith("-shm"), words

    def _file(self, path: str) -> File:
        file = self.files[path]
        assert file is not None, path
        return file

    def _whole(self, name: bytes, words: str) -> bytes:
        if name.startswith(b"/"):
            return name
        found = OPEN_FILE.match(words)
        base = bytes.fromhex(found["path"].replace("\\x", "")) if found and found["path"] else self.folder
        return os.path.join(base, name)  # noqa: PTH118 (bytes, as the system gives them)

    def _inside(self, path: bytes) -> str | None:
        path = os.path.normpath(path)
        if path == self.folder:
            return "."
        return path[len(self.folder) + 1 :].decode() if path.startswith(self.folder + b"/") else None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the calls that nobody had synced.

    ``kept``: how likely each of them, or (``sector``) each of its sectors, is there; ``first``: only so many of the
    earliest may be; ``garbage``: where a file grew and nothing arrived stands something old instead of zeros.
    """

    kept: float
    sector: int | None = None
    first: int | None = None
    garbage: bool = False


def fates(unsynced: int, dice: random.Random) -> Iterator[Fate]:
    """The extremes, then as many others as are asked for."""
    yield Fate(0)
    yield Fate(1)
    while True:
        sector = dice.choice([None, *SECTORS])
        first = dice.choice([None, dice.randint(0, unsynced)])
        yield Fate(dice.choice([0.1, 0.5, 0.9, 1] if first else [0.1, 0.5, 0.9]), sector, first, dice.random() < 0.3)


def unsynced(trace: Trace, crash: int) -> set[int]:
    """Which of the first ``crash`` calls nobody had synced."""
    left: set[int] = set()
    for number, call in enumerate(trace.calls[:crash]):
        if isinstance(call, Sync):
            left = {one for one in left if not _synced_by(trace.calls[one], call.what)}
        elif not isinstance(call, Told):
            left.add(number)
    return left


def _synced_by(call: Call, what: File | str) -> bool:
    if isinstance(call, Name):
        return any(path is not None and str(PurePosixPath(path).parent) == what for path in (call.old, call.new))
    return isinstance(call, (Write, Truncate)) and call.file == what


def left_behind(trace: Trace, crash: int, fate: Fate, dice: random.Random) -> Image:
    """The folder as it is found after a power cut behind so many calls."""
    names: dict[str, File | None] = {}
    contents: dict[File, bytearray] = {}
    for number, (path, data) in enumerate(trace.start.items()):
        names[path] = None if data is None else number
        if data is not None:
            contents[number] = bytearray(data)
    open_calls = sorted(unsynced(trace, crash))
    may = set(open_calls[: fate.first])
    for number, call in enumerate(trace.calls[:crash]):
        certain = number not in open_calls
        if isinstance(call, Name):
            if certain or (number in may and dice.random() < fate.kept):
                _rename(names, call)
        elif isinstance(call, Truncate):
            if certain or (number in may and dice.random() < fate.kept):
                content = contents.setdefault(call.file, bytearray())
                del content[call.size :]
                content.extend(bytes(call.size - len(content)))
        elif isinstance(call, Write):
            for offset, piece in _pieces(call, None if certain else fate.sector):
                if certain or (number in may and dice.random() < fate.kept):
                    _write(contents.setdefault(call.file, bytearray()), offset, piece, fate.garbage, dice)
    found: Image = {}
    for path, file in sorted(names.items()):
        parent = str(PurePosixPath(path).parent)
        if parent == "." or parent in found:
            found[path] = None if file is None else bytes(contents.get(file, b""))
    return found


def _rename(names: dict[str, File | None], call: Name) -> None:
    if call.old is not None:
        names.pop(call.old, None)
    if call.new is not None:
        names[call.new] = call.file


def _pieces(call: Write, sector: int | None) -> Iterator[tuple[int, bytes]]:
    """A write as a disk takes it."""
    if sector is None:
        yield call.offset, call.data
        return
    place = call.offset
    while place < call.offset + len(call.data):
        end = min((place // sector + 1) * sector, call.offset + len(call.data))
        yield place, call.data[place - call.offset : end - call.offset]
        place = end


def _write(content: bytearray, offset: int, data: bytes, garbage: bool, dice: random.Random) -> None:
    gap = max(0, offset - len(content))
    content.extend(dice.randbytes(gap) if garbage else bytes(gap))
    content[offset : offset + len(data)] = data
