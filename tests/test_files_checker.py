"""What we write passes the checker that Pabulib publishes (pabulib-checker, MIT)."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import pytest

from borgerbudget.files import read_document, write_document
from borgerbudget.files.tidy import tidied

checker = pytest.importorskip("pabulib.checker", reason="needs pabulib-checker")

BEYOND = {
    "egekrog-2026": "a hand count has no ballots",
    "enighed-2026": "everything can be funded: the checker calls that an error",
    "holmekrog-2026": "min_cost is ours",
    "vemmekaer-2026": "min_cost is ours",
    "ringmarken-2026": "area_population is ours",
}
"""Examples of what Pabulib's format has no words for."""
FOLDER = Path(__file__).resolve().parents[1] / "examples"
EXAMPLES = [path for path in sorted(FOLDER.glob("*.pb")) if path.stem not in BEYOND]
NOT_OURS = {"Poland_Warszawa_2018_Wawrzyszew.pb": {"greedy-threshold rule not followed"}}
"""Real rounds whose content, not form, the checker disputes."""


def errors(data: bytes) -> set[str]:
    with contextlib.redirect_stdout(io.StringIO()):
        found: dict[Any, Any] = checker.Checker().process_files([data.decode()])
    (result,) = (value for key, value in found.items() if key not in ("metadata", "summary"))
    return set(result["results"]["errors"]) if isinstance(result["results"], dict) else set()


def written(path: Path) -> bytes:
    return write_document(tidied(read_document(path.read_bytes(), path.name)))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_pass_the_published_checker(path: Path) -> None:
    assert errors(written(path)) == set()


@pytest.mark.parametrize("name", BEYOND)
def test_what_is_left_out_here_would_not_pass(name: str) -> None:
    assert errors(written(FOLDER / f"{name}.pb"))


@pytest.mark.corpus
def test_small_real_rounds_pass_the_published_checker(corpus: list[Path]) -> None:
    for path in corpus[:30]:
        assert errors(written(path)) == NOT_OURS.get(path.name, set()), path.name


@pytest.mark.corpus
@pytest.mark.nightly
def test_real_rounds_pass_the_published_checker(corpus: list[Path]) -> None:
    for path in corpus[:190]:
        assert errors(written(path)) == NOT_OURS.get(path.name, set()), path.name


def test_the_checker_does_find_errors() -> None:
    assert errors(written(EXAMPLES[0]).replace(b"country;", b"land;"))
