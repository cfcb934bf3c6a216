"""The compiled filter says only what is so: with it and without it every outcome and trace is the same."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from borgerbudget import Election
from tallies import count, make_plan, trace_bytes
from tallies.numerics import compiled
from tallies.numerics.compiled import OTHER, SAME, UNDECIDED, Kernel, again, climbed
from tallies.numerics.compiling import compile_kernel
from tallies.numerics.market import Market
from tallies.numerics.purses import Purses
from tallies.shares import sequence
from tests.agree import engine
from tests.small import random_case, random_election
from tests.test_numerics import SHAPES, check_money, market, middling, rho

COMPILER = shutil.which(os.environ.get("CC", "cc"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if COMPILER is None:
        pytest.skip("there is no C compiler on this machine")
    path = tmp_path_factory.mktemp("kernel") / "kernel.so"
    compile_kernel(COMPILER, path)
    return path


@pytest.fixture
def with_kernel(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = compiled.loaded(library)
    monkeypatch.setattr(compiled, "compiled", lambda: found)


def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "compiled", lambda: None)


def made(election: Election, utility: str | None) -> Market:
    """A market that has a kernel."""
    found = market(election, utility)
    assert isinstance(found.kernel, Kernel)
    return found


def run_of(m: Market, endowment: Fraction) -> Purses:
    """As far as floats are certain."""
    purses = Purses(m, endowment)
    purses.advance()
    return purses


@pytest.mark.usefixtures("with_kernel")
def test_small_elections_made_to_tie_are_counted_alike_by_integers_alone() -> None:
    rng, counted = random.Random(5), 0
    while counted < 250:
        case = random_case(rng)
        if case.plan.rule == "equal-shares":
            counted += 1
            assert engine(case) == engine(case, exact_only=True)


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize(("method", "utility"), SHAPES)
@pytest.mark.parametrize("seed", range(3))
def test_whole_searches_give_the_same_bytes(
    method: str, utility: str | None, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands of endowments, most of which are never run."""
    election = middling(method, seed)
    settings = {"start": "exact", "increment": "1/10"} | ({} if utility is None else {"utility": utility})
    plan = make_plan("equal-shares/add1e", election, settings)
    fast = count(election, plan)
    found = fast.contest.diagnostics
    without_kernel(monkeypatch)
    assert trace_bytes(fast) == trace_bytes(count(election, plan))
    assert fast.intervals[-1].last > 1000
    assert 0 < found.jumps < 100 * len(fast.intervals)
    assert found.runs < fast.intervals[-1].last // 4


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_a_run_stays_within_its_error_and_its_intervals_hold_every_price(method: str, utility: str | None) -> None:
    for seed in range(4):
        m = made(middling(method, seed), utility)
        purses = run_of(m, Fraction(84_000 * (3 * seed + 2), 3))
        check_money(purses)
        assert len(purses.bought) > 2
        for k, bought in enumerate(purses.bought):
            assert Fraction(bought.root.low) <= purses.rho(k) <= Fraction(bought.root.high)
        assert purses.cheapest() == []
        assert all(rho(m, purses, p) is None for p in set(m.proposals) - set(sequence(purses)))


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize("seed", range(150))
def test_what_is_bought_before_a_tie_is_what_integers_buy(seed: int) -> None:
    rng = random.Random(seed)
    election = random_election(rng, rng.choice(("approval", "points")))
    m = made(election, "cost" if election.method.name == "approval" else None)
    purses = run_of(m, Fraction(election.pool.amount * rng.choice((1, 2, 5)), m.support.total or 1))
    check_money(purses)
    exact = market(election, "cost" if election.method.name == "approval" else None, exact_only=True)
    slow = run_of(exact, purses.endowment)
    for k, bought in enumerate(purses.bought):
        assert slow.cheapest() == [bought.proposal]
        slow.buy(bought.proposal)
        assert Fraction(bought.root.low) <= slow.rho(k) <= Fraction(bought.root.high)
    if not purses.cheapest():
        assert not slow.cheapest()


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_what_was_bought_or_withdrawn_before_is_not_bought_again(method: str, utility: str | None) -> None:
    m = made(middling(method), utility)
    purses = Purses(m, Fraction(100_000))
    first, second = (p for _, p in m.bounds[:2])
    purses.withdraw(first)
    assert purses.buy(second)
    purses.advance()
    assert len(purses.bought) > 3
    assert sequence(purses)[0] == second
    assert first not in sequence(purses)
    assert len(set(sequence(purses))) == len(purses.bought)
    check_money(purses)


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_what_is_forced_is_bought_first_as_it_is_without(method: str, utility: str | None) -> None:
    m, rng = made(middling(method, 2), utility), random.Random(7)
    whole, cut = 0, 0
    for _ in range(40):
        first = rng.sample(list(m.proposals), rng.randrange(1, 12))
        forced, slow = Purses(m, Fraction(150_000)), Purses(m, Fraction(150_000))
        certain = forced.advance(None, first)
        afforded = [slow.buy(p) for p in first]
        if certain < len(first):
            cut += 1
            assert not afforded[certain]
            assert sequence(forced) == tuple(first[:certain])
            continue
        whole += 1
        assert all(afforded)
        slow.advance()
        assert sequence(forced) == sequence(slow)
        check_money(forced)
        for k, bought in enumerate(forced.bought):
            assert Fraction(bought.root.low) <= forced.rho(k) <= Fraction(bought.root.high)
    assert whole > 5
    assert cut > 1


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_a_proof_holds_at_every_endowment_in_between(method: str, utility: str | None) -> None:
    m, rng, seen = made(middling(method, 1), utility), random.Random(3), {SAME: 0, OTHER: 0, UNDECIDED: 0}
    for _ in range(120):
        low = Fraction(rng.randrange(8_400_000, 20_000_000), 100)
        before = run_of(m, low)
        high = low + Fraction(rng.randrange(1, 400_000), 100)
        known, far = again(m, before, high, lambda p, q: p < q)
        seen[known] += 1
        if far is not None:
            check_money(far)
            assert far.endowment == high
            for share in (Fraction(0), Fraction(1, 7), Fraction(1, 2), Fraction(1)):
                assert sequence(run_of(m, low + share * (high - low))) == sequence(before) == sequence(far)
    assert seen[SAME] > 10
    assert seen[OTHER] > 2


