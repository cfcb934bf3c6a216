"""What a bundle is made of: canonical JSON, the tree, leaves and receipts, the profile's grammar, the chain of events."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget import canonical, merkle, states
from borgerbudget.chain import NOTHING, Event, Forbidden, chain_bytes, follow, freeze_hash, is_day, private_sha256
from borgerbudget.leaves import LETTERS, leaf, read_receipt, receipt
from borgerbudget.payloads import PAYLOADS, misfit
from borgerbudget.profile import ballot_lines
from borgerbudget.profile_lines import read_profile_lines
from borgerbudget.version import VERSION
from tallies import verify
from tests.small import METHODS, random_election

KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
TEXTS = st.text(max_size=20).map(canonical.fit_text)
NUMBERS = st.integers(-canonical.LARGEST, canonical.LARGEST)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def test_the_version_is_the_packages(root: Path) -> None:
    assert tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"] == VERSION


@given(DOCUMENTS)
def test_what_is_written_is_read_back_by_both_readers(value: Any) -> None:
    data = canonical.write(value)
    assert canonical.read(data) == value
    assert verify.bundle_json(data) == value


@given(DOCUMENTS, st.integers(0, 2**16), st.integers(1, 255))
def test_both_readers_judge_a_changed_byte_alike_and_take_only_the_one_spelling(
    value: Any, place: int, change: int
) -> None:
    data = bytearray(canonical.write(value))
    data[place % len(data)] ^= change
    assert readings(bytes(data)) in ([], ["engine", "verifier"])


def readings(data: bytes) -> list[str]:
    """Who takes it; whoever does must write the same bytes."""
    found = []
    try:
        assert canonical.write(canonical.read(data)) == data
        found.append("engine")
    except ValueError:
        pass
    try:
        assert verify.canonical(verify.bundle_json(data)) == data
        found.append("verifier")
    except ValueError:
        pass
    return found


NOT_CANONICAL = [
    b"", b"\n", b"{}", b"{}\n\n", b" {}\n", b'{"a": 1}\n', b'{"b":1,"a":2}\n', b'{"a":1,"a":1}\n', b"1.0\n", b"1e3\n",
    b"-0\n", b"01\n", b"NaN\n", b"Infinity\n", b"1e400\n", b"9007199254740992\n", b"-9007199254740992\n",
    b'"\\u0041"\n', b'"\\/"\n', b'"\\n"\n', b'"\\ud800"\n', b'"\x7f"\n', b'"\xc2\x85"\n', b'"\xe2\x80\x8b"\n',
    b'"\xe2\x80\xae"\n', b'"\xef\xbb\xbf"\n', b"\xef\xbb\xbf{}\n", b'"a\xcc\x8a"\n', b'"\xff"\n', b'{"":1}\n',
    b'{"1a":1}\n', '{"å":1}\n'.encode(), b"'a'\n", b"[1,]\n", b"[" * 40 + b"]" * 40 + b"\n", b"[" * 5000 + b"]" * 5000 + b"\n",
    b"9" * 5000 + b"\n", b"true \n", b"True\n",
    *(f'"{blank}"\n'.encode() for blank in "\u00ad\u034f\u115f\u1160\u180e\u2800\u3164\uffa0\U000e0000\U000e007f"),
]  # fmt: skip


@pytest.mark.parametrize("data", NOT_CANONICAL, ids=range(len(NOT_CANONICAL)))
def test_what_is_not_the_one_spelling_is_refused(data: bytes) -> None:
    assert readings(data) == []


@pytest.mark.parametrize("value", [1.0, {"a": 0.5}, {1: 2}, {"å": 1}, b"x", {"a": "\x00"}, "e\u0301", 2**53])
def test_what_has_no_spelling_is_not_written(value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical.write(value)


@pytest.mark.parametrize("data", [b"{}", b"{}\n1.0\n", b"{}\n\n", b'{}\n{"a":1'])
def test_lines_are_each_a_document_and_a_bad_one_is_named(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"line [12]"):
        canonical.read_lines(data)


# the test leaves and roots of Certificate Transparency's reference implementations
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_out(size: int) -> None:
    hashes = [merkle.leaf_hash(bytes.fromhex(text)) for text in LEAVES[:size]]
    assert merkle.root(hashes).hex() == ROOTS[size]
    assert verify.merkle_root(hashes).hex() == ROOTS[size]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_pairing_upwards_and_splitting_downwards_give_the_same_tree(hashes: list[bytes]) -> None:
    assert merkle.root(hashes) == verify.merkle_root(hashes)


def test_a_leaf_is_what_the_format_says() -> None:
    salt = bytes(range(32))
    text = "bb/leaf/1\nlillevig-2026\n" + salt.hex() + "\nbade,have"
    assert leaf("lillevig-2026", salt, "bade,have") == hashlib.sha256(b"\x00" + text.encode()).digest()


@given(
    st.from_regex(r"[A-Za-z0-9._-]{1,64}", fullmatch=True),
    st.integers(1, 999_999_999),
    st.binary(min_size=32, max_size=32),
)
def test_a_receipt_is_read_back_by_both_also_when_keyed_carelessly(name: str, batch: int, hashed: bytes) -> None:
    given_out = receipt(name, batch, hashed)
    code = given_out.code()
    head, _, letters = code.rpartition("/")
    careless = f" {head}/{letters[:8].lower().replace('1', 'l').replace('0', 'o')}-{letters[8:]}\n"
    for text in (code, careless):
        assert read_receipt(text) == given_out
        assert verify.read_receipt(text) == (name, batch, hashed[:10].hex())


@given(st.binary(min_size=32, max_size=32), st.integers(0, 16), st.integers(1, 31))
def test_a_receipt_with_a_wrong_letter_is_nearly_always_refused_and_by_both(
    hashed: bytes, place: int, shift: int
) -> None:
    """The check letter has five bits: one slip in 32 stays."""
    head, _, letters = receipt("r", 3, hashed).code().rpartition("/")
    other = LETTERS[(LETTERS.index(letters[place]) + shift) % 32]
    code = f"{head}/{letters[:place]}{other}{letters[place + 1 :]}"
    try:
        ours: Any = read_receipt(code)
    except ValueError:
        ours = None
    try:
        theirs: Any = verify.read_receipt(code)
    except verify.UsageError:
        theirs = None
    assert (ours is None) == (theirs is None)
    if place == 16:
        assert ours is None


@pytest.mark.parametrize(
    "code",
    ["", "r/1", "r/0/0123456789ABCDEFG", "a b/1/0123456789ABCDEFG", "r/1/0123456789ABCDEFGH", "r/1/UUUUUUUUUUUUUUUUU"],
)
def test_what_is_no_receipt_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"receipt|letter"):
        read_receipt(code)
    with pytest.raises(verify.UsageError):
        verify.read_receipt(code)


@pytest.mark.parametrize("method", METHODS)
def test_a_profile_is_read_back_from_its_lines(method: str) -> None:
    rng = random.Random(method)
    for _ in range(50):
        election = random_election(rng, method)
        if "æ" in election.index:
            continue
        written = ballot_lines(election.method, election.ids, election.profile)
        data = "".join(f"{line}\n" for line in written).encode()
        lines = read_profile_lines(data, method, election.index, election.limits.default_score)
        assert [f"{line.voters}\t{line.text}" for line in lines] == written
        assert sum((line.voters for line in lines), Fraction(0)) == election.profile.voters


@pytest.mark.parametrize(
    ("method", "data", "reason"),
    [
        ("approval", b"1\ta", "line feed"),
        ("approval", b"1 a\n", "no tab"),
        ("approval", b"0\ta\n", "positive"),
        ("approval", b"01\ta\n", "positive"),
        ("approval", b"2/4\ta\n", "lowest"),
        ("approval", b"2/1\ta\n", "lowest"),
        ("approval", b"9999999999999999\ta\n", "large"),
        ("approval", b"1\ta,a\n", "ascend"),
        ("approval", b"1\tb,a\n", "ascend"),
        ("approval", b"1\ta\n1\ta\n", "line 2: the ballots do not ascend"),
        ("approval", b"1\tb\n1\ta\n", "line 2: the ballots do not ascend"),
        ("approval", b"1\tx\n", "unknown"),
        ("approval", b"1\ta,\n", "unknown"),
        ("approval", "1\tå\n".encode(), "ASCII"),
        ("approval", b"1\ta\r\n", "unknown"),
        ("points", b"1\ta\n", "unknown|whole"),
        ("points", b"1\ta:0\n", "say nothing"),
        ("points", b"1\ta:-1\n", "say nothing"),
        ("points", b"1\ta:01\n", "whole"),
        ("points", b"1\ta:+1\n", "whole"),
        ("points", b"1\ta:9999999999999999\n", "whole"),
        ("scoring", b"1\ta:0\n", "say nothing"),
        ("ranked", b"1\ta,b\n", "unknown"),
        ("ranked", b"1\ta>\n", "unknown"),
    ],
)
def test_a_line_outside_the_grammar_is_named(method: str, data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        read_profile_lines(data, method, {"a", "b"})
    assert str(caught.value).startswith("line ")


# -- states and events


def test_the_verifier_has_the_same_table_of_states() -> None:
    assert dict(states.MOVES) == verify.MOVES
    assert dict(states.REMARKS) == verify.REMARKS
    assert set(states.BEFORE_SEALING) == set(verify.NOT_AFTER_SEALING)
    assert set(states.AFTER_SEALING) == set(verify.ONLY_AFTER_SEALING)
    assert set(states.ONCE) == set(verify.ONLY_ONCE)


def test_every_state_can_be_reached_and_every_name_is_a_state() -> None:
    reached: set[str | None] = {None}
    while True:
        more = {target for sources, target in states.MOVES.values() if reached & set(sources)} - reached
        if not more:
            break
        reached |= more
    assert reached - {None} == set(states.STATES)
    assert {state for named in states.REMARKS.values() for state in named} <= set(states.STATES)
    assert not set(states.MOVES) & set(states.REMARKS)


def chain_of(*kinds: str) -> list[Event]:
    chain: list[Event] = []
    for kind in kinds:
        chain.append(follow(chain, kind, "2026-03-01", SAID.get(kind, {}), "a" * 64 if kind == "frozen" else None))
    return chain


SAID: dict[str, dict[str, Any]] = {
    "batch-added": {"batch": 1, "leaves": ["0" * 64]},
    "hand-counted": {"urn": "hallen", "ballots": 12, "void": 1, "differed": 0},
    "withdrawn": {"proposal": "a"},
    "closed": {"roll": 2, "codes": 1, "withdrawn": []},
    "box-sealed": {"ballots_root": "0" * 64, "accepted": 1, "rejected": 0},
    "lot-drawn": {"dice": None, "order": ["b", "a"], "witnesses": ["Anna"]},
    "counted": {"funded_sha256": "0" * 64},
    "recounted": {"funded_sha256": "0" * 64},
    "key-replaced": {"old": "0" * 64, "new": {"fingerprint": "1" * 64, "public_key": "2" * 64, "role": "clerk"}},
}
"""A payload that fits, for each type of event that is looked into."""


def test_a_payload_for_every_type_that_is_looked_into_and_no_other() -> None:
    assert SAID.keys() == PAYLOADS.keys() == verify.PAYLOADS_1_1.keys()
    assert all(misfit(kind, said) is None for kind, said in SAID.items())
    assert misfit("created", {"anything": [1, {"goes": None}]}) is None


ODD = (None, True, 0, -1, 1, 2**53, "", "a", "0" * 64, "F" * 64, "æ", [], ["a"], ["0" * 64], [1], {}, 0.5)


@pytest.mark.parametrize("kind", SAID)
def test_writer_and_verifier_judge_a_payload_with_another_value_alike(kind: str) -> None:
    """Each key dropped, one too many, and each value exchanged for odd ones, in the signer's parts too."""
    said = SAID[kind]
    payloads: list[dict[str, Any]] = [{k: v for k, v in said.items() if k != key} for key in said]
    payloads += [{**said, "extra": 1}, {}]
    payloads += [{**said, key: value} for key in said for value in ODD]
    if kind == "key-replaced":
        new = said["new"]
        payloads += [{**said, "new": {**new, key: value}} for key in (*new, "extra") for value in ODD]
    refused = 0
    for payload in payloads:
        try:
            verify.demand("events.jsonl", payload, verify.PAYLOADS_1_1[kind], "E806", seq=1)
            fits = canonical_or_none(payload)
        except verify.Fault:
            fits = False
        assert (misfit(kind, payload) is None) == fits, payload
        refused += not fits
        if not fits:
            with pytest.raises(Forbidden):
                follow(chain_of(*BEFORE[kind]), kind, "2026-03-01", payload)
    assert refused > len(said)


