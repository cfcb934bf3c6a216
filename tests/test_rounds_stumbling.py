"""What a clerk stumbles over: a word too few or too many, an outage, a small village; and what she is told then."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from borgerbudget.errors import UsageError
from borgerbudget.office import afterwards
from borgerbudget.store.database import open_database
from tests.clerks import Clerk
from tests.test_rounds_life import codes_of
from tests.villages import ROUND, Village


@pytest.fixture
def clerk(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    monkeypatch.chdir(tmp_path)
    shutil.copy(empty_database, tmp_path / "borgerbudget.db")
    engine = open_database(str(tmp_path / "borgerbudget.db"))
    yield Clerk(Village(engine, str(tmp_path / "borgerbudget.db")), monkeypatch)
    engine.dispose()


# amounts below zero

BELOW_ZERO = (
    "round pool ROUND --source Fond --amount -5", "proposal add ROUND ny --title Ny --cost -5",
    "proposal add ROUND ny --title Ny --cost 5 --min-cost -5", "proposal amend ROUND p1 --own-financing -5",
    "decide deviate ROUND --amount p1=-5 --reference x --grounds y", "award ROUND p1 --amount -5 --reference x",
)  # fmt: skip


@pytest.mark.parametrize("line", BELOW_ZERO)
def test_an_amount_below_zero_is_called_that_wherever_it_is_given(clerk: Clerk, line: str) -> None:
    clerk.village.start()
    option = next(word for word in reversed(line.split()[:-1]) if word.startswith("--") and "-5" in line.split(word)[1])
    said = clerk.run(*line.split(), code=2, lang="da").err
    assert f"{option} er -5, og det er under nul" in said
    assert "[RND-037]" in said


def test_nobody_is_promised_less_than_nothing(clerk: Clerk) -> None:
    village = clerk.village.play("provisional")
    with pytest.raises(UsageError) as decided:
        afterwards.decide(village.office(), ROUND, {"p1": -5_00, "p2": 10_000_00}, "punkt 4", "grunde")
    village.confirm()
    village.wait(days=9)
    village.move("finalise", second="bo")
    with pytest.raises(UsageError) as awarded:
        afterwards.award(village.office(), ROUND, "p1", -5_00, "tilsagn 1")
    assert codes_of(decided.value) == codes_of(awarded.value) == ["RND-037"]
