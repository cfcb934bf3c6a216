"""The array reader of votes against the reader that goes cell by cell: the same election, or no answer at all."""

from __future__ import annotations

import io
import itertools
import random
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from borgerbudget import Election, InputRejected, profile
from borgerbudget.ballots import method
from borgerbudget.console import reading_progress
from borgerbudget.files import folder, lines, pabulib, read_folder, read_pabulib, read_round, read_source
from borgerbudget.files.folder import write_folder
from borgerbudget.files.names import LONGEST, Names
from tests.small import METHODS, random_election

HEAD = "META\nkey;value\nbudget;100\nvote_type;{kind}\nnum_projects;3\nnum_votes;4\nPROJECTS\nproject_id;cost;name\n"
PROJECTS = "p1;10;A, B\np2;20;C\np33;30;D\nVOTES\n"


def read(data: bytes) -> tuple[object, ...]:
    try:
        reading = read_pabulib(data, "x.pb")
    except InputRejected as error:
        return tuple(sorted(p.say("en") for p in error.problems))
    election: Election = reading.election
    told = sorted(p.say("en") for p in reading.warnings)
    return election.ballots_root, election.profile.distinct, election.profile.total, tuple(told)


@pytest.mark.parametrize("block", [1, 7, 40, 1 << 19])
@pytest.mark.parametrize("kind", ["approval", "ordinal", "cumulative"])
def test_the_array_reader_reads_what_the_cell_reader_reads(
    kind: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(f"{kind}{block}")
    plain_seen = 0
    for _ in range(150):
        columns = rng.choice((["voter_id", "vote"], ["voter_id", "vote", "age"], ["voter_id", "note", "vote", "sex"]))
        if kind == "cumulative":
            columns = [*columns, "points"]
        rows = []
        for i in range(rng.randint(1, 6)):
            vote = ",".join(rng.choice(("p1", "p2", "p33")) for _ in range(rng.randint(1, 3)))
            odd = rng.random()
            points = ",".join(
                rng.choice(("1", "2", "10", "0", "-1", " 3", "x", "1.5")[: 3 if odd < 0.9 else 8])
                for _ in vote.split(",")
            )
            points = points + ",1" if odd > 0.98 else points
            vote = "" if odd < 0.02 else vote + ",p4" if odd < 0.04 else f'"{vote}"' if odd < 0.06 else vote
            voter = (
                rng.choice((f"v{i}", f"v{i}", f"v{i}", "v0", f" v{i}", "", "verylongvoter", "verylongvoteragain"))
                if odd > 0.8
                else f"v{i}"
            )
            cells = {
                "voter_id": voter,
                "vote": vote,
                "age": "30",
                "note": rng.choice(("a,b", "", "x")),
                "sex": "F",
                "points": points,
            }
            rows.append(";".join(cells[c] for c in columns) + (";" if rng.random() < 0.02 else ""))
        text = (
            HEAD.format(kind=kind)
            + PROJECTS
            + ";".join(columns)
            + "\n"
            + "\n".join(rows)
            + rng.choice(("", "\n", "\n\n"))
        )
        data = text.replace("\n", rng.choice(("\n", "\r\n"))).encode()
        monkeypatch.setattr(lines, "BLOCK", block)
        plain_seen += pabulib.read_plainly(io.BytesIO(data), "x.pb") is not None
        fast = read(data)
        monkeypatch.setattr(pabulib, "read_plainly", lambda *a: None)
        assert read(data) == fast
        monkeypatch.undo()
    assert 30 < plain_seen < 150  # both readers had something to do


SWALLOWED = 'voter_id;vote;"x\nVOTES\nfoo\nv1;p1;z\nv2;p2;z\n'


def test_a_quotation_mark_left_open_in_the_column_names_of_votes_is_told_and_never_hides_ballots() -> None:
    head = HEAD.format(kind="approval")
    with pytest.raises(InputRejected) as caught:
        read_pabulib((head + PROJECTS + SWALLOWED).encode(), "x.pb")
    assert [p.place.line for p in caught.value.problems if p.code == "PB-003"] == [13]
    meta, projects = head.removeprefix("META\n").split("PROJECTS\n")
    files = {
        "round.csv": meta,
        "proposals.csv": projects + PROJECTS.removesuffix("VOTES\n"),
        "ballots.csv": SWALLOWED,
    }
    with pytest.raises(InputRejected) as caught:
        read_folder({name: text.encode() for name, text in files.items()}, "x")
    assert [p.place.line for p in caught.value.problems if p.code == "PB-003"] == [1]


def test_real_rounds_read_the_same_both_ways(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((shared / "pabulib").glob("*.pb"), key=lambda p: p.stat().st_size)[::9]
    fast = [read(path.read_bytes()) for path in paths]
    monkeypatch.setattr(pabulib, "read_plainly", lambda *a: None)
    assert [read(path.read_bytes()) for path in paths] == fast


def joined(parts: list[method.Marks]) -> method.Marks:
    """The ballots of all parts, one part after the other."""
    sizes = np.concatenate([np.diff(part.offsets) for part in parts])
    points = [part.points for part in parts if part.points is not None]
    return method.Marks(
        np.concatenate(([0], np.cumsum(sizes))),
        np.concatenate([part.proposals for part in parts]),
        np.concatenate(points) if points else None,
    )


def by_hand(marks: method.Marks) -> tuple[list[int], list[int]]:
    """For each ballot its group, and for each group its first ballot, one ballot after the other."""
    number: dict[object, int] = {}
    groups, first = [], []
    for i in range(marks.offsets.size - 1):
        one = marks.part(i, i + 1)
        key = (tuple(one.proposals.tolist()), None if one.points is None else tuple(one.points.tolist()))
        if key not in number:
            first.append(i)
        groups.append(number.setdefault(key, len(number)))
    return groups, first


@pytest.mark.parametrize("mixed", [profile.MIXED, np.zeros(3, np.uint64)], ids=["scattered", "all colliding"])
def test_equal_ballots_are_found_by_hash_as_by_hand(mixed: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "MIXED", mixed)
    for seed in range(300):
        rng = random.Random(seed)
        name = rng.choice(sorted(METHODS))
        marks = random_election(rng, name).profile.marks
        several = joined([marks, marks, marks.part(0, min(2, marks.offsets.size - 1))])
        if rng.random() < 0.5 and several.points is not None:
            several = method.Marks(several.offsets, several.proposals, several.points - rng.choice((1, 300)))
        found = profile._equal_ones(several)
        assert tuple(a.tolist() for a in found) == by_hand(several)


@pytest.mark.parametrize("largest", [1, 254, 255, 65_534, 65_535, 100_000])
def test_equal_long_ballots_are_found_whatever_their_numbers_need(largest: int) -> None:
    rng = random.Random(largest)
    kinds = [
        [rng.randint(max(0, largest - 2), largest) for _ in range(size)]
        for size in (0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 33)
    ]
    kinds += [kind[:-1] for kind in kinds if kind] + [[*kind, largest] for kind in kinds]
    cast = [rng.choice(kinds) for _ in range(500)]
    offsets = np.concatenate(([0], np.cumsum([len(ballot) for ballot in cast]))).astype(np.int64)
    marks = method.Marks(offsets, np.array([p for ballot in cast for p in ballot], np.int32))
    assert tuple(a.tolist() for a in profile._equal_ones(marks)) == by_hand(marks)


@pytest.mark.parametrize("count", range(14))
def test_the_exchanges_sort_whatever_stands_there(count: int) -> None:
    """It is enough that they sort every row of zeros and ones (Knuth 5.3.4, theorem Z)."""
    for bits in itertools.product((0, 1), repeat=count):
        row = list(bits)
        for low, high in method._exchanges(count):
            if row[low] > row[high]:
                row[low], row[high] = row[high], row[low]
        assert row == sorted(bits)


@pytest.mark.parametrize(("many", "short"), [(1 << 14, 32), (2, 32), (3, 2), (1 << 14, 0)])
def test_each_ballot_becomes_a_set_in_order(many: int, short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(method, "MANY", many)
    monkeypatch.setattr(method, "SHORT", short)
    for seed in range(200):
        rng = random.Random(seed)
        pointed = rng.random() < 0.5
        ballots = [
            [
                (rng.randint(0, rng.choice((3, 40, 40000))), rng.randint(1, 3))
                for _ in range(rng.choice((0, 1, 2, 4, 7)))
            ]
            for _ in range(rng.randint(1, 9))
        ]
        marks = method.Marks(
            np.cumsum([0, *map(len, ballots)], dtype=np.int64),
            np.array([p for ballot in ballots for p, _ in ballot], np.int32),
            np.array([n for ballot in ballots for _, n in ballot], np.int64) if pointed else None,
        )
        expected = [
            sorted({p: max(n for q, n in ballot if q == p) if pointed else 0 for p, _ in ballot}.items())
            for ballot in ballots
        ]
        found = method.first_of_each(marks)
        points = np.zeros(found.proposals.size, np.int64) if found.points is None else found.points
        pairs = list(zip(found.proposals.tolist(), points.tolist(), strict=True))
        assert [pairs[a:b] for a, b in itertools.pairwise(found.offsets.tolist())] == expected


def test_a_folder_is_read_the_same_both_ways(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in sorted(examples.glob("*.pb")):
        document = read_source(path).document()
        assert document is not None
        files = write_folder(document)
        fast = read_folder(files, "x")
        with monkeypatch.context() as patch:
            patch.setattr(folder, "_read_plainly", lambda *a: None)
            slow = read_folder(files, "x")
        assert fast.election.ballots_root == slow.election.ballots_root
        assert (fast.election.round, fast.warnings) == (slow.election.round, slow.warnings)


def test_progress_is_told_of_every_block_up_to_the_end(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "BLOCK", 100)
    path = examples / "lillevig-2026.pb"
    told: list[tuple[int, int]] = []
    read_round(path, lambda done, total: told.append((done, total)))
    size = path.stat().st_size
    assert [done for done, _ in told] == [*range(100, size, 100), size, size]
    assert {total for _, total in told} == {size}


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    assert reading_progress("en") is None
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    clock = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    tell = reading_progress("da")
    assert tell is not None
    tell(3 * 10**6, 9 * 10**6)
    tell(9 * 10**6, 9 * 10**6)
    tell(9 * 10**6, 9 * 10**6)
    assert screen.getvalue() == "\rLæst: 3 af 9 MB\r\033[K"


@pytest.mark.parametrize("count", [1, 2, 1000, 3000, 6000])
def test_long_lists_of_names_are_looked_up_as_short_ones(count: int) -> None:
    names = [f"BO.{number}/26" for number in range(count)]
    lengths = np.array(list(map(len, names)))
    found = Names(names).numbers("".join(names).encode() + bytes(LONGEST), np.cumsum(lengths) - lengths, lengths)
    assert found is not None
    assert found.tolist() == list(range(count))
