"""A power cut at any moment leaves all of what a command did or nothing of it, and never takes back an answer.

A small share of ``python -m tests.power_loss``, which looks at ten thousand states; docs/rounds.md says what a state is.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest

from borgerbudget.errors import BorgerbudgetError
from borgerbudget.office import setting_up
from borgerbudget.office_commands.desk import at_desk
from borgerbudget.pool import Area
from tests import disks
from tests.disks import Fate, Trace, fates, left_behind, traced
from tests.power_loss import ACTS, ROOT, Broken, play, recorded

REASON = disks.unwilling()
pytestmark = pytest.mark.skipif(REASON is not None, reason=REASON or "")
HERE = {"freeze": "alone", "cast": "beside", "enrol": "alone", "import": "log anew", "close": "alone", "seal": "beside"}
"""The surroundings in which each act is tried here; the command tries all."""


@pytest.mark.parametrize("name", ACTS)
def test_a_power_cut_leaves_all_or_nothing_and_takes_back_no_answer(name: str, tmp_path: Path) -> None:
    replay = recorded(name, HERE[name])
    assert play(replay, 40, random.Random(1), tmp_path / "state") == 40
    assert set(replay.states) == {"before", "after"}


@pytest.mark.parametrize("name", ["cast", "close"])
def test_a_careless_database_is_found_out(name: str, tmp_path: Path) -> None:
    """``synchronous=NORMAL`` leaves a commit unsynced."""
    with pytest.raises(Broken, match="what was answered is gone"):
        play(recorded(name, "beside", careless=True), 40, random.Random(1), tmp_path / "state")


def script(folder: Path, text: str, log: Path) -> Trace:
    return traced(folder, [sys.executable, "-c", text], {**os.environ, "PYTHONPATH": str(ROOT)}, log)


def ends(trace: Trace, name: str, number: int = 200) -> set[bytes | None]:
    """What may stand in a file after a power cut, once the script has said that it is done."""
    dice = random.Random(1)
    chosen = fates(len(trace.calls), dice)
    return {left_behind(trace, trace.told_at, next(chosen), dice).get(name) for _ in range(number)}


CARELESS = "from pathlib import Path; Path('n').write_bytes(b'n' * 9000); Path('n').rename('f'); print('done')"
CAREFUL = "from pathlib import Path; from borgerbudget.files.disk import write_bytes; write_bytes(Path('f'), b'n' * 9000, True); print('done')"  # noqa: E501


def test_a_file_is_replaced_whole_or_not_at_all_and_only_by_syncing(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "f").write_bytes(b"old")
    assert ends(script(folder, CAREFUL, tmp_path / "log"), "f") == {b"n" * 9000}
    (folder / "f").write_bytes(b"old")
    found = ends(script(folder, CARELESS, tmp_path / "log"), "f")
    assert {b"old", b"", b"n" * 9000} <= found
    assert any(content and b"n" in content and b"\0" in content for content in found)  # torn


def test_what_was_synced_is_there_and_what_was_not_may_be_gone() -> None:
    calls = [disks.Name(None, "f", 0), disks.Write(0, 0, b"a"), disks.Sync(0), disks.Write(0, 1, b"b"), disks.Sync(".")]
    trace = Trace({}, [*calls, disks.Told(b"")])
    dice = random.Random(1)
    assert left_behind(trace, 6, Fate(0), dice) == {"f": b"a"}
    assert left_behind(trace, 6, Fate(1), dice) == {"f": b"ab"}
    assert left_behind(trace, 4, Fate(0), dice) == {}  # its name was not synced
    assert left_behind(trace, 4, Fate(1), dice) == {"f": b"ab"}


def test_after_a_power_cut_in_the_first_command_it_can_be_given_again(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    words = ["area", "add", "lillevig", "--name", "Lillevig"]
    command = [sys.executable, "-c", "import cli; cli.main()", *words]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BORGERBUDGET_")}
    trace = traced(folder, command, {**environment, "PYTHONPATH": str(ROOT)}, tmp_path / "log")
    answered = next(n for n, call in enumerate(trace.calls, 1) if isinstance(call, disks.Told) and b"area" in call.text)
    dice, seen = random.Random(1), set()
    state = tmp_path / "state"
    for crash in range(len(trace.calls) + 1):
        chosen = fates(crash, dice)
        for _ in range(3):
            image = left_behind(trace, crash, next(chosen), dice)
            key = repr([(path, data) for path, data in sorted(image.items()) if not path.endswith("-shm")])
            if key in seen:
                continue
            seen.add(key)
            shutil.rmtree(state, ignore_errors=True)
            state.mkdir()
            disks.put(image, state)
            common = {"db": str(state / "borgerbudget.db"), "lang": "da", "actor": "anna", "dry_run": False}
            try:
                with at_desk(common, create=True) as desk:
                    new = setting_up.add_area(desk.office, Area("lillevig", "Lillevig"))
            except BorgerbudgetError as error:
                pytest.fail(f"after {crash} of {len(trace.calls)} calls: {error}")
            assert desk.office.key is not None
            assert not new or crash < answered
    assert len(seen) > 30
