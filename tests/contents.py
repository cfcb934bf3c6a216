"""The contents at the top of ``tallies/verify.py``: its sections with the line on which each begins.

``python -m tests.contents`` writes them anew after the file was changed; a test compares.
"""

from __future__ import annotations

import re
from pathlib import Path

VERIFIER = Path(__file__).resolve().parents[1] / "tallies" / "verify.py"
HEADING = re.compile(r"(?:# -{80,} |    # -- )(.+)")
OPENING, END = "Contents, by line:\n\n", '"""\n'


def contents(text: str) -> str:
    """The text with contents that are right; those of the checks of a bundle are indented."""
    for _ in range(2):  # the first time the table may change in length, and with it every number
        rows = []
        for number, line in enumerate(text.splitlines(), 1):
            heading = HEADING.fullmatch(line)
            if heading:
                rows.append(f"{number:8}  {'  ' if line.startswith(' ') else ''}{heading[1]}\n")
        before, opening, rest = text.partition(OPENING)
        _, end, after = rest.partition(END)
        text = before + opening + "".join(rows) + end + after
    return text


if __name__ == "__main__":
    VERIFIER.write_text(contents(VERIFIER.read_text(encoding="utf-8")), encoding="utf-8")