@pytest.mark.usefixtures("with_kernel")
@pytest.mark.parametrize(("method", "utility"), SHAPES)
def test_a_climb_ends_where_the_purchases_change(method: str, utility: str | None) -> None:
    m, step = made(middling(method, 2), utility), Fraction(10)
    for stride in (1, 3, 64):
        first = run_of(m, Fraction(100_000))
        found = climbed(first, step, stride, lambda number, place, tied: tied[0], lambda p, q: p < q)
        assert found.steps > 10
        assert found.runs < found.steps
        assert found.following is not None
        ours = sequence(run_of(m, Fraction(100_000)))
        there = first.endowment + (found.steps + 1) * step
        assert found.following.endowment == there
        check_money(found.following)
        assert sequence(found.following) == sequence(run_of(m, there)) != ours
        assert sequence(run_of(m, there - step)) == ours
        course = found.following.course(m.kernel) if m.kernel else None
        assert course is not None
        rows = course.money, course.bound, course.guess, course.proposal
        pointers = course.struct.money, course.struct.bound, course.struct.guess, course.struct.proposal
        assert pointers == tuple(row.__array_interface__["data"][0] for row in rows)


def test_another_source_has_another_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "kernel.c"
    source.write_bytes(compiled.SOURCE.read_bytes())
    monkeypatch.setattr(compiled, "SOURCE", source)
    before = compiled.place()
    source.write_bytes(source.read_bytes() + b"\n")
    assert compiled.place() != before
    assert compiled.place().parent == before.parent == tmp_path


def test_where_nothing_is_compiled_all_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    without_kernel(monkeypatch)
    m = market(middling("approval"), "cost")
    assert m.kernel is None
    assert (
        climbed(Purses(m, Fraction(100_000)), Fraction(1), 1, lambda number, place, tied: 0, lambda p, q: True).steps
        == 0
    )


@pytest.mark.parametrize(
    ("language", "words"), [("da_DK.UTF-8", "kunne ikke oversættes"), ("C", "could not be compiled")]
)
def test_without_a_compiler_the_command_says_so_and_leaves_nothing(language: str, words: str, tmp_path: Path) -> None:
    folder = Path(compiled.__file__).parent
    before = sorted(folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "tallies.numerics.compiling"],
        env={**os.environ, "CC": str(tmp_path / "cc"), "LC_ALL": language, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "CMP-001" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(folder.iterdir()) == before
