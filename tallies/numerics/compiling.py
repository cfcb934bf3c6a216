"""Compiles the filter of equal shares with the C compiler of this machine, once, for ``tallies.numerics.compiled``.

    python -m tallies.numerics.compiling

Another source has another library: after an upgrade it is to be compiled anew, and until then all is done without.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from borgerbudget.console import prepare_streams, report, say
from borgerbudget.errors import problem
from borgerbudget.words import preferred_language
from tallies.numerics.compiled import SOURCE, loaded, place
from tallies.words import COMPILED, PROBLEMS

FLAGS = ("-std=c11", "-O3", "-ffp-contract=off", "-shared", "-fPIC")


def compile_kernel(compiler: str, target: Path) -> None:
    """Nothing half made is left.  Raises OSError, or CalledProcessError with what the compiler said."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder) / target.name
        command = [compiler, *FLAGS, str(SOURCE), "-o", str(made), "-lm"]
        subprocess.run(command, check=True, capture_output=True, text=True, errors="replace")
        loaded(made)
        made.replace(target)


def main() -> int:
    prepare_streams()
    language, compiler, target = preferred_language(), os.environ.get("CC", "cc"), place()
    try:
        compile_kernel(compiler, target)
    except (OSError, subprocess.CalledProcessError) as error:
        said = error.stderr.strip().splitlines()[:1] if isinstance(error, subprocess.CalledProcessError) else []
        reason = said[0] if said else str(error)
        report([problem(PROBLEMS, "CMP-001", compiler=compiler, folder=target.parent, reason=reason)], language)
        return 1
    say(COMPILED.say(language, path=target))
    return 0


if __name__ == "__main__":
    sys.exit(main())
