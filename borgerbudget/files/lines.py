"""A file in blocks of whole lines, so that no more of it than that need be held at a time."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator

BLOCK = 1 << 18
"""Bytes taken at a time: they and what is made of them stay in the processor's cache."""
MOST_HEAD = 1 << 22
"""Bytes in which the title of the last section is looked for."""
_VOTES = re.compile(rb"\nVOTES[;\r]*\n[^\n\"]+\n")

Stream = io.FileIO | io.BytesIO
Progress = Callable[[int, int], None]
"""Is told how many bytes have been read, and of how many."""


class Lines:
    """The lines of a stream that can be sought in, and the SHA-256 of all that was taken from it so far.

    ``left``: bytes that are yet to be taken, unless the file grows meanwhile.
    """

    def __init__(self, stream: Stream, progress: Progress | None = None) -> None:
        self._stream = stream
        start = stream.tell()
        self.left = stream.seek(0, io.SEEK_END) - start
        stream.seek(start)
        self._all, self._progress = self.left, progress
        self._hash = hashlib.sha256()
        self._space = bytearray(BLOCK)
        self._rest = b""

    def sha256(self) -> str:
        """In hexadecimal digits."""
        return self._hash.hexdigest()

    def head(self) -> bytes | None:
        """All up to the column names of the section VOTES; None when they are not found."""
        while len(self._rest) < MOST_HEAD and (more := self._take()):
            self._rest += more
            if found := _VOTES.search(self._rest):
                head, self._rest = self._rest[: found.end()], self._rest[found.end() :]
                return head
        return None

    def blocks(self, room: int) -> Iterator[bytes]:
        """What is left: whole lines, each ended by LF, and after them ``room`` bytes that mean nothing."""
        spare = b"\n" * room
        while more := self._take():
            cut = self._space.rfind(b"\n", 0, len(more)) + 1
            if cut:
                yield b"".join((self._rest, more[:cut], spare))
                self._rest = bytes(more[cut:])
            else:
                self._rest += more
        if self._rest:
            yield self._rest + (b"" if self._rest.endswith(b"\n") else b"\n") + spare

    def _take(self) -> memoryview:
        """The next bytes, until more are taken."""
        more = memoryview(self._space)[: self._stream.readinto(self._space)]
        self._hash.update(more)
        self.left = max(0, self.left - len(more)) if more else 0
        if self._progress is not None:
            self._progress(self._all - self.left, self._all)
        return more
