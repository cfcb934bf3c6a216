"""Every word of the verifier: what it says of bundles that hold, are unfinished or fail, in both languages and as JSON.

``python -m tests.test_audit_words`` writes the words anew (``tests/golden/words.json``); then read what has changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest

from borgerbudget.leaves import receipt
from tallies import count, make_plan, verify
from tallies.audit.archive import pack, unpack
from tallies.audit.bundle import manifest
from tallies.audit.bundle import members as bundle_members
from tallies.audit.members import Terms
from tests.histories import (
    AUDITOR,
    CLERK,
    COMMITTEE,
    THIEF,
    drawn,
    fingerprints,
    play,
    relisted,
    sealed_file,
    written,
)
from tests.make_golden import FOLDER, VERIFIER, village
from tests.test_audit_checks import NEGATIVE, PINS, REWRITTEN, changed, put
from tests.test_audit_checks import members as round_members
from tests.test_audit_hand_count import WRONG as BY_HAND
from tests.test_audit_people import BENT
from tests.test_audit_possible import CASES
from tests.test_audit_possible import made as impossible
from tests.test_audit_totals import FORGED

WORDS = FOLDER / "words.json"
Members = Mapping[str, bytes]
Asked = dict[str, Any]


def cut(found: Members, *signers: Any) -> bytes:
    """A bundle whose copy of the verifier is one line, and of one version, so that its hashes stay as they are."""
    return sealed_file(relisted({**found, "verify.py": VERIFIER}, engine="1.0"), *signers)


@cache
def played(**options: Any) -> dict[str, bytes]:
    return dict(play(voters=22, rejected=1, batch=40, **options).members())


def golden(stem: str) -> bytes:
    return (FOLDER / f"1.1-{stem}.bba").read_bytes()


def with_area(population: int | None) -> Members:
    area = {"id": "k", "name": "Kirkeby  «øst»", "population": population}
    return changed(dict(filed("greedy")), "round.json", lambda value: put(value, "area", area))


def filed(plan: str, settings: dict[str, Any] | None = None, tier: Any = "open") -> Members:
    outcome = count(village(), make_plan(plan, village(), settings, ("cheapest", "most-votes", "refuse")))
    found = bundle_members(outcome, Terms(tier=tier), tier)
    return {**found, "manifest.json": manifest(outcome, tier, found)}


def broken_envelope() -> bytes:
    found = unpack(cut(played()))
    return pack({**found, "manifest.dsse.json": written({"payload": "", "payloadType": "x", "signatures": []})})


def receipt_of_rejected() -> str:
    made = play(voters=22, rejected=1, batch=40)
    leaf = made.box.rejected[0][0]
    return receipt("lillevig-2026", 1, bytes.fromhex(leaf)).code()


THREE: dict[str, Any] = {"signers": (CLERK, AUDITOR, THIEF)}
SITUATIONS: dict[str, Callable[[], tuple[bytes, Asked]]] = {
    "nobody has signed": lambda: (cut(played()), {}),
    "one of two has signed": lambda: (cut(played(), CLERK), {}),
    "one of three has signed": lambda: (cut(played(**THREE), CLERK), {}),
    "one of two has signed, and is known": lambda: (cut(played(), CLERK), {"keys": PINS[:1]}),
    "one of three has signed, and is known": lambda: (cut(played(**THREE), CLERK), {"keys": PINS[:1]}),
    "the other was asked for": lambda: (cut(played(), CLERK), {"keys": PINS[1:]}),
    "both were asked for, nobody has signed": lambda: (cut(played()), {"keys": PINS}),
    "a stranger was asked for": lambda: (cut(played(), CLERK, AUDITOR), {"keys": fingerprints(THIEF)}),
    "both have signed, nobody is known": lambda: (cut(played(), CLERK, AUDITOR), {}),
    "both have signed, one is known": lambda: (cut(played(), CLERK, AUDITOR), {"keys": PINS[:1]}),
    "both have signed, both are known": lambda: (cut(played(), CLERK, AUDITOR), {"keys": PINS}),
    "an envelope that is none": lambda: (broken_envelope(), {}),
    "a committee drew": lambda: (cut(played(dice=COMMITTEE)), {}),
    "a receipt of a rejected ballot": lambda: (cut(played()), {"receipt": receipt_of_rejected()}),
    "a receipt of nobody": lambda: (cut(played()), {"receipt": receipt("lillevig-2026", 1, drawn("nobody")).code()}),
    "a file by weights": lambda: (golden("file-open-weights"), {}),
    "totals by population": lambda: (golden("file-totals-population"), {}),
    "a file whose ballots break its limits": lambda: (golden("file-open-limits"), {}),
    "a hand count": lambda: (golden("file-totals-hand-count"), {}),
    "a round counted by hand": lambda: (golden("round-totals-hand-count"), {"keys": PINS}),
    "a sealed bundle": lambda: (golden("round-sealed-points"), {"keys": PINS}),
    "equal shares before greedy": lambda: (golden("file-open-comparison"), {}),
    "a file of format 1.0": lambda: ((FOLDER / "file-open-greedy.bba").read_bytes(), {}),
    "a history that went on": lambda: (cut(played()), {"since": cut(played(later=()))}),
    "a plain file": lambda: (cut(filed("greedy")), {}),
    "a plain file, asked for what it has not": lambda: (
        cut(filed("greedy")), {"since": b"", "receipt": receipt("r", 1, drawn("nobody")).code()}),
    "a plain file of an area": lambda: (cut(with_area(412)), {}),
    "totals that can be counted": lambda: (cut(filed("residual", None, "totals")), {}),
    "totals that cannot": lambda: (cut(filed("equal-shares/add1", {"increment": "100"}, "totals")), {}),
    "a plan with many words": lambda: (
        cut(filed("greedy", {"threshold": 1, "leftover": "next", "constraints": [
            {"kind": "at-most", "proposals": ["bro", "hal"], "amount": "60000"}]})), {}),
    "a beginning": lambda: (cut(played(), CLERK)[:3000], {}),
    "a result that does not follow": lambda: (
        cut(changed(dict(filed("greedy")), "result.json", lambda value: put(value, "left", 1))), {}),
    "winners of their own": lambda: (
        cut(changed(dict(filed("greedy")), "result.json", lambda value: value["outcome"]["funded"].pop())), {}),
    "a lot that names nobody": lambda: (cut(changed(
        unpack(golden("file-open-greedy")), "lot.json", lambda lot: put(lot, "witnesses", []))), {}),
}  # fmt: skip


IN_FULL = ("nobody has signed", "both have signed, both are known", "totals that cannot", "a beginning")
HELD = re.compile(" *[0-9]+ (PASS|HOLDER|NOT APPLICABLE|IKKE RELEVANT) ")


def told(name: str, data: bytes, asked: Asked) -> dict[str, Any]:
    """All of it for a few, else without the lines of what holds."""
    found = {}
    for language in ("da", "en"):
        text, _ = verify.bundle_report(data, verify.Asked(**asked), False, language)
        found[language] = [line for line in text.splitlines() if name in IN_FULL or not HELD.match(line)]
    text, _ = verify.bundle_report(data, verify.Asked(**asked), True, "en")
    return {**found, "json": json.loads(text)} if name in IN_FULL else found


def sentences() -> list[list[str]]:
    """Of every bundle that fails: what is said of the first check that does."""
    older = pack(round_members())
    asked: list[tuple[bytes, Asked]] = [(make(), {}) for _, make in [*NEGATIVE, *BENT, *FORGED.values()]]
    asked += [(impossible(name), {}) for name in CASES]
    asked += [(pack(make()), {}) for _, make in BY_HAND.values()]
    asked += [(make(), {"since": older}) for _, make in REWRITTEN]
    found = set()
    for data, more in asked:
        text, _ = verify.bundle_report(data, verify.Asked(**more), True, "en")
        first = next(check for check in json.loads(text)["checks"] if check["status"] == "FAIL")
        found.add((first["code"], first["da"], first["en"]))
    return sorted(map(list, found))


def words() -> dict[str, Any]:
    return {"verdicts": {name: told(name, *make()) for name, make in SITUATIONS.items()}, "sentences": sentences()}


SAID = json.loads(WORDS.read_text("utf-8")) if WORDS.exists() else {"verdicts": {}}


@pytest.mark.parametrize("name", sorted({*SITUATIONS, *SAID["verdicts"]}))
def test_a_verdict_has_the_words_that_it_had(name: str) -> None:
    assert told(name, *SITUATIONS[name]()) == SAID["verdicts"][name]


def test_a_bundle_that_fails_is_told_so_in_the_words_that_it_was() -> None:
    assert sentences() == SAID["sentences"]


if __name__ == "__main__":
    WORDS.write_text(json.dumps(words(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
