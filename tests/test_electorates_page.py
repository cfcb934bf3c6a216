"""docs/electorates.md names everything that there is, and its commands are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scenarios.costs import COSTS
from scenarios.electorates.models import MODELS
from scenarios.measures import MEASURES
from scenarios.perturbation import PERTURBATIONS


@pytest.mark.parametrize(
    "registry", [MODELS, COSTS, MEASURES, PERTURBATIONS], ids=["models", "costs", "measures", "ways"]
)
def test_the_page_names_everything(root: Path, registry: dict[str, object]) -> None:
    page = (root / "docs" / "electorates.md").read_text(encoding="utf-8")
    assert [name for name in registry if f"`{name}`" not in page] == []


def test_the_page_names_the_parameters_of_each_model(root: Path) -> None:
    page = (root / "docs" / "electorates.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ((?:`\w+`(?:, )?)+) \|", page, re.MULTILINE))
    assert rows == {
        name: ", ".join(f"`{parameter.name}`" for parameter in model.parameters) for name, model in MODELS.items()
    }
