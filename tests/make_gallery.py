"""``python -m tests.make_gallery``: asks the questions of docs/scenarios.md again and puts words and pictures where they stand.

The page marks each place with ``<!-- answer: NAME -->`` and ``<!-- end -->``; what stands between them is made here: the command,
the answer's own words, and its pictures, which lie in docs/pictures.  What the page says besides is written by hand.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "scenarios.md"
PICTURES = ROOT / "docs" / "pictures"
PLACE = re.compile(r"(<!-- answer: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

ROUND = "examples/lillevig-2026.pb"
PLAN = "equal-shares/add1eu"
QUESTIONS = {
    "less-money": f"what-if {ROUND} --plan {PLAN} --pool 130000",
    "any-pool": f"sweep {ROUND} --plan {PLAN} --pool 50000:300000",
    "price": f"sweep {ROUND} --plan {PLAN} --price L04=20000:35000",
    "ten-more": f"robust {ROUND} --plan {PLAN} --way more-voters:10 --runs 400 --seed 42",
    "which-rule": f"compare {ROUND} --plan greedy --plan {PLAN} --plan phragmen",
    "approval-or-points": f"compare examples/kirkelund-kugler-2026.pb --plan {PLAN} --ballots points,approval",
    "how-many": f"quorum {ROUND} --plan greedy --runs 400 --seed 42",
}
"""Name of a place in the page -> the words after ``borgerbudget scenario``."""


class Words(HTMLParser):
    """The sentences of an answer's page, and the titles of its pictures' descriptions."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self.pictures: list[str] = []
        self._inside = self._sentence = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "section":
            self._inside = told.get("aria-labelledby") == "answer"
        if tag == "p" and self._inside:
            self._sentence = True
            self.sentences.append("")
        if tag == "img":
            self.pictures.append(told["alt"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._sentence = False

    def handle_data(self, data: str) -> None:
        if self._sentence:
            self.sentences[-1] += data


def asked(words: str, folder: Path) -> None:
    """The question, asked as anyone asks it; the answer's folder is ``folder``."""
    command = [sys.executable, "-c", "import cli; cli.main()", "scenario", *shlex.split(words)]
    done = subprocess.run(
        [*command, "--lang", "en", "--out", str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"scenario {words}\n{done.stderr}")


def answered(name: str, folder: Path) -> tuple[str, dict[str, bytes]]:
    """What stands in the page for an answer, and its pictures by file name."""
    page = Words((folder / "index.html").read_text(encoding="utf-8"))
    drawn = sorted(folder.glob("*.svg"), key=lambda path: page_order(folder, path))
    lines = ["```bash", f"borgerbudget scenario {QUESTIONS[name]} --out answer", "```", ""]
    lines += [f"> {sentence}\n>" for sentence in page.sentences]
    lines[-1] = lines[-1].removesuffix("\n>")
    pictures = {}
    for path, described in zip(drawn, page.pictures, strict=True):
        file = f"{name}-{path.name}"
        pictures[file] = path.read_bytes()
        lines += ["", f"![{described.replace('[', '(').replace(']', ')')}](pictures/{file})"]
    return "\n".join(lines) + "\n", pictures


def page_order(folder: Path, picture: Path) -> int:
    """Where a picture stands in the answer's page."""
    import base64

    page = (folder / "index.html").read_text(encoding="utf-8")
    return page.index(base64.b64encode(picture.read_bytes()).decode())


def gallery(page: str) -> tuple[str, dict[str, bytes]]:
    """The page with every answer made again, and all pictures."""
    pictures: dict[str, bytes] = {}
    made: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, words in QUESTIONS.items():
            asked(words, Path(folder) / name)
            made[name], found = answered(name, Path(folder) / name)
            pictures |= found
    assert {place[2] for place in PLACE.finditer(page)} == set(QUESTIONS), "a place for every question"
    return PLACE.sub(lambda place: f"{place[1]}{made[place[2]]}{place[3]}", page), pictures


def main() -> None:
    page, pictures = gallery(PAGE.read_text(encoding="utf-8"))
    PICTURES.mkdir(exist_ok=True)
    for old in PICTURES.glob("*.svg"):
        old.unlink()
    for name, data in pictures.items():
        (PICTURES / name).write_bytes(data)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