def canonical_or_none(payload: dict[str, Any]) -> bool:
    """Whether the payload can stand in a bundle at all: check 2 comes before."""
    try:
        canonical.write(payload)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("day", ["2026-02-30", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1",
                                 "20260301", "2026-W09-1", "i dag", "", "2100-02-29", "٢٠٢٦-03-01"])  # fmt: skip
def test_a_day_that_no_calendar_has_is_refused_by_both(day: str) -> None:
    assert not verify.is_day(day)
    with pytest.raises(Forbidden, match="day"):
        follow([], "created", day)


def test_both_have_the_same_calendar() -> None:
    for year in (1900, 2000, 2024, 2025, 2026, 2100):
        for month, number in itertools.product(range(14), range(33)):
            day = f"{year}-{month:02d}-{number:02d}"
            assert verify.is_day(day) == is_day(day)


TO_CLOSED = ("created", "vetting-started", "frozen", "opened", "closed")
SEALED = (*TO_CLOSED, "box-sealed")
BEFORE = {
    **dict.fromkeys(("batch-added", "hand-counted", "withdrawn", "box-sealed", "key-replaced"), TO_CLOSED),
    "closed": TO_CLOSED[:-1],
    "lot-drawn": SEALED,
    "counted": SEALED,
    "recounted": (*SEALED, "counted"),
}
"""What has to have happened before an event of the type may."""


