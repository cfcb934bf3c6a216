"""The demo: one command plays a whole round through the real commands, and touches nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tallies.demo.story import SHOWN, STORY
from tallies.demo.village import BY_CODE, PROPOSALS, ROLL, SHEETS
from tests.test_rounds_danish import ENGLISH, LEFT_OUT

ROOT = Path(__file__).resolve().parents[1]


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("BORGERBUDGET_")}
    return subprocess.run(
        [sys.executable, "-c", "import cli; cli.main()", *words], cwd=folder, capture_output=True, text=True, check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **env},
    )  # fmt: skip


@pytest.mark.parametrize(("language", "place"), [("da", 0), ("en", 1)])
def test_the_demo_plays_a_round_to_a_bundle_that_holds_and_touches_no_other_database(
    tmp_path: Path, language: str, place: int
) -> None:
    (tmp_path / "borgerbudget.db").write_bytes(b"somebody's own")
    done = run(
        tmp_path, "demo", "--dir", "by", "--lang", language, BORGERBUDGET_DB="borgerbudget.db", BORGERBUDGET_KEY="k"
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "borgerbudget.db").read_bytes() == b"somebody's own"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["borgerbudget.db", "by"]
    folder = tmp_path / "by"
    for name, what in SHOWN:
        assert (folder / name[place]).stat().st_size
        assert what[place] in done.stdout
    for act in (act for chapter in STORY for act in chapter.acts):
        assert act.words[place] in done.stdout
        assert act.command[place].partition("{")[0] in done.stdout
    codes = re.findall(r"^\((?:slutter med kode|ends with code) (\d)\)$", done.stdout, re.M)
    assert codes == [str(act.code) for chapter in STORY for act in chapter.acts if act.code]
    for expected in ("[STA-010]", "[IMP-022]", "[IMP-053]", "[RND-040]", "[RND-045]"):
        assert expected in done.stderr
    result = (folder / SHOWN[0][0][place]).read_text("utf-8")
    winners = [title for proposal, title, *_ in PROPOSALS if proposal in ("bro", "bus", "have", "hjerte")]
    assert all(result.index(title) < result.index("Lys på stien") for title in winners)
    again = run(tmp_path, "demo", "--dir", "by", "--lang", language)
    assert again.returncode == 2
    assert "[DEM-001]" in again.stderr
    assert run(folder, "round", "verify", "lillevig-2026").returncode == 0  # with the machine's own clock
    if language == "da":
        told = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith(("$ ", "  /"))]
        words = {line: re.findall("[A-Za-zÆØÅæøå]+", LEFT_OUT.sub(" ", line).lower()) for line in told}
        danish_too = {"have", "totals"}
        assert [line for line, found in words.items() if set(found) & set(ENGLISH) - danish_too] == []


def test_everybody_in_the_village_is_on_the_roll_and_votes_once() -> None:
    assert set(BY_CODE) <= set(ROLL)
    assert len(BY_CODE) + len(SHEETS) + 1 <= len(ROLL)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "by").write_text("x", encoding="utf-8")
    done = run(tmp_path, "demo", "--dir", "by")
    assert (done.returncode, "[DEM-001]" in done.stderr) == (2, True)
