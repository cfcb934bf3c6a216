"""The container: a zip of stored members whose every byte follows from their names and contents.

Names ascend by their bytes; no compression, extra field, comment, prefix or gap; every date is 1980-01-01, every file a
plain one (0644).  Written here and not by a library, because libraries differ between versions in fields that say
nothing.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping

NAME = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9]+)+|tables/[a-z][a-z0-9_-]*\.csv", re.ASCII)
MOST_MEMBERS = 64
LARGEST = 1 << 30
"""Of the whole file, in bytes."""

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 20
_DATE = 1 << 5 | 1  # 1980-01-01
_UNIX = 3 << 8
_PLAIN_FILE = 0o100644 << 16


def pack(members: Mapping[str, bytes]) -> bytes:
    """The one archive of these members.  ValueError when a name or the size is not allowed."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in sorted(members):
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} cannot be a member")
        data, path = members[name], name.encode()
        crc, size = zlib.crc32(data), len(data)
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE, crc, size, size, len(path), 0) + path
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", _UNIX | _VERSION, _VERSION, 0, 0, 0, _DATE, crc, size, size, len(path),
                          0, 0, 0, 0, _PLAIN_FILE, offset) + path
        )  # fmt: skip
        parts += (local, data)
        offset += len(local) + size
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listed), offset, 0)
    if len(directory) > MOST_MEMBERS or offset + len(listed) + len(end) > LARGEST:
        raise ValueError("too many members or too large")
    return b"".join((*parts, listed, end))


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of an archive that ``pack`` wrote.  ValueError for any other bytes."""
    members: dict[str, bytes] = {}
    at = 0
    if len(data) > LARGEST:
        raise ValueError("too large")
    while data[at : at + 4] == b"PK\x03\x04" and len(data) - at >= _LOCAL.size and len(members) < MOST_MEMBERS:
        size, name_length = _LOCAL.unpack_from(data, at)[8:10]
        start = at + _LOCAL.size + name_length
        name = data[at + _LOCAL.size : start].decode("ascii", "replace")
        members[name] = data[start : start + size]
        at = start + size
    if pack(members) != data:
        raise ValueError("not the one spelling of an archive")
    return members
