"""Every command and every example of the README and of docs/library.md runs as it stands."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def blocks(document: str, language: str) -> list[str]:
    text = (ROOT / document).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def commands() -> list[str]:
    return [line for block in blocks("README.md", "sh")[1:] for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with what the commands name."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "tallies").mkdir()
    shutil.copy(ROOT / "tallies" / "verify.py", folder / "tallies")
    return folder


def test_the_commands_of_the_readme_run_in_order(folder: Path) -> None:
    found = commands()
    assert len(found) > 10
    (folder / "words").write_text("en meget lang sætning", encoding="utf-8")
    for line in found:
        words = shlex.split(line)
        if words[1:3] in (["audit", "keygen"], ["audit", "sign"]):  # else they ask
            words += ["--passphrase-file", "words"]
        if words[0] == "borgerbudget":
            words = [sys.executable, "-c", "import cli; cli.main()", *words[1:]]
        else:
            assert words[0] == "python3", line
            words[0] = sys.executable
        done = subprocess.run(
            words, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (line, done.stdout[-500:], done.stderr[-500:])
        assert done.stdout + done.stderr, line


def test_the_commands_of_the_audits_page_run_in_order(tmp_path: Path) -> None:
    """In a shell, because one command's answer is another's option; an exit code other than 0 stands behind a #."""
    folder = tmp_path
    shutil.copytree(ROOT / "examples", folder / "examples")
    (folder / "words").write_text("en meget lang sætning", encoding="utf-8")
    (folder / "bin").mkdir()
    shim = folder / "bin" / "borgerbudget"
    shim.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'import cli; cli.main()' \"$@\"\n", encoding="utf-8")
    shim.chmod(0o755)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}
    lines = [line for block in blocks("docs/audit.md", "sh") for line in block.splitlines()]
    assert len(lines) == 15
    for line in lines:
        command, _, code = line.partition(" # ")
        if " keygen " in command or " sign " in command:
            command += " --passphrase-file words"
        done = subprocess.run(["sh", "-c", command], cwd=folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == int(code or 0), (line, done.stdout[-500:], done.stderr[-500:])


@pytest.mark.parametrize("document", ["README.md", "docs/library.md"])
def test_the_examples_of_the_library_run(document: str, folder: Path) -> None:
    for code in blocks(document, "python"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()