def test_a_line_names_the_hash_of_the_one_before() -> None:
    chain = chain_of(*TO_CLOSED)
    lines = chain_bytes(chain).splitlines()
    assert json.loads(lines[0])["prev"] == NOTHING
    for before, line in itertools.pairwise(lines):
        assert json.loads(line)["prev"] == hashlib.sha256(before).hexdigest()
    assert [event.seq for event in chain] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "kinds",
    [
        ("opened",),
        ("created", "created"),
        ("created", "opened"),
        (*TO_CLOSED, "counted"),
        (*TO_CLOSED, "lot-drawn"),
        (*TO_CLOSED, "opened"),
        (*TO_CLOSED, "thawed"),
        (*TO_CLOSED, "box-sealed", "batch-added"),
        (*TO_CLOSED, "box-sealed", "withdrawn"),
        (*TO_CLOSED, "box-sealed", "box-sealed"),
        (*TO_CLOSED, "box-sealed", "lot-drawn", "lot-drawn"),
        (*TO_CLOSED, "box-sealed", "counted", "lot-drawn"),
        (*TO_CLOSED, "box-sealed", "counted", "cancelled"),
        (*TO_CLOSED, "box-sealed", "counted", "published", "finalised", "recounted"),
        ("created", "sleeping"),
    ],
)
def test_what_the_state_forbids_does_not_happen(kinds: tuple[str, ...]) -> None:
    chain_of(*kinds[:-1])
    with pytest.raises(Forbidden):
        chain_of(*kinds)


