"""Performance as ratios, all from this run on this machine; docs/performance.md tells what each row means.

    python bench/run.py --rounds DIR [--peers PYTHON] [--js TOOL_DIR] [--rows 1,3,10] [--out FILE.json]

DIR holds Pabulib rounds under the names that ``ROUNDS`` lists; what is missing, or has no peer, is "not measured".
CPU seconds (user + system) throughout, one thread, medians.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from children import cpu

HERE = Path(__file__).resolve().parent

ROUNDS = {
    "Zacisze": "Poland_Warszawa_2019_Zacisze.pb",
    "Grzegorzki": "Poland_Krakow_2020_Grzegorzki.pb",
    "Praga": "Poland_Warszawa_2020_Praga-Poludnie.pb",
    "Kraków": "Poland_Krakow_2024.pb",
    "Warszawa": "Poland_Warszawa_2026.pb",
    "Łódź": "Poland_Lodz_2022.pb",
    "Katowice": "Poland_Katowice_2023.pb",
    "Wrocław": "Poland_Wroclaw_2015_150_-_500.pb",
    "Grochów": "Poland_Warszawa_2017_Grochow_Poludniowy.pb",
    "Amsterdam": "Netherlands_Amsterdam_252.pb",
}
VILLAGES = ("Grzegorzki", "Zacisze")

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""With it a checkout would be compiled anew in every run; what is installed is compiled once, as numpy is."""

