"""Promises about the repository itself: the README's two commands, links, versions, and nothing of one machine in it."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").glob("*.md")])
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def readme_commands() -> list[str]:
    first = FENCE.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert first is not None
    return first[1].splitlines()


def test_the_readme_opens_with_two_commands() -> None:
    main_job, tests = readme_commands()
    for line in (main_job, tests):
        assert line.startswith("python3 -m venv .venv && .venv/bin/pip install "), line
        assert "-c constraints.txt" in line
    assert "borgerbudget tally examples/lillevig-2026.pb" in main_job
    assert "-m pytest" in tests


def test_the_readme_shows_the_commands_before_anything_else() -> None:
    before = (ROOT / "README.md").read_text(encoding="utf-8").partition("```")[0]
    assert not re.search(r"^#{2,} ", before, re.MULTILINE)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, re.MULTILINE)
    gone = []
    for link in links:
        target, _, anchor = unquote(link).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        other = (page.parent / target) if target else page
        if (
            not other.exists()
            or not other.resolve().is_relative_to(ROOT)
            or (anchor and other.suffix == ".md" and anchor not in anchors(other))
        ):
            gone.append(link)
    assert gone == []


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as they are commonly made."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ +(.+?) *$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def tracked() -> list[Path]:
    """What git knows: committed or about to be."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


MACHINE = re.compile(
    rb"(?<![\w.\-/])/(?:home|root|work|tmp|opt|Users|mnt|srv)/\w"  # a path of somebody's machine
    rb"|[A-Za-z]:\\\\?Users"
    rb"|--(?:extra-)?index-url|--find-links|--trusted-host"
    rb"|https?://[^\s\"')]*(?:/simple/?|pypi|registry|pythonhosted|npmjs)[^\s\"')]*"
)


def test_nothing_names_a_machine_or_a_registry() -> None:
    found = []
    for path in tracked():
        if path == Path(__file__).resolve():
            continue
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line[:100].decode(errors='replace')}")
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        b"see /home/anna/x",
        b'open("/%s/venv/bin")' % b"tmp",
        b"-i --%s-url x" % b"index",
        b"https://pypi.example/simple/",
        b"/%s/main" % b"work",
    ],
)
def test_such_a_line_would_be_found(line: bytes) -> None:
    assert MACHINE.search(line)


@pytest.mark.parametrize("line", [b"docs/tmp/x", b"../tmp/x", b"https://github.com/a/b", b".venv/bin/pip"])
def test_other_lines_are_left_alone(line: bytes) -> None:
    assert not MACHINE.search(line)


def test_the_constraints_hold_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*( ; [\w .'=<>!]+)?", pin) for pin in pins)
    names = [pin.split("==")[0] for pin in pins]
    assert names == sorted(set(names))


def test_the_constraints_pin_every_requirement() -> None:
    named = project()
    extras = named["optional-dependencies"]
    assert isinstance(extras, dict)
    assert isinstance(named["dependencies"], list)
    needed = {re.split(r"[<>=!~ \[;]", r)[0].lower() for r in [*named["dependencies"], *extras["test"]]}
    pins = {line.split("==")[0] for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()}
    assert needed <= pins


def test_the_changelog_tells_what_changes_outcomes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "### Outcomes" in text
    releases = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert releases
    assert all("### Outcomes" in release for release in releases), "say so also when nothing changed"
    assert f"[{project()['version']}]" in text


def test_the_installed_version_is_this_one() -> None:
    try:
        installed = importlib.metadata.version("borgerbudget")
    except importlib.metadata.PackageNotFoundError:
        assert not os.environ.get("CI"), "install the project first, as the README does"
        pytest.skip("runs from the checkout without being installed")
    assert installed == project()["version"]


def test_every_python_that_is_promised_is_named() -> None:
    named = project()
    assert isinstance(named["classifiers"], list)
    least = str(named["requires-python"]).removeprefix(">=")
    assert f"Programming Language :: Python :: {least}" in named["classifiers"]
    assert sys.version_info >= tuple(map(int, least.split(".")))
