"""What is printed: the same bytes each time, everything on it that must be, nothing that runs over, in Danish and English."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borgerbudget.errors import UsageError
from borgerbudget.office import proposing, setting_up, voters
from borgerbudget.office.reconciling import Reconciliation
from borgerbudget.rounds.round import Entry, Round
from borgerbudget.store.database import open_database, reading
from borgerbudget.store.reading import read_roll
from borgerbudget.words import Language
from tallies.prints import desk, voting
from tallies.prints.blocks import Choices, Code, Document, Heading, NewPage, Paragraph, Table
from tallies.prints.html import html_bytes
from tallies.prints.pdf import missing_letters, pdf_bytes
from tests.villages import ROUND, Village

BOTH: tuple[Language, ...] = ("da", "en")
CODE = "7K3M9-Q2PXT-4"


@pytest.fixture
def fast(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Village]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Village(engine, str(tmp_path / "borgerbudget.db"))
    engine.dispose()


def frozen(village: Village, **policies: str) -> Round:
    village.start(**policies)
    village.move("freeze", second="bo")
    return village.round()


def every_print(village: Village, language: Language) -> dict[str, Document]:
    round = village.round()
    with reading(village.engine) as connection:
        roll = read_roll(connection, ROUND)
    urns = [Reconciliation("hallen", 10, 6, 4, 2, 1, 3, (("unreadable", 2),))]
    return {
        "ballots": voting.ballot(round, language),
        "letters": voting.letters(round, [("v001", CODE), ("v002", CODE)], None, language),
        "poster": voting.poster(round, language),
        "catalogue": voting.catalogue(round, language),
        "attendance": desk.attendance(round, roll, language),
        "tally-sheet": desk.tally_sheet(round, language),
        "protocol": desk.minutes(round, urns, {"late": 1}, ["hallen: regn (anna + bo)"], language),
    }


def pages(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b(?!s)", data))


class Words(HTMLParser):
    """All that a reader sees, and which tags were opened and not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words, self.open = "", list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("language", BOTH)
def test_every_page_is_made_twice_with_the_same_bytes_and_every_text_stands_in_the_html(
    fast: Village, language: Language
) -> None:
    frozen(fast, channels="code+paper", urns="hallen")
    for name, document in every_print(fast, language).items():
        data = pdf_bytes(document)
        assert data.startswith(b"%PDF-"), name
        assert data == pdf_bytes(document), name
        assert data.count(b"(D:20260301)") == 2, "made and changed on the day of freezing"
        html = html_bytes(document).decode()
        seen = Words(html)
        assert seen.open == [], name
        assert f'<html lang="{language}">' in html
        assert all(text in seen.words for text in document.texts()), name
        assert "://" not in html
        assert not any("{" in text for text in document.texts()), name


def test_the_freeze_hash_stands_on_every_page_and_before_freezing_that_it_is_a_draft(fast: Village) -> None:
    fast.start()
    assert "UDKAST" in voting.ballot(fast.round(), "da").foot
    fast.move("freeze", second="bo")
    whole = fast.round().chain[-1].freeze_hash
    assert whole is not None
    for document in every_print(fast, "da").values():
        assert whole in document.foot.replace(" ", "").replace("\n", "")


def test_a_ballot_says_nothing_of_whose_it_is_and_everything_of_how_it_is_filled_in(fast: Village) -> None:
    found = frozen(fast, channels="paper", urns="hallen", **{"ballot.max_length": "3", "ballot.min_length": "1"})
    text = " ".join(voting.ballot(found, "da").texts())
    assert "Sæt kryds ved de forslag, du støtter. Vælg mindst 1 forslag. Vælg højst 3 forslag." in text
    assert "v001" not in text
    english = " ".join(voting.ballot(found, "en").texts())
    assert "Choose at least 1 proposal. Choose 3 proposals at most." in english
    rows = next(block for block in voting.ballot(found, "da").blocks if isinstance(block, Choices)).rows
    assert [row.number for row in rows] == ["1", "2", "3", "4"]
    assert rows[0].amount == "40.000\u00a0kr."


@pytest.mark.parametrize("method", ["approval", "knapsack", "points", "scoring", "ranked"])
def test_every_ballot_method_has_its_instructions(fast: Village, method: str) -> None:
    found = frozen(fast, ballot=method, plan="greedy")
    for language in BOTH:
        document = voting.ballot(found, language)
        choices = next(block for block in document.blocks if isinstance(block, Choices))
        assert choices.wide == (method in ("points", "scoring", "ranked"))
        assert ("100.000" in " ".join(document.texts())) == (method == "knapsack" and language == "da")


@pytest.mark.parametrize(("proposals", "most"), [(4, 1), (18, 1), (60, 4)])
def test_a_ballot_fits_on_one_page_as_long_as_it_can(fast: Village, proposals: int, most: int) -> None:
    fast.start()
    for number in range(5, proposals + 1):
        fast.propose(f"p{number}")
    proposing.number_proposals(fast.office(), ROUND)
    assert pages(pdf_bytes(voting.ballot(fast.round(), "da"))) <= most
    assert pages(pdf_bytes(voting.poster(fast.round(), "da"))) <= most + 2
    assert pages(pdf_bytes(desk.tally_sheet(fast.round(), "da"))) <= most


