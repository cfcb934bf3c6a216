"""The bytes of a bundle depend on nothing but what was counted: not on hash seed, locale, order of rows, Python or numpy.

The environments are built with ``pip`` and take minutes: ``python -m pytest --nightly tests/test_same_bytes.py``.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.interpreters import interpreter
from tests.make_golden import FOLDER

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "tests" / "same_bytes.py"
LOCALES = {"C": None, "da_DK": "UTF-8", "tr_TR": "ISO-8859-9"}
"""Name -> the characters it is compiled with: letters beyond z, and a language in which I is not the capital of i."""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the locales are; they are compiled here, so that the test does not depend on what the machine has installed."""
    folder = tmp_path_factory.mktemp("locales")
    for name, charmap in LOCALES.items():
        if charmap is not None:
            if shutil.which("localedef") is None:
                pytest.skip("localedef is not here")
            words = ["localedef", "-i", name, "-f", charmap, folder / name]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if not (folder / name).is_dir():
                pytest.skip(f"localedef has no {name}: {done.stderr[:200]}")
    return folder


def written(seed: int, python: str = sys.executable, **env: str) -> bytes:
    """What the script says with another order of rows."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_", "LANG"))}
    words = [python, str(SCRIPT), "--seed", str(seed)]
    return subprocess.run(words, env={**kept, **env}, capture_output=True, check=True).stdout


@cache
def expected() -> bytes:
    return written(0, PYTHONHASHSEED="0")


def test_there_are_bundles_to_compare() -> None:
    names = [name.split() for name in json.loads(expected())]
    assert len(names) > 200
    assert {"lillevig-2026", "weights", "population", "round"} <= {name[0] for name in names}
    assert {name[-1] for name in names} == {"open", "totals", "sealed"}
    assert len(set(json.loads(expected()).values())) == len(names)


@pytest.mark.parametrize(("seed", "locale"), list(zip(range(10), itertools.cycle(LOCALES), strict=False)))
def test_the_same_bytes_whatever_hash_seed_locale_and_order(seed: int, locale: str, locales: Path) -> None:
    env = {"PYTHONHASHSEED": str(seed * 401 + 1), "LC_ALL": locale, "LOCPATH": str(locales), "TZ": f"UTC+{seed}"}
    assert written(seed, **env) == expected()


@pytest.mark.nightly
@pytest.mark.parametrize(("seed", "locale"), list(itertools.product(range(10, 20), LOCALES)))
def test_the_same_bytes_under_every_seed_with_every_locale(seed: int, locale: str, locales: Path) -> None:
    assert written(seed, PYTHONHASHSEED=str(seed), LC_ALL=locale, LOCPATH=str(locales)) == expected()


def oldest() -> list[str]:
    """The oldest numpy and scipy that the package says it runs with."""
    wanted: Any = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return [
        f"{name}=={least}.*" for name, _, least in (one.partition(">=") for one in wanted) if name in ("numpy", "scipy")
    ]


ENVIRONMENTS: dict[str, tuple[str, bool]] = {
    "3.11, oldest numpy": ("3.11", True),
    "3.12, oldest numpy": ("3.12", True),
    "3.12": ("3.12", False),
    "3.13": ("3.13", False),
}
"""Name -> version of Python, and whether with the oldest numpy instead of the pinned one."""


@pytest.mark.nightly
@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_same_bytes_under_another_python_and_numpy(name: str, tmp_path: Path) -> None:
    version, old = ENVIRONMENTS[name]
    base = interpreter(version)
    if base is None:
        pytest.skip(f"Python {version} is not here")
    python = str(tmp_path / "env" / "bin" / "python")
    subprocess.run([base, "-m", "venv", tmp_path / "env"], check=True)
    pins = oldest() if old else ["-c", str(ROOT / "constraints.txt"), "numpy", "scipy"]
    install = [python, "-m", "pip", "install", "-q", "cryptography", "pydantic", "typer", *pins]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"pip cannot build it: {done.stderr[-300:]}")
    assert written(5, python) == expected()


DRIVER = """
import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = sys.modules["verify"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
for folder in sys.argv[2:]:
    for path in sorted(pathlib.Path(folder).glob("*.bba")):
        text, _ = verify.bundle_report(path.read_bytes(), verify.Asked(), True, "en")
        sys.stdout.buffer.write(text.encode())
"""


@cache
def judged(python: str, *folders: Path) -> bytes:
    """What the verifier says of every bundle in the folders, alone with the standard library."""
    words = [python, "-I", "-S", "-c", DRIVER, ROOT / "tallies" / "verify.py", *folders]
    return subprocess.run(words, capture_output=True, check=True).stdout


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of bundles of every kind."""
    folder = tmp_path_factory.mktemp("bundles")
    subprocess.run([sys.executable, SCRIPT, "--folder", folder], capture_output=True, check=True)
    return folder


@pytest.mark.nightly
@pytest.mark.parametrize("version", ["3.9", "3.10", "3.11", "3.12", "3.13"])
def test_every_promised_python_judges_every_bundle_alike(version: str, many: Path) -> None:
    """Golden bundles and those of today; the words are the same to the byte, and none fails."""
    python = interpreter(version)
    if python is None:
        pytest.skip(f"Python {version} is not here")
    said = judged(python, FOLDER, many)
    assert said == judged(sys.executable, FOLDER, many)
    assert {json.loads(line)["exit"] for line in said.splitlines()} == {8}  # no key is given
    assert len(said.splitlines()) > 250
