"""Fuzzing the .pb reader: structure-aware mutations of small rounds.

    python tests/fuzz_pabulib.py --executions 100000 --seed 1

Each execution mutates a seed (a shortened real round, a shipped example, or a mutant that was accepted before) at the
level of sections, rows, cells or bytes and asks four things:

* reading either gives an election or raises InputRejected with problems that can be said on one line;
* at array speed, where the file is plain, and cell by cell the same is read, with the same warnings;
* what is accepted comes back the same from its own document: read -> write -> read;
* now and then, that the election can be counted and that the trace and the outcome do not overspend.

Prints one JSON line; a failure is written to ``fuzz-failure-<seed>-<execution>.pb`` and ends the run with code 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from borgerbudget.election import Election  # noqa: E402
from borgerbudget.errors import InputRejected, UsageError  # noqa: E402
from borgerbudget.files import lines, read_document, read_pabulib, write_document  # noqa: E402
from borgerbudget.files.pabulib import read_strictly  # noqa: E402

Rows = list[list[str]]
Round = tuple[Rows, Rows, Rows]
TITLES = ("META", "PROJECTS", "VOTES")
KEYS = (
    "budget", "vote_type", "rule", "num_votes", "num_projects", "min_length", "max_length", "min_sum_cost", "max_sum_cost",
    "min_points", "max_points", "min_sum_points", "max_sum_points", "default_score", "min_project_score_threshold",
    "scoring_fn", "currency", "description", "area_weights", "area_population",
)  # fmt: skip
HARD_CELLS = (
    "", " ", "0", "-1", "1", "2", "3.5", "3,5", "1.000", "0.001", "999999999", "9007199254740991", "90071992547409.91",
    "90071992547409.92", "9" * 30, "9" * 4301, "1e9", "NaN", "inf", "+1", "١", "½", "a", "A", "ａ", "æ", "\u202ea", "a\u200b",
    "a\u0301", "\x00", "\x1f", "\ufeff", "\ud7ff", "\U0001f600", ";", ",", ",,", '"', '""', '"a"b', "a\nb", "a\r\nb", "\r",
    "META", "PROJECTS", "VOTES", "approval", "choose-1", "cumulative", "ordinal", "scoring", "borda", ">", "a>b", "a:1",
    "hand-count", "a:1,b:3/2", "a:1,a:2", "A:0", ":1", "a:1/0",
)  # fmt: skip
HARD_BYTES = (
    b"\xff",
    b"\x00",
    b"\xef\xbb\xbf",
    b"\xc3",
    b'"',
    b";",
    b",",
    b"\n",
    b"\r",
    b"\r\n",
    b"\xed\xa0\x80",
    b"9" * 20,
)


def seeds() -> list[Round]:
    """Small rounds: the examples and, when they are there, the smallest real ones; a few rows of each."""
    paths = sorted((ROOT / "examples").glob("*.pb"))
    real = sorted((ROOT.parent / "shared" / "pabulib").glob("*.pb"), key=lambda path: path.stat().st_size)
    found = []
    for path in paths + real[:40]:
        document = read_document(path.read_bytes(), path.name)
        meta = [[key, value[:30]] for key, value in document.meta.rows if key in KEYS]
        kept = [list(row) for row in document.projects.rows[:6]]
        ids = {row[0] for row in kept}
        votes = []
        at = document.votes.columns.index("vote")
        for row in document.votes.rows:
            if set(row[at].split(",")) <= ids:
                votes.append(list(row))
            if len(votes) == 6:
                break
        found.append(
            (
                [["key", "value"], *meta],
                [list(document.projects.columns), *kept],
                [list(document.votes.columns), *votes],
            )
        )
    return found


def mutate(source: Round, random: random.Random) -> tuple[Round, bytes]:
    """A mutant: its rows, and the bytes that may have been mutated further."""
    meta, projects, votes = ([list(row) for row in rows] for rows in source)
    mutant = (meta, projects, votes)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        random.choice(ROW_MUTATIONS)(mutant, random)
    parts = []
    order = [0, 1, 2]
    if random.random() < 0.03:
        section = random.randrange(4)
        order = [order[:2], [1, 0, 2], [0, 1, 2, section % 3], [0, 2, 1]][section]
    for i in order:
        title = (
            TITLES[i] if random.random() > 0.01 else random.choice((TITLES[i].lower(), TITLES[i] + ";;", " ", "VOTE"))
        )
        parts.append(title)
        parts += [_line(row, random) for row in mutant[i]]
    data = random.choice(("\n", "\n", "\n", "\r\n")).join(parts).encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        data = mutate_bytes(data, random)
    return mutant, data


def mutate_bytes(data: bytes, random: random.Random) -> bytes:
    at = random.randrange(len(data) + 1)
    what = random.randrange(5)
    if what == 0:
        return data[:at] + random.choice(HARD_BYTES) + data[at:]
    if what == 1:
        return data[:at] + data[at + random.randint(1, 20) :]
    if what == 2:
        return data[:at]
    if what == 3 and data:
        at = min(at, len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
    piece = data[at : at + random.randint(1, 40)]
    return data[:at] + piece + data[at:]


def _line(row: list[str], random: random.Random) -> str:
    if random.random() < 0.005:
        return ";".join(row)  # whatever it holds
    return ";".join('"' + c.replace('"', '""') + '"' if any(x in c for x in ';"\r\n') else c for c in row)


def _set_cell(mutant: Round, random: random.Random) -> None:
    row = random.choice(random.choice(mutant))
    if row:
        row[random.randrange(len(row))] = random.choice(HARD_CELLS)


def _set_key(mutant: Round, random: random.Random) -> None:
    mutant[0].append([random.choice(KEYS), random.choice(HARD_CELLS)])


def _swap_cells(mutant: Round, random: random.Random) -> None:
    rows = random.choice(mutant)
    one, two = random.choice(rows), random.choice(rows)
    if one and two:
        at = random.randrange(min(len(one), len(two)))
        one[at], two[at] = two[at], one[at]


def _drop_row(mutant: Round, random: random.Random) -> None:
    rows = random.choice(mutant)
    if len(rows) > 1:
        del rows[random.randrange(1 if random.random() < 0.9 else 0, len(rows))]


def _repeat_row(mutant: Round, random: random.Random) -> None:
    rows = random.choice(mutant)
    if len(rows) > 1:
        rows.insert(random.randint(1, len(rows)), list(random.choice(rows[1:])))


def _change_width(mutant: Round, random: random.Random) -> None:
    row = random.choice(random.choice(mutant))
    if row and random.random() < 0.5:
        row.pop()
    else:
        row.append(random.choice(HARD_CELLS))


def _change_ballot(mutant: Round, random: random.Random) -> None:
    columns, *rows = mutant[2] or [[]]
    ids = [row[0] for row in mutant[1][1:] if row] or ["a"]
    if rows and "vote" in columns and len(row := random.choice(rows)) == len(columns):
        entries = random.choices(ids, k=random.randrange(5))
        row[columns.index("vote")] = random.choice((",", ",", ", ")).join(entries)
        if "points" in columns and random.random() < 0.8:
            row[columns.index("points")] = ",".join(str(random.randint(-1, 5)) for _ in entries)


def _change_type(mutant: Round, random: random.Random) -> None:
    for row in mutant[0]:
        if row[:1] == ["vote_type"]:
            row[1:] = [random.choice(("approval", "choose-1", "cumulative", "ordinal", "scoring"))]
    columns, *rows = mutant[2] or [[]]
    if "vote" in columns and "points" not in columns and random.random() < 0.7:
        at = columns.index("vote")
        columns.append("points")
        for row in rows:
            count = len(row[at].split(",")) if len(row) > at else 1
            row.append(",".join(str(random.randint(0, 3)) for _ in range(count)))


def _count_by_hand(mutant: Round, random: random.Random) -> None:
    for row in mutant[0]:
        if row[:1] == ["vote_type"]:
            row[1:] = ["hand-count"]
    del mutant[2][random.choice((1, 1, 1, 2)) :]
    columns, *rows = mutant[1] or [[]]
    if "votes" not in columns:
        columns.append("votes")
        for row in rows:
            row.append(str(random.randint(0, 6)))


def _add_least(mutant: Round, random: random.Random) -> None:
    columns, *rows = mutant[1] or [[]]
    if "min_cost" not in columns:
        columns.append("min_cost")
        for row in rows:
            row.append(random.choice(("", "", "1", "0.01", "0", "999999999")))


def _correct_by_area(mutant: Round, random: random.Random) -> None:
    columns, *rows = mutant[2] or [[]]
    name = random.choice(("neighborhood", "district"))
    if name not in columns:
        columns.append(name)
        for row in rows:
            row.append(random.choice("ab" if random.random() < 0.95 else "abc "))
    key = random.choice(("area_weights", "area_population"))
    mutant[0].append([key, random.choice(("a:3,b:2", "a:3,b:2", " a : 1 , b:10", "a:7,b:1/3", "a:1"))])


def _blank_row(mutant: Round, random: random.Random) -> None:
    rows = random.choice(mutant)
    rows.insert(random.randint(0, len(rows)), random.choice(([], [""], ["", ""], [" ", "", ""])))


def _change_cost(mutant: Round, random: random.Random) -> None:
    row = random.choice(mutant[1])
    if len(row) > 1:
        row[1] = random.choice(("1", "0", "10,5", "1000000", "999999999", "0.01", "-5", str(random.randint(1, 10**7))))


ROW_MUTATIONS: tuple[Callable[[Round, random.Random], None], ...] = (
    _set_cell, _set_cell, _set_key, _swap_cells, _drop_row, _repeat_row, _change_width, _change_ballot, _change_ballot,
    _change_ballot, _change_type, _blank_row, _change_cost, _change_cost,
    _count_by_hand, _add_least, _correct_by_area,
)  # fmt: skip


class Oracle(Exception):
    """Something that must hold did not."""


def check(data: bytes) -> tuple[bool, bool, Election | None]:
    """Whether it was accepted, whether it got past META, and the election."""
    try:
        reading = read_pabulib(data, "fuzz.pb")
    except InputRejected as rejected:
        lines = []
        for found in rejected.problems:
            said = found.say("da")
            if not said.isprintable() or len(said) > 2000:
                raise Oracle(f"cannot be said: {said[:200]!r}") from None
            if found.severity == "error":
                lines.append(found.code)
        if not lines:
            raise Oracle("rejected without an error") from None
        # faults of the text and of sections as such end the reading early
        return False, not any(code < "PB-010" and code not in ("PB-003", "PB-004") for code in lines), None
    for found in reading.warnings:
        if found.severity != "warning" or not found.say("en").isprintable():
            raise Oracle(f"not a warning: {found.code}")
    election = reading.election
    strict = read_strictly(data, "fuzz.pb")
    if not same(election, strict.election) or reading.warnings != strict.warnings:
        raise Oracle("at array speed something else is read")
    document = read_document(data, "fuzz.pb")
    written = write_document(document)
    if read_document(written, "fuzz.pb") != document:
        raise Oracle("the document does not come back")
    again = read_pabulib(written, "fuzz.pb").election
    if not same(election, again):
        raise Oracle("the election does not come back")
    return True, True, election


def same(one: Election, other: Election) -> bool:
    """Whether they are equal in all that a file tells but its name."""
    mine, its = one.profile, other.profile
    points = [None if p.marks.points is None else p.marks.points.tolist() for p in (mine, its)]
    return (
        (one.pool, one.proposals, one.limits, one.method, one.totals, one.declared_threshold, one.by_area)
        == (
            other.pool,
            other.proposals,
            other.limits,
            other.method,
            other.totals,
            other.declared_threshold,
            other.by_area,
        )
        and mine.denominator == its.denominator
        and mine.weights.tolist() == its.weights.tolist()
        and mine.marks.offsets.tolist() == its.marks.offsets.tolist()
        and mine.marks.proposals.tolist() == its.marks.proposals.tolist()
        and points[0] == points[1]
    )


def count_ends(election: Election) -> bool:
    """Counts a tiny election with two plans; whether there was something to count.  Overspending is a failure."""
    import tallies

    if not hasattr(tallies, "count"):
        return False
    plans = ["greedy", "equal-shares/add1u"]
    if election.pool.amount > 10**9:  # endless series of runs are not what is looked for here
        plans = ["greedy"]
    for name in plans:
        try:
            outcome = tallies.count(election, tallies.make_plan(name, election))
        except tallies.TieMatters:
            continue
        except UsageError:
            if not election.hand_count:  # those are not for every rule
                raise
            continue
        if outcome.spent > election.pool.amount:
            raise Oracle(f"{name} overspends")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--executions", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count-every", type=int, default=50, help="count every n-th accepted round (0: none)")
    options = parser.parse_args()
    random_ = random.Random(options.seed)
    corpus = seeds()
    original = len(corpus)
    past = accepted = counted = 0
    start = time.process_time()
    for execution in range(options.executions):
        mutant, data = mutate(random_.choice(corpus), random_)
        lines.BLOCK = random_.choice((40, 400, 1 << 18))
        try:
            ok, got_past, election = check(data)
            accepted += ok
            past += got_past
            if election is not None and options.count_every and accepted % options.count_every == 0:
                counted += count_ends(election)
        except Exception as error:
            Path(f"fuzz-failure-{options.seed}-{execution}.pb").write_bytes(data)
            print(json.dumps({"failed": execution, "seed": options.seed, "error": repr(error)[:500]}))
            return 1
        if ok and random_.random() < 0.02 and sum(map(len, mutant)) < 60:
            if len(corpus) < original + 500:
                corpus.append(mutant)
            else:
                corpus[random_.randrange(original, len(corpus))] = mutant
    seconds = time.process_time() - start
    print(
        json.dumps(
            {
                "executions": options.executions,
                "seed": options.seed,
                "seeds": original,
                "past_first_section": round(past / max(1, options.executions), 3),
                "accepted": round(accepted / max(1, options.executions), 3),
                "counted": counted,
                "executions_per_cpu_second": round(options.executions / max(seconds, 1e-9)),
            }
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
