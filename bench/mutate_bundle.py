"""Mutation testing of the half of tallies/verify.py that checks bundles, with mutmut's own operators (docs/mutation.md).

    python bench/mutate_bundle.py RESULT.txt SEED SECONDS quick|all [FUNCTION or MUTANT ...]

mutmut starts the tests anew for each mutant, which here takes longer than the tests themselves.  So the audit tests are
collected and run once, in one process, noting the lines that each test reaches.  Then each mutant is made in a fork: the
changed function takes the place of the old one, and the tests that reach the changed statement run until one fails, those
first that have killed before.  `quick` leaves out slow tests and gives up after some seconds of tests; what it calls
survived is judged again with `all` and another RESULT.txt.  Mutants come in an order drawn with SEED; those that RESULT.txt
has already are not judged again.  Properties are among them, which mutmut leaves alone; constants and sentences that stand
outside functions are not.
"""

from __future__ import annotations
import __future__

import ast
import os
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import libcst as cst
import pytest
from _pytest.runner import runtestprotocol
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from tallies import verify

SOURCE = Path(verify.__file__).read_text("utf-8")
FIRST = SOURCE[: SOURCE.index("\n# " + "-" * 94 + " bundles: their values")].count("\n")
LAST = SOURCE[: SOURCE.index("\n# " + "-" * 94 + " the command line")].count("\n")
TESTS = [f"tests/test_audit_{name}.py" for name in (
    "checks", "golden", "possible", "totals", "people", "values", "verdict", "bounds", "words", "privacy", "bundle",
    "hand_count", "corners",
)]  # fmt: skip
IN_PARTS = ("Audit", "Possible")  # classes whose methods are changed one by one
QUICK, PATIENCE = 0.3, 2.5  # seconds of processor time: of one test, and of all tests of a mutant
SLOW = "not any_changed_byte and not every_honest and not swapped_dropped and not tells"


class Mutant(NamedTuple):
    name: str  # the function, and the place of the mutant in it, from 1
    lines: range  # of the statement that is changed
    owner: str | None  # the class of a method
    code: str  # of the whole function or class
    told: str