def test_the_freeze_hash_stays_until_the_round_is_thawed() -> None:
    chain = chain_of("created", "vetting-started", "frozen", "thawed", "frozen", "opened")
    assert [event.freeze_hash for event in chain] == [None, None, "a" * 64, None, "a" * 64, "a" * 64]
    with pytest.raises(Forbidden):
        follow(chain_of("created"), "frozen", "2026-03-01")
    with pytest.raises(Forbidden):
        follow(chain_of("created"), "vetting-started", "2026-03-01", freeze_hash="a" * 64)


def test_the_freeze_hash_changes_with_either_file() -> None:
    assert len({freeze_hash(b"a", b"b"), freeze_hash(b"ab", b""), freeze_hash(b"b", b"a")}) == 3


def test_what_is_private_is_hidden_by_its_salt() -> None:
    private = {"actor": "Anna", "reason": "sygdom"}
    one, two = private_sha256(bytes(32), private), private_sha256(bytes(31) + b"\x01", private)
    assert one != two
    assert one == hashlib.sha256(b"bb/private/1\n" + b"0" * 64 + b"\n" + canonical.write(private)).hexdigest()


def test_the_vectors_are_what_comes_out() -> None:
    from tests.make_vectors import FILE, spelled

    assert FILE.read_text("utf-8") == spelled()
