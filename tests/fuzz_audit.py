"""Fuzzing what reads audit bundles: the verifier, the canonical JSON reader and the reader of profiles.

    python tests/fuzz_audit.py --what bundle --executions 100000 --seed 1

`json`: tokens of canonical documents are dropped, doubled, swapped and exchanged.  The writer's reader and the verifier's must
agree, and what they accept must come out again as the same bytes.

`profile`: the same with the lines of `ballots.tsv`, for every ballot method.

`bundle`: bytes of the file, bytes of a member, or values inside a JSON member are changed; the manifest, and if need be the
chain of events, is made to fit again, so that the later checks are reached.  The verifier must come to a verdict: nothing else
may be raised, nothing may take ten seconds, a bundle with other bytes never passes under the keys that signed the old one,
and one that is merely unsigned has the members that it had.

`flips`: random bytes of a large signed bundle (``--voters``, by default 660: half a megabyte), under the keys that signed it;
each must end in fail or unreadable.  Nearly all are caught by the container; so `members` changes bytes inside the members
instead, and writes the container anew.

A million of each (`--executions 1000000`), as measured on one core: flips 13 minutes, bundle 45, members 70.

Prints one JSON line; a failure is written to ``fuzz-failure-<what>-<seed>-<execution>`` and ends the run with code 1.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from borgerbudget import canonical  # noqa: E402
from borgerbudget.profile_lines import read_profile_lines  # noqa: E402
from tallies import verify  # noqa: E402
from tallies.audit.archive import pack, unpack  # noqa: E402
from tests.histories import (  # noqa: E402
    AUDITOR,
    CLERK,
    chained,
    fingerprints,
    play,
    relisted,
    sealed_file,
    written,
    written_lines,
)
from tests.make_golden import FOLDER  # noqa: E402

SLOW = 10.0
"""Seconds that no input may take."""
PINS = fingerprints(CLERK, AUDITOR)
HARD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 2**53 - 1, 2**53, -(2**53), 10**400, 0.5, "", "0", "1/2", "2/4", "1/0", "-1/3", "a", "bade",
    "æ", "a\u0301", "\x00", "\u202e", "\ud800", "0" * 64, "f" * 64, "F" * 64, "../x", "9" * 4301 + "/1", [], {}, [[]], [None],
    [0], ["bade"], {"a": 1}, {"kind": "funded"}, "header", "lot", "refuse", "greedy", "points", "ranked", "round", "file", "open",
    "totals", "sealed",
)  # fmt: skip
TOKENS = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\n", b" ", b"0", b"-", b"-0", b"1", b"01", b"1.0", b"1e1", b"null",
    b"true", b"NaN", b"Infinity", b'"a"', b'"a":', b"\\u0061", b"\\n", b"\\\\", b'\\"', b"\xff", b"\xc3", b"\xc3\xa6",
    b"a\xcc\x81", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x00", b"\x7f", b"\xe2\x80\xae", b"9007199254740991", b"9007199254740992",
    b"9" * 400, b"\t", b"\r", b">", b"/", b"1/2", b"2/2", b"bade", b"gade", b"x", b"[" * 40, b"{}", b"[]",
)  # fmt: skip


class Failure(Exception):
    """What must not happen."""


def tokens_changed(rng: random.Random, data: bytes) -> bytes:
    """One to three tokens dropped, doubled, exchanged or put in."""
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((0, 0, 1, 1, 2, 5)))
        put = rng.choice((rng.choice(TOKENS), rng.choice(TOKENS), data[at:end] * 2, b""))
        data = data[:at] + put + data[end:]
    return data


# -- canonical JSON


def json_value(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.randrange(8 if depth < 4 else 5)
    if kind < 2:
        return rng.choice((0, 1, -1, 7, 2**53 - 1, rng.randrange(10**6)))
    if kind < 4:
        return rng.choice(("", "a", "æøå", 'a"b\\c', "1/3", "😀", "x" * rng.randrange(9)))
    if kind < 5:
        return rng.choice((None, True, False))
    if kind < 6:
        return [json_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return {rng.choice("abcABC") + str(rng.randrange(9)): json_value(rng, depth + 1) for _ in range(rng.randrange(4))}


def outcome_of(read: Callable[[bytes], Any], data: bytes) -> tuple[bool, Any]:
    try:
        return True, read(data)
    except ValueError:
        return False, None


def fuzz_json(rng: random.Random) -> tuple[bytes, str]:
    data = canonical.write(json_value(rng))
    if rng.random() < 0.95:
        data = tokens_changed(rng, data)
    ours, theirs = outcome_of(canonical.read, data), outcome_of(verify.bundle_json, data)
    if ours != theirs:
        raise Failure(f"one reader accepts, the other does not: {data!r}")
    if ours[0] and canonical.write(ours[1]) != data:
        raise Failure("does not come out again")
    return data, "accepted" if ours[0] else "refused"


# -- profiles

METHODS = ("approval", "knapsack", "points", "scoring", "ranked")
IDS = ("a", "b", "c-1", "d/2")


def profile_line(rng: random.Random, method: str) -> str:
    chosen = rng.sample(IDS, rng.randrange(len(IDS) + 1))
    count = rng.choice(("1", "2", "17", "1/2", "7/3"))
    if method == "ranked":
        return f"{count}\t{'>'.join(chosen)}"
    marks = [f"{i}:{rng.choice((1, 2, 30, -1 if method == 'scoring' else 5))}" for i in sorted(chosen)]
    return f"{count}\t{','.join(marks if method in ('points', 'scoring') else sorted(chosen))}"


def audit_of(method: str) -> verify.Audit:
    """A verifier that has a round of this method before it, and no ballots yet."""
    audit = verify.Audit(b"", verify.Asked())
    entry = {"cost": 1, "min_cost": None, "title": "", "area": None, "category": [], "goals": [], "withdrawn": False}
    audit.lines["proposals.jsonl"] = [{**entry, "id": i, "number": None} for i in IDS]
    audit.documents["manifest.json"] = {
        "schema": "borgerbudget.audit/1.1",
        "round": "r",
        "tier": "open",
        "ballots_root": None,
    }
    audit.documents["round.json"] = {
        "round": "r",
        "tier": "open",
        "tier_reason": "why not",
        "source": {"kind": "file", "sha256": None},
        "pool": {"amount": len(IDS), "currency": "DKK"},
        "ballot": {"method": method, "default_score": 0, "limits": dict.fromkeys(verify.LIMITS), "breaking": 0},
    }
    return audit


AUDITS = {method: audit_of(method) for method in METHODS}


def verifier_accepts(method: str, data: bytes) -> bool:
    audit = AUDITS[method]
    audit.members = {"ballots.tsv": data}
    try:
        audit.check_2()
        audit.check_6()
        audit.check_7()
    except verify.Fault:
        return False
    return True


def fuzz_profile(rng: random.Random) -> tuple[bytes, str]:
    method = rng.choice(METHODS)
    rows = {row.partition("\t")[2]: row for row in (profile_line(rng, method) for _ in range(rng.randrange(5)))}
    data = "".join(f"{rows[text]}\n" for text in sorted(rows)).encode()
    if rng.random() < 0.95:
        data = tokens_changed(rng, data)
    good, found = outcome_of(lambda text: read_profile_lines(text, method, IDS), data)
    if good != verifier_accepts(method, data):
        raise Failure(f"one reader accepts this {method} profile, the other does not: {data!r}")
    if good and "".join(f"{line.voters}\t{line.text}\n" for line in found).encode() != data:
        raise Failure("does not come out again")
    return data, "accepted" if good else "refused"


# -- bundles


def seeds() -> list[dict[str, bytes]]:
    """The members of the golden bundles, unsigned: every tier, kind of source and family of rules."""
    found = [unpack(path.read_bytes()) for path in sorted(FOLDER.glob("*.bba"))]
    return [{name: data for name, data in one.items() if name != "manifest.dsse.json"} for one in found]


def value_changed(rng: random.Random, value: Any) -> Any:
    """A JSON value with one part of it, anywhere inside, exchanged, dropped, doubled or moved."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice(sorted(value))
        if rng.random() < 0.08:
            return {k: v for k, v in value.items() if k != key}
        if rng.random() < 0.05:
            return {**value, rng.choice(("extra", "a", key.upper())): rng.choice(HARD)}
        return {**value, key: value_changed(rng, value[key])}
    if isinstance(value, list) and value and rng.random() < 0.9:
        at = rng.randrange(len(value))
        move = rng.randrange(8)
        if move == 0:
            return value[:at] + value[at + 1 :]
        if move == 1:
            return [*value[:at], value[at], *value[at:]]
        if move == 2:
            return rng.sample(value, len(value))
        return [*value[:at], value_changed(rng, value[at]), *value[at + 1 :]]
    if isinstance(value, int) and not isinstance(value, bool) and rng.random() < 0.5:
        return value + rng.choice((-1, 1, 100))
    return rng.choice(HARD)


