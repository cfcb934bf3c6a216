"""Parts that are written in C besides: where the compiled ones are, and how they are made.

Nothing is compiled unless somebody asks for it (``python -m tallies.numerics.compiling``), and without them all is the same.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

FLAGS = ("-std=c11", "-O3", "-ffp-contract=off", "-shared", "-fPIC")


def library_of(source: Path) -> Path:
    """Where the library of this source is, on this kind of machine.  Another source has another library."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    return source.with_name(f"{source.stem}-{digest}-{sys.platform}-{platform.machine()}.so")


def compile_part(compiler: str, source: Path, target: Path, load: Callable[[Path], object]) -> None:
    """Nothing half made is left.  ``load`` tries it.  Raises OSError, or CalledProcessError with what the compiler said."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        command = [compiler, *FLAGS, str(source), "-o", str(made), "-lm"]
        subprocess.run(command, check=True, capture_output=True, text=True, errors="replace")
        load(made)
        made.replace(target)


def address(array: NDArray[Any] | None) -> int | None:
    """Where the numbers of an array begin; NULL for none."""
    return None if array is None else int(array.__array_interface__["data"][0])