class Finder(cst.CSTVisitor):
    """All mutants of a function or class: (node, mutant, line)."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: range) -> None:
        self.lines = lines
        self.units: list[tuple[str, str | None, cst.CSTNode]] = []
        self.found: list[list[tuple[cst.CSTNode, cst.CSTNode, int]]] = []
        self.unit: cst.CSTNode | None = None

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Annotation, cst.Decorator)):
            return False
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in ("len", "isinstance"):
            return False
        if isinstance(node, cst.Module):
            return True
        line = self.get_metadata(PositionProvider, node, None)
        if self.unit is None:
            if isinstance(node, cst.ClassDef) and node.name.value in IN_PARTS:
                self.owner: str | None = node.name.value
                return True
            if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and line is not None and line.start.line in self.lines:
                self.unit = node
                owner = getattr(self, "owner", None)
                self.units.append((f"{owner}.{node.name.value}" if owner else node.name.value, owner, node))
                self.found.append([])
                return True
            return isinstance(node, cst.IndentedBlock)
        if line is not None:
            for kind, operator in mutation_operators:
                if isinstance(node, kind):
                    self.found[-1] += [(node, mutant, line.start.line) for mutant in operator(node)]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if original_node is self.unit:
            self.unit = None
        if isinstance(original_node, cst.ClassDef) and original_node.name.value in IN_PARTS:
            self.owner = None


def statements() -> dict[int, range]:
    """For each line the lines of its innermost statement; of one with a body, only those before the body."""
    found: dict[int, range] = {}
    for node in sorted((n for n in ast.walk(ast.parse(SOURCE)) if isinstance(n, ast.stmt)), key=lambda n: n.lineno):
        body = getattr(node, "body", None)
        end = body[0].lineno - 1 if body else node.end_lineno
        for line in range(node.lineno, max(node.lineno, end or 0) + 1):
            found[line] = range(node.lineno, max(node.lineno, end or 0) + 1)
    return found


def mutants(seed: int, judged: set[str], only: list[str]) -> Iterator[Mutant]:
    wrapper = MetadataWrapper(cst.parse_module(SOURCE))
    finder, blocks = Finder(range(FIRST, LAST)), statements()
    wrapper.visit(finder)
    module = cst.Module(body=[])
    listed = [(unit, place) for unit, found in enumerate(finder.found) for place in range(len(found))]
    print(len(listed), "mutants", flush=True)
    random.Random(seed).shuffle(listed)
    for unit, place in listed:
        (name, owner, whole), (node, mutant, line) = finder.units[unit], finder.found[unit][place]
        if f"{name}#{place + 1}" in judged or not (not only or {name, f"{name}#{place + 1}"} & set(only)):
            continue
        before, code = (module.code_for_node(one) for one in (whole, whole.deep_replace(node, mutant)))  # type: ignore[arg-type]
        try:
            compile(code, "mutant", "exec", __future__.annotations.compiler_flag)
        except SyntaxError:
            continue
        yield Mutant(
            f"{name}#{place + 1}", blocks.get(line, range(line, line + 1)), owner, code, difference(before, code)
        )


def difference(before: str, after: str) -> str:
    for a, b in zip(before.splitlines(), after.splitlines(), strict=False):
        if a != b:
            return f"{a.strip()}  ->  {b.strip()}"
    return "(lines less)"


def set_up(mutant: Mutant) -> None:
    made: dict[str, Any] = {}
    exec(compile(mutant.code, verify.__file__, "exec", __future__.annotations.compiler_flag), verify.__dict__, made)
    for name, value in made.items():
        setattr(verify if mutant.owner is None else getattr(verify, mutant.owner), name, value)


class Judge:
    """A pytest plugin: in place of one run of the tests, many."""

    def __init__(self, result: Path, seed: int, seconds: float, quick: bool, only: list[str]) -> None:
        self.result, self.seed, self.quick, self.only = result, seed, quick, only
        self.end = time.monotonic() + seconds
        self.reached: list[set[int]] = []
        self.cost: list[float] = []
        self.kills: Counter[tuple[str, int]] = Counter()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [item for item in session.items if not item.get_closest_marker("skip")]
        self.items = [item for item in items if self.fit(item)]
        print(f"\n{len(self.items)} of {len(items)} tests, {sum(self.cost):.1f} s", flush=True)
        judged: set[str] = set()
        if self.result.exists():
            judged = {line.split("\t")[1] for line in self.result.read_text("utf-8").splitlines()}
        with self.result.open("a", encoding="utf-8") as lines:
            for mutant in mutants(self.seed, judged, self.only):
                if time.monotonic() > self.end:
                    break
                status, killer, spent = self.judge(mutant)
                print(
                    status,
                    mutant.name,
                    mutant.lines[0],
                    killer,
                    f"{spent:.2f}",
                    mutant.told,
                    sep="\t",
                    file=lines,
                    flush=True,
                )
        return True

    def fit(self, item: pytest.Item) -> bool:
        """Whether a test passes, is quick, starts no process and reaches the bundle half; notes its lines."""
        reached: set[int] = set()
        started = 0

        def lines(frame: FrameType, event: str, arg: object) -> Any:
            reached.add(frame.f_lineno)
            return lines

        def calls(frame: FrameType, event: str, arg: object) -> Any:
            code = frame.f_code
            return lines if code.co_filename == verify.__file__ and FIRST < code.co_firstlineno <= LAST else None

        def counted(*words: object, **more: object) -> None:
            nonlocal started
            started += 1
            raise OSError

        before = time.process_time()
        popen = subprocess.Popen.__init__
        subprocess.Popen.__init__ = counted  # type: ignore[method-assign,assignment]
        sys.settrace(calls)
        try:
            passed = all(report.passed for report in runtestprotocol(item, log=False, nextitem=None))
        finally:
            sys.settrace(None)
            subprocess.Popen.__init__ = popen  # type: ignore[method-assign]
        spent = time.process_time() - before  # some times more than without looking on
        if not passed or started or not reached:
            if not passed and not started:
                print("left out", item.nodeid, flush=True)
            return False
        if self.quick and spent > QUICK:
            return False
        self.reached.append(reached)
        self.cost.append(spent)
        return True

    def judge(self, mutant: Mutant) -> tuple[str, str, float]:
        unit = mutant.name.partition("#")[0]
        places = [place for place, reached in enumerate(self.reached) if not reached.isdisjoint(mutant.lines)]
        places.sort(key=lambda place: (-self.kills[unit, place], self.cost[place]))
        while self.quick and sum(self.cost[place] for place in places) > PATIENCE:
            places.pop()
        limit = int(2 * sum(self.cost[place] for place in places) + 4)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
            resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            killer = -1
            try:
                set_up(mutant)
                for place in places:
                    if not all(r.passed for r in runtestprotocol(self.items[place], log=False, nextitem=None)):
                        killer = place
                        break
                os.write(writing, str(killer).encode())
            finally:
                os._exit(0)
        os.close(writing)
        answer = os.read(reading, 20).decode()
        os.close(reading)
        usage = os.wait4(child, 0)[2]
        spent = usage.ru_utime + usage.ru_stime
        if not answer:
            return "timeout" if spent >= limit - 1 else "killed", "-", spent
        killer = int(answer)
        if killer < 0:
            return "survived" if places else "not reached", "-", spent
        self.kills[unit, killer] += 1
        return "killed", self.items[killer].name, spent


def main() -> int:
    result, seed, seconds, how, *only = sys.argv[1:]
    sys.dont_write_bytecode = True
    judge = Judge(Path(result), int(seed), float(seconds), how == "quick", only)
    words = ["-p", "no:cacheprovider", "-p", "no:xdist", "-q", "-s", *TESTS, *(["-k", SLOW] if how == "quick" else [])]
    return int(pytest.main(words, plugins=[judge]))


if __name__ == "__main__":
    sys.exit(main())
