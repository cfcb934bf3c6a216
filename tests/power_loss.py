"""Power cuts while a command works: its write trace is replayed with what was not synced lost, torn or out of order.

    python -m tests.power_loss --states 10000 --seed 1

Each act is the real command in its own process, in three surroundings: alone; while somebody else has the database open, so that
closing it saves nothing; and there with a log that is begun anew.  In every state the database must open, be sound, pass ``round
verify`` and hold either all of what the command did or nothing; once the command has answered, all of it; and every ballot that
was answered before, once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from borgerbudget.errors import BorgerbudgetError
from borgerbudget.leaves import read_receipt
from borgerbudget.store import tables
from borgerbudget.store.database import FILE_NAME, open_database, reading
from borgerbudget.store.history import read_private
from borgerbudget.store.integrity import look_through
from borgerbudget.store.keys import read_key
from borgerbudget.store.reading import read_chain
from tests.disks import Fate, Image, Trace, fates, left_behind, put, traced, unwilling
from tests.villages import ROUND, Village

ROOT = Path(__file__).resolve().parents[1]
EARLIER = 5
"""Ballots that were answered before the act begins."""
CARELESS = "import borgerbudget.store.database as d; d.SETTINGS['synchronous'] = ('NORMAL', 1); "
"""How the command is spoiled, to see that the replay finds it."""
Content = dict[str, list[tuple[Any, ...]]]
"""Table -> its rows."""


@dataclass(frozen=True)
class Scene:
    """A folder with an open round, and what was answered in it: receipts, codes not yet used."""

    folder: Path
    village: Village
    receipts: list[str]


@dataclass(frozen=True)
class Act:
    """The words of a command, and how far the round must be before it."""

    words: Callable[[Scene], list[str]]
    state: str = "open"


def table_of_voters(scene: Scene) -> str:
    """So many that one page of the database is too small."""
    return _beside(scene, "liste.csv", ["Nr;Landsby", *(f"w{n:04};Åby" for n in range(300))])


def table_of_ballots(scene: Scene) -> str:
    """Of all who have not voted, and again of two who have."""
    voters = [f"v{number:03}" for number in range(EARLIER - 2, 12)]
    codes = scene.village.codes
    return _beside(scene, "svar.csv", ["kode;stemmer", *(f"{codes[v]};{1 + n % 4}" for n, v in enumerate(voters))])


def _beside(scene: Scene, name: str, lines: list[str]) -> str:
    """Outside the folder whose writes are traced."""
    path = scene.folder.with_name(name)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(path)


ACTS = {
    "freeze": Act(lambda scene: ["round", "freeze", ROUND, "--second", "bo", "--yes"], "draft"),
    "cast": Act(lambda scene: ["ballot", "cast", ROUND, "2", "--code", scene.village.codes["v010"]]),
    "enrol": Act(lambda scene: ["roll", "import", ROUND, table_of_voters(scene), "--reason", "tilflyttere"]),
    "import": Act(lambda scene: ["ballot", "import", ROUND, table_of_ballots(scene), "--yes"]),
    "close": Act(lambda scene: ["round", "close", ROUND, "--yes", "--reason", "alle har stemt"]),
    "seal": Act(lambda scene: ["round", "seal", ROUND, "--yes"], "closed"),
}
SURROUNDINGS = ("alone", "beside", "log anew")


class Broken(AssertionError):
    """A state that no power cut may leave."""


@dataclass
class Replay:
    """A trace with what the database held before and after it.

    ``copies``: those that it made, with their SHA-256; ``envelopes``: the tokens that sealing destroys.
    """

    name: str
    trace: Trace
    before: Content
    after: Content
    receipts: list[str]
    copies: set[tuple[str, str]]
    envelopes: set[str]
    states: Counter[str]

    def look(self, engine: Engine, crash: int) -> None:
        """Broken unless the database holds what it must after a power cut behind so many calls."""
        folder = Path(engine.url.database or "").parent
        with reading(engine) as connection:
            checked = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
            if checked != "ok":
                raise Broken(f"integrity_check: {checked}")
            found = content_of(connection)
            problems = look_through(connection, ROUND, read_key(folder / "borgerbudget.key")).problems
        if problems:
            raise Broken(f"round verify: {problems}")
        kept = [row[1] for table in (tables.SPOOL, tables.BALLOTS) for row in found[table.name]]
        for receipt in self.receipts:
            number = sum(leaf.startswith(read_receipt(receipt).prefix.hex()) for leaf in kept)
            if number != 1:
                raise Broken(f"the ballot {receipt} is there {number} times")
        told = crash >= self.trace.told_at
        if found != self.after and (told or found != self.before):
            raise Broken("what was answered is gone" if told and found == self.before else "half of it is there")
        for name, digest in self.copies if found == self.after else ():
            path = folder / "borgerbudget-backups" / name
            if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
                raise Broken(f"the copy {name} is not what its event says")
        self.states["after" if found == self.after else "before"] += 1

    def look_at_bytes(self, image: Image) -> None:
        """Broken when database or log tell what was destroyed; copies are listed for people to destroy."""
        for path in (FILE_NAME, f"{FILE_NAME}-wal"):
            if any(token.encode() in (image.get(path) or b"") for token in self.envelopes):
                raise Broken(f"an envelope can still be read in {path}")


def content_of(connection: Connection) -> Content:
    found = {}
    for table in tables.METADATA.sorted_tables:
        columns = ", ".join(column.name for column in table.columns)
        found[table.name] = [tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table.name}")]
    return found


def copies_of(connection: Connection) -> set[tuple[str, str]]:
    """Names and SHA-256 of the copies that the events tell of."""
    private = [read_private(connection, ROUND, event.seq) for event in read_chain(connection, ROUND)]
    return {tuple(one.words["backup"]) for one in private if one and one.words.get("backup")}


@contextmanager
def scene(folder: Path, state: str, crowd: bool) -> Iterator[Scene]:
    """A round in this state, today.  ``crowd``: somebody else has the database open all the while."""
    path = folder / FILE_NAME
    engine = open_database(str(path), create=True)
    village = Village(engine, str(path), now=datetime.now(UTC) - timedelta(days=3))
    village.start()
    (folder / "borgerbudget.key").write_text(f"{(village.key or b'').hex()}\n", encoding="ascii")
    receipts = []
    with somebody_else(path) if crowd else nullcontext():
        if state != "draft":
            village.move("freeze", second="bo")
            village.issue()
            village.wait(days=2)
            village.move("open")
            receipts = [village.cast(f"v{number:03}", [str(1 + number % 4)]).receipt for number in range(EARLIER)]
        if state == "closed":
            village.move("close", reason="alle har stemt")
        yield Scene(folder, village, receipts)
    engine.dispose()


@contextmanager
def somebody_else(path: Path) -> Iterator[None]:
    """Another process with the database open, so that whoever closes it is not the last and the log stays.

    It must be another: a process that closes a file, read for whatever reason, gives up all its own locks on it.
    """
    look = (
        "c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM rounds').fetchall(); print(1, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", f"import sqlite3, sys; {look}", str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline()
        yield
        other.stdin.write(b"\n")


def recorded(name: str, surroundings: str, careless: bool = False) -> Replay:
    """The trace of an act; ``careless``: with ``synchronous`` at NORMAL."""
    act = ACTS[name]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "round")
        folder.mkdir()
        with scene(folder, act.state, surroundings != "alone") as found:
            if surroundings == "log anew":
                with found.village.engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
            before, old = _held(found.village)
            environment = {key: value for key, value in os.environ.items() if not key.startswith("BORGERBUDGET_")}
            trace = traced(
                found.folder,
                [sys.executable, "-c", f"{CARELESS if careless else ''}import cli; cli.main()", *act.words(found)],
                {**environment, "PYTHONPATH": str(ROOT), "BORGERBUDGET_ACTOR": "anna"},
                Path(place, "trace"),
            )
            after, new = _held(found.village)
            gone = _envelopes(before) - _envelopes(after)
            return Replay(f"{name}, {surroundings}", trace, before, after, found.receipts, new - old, gone, Counter())


def _envelopes(content: Content) -> set[str]:
    token = list(tables.SPOOL.columns).index(tables.SPOOL.c.token)
    return {row[token] for row in content["spool"]}


def _held(village: Village) -> tuple[Content, set[tuple[str, str]]]:
    with reading(village.engine) as connection:
        return content_of(connection), copies_of(connection)


def play(replay: Replay, states: int, dice: random.Random, folder: Path) -> int:
    """Looks at so many different states, or all that there are; how many.  Broken, with the state, for one that may not be."""
    seen: set[bytes] = set()
    points = [(crash, fates(crash, dice)) for crash in reversed(range(len(replay.trace.calls) + 1))]
    idle = 0
    while len(seen) < states and idle < 100 * len(points):
        points.append(points.pop(0))
        crash, mine = points[-1]
        fate = next(mine)
        image = left_behind(replay.trace, crash, fate, dice)
        state = fingerprint(image, crash >= replay.trace.told_at)
        idle += 1
        if state not in seen:
            seen.add(state)
            idle = 0
            _look_at(replay, image, crash, fate, dice, folder)
    return len(seen)


def fingerprint(image: Image, told: bool) -> bytes:
    found = hashlib.blake2b(str(told).encode())
    for path, data in sorted(image.items()):
        if not path.endswith("-shm"):
            found.update(json.dumps([path, None if data is None else len(data)]).encode() + (data or b""))
    return found.digest()


def _look_at(replay: Replay, image: Image, crash: int, fate: Fate, dice: random.Random, folder: Path) -> None:
    """Shared memory is not written at all; what a crash leaves of it is anything."""
    for path in [path for path in image if path.endswith("-shm")]:
        image[path] = dice.randbytes(dice.choice([0, 3, 32768]))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    put(image, folder)
    try:
        if crash >= replay.trace.told_at:
            replay.look_at_bytes(image)
        replay.look(_engine(folder), crash)
    except (Broken, BorgerbudgetError, DBAPIError) as error:
        where = f"after {crash} of {len(replay.trace.calls)} calls, {fate}"
        raise Broken(f"{replay.name}: {where}: {error}") from error


@cache
def _engine(folder: Path) -> Engine:
    """Opened once, because that is slow; each connection is a new one, which finds what a crash has left."""
    return open_database(str(folder / FILE_NAME))


def memory() -> Path:
    """A folder that lies in memory where there is one, and can be thrown away."""
    quick = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="bb-", dir=quick if quick.is_dir() else None))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--states", type=int, default=10_000, help="in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--acts", nargs="*", default=list(ACTS), choices=list(ACTS))
    asked = parser.parse_args()
    reason = unwilling()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 2
    dice = random.Random(asked.seed)
    folder = memory()
    total, plays = 0, [(act, surroundings) for act in asked.acts for surroundings in SURROUNDINGS]
    try:
        for number, (act, surroundings) in enumerate(plays):
            replay = recorded(act, surroundings)
            looked = play(replay, -(-(asked.states - total) // (len(plays) - number)), dice, folder / "state")
            total += looked
            print(f"{replay.name}: {len(replay.trace.calls)} calls, {looked} states, {dict(replay.states)}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{total} states")
    return 0 if total >= asked.states else 1


if __name__ == "__main__":
    sys.exit(main())
