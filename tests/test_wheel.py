"""What is shipped: the wheel holds everything and nothing else, and works in an empty environment without the sources.

Takes a minute and the package index, so it runs with ``--nightly``; ``.ci/run`` asks for it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

pytestmark = pytest.mark.nightly


def run(command: Sequence[str | Path], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command that must succeed, away from the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    found = subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"{found.stdout}\n{found.stderr}"
    return found


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git would ship, so that a forgotten file is missing here too."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (root / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, source / name)
    run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source], folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel, as somebody who only wants to count would have it."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder / "env", with_pip=True)
    found = folder / "env" / "bin" / "python"
    run([found, "-m", "pip", "install", "-q", "-c", root / "constraints.txt", wheel], folder)
    return found


def test_the_wheel_holds_all_of_it_and_nothing_else(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    top = {name.split("/")[0] for name in names}
    (info,) = (name for name in top if name.endswith(".dist-info"))
    assert top == {"borgerbudget", "tallies", "scenarios", "cli.py", info}
    shipped = {
        path.relative_to(root).as_posix()
        for package in ("borgerbudget", "tallies", "scenarios")
        for path in (root / package).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and path.suffix != ".so"  # compiled for this machine alone
    }
    assert {name for name in names if not name.startswith(info)} == shipped | {"cli.py"}
    for name in ("borgerbudget/py.typed", "tallies/py.typed", "scenarios/py.typed", "tallies/verify.py"):
        assert name in names
    for folder in ("tallies/rules", "tallies/completions", "borgerbudget/ballots"):
        assert sum(name.startswith(f"{folder}/") for name in names) > 3


def test_a_round_is_counted_from_an_empty_folder(python: Path, examples: Path, tmp_path: Path) -> None:
    command = python.with_name("borgerbudget")
    tally: list[str | Path] = [command, "tally", examples / "lillevig-2026.pb", "--plan", "equal-shares/add1u"]
    outcome = json.loads(run([*tally, "--json"], tmp_path).stdout)
    assert {line["proposal"] for line in outcome["funded"]} == {"L01", "L03", "L05", "L09"}
    run([*tally, "--explain", "--verify"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_types_are_found_by_those_who_use_the_library(python: Path, tmp_path: Path) -> None:
    """With the type checker of this environment, looking into the other."""
    (tmp_path / "count.py").write_text(
        "from pathlib import Path\n"
        "from borgerbudget.files import read_round\n"
        "from tallies import count, make_plan\n"
        "election = read_round(Path('a.pb')).election\n"
        "spent: int = count(election, make_plan('greedy', election)).spent\n",
        encoding="utf-8",
    )
    run([sys.executable, "-m", "mypy", "--strict", "--python-executable", python, "count.py"], tmp_path)


def test_the_tests_pass_without_the_sources(python: Path, wheel: Path, root: Path, tmp_path: Path) -> None:
    """Those that count; the others are about the checkout."""
    run([python, "-m", "pip", "install", "-q", "-c", root / "constraints.txt", f"{wheel}[test]"], tmp_path)
    for name in ("tests", "examples"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    report = run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_counting.py", "tests/test_examples.py"],
        tmp_path,
    )
    assert " passed" in report.stdout
    where = run([python, "-c", "import tallies; print(tallies.__file__)"], tmp_path).stdout
    assert "site-packages" in where
