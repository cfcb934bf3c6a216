"""The house: which way imports run, what each room may use, and that every file in a registry's folder is registered.

Everything is read with ``ast``; nothing needs to be imported, except in the last tests.
"""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest
import typer

import cli

ROOT = Path(__file__).resolve().parents[1]

PACKAGES = ("borgerbudget", "tallies", "scenarios", "cli")
"""A package imports itself and what stands before it."""

LAYERS = {
    "borgerbudget": (
        # words, values, what is made of them
        *(
            "frozen",
            "compiled",
            "compiled_marks",
            "words",
            "errors",
            "version",
            "money",
            "canonical",
            "merkle",
            "leaves",
            "states",
            "dice",
        ),
        *("proposal", "pool", "ballots", "profile_lines", "payloads", "chain", "profile", "election"),
        # files and screens
        *("interrupt", "misasked", "console", "quick_start", "files", "sheets", "sheet_commands"),
        # rounds as values, where they are kept, what a clerk does with them
        *("rounds", "store", "office", "commands", "office_commands"),
    ),
    "tallies": (
        # values
        *("words", "rationals", "steps", "lot", "constraints", "terms", "plan"),
        # an election seen through a plan, and exact answers about it
        *(
            "support",
            "ties",
            "eligibility",
            "contest",
            "reserve",
            "outcome",
            "allowances",
            "barring",
            "numerics",
            "shares",
            "turns",
        ),
        # money under constraints, splits, what comes before and after a rule
        *("passes", "splits", "leftover", "reaching", "contradictions"),
        # completions, comparison, and the rules that use them
        *("completions", "comparison", "rules"),
        # what is done with a count
        *("setting_values", "terms_reading", "planning", "counting", "trace", "withdrawal"),
        # runs and counts that are made many times
        *("stretches", "many", "explain", "compare"),
        # files and screens
        *("settings", "plan_file", "reference", "specifications_danish", "plan_report", "report", "meeting", "audit"),
        # stored rounds
        *("stored_round", "evaluation", "audit.round_bundle", "prints"),
        *("command_line", "progress", "telling", "round_commands", "commands", "rules_commands", "audit.commands"),
        # a round played from the first command to the last
        "demo",
    ),
    "scenarios": (
        # values: what is asked for, what is answered
        *("sentence", "figures", "numbers", "answer"),
        # people who do not exist, and the ballots they hand in
        "electorates",
        # what is said of an outcome
        *("measures", "effective_support", "cells"),
        # other boxes that might have been
        *("perturbation", "flips"),
        # like a past round
        *("costs", "fitting", "borrowed"),
        # a round that has not happened
        "villages",
        # where along a pool or a price who is funded
        "intervals",
        # the same thing many times
        *("words", "conversions", "runs", "rehearsing"),
        # what is shown
        *("pictures", "page", "folder", "table", "report"),
        # what is asked, of which round, and the answer
        *("specification", "sources", "questions", "asking", "commands", "help_danish"),
    ),
}
"""Each room imports from those before it, and within itself.  A new file gets its place here."""

ALONE = "tallies.verify"
"""The reference verifier: the standard library only, and nothing that reaches outside."""
OUTSIDE = {"socket", "subprocess", "urllib", "http", "ssl", "ftplib", "smtplib", "asyncio", "ctypes", "multiprocessing"}

LIGHT = ("cli", "borgerbudget.words", "borgerbudget.errors", "borgerbudget.misasked", "borgerbudget.console")
"""With all ``commands``: loaded on every start, so heavy imports wait until they are needed."""
HEAVY = {"numpy", "scipy", "sqlalchemy", "pydantic", "cryptography", "openpyxl", "matplotlib", "jinja2"}

EXACT = ("tallies.rules", "tallies.completions")
"""Where no float may be met: these ask ``tallies.numerics`` instead."""

REGISTRIES = {
    "borgerbudget.ballots": ("METHODS", "BallotMethod"),
    "tallies.rules": ("RULES", "Rule"),
    "tallies.completions": ("COMPLETIONS", "Completion"),
    "scenarios.electorates.models": ("MODELS", "Model"),
    "scenarios.measures": ("MEASURES", "Measure"),
    "scenarios.perturbation": ("PERTURBATIONS", "Perturbation"),
    "scenarios.costs": ("COSTS", "CostModel"),
}
"""Folder -> the name of its registry and of the record that is registered."""


