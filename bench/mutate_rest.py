"""Mutation testing of what mutmut 3 leaves alone, with mutmut's own operators (docs/mutation.md).

    python bench/mutate_rest.py COPY RESULT.txt [MODULE.py ...]

mutmut switches between a function and its mutants while the program runs.  So it skips decorated functions (properties
among them), statements of modules and classes, and it cannot judge functions that run only while a module is imported.
Here each such mutant is written into COPY (a copy of the checkout that may be spoilt) and the selected tests of
``[tool.mutmut]`` run in a fresh process.  Left out are sentences for people (``Text``), names of types, docstrings.
"""

from __future__ import annotations

import fnmatch
import importlib
import os
import resource
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

AT_IMPORT = {"_variant", "_plain"}  # functions that only run while their module is imported
SECONDS = 30  # of processor time, before a mutant counts as timed out


class Finder(cst.CSTVisitor):
    """The mutants that mutmut does not make: (node, mutant, line)."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        self.found: list[tuple[cst.CSTNode, cst.CSTNode, int]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.FunctionDef) and not node.decorators and node.name.value not in AT_IMPORT:
            return False  # mutmut does these
        if isinstance(node, (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom, cst.Subscript)):
            return not isinstance(node, (cst.Annotation, cst.Decorator, cst.Import, cst.ImportFrom))
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in ("Text", "len"):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                line = self.get_metadata(PositionProvider, node).start.line
                self.found += [(node, mutant, line) for mutant in operator(node)]
        return True


def mutants(source: str) -> Iterator[tuple[int, str]]:
    wrapper = MetadataWrapper(cst.parse_module(source))
    finder = Finder()
    wrapper.visit(finder)
    for node, mutant, line in finder.found:
        changed = wrapper.module.deep_replace(node, mutant).code  # type: ignore[arg-type,union-attr]
        try:
            compile(changed, "mutant", "exec")
        except SyntaxError:
            continue
        yield line, changed


def difference(before: str, after: str) -> str:
    for a, b in zip(before.splitlines(), after.splitlines(), strict=False):
        if a != b:
            return f"{a.strip()}  ->  {b.strip()}"
    return "(a line less)"


def verdict(copy: Path, tests: list[str]) -> str:
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.chdir(copy)
        sys.path.insert(0, str(copy))
        code = 1
        try:
            code = int(importlib.import_module("pytest").main(["-x", "-q", *tests]))
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return "timeout"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def main() -> int:
    copy, result = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    settings = tomllib.loads((copy / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    tests = [*settings["pytest_add_cli_args"], *settings["pytest_add_cli_args_test_selection"]]
    tests += ["-W", "default::pytest.PytestAssertRewriteWarning"]  # Hypothesis is there before pytest is
    wanted = sys.argv[3:] or settings["only_mutate"]
    for name in ("pytest", "hypothesis", "numpy", "scipy", "pydantic", "typer", "sqlalchemy"):
        importlib.import_module(name)  # once, here: each child begins with them
    sys.dont_write_bytecode = True
    sys.path = [place for place in sys.path if place not in ("", str(Path(__file__).parent))]
    assert verdict(copy, tests) == "survived", "the tests must pass before anything is changed"
    with result.open("a", encoding="utf-8") as lines:
        for path in sorted(copy.glob("tallies/**/*.py")):
            name = path.relative_to(copy).as_posix()
            if not any(fnmatch.fnmatch(name, pattern) for pattern in wanted):
                continue
            source = path.read_text(encoding="utf-8")
            try:
                for line, changed in mutants(source):
                    path.write_text(changed, encoding="utf-8")
                    told = difference(source, changed)
                    print(verdict(copy, tests), f"{name}:{line}", told, sep="\t", file=lines, flush=True)
            finally:
                path.write_text(source, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
