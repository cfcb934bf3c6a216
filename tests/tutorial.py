"""The tutorials' commands, run in order as a clerk would; ``python -m tests.tutorial`` writes what they answer into the pages.

A block ``sh`` holds commands, one per line, its number the exit code of the last of them (else 0); a block ``text`` right after
it shows what they answer; a block ``file NAME`` is a file that the clerk saves.  What differs each time is masked when pages are
compared.  A code in a command stands for the next one in the file of codes, because everybody's codes are other ones.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = {"da": ROOT / "docs" / "tutorial.da.md", "en": ROOT / "docs" / "tutorial.en.md"}
LOCALES = {"da": "da_DK.UTF-8", "en": "en_US.UTF-8"}
CODES = {"da": "koder.csv", "en": "codes.csv"}
BLOCK = re.compile(r"^```(sh|text|file)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]\b")
NOBODYS = "AAAAA-AAAAA-B"
"""Typed wrongly on purpose."""
MASKS = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "HASH"),
    (re.compile(r"\b[0-9a-f]{8}(?: [0-9a-f]{8}){7}\b"), "HASH"),
    (re.compile(r"(?<![0-9])[0-9]{8}T[0-9]{6}Z"), "MOMENT"),
    (re.compile(r"(?<=/)[0-9A-HJKMNP-TV-Z]{17}\b"), "RECEIPT"),
    (re.compile(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b"), "DAY"),
    (re.compile(r"\b[0-9]{1,2}\.? [a-zA-Z]+ 20[0-9]{2}\b"), "DAY"),
)


@dataclass
class Tried:
    """What a block of commands answered, and how the last of them ended; where its answer stands in the page."""

    lines: list[str]
    wanted: int
    code: int
    answer: str
    shown: str | None = None
    place: tuple[int, int] | None = None


@dataclass
class Clerk:
    """Follows a page to the letter in an empty folder."""

    language: str
    folder: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clean = {key: value for key, value in os.environ.items() if not key.startswith("BORGERBUDGET_")}
        self.env = {**clean, "PYTHONPATH": str(ROOT), "LC_ALL": LOCALES[self.language], "PYTHONUTF8": "1"}

    def follow(self, page: str) -> Iterator[Tried]:
        """Block after block; the answer that a page shows belongs to the commands before it."""
        last: Tried | None = None
        for block in BLOCK.finditer(page):
            kind, word, text = block.groups()
            if kind == "text" and last is not None:
                last.shown, last.place = text, block.span(3)
            elif kind == "sh":
                if last is not None:
                    yield last
                last = self.run(text.splitlines(), int(word or 0))
            elif kind == "file":
                (self.folder / word).write_text(text, encoding="utf-8")
        if last is not None:
            yield last

    def run(self, lines: list[str], wanted: int) -> Tried:
        answers, code = [], 0
        for line in lines:
            code, answer = self._type(self._own_codes(line))
            answers.append(answer.replace(str(self.folder.resolve()), "…"))
            if code:
                break
        return Tried(lines, wanted, code, "".join(answers))

    def _type(self, line: str) -> tuple[int, str]:
        """Exit code and all that is said.  The command runs in this process, which is faster; ``audit`` starts a program of
        its own, and what is no command of ours is the shell's."""
        if line.startswith("borgerbudget ") and not line.startswith("borgerbudget audit "):
            return self._here(*line.split(" > "))
        command = f"{sys.executable} -c 'import cli; cli.main()'"
        done = subprocess.run(
            ["sh", "-c", f"{line.replace('borgerbudget', command, 1) if line.startswith('borgerbudget ') else line} 2>&1"],
            cwd=self.folder, env=self.env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return done.returncode, done.stdout

    def _here(self, line: str, into: str | None = None) -> tuple[int, str]:
        cli.app.registered_commands.clear()  # as in a process of its own
        cli.app.registered_groups.clear()
        words, data, code = io.StringIO(), io.StringIO(), 0
        with (
            chdir(self.folder), patch.dict(os.environ, self.env, clear=True), patch.object(sys, "argv", shlex.split(line)),
            redirect_stdout(data if into else words), redirect_stderr(words),
        ):  # fmt: skip
            try:
                cli.main()
            except SystemExit as end:
                code = int(end.code or 0)
        if into:
            (self.folder / into).write_text(data.getvalue(), encoding="utf-8")
        return code, words.getvalue()

    def _own_codes(self, line: str) -> str:
        """The codes of the page replaced by those that this folder has, in the order in which they are met."""
        path = self.folder / CODES[self.language]
        own = [row.split(";")[1] for row in path.read_text("utf-8-sig").splitlines()[1:]] if path.exists() else []
        for code in set(CODE.findall(line)) - {NOBODYS}:
            self.env.setdefault(f"CODE_{code}", own[sum(name.startswith("CODE_") for name in self.env)])
            line = line.replace(code, self.env[f"CODE_{code}"])
        return line


def masked(text: str) -> str:
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return re.sub(r"[ \t]+", " ", text).strip()


def write(language: str) -> None:
    """The page with the answers as they are now, where they say something else.

    SystemExit for a command that ends otherwise than the page says.
    """
    page = PAGES[language].read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent, "engby")
        folder.mkdir()
        tried = []
        for one in Clerk(language, folder).follow(page):
            if one.code != one.wanted:
                sys.exit(f"{one.lines} ended with {one.code}:\n{one.answer}")
            tried.append(one)
    for one in reversed(tried):
        if one.place is not None and masked(one.answer) != masked(one.shown or ""):
            page = page[: one.place[0]] + one.answer + page[one.place[1] :]
    PAGES[language].write_text(page, encoding="utf-8")


if __name__ == "__main__":
    for asked in sys.argv[1:] or PAGES:
        write(asked)