Found = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One measured ratio: ``value`` against ``target``, or why there is none."""

    row: int
    what: str
    value: float | None
    target: float
    better: str
    ours: float | None = None
    other: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """None when not measured, or when a cap leaves it open."""
        if self.value is None:
            return None
        if self.note.startswith("capped") and self.better == "more" and self.value < self.target:
            return None
        return self.value >= self.target if self.better == "more" else self.value <= self.target

    def say(self) -> str:
        sign = ">=" if self.better == "more" else "<="
        if self.value is None:
            return f"{self.row:>3}  {self.what:<58} not measured: {self.note}"
        shown = f"{'> ' if self.note.startswith('capped') else ''}{self.value:.3g}"
        verdict = {True: "met", False: "MISSED", None: "open"}[self.met]
        times = [f"{who} {seconds:.4g} s" for who, seconds in (("ours", self.ours), ("other", self.other)) if seconds]
        rest = "; ".join([*times, *filter(None, [self.note])])
        return f"{self.row:>3}  {self.what:<58} {shown:>9}  ({sign} {self.target:g}: {verdict})  {rest}"


class Bench:
    def __init__(self, asked: argparse.Namespace) -> None:
        self.rounds: Path | None = asked.rounds
        self.peers: str | None = asked.peers
        self.js: Path | None = asked.js
        self.cap: float = asked.cap
        self.repeat: int = asked.repeat
        self.million: int = asked.million
        self.gigabytes: float = asked.gigabytes
        self.environment = {key: value for key, value in os.environ.items() if key not in (*THREADS, UNCOMPILED)}
        self.known: dict[tuple[str, ...], list[Found]] = {}

    # --- asking others -----------------------------------------------------------------------------------------------

    def path(self, name: str) -> Path | None:
        found = None if self.rounds is None else self.rounds / ROUNDS[name]
        return found if found is not None and found.exists() else None

    def ask(self, *command: str | Path) -> list[Found]:
        """The JSON lines a measuring process prints; asked once."""
        key = tuple(map(str, command))
        if key not in self.known:
            env = {**self.environment, "OMP_NUM_THREADS": "1"}
            if command[0] == sys.executable:
                env["PYTHONPATH"] = str(HERE.parent)
            done = subprocess.run(key, env=env, capture_output=True, text=True)
            lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
            self.known[key] = lines or [{"error": (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]}]
        return self.known[key]

    def engine(self, operation: str, *paths: Path, options: Sequence[str] = ()) -> Found:
        repeat = ["--repeat", str(self.repeat)]
        return self.ask(sys.executable, HERE / "engine.py", operation, *repeat, *options, *paths)[0]

    def peer(self, operation: str, *paths: Path) -> Found:
        if self.peers is None:
            return {"error": "no --peers"}
        limits = ["--cap", str(self.cap), "--gigabytes", str(self.gigabytes)]
        return self.ask(self.peers, HERE / "peer_pabutools.py", operation, *limits, *paths)[0]

    def tool(self, path: Path) -> Found:
        if self.js is None:
            return {"error": "no --js"}
        return self.ask("node", HERE / "peer_js.mjs", self.js, str(self.cap), path)[0]

    def command(self, *arguments: str | Path, environment: dict[str, str] | None = None) -> tuple[float, float]:
        """CPU and wall seconds of the command line, medians, from start to end."""
        start = "import sys; sys.argv[0] = 'borgerbudget'; import cli; cli.main()"
        return self.process(sys.executable, "-c", start, *arguments, environment=environment)

    def process(self, *command: str | Path, environment: dict[str, str] | None = None) -> tuple[float, float]:
        env = {**self.environment, **(environment or {})}
        used, waited = [], []
        for _ in range(2 * self.repeat + 1):
            before, began = cpu(), time.perf_counter()
            done = subprocess.run(tuple(map(str, command)), cwd=HERE.parent, env=env, capture_output=True)
            used.append(cpu() - before)
            waited.append(time.perf_counter() - began)
            if done.returncode:
                raise RuntimeError(done.stderr.decode(errors="replace").strip()[-300:])
        return statistics.median(used), statistics.median(waited)

    # --- saying what was found ---------------------------------------------------------------------------------------

    def ratio(self, row: int, what: str, target: float, better: str, ours: Found, other: Found) -> Line:
        """other / ours where more is better, ours / other where less is."""
        if "cpu" not in ours:
            return Line(row, what, None, target, better, note=f"ours: {ours.get('error', ours)}")
        if "cpu" in other:
            same = ours.get("result") == other.get("result") or not isinstance(ours.get("result"), list)
            note = "" if same else "other winners"
            mine, its = ours["cpu"], other["cpu"]
        elif "capped" in other and better == "more":
            note, mine, its = f"capped at {other['capped']:g} s", ours["cpu"], other["capped"]
        else:
            return Line(row, what, None, target, better, ours["cpu"], note=f"other: {other.get('error', other)}")
        return Line(row, what, its / mine if better == "more" else mine / its, target, better, mine, its, note)

    def versus_peer(self, row: int, operation: str, names: Sequence[str], target: float) -> Iterator[Line]:
        for name in names:
            what = f"{operation}: pabutools / ours, {name}"
            if path := self.path(name):
                yield self.ratio(row, what, target, "more", self.engine(operation, path), self.peer(operation, path))
            else:
                yield Line(row, what, None, target, "more", note="no such round")

    # --- the rows ----------------------------------------------------------------------------------------------------

    def row_1(self) -> Iterator[Line]:
        paths = [path for name in ("Katowice", "Warszawa", "Łódź", "Wrocław", "Kraków") if (path := self.path(name))]
        for path in paths:
            what = f"file to profile: ours / csv alone, {path.stat().st_size / 1e6:.1f} MB"
            yield self.ratio(1, what, 4, "less", self.engine("read", path), self.engine("csv", path))
        if not paths:
            yield Line(1, "file to profile: ours / csv alone", None, 4, "less", note="no such round")
        if self.million:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "synthetic.pb"
                subprocess.run([sys.executable, HERE / "synth.py", path, "--voters", str(self.million)], check=True)
                what = (
                    f"file to profile: ours / csv alone, {path.stat().st_size / 1e6:.0f} MB, {self.million:,} ballots"
                )
                yield self.ratio(1, what, 4, "less", self.engine("read", path), self.engine("csv", path))

    def row_2(self) -> Iterator[Line]:
        paths = sorted(self.rounds.glob("*.pb")) if self.rounds else []
        what = f"file to profile: pabutools / ours, all {len(paths)} rounds together"
        if not paths:
            yield Line(2, what, None, 15, "more", note="no rounds")
            return
        other = self.peer("parse", *paths)
        if 0 < other.get("files", len(paths)) < len(paths):
            other = {"error": f"read only {other['files']} of the files"}
        yield self.ratio(
            2, what, 15, "more", self.engine("read", *paths), {k: v for k, v in other.items() if k != "result"}
        )

    def row_3(self) -> Iterator[Line]:
        yield from self.versus_peer(3, "equal-shares", ("Łódź", "Kraków", "Warszawa"), 30)

    def row_4(self) -> Iterator[Line]:
        yield from self.versus_peer(4, "add1e", ("Kraków", "Praga", "Łódź"), 30)
        yield from self.versus_peer(4, "add1e", VILLAGES, 5)

    def row_5(self) -> Iterator[Line]:
        for name in ("Warszawa", "Łódź", "Praga"):
            what = f"add1e: equalshares.net tool / ours, {name}"
            path = self.path(name)
            if path is None or self.js is None:
                yield Line(5, what, None, 3, "more", note="no --js" if self.js is None else "no such round")
            else:
                ours = self.engine("add1e", path, options=["--start", "integral"])
                yield self.ratio(5, what, 3, "more", ours, self.tool(path))

    def row_7(self) -> Iterator[Line]:
        for operation, name in (("equal-shares", "Łódź"), ("add1e", "Łódź"), ("add1e", "Kraków"), ("add1e", "Zacisze")):
            what = f"{operation}: exact / floats only, {name}"
            if path := self.path(name):
                floats = self.engine(operation, path, options=["--floats"])
                yield self.ratio(7, what, 4, "less", self.engine(operation, path), floats)
            else:
                yield Line(7, what, None, 4, "less", note="no such round")

    def row_8(self) -> Iterator[Line]:
        for operation in ("greedy", "phragmen"):
            yield from self.versus_peer(8, operation, ("Łódź", "Warszawa"), 50)

    def row_10(self) -> Iterator[Line]:
        floor, _ = self.process(sys.executable, "-c", "import numpy")
        for what, name, plan in (
            ("village plain", "Zacisze", "equal-shares"),
            ("village add1", "Zacisze", "equal-shares/add1e"),
            ("Łódź add1e", "Łódź", "equal-shares/add1e"),
        ):
            what = f"command / import numpy: {what}"
            if path := self.path(name):
                used, _ = self.command("tally", path, "--plan", plan)
                yield Line(10, what, used / floor, 8, "less", used, floor)
            else:
                yield Line(10, what, None, 8, "less", note="no such round")

    def row_11(self) -> Iterator[Line]:
        used, waited = self.command("--help")
        yield Line(11, "--help, CPU seconds", used, 0.3, "less", note=f"{waited:.3g} s on the wall")
        words = {"_BORGERBUDGET_COMPLETE": "complete_bash", "COMP_WORDS": "borgerbudget ta", "COMP_CWORD": "1"}
        used, waited = self.command(environment=words)
        yield Line(11, "completion, CPU seconds", used, 0.3, "less", note=f"{waited:.3g} s on the wall")
        what = "CPU / wall of a count without thread variables, Łódź"
        if path := self.path("Łódź"):
            used, waited = self.command("tally", path, "--plan", "equal-shares/add1e")
            yield Line(11, what, used / waited, 1.2, "less", used, waited, "other is wall")
        else:
            yield Line(11, what, None, 1.2, "less", note="no such round")

    def row_12(self) -> Iterator[Line]:
        what = "explain every proposal, equal-shares/add1eu, CPU seconds, Łódź"
        if path := self.path("Łódź"):
            found = self.ask(sys.executable, HERE / "explain.py", path)[0]
            note = found.get("error") or f"answers: {found['answers']}; dearest {found['slowest']}"
            yield Line(12, what, found.get("cpu"), 60, "less", found.get("cpu"), note=note)
        else:
            yield Line(12, what, None, 60, "less", note="no such round")

    def row_14(self) -> Iterator[Line]:
        """Thousands of counts with another pool each time."""
        for operation in ("greedy", "add1e"):
            for name in ("Zacisze", "Grzegorzki", "Grochów", "Amsterdam"):
                what = f"{operation}, another pool each time: pabutools / ours, {name}"
                if path := self.path(name):
                    ours = self.ask(sys.executable, HERE / "many.py", operation, path)[0]
                    yield self.ratio(14, what, 1000, "more", ours, self.peer(operation, path))
                else:
                    yield Line(14, what, None, 1000, "more", note="no such round")

    def row_13(self) -> Iterator[Line]:
        what = "equal-shares: reference verifier / pabutools, Łódź"
        if path := self.path("Łódź"):
            yield self.ratio(13, what, 1, "less", self.engine("verify", path), self.peer("equal-shares", path))
        else:
            yield Line(13, what, None, 1, "less", note="no such round")

    def rows(self) -> dict[int, Callable[[], Iterator[Line]]]:
        return {int(name.removeprefix("row_")): getattr(self, name) for name in dir(self) if name.startswith("row_")}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=lambda text: Path(text).resolve(), help="folder of .pb rounds")
    parser.add_argument("--peers", help="the Python of an environment that has pabutools and gmpy2")
    parser.add_argument(
        "--js", type=lambda text: Path(text).resolve(), help="checkout of the equalshares.net compute tool"
    )
    parser.add_argument("--rows", help="only these, such as 1,3,10")
    parser.add_argument("--cap", type=float, default=600.0, help="seconds after which a peer's run is ended")
    parser.add_argument("--gigabytes", type=float, default=8.0, help="address space of a peer's run")
    parser.add_argument("--repeat", type=int, default=5, help="of everything that takes less than 20 s")
    parser.add_argument(
        "--million", type=int, default=1_000_000, help="ballots of the synthetic file in row 1; 0: none"
    )
    parser.add_argument("--out", type=Path, help="write everything as JSON")
    asked = parser.parse_args()
    bench = Bench(asked)
    chosen = set(map(int, asked.rows.split(","))) if asked.rows else set(bench.rows())
    lines = []
    for row, measured in sorted(bench.rows().items()):
        if row not in chosen:
            continue
        try:
            for line in measured():
                print(line.say(), flush=True)
                lines.append(line)
        except RuntimeError as error:
            print(f"{row:>3}  failed: {error}", flush=True)
            lines.append(Line(row, "failed", None, 0, "less", note=str(error)))
    missed = [line for line in lines if line.met is False]
    print(
        f"{sum(line.met is True for line in lines)} met, {len(missed)} missed, {sum(line.met is None for line in lines)} open"
    )
    if asked.out:
        machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
        asked.out.write_text(
            json.dumps(
                {"machine": machine, "lines": [asdict(line) | {"met": line.met} for line in lines]},
                ensure_ascii=False,
                indent=1,
            )
            + "\n",
            encoding="utf-8",
        )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