@cache
def sources() -> dict[str, tuple[Path, ast.Module]]:
    """Module name -> file and syntax, for everything that is shipped."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")) or [ROOT / f"{package}.py"]:
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = (path, ast.parse(path.read_text(encoding="utf-8")))
    return found


def is_package(module: str) -> bool:
    return sources()[module][0].name == "__init__.py"


def imported(module: str, tree: ast.AST) -> Iterator[str]:
    """Absolute names a tree imports; ``from package import name`` gives the module where there is one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".") if is_package(module) else module.split(".")[:-1]
            base = ".".join([*above[: len(above) - node.level + 1], *filter(None, [node.module])]) if node.level else ""
            base = base or str(node.module)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield full if full in sources() else base


def at_the_top(tree: ast.Module) -> ast.Module:
    """The module without its functions and without what only a type checker reads: what runs when it is imported."""

    class Strip(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.AST:
            checking = any(isinstance(part, ast.Name) and part.id == "TYPE_CHECKING" for part in ast.walk(node.test))
            return ast.Module(node.orelse, []) if checking else self.generic_visit(node)

    stripped = Strip().visit(ast.parse(ast.unparse(tree)))
    assert isinstance(stripped, ast.Module)
    return stripped


def room(module: str) -> int | None:
    """The place of a module in its package's table, by the longest name that fits; None for the package itself."""
    package, _, rest = module.partition(".")
    fitting = [r for r in LAYERS.get(package, ()) if rest == r or rest.startswith(f"{r}.")]
    return LAYERS[package].index(max(fitting, key=len)) if fitting else None


def modules(under: str) -> list[str]:
    return [name for name in sources() if name == under or name.startswith(f"{under}.")]


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_import_only_downwards(package: str) -> None:
    above = set(PACKAGES[PACKAGES.index(package) + 1 :])
    wrong = [
        f"{module} imports {name}"
        for module in modules(package)
        for name in imported(module, sources()[module][1])
        if name.split(".")[0] in above
    ]
    assert wrong == []


def test_every_file_has_a_place_in_the_table() -> None:
    without = [
        module
        for package in LAYERS
        for module in modules(package)
        if module not in (package, ALONE) and room(module) is None
    ]
    assert without == [], "add these to LAYERS"


def test_the_table_names_only_what_is_there() -> None:
    gone = [f"{package}.{r}" for package, rooms in LAYERS.items() for r in rooms if f"{package}.{r}" not in sources()]
    assert gone == []


@pytest.mark.parametrize("package", LAYERS)
def test_rooms_import_only_from_those_before_them(package: str) -> None:
    wrong = []
    for module in modules(package):
        here = room(module)
        # a folder's own __init__ gathers what is in it, the package's __init__ everything
        if module == package:
            continue
        for name in imported(module, sources()[module][1]):
            there = room(name)
            if name == package:
                wrong.append(f"{module} imports {name} itself: name the file")
            elif name.split(".")[0] == package and here is not None and there is not None and there > here:
                wrong.append(f"{module} imports {name}, which comes later")
    assert wrong == []


def test_nothing_imports_in_a_circle() -> None:
    """File by file, for what runs at import."""
    arrows = {
        module: {name for name in imported(module, at_the_top(tree)) if name in sources() and name != module}
        for module, (_, tree) in sources().items()
        if not is_package(module)  # a folder's __init__ stands for all in it
    }
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module not in done:
            for name in sorted(arrows.get(module, ())):
                walk(name, (*path, module))
            done.add(module)

    for module in sorted(arrows):
        walk(module, ())


def test_the_verifier_stands_alone() -> None:
    path, tree = sources()[ALONE]
    names = {name.split(".")[0] for name in imported(ALONE, tree)}
    assert names <= set(sys.stdlib_module_names) - OUTSIDE, path
    assert not names & set(PACKAGES)


def test_nothing_dynamic_imports_around_the_table() -> None:
    """``importlib`` and ``__import__`` would hide arrows from these tests; lazy packages name their own files, and the
    front door, above which there is nothing, names the files that it opens."""
    wrong = []
    for module, (_, tree) in sources().items():
        for node in ast.walk(tree):
            called = node.func if isinstance(node, ast.Call) else None
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name == "__import__" or (name == "import_module" and not is_package(module) and module != "cli"):
                wrong.append(f"{module}, line {getattr(node, 'lineno', 0)}")
    assert wrong == []


@pytest.mark.parametrize("module", [name for folder in EXACT for name in modules(folder)])
def test_rules_and_completions_never_touch_a_float(module: str) -> None:
    path, tree = sources()[module]
    wrong = []
    for node in ast.walk(tree):
        line = f"{path.name}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)):
            wrong.append(f"{line}: {node.value}")
        elif isinstance(node, ast.Name) and node.id == "float":
            wrong.append(f"{line}: float")
        elif isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div):
            sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.value,)
            if not any(isinstance(s, ast.Call) and getattr(s.func, "id", "") == "Fraction" for s in sides):
                wrong.append(f"{line}: a division; write Fraction(a, b)")
    wrong += [
        f"{path.name}: {name}" for name in imported(module, tree) if name.split(".")[0] in {"numpy", "math", "decimal"}
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", REGISTRIES)
def test_every_file_in_a_registrys_folder_is_registered(folder: str) -> None:
    registry_name, record_name = REGISTRIES[folder]
    registry = getattr(importlib.import_module(folder), registry_name)
    registered = {id(record) for record in registry.values()}
    for module in modules(folder):
        records = [
            value
            for value in vars(importlib.import_module(module)).values()
            if is_dataclass(value) and not isinstance(value, type) and type(value).__name__ == record_name
        ]
        defines = any(isinstance(node, ast.ClassDef) and node.name == record_name for node in sources()[module][1].body)
        assert records or defines, f"{module} has no {record_name}"
        assert {id(record) for record in records} <= registered, (
            f"{module} has a {record_name} that is not in {registry_name}"
        )


@pytest.mark.parametrize("folder", REGISTRIES)
def test_a_registry_is_keyed_by_the_records_own_names(folder: str) -> None:
    registry = getattr(importlib.import_module(folder), REGISTRIES[folder][0])
    assert {key: key for key in registry} == {key: record.name for key, record in registry.items()}
    assert all("name" in {field.name for field in fields(record)} for record in registry.values())


def test_no_file_is_called_after_nothing() -> None:
    names = {path.stem for path, _ in sources().values()} | {path.stem for path in (ROOT / "tests").rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "helper", "common", "misc", "tools"}


@pytest.mark.parametrize("module", [*LIGHT, "borgerbudget.commands", "tallies.commands", "tallies.rules_commands"])
def test_heavy_packages_are_not_imported_at_the_top_of_what_every_start_loads(module: str) -> None:
    names = {name.split(".")[0] for name in imported(module, at_the_top(sources()[module][1]))}
    assert not names & HEAVY


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    """What ``--help`` and completion wait for."""
    asked = f"import sys, cli; cli.open_doors(None); print(*sorted(set(sys.modules) & {HEAVY!r}))"
    found = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == []


def test_counting_a_round_does_not_wait_for_what_it_does_not_need() -> None:
    """Pydantic takes longer to load than a village takes to count."""
    words = ["borgerbudget", "tally", "examples/lillevig-2026.pb", "--plan", "greedy", "--lang", "en"]
    code = f"""
import atexit, sys
sys.argv = {words!r}
atexit.register(lambda: print("loaded:", *sorted(set(sys.modules) & {HEAVY - {"numpy"}!r})))
import cli
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded:"


def test_every_door_has_its_commands_and_no_others() -> None:
    for module, words in cli.DOORS.items():
        root = typer.Typer()
        importlib.import_module(module).mount(root)
        groups = [group.typer_instance for group in root.registered_groups]
        named = [command.name for command in root.registered_commands]
        assert (*named, *(group.info.name for group in groups if group is not None)) == words


def test_every_file_can_be_the_first_that_is_imported() -> None:
    """No circle that only the usual order of imports hides."""
    code = """
import importlib, sys
for name in sys.argv[1:]:
    for loaded in [m for m in sys.modules if m.partition('.')[0] in ('cli', 'borgerbudget', 'tallies', 'scenarios')]:
        del sys.modules[loaded]
    importlib.import_module(name)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, *sources()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_file_of_words_is_in_its_catalogue_and_no_code_stands_in_two() -> None:
    rooms = [name for name in sources() if name.startswith("borgerbudget.rounds.") and name.endswith("_words")]
    parts = [getattr(importlib.import_module(name), "ENTRIES", {}) for name in rooms]
    codes = [code for part in parts for code in part]
    assert len(codes) == len(set(codes)) > 100
    assert set(codes) == set(importlib.import_module("borgerbudget.rounds.words").PROBLEMS.entries)
