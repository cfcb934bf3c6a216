"""The compiled reader of plain votes says the same as the arrays, or nothing."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from borgerbudget.compiled import compile_part, library_of
from borgerbudget.files import compiled_votes, pabulib, plain_votes, read_pabulib
from borgerbudget.files.compiled_votes import SOURCE, Found, Quick
from borgerbudget.files.names import LONGEST, Names
from borgerbudget.files.plain_votes import _block, _Voters
from borgerbudget.files.table import Table

COMPILER = shutil.which(os.environ.get("CC", "cc"))
IDS = ("p1", "p2", "p33", "a proposal with a long name", "æ", "7")
ROOM = b"\n" * LONGEST


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if COMPILER is None:
        pytest.skip("there is no C compiler on this machine")
    path = tmp_path_factory.mktemp("votes") / "votes.so"
    compile_part(COMPILER, SOURCE, path, compiled_votes.loaded)
    return path


def table(*columns: str) -> Table:
    return Table("VOTES", "x.pb", columns, "", 0, 0, 1, ";", frozenset({"META", "PROJECTS", "VOTES"}))


def by_arrays(
    block: bytes, of: Table, names: Names, with_points: bool
) -> tuple[list[list[int]], list[int], bool, bytes] | None:
    """What the arrays find, and of the voters what is then known of them."""
    voters = _Voters(of.titles)
    found = _block(block, 0.0, of, names, voters, with_points)
    if found is None:
        return None
    return [part.tolist() for part in found], voters._keys.whole().tolist(), voters._ascending, voters._last


def compared(found: Found) -> tuple[list[list[int]], list[int], bool, bytes] | None:
    """The same of what compiled code found."""
    voters = _Voters(table("voter_id", "vote").titles)
    if not voters.take(*found.voters, 0.0):
        return None
    return [part.tolist() for part in found.marks], voters._keys.whole().tolist(), voters._ascending, voters._last


def some_block(rng: random.Random, columns: list[str], odd: float) -> bytes:
    """Whole lines; ``odd``: how often something is out of the ordinary."""
    rows = []
    for i in range(rng.randint(1, 12)):
        vote = [rng.choice(IDS) for _ in range(rng.randint(0, 4))]
        points = [str(rng.choice((0, 1, 7, 12, 12345678))) for _ in vote]
        cells = {"voter_id": f"v{i + rng.choice((0, 100))}", "vote": ",".join(vote), "points": ",".join(points)}
        cells |= {"note": rng.choice(("", "a,b", "ø", "long " * 9)), "age": "30"}
        if rng.random() < odd:
            column = rng.choice(columns)
            cells[column] = rng.choice(
                ("", ",", "p1,", ",p1", "p4", " p1", "p1 ", "p11", "v,1", "\r", "v\r1", "-1", "007", "1.0", "123456789", "meta",
                 "VOTES", "x" * 64, "x" * 65, "æ", "é1", "1;2", "1\n2", "p1\x01", "\x7f", '"', "\0")
            )  # fmt: skip
        rows.append(";".join(cells[column] for column in columns))
    end = rng.choice(("\n", "\r\n"))
    ends = [end if rng.random() > odd / 9 else rng.choice(("\n", "\r\n", "\n\n", ";\n")) for _ in rows]
    return "".join(row + end for row, end in zip(rows, ends, strict=True)).encode() + ROOM


@pytest.mark.parametrize("odd", [0.0, 0.02, 0.2])
def test_what_compiled_code_finds_in_a_block_is_what_the_arrays_find(odd: float, library: Path) -> None:
    rng, names, taken = random.Random(f"{odd}"), Names(IDS), 0
    for _ in range(2000):
        columns = ["voter_id", "vote", *rng.sample(["points", "note", "age"], rng.randint(0, 3))]
        rng.shuffle(columns)
        of, with_points = table(*columns), "points" in columns
        block = some_block(rng, columns, odd)
        found = Quick(compiled_votes.loaded(library), of, names, with_points).block(block)
        if found is not None:
            taken += 1
            assert compared(found) == by_arrays(block, of, names, with_points)
        elif not odd:
            assert by_arrays(block, of, names, with_points) is None
    assert taken > 500, "it had something to do"


def test_one_reader_takes_blocks_of_all_sizes_one_after_the_other(library: Path) -> None:
    rng, names, of = random.Random(1), Names(IDS), table("voter_id", "vote")
    reader = Quick(compiled_votes.loaded(library), of, names, False)
    for _ in range(200):
        block = b"".join(some_block(rng, ["voter_id", "vote"], 0)[:-LONGEST] for _ in range(rng.randint(1, 9)))
        block = block.replace(b"\r", b"") + ROOM
        found = reader.block(block)
        assert found is not None
        assert compared(found) == by_arrays(block, of, names, False)


@pytest.mark.parametrize(
    "text", [b"", b"v1;p1", b"v1;p1\r", b"\n", b";\n", b";;\n", b"v1\n", b"v1;p1;\n", b"\r\n", b"v1;p1\n\r"]
)
def test_what_is_not_whole_lines_of_whole_rows_is_refused(text: bytes, library: Path) -> None:
    reader = Quick(compiled_votes.loaded(library), table("voter_id", "vote"), Names(IDS), False)
    assert reader.block(text + ROOM) is None


def test_real_rounds_are_read_the_same_with_it_and_without(
    library: Path, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path) -> tuple[object, ...]:
        reading = read_pabulib(path.read_bytes(), path.name)
        profile = reading.election.profile
        arrays = profile.marks.offsets, profile.marks.proposals, profile.marks.points, profile.weights
        return *(None if a is None else a.tobytes() for a in arrays), [p.say("en") for p in reading.warnings]

    paths = sorted((shared / "pabulib").glob("*.pb"), key=lambda p: p.stat().st_size)[::9]
    monkeypatch.setattr(compiled_votes, "compiled", lambda: None)
    without = [read(path) for path in paths]
    loaded, blocks, by_array = compiled_votes.loaded(library), 0, 0
    monkeypatch.setattr(compiled_votes, "compiled", lambda: loaded)

    class Counted(Quick):
        def block(self, block: bytes) -> Found | None:
            nonlocal blocks
            blocks += 1
            return super().block(block)

    def rest(*given: object) -> object:
        nonlocal by_array
        by_array += 1
        return _block(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(compiled_votes, "Quick", Counted)
    monkeypatch.setattr(plain_votes, "_block", rest)
    assert [read(path) for path in paths] == without
    assert blocks > len(paths) // 2
    assert by_array <= blocks // 9, "most blocks are taken"


def test_where_nothing_is_compiled_files_are_read_by_arrays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_votes, "compiled", lambda: None)
    data = (root / "examples" / "lillevig-2026.pb").read_bytes()
    assert (
        read_pabulib(data, "x.pb").election.profile.total == pabulib.read_strictly(data, "x.pb").election.profile.total
    )


def test_another_source_has_another_library(tmp_path: Path) -> None:
    source = tmp_path / "votes.c"
    source.write_bytes(SOURCE.read_bytes())
    before = library_of(source)
    source.write_bytes(source.read_bytes() + b"\n")
    assert library_of(source) != before
    assert library_of(source).parent == before.parent == tmp_path
