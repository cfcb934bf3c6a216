"""A small share of ``fuzz_sheets``: whatever lies in a file, it is read or refused with places."""

from __future__ import annotations

import pytest

from tests.fuzz_sheets import run


@pytest.mark.parametrize(("what", "executions"), [("text", 400), ("workbook", 60), ("mapping", 200)])
def test_every_file_is_read_or_refused(what: str, executions: int) -> None:
    found = run(what, executions, 20261123)
    assert found.total() == executions
    assert found["read"], "some of them mean something"


@pytest.mark.nightly
@pytest.mark.parametrize(("what", "executions"), [("text", 50_000), ("workbook", 5_000), ("mapping", 20_000)])
def test_many_files_are_read_or_refused(what: str, executions: int) -> None:
    assert run(what, executions, 7).total() == executions