@pytest.mark.parametrize("title", ["x" * 400, "Åh " * 800, "<b>&\u00a0'\" æøå", "Сквер · площа", "–" * 90])
def test_no_title_breaks_a_page(fast: Village, title: str) -> None:
    fast.start()
    proposing.add_proposal(fast.office(), ROUND, Entry("lang", 0, "", title, 1_00, summary=title))
    proposing.vet_proposal(fast.office(), ROUND, "lang", accept=True)
    proposing.number_proposals(fast.office(), ROUND)
    for document in every_print(fast, "da").values():
        assert pages(pdf_bytes(document)) < 12
        Words(html_bytes(document).decode())


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(st.text(max_size=200), min_size=1, max_size=5),
    rows=st.integers(1, 80),
    size=st.sampled_from(["poster", "large", "normal", "small"]),
)
def test_any_text_is_printed(texts: list[str], rows: int, size: str) -> None:
    cells = tuple((str(number), texts[number % len(texts)]) for number in range(rows))
    document = Document(
        texts[0], "da",
        (Heading(texts[0], 1), Paragraph(texts[-1]), Table(("", ""), cells, (1, 9), size=size), NewPage(), Code(CODE, "x")),  # type: ignore[arg-type]
        texts[0], "2026-03-01", restart=True,
    )  # fmt: skip
    assert pdf_bytes(document) == pdf_bytes(document)
    html_bytes(document)


def test_letters_have_a_page_each_counted_by_itself_and_each_its_own_code(fast: Village) -> None:
    found = frozen(fast)
    codes = [("v001", CODE), ("v002", "ABCDE-FGHJK-M")]
    names = {"v001": ("Åse Ærø", "Vejen 1", "6400 Sønderborg"), "v002": ("Михайло", "Vejen 2", "6400 Sønderborg")}
    document = voting.letters(found, codes, names, "da")
    assert pages(pdf_bytes(document)) == 2
    assert [block.text for block in document.blocks if isinstance(block, Code)] == [CODE, "ABCDE-FGHJK-M"]
    assert "v001" not in " ".join(document.texts())
    assert missing_letters(document.texts()) == []


def test_letters_that_the_typeface_lacks_are_told() -> None:
    assert missing_letters(["Åse 漢", "字 Łukasz"]) == ["字", "漢"]


def test_the_attendance_list_has_room_for_who_comes_unannounced(fast: Village) -> None:
    fast.start(channels="paper", urns="hallen", eligibility="attendance")
    with reading(fast.engine) as connection:
        roll = read_roll(connection, ROUND)
    tables = [block for block in desk.attendance(fast.round(), roll, "da").blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [12, desk.EMPTY_LINES]
    assert tables[1].rows[0][0] == "13"


def test_the_minutes_tell_what_happened_as_far_as_it_has(fast: Village) -> None:
    fast.play("counted")
    text = " ".join(desk.minutes(fast.round(), [], {"double-vote": 1}, [], "da").texts())
    assert "8 stemmer tælles, 0 ikke" in text
    assert "stemt mere end én gang" in text
    assert "Der er ikke stemt på papir." in text
    sealed = fast.round().happened("box-sealed")
    assert sealed is not None
    assert str(sealed.payload["ballots_root"]) in text


def test_a_withdrawn_proposal_stays_on_the_list_and_is_marked(fast: Village) -> None:
    fast.play("open")
    proposing.withdraw_proposal(fast.office(reason="grunden er solgt"), ROUND, "p1")
    assert any("Forslag p1 (trukket tilbage)" in text for text in voting.catalogue(fast.round(), "da").texts())


def test_codes_that_were_not_printed_are_not_kept(fast: Village) -> None:
    frozen(fast)

    def no_paper(pairs: object) -> None:
        raise UsageError(())

    with pytest.raises(UsageError):
        voters.issue_codes(fast.office(), ROUND, no_paper)
    assert fast.round().tally.coded == 0


def test_every_verdict_and_state_has_its_words(fast: Village) -> None:
    from borgerbudget.rounds.words import STATE_WORDS
    from tallies.prints import words

    assert len(words.MONTHS) == 12
    assert set(words.MARK) == set(words.FILL)
    assert {"late", "double-vote", "struck", "void-code"} == set(words.VERDICTS)
    assert STATE_WORDS
    for entry in words.PROBLEMS.entries.values():
        assert all(part.da and part.en for part in entry)


def test_dates_are_said_in_the_rounds_own_time(fast: Village) -> None:
    fast.start()
    setting_up.set_dates(fast.office(), ROUND, None, fast.now.replace(month=7, day=1, hour=16))
    assert "til 1. juli 2026 kl. 18.00" in " ".join(voting.poster(fast.round(), "da").texts())
    assert "to 1 July 2026 at 18:00" in " ".join(voting.poster(fast.round(), "en").texts())
