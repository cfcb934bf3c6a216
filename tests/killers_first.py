"""A pytest plugin for mutation testing (docs/mutation.md): the tests that fail soonest come first.

Hand-made examples, then single parts, then whole counts; within a kind the order of the files."""

from __future__ import annotations

import pytest

KINDS = (
    "test_golden",
    "test_ties",
    "test_steps",
    "test_agreement",
    "test_numerics",
    "test_reference_program",
    "test_reference_proofs",
    "test_village_golden",
    "test_village_plans",
    "test_village_agreement",
    "test_village_counting",
    "test_verify_village",
    "test_verify",
)
LAST = ("a_changed", "every_ninth", "a_tie_matters_iff", "unless_told_otherwise", "too_many", "most_runs")


def _place(item: pytest.Item) -> tuple[bool, int]:
    name = item.path.stem
    return any(word in item.name for word in LAST), KINDS.index(name) if name in KINDS else len(KINDS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)