def document_changed(rng: random.Random, name: str, data: bytes) -> bytes:
    if name.endswith(".json") and rng.random() < 0.9:
        return written(value_changed(rng, json.loads(data)))
    if name.endswith(".jsonl") and rng.random() < 0.9:
        values = value_changed(rng, [json.loads(line) for line in data.splitlines()])
        values = values if isinstance(values, list) else [values]
        if name == "events.jsonl" and all(isinstance(value, dict) for value in values) and rng.random() < 0.9:
            return chained(values)
        return written_lines(values)
    return tokens_changed(rng, data)


def member_changed(rng: random.Random, found: dict[str, bytes]) -> dict[str, bytes]:
    """One member with other content, the rest made to fit again."""
    name = rng.choice(sorted(found))
    data = found[name]
    try:
        data = document_changed(rng, name, data)
    except (ValueError, RecursionError):  # not JSON, or not any more
        data = tokens_changed(rng, data)
    changed = {**found, name: data}
    if name == "manifest.json" or rng.random() < 0.05:
        return changed
    try:
        return relisted(changed)
    except (IndexError, TypeError, ValueError):  # nothing left to name
        return changed


def verdict(data: bytes, keys: tuple[str, ...] = ()) -> tuple[int, str]:
    """Exit code, and the first code that failed or the exit code as text."""
    try:
        text, exit_code = verify.bundle_report(data, verify.Asked(keys), True, "en")
    except verify.InputRejected as refused:
        return 3, refused.code
    first = next((check["code"] for check in json.loads(text)["checks"] if check["status"] == "FAIL"), None)
    return exit_code, first or str(exit_code)


