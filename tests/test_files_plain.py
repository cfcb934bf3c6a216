"""The array reader of votes against the reader that goes cell by cell: the same election, or no answer at all."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from borgerbudget import Election, InputRejected, profile
from borgerbudget.ballots import method as ballot_method
from borgerbudget.files import pabulib_ballots, plain_votes, read_pabulib
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
        monkeypatch.setattr(plain_votes, "BLOCK", block)
        fast = read(data)
        plain = []
        monkeypatch.setattr(pabulib_ballots, "read_plain_votes", lambda *a, seen=plain: seen.append(1))
        assert read(data) == fast
        monkeypatch.undo()
        monkeypatch.setattr(plain_votes, "BLOCK", block)
        plain_seen += len(plain)
    assert plain_seen > 100  # the cell reader was asked in the second reading


def test_real_rounds_read_the_same_both_ways(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((shared / "pabulib").glob("*.pb"), key=lambda p: p.stat().st_size)[::9]
    fast = [read(path.read_bytes()) for path in paths]
    monkeypatch.setattr(pabulib_ballots, "read_plain_votes", lambda *a: None)
    assert [read(path.read_bytes()) for path in paths] == fast


def by_hand(marks: ballot_method.Marks) -> tuple[list[int], list[int]]:
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
        several = ballot_method._joined([marks, marks, marks.part(0, min(2, marks.offsets.size - 1))])
        if rng.random() < 0.5 and several.points is not None:
            several = ballot_method.Marks(several.offsets, several.proposals, several.points - rng.choice((1, 300)))
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
    marks = ballot_method.Marks(offsets, np.array([p for ballot in cast for p in ballot], np.int32))
    assert tuple(a.tolist() for a in profile._equal_ones(marks)) == by_hand(marks)


def test_ballots_are_put_in_order_in_parts_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(200):
        rng = random.Random(seed)
        name = rng.choice(("approval", "points"))
        count = rng.randint(1, 9)
        sizes = [rng.randint(0, 4) for _ in range(count)]
        marks = ballot_method.Marks(
            np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
            np.array([rng.randint(0, 3) for _ in range(sum(sizes))], np.int32),
            np.array([rng.randint(1, 3) for _ in range(sum(sizes))], np.int64) if name == "points" else None,
        )
        whole = ballot_method.first_of_each(marks)
        monkeypatch.setattr(ballot_method, "MANY", 2)
        parts = ballot_method.first_of_each(marks)
        monkeypatch.undo()
        assert parts.offsets.tolist() == whole.offsets.tolist()
        assert parts.proposals.tolist() == whole.proposals.tolist()
        assert (parts.points is None) == (whole.points is None)
        if parts.points is not None and whole.points is not None:
            assert parts.points.tolist() == whole.points.tolist()
