"""Performance as ratios, all from this run on this machine; docs/performance.md tells what each row means.

    python bench/run.py --rounds DIR [--peers PYTHON] [--js TOOL_DIR] [--floor FILE.c] [--rows 1,3,10] [--out FILE.json]

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
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import loading
import scaling
import start
from children import cpu
from ratios import Line

HERE = Path(__file__).resolve().parent

ROUNDS = {
    "Zacisze": "Poland_Warszawa_2019_Zacisze.pb",
    "Grzegorzki": "Poland_Krakow_2020_Grzegorzki.pb",
    "Praga": "Poland_Warszawa_2020_Praga-Poludnie.pb",
    "Kraków": "Poland_Krakow_2024.pb",
    "Warszawa": "Poland_Warszawa_2026.pb",
    "Łódź": "Poland_Lodz_2022.pb",
    "Budapest": "Hungary_Budapest_2024.pb",
    "Katowice": "Poland_Katowice_2023.pb",
    "Wrocław": "Poland_Wroclaw_2015_150_-_500.pb",
    "Grochów": "Poland_Warszawa_2017_Grochow_Poludniowy.pb",
    "Zacisze 2017": "Poland_Warszawa_2017_Zacisze.pb",
    "Rembertów": "Poland_Warszawa_2023_Rembertow.pb",
    "Świecie": "Poland_Swiecie_2023.pb",
    "Stary Widzew": "Poland_Lodz_2022_Stary_Widzew.pb",
    "Ursus": "Poland_Warszawa_2020_Ursus.pb",
    "Amsterdam": "Netherlands_Amsterdam_252.pb",
}
VILLAGES = ("Grzegorzki", "Zacisze")
DISTRICTS = ("Zacisze 2017", "Rembertów", "Grochów", "Stary Widzew", "Świecie", "Ursus", "Amsterdam", "Praga")
"""1,107 to 14,897 ballots."""
COMPARED = {"greedy": 10, "add1e": 3}
"""With how many of the pools the peer counts, too."""

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
UNCOMPILED = "PYTHONDONTWRITEBYTECODE"
"""With it a checkout would be compiled anew in every run; what is installed is compiled once, as numpy is."""

Found = dict[str, Any]


class Bench:
    def __init__(self, asked: argparse.Namespace) -> None:
        self.rounds: Path | None = asked.rounds
        self.peers: str | None = asked.peers
        self.js: Path | None = asked.js
        self.floor: Path | None = asked.floor
        self.cap: float = asked.cap
        self.repeat: int = asked.repeat
        self.million: int = asked.million
        self.ten_million: int = asked.ten_million
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

    def peer(self, operation: str, *paths: Path, options: Sequence[str] = ()) -> Found:
        if self.peers is None:
            return {"error": "no --peers"}
        limits = ["--cap", str(self.cap), "--gigabytes", str(self.gigabytes)]
        return self.ask(self.peers, HERE / "peer_pabutools.py", operation, *limits, *options, *paths)[0]

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
            note, mine, its = f"capped at {other['capped']:.3g} s", ours["cpu"], other["capped"]
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

    def row_3(self) -> Iterator[Line]:
        yield from self.versus_peer(3, "equal-shares", ("Łódź", "Kraków", "Warszawa"), 600)

    def row_4(self) -> Iterator[Line]:
        yield from self.versus_peer(4, "add1e", ("Kraków", "Praga", "Łódź"), 600)
        yield from self.versus_peer(4, "add1e", VILLAGES, 60)

    def row_5(self) -> Iterator[Line]:
        for name, target in (("Warszawa", 60), ("Łódź", 150), ("Praga", 20)):
            what = f"add1e: equalshares.net tool / ours, {name}"
            path = self.path(name)
            if path is None or self.js is None:
                yield Line(5, what, None, target, "more", note="no --js" if self.js is None else "no such round")
            else:
                ours = self.engine("add1e", path, options=["--start", "integral"])
                yield self.ratio(5, what, target, "more", ours, self.tool(path))

    def row_6(self) -> Iterator[Line]:
        """A village counted in steps of a four-hundredth of a unit stands for a district counted in a small currency."""
        large = [(name, 1, 4.0) for name in ("Łódź", "Kraków", "Warszawa", "Praga")]
        for name, parts, target in (*large, ("Budapest", 1, 0.3), ("Zacisze", 400, 0.3)):
            what = f"add1e: ours / stepping in C, {name}{f' in steps of 1/{parts}' if parts > 1 else ''}"
            path = self.path(name)
            if path is None or self.floor is None:
                yield Line(6, what, None, target, "less", note="no --floor" if self.floor is None else "no such round")
                continue
            options = ["--parts", str(parts)]
            ours = self.engine("add1e", path, options=options)
            other = self.engine("floor", path, options=[*options, "--floor", str(self.floor)])
            yield self.ratio(6, what, target, "less", ours, other)

    def row_7(self) -> Iterator[Line]:
        for operation, name in (("equal-shares", "Łódź"), ("add1e", "Łódź"), ("add1e", "Kraków"), ("add1e", "Zacisze")):
            what = f"{operation}: exact / floats only, {name}"
            if path := self.path(name):
                floats = self.engine(operation, path, options=["--floats"])
                yield self.ratio(7, what, 1.05, "less", self.engine(operation, path), floats)
            else:
                yield Line(7, what, None, 1.05, "less", note="no such round")

    def row_8(self) -> Iterator[Line]:
        for operation in ("greedy", "phragmen"):
            yield from self.versus_peer(8, operation, ("Łódź", "Warszawa"), 600)

    def row_12(self) -> Iterator[Line]:
        what = "explain every proposal, equal-shares/add1eu, CPU seconds, Łódź"
        if path := self.path("Łódź"):
            found = self.ask(sys.executable, HERE / "explain.py", path)[0]
            note = found.get("error") or f"answers: {found['answers']}; dearest {found['slowest']}"
            yield Line(12, what, found.get("cpu"), 60, "less", found.get("cpu"), note=note)
        else:
            yield Line(12, what, None, 60, "less", note="no such round")

    def row_14(self) -> Iterator[Line]:
        """Thousands of counts with another pool each time; the peer counts with some of these pools."""
        for operation, compared in COMPARED.items():
            for name in DISTRICTS:
                what = f"{operation}, another pool each time: pabutools / ours, {name}"
                path = self.path(name)
                if path is None:
                    yield Line(14, what, None, 1000, "more", note="no such round")
                    continue
                ours = self.ask(sys.executable, HERE / "many.py", operation, path, "--compared", str(compared))[0]
                pools = ",".join(map(str, ours.get("pools", [])))
                yield self.ratio(14, what, 1000, "more", ours, self.peer(operation, path, options=["--pools", pools]))

    def row_15(self) -> Iterator[Line]:
        """Thousands of counts with other votes each time."""
        for name in ("Zacisze 2017", "Rembertów"):
            what = f"add1eu, other votes each time: ours / stepping in C, {name}"
            path = self.path(name)
            if path is None or self.floor is None:
                yield Line(15, what, None, 10, "less", note="no --floor" if self.floor is None else "no such round")
                continue
            ours = self.ask(sys.executable, HERE / "robust.py", path)[0]
            yield self.ratio(
                15, what, 10, "less", ours, self.ask(sys.executable, HERE / "robust.py", path, "--floor", self.floor)[0]
            )

    def row_13(self) -> Iterator[Line]:
        what = "equal-shares: reference verifier / pabutools, Łódź"
        if path := self.path("Łódź"):
            yield self.ratio(13, what, 0.3, "less", self.engine("verify", path), self.peer("equal-shares", path))
        else:
            yield Line(13, what, None, 0.3, "less", note="no such round")

    def rows(self) -> dict[int, Callable[[], Iterator[Line]]]:
        own = {int(name.removeprefix("row_")): getattr(self, name) for name in dir(self) if name.startswith("row_")}
        return own | {number: partial(row, self) for number, row in (loading.ROWS | start.ROWS).items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=lambda text: Path(text).resolve(), help="folder of .pb rounds")
    parser.add_argument("--peers", help="the Python of an environment that has pabutools and gmpy2")
    parser.add_argument(
        "--js", type=lambda text: Path(text).resolve(), help="checkout of the equalshares.net compute tool"
    )
    parser.add_argument(
        "--floor", type=lambda text: Path(text).resolve(), help="the stepping program in C; it needs cc"
    )
    parser.add_argument("--rows", help="only these, such as 1,3,10")
    parser.add_argument("--cap", type=float, default=600.0, help="seconds after which a peer's run is ended")
    parser.add_argument("--gigabytes", type=float, default=8.0, help="address space of a peer's run")
    parser.add_argument("--repeat", type=int, default=5, help="of everything that takes less than 20 s")
    parser.add_argument(
        "--million", type=int, default=1_000_000, help="ballots of the synthetic file in rows 1 and 9; 0: none"
    )
    parser.add_argument(
        "--ten-million", type=int, default=0, help="ballots of the large file in row 9, such as 10000000; 0: none"
    )
    parser.add_argument("--pictures", type=Path, help="measure how things grow, too: JSON and pictures in this folder")
    parser.add_argument("--most", type=int, default=1_000_000, help="ballots of the largest round in the pictures")
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
    if asked.pictures:
        scaling.write(bench, asked.most, asked.pictures)
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
