"""Office files in and out of a stored round."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borgerbudget.canonical import fit_text
from borgerbudget.errors import StateForbids, UsageError
from borgerbudget.office import proposing, voters
from borgerbudget.rounds.round import Entry
from borgerbudget.sheets.cells import tidy
from borgerbudget.sheets.proposals import WANTED
from borgerbudget.sheets.voters import VoterRow
from borgerbudget.sheets.workbook_writing import write_workbook
from borgerbudget.store.database import reading, writing
from borgerbudget.store.reading import read_roll
from borgerbudget.words import Language
from tests.tables import book, proposals_of
from tests.test_rounds_commands import Folder
from tests.villages import ROUND, Village


def entry(name: str, title: str, cost: int, **more: object) -> Entry:
    return Entry(name, 0, "proposed", title, cost, **more)  # type: ignore[arg-type]


def ours(village: Village) -> list[Entry]:
    """Without those that the village had before."""
    return [found for found in village.round().proposals if not found.id.startswith("p")]


def on_roll(**areas: str | None) -> list[VoterRow]:
    """As a table has them."""
    return [VoterRow(row, name, area) for row, (name, area) in enumerate(areas.items(), 2)]


GIVEN = frozenset({"id", "title", "cost"})


def test_new_proposals_are_written_down_and_known_ones_change_by_their_ids(village: Village) -> None:
    village.start()
    entries = [entry("a", "Bro", 100), entry("b", "Sti", 200)]
    assert proposing.import_proposals(village.office(), ROUND, entries, GIVEN).new == ("a", "b")
    change = proposing.import_proposals(
        village.office(), ROUND, [entry("b", "Sti", 250), entry("c", "Grill", 300)], GIVEN
    )
    assert (change.new, change.gone, dict(change.changed["b"])) == (("c",), (), {"cost": ("2", "2.5")})
    assert {p.id: (p.cost, p.version) for p in ours(village)} == {"a": (100, 1), "b": (250, 2), "c": (300, 1)}
    village.whole()


def test_the_same_table_again_changes_nothing(village: Village) -> None:
    village.start()
    entries = [entry("a", "Bro", 100)]
    proposing.import_proposals(village.office(), ROUND, entries, GIVEN)
    events = len(village.round().chain)
    change = proposing.import_proposals(village.office(), ROUND, entries, GIVEN)
    assert (change.new, change.changed, change.same) == ((), {}, 1)
    assert len(village.round().chain) == events


def test_what_the_table_has_no_column_for_stays_as_it_is(village: Village) -> None:
    village.start()
    proposing.add_proposal(village.office(), ROUND, entry("a", "Bro", 100, summary="over åen", goals=(3,)))
    proposing.import_proposals(village.office(), ROUND, [entry("a", "Broen", 100)], GIVEN)
    (found,) = ours(village)
    assert (found.title, found.summary, found.goals) == ("Broen", "over åen", (3,))
    proposing.import_proposals(village.office(), ROUND, [entry("a", "Broen", 100)], GIVEN | {"goals"})
    assert ours(village)[0].goals == ()


def test_a_dry_run_tells_the_change_and_keeps_nothing(village: Village) -> None:
    village.start()
    change = proposing.import_proposals(village.office(dry_run=True), ROUND, [entry("a", "Bro", 100)], GIVEN)
    assert change.new == ("a",)
    assert ours(village) == []


def test_one_faulty_proposal_keeps_all_out_and_all_faults_are_told(village: Village) -> None:
    village.start()
    entries = [entry("a", "Bro", 100), entry("b", "Sti", 0), entry("c", "Grill", 100, total_price=50)]
    with pytest.raises(UsageError) as refused:
        proposing.import_proposals(village.office(), ROUND, entries, GIVEN)
    assert [problem.place.source for problem in refused.value.problems] == ["b", "c"]
    assert ours(village) == []


TEXTS = st.text(st.sampled_from("=+-@'#N/A1e 0å,;\"\n<&"), max_size=8).map(fit_text)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(TEXTS.filter(bool), st.integers(1, 2**53 - 1), TEXTS), min_size=1, max_size=4),
    st.sampled_from(["da", "en"]),
)
def test_a_workbook_that_is_written_holds_no_formula_and_is_read_as_the_same(
    found: list[tuple[str, int, str]], language: Language
) -> None:
    rows = [
        {"id": f"{n:03}", "title": title, "cost": cost, "summary": summary, "category": ("natur", "vand")}
        for n, (title, cost, summary) in enumerate(found)
    ]
    data = write_workbook(WANTED, rows, language)
    parts = zipfile.ZipFile(io.BytesIO(data))
    assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())
    read, problems = proposals_of(data)
    assert read is not None, problems
    assert [(row.id, row.title, row.cost, row.summary or "", row.category) for row in read.rows] == [
        (row["id"], tidy(str(row["title"])), row["cost"], tidy(str(row["summary"])), row["category"]) for row in rows
    ]


def test_a_text_that_excel_would_cut_off_is_refused() -> None:
    row = {"id": "1", "title": "x" * 32_768, "cost": 100}
    with pytest.raises(UsageError, match="IMP-088"):
        write_workbook(WANTED, [row], "da")


def test_ten_comes_after_nine_on_the_ballot(village: Village) -> None:
    village.start()
    for number in range(1, 5):
        proposing.vet_proposal(village.office(reason="trukket"), ROUND, f"p{number}", accept=False)
    for number in range(1, 11):
        village.propose(str(number))
    assert proposing.number_proposals(village.office(), ROUND) == tuple(map(str, range(1, 11)))


def test_a_frozen_round_takes_no_table_of_proposals(village: Village) -> None:
    village.play("ready")
    before = village.round().proposals
    with pytest.raises(StateForbids):
        proposing.import_proposals(village.office(), ROUND, [entry(before[0].id, "Andet", 100)], GIVEN)
    assert village.round().proposals == before


def roll(village: Village) -> dict[str, tuple[str | None, str]]:
    with reading(village.engine) as connection:
        return {voter.id: (voter.area, voter.status) for voter in read_roll(connection, ROUND)}


def test_voters_are_added_and_moved_and_never_put_back(village: Village) -> None:
    village.start()
    before = roll(village)
    voters.import_voters(village.office(), ROUND, on_roll(x1=None, x2="Nord"))
    voters.strike_voter(village.office(reason="fraflyttet"), ROUND, "x1")
    change = voters.import_voters(village.office(), ROUND, on_roll(x1="Syd", x2="Syd", x3=None))
    assert (change.new, change.moved, change.same, change.struck) == (1, 1, 0, ("x1",))
    assert {**before, **roll(village)} == {**before, "x1": (None, "struck"), "x2": ("Syd", "on"), "x3": (None, "on")}
    village.whole()


def test_while_voting_is_open_voters_come_with_a_reason_and_nobody_moves(village: Village) -> None:
    village.play("open")
    before = roll(village)
    known = next(iter(before))
    with pytest.raises(StateForbids, match="STA-003"):
        voters.import_voters(village.office(), ROUND, on_roll(x1=None))
    office = village.office(reason="tilflyttet")
    assert voters.import_voters(office, ROUND, on_roll(**{"x1": None, known: None})).new == 1
    with pytest.raises(StateForbids, match="RND-070"):
        voters.import_voters(office, ROUND, on_roll(**{known: "Et andet sted"}))
    village.whole()


def test_thousands_of_voters_are_bound_into_the_chain_as_one_is(village: Village) -> None:
    """So many are inserted another way than one; a changed row is found all the same."""
    village.start()
    before = len(roll(village))
    many = on_roll(**{f"x{number:05}": "Åby" if number % 2 else None for number in range(2_500)})
    assert voters.import_voters(village.office(), ROUND, many).new == 2_500
    assert len(roll(village)) == before + 2_500
    assert (roll(village)["x00001"], roll(village)["x02498"]) == (("Åby", "on"), (None, "on"))
    village.whole()
    with writing(village.engine) as connection:
        connection.exec_driver_sql("UPDATE roll SET area = 'Andet' WHERE id = 'x01234'")
    (problem,) = village.found().problems
    assert "x01234" in problem.say("en")


def test_a_clerk_imports_exports_changes_and_imports_again(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    run = folder.run
    run("area", "add", "lv", "--name", "Lillevig", "--population", "120")
    run("round", "new", "lv", "--area", "lv", "--title", "Lillevig 2026")
    rows = [
        ["Nr", "Titel", "Beløb", "Beskrivelse", "Verdensmål"],
        ["01", "Bænke; borde", 12500.5, "-til alle", "3, 11"],
    ]
    (tmp_path / "forslag.xlsx").write_bytes(book(*rows))
    tried = run("proposal", "import", "lv", "forslag.xlsx", "--dry-run", "--lang", "da")
    assert "+ 01 (ny)" in tried.stdout
    assert "Prøvekørsel" in tried.stderr
    assert "1 nyt forslag" in run("proposal", "import", "lv", "forslag.xlsx", "--lang", "da").stderr
    for lang in ("da", "en"):
        run("proposal", "export", "lv", f"ud-{lang}.csv", "--excel", "--lang", lang)
        run("proposal", "export", "lv", f"ud-{lang}.xlsx", "--lang", lang)
        for suffix in ("csv", "xlsx"):
            again = run("proposal", "import", "lv", f"ud-{lang}.{suffix}", "--lang", "en")
            assert "0 new proposals, 0 changed, 1 as before" in again.stderr
    raw = (tmp_path / "ud-da.csv").read_bytes()
    assert raw.startswith("\ufeffNr;Titel;Beløb;Beskrivelse;Verdensmål\r\n".encode())
    assert b"'-til alle" in raw
    changed = raw.decode("utf-8-sig").replace("12500,5", "13.000") + "02;Bro;100;;\r\n"
    (tmp_path / "ud-da.csv").write_bytes(changed.encode("cp1252"))
    told = run("proposal", "import", "lv", "ud-da.csv", "--lang", "en")
    assert told.stdout.splitlines() == [
        "+ 02 (new)",
        "~ 01 (changed): cost: 12500.5 -> 13000",
        "proposals: 0 unchanged",
    ]
    (tmp_path / "uden.csv").write_text("Titel;Beløb\nBro;100\n", "utf-8")
    assert "[IMP-096]" in run("proposal", "import", "lv", "uden.csv", code=2).stderr
    (tmp_path / "liste.csv").write_text("Nr;Navn;By\n001;Anna;Lillevig\n002;Bo;\n", "utf-8")
    assert "2 new voters" in run("roll", "import", "lv", "liste.csv", "--lang", "en").stderr
    assert "0 new voters, 0 moved, 2 as before" in run("roll", "import", "lv", "liste.csv", "--lang", "en").stderr
    assert not any(b"Anna" in path.read_bytes() for path in tmp_path.glob("borgerbudget.db*"))
