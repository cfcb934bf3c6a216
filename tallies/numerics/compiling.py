"""Compiles what is written in C besides with the C compiler of this machine, once: the reader of plain votes, the
merging of equal ballots, and the filter of equal shares.

    python -m tallies.numerics.compiling

Another source has another library: after an upgrade it is to be compiled anew, and until then all is done without.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from borgerbudget import compiled_marks
from borgerbudget.compiled import compile_part, library_of
from borgerbudget.console import prepare_streams, report, say
from borgerbudget.errors import problem
from borgerbudget.files import compiled_votes
from borgerbudget.words import preferred_language
from tallies.numerics import compiled
from tallies.words import COMPILED, MERGES, PROBLEMS, READS


def compile_kernel(compiler: str, target: Path) -> None:
    """The filter.  Raises OSError, or CalledProcessError with what the compiler said."""
    compile_part(compiler, compiled.SOURCE, target, compiled.loaded)


def main() -> int:
    prepare_streams()
    language, compiler = preferred_language(), os.environ.get("CC", "cc")
    parts = (compiled_votes, READS), (compiled_marks, MERGES), (compiled, COMPILED)
    for part, words in parts:
        target = library_of(part.SOURCE)
        try:
            compile_part(compiler, part.SOURCE, target, part.loaded)
        except (OSError, subprocess.CalledProcessError) as error:
            said = error.stderr.strip().splitlines()[:1] if isinstance(error, subprocess.CalledProcessError) else []
            reason = said[0] if said else str(error)
            report([problem(PROBLEMS, "CMP-001", compiler=compiler, folder=target.parent, reason=reason)], language)
            return 1
        say(words.say(language, path=target))
    return 0


if __name__ == "__main__":
    sys.exit(main())
