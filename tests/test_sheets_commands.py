"""Office files through the real command, as a clerk meets it."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget.files import read_document, read_source
from borgerbudget.files.folder import folder_document, write_folder
from borgerbudget.files.guarding import guard, unguard
from borgerbudget.files.pabulib_document import Document, Section
from borgerbudget.files.tidy import tidied
from borgerbudget.sheets.mapping import BALLOT_KEYS
from tests.tables import book

PROPOSALS = ["Nr", "Titel", "Beløb"], [1, "Bænke, borde", 12500], [2, "Badebro", "38.750,-"], [3, "Grill", 9000]
ANSWERS = (
    "Tidsstempel,Hvad vælger du?\n"
    '14/09/2026 20.05,"Bænke, borde, Grill"\n14/09/2026 20.06,Badebro\n14/09/2026 20.07,Grill\n'
)
MAPPING = (
    '[ballots]\ncolumn = "Hvad vælger du?"\ntime = "Tidsstempel"\norder = "dmy"\n[round]\ndescription = "Lillevig"\n'
)


@pytest.fixture
def village(tmp_path: Path) -> Path:
    (tmp_path / "forslag.xlsx").write_bytes(book(*PROPOSALS))
    (tmp_path / "svar.csv").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "svar.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str, lang: str = "da") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cli", *words, "--lang", lang], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


CONVERT = ("convert", "forslag.xlsx", "runde.pb", "--ballots", "svar.csv", "--mapping", "svar.toml")


def test_a_village_counts_tonight(village: Path) -> None:
    done = run(village, *CONVERT, "--pool", "50.000")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    document = read_document((village / "runde.pb").read_bytes(), "runde.pb")
    assert document.projects.rows == (("1", "12500", "Bænke, borde"), ("2", "38750", "Badebro"), ("3", "9000", "Grill"))
    assert document.votes.rows == (("1", "1,3"), ("2", "2"), ("3", "3")), "in the order of what they say"
    assert (document.value("budget"), document.value("description")) == ("50000", "Lillevig")
    counted = run(village, "tally", "runde.pb", "--plan", "greedy")
    assert counted.returncode == 0
    assert "3  Grill" in counted.stdout


def test_every_fault_is_told_at_once_and_nothing_is_written(village: Path) -> None:
    (village / "svar.csv").write_text(
        ANSWERS.replace("Badebro", "Svømmehal").replace(",Grill\n", ",Biograf\n"), encoding="utf-8"
    )
    done = run(village, *CONVERT, "--pool", "50.000")
    assert done.returncode == 3
    told = [line for line in done.stderr.splitlines() if line.startswith("fejl")]
    assert [line.partition(":")[2].split(":")[0].strip() for line in told] == [
        "svar.csv, celle B3 (Hvad vælger du?)", "svar.csv, celle B4 (Hvad vælger du?)",
    ]  # fmt: skip
    assert not (village / "runde.pb").exists()


@pytest.mark.parametrize(
    ("left_out", "code"),
    [(("--ballots", "svar.csv"), "IMP-094"), (("--pool", "1"), "IMP-094"), (("--mapping", "svar.toml"), "IMP-040")],
)
def test_what_is_missing_is_said(village: Path, left_out: tuple[str, str], code: str) -> None:
    words = [*CONVERT, "--pool", "1"]
    at = words.index(left_out[0])
    done = run(village, *words[:at], *words[at + 2 :])
    assert done.returncode in (2, 3)
    assert f"[{code}]" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_options_of_tables_are_refused_for_whole_rounds(village: Path) -> None:
    assert run(village, *CONVERT, "--pool", "50000").returncode == 0
    done = run(village, "convert", "runde.pb", "x.pb", "--numbers", "en", lang="en")
    assert (done.returncode, "[IMP-095]" in done.stderr) == (2, True)


@pytest.mark.parametrize("pool", ["12,500", "mange", "12500.50", "EUR 100"])
def test_a_pool_that_can_be_read_in_two_ways_is_refused(village: Path, pool: str) -> None:
    done = run(village, *CONVERT, "--pool", pool)
    assert done.returncode == 2
    assert "--pool" in done.stderr
    assert not (village / "runde.pb").exists()


def test_a_dry_run_tells_what_would_change_and_changes_nothing(village: Path) -> None:
    assert run(village, *CONVERT, "--pool", "50.000").returncode == 0
    before = (village / "runde.pb").read_bytes()
    (village / "forslag.xlsx").write_bytes(
        book(*PROPOSALS[:2], [2, "Badebro", 40000], [4, "Sti", 100], [3, "Grill", 9000])
    )
    (village / "svar.csv").write_text(ANSWERS + "14/09/2026 20.08,Sti\n", encoding="utf-8")
    done = run(village, *CONVERT, "--pool", "50.000", "--dry-run", lang="en")
    assert done.returncode == 0, done.stderr
    assert "+ 4 (new)" in done.stdout.splitlines()
    assert "~ 2 (changed): cost: 38750 -> 40000" in done.stdout.splitlines()
    assert "ballots: 3 -> 4 (1 new, 0 gone)" in done.stdout.splitlines()
    assert (village / "runde.pb").read_bytes() == before


def test_a_dry_run_against_nothing_is_all_new(village: Path) -> None:
    done = run(village, *CONVERT, "--pool", "50.000", "--dry-run")
    assert done.returncode == 0
    assert {"+ 1 (ny)", "+ 2 (ny)", "+ 3 (ny)"} <= set(done.stdout.splitlines())
    assert not (village / "runde.pb").exists()


def test_a_table_alone_is_checked(village: Path) -> None:
    done = run(village, "check", "forslag.xlsx")
    assert (done.returncode, "Forslag:       3, tilsammen 60.250 kr." in done.stdout) == (0, True)
    done = run(village, "check", "forslag.xlsx", "--ballots", "svar.csv", "--mapping", "svar.toml", "--json")
    assert json.loads(done.stdout)["read"] == {"ballots": 3, "cost": 6_025_000, "proposals": 3}


def test_the_problems_of_a_table_are_json_with_their_cells(village: Path) -> None:
    (village / "forslag.xlsx").write_bytes(book(*PROPOSALS[:1], [1, "Bro", "12,500"]))
    done = run(village, "check", "forslag.xlsx", "--json")
    assert done.returncode == 3
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["code"], problem["sheet"], problem["row"], problem["cell"], problem["column"]) == (
        "IMP-022", "Forslag", 2, "C2", "Beløb",
    )  # fmt: skip


def test_a_roll_is_checked(village: Path) -> None:
    (village / "liste.csv").write_bytes("Nr;Navn\n001;Åse\n002;Bo\n".encode("cp1252"))
    done = run(village, "check", "liste.csv", "--as", "roll")
    assert (done.returncode, "Vælgere:       2" in done.stdout) == (0, True)


def test_a_platform_is_named_or_a_file(village: Path) -> None:
    done = run(village, "check", "forslag.xlsx", "--mapping", "google")
    assert (done.returncode, "stanford-tokens" in done.stderr) == (2, True)
    done = run(village, "check", "forslag.xlsx", "--encoding", "latin")
    assert (done.returncode, "[IMP-097]" in done.stderr) == (2, True)


def test_the_commands_of_the_page_on_office_files_run_in_order(village: Path) -> None:
    root = Path(__file__).parents[1]
    shutil.copytree(root / "examples" / "tables", village / "examples" / "tables")
    page = (root / "docs" / "office-files.md").read_text("utf-8")
    (block,) = re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)
    for line in block.splitlines():
        done = run(village, *shlex.split(line)[1:])
        assert done.returncode == 0, (line, done.stderr)


def test_every_key_of_a_mapping_file_is_on_the_page() -> None:
    page = (Path(__file__).parents[1] / "docs" / "office-files.md").read_text("utf-8")
    assert [key for key in BALLOT_KEYS if f"`{key}`" not in page and f".{key}]" not in page] == []


# For Excel


def test_what_is_written_for_excel_is_the_same_round(village: Path, examples: Path) -> None:
    assert run(village, "convert", str(examples / "smedekaer-2026.pb"), "ud", "--excel").returncode == 0
    raw = (village / "ud" / "proposals.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") > 1
    there, here = read_source(village / "ud"), read_source(examples / "smedekaer-2026.pb")
    assert tidied(there.document()) == tidied(here.document())  # type: ignore[arg-type]


def test_excel_is_for_a_folder(village: Path, examples: Path) -> None:
    assert run(village, "convert", str(examples / "lillevig-2026.pb"), "x.pb", "--excel").returncode == 2


FORMULAS = st.text(st.sampled_from("'=+-@ab;\",\n"), max_size=6)


@given(FORMULAS | st.text(max_size=8))
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@"))


@given(st.lists(FORMULAS, min_size=1, max_size=4), st.booleans())
def test_no_cell_that_is_written_begins_a_formula_and_reading_gives_it_back(titles: list[str], excel: bool) -> None:
    rows = tuple((str(n), "12500.5", title) for n, title in enumerate(titles, 1))
    document = Document(
        Section(("key", "value"), (("budget", "50000.5"), ("vote_type", "approval"), ("description", titles[0]))),
        Section(("project_id", "cost", "name"), rows),
        Section(("voter_id", "vote"), (("-1", "1"), ("=2", ",".join(row[0] for row in rows)))),
    )
    files = write_folder(document, excel)
    for data in files.values():
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert tidied(folder_document(files, "ud")) == tidied(document)


def test_no_table_is_read_with_what_the_count_does_not_need() -> None:
    code = "import sys, cli; print(*sorted({'openpyxl', 'tomllib', 'zipfile'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert "openpyxl" not in done.stdout
