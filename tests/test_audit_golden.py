"""Bundles that were published stay checkable, by every later version and on every Python the verifier promises."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tallies import verify
from tests.histories import AUDITOR, CLERK, fingerprints
from tests.interpreters import interpreter
from tests.make_golden import FOLDER, VERDICTS, verdict

VERIFIER = Path(verify.__file__)
PATHS = sorted(FOLDER.glob("*.bba"))


def test_every_golden_bundle_has_its_verdict_and_none_is_lost() -> None:
    assert [path.stem for path in PATHS] == sorted(json.loads(VERDICTS.read_text("utf-8")))
    assert len(PATHS) >= 33


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_golden_bundle_is_judged_as_it_was(path: Path) -> None:
    expected = json.loads(VERDICTS.read_text("utf-8"))[path.stem]
    assert "F" not in expected["checks"]
    assert verdict(path.read_bytes()) == expected


@pytest.mark.parametrize("version", ["3.9", "3.10", "3.11", "3.12", "3.13"])
def test_an_interpreter_without_our_packages_comes_to_the_same_verdicts(version: str) -> None:
    """Alone with the standard library: no site packages, no environment."""
    python = interpreter(version)
    if python is None:
        pytest.skip(f"Python {version} is not here")
    for stem in ("round-sealed-equal-shares", "1.1-round-open-committee", "1.1-file-open-residual"):
        path = FOLDER / f"{stem}.bba"
        signers = fingerprints(CLERK, AUDITOR) if "round" in stem else ()
        keys = [word for one in signers for word in ("--key", one)]
        words = [python, "-I", "-S", str(VERIFIER), str(path), *keys, "--json"]
        done = subprocess.run(words, capture_output=True, check=False)
        assert done.returncode == json.loads(VERDICTS.read_text("utf-8"))[stem]["exit"], done.stderr
        assert json.loads(done.stdout)["sha256"] == verify.sha256(path.read_bytes())
