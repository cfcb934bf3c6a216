"""What all tests share: where things lie, the ``--nightly`` option, Hypothesis profiles."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from borgerbudget.store.database import open_database
from tests import servers
from tests.villages import Village

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# hundreds of tests start the command: it is compiled once for all of them, and not beside the sources
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "compiled")

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="run the tests that take minutes as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--nightly"):
        return
    for item in items:
        if item.get_closest_marker("nightly"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run with --nightly"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def examples() -> Path:
    """The fictive rounds."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real rounds and oracles beside the checkout; the test is skipped where there is none."""
    if not SHARED.is_dir():
        pytest.skip("needs the shared folder beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus(shared: Path) -> list[Path]:
    """Every real .pb round, smallest first."""
    found = sorted((shared / "pabulib").glob("*.pb"), key=lambda path: (path.stat().st_size, path.name))
    if not found:
        pytest.skip("no real rounds in the shared folder")
    return found


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server, with a place for the database's name; skipped where none can be started."""
    reason = servers.unwilling()
    if reason is not None:
        pytest.skip(reason)
    with servers.server() as url:
        yield url


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "borgerbudget.db"
    open_database(str(path), create=True).dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def village(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Village]:
    """A village without a round, on each kind of database; backups go into the test's own folder."""
    monkeypatch.chdir(tmp_path)
    if request.param == "sqlite":
        address = str(tmp_path / "borgerbudget.db")
        shutil.copy(empty_database, address)
    else:
        address = servers.new_database(request.getfixturevalue("postgresql"), f"t{uuid.uuid4().hex}")
    engine = open_database(address, create=True)
    yield Village(engine, address)
    engine.dispose()