def fuzz_bundle(rng: random.Random, found: list[dict[str, bytes]]) -> tuple[bytes, str]:
    members = rng.choice(found)
    for _ in range(rng.choice((1, 1, 1, 2))):
        members = member_changed(rng, members)
    data = pack(members)
    if rng.random() < 0.1:
        data = tokens_changed(rng, data)
    exit_code, code = verdict(data)
    if exit_code not in (3, 5, 8):
        raise Failure(f"exit {exit_code} for an unsigned bundle")
    if exit_code == 8 and pack(unpack(data)) != data:
        raise Failure("does not come out again")
    if rng.random() < 0.02 and verdict(data, PINS)[0] not in (3, 5):
        raise Failure("a bundle that nobody signed passes under keys")
    return data, code


def fuzz_flips(rng: random.Random, good: bytes) -> tuple[bytes, str]:
    data = bytearray(good)
    for _ in range(rng.choice((1, 1, 1, 2, 8))):
        data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    exit_code, code = verdict(bytes(data), PINS)
    if exit_code not in (3, 5) and bytes(data) != good:
        raise Failure(f"exit {exit_code}")
    return bytes(data), code


def fuzz_members(rng: random.Random, good: bytes, found: dict[str, bytes]) -> tuple[bytes, str]:
    """Small members as often as large ones: the manifest and its signatures are among them."""
    members = dict(found)
    for _ in range(rng.choice((1, 1, 1, 2, 8))):
        name = rng.choice(sorted(members))
        changed = bytearray(members[name])
        changed[rng.randrange(len(changed))] ^= rng.randrange(1, 256)
        members[name] = bytes(changed)
    data = pack(members)
    exit_code, code = verdict(data, PINS)
    if exit_code not in (3, 5) and data != good:
        raise Failure(f"exit {exit_code}")
    return data, code


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--what", choices=("bundle", "flips", "members", "json", "profile"), required=True)
    parser.add_argument("--executions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--voters", type=int, default=660, help="of the round whose bytes are changed")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    one: Callable[[random.Random], tuple[bytes, str]] = fuzz_json if options.what == "json" else fuzz_profile
    if options.what == "bundle":
        found = seeds()
        one = lambda rng: fuzz_bundle(rng, found)  # noqa: E731
    elif options.what in ("flips", "members"):
        good = sealed_file(play("equal-shares/add1u", voters=options.voters).members("sealed"), CLERK, AUDITOR)
        if verdict(good, PINS)[0] != 0:
            raise AssertionError("the bundle to be changed must hold")
        members = unpack(good)
        one = lambda rng: fuzz_flips(rng, good) if options.what == "flips" else fuzz_members(rng, good, members)  # noqa: E731
    codes: Counter[str] = Counter()
    slowest, began = 0.0, time.process_time()
    for execution in range(options.executions):
        state = rng.getstate()
        start = time.process_time()
        try:
            _, code = one(rng)
            codes[code] += 1
            slowest = max(slowest, time.process_time() - start)
            if slowest > SLOW:
                raise Failure(f"{slowest:.0f} s")
        except Exception as error:
            name = f"fuzz-failure-{options.what}-{options.seed}-{execution}"
            rng.setstate(state)
            Path(name).write_text(f"{type(error).__name__}: {error}\nseed {options.seed}, execution {execution}\n")
            sys.stderr.write(f"{name}: {type(error).__name__}: {error}\n")
            raise
    summary = {
        "what": options.what,
        "executions": options.executions,
        "seed": options.seed,
        "verdicts": dict(codes.most_common()),
        "slowest_seconds": round(slowest, 3),
        "cpu_seconds": round(time.process_time() - began),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(summary) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
