"""The reference count: one file, the standard library, exact integers.

This program counts a participatory budgeting round and checks the trace of a count.  It was written from the
rules' specification (docs/trace.md says what a trace is, docs/village-rules.md what meetings add), not from the
counting engine, and shares no code with it: where the two agree byte for byte, two independent readings of the rules agree.

`verify.py --help` says how it is called, in Danish or English.

`count` counts from scratch.  `check` replays a trace: it never searches for a winner, it proves each line: that the price
claimed is exactly what collects the cost, that no rival could be bought at less, that every tie was decided by the
plan.  (Rules of meetings are short: for them it counts again and compares line by line.)  `recount` counts again under
the plan in the trace and compares every byte.  With a bundle (docs/audit-bundle.md) it makes seventeen checks, from the
bytes of the container to the recount, and says of each whether it holds, fails, was not made, or has no meaning here.

ROUND is a Pabulib file (.pb) or an exported profile (.json).  Nothing is written to disk, no network is used,
there is no floating point anywhere.  Exit codes: 0 well, 1 the answer could not be written, 2 usage, 3 the input is
rejected, 5 the check failed, 6 a tie that only people can decide, 8 nothing wrong but not everything checked.

It is ordered to be read from top to bottom.  Who wants to know how a round is counted reads up to *the count*, and of the
rules only the one that was used; who wants to know what makes a bundle hold begins at *bundles: their values*.

Contents, by line:

     107  errors
     151  time
     177  numbers and JSON
     302  reading a round
     836  what meetings add to a plan
    1192  the plan
    1382  what a plan makes of it
    1563  ties
    1648  greedy rules
    1691  buying under constraints
    1714  Phragmen
    1790  equal shares
    2231  village rules: contradictions
    2452  village rules: going on
    2495    room
    2570    passes
    2666  village rules: allocations
    2930  leftover and reserve
    3000  the count
    3278  the replay
    3366    taking lines
    3425    the whole
    3521    equal shares
    3671  bundles: their values
    3962  bundles: bytes
    4077  bundles: Ed25519
    4139  bundles: shapes
    4326  bundles: totals
    4519  bundles: the checks
    4634    what the bundle says
    4685    1 to 5: the file, its bytes, its list, its signatures, its versions
    4914    6 and 7: ids, ballots
    5108    8 to 11: the round's history, the box
    5261    12 to 15: the lot, the count, its trace, its sums
    5546    16 and 17: what is made of it, receipts
    5655    all of them
    5732  bundles: the answer
    6026  the command line
"""

from __future__ import annotations

import base64
import csv
import hashlib
import heapq
import io
import json
import math
import os
import re
import struct
import sys
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

if sys.version_info < (3, 9):  # noqa: UP036
    sys.exit("verify.py kræver Python 3.9 eller nyere / needs Python 3.9 or newer")

LARGEST_AMOUNT = 2**53 - 1
LARGEST_FILE = 1 << 30
CURRENCY_UNIT = 100  # one krone, zloty, forint ... in minor units
WITHDRAWN = "999999999"  # Pabulib's mark, as the text of a cost
MOST_BRANCHES = 256  # complete counts followed to see whether open ties matter
COUNTING_RULES = ("greedy", "greedy-stop", "greedy-per-cost", "greedy-80")
PARTIAL_RULES = ("residual", "residual-last", "prize-ladder", "rate-bands", "equal-split", "everyones-share")
RULES = (*COUNTING_RULES, "equal-shares", "phragmen", *PARTIAL_RULES, "acclamation")
RULES_THAT_GO_ON = ("greedy", "greedy-per-cost", "residual", "rate-bands")  # they carry constraints
RULES_THAT_BUY = ("equal-shares", "phragmen")  # they carry those that only close proposals
RULES_FOR_TOTALS = (*COUNTING_RULES, *PARTIAL_RULES[:-1])  # a hand count is enough for them
COMPLETIONS = ("none", "utilitarian", "add1", "add1e", "add1u", "add1eu")
COMPARISONS = ("none", "satisfaction", "exclusion-ratio")
METHODS = ("approval", "knapsack", "points", "scoring", "ranked", "hand-count")

Json = Any  # what json.loads gives
Step = dict[str, Any]  # one line of a trace


# ---------------------------------------------------------------------------------------------- errors


class VerifyError(Exception):
    """Something to tell a person: a code and one sentence, Danish and English."""

    exit_code = 1

    def __init__(self, code: str, danish: str, english: str) -> None:
        super().__init__(f"{code}: {english}")
        self.code, self.danish, self.english = code, danish, english

    def sentence(self, language: str) -> str:
        return f"{self.code}: {self.danish if language == 'da' else self.english}"


class UsageError(VerifyError):
    exit_code = 2


class InputRejected(VerifyError):
    exit_code = 3


class CheckFailed(VerifyError):
    exit_code = 5


class TieMatters(VerifyError):
    """An open tie leads to different outcomes: only a draw can decide it."""

    exit_code = 6

    def __init__(self, step: int, tied: list[str], reason: str, run: int | None) -> None:
        names = ", ".join(tied)
        place = f"{step}" if run is None else f"{step} (k = {run})"
        super().__init__(
            "tie",
            f"Stemmelighed i trin {place} mellem {names}: udfaldet afhænger af lodtrækning.",
            f"Tie in step {place} between {names}: the outcome depends on a draw of lots.",
        )
        self.document = {"schema": "borgerbudget.tie/1", "step": step, "tied": tied, "reason": reason, "run": run}


# ---------------------------------------------------------------------------------------------- time


class OutOfTime(Exception):
    """The limit given by --limit has passed."""


class Clock:
    """How long a count may still take, and how far a search over endowments has come."""

    def __init__(self) -> None:
        self.start(None)

    def start(self, seconds: int | None) -> None:
        self.begun, self.limit, self.reached, self.purchases = time.monotonic_ns(), seconds, 0, 0

    def check(self) -> None:
        """Asked before every purchase."""
        self.purchases += 1
        if self.limit is not None and time.monotonic_ns() - self.begun > self.limit * 10**9:
            raise OutOfTime


CLOCK = Clock()


# ---------------------------------------------------------------------------------------------- numbers and JSON


def decimal(number: int) -> str:
    """str(number) for any size: Python refuses more than 4,300 digits at once."""
    if number < 0:
        return "-" + decimal(-number)
    if number.bit_length() <= 13_000:
        return str(number)
    digits = number.bit_length() * 3 // 20  # about half of them
    high, low = divmod(number, 10**digits)
    return decimal(high) + decimal(low).zfill(digits)


def integer(text: str) -> int:
    """int(text) of plain digits, of any length."""
    if len(text) <= 4_000:
        return int(text)
    half = len(text) // 2
    power: int = 10 ** (len(text) - half)
    return integer(text[:half]) * power + integer(text[half:])


def rational(value: Fraction | int) -> str:
    return f"{decimal(value.numerator)}/{decimal(value.denominator)}"


def number(value: Fraction | int) -> int | str:
    """A JSON integer when whole, else the rational as text."""
    return int(value) if value.denominator == 1 else rational(value)


RATIONAL = re.compile(r"(-?(?:0|[1-9][0-9]*))/([1-9][0-9]*)")


def read_rational(text: Json) -> Fraction | None:
    """A rational as traces write it (lowest terms), else None."""
    match = RATIONAL.fullmatch(text) if isinstance(text, str) and len(text) <= 200_000 else None
    if match is None:
        return None
    top, bottom = match.group(1), integer(match.group(2))
    numerator = -integer(top[1:]) if top.startswith("-") else integer(top)
    value = Fraction(numerator, bottom)
    return value if value.denominator == bottom and top != "-0" else None


def is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def read_number(value: Json) -> Fraction | None:
    """A number as traces write it: a JSON integer, or a rational that is not whole."""
    if is_whole(value):
        return Fraction(value)
    parsed = read_rational(value)
    return None if parsed is None or parsed.denominator == 1 else parsed


def canonical(document: Json) -> bytes:
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8") + b"\n"


def plain_json(data: bytes) -> Json:
    """JSON or ValueError: no floats, no duplicate keys, nothing that canonical JSON could not say."""

    def whole(text: str) -> int:
        if len(text) > 4_000:
            raise ValueError("a number is too long")
        return int(text)

    def never(text: str) -> Json:
        raise ValueError("a number is not whole")

    def once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        document = dict(pairs)
        if len(document) != len(pairs):
            raise ValueError("a key stands twice")
        return document

    try:
        document = json.loads(
            data.decode("utf-8"), parse_int=whole, parse_float=never, parse_constant=never, object_pairs_hook=once
        )
        canonical(document)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return document


WHY_NOT = {  # why something is not canonical JSON: the English that ValueError carries, and its Danish
    "not UTF-8": "ikke UTF-8",
    "a number is too long": "et tal er for langt",
    "a number is not whole": "et tal er ikke helt",
    "a key stands twice": "en nøgle står to gange",
    "nested too deeply": "for mange lag i hinanden",
    "not written canonically (sorted keys, no spaces, one line feed at the end)":
        "ikke skrevet kanonisk (nøgler i orden, ingen mellemrum, ét linjeskift til sidst)",
    "a text is not in normal form C or has unfit characters":
        "en tekst er ikke i normalform C eller har tegn, der ikke må være der",
    "a key is not an ASCII word": "en nøgle er ikke et ord i ASCII",
    "a number is too large": "et tal er for stort",
}  # fmt: skip


def why_not(error: ValueError) -> tuple[str, str]:
    """Why something is not canonical JSON, Danish and English."""
    if isinstance(error, json.JSONDecodeError):
        return f"ikke JSON fra tegn {error.pos + 1}", f"not JSON from character {error.pos + 1} on"
    english = "not UTF-8" if isinstance(error, UnicodeError) else str(error)
    return WHY_NOT.get(english, english), english


def strict_json(data: bytes) -> Json:
    """Canonical JSON or ValueError: no other spelling of the same document."""
    document = plain_json(data)
    if canonical(document) != data:
        raise ValueError("not written canonically (sorted keys, no spaces, one line feed at the end)")
    return document


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ---------------------------------------------------------------------------------------------- reading a round


class Proposal(NamedTuple):
    id: str
    cost: int  # minor units
    withdrawn: bool
    min_cost: int | None = None  # with less it cannot be carried out
    categories: tuple[str, ...] = ()
    area: str = ""


class HandCount(NamedTuple):
    """Totals read out at a meeting, instead of ballots."""

    valid: int
    votes: tuple[int, ...]  # of each proposal


Ballot = tuple[Any, ...]  # sorted indices | sorted (index, points) pairs | indices in rank order


@dataclass(frozen=True)
class Election:
    """A round as it was voted: proposals by id, equal ballots merged, weights over one denominator."""

    method: str
    currency: str
    pool: int
    default_score: int
    proposals: tuple[Proposal, ...]
    ballots: tuple[tuple[Fraction, Ballot], ...]  # in the order of ballots.tsv
    round: str  # what a lot's hash names
    input_sha256: str | None
    declared: tuple[str | None, str | None] = (None, None)  # rule and threshold as the file states them
    warnings: tuple[str, ...] = ()
    hand_count: HandCount | None = None
    sealed_root: str | None = None  # of the leaves of a sealed box, where there is one
    by_area: bool = False  # ballots weigh by the area they come from
    people: Json = None  # from which areas they came and how many people cast each, as an exported profile says it

    @property
    def voters(self) -> Fraction:  # n
        if self.hand_count is not None:
            return Fraction(self.hand_count.valid)
        return sum((weight for weight, _ in self.ballots), Fraction(0))

    def ballot_text(self, ballot: Ballot) -> str:
        ids = [proposal.id for proposal in self.proposals]
        if self.method in ("approval", "knapsack"):
            return ",".join(ids[index] for index in ballot)
        if self.method == "ranked":
            return ">".join(ids[index] for index in ballot)
        return ",".join(f"{ids[index]}:{points}" for index, points in ballot)

    def profile_lines(self) -> list[str]:
        return [f"{count_text(weight)}\t{self.ballot_text(ballot)}" for weight, ballot in self.ballots]

    def totals(self) -> list[tuple[str, int]]:
        """What a hand count says of each proposal, by id."""
        votes = () if self.hand_count is None else self.hand_count.votes
        return [(proposal.id, total) for proposal, total in zip(self.proposals, votes)]  # noqa: B905

    def ballots_root(self) -> str:
        if self.sealed_root is not None:
            return self.sealed_root
        lines = (
            self.profile_lines() if self.hand_count is None else [f"{name}\t{votes}" for name, votes in self.totals()]
        )
        return sha256("".join(line + "\n" for line in lines).encode("utf-8"))

    def profile(self) -> bytes:
        """The exported profile of docs/trace.md."""
        document: Json = {
            "schema": "borgerbudget.profile/1",
            "round": self.round,
            "input_sha256": self.input_sha256,
            "currency": self.currency,
            "minor_units": 2,
            "pool": self.pool,
            "method": self.method,
            "default_score": self.default_score,
            "proposals": [{"id": p.id, "cost": p.cost, "withdrawn": p.withdrawn} for p in self.proposals],
            "ballots": self.profile_lines(),
        }
        for proposal, item in zip(self.proposals, document["proposals"]):  # noqa: B905
            if proposal.min_cost is not None:
                item["min_cost"] = proposal.min_cost
            if proposal.area:
                item["area"] = proposal.area
            if proposal.categories:
                item["category"] = list(proposal.categories)
        if self.hand_count is not None:
            document.update(valid=self.hand_count.valid, totals=self.totals())
        if self.by_area:
            document["by_area"] = True
        if self.people is not None:
            document["weights"] = self.people
        return canonical(document)


def count_text(value: Fraction) -> str:
    """As counts of ballots are written: whole, or a fraction in lowest terms."""
    return decimal(value.numerator) if value.denominator == 1 else rational(value)


def finish_election(election: Election, counted: dict[Ballot, Fraction]) -> Election:
    """Put merged ballots in the order of ballots.tsv: by the bytes of the ballot field."""
    lines = sorted((election.ballot_text(ballot).encode("utf-8"), weight, ballot) for ballot, weight in counted.items())
    ballots = tuple((weight, ballot) for _, weight, ballot in lines)
    return Election(**{**election.__dict__, "ballots": ballots})


def weights_due(by: str, numbers: list[Fraction], heads: list[int]) -> list[Fraction]:
    """What one ballot from each area weighs: its number, or its inhabitants' share of all that voted."""
    if by == "weights":
        return numbers
    everybody, people = sum(numbers, Fraction(0)), sum(heads)
    return [inhabitants / everybody * people / cast for inhabitants, cast in zip(numbers, heads)]  # noqa: B905


def people_fit(weights: list[Fraction], cast: list[int], heads: list[int], counts: list[Fraction]) -> bool:
    """Whether so many people from each area can have cast ballots that count so: all are as many, and each ballot weighs
    something between the least and the largest weight of those who cast it."""
    if len(heads) != len(counts) or sum(heads) != sum(cast) or min([1, *heads]) <= 0:
        return False
    least, most = min(weights, default=Fraction(0)), max(weights, default=Fraction(0))
    return all(least * n <= count <= most * n for n, count in zip(heads, counts))  # noqa: B905


def read_input(data: bytes) -> Election:
    """A Pabulib file, or an exported profile when the first byte is a brace."""
    if len(data) > LARGEST_FILE:
        raise InputRejected("E301", "Filen er for stor.", "The file is too large.")
    return read_profile(data) if data[:1] == b"{" else read_pabulib(data)


def rejected(place: str, danish: str, english: str) -> InputRejected:
    here = place.replace("line ", "linje ").replace("profile, ballot ", "profilen, stemmeseddel ")
    return InputRejected("E302", f"{here}: {danish}", f"{place}: {english}")


MONEY = re.compile(r"([0-9]+)(?:[.,]([0-9]*))?")
WHOLE = re.compile(r"(-?[0-9]+)(?:\.0*)?")


def read_money(text: str, place: str) -> int:
    """`24186815` or `315.52` to minor units, by the decimal text."""
    match = MONEY.fullmatch(text)
    if match is None or len(text) > 60:
        raise rejected(place, "beløbet kan ikke læses", "the amount cannot be read")
    cents = (match.group(2) or "").rstrip("0")
    if len(cents) > 2:
        raise rejected(place, "beløbet har mere end to decimaler", "the amount has more than two decimals")
    amount = int(match.group(1)) * 100 + int(cents.ljust(2, "0"))
    if amount > LARGEST_AMOUNT:
        raise rejected(place, "beløbet er for stort", "the amount is too large")
    return amount


def read_points(text: str, place: str) -> int:
    match = WHOLE.fullmatch(text)
    if match is None or len(text) > 60 or abs(int(match.group(1))) > LARGEST_AMOUNT:
        raise rejected(place, "point skal være hele tal", "points must be whole numbers")
    return int(match.group(1))


Row = tuple[int, list[str]]  # line number and fields


def pabulib_sections(text: str) -> dict[str, list[Row]]:
    """The rows of META, PROJECTS and VOTES with their line numbers; the first row of each is its header."""
    end = "\x01end"  # read_pabulib has made sure that it stands nowhere else
    sections: dict[str, list[Row]] = {}
    rows: list[Row] | None = None
    previous_limit = csv.field_size_limit(LARGEST_FILE)
    reader = csv.reader(io.StringIO(f"{text}\n{end}\n", newline=""), delimiter=";")
    last: list[str] = []
    try:
        for last in reader:
            name = last[0].strip().upper() if last else ""
            if name in ("META", "PROJECTS", "VOTES") and not any(last[1:]):
                if name in sections:
                    raise rejected(f"line {reader.line_num}", f"{name} står to gange", f"{name} stands twice")
                rows = sections[name] = []
            elif rows is not None and any(cell.strip() for cell in last):
                rows.append((reader.line_num, last))
            elif any(cell.strip() for cell in last):
                raise rejected("line 1", "filen begynder ikke med META", "the file does not begin with META")
    except csv.Error as error:
        raise rejected(f"line {reader.line_num}", "ulæselig CSV", f"unreadable CSV ({error})") from None
    finally:
        csv.field_size_limit(previous_limit)
    if last != [end]:
        raise rejected("VOTES", "et citationstegn er ikke lukket", "a quotation mark is not closed")
    for name in ("META", "PROJECTS", "VOTES"):
        if name not in sections:
            raise rejected(name, "afsnittet mangler", "the section is missing")
    if rows is not None:
        rows.pop()  # the mark put at the end of the text
    return sections


def columns(rows: list[Row], section: str, wanted: tuple[str, ...], optional: tuple[str, ...] = ()) -> list[int]:
    """Where the wanted and the optional columns stand; -1 for a missing optional one."""
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    places = []
    for name in (*wanted, *optional):
        if header.count(name) > 1 or (header.count(name) == 0 and name in wanted):
            raise rejected(section, f"kolonnen {name} skal stå én gang", f"column {name} must stand once")
        places.append(header.index(name) if name in header else -1)
    return places


def cell_at(cells: list[str], place: int) -> str:
    """A cell of a row; nothing where the column or the cell is missing."""
    return cells[place].strip() if 0 <= place < len(cells) else ""


def read_count(text: str, place: str) -> int:
    """A number of votes or people: whole, not below zero."""
    match = re.fullmatch(r"([0-9]{1,16})(?:\.0{0,2})?", text)
    if match is None or int(match.group(1)) > LARGEST_AMOUNT:
        raise rejected(place, "et helt tal ventet, nul eller mere", "a whole number expected, zero or more")
    return int(match.group(1))


def read_areas(text: str, key: str) -> dict[str, Fraction]:
    """`Nord:3/2,Syd:1`: a number above zero for each area."""
    numbers: dict[str, Fraction] = {}
    for entry in text.split(","):
        name, _, value = (part.strip() for part in entry.rpartition(":"))
        if not name or name in numbers or not re.fullmatch(r"[0-9]{1,16}(/0*[1-9][0-9]{0,15})?", value):
            raise rejected(f"META {key}", "skrives Nord:3/2,Syd:1", "is written Nord:3/2,Syd:1")
        numbers[name] = Fraction(value)
        if numbers[name] == 0 or (key == "area_population" and numbers[name].denominator > 1):
            raise rejected(f"META {key}", "tallene skal være over nul", "the numbers must be above zero")
    return numbers


def weights_of_areas(meta: dict[str, str], ballots_from: dict[str, int]) -> dict[str, Fraction]:
    """What one ballot from each area weighs; `ballots_from` counts them.  Nothing without an area key."""
    keys = [key for key in ("area_weights", "area_population") if key in meta]
    if len(keys) == 2:
        raise rejected("META area_population", "ikke sammen med area_weights", "not together with area_weights")
    if not keys:
        return {}
    numbers = read_areas(meta[keys[0]], keys[0])
    for name in sorted(ballots_from):
        if name not in numbers:
            raise rejected(f"META {keys[0]}", f"området {name!r} mangler", f"area {name!r} is missing")
    weights = {name: numbers[name] for name in ballots_from}
    if keys[0] == "area_population":
        people, ballots = sum(weights.values(), Fraction(0)), sum(ballots_from.values())
        weights = {name: weights[name] / people * ballots / count for name, count in ballots_from.items()}
    if math.lcm(*(weight.denominator for weight in weights.values())).bit_length() > 3000:
        raise rejected(f"META {keys[0]}", "vægtene er for indviklede", "the weights are too intricate")
    return weights


def read_hand_count(meta: dict[str, str], votes: list[int], votes_rows: list[Row]) -> HandCount:
    if len(votes_rows) > 1:
        line, _ = votes_rows[1]
        raise rejected(f"line {line}", "en håndoptælling har ingen sedler", "a hand count has no ballots")
    if "area_weights" in meta or "area_population" in meta:
        raise rejected("META", "områdevægte kræver sedlerne", "area weights need the ballots")
    valid = read_count(meta.get("num_votes", ""), "META num_votes")
    longest = meta.get("max_length", "")
    if sum(votes) > (valid * read_count(longest, "META max_length") if longest else valid * sum(votes)):
        raise rejected("PROJECTS votes", "flere stemmer end sedlerne kan bære", "more votes than the ballots can carry")
    return HandCount(valid, tuple(votes))


def read_pabulib(data: bytes) -> Election:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRejected("E303", "Filen er ikke UTF-8.", "The file is not UTF-8.") from None
    if "\x00" in text or "\x01" in text:
        raise InputRejected("E304", "Filen indeholder kontroltegn.", "The file contains control characters.")
    sections = pabulib_sections(text)

    meta: dict[str, str] = {}
    rows = sections["META"]
    for line, cells in rows[1:] if rows and rows[0][1][0].strip() == "key" else rows:  # old files lack `key;value`
        key = cells[0].strip()
        if key in meta:
            raise rejected(f"line {line}", f"{key} står to gange", f"{key} stands twice")
        meta[key] = cells[1].strip() if len(cells) > 1 else ""
    kinds = {"approval": "approval", "choose-1": "approval", "ordinal": "ranked"}
    kinds.update({"cumulative": "points", "scoring": "scoring", "hand-count": "hand-count"})
    kind = meta.get("vote_type", "")
    if kind not in kinds:
        raise rejected("META vote_type", f"ukendt: {kind[:40]!r}", f"unknown: {kind[:40]!r}")
    method = "knapsack" if kind == "approval" and meta.get("max_sum_cost") else kinds[kind]
    pool = read_money(meta.get("budget", ""), "META budget")
    default = read_points(meta.get("default_score") or "0", "META default_score") if method == "scoring" else 0

    by_hand = method == "hand-count"
    at_id, at_cost, at_votes, at_least, at_category, *at_areas = columns(
        sections["PROJECTS"],
        "PROJECTS",
        ("project_id", "cost"),
        ("votes", "min_cost", "category", "neighborhood", "district"),
    )
    if by_hand and at_votes < 0:
        raise rejected("PROJECTS", "kolonnen votes mangler", "column votes is missing")
    found: dict[str, Proposal] = {}
    votes_of: dict[str, int] = {}
    for line, cells in sections["PROJECTS"][1:]:
        place = f"line {line}"
        name = cells[at_id].strip() if at_id < len(cells) else ""
        cost_text = cells[at_cost].strip() if at_cost < len(cells) else ""
        if not name or any(character < " " for character in name):
            raise rejected(place, "forslaget har intet brugbart id", "the proposal has no usable id")
        if name in found:
            raise rejected(place, f"forslag {name} står to gange", f"proposal {name} stands twice")
        cost = read_money(cost_text, place)
        if cost == 0:
            raise rejected(place, "prisen skal være over nul", "the cost must be above zero")
        least_text = cell_at(cells, at_least)
        least = read_money(least_text, place) if least_text else None
        if least is not None and not 0 < least <= cost:
            raise rejected(
                place, "min_cost skal være over nul, højst prisen", "min_cost is above zero, at most the cost"
            )
        categories = tuple(part.strip() for part in cell_at(cells, at_category).split(",") if part.strip())
        area = next((cell_at(cells, at) for at in at_areas if cell_at(cells, at)), "")
        found[name] = Proposal(name, cost, cost_text == WITHDRAWN, least, categories, area)
        if by_hand:
            votes_of[name] = read_count(cell_at(cells, at_votes), place)
    proposals = tuple(found[name] for name in sorted(found))
    index_of = {proposal.id: index for index, proposal in enumerate(proposals)}

    digest = sha256(data)
    declared = (meta.get("rule") or None, meta.get("min_project_score_threshold") or None)
    election = Election(method, meta.get("currency", ""), pool, default, proposals, (), digest, digest, declared)
    if by_hand:
        hand_count = read_hand_count(meta, [votes_of[proposal.id] for proposal in proposals], sections["VOTES"])
        return Election(**{**election.__dict__, "hand_count": hand_count})
    needs_points = method in ("points", "scoring")
    at_vote, at_points, *at_areas = columns(
        sections["VOTES"], "VOTES", ("vote",), ("points", "neighborhood", "district")
    )
    if needs_points and at_points < 0:
        raise rejected("VOTES", "kolonnen points mangler", "column points is missing")
    has_areas = "area_weights" in meta or "area_population" in meta
    if has_areas and max(at_areas) < 0:
        raise rejected("VOTES", "kolonnen neighborhood mangler", "column neighborhood is missing")
    written: dict[tuple[str, str, str], list[int]] = {}  # equal texts are read once
    ballots_from: dict[str, int] = {}
    for line, cells in sections["VOTES"][1:]:
        vote = cells[at_vote] if at_vote < len(cells) else ""
        points = cells[at_points] if needs_points and at_points < len(cells) else ""
        area = next((cell_at(cells, at) for at in at_areas if cell_at(cells, at)), "") if has_areas else ""
        ballots_from[area] = ballots_from.get(area, 0) + 1
        written.setdefault((vote, points, area), []).append(line)
    weight = weights_of_areas(meta, ballots_from)
    counted: dict[Ballot, Fraction] = {}
    heads: dict[Ballot, int] = {}
    for (vote, points, area), lines in written.items():
        ballot = read_ballot(method, vote, points, index_of, default, f"line {lines[0]}")
        counted[ballot] = counted.get(ballot, 0) + len(lines) * weight.get(area, Fraction(1))
        heads[ballot] = heads.get(ballot, 0) + len(lines)
    election = finish_election(Election(**{**election.__dict__, "by_area": has_areas}), counted)
    if not has_areas:
        return election
    key = "area_weights" if "area_weights" in meta else "area_population"
    numbers = read_areas(meta[key], key)
    areas = [[name, count_text(numbers[name]), ballots_from[name]] for name in sorted(ballots_from)]
    people = {"by": key.partition("_")[2], "areas": areas, "heads": [heads[ballot] for _, ballot in election.ballots]}
    return Election(**{**election.__dict__, "people": people})


def read_ballot(method: str, vote: str, points: str, index_of: dict[str, int], default: int, place: str) -> Ballot:
    entries = []
    for name in vote.split(",") if vote.strip() else []:
        index = index_of.get(name.strip())
        if index is None:
            raise rejected(place, f"ukendt forslag {name[:60]!r}", f"unknown proposal {name[:60]!r}")
        entries.append(index)
    if method == "ranked":
        return tuple(entries)  # a repeat stays: the number of entries counts
    if method in ("approval", "knapsack"):
        return tuple(sorted(set(entries)))
    marks = [read_points(mark.strip(), place) for mark in points.split(",")] if points.strip() else []
    if len(marks) != len(entries):
        raise rejected(place, "vote og points er ikke lige lange", "vote and points differ in length")
    best: dict[int, int] = {}
    for position, index in enumerate(entries):
        best[index] = max(best.get(index, marks[position]), marks[position])  # the largest of a repeat
    if method == "points":
        return tuple(sorted((index, mark) for index, mark in best.items() if mark > 0))
    return tuple(sorted((index, mark) for index, mark in best.items() if mark != default))


def read_count_text(text: str) -> Fraction | None:
    """What `count_text` writes, else None."""
    value = read_rational(text if "/" in text else text + "/1")
    return None if value is None or count_text(value) != text else value


def people_of_profile(people: Json, counts: list[Fraction]) -> bool:
    """Whether `weights` of an exported profile is of its kinds and fits what the ballots count as."""
    if not isinstance(people, dict) or sorted(people) != ["areas", "by", "heads"]:
        return False
    by, areas, heads = people["by"], people["areas"], people["heads"]
    if by not in ("weights", "population") or not isinstance(areas, list) or not isinstance(heads, list):
        return False
    if not all(isinstance(area, list) and len(area) == 3 for area in areas):
        return False
    names, cast = [area[0] for area in areas], [area[2] for area in areas]
    if not all(isinstance(name, str) and name for name in names) or not ascends(names):
        return False
    if not all(is_whole(number) and 0 < number <= LARGEST_AMOUNT for number in cast + heads):
        return False
    texts = [area[1] for area in areas]
    if not all(isinstance(text, str) and re.fullmatch("[0-9]{1,16}(/[0-9]{1,16})?", text, re.ASCII) for text in texts):
        return False
    numbers = [read_count_text(text) or Fraction(0) for text in texts]
    if not all(number > 0 for number in numbers) or (
        by == "population" and any(number.denominator > 1 for number in numbers)
    ):
        return False
    weights, common = weights_due(by, numbers, cast), 1
    for weight in weights:
        common = math.lcm(common, weight.denominator)
        if common.bit_length() > 3000:
            return False
    total = sum((weight * heads_ for weight, heads_ in zip(weights, cast)), Fraction(0))  # noqa: B905
    return total == sum(counts, Fraction(0)) and people_fit(weights, cast, heads, counts)


def read_profile(data: bytes) -> Election:
    """The exported profile of docs/trace.md, canonical or rejected."""

    def bad(danish: str, english: str) -> InputRejected:
        return InputRejected("E305", f"Profilen: {danish}.", f"The profile: {english}.")

    try:
        document = strict_json(data)
    except ValueError as error:
        danish, english = why_not(error)
        raise bad(f"ikke gyldig kanonisk JSON: {danish}", f"not valid canonical JSON: {english}") from None
    keys = [
        "schema",
        "round",
        "input_sha256",
        "currency",
        "minor_units",
        "pool",
        "method",
        "default_score",
        "proposals",
        "ballots",
    ]
    if isinstance(document, dict) and document.get("method") == "hand-count":
        keys += ["totals", "valid"]
    if isinstance(document, dict) and document.get("by_area") is True:
        keys += ["by_area", *(["weights"] if "weights" in document else [])]
    if not isinstance(document, dict) or sorted(document) != sorted(keys):
        raise bad("forkerte nøgler", "wrong keys")
    if document["schema"] != "borgerbudget.profile/1" or document["minor_units"] != 2:
        raise bad("ukendt udgave", "unknown version")
    digest, pool, default, method = (document[key] for key in ("input_sha256", "pool", "default_score", "method"))
    if not isinstance(document["round"], str) or not isinstance(document["currency"], str) or method not in METHODS:
        raise bad("round, currency eller method er forkert", "round, currency or method is wrong")
    if digest is not None and not (isinstance(digest, str) and re.fullmatch("[0-9a-f]{64}", digest)):
        raise bad("input_sha256 er forkert", "input_sha256 is wrong")
    if not is_whole(pool) or not 0 <= pool <= LARGEST_AMOUNT or not is_whole(default) or abs(default) > LARGEST_AMOUNT:
        raise bad("pool eller default_score er forkert", "pool or default_score is wrong")
    if not isinstance(document["proposals"], list) or not isinstance(document["ballots"], list):
        raise bad("lister ventet", "lists expected")
    proposals: list[Proposal] = []
    for item in document["proposals"]:
        if not isinstance(item, dict) or {*item} - {"min_cost", "area", "category"} != {"cost", "id", "withdrawn"}:
            raise bad("et forslag har forkerte nøgler", "a proposal has wrong keys")
        name, cost, withdrawn, least = item["id"], item["cost"], item["withdrawn"], item.get("min_cost", 1)
        good_name = isinstance(name, str) and name != "" and name == name.strip() and min(name) >= " "
        if not good_name or not is_whole(cost) or not 0 < cost <= LARGEST_AMOUNT or not isinstance(withdrawn, bool):
            raise bad(f"forslag {str(name)[:60]!r} er forkert", f"proposal {str(name)[:60]!r} is wrong")
        if not is_whole(least) or not 0 < least <= cost:
            raise bad(f"min_cost for {name[:60]!r} er forkert", f"min_cost of {name[:60]!r} is wrong")
        if proposals and proposals[-1].id >= name:
            raise bad("forslagene er ikke i rækkefølge", "the proposals are not in order")
        area, categories = item.get("area", "-"), item.get("category", ["-"])
        words = [area, *categories] if isinstance(categories, list) and categories else [None]
        if not all(isinstance(word, str) and word for word in words):
            raise bad(
                f"area eller category for {name[:60]!r} er forkert", f"area or category of {name[:60]!r} is wrong"
            )
        named = (tuple(item.get("category", ())), item.get("area", ""))
        proposals.append(Proposal(name, cost, withdrawn, item.get("min_cost"), *named))
    election = Election(method, document["currency"], pool, default, tuple(proposals), (), document["round"], digest)
    election = Election(**{**election.__dict__, "by_area": "by_area" in document})
    if method == "hand-count":
        valid, totals = document["valid"], document["totals"]
        pairs_of: list[Json] = totals if isinstance(totals, list) else [None]
        good = all(isinstance(pair, list) and len(pair) == 2 for pair in pairs_of)
        if not good or [pair[0] for pair in pairs_of] != [p.id for p in proposals] or document["ballots"]:
            raise bad("totals nævner hvert forslag én gang, uden sedler", "totals name every proposal once, no ballots")
        votes = [pair[1] for pair in pairs_of]
        good = all(is_whole(total) and 0 <= total <= LARGEST_AMOUNT for total in [valid, *votes])
        if not good or (valid == 0 and any(votes)):
            raise bad("valid eller totals er forkert", "valid or totals is wrong")
        return Election(**{**election.__dict__, "hand_count": HandCount(valid, tuple(votes))})
    index_of = {proposal.id: index for index, proposal in enumerate(proposals)}
    counted: dict[Ballot, Fraction] = {}
    for row, line in enumerate(document["ballots"], 1):
        place = f"profile, ballot {row}"
        times, tab, vote = line.partition("\t") if isinstance(line, str) else ("", "", "")
        weight = read_count_text(times)
        if not tab or weight is None or weight <= 0 or max(weight.numerator, weight.denominator) > LARGEST_AMOUNT:
            raise rejected(place, "antallet er forkert", "the count is wrong")
        points = ""
        if method in ("points", "scoring"):
            pairs = [entry.rpartition(":") for entry in vote.split(",")] if vote else []
            vote, points = ",".join(pair[0] for pair in pairs), ",".join(pair[2] for pair in pairs)
        elif method == "ranked":
            vote = vote.replace(">", ",")
        ballot = read_ballot(method, vote, points, index_of, default, place)
        if ballot in counted:
            raise rejected(place, "sedlen står to gange", "the ballot stands twice")
        counted[ballot] = weight
    election = finish_election(election, counted)
    if election.profile_lines() != document["ballots"]:
        raise bad("sedlerne er ikke skrevet kanonisk", "the ballots are not written canonically")
    if "weights" not in document:
        return election
    if not people_of_profile(document["weights"], [weight for weight, _ in election.ballots]):
        raise bad("weights passer ikke med sedlerne", "weights do not fit the ballots")
    return Election(**{**election.__dict__, "people": document["weights"]})


# ---------------------------------------------------------------------------------------------- what meetings add to a plan

AMOUNT_KINDS = ("at-most", "at-least", "earmark", "pot")
CONSTRAINT_KINDS = (*AMOUNT_KINDS, "one-of", "together", "needs")
LEFTOVERS = ("carry-over", "return", "next", "next-part", "redistribute")
VILLAGE_KEYS = {
    "threshold_share",
    "cost_share",
    "turnout",
    "electorate",
    "cap",
    "leftover",
    "reserve",
    "withdrawn",
    "pre_funded",
    "constraints",
    "unused",
}
VILLAGE_KEYS_OF = {
    "prize-ladder": {"prizes"},
    "rate-bands": {"bands"},
    "equal-split": {"unit", "remainder", "winners", "recipients"},
    "everyones-share": {"unit", "remainder"},
}
NEEDS_SUPPORT = (
    "threshold",
    "threshold_share",
    "cost_share",
    "turnout",
)  # nothing to ask of ballots that do not decide


class Constraint(NamedTuple):
    """One table of constraints: what these proposals get together, or who is funded with whom."""

    kind: str
    name: str
    proposals: tuple[str, ...]  # by bytes; `needs`: the first needs the others
    amount: int | None  # minor units, for the kinds that have one

    def document(self) -> Step:
        document: Step = {"kind": self.kind, "name": self.name, "proposals": list(self.proposals)}
        return document if self.amount is None else {**document, "amount": self.amount}


@dataclass(frozen=True)
class Village:
    """What docs/village-rules.md adds to a plan.  Amounts are minor units; what is not set is not written."""

    threshold_share: Fraction | None = None
    cost_share: Fraction | None = None
    turnout: Fraction | None = None
    electorate: int | None = None
    cap: int | None = None
    leftover: str | None = None
    reserve: bool | None = None
    withdrawn: tuple[str, ...] = ()
    pre_funded: tuple[str, ...] = ()
    prizes: tuple[int | str, ...] = ()
    bands: tuple[tuple[int | None, Fraction], ...] = ()
    unit: int = 1
    remainder: str | None = None
    winners: int | None = None
    recipients: str | None = None
    constraints: tuple[Constraint, ...] = ()
    unused: str | None = None

    def document(self) -> Step:
        document: Step = {}
        for key in ("electorate", "cap", "leftover", "reserve", "remainder", "winners", "recipients", "unused"):
            document[key] = getattr(self, key)
        for key in ("threshold_share", "cost_share", "turnout"):
            value = getattr(self, key)
            document[key] = None if value is None else number(value)
        for key in ("withdrawn", "pre_funded", "prizes"):
            document[key] = list(getattr(self, key)) or None
        document["bands"] = [[limit, number(rate)] for limit, rate in self.bands] or None
        document["unit"] = self.unit if self.unit > 1 else None
        document["constraints"] = [table.document() for table in self.constraints] or None
        return {key: value for key, value in document.items() if value is not None}

    def has(self, kind: str) -> bool:
        return any(table.kind == kind for table in self.constraints)

    @property
    def decided(self) -> bool:
        """The meeting decided who takes part: ballots are not asked."""
        return self.recipients == "all"

    @property
    def steers(self) -> bool:
        """True when an old rule takes other steps than it would without this (and not only with fewer proposals)."""
        return bool(self.pre_funded or self.constraints or self.leftover in ("next", "next-part", "redistribute"))


def usage(key: str, danish: str, english: str) -> UsageError:
    return UsageError("E219", f"{key} {danish}.", f"{key} {english}.")


def setting_money(key: str, value: Json) -> int:
    """Currency units, as `12000` or the text "6534.61", to minor units."""
    text = str(value) if is_whole(value) else value
    if isinstance(text, str) and re.fullmatch("[0-9]+[.,][0-9]{3}", text.strip()):  # 12.000: thousands or decimals?
        digits = re.sub("[.,]", "", text.strip())
        raise usage(
            key, f"kan være tusinder: skriv {digits} uden mærke", f"could be thousands: write {digits} unmarked"
        )
    try:
        return read_money(text.strip() if isinstance(text, str) else "", key)
    except InputRejected:
        raise usage(key, "skal være et beløb: 12000 eller 6534.61", "must be an amount: 12000 or 6534.61") from None


def setting_above_zero(key: str, value: Json) -> int:
    amount = setting_money(key, value)
    if amount == 0:
        raise usage(key, "skal være over nul", "must be above zero")
    return amount


def setting_whole(key: str, value: Json) -> int:
    """A number of people or places, from 1."""
    text = str(value).strip()
    if isinstance(value, (bool, Fraction)) or not re.fullmatch("[0-9]{1,15}", text) or int(text) == 0:
        raise usage(key, "skal være et helt tal over nul", "must be a whole number above zero")
    return int(text)


def is_percentage(value: Json) -> bool:
    return isinstance(value, str) and value.strip().endswith("%")


def setting_share(key: str, value: Json) -> Fraction:
    """`10%`, `1/3` or a number; not below zero."""
    share = setting_number(key, value.strip()[:-1]) / 100 if is_percentage(value) else setting_number(key, value)
    if share < 0:
        raise usage(key, "må ikke være under nul", "must not be below zero")
    return share


def setting_list(key: str, value: Json, between: str = "+") -> list[Json]:
    """A list, or the text `a+b`."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(between)] if value.strip() else []
    if not isinstance(value, (list, tuple)):
        raise usage(key, "skal være en liste", "must be a list")
    return list(value)


def setting_proposals(election: Election, key: str, value: Json) -> tuple[str, ...]:
    """Ids in the order they are written: each once, each of this election."""
    names = setting_list(key, value)
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise usage(key, "skal nævne forslag, hvert én gang", "must name proposals, each once")
    known = {proposal.id for proposal in election.proposals}
    for name in names:
        if name not in known:
            raise refused("E307", f"{key}: ukendt forslag {name[:60]!r}", f"{key}: unknown proposal {name[:60]!r}")
    return tuple(names)


def refused(code: str, danish: str, english: str) -> InputRejected:
    return InputRejected(code, danish + ".", english + ".")


def setting_prizes(value: Json) -> tuple[int | str, ...]:
    entries = setting_list("prizes", value)
    prizes = [entry if entry == "rest" else setting_above_zero("prizes", entry) for entry in entries]
    if not prizes or "rest" in prizes[:-1]:
        raise usage("prizes", "er beløb; kun den sidste kan være rest", "are amounts; only the last may be rest")
    return tuple(prizes)


def setting_bands(value: Json) -> tuple[tuple[int | None, Fraction], ...]:
    bands: list[tuple[int | None, Fraction]] = []
    for entry in setting_list("bands", value):
        pair = setting_list("bands", entry, ":")
        if len(pair) != 2 or (bands and bands[-1][0] is None):
            raise usage("bands", "skrives 15000:100%+*:50%", "are written 15000:100%+*:50%")
        limit = None if pair[0] in ("*", None) else setting_above_zero("bands", pair[0])
        rate = setting_share("bands", pair[1])
        if rate > 1 or (bands and limit is not None and limit <= (bands[-1][0] or 0)):
            raise usage("bands", "stiger, med satser fra 0 til 100%", "rise, with rates from 0 to 100%")
        bands.append((limit, rate))
    if not bands or bands[-1][0] is not None:
        raise usage("bands", "slutter med *:sats", "end with *:rate")
    if not any(rate for _, rate in bands):
        raise usage("bands", "giver ingen noget", "give nobody anything")
    return tuple(bands)


def setting_constraints(election: Election, value: Json) -> tuple[Constraint, ...]:
    """The tables of a plan file: `kind`, members, and for some kinds an amount."""
    tables: list[Constraint] = []
    if not isinstance(value, (list, tuple)):
        raise usage("constraints", "er tabeller i en planfil", "are tables in a plan file")
    for place, item in enumerate(value, 1):
        key = f"constraint {place}"
        known = {"kind", "name", "proposals", "category", "area", "amount", "share"}
        if not isinstance(item, dict) or not known.issuperset(item):
            raise usage(key, "har ukendte nøgler", "has unknown keys")
        kind = setting_choice(f"{key}: kind", item.get("kind"), CONSTRAINT_KINDS)
        number_of_kind = 1 + sum(table.kind == kind for table in tables)
        name = item.get("name", f"{kind}-{number_of_kind}")
        if not isinstance(name, str) or not name.strip() or min(name) < " ":
            raise usage(f"{key}: name", "skal være tekst", "must be text")
        if any(table.name == name for table in tables):
            raise usage(f"{key}: name", f"{name!r} står to gange", f"{name!r} stands twice")
        proposals = setting_members(election, key, kind, item)
        amount = setting_amount(election, key, kind, item)
        if kind == "at-most" and amount == 0:
            raise usage(key, "er et loft på nul", "is a cap of zero")
        tables.append(Constraint(kind, name, proposals, amount))
    return tuple(tables)


def setting_members(election: Election, key: str, kind: str, item: Step) -> tuple[str, ...]:
    given = [name for name in ("proposals", "category", "area") if name in item]
    if len(given) != 1 or (kind == "needs" and given != ["proposals"]):
        raise usage(key, "skal nævne forslag på én måde", "must name proposals in one way")
    wanted = item[given[0]]
    if given[0] == "proposals":
        names = setting_proposals(election, f"{key}: proposals", wanted)
        if len(names) < (2 if kind == "needs" else 0 if kind == "pot" else 1):
            raise usage(f"{key}: proposals", "nævner for få forslag", "names too few proposals")
        return names if kind == "needs" else tuple(sorted(names))
    has = (wanted in p.categories if given[0] == "category" else wanted == p.area for p in election.proposals)
    names = tuple(p.id for p, member in zip(election.proposals, has) if member)  # noqa: B905
    may_wait = kind == "pot" and given == ["area"] and any(p.area for p in election.proposals)
    if not isinstance(wanted, str) or not wanted or not (names or may_wait):
        raise refused(
            "E307", f"{key}: ingen forslag har {given[0]} {wanted!r}", f"{key}: none has {given[0]} {wanted!r}"
        )
    return names


def setting_amount(election: Election, key: str, kind: str, item: Step) -> int | None:
    given = [name for name in ("amount", "share") if name in item]
    if len(given) != (kind in AMOUNT_KINDS):
        raise usage(
            key, "amount eller share: kun hvor der er et beløb", "amount or share: where there is an amount only"
        )
    if not given:
        return None
    if given == ["amount"]:
        return setting_money(f"{key}: amount", item["amount"])
    return int(setting_share(f"{key}: share", item["share"]) * election.pool)  # rounded down


def make_village(election: Election, rule: str, settings: dict[str, Json]) -> Village:
    """The village part of a plan; make_plan has seen to it that every key belongs to the rule."""
    found: dict[str, Json] = {}
    for key in ("threshold_share", "cost_share"):
        if settings.get(key) is not None:
            found[key] = setting_share(key, settings[key])
    threshold = settings.get("threshold")
    if is_percentage(threshold):
        if "threshold_share" in found:
            raise usage("threshold", "og threshold_share er det samme", "and threshold_share are the same")
        found["threshold_share"] = setting_share("threshold", threshold)
    if found.get("threshold_share", 0) > 1 and election.method in ("approval", "knapsack", "hand-count"):
        raise usage("threshold_share", "må ikke være over 100%", "must not be above 100%")
    for key in ("electorate", "winners"):
        if settings.get(key) is not None:
            found[key] = setting_whole(key, settings[key])
    turnout = settings.get("turnout")
    if turnout is not None:
        found["turnout"] = setting_share("turnout", turnout)
        if is_percentage(turnout):
            if "electorate" not in found:
                raise usage("turnout", "i procent kræver electorate", "as a percentage needs electorate")
            found["turnout"] *= found["electorate"]
    for key in ("cap", "unit"):
        if settings.get(key) is not None:
            found[key] = setting_above_zero(key, settings[key])
    if settings.get("leftover") is not None:
        found["leftover"] = setting_choice("leftover", settings["leftover"], LEFTOVERS)
    if settings.get("reserve") not in (None, False, "no"):
        if settings["reserve"] is not True and settings["reserve"] != "yes":
            raise usage("reserve", "er yes eller no", "is yes or no")
        found["reserve"] = True
    for key in ("withdrawn", "pre_funded"):
        found[key] = tuple(sorted(setting_proposals(election, key, settings.get(key, ()))))
    if rule == "prize-ladder":
        found["prizes"] = setting_prizes(settings.get("prizes", ()))
    if rule == "rate-bands":
        found["bands"] = setting_bands(settings.get("bands", ()))
    if rule in ("equal-split", "everyones-share"):
        found["remainder"] = setting_choice("remainder", settings.get("remainder", "order"), ("order", "leave"))
    if rule == "equal-split":
        found["recipients"] = setting_choice(
            "recipients", settings.get("recipients", "supported"), ("supported", "all")
        )
    found["constraints"] = setting_constraints(election, settings.get("constraints", ()))
    if any(table.kind in ("pot", "earmark") for table in found["constraints"]):
        found["unused"] = setting_choice("unused", settings.get("unused", "common"), ("common", "leave", "resplit"))
    elif settings.get("unused") is not None:
        raise usage("unused", "kræver puljer eller øremærkning", "needs pots or earmarks")
    village = Village(**found)
    refuse_combinations(rule, village, settings)
    return village


def refuse_combinations(rule: str, village: Village, settings: dict[str, Json]) -> None:
    """Settings that are good alone, but not together or not with this rule."""
    carried = ("at-most", "one-of") if rule in RULES_THAT_BUY else ()
    if rule not in RULES_THAT_GO_ON and any(table.kind not in carried for table in village.constraints):
        going_on = ", ".join(RULES_THAT_GO_ON)
        raise UsageError(
            "E220",
            f"{rule} kan ikke bære disse betingelser; det kan kun regler, der går videre: {going_on}.",
            f"{rule} cannot carry these constraints; only rules that go on can: {going_on}.",
        )
    if village.decided or rule == "acclamation":
        for key in NEEDS_SUPPORT:
            if settings.get(key) is not None:
                raise usage(
                    key, "spørger til stemmer, som ikke afgør noget her", "asks for votes, which decide nothing here"
                )
    if village.leftover in ("next-part", "redistribute") and rule not in PARTIAL_RULES:
        raise usage("leftover", "kan kun dele, hvor reglen giver en del", "can only give parts where the rule does")
    if village.leftover == "redistribute" and village.has("at-most"):
        raise usage("leftover", "redistribute kan ikke holde at-most", "redistribute cannot keep an at-most")
    if village.unused == "resplit" and not village.has("pot"):
        raise usage("unused", "resplit kræver puljer", "resplit needs pots")


def money_text(value: Json) -> Json:
    """An amount of a PLAN (minor units) as a setting (currency units); anything else as it is."""
    return f"{value // 100}.{value % 100:02d}" if is_whole(value) and value >= 0 else value


def village_settings(document: Step) -> dict[str, Json]:
    """A PLAN's keys of this page as settings.  What is malformed stays so, for make_plan to refuse."""
    settings = {key: document[key] for key in VILLAGE_KEYS.union(*VILLAGE_KEYS_OF.values()) if key in document}
    for key in ("cap", "unit"):
        if key in settings:
            settings[key] = money_text(settings[key])
    for key in ("threshold_share", "cost_share", "turnout"):
        if key in settings:
            settings[key] = read_number(settings[key])
    if isinstance(settings.get("prizes"), list):
        settings["prizes"] = [money_text(prize) for prize in settings["prizes"]]
    if isinstance(settings.get("bands"), list):
        settings["bands"] = [
            [money_text(band[0]), read_number(band[1])] if isinstance(band, list) and len(band) == 2 else band
            for band in settings["bands"]
        ]
    if isinstance(settings.get("constraints"), list):
        settings["constraints"] = [
            {**table, "amount": money_text(table["amount"])} if isinstance(table, dict) and "amount" in table else table
            for table in settings["constraints"]
        ]
    return settings


# ---------------------------------------------------------------------------------------------- the plan


@dataclass(frozen=True)
class Lot:
    """One order over all proposals, drawn by people or computed from dice."""

    order: tuple[str, ...]
    dice: str | None = None
    round: str | None = None

    def document(self) -> Step:
        return {"order": list(self.order), "dice": self.dice, "round": self.round}


def lot_from_dice(election: Election, digits: str) -> Lot:
    if not re.fullmatch("[0-9]+", digits):
        raise UsageError("E201", "Terningkast skrives med cifrene 0-9.", "Dice are written with the digits 0-9.")
    head = f"bb/lot/1\n{election.round}\n{election.ballots_root()}\n{digits}\n"
    names = (proposal.id for proposal in election.proposals)
    return Lot(tuple(sorted(names, key=lambda name: sha256((head + name).encode("utf-8")))), digits, election.round)


def lot_from_order(election: Election, order: Iterable[str]) -> Lot:
    lot = Lot(tuple(order))
    if sorted(lot.order) != [proposal.id for proposal in election.proposals]:
        raise UsageError(
            "E202", "Lodtrækningen skal nævne hvert forslag én gang.", "The lot order must name every proposal once."
        )
    return lot


@dataclass(frozen=True)
class Plan:
    """Every parameter of a count, resolved for the ballot method."""

    rule: str
    threshold: Fraction | None
    ties: tuple[str, ...]
    lot: Lot | None
    points_table: str | tuple[int, ...] | None  # ranked ballots only
    utility: str | None  # equal shares only, and all that follows
    completion: str | None
    start: str | None
    increment: Fraction | None
    comparison: str | None
    village: Village = Village()

    @property
    def adds(self) -> bool:
        return self.completion is not None and self.completion.startswith("add1")

    @property
    def compares(self) -> bool:
        return self.comparison not in (None, "none")

    def document(self) -> Step:
        document: Step = {"rule": self.rule, "version": 1, "ties": list(self.ties)}
        document["threshold"] = None if self.threshold is None else number(self.threshold)
        if self.points_table is not None:
            table = self.points_table
            document["points_table"] = table if isinstance(table, str) else list(table)
        if self.rule == "equal-shares":
            document.update(utility=self.utility, completion=self.completion, comparison=self.comparison)
            document["start"] = self.start
            document["increment"] = None if self.increment is None else number(self.increment)
        document.update(self.village.document())
        return document


DECLARED = {
    "greedy": ("greedy", {}),
    "greedy-threshold": ("greedy", {}),
    "greedy-no-skip": ("greedy-stop", {}),
    "equalshares/add1": ("equal-shares/add1", {}),
    "equalshares/add1-comparison": ("equal-shares/add1", {"comparison": "satisfaction"}),
}


def setting_number(key: str, value: Json) -> Fraction:
    """A setting as text (`1`, `0.5`, `1/3`) or as a number of a trace."""
    if is_whole(value):
        return Fraction(value)
    if isinstance(value, Fraction):
        return value
    text = value.strip() if isinstance(value, str) and len(value) <= 4_000 else ""
    if re.fullmatch(r"-?[0-9]+([.,][0-9]+)?|-?[0-9]+/[0-9]*[1-9][0-9]*", text, re.ASCII):
        return Fraction(text.replace(",", "."))
    raise UsageError("E203", f"{key} skal være et tal.", f"{key} must be a number.")


def setting_choice(key: str, value: Json, choices: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in choices:
        return value
    listed = ", ".join(choices)
    raise UsageError("E204", f"{key} er en af: {listed}.", f"{key} is one of: {listed}.")


def setting_table(value: Json) -> str | tuple[int, ...]:
    if value == "borda":
        return "borda"
    items = value if isinstance(value, (list, tuple)) else str(value).strip("[] ").split(",")
    entries = [str(item).strip() for item in items]
    if not entries or not all(re.fullmatch("[0-9]{1,15}", entry) for entry in entries):
        raise UsageError(
            "E205", "points_table er borda eller hele tal: 5,3,1.", "points_table is borda or whole numbers: 5,3,1."
        )
    return tuple(int(entry) for entry in entries)


def make_plan(
    election: Election,
    name: str,
    settings: dict[str, Json] | None = None,
    ties: Iterable[str] = ("cheapest", "most-votes", "refuse"),
    lot: Lot | None = None,
) -> Plan:
    """`rule[/completion]` or `declared`, with settings, to a plan with every parameter."""
    settings = dict(settings or {})
    if name == "declared":
        rule_name, threshold_text = election.declared
        if rule_name not in DECLARED:
            known = rule_name or "-"
            raise InputRejected(
                "E306", f"Filens regel kan ikke tælles: {known}.", f"The file's rule cannot be counted: {known}."
            )
        name, extra = DECLARED[rule_name]
        settings = {**extra, **({"threshold": threshold_text} if threshold_text else {}), **settings}
    rule, slash, completion = name.partition("/")
    setting_choice("rule", rule, RULES)
    allowed = {"threshold"} | VILLAGE_KEYS | VILLAGE_KEYS_OF.get(rule, set())
    if election.method == "ranked":
        allowed.add("points_table")
    if rule == "equal-shares":
        allowed |= {"utility", "comparison"}
        completion = setting_choice("completion", completion if slash else "none", COMPLETIONS)
        if completion.startswith("add1"):
            allowed |= {"start", "increment"}
    elif slash:
        raise UsageError("E206", f"{rule} har ingen udfyldning.", f"{rule} takes no completion.")
    for key in settings:
        if key not in allowed:
            raise UsageError("E207", f"{key} hører ikke til {name}.", f"{key} does not belong to {name}.")

    approves = election.method in ("approval", "knapsack")
    if rule == "phragmen" and not approves:
        raise UsageError("E208", "phragmen kræver krydsede sedler.", "phragmen needs approval or knapsack ballots.")
    if rule == "everyones-share" and election.method not in ("knapsack", "points"):
        raise UsageError("E221", f"{rule} kræver kurve eller point.", f"{rule} needs knapsack or points ballots.")
    if election.method == "hand-count" and rule not in RULES_FOR_TOTALS:
        raise UsageError(
            "E222", f"{rule} kræver sedlerne, ikke kun tal.", f"{rule} needs the ballots, not only totals."
        )
    ties = tuple(ties)
    if not ties or ties[-1] not in ("lot", "refuse") or len(set(ties)) < len(ties):
        raise UsageError("E209", "ties slutter med lot eller refuse.", "ties end in lot or refuse.")
    if any(criterion not in ("cheapest", "most-votes") for criterion in ties[:-1]):
        raise UsageError("E210", "ukendt kriterium i ties.", "unknown criterion in ties.")
    if lot is not None and ties[-1] != "lot":
        raise UsageError("E211", "En lodtrækning kræver ties med lot.", "A lot needs ties that end in lot.")

    village = make_village(election, rule, settings)
    threshold = None if is_percentage(settings.get("threshold")) else settings.get("threshold")
    if threshold is not None and setting_number("threshold", threshold) < 0 and election.method != "scoring":
        raise usage("threshold", "kan kun være under nul med scoring", "can be below zero in scoring only")
    utility = start = increment = comparison = None
    if rule == "equal-shares":
        utilities = ("cost", "count") if approves else ("points",)
        utility = setting_choice("utility", settings.get("utility", utilities[0]), utilities)
        comparison = setting_choice("comparison", settings.get("comparison", "none"), COMPARISONS)
        if completion.startswith("add1"):
            start = setting_choice("start", settings.get("start", "integral"), ("integral", "exact"))
            increment = setting_number("increment", settings.get("increment", 1))
            if increment <= 0:
                raise UsageError("E212", "increment skal være over nul.", "increment must be above zero.")
    return Plan(
        rule,
        None if threshold is None else setting_number("threshold", threshold),
        ties,
        lot,
        setting_table(settings.get("points_table", "borda")) if election.method == "ranked" else None,
        utility,
        completion if rule == "equal-shares" else None,
        start,
        increment,
        comparison,
        village,
    )


# ---------------------------------------------------------------------------------------------- what a plan makes of it


class Table(NamedTuple):
    """A constraint over indices; `needs` keeps its order, the others are by id."""

    kind: str
    members: list[int]
    amount: int
    name: str


class Contest:
    """A round under a plan: who supports what with how much, who takes part.  Proposals are indices in id order."""

    def __init__(self, election: Election, plan: Plan) -> None:
        self.election, self.plan, self.pool = election, plan, election.pool
        self.ids = [proposal.id for proposal in election.proposals]
        self.cost = [proposal.cost for proposal in election.proposals]
        self.unit = 1  # d: ballot group i weighs weight[i] / unit
        for weight, _ in election.ballots:
            self.unit = self.unit * weight.denominator // math.gcd(self.unit, weight.denominator)
        self.weight = [int(weight * self.unit) for weight, _ in election.ballots]
        self.voters = Fraction(sum(self.weight), self.unit)
        self.marks = [self.values(ballot) for _, ballot in election.ballots]  # positive values of each ballot
        self.supporters: list[list[tuple[int, int]]] = [[] for _ in self.ids]  # (ballot, value) of each proposal
        for ballot, marks in enumerate(self.marks):
            for index, value in marks:
                self.supporters[index].append((ballot, value))
        self.support = [sum(self.weight[ballot] for ballot, _ in pairs) for pairs in self.supporters]  # times unit
        self.strength = [sum(self.weight[b] * value for b, value in pairs) for pairs in self.supporters]
        self.score = [Fraction(strength, self.unit) for strength in self.strength]
        if election.method == "scoring":  # grades below zero count in the score too
            self.score = [self.voters * election.default_score for _ in self.ids]
            for share, entries in election.ballots:
                for index, grade in entries:
                    self.score[index] += share * (grade - election.default_score)
        if election.hand_count is not None:
            self.voters = election.voters
            self.support = self.strength = list(election.hand_count.votes)
            self.score = [Fraction(votes) for votes in election.hand_count.votes]
        self.index_of = {name: index for index, name in enumerate(self.ids)}
        self.given = [self.index_of[name] for name in plan.village.pre_funded]
        self.available = self.pool - sum(self.cost[index] for index in self.given)  # what rules share out
        self.partial = plan.rule in PARTIAL_RULES
        self.least = [proposal.min_cost or 1 for proposal in election.proposals]
        self.ask = [self.asked(cost) for cost in self.cost]
        self.decided = plan.village.decided or plan.rule == "acclamation"  # ballots are not asked
        self.tables = [
            Table(table.kind, [self.index_of[name] for name in table.proposals], table.amount or 0, table.name)
            for table in plan.village.constraints
        ]
        self.out = self.reasons_out()
        self.eligible = [index for index, reason in enumerate(self.out) if reason is None]

    def values(self, ballot: Ballot) -> list[tuple[int, int]]:
        method, table = self.election.method, self.plan.points_table
        if method in ("approval", "knapsack"):
            return [(index, 1) for index in ballot]
        if method == "points":
            return list(ballot)
        if method == "scoring":
            default = self.election.default_score
            if default <= 0:
                return [(index, grade) for index, grade in ballot if grade > 0]
            grades = {**dict.fromkeys(range(len(self.ids)), default), **dict(ballot)}
            return [(index, grade) for index, grade in grades.items() if grade > 0]
        first: dict[int, int] = {}
        for position, index in enumerate(ballot):
            points = len(ballot) - position if not isinstance(table, tuple) else (*table, 0)[min(position, len(table))]
            first.setdefault(index, points)
        return sorted((index, points) for index, points in first.items() if points > 0)

    def asked(self, cost: int) -> int:
        """What a proposal gets at most."""
        village = self.plan.village
        if village.bands:
            below, asked = 0, Fraction(0)
            for limit, rate in village.bands:
                top = cost if limit is None else min(cost, limit)
                asked += max(0, top - below) * rate
                below = max(below, top)
            cost = int(asked)  # rounded down at the end
        return cost if village.cap is None or not self.partial else min(cost, village.cap)

    def own_reason(self, index: int) -> str | None:
        """Why a proposal takes no part, whatever becomes of others and whoever supports it; the first that applies."""
        plan, village = self.plan, self.plan.village
        name, cost, score = self.ids[index], self.cost[index], self.score[index]
        ask, least = self.ask[index], self.least[index]
        if self.election.proposals[index].withdrawn or name in village.withdrawn:
            return "withdrawn"
        if name in village.pre_funded:
            return "pre-funded"
        if village.turnout is not None and self.voters < village.turnout:
            return "no-quorum"
        needed = Fraction(cost)
        if self.partial:
            needed = Fraction(ask if plan.rule == "rate-bands" else least)
        elif plan.rule == "greedy-80":
            needed = Fraction(4 * cost, 5)
        if needed > self.available:
            return "over-pool"
        if not self.partial and village.cap is not None and cost > village.cap:
            return "over-cap"
        if self.partial and ask < least:
            return "below-minimum"
        thresholds = [plan.threshold] if plan.threshold is not None else []
        if village.threshold_share is not None:
            thresholds.append(village.threshold_share * self.voters)
        if any(score < threshold for threshold in thresholds):
            return "below-threshold"
        if village.cost_share is not None and score * self.pool < village.cost_share * cost * self.voters:
            return "below-threshold"
        return None

    def reasons_out(self) -> list[str | None]:
        """Why each proposal takes no part, or None; one whose needs cannot be met, or whose rival was given, is excluded."""
        everyone = range(len(self.ids))
        own = [self.own_reason(index) for index in everyone]
        unsupported = [not self.decided and self.support[index] == 0 for index in everyone]
        given = set(self.given)
        rivals = {index for table in self.tables_of("one-of") if given & {*table.members} for index in table.members}
        rivals -= given
        reasons: list[str | None] = []
        for index in everyone:
            needed = self.bundle(index, given)
            lost = index in rivals or any(
                own[other] or unsupported[other] or other in rivals for other in needed if other != index
            )
            reasons.append(own[index] or ("excluded" if lost else "no-support" if unsupported[index] else None))
        return reasons

    def tables_of(self, *kinds: str) -> list[Table]:
        return [table for table in self.tables if table.kind in kinds]

    def bundle(self, index: int, funded: set[int], links: list[Table] | None = None) -> list[int]:
        """A proposal and everything it needs (by these links) that is not funded, on and on: itself, then by id."""
        links = self.tables_of("together", "needs") if links is None else links
        found, waiting = {index}, [index]
        while waiting:
            asking = waiting.pop()
            for table in links:
                if asking == table.members[0] or (table.kind == "together" and asking in table.members):
                    new = set(table.members) - found - funded
                    found |= new
                    waiting += new
        return [index, *sorted(found - {index})]

    def ballots_document(self) -> Step:
        if self.election.hand_count is not None:
            return {"valid": self.election.hand_count.valid, "blank": None, "distinct": None}
        blank = sum((weight for weight, ballot in self.election.ballots if not ballot), Fraction(0))
        return {"valid": number(self.voters), "blank": number(blank), "distinct": len(self.weight)}

    def header(self) -> Step:
        return {
            "kind": "header",
            "schema": "borgerbudget.trace/1",
            "plan": self.plan.document(),
            "pool": self.pool,
            "ballots": self.ballots_document(),
            "ballots_root": self.election.ballots_root(),
            "lot": None if self.plan.lot is None else self.plan.lot.document(),
            "proposals": [
                {
                    "proposal": self.ids[index],
                    "cost": self.cost[index],
                    "score": number(self.score[index]),
                    "supporters": number(Fraction(self.support[index], self.unit)),
                    "out": self.out[index],
                    **({"ask": self.ask[index]} if self.partial else {}),
                }
                for index in range(len(self.ids))
            ],
        }

    def names(self, indices: Iterable[int]) -> list[str]:
        return [self.ids[index] for index in sorted(indices)]


# ---------------------------------------------------------------------------------------------- ties


class Choice(NamedTuple):
    """One open tie and the way it was broken."""

    candidates: list[int]
    taken: int  # position in candidates
    step: int
    run: int | None


class Order:
    """The plan's order over proposals.  Open ties follow `script`, then the least id, and are remembered in `path`."""

    def __init__(self, contest: Contest, script: Iterable[int] = ()) -> None:
        self.contest = contest
        lot = contest.plan.lot
        self.place = None if lot is None else {name: position for position, name in enumerate(lot.order)}
        self.script = list(script)
        self.path: list[Choice] = []
        self.behind: dict[int, set[int]] = {}  # y in behind[x]: x goes before y, fixed by an earlier choice

    def narrow(self, tied: list[int]) -> tuple[list[int], str | None]:
        """Those left after the criteria, and the first criterion that left one."""
        for criterion in self.contest.plan.ties[:-1]:
            if criterion == "cheapest":
                best: Fraction | int = min(self.contest.cost[index] for index in tied)
                tied = [index for index in tied if self.contest.cost[index] == best]
            else:
                best = max(self.contest.score[index] for index in tied)
                tied = [index for index in tied if self.contest.score[index] == best]
            if len(tied) == 1:
                return tied, criterion
        return tied, None

    def choose(
        self,
        tied: Iterable[int],
        step: int,
        run: int | None = None,
        fits: int | Callable[[list[int]], bool] | None = None,
    ) -> tuple[int, str | None]:
        """Who goes first among the tied, and what decided.

        `fits`: in a greedy turn, the money left, or the question whether no order of the open ones can matter.
        """
        tied = sorted(tied)
        if len(tied) == 1:
            return tied[0], None
        tied, criterion = self.narrow(tied)
        if criterion is not None:
            return tied[0], criterion
        if self.place is not None:
            place = self.place
            return min(tied, key=lambda index: place[self.contest.ids[index]]), "lot"
        candidates = [x for x in tied if not any(x in self.behind.get(y, ()) for y in tied)]
        if fits(tied) if callable(fits) else fits is not None and sum(map(self.contest.cost.__getitem__, tied)) <= fits:
            return candidates[0], "no-difference"  # all are funded now, in whatever order
        taken = 0
        if len(candidates) > 1:
            taken = self.script[len(self.path)] if len(self.path) < len(self.script) else 0
            self.path.append(Choice(candidates, taken, step, run))
        self.put_first(candidates[taken], tied)
        return candidates[taken], "no-difference"

    def put_first(self, chosen: int, tied: list[int]) -> None:
        after: set[int] = set()
        for index in tied:
            if index != chosen:
                after |= {index} | self.behind.get(index, set())
        before = [index for index, behind in self.behind.items() if chosen in behind]
        for index in [chosen, *before]:
            self.behind.setdefault(index, set()).update(after)

    def beats(self, first: int, second: int) -> bool:
        """True when a tie of the two, alone or among others, can never put `second` first or stay open."""
        left, criterion = self.narrow([first, second])
        if criterion is not None:
            return left == [first]
        if self.place is not None:
            return self.place[self.contest.ids[first]] < self.place[self.contest.ids[second]]
        return second in self.behind.get(first, ())


# ---------------------------------------------------------------------------------------------- greedy rules


def greedy_value(contest: Contest, rule: str, index: int) -> Fraction:
    score = contest.score[index]
    return score / contest.cost[index] if rule == "greedy-per-cost" else score


def tie_keys(contest: Contest, tied: Iterable[int], decided_by: str | None) -> Step:
    names = contest.names(tied)
    return {"tied": names if len(names) > 1 else [], "decided_by": decided_by}


def greedy(
    contest: Contest, rule: str, order: Order, indices: Iterable[int], left: int, phase: str, first_step: int
) -> Iterator[Step]:
    """By value, greatest first: fund what fits.  `rule` says what happens to what does not fit."""
    waiting: dict[Fraction, list[int]] = {}
    for index in indices:
        waiting.setdefault(greedy_value(contest, rule, index), []).append(index)
    step = first_step
    for value in sorted(waiting, reverse=True):
        group = waiting[value]
        while group:
            chosen, decided_by = order.choose(group, step, fits=left)
            line: Step = {"step": step, "phase": phase, "value": rational(value)}
            line.update(tie_keys(contest, group, decided_by))
            group = [index for index in group if index != chosen]
            cost, step = contest.cost[chosen], step + 1
            if cost <= left:
                left -= cost
                yield {**line, "kind": "funded", "proposal": contest.ids[chosen], "amount": cost, "left": left}
            elif rule == "greedy-80" and 5 * left >= 4 * cost:
                line.update(topped_up=cost - left, amount=left, left=0)
                yield {**line, "kind": "funded", "proposal": contest.ids[chosen]}
                return
            elif rule in ("greedy-stop", "greedy-80"):
                yield {**line, "kind": "stopped", "over": [contest.ids[chosen]], "left": left}
                return
            else:
                yield {**line, "kind": "skipped", "proposal": contest.ids[chosen], "left": left}


# ---------------------------------------------------------------------------------------------- buying under constraints


def closed_by_tables(contest: Contest, bought: list[int]) -> dict[int, str]:
    """Who can no longer be bought after these purchases, and why; it depends on nothing else, and never ends."""
    closed: dict[int, str] = {}
    for table in contest.tables_of("at-most"):
        charged = sum(contest.cost[index] for index in table.members if index in bought or index in contest.given)
        for index in table.members:
            if charged + contest.cost[index] > table.amount:
                closed[index] = "over-quota"
    for table in contest.tables_of("one-of"):
        if not set(table.members).isdisjoint(bought):
            closed.update(dict.fromkeys(table.members, "excluded"))
    return {index: reason for index, reason in closed.items() if index not in bought}


def closed_line(contest: Contest, index: int, because: str, step: int, left: int, value: Fraction) -> Step:
    """The step that says why a proposal could not be bought."""
    line: Step = {"kind": "skipped", "step": step, "phase": "rule", "proposal": contest.ids[index], "left": left}
    return {**line, "value": rational(value), "because": because, "tied": [], "decided_by": None}


# ---------------------------------------------------------------------------------------------- Phragmen


class Loads:
    """Phragmen's loads: a voter's load is the time of the last purchase made for her, 0 before any."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.paid_in = [0] * len(contest.weight)  # the last purchase, by ballot group
        self.times = [Fraction(0)]  # of purchase 1, 2, ...

    def load(self, index: int) -> Fraction:
        """(sum of the supporters' loads + cost) / supporters; weights W_i / d."""
        by_purchase: dict[int, int] = {}
        weight, paid_in = self.contest.weight, self.paid_in
        for ballot, _ in self.contest.supporters[index]:
            purchase = paid_in[ballot]
            by_purchase[purchase] = by_purchase.get(purchase, 0) + weight[ballot]
        total = sum((self.times[purchase] * count for purchase, count in by_purchase.items()), Fraction(0))
        return (total + self.contest.cost[index] * self.contest.unit) / self.contest.support[index]

    def buy(self, index: int, load: Fraction) -> None:
        CLOCK.check()
        self.times.append(load)
        for ballot, _ in self.contest.supporters[index]:
            self.paid_in[ballot] = len(self.times) - 1


def phragmen(contest: Contest, order: Order, first_step: int) -> Iterator[Step]:
    """Least load first; the end when one tied for the least does not fit.  Loads never fall, so old ones are bounds."""
    loads, left, step = Loads(contest), contest.available, first_step
    bought: list[int] = []
    closed = closed_by_tables(contest, bought)
    queue = [(loads.load(index), index) for index in contest.eligible]
    heapq.heapify(queue)
    while queue:
        tied: list[int] = []
        best: Fraction | None = None
        while queue and (best is None or queue[0][0] <= best):
            _, index = heapq.heappop(queue)
            if index in closed:
                continue
            load = loads.load(index)
            if best is None or load < best:
                for other in tied:
                    heapq.heappush(queue, (best or load, other))
                best, tied = load, [index]
            elif load == best:
                tied.append(index)
            else:
                heapq.heappush(queue, (load, index))
        if best is None:
            break  # those that were left are closed
        line: Step = {"step": step, "phase": "rule", "value": rational(best)}
        over = [index for index in tied if contest.cost[index] > left]
        if over:
            line.update(tie_keys(contest, tied, None), kind="stopped", over=contest.names(over), left=left)
            yield line
            step += 1
            break
        chosen, decided_by = order.choose(tied, step)
        for other in tied:
            if other != chosen:
                heapq.heappush(queue, (best, other))
        loads.buy(chosen, best)
        bought.append(chosen)
        closed = closed_by_tables(contest, bought)
        left -= contest.cost[chosen]
        line.update(tie_keys(contest, tied, decided_by), kind="funded", proposal=contest.ids[chosen])
        yield {**line, "amount": contest.cost[chosen], "left": left}
        step += 1
    for index in sorted(set(closed).intersection(contest.eligible)):
        yield closed_line(contest, index, closed[index], step, left, loads.load(index))
        step += 1


# ---------------------------------------------------------------------------------------------- equal shares


class Supply:
    """What the ballots look like after a sequence of purchases, whatever the endowment.

    Ballots that supported the same purchases with the same values always have the same money: they form a class.
    A purchase moves each of its supporters from (class, value) to a new class; all other classes keep their number
    and their money.  One node for each sequence; runs at other endowments use the same nodes again.
    """

    def __init__(self, contest: Contest, parent: Supply | None, bought: int) -> None:
        self.contest, self.parent, self.bought = contest, parent, bought
        self.tables: dict[int, list[tuple[int, int, int]]] = {}
        self.next: dict[int, Supply] = {}
        if parent is None:
            self.of_ballot = [0] * len(contest.weight)
            self.classes = 1
            return
        self.of_ballot = parent.of_ballot.copy()
        moved = {(old, value): parent.classes + new for new, (old, _, value) in enumerate(parent.table(bought))}
        for ballot, value in contest.supporters[bought]:
            self.of_ballot[ballot] = moved[parent.of_ballot[ballot], value]
        self.classes = parent.classes + len(moved)

    def table(self, index: int) -> list[tuple[int, int, int]]:
        """The supporters of a proposal as (class, weight, value)."""
        if index not in self.tables:
            merged: dict[tuple[int, int], int] = {}
            of_ballot, weight = self.of_ballot, self.contest.weight
            for ballot, value in self.contest.supporters[index]:
                key = (of_ballot[ballot], value)
                merged[key] = merged.get(key, 0) + weight[ballot]
            self.tables[index] = [(old, count, value) for (old, value), count in merged.items()]
        return self.tables[index]

    def after(self, index: int) -> Supply:
        if index not in self.next:
            self.next.clear()  # keep one path only: runs that follow each other buy nearly the same
            self.next[index] = Supply(self.contest, self, index)
        return self.next[index]


RAN_OUT = -1  # in place of money


class Purses:
    """The voters' money in one run, in exact integers.

    The money of class c is money[c] / denominators[since[c]]: a class keeps its money, so the numbers of the time it
    was made are scaled only when they are used.  The denominator only grows, by what each price brings in.
    """

    def __init__(self, supply: Supply, endowment: Fraction) -> None:
        self.contest, self.supply = supply.contest, supply
        by_cost = self.contest.plan.utility == "cost"
        self.factor = self.contest.cost if by_cost else [1] * len(self.contest.ids)
        self.money = [endowment.numerator]
        self.since = [0]
        self.denominators = [endowment.denominator]
        self.scale = [1]  # present denominator / denominators[k]
        self.rounds: list[tuple[Any, ...]] = [()]  # for each class the purchases it supported

    def purses_of(self, index: int) -> list[tuple[int, int, int]]:
        """The supporters who still have money: (money over the present denominator, weight, value)."""
        money, since, scale = self.money, self.since, self.scale
        table = self.supply.table(index)
        return [(money[c] * scale[since[c]], count, value) for c, count, value in table if money[c] > 0]

    def total(self, index: int) -> Fraction:
        """The supporters' money together."""
        total = sum(money * count for money, count, _ in self.purses_of(index))
        return Fraction(total, self.denominators[-1] * self.contest.unit)

    def collect(self, index: int, rho: Fraction) -> tuple[Fraction, int]:
        """sum of (W_i/d) * min(b_i, rho * u_i), and the weight (by value, times d) that pays rho * u_i."""
        price = rho * self.factor[index]  # of one unit of value
        full, poor, top, bottom = 0, 0, price.numerator * self.denominators[-1], price.denominator
        for money, count, value in self.purses_of(index):
            if money * bottom >= top * value:
                full += count * value
            else:
                poor += count * money
        return Fraction(top * full + poor * bottom, bottom * self.denominators[-1] * self.contest.unit), full

    def at_least(self, index: int, rho: Fraction, collected: Fraction, in_full: int) -> Fraction:
        """A bound for a proposal whose supporters pay too little at rho: only those who pay in full can pay more.

        So its own rho is at least this, and for good: rho never falls during a run.  Where nobody pays in full, it
        can never be afforded.
        """
        missing = self.contest.cost[index] - collected
        return rho + missing * self.contest.unit / (in_full * self.factor[index])

    def solve(self, index: int) -> Fraction | None:
        """The least rho that collects the cost, or None.

        The collected sum is concave in rho, so these steps go up to the answer and never past it: let everybody pay
        in full, find who cannot, let them pay all they have and share the rest among the others, and so on.
        """
        purses = self.purses_of(index)
        cost = self.contest.cost[index] * self.contest.unit * self.denominators[-1]
        if sum(money * count for money, count, _ in purses) < cost:
            return None
        while True:
            shares = sum(count * value for _, count, value in purses)
            poor, rich = 0, []
            for purse in purses:
                if purse[0] * shares < cost * purse[2]:
                    poor += purse[0] * purse[1]
                else:
                    rich.append(purse)
            if len(rich) == len(purses):
                return Fraction(cost, shares * self.denominators[-1] * self.factor[index])
            purses, cost = rich, cost - poor

    def buy(self, index: int, rho: Fraction) -> tuple[int, dict[tuple[Any, ...], int]]:
        """Let the supporters pay: the weight (by value) that paid in full, and of the groups whose money ran out."""
        CLOCK.check()
        price = rho * self.factor[index]
        present = self.denominators[-1]
        grown = present * price.denominator // math.gcd(present, price.denominator)
        self.denominators.append(grown)
        self.scale = [factor * (grown // present) for factor in self.scale] + [1]
        full_price = price.numerator * (grown // price.denominator)  # over the new denominator
        now = len(self.denominators) - 1
        plain = self.contest.election.method in ("approval", "knapsack")
        paid_in_full = 0
        ran_out: dict[tuple[Any, ...], int] = {}
        for old, count, value in self.supply.table(index):
            money = self.money[old]
            if money != RAN_OUT:
                money = money * self.scale[self.since[old]] - full_price * value
                if money >= 0:
                    paid_in_full += count * value
                else:
                    rounds = self.rounds[old]
                    ran_out[rounds] = ran_out.get(rounds, 0) + count
                    money = RAN_OUT
            self.money.append(money)
            self.since.append(now)
            self.rounds.append((*self.rounds[old], now if plain else (now, value)))
        self.supply = self.supply.after(index)
        return paid_in_full, ran_out

    def payers(self, paid_in_full: int, ran_out: dict[tuple[Any, ...], int]) -> Step:
        """What a trace says about who paid."""
        unit = self.contest.unit
        groups = [
            [number(Fraction(count, unit)), [list(entry) if isinstance(entry, tuple) else entry for entry in rounds]]
            for rounds, count in sorted(ran_out.items())
        ]
        return {"paid_in_full": number(Fraction(paid_in_full, unit)), "ran_out": groups}


class Run(NamedTuple):
    """One run of equal shares: what it bought at which rho, and its steps when they were asked for."""

    bought: list[int]
    rhos: list[Fraction]
    steps: list[Step]


class Watch(NamedTuple):
    """The rivals to look at along a sequence: in each round, and at the end."""

    rounds: list[list[int]]
    end: list[int]


def take_up_to(queue: list[tuple[Fraction, int]], limit: Fraction) -> list[int]:
    """Take those whose bound is at most the limit off a heap."""
    taken = []
    while queue and queue[0][0] <= limit:
        taken.append(heapq.heappop(queue)[1])
    return taken


class EqualShares:
    """Runs of equal shares at any endowment, free or along a given sequence."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        self.start = Supply(contest, None, -1)
        utility = contest.plan.utility
        # Everybody rich: no rho is ever less than cost / (all supporters' utility), formula (1).
        self.bounds = sorted(
            (Fraction(contest.unit * (1 if utility == "cost" else contest.cost[index]), contest.strength[index]), index)
            for index in contest.eligible
        )

    def twins(self, first: int, second: int) -> bool:
        """Same cost and the same supporters with the same values: equal rho at every moment."""
        contest = self.contest
        return contest.cost[first] == contest.cost[second] and contest.supporters[first] == contest.supporters[second]

    def free(self, endowment: Fraction, order: Order, run: int | None, with_steps: bool = False) -> Run:
        """The rule itself.  rho never falls during a run, so the last value computed is a lower bound."""
        contest = self.contest
        purses = Purses(self.start, endowment)
        queue = self.bounds.copy()  # sorted, so a heap
        result, left, given = Run([], [], []), contest.available, len(contest.given)
        while True:
            tied: list[int] = []
            best = Fraction(0)
            closed = closed_by_tables(contest, result.bought)
            while queue and (not tied or queue[0][0] <= best):
                _, index = heapq.heappop(queue)
                rho = None if index in closed else purses.solve(index)
                if rho is None:
                    continue  # and never again: money only goes, and who is closed stays so
                if not tied or rho < best:
                    for other in tied:
                        heapq.heappush(queue, (best, other))
                    best, tied = rho, [index]
                elif rho == best:
                    tied.append(index)
                else:
                    heapq.heappush(queue, (rho, index))
            if not tied:
                break
            step = len(result.bought) + 1  # of the run; what was given beforehand stands before it in the trace
            chosen, decided_by = order.choose(tied, step if run is not None else given + step, run)
            for other in tied:
                if other != chosen:
                    heapq.heappush(queue, (best, other))
            result.bought.append(chosen)
            result.rhos.append(best)
            paid_in_full, ran_out = purses.buy(chosen, best)
            left -= contest.cost[chosen]
            if with_steps:
                line: Step = {"kind": "funded", "step": given + step, "phase": "rule", "proposal": contest.ids[chosen]}
                line.update(tie_keys(contest, tied, decided_by), amount=contest.cost[chosen], left=left)
                line.update(value=rational(best), **purses.payers(paid_in_full, ran_out))
                result.steps.append(line)
        if with_steps:
            bought = set(result.bought)
            for index in contest.eligible:
                if index not in bought:
                    step, held = given + len(result.steps) + 1, purses.total(index)
                    line = {"kind": "unaffordable", "phase": "rule", "proposal": contest.ids[index], "left": left}
                    line.update(step=step, value=rational(held))
                    if index in closed:
                        line = closed_line(contest, index, closed[index], step, left, held)
                    result.steps.append(line)
        return result

    def along(
        self,
        endowment: Fraction,
        sequence: list[int],
        order: Order,
        limits: list[Fraction] | None = None,
        watch: Watch | None = None,
        run: int | None = None,
    ) -> list[Fraction] | None:
        """Buy a given sequence and prove that no rival comes before it; its rhos, or None when the proof fails.

        Without `limits` it proves that the run at this endowment buys this sequence: in each round no rival can be
        had for less than the winner's rho, and the plan's order puts the winner first among equals.

        With `limits` (the rhos of the same sequence at a lower endowment) it proves the sequence for every endowment
        between the two.  On a fixed sequence money does not fall and rho does not rise when the endowment rises.  So
        at any endowment between, the winner's rho is at most its limit and a rival's is at least its rho here: it is
        enough that the latter is greater, or equal with the order putting the winner first, or that the rival is the
        winner's twin and comes behind it.  What cannot be afforded at the end here cannot be afforded lower down.

        `watch` names the rivals that can matter at all, from a survey at this endowment or above.

        Constraints close proposals by the purchases alone: at every endowment the same ones are no rivals.
        """
        contest = self.contest
        purses = Purses(self.start, endowment)
        queue = self.bounds.copy() if watch is None else []
        rhos: list[Fraction] = []
        for step, winner in enumerate(sequence):
            closed = closed_by_tables(contest, sequence[:step])
            rho = None if winner in closed else purses.solve(winner)
            if rho is None:
                return None
            limit = rho if limits is None else limits[step]
            tied, waiting = [winner], []
            rivals = take_up_to(queue, limit) if watch is None else watch.rounds[step]
            for rival in rivals:
                if rival == winner or rival in closed:
                    continue
                collected, in_full = purses.collect(rival, limit)
                if collected < contest.cost[rival]:
                    if in_full and watch is None:
                        heapq.heappush(queue, (purses.at_least(rival, limit, collected, in_full), rival))
                    continue
                exact = rho if self.twins(winner, rival) else purses.solve(rival)
                if exact is None:
                    continue
                if exact < limit and not (exact == rho and self.twins(winner, rival)):
                    return None
                if limits is not None and not order.beats(winner, rival):
                    return None
                tied.append(rival)
                waiting.append((exact, rival))
            if limits is None and order.choose(tied, step + 1, run)[0] != winner:
                return None
            for entry in waiting:
                heapq.heappush(queue, entry)
            rhos.append(rho)
            purses.buy(winner, rho)
        unbought = [index for _, index in queue if index not in sequence] if watch is None else watch.end
        closed = closed_by_tables(contest, sequence)
        if any(purses.total(index) >= contest.cost[index] for index in unbought if index not in closed):
            return None
        return rhos

    def survey(self, endowment: Fraction, sequence: list[int], limits: list[Fraction]) -> Watch:
        """Follow a sequence far above the endowment of `limits`, noting every rival that could be had within them.

        By the same argument as in `along`, no other rival can come before a winner at any endowment up to this one.
        """
        contest = self.contest
        purses, queue = Purses(self.start, endowment), self.bounds.copy()
        rounds: list[list[int]] = []
        for winner, limit in zip(sequence, limits):  # noqa: B905
            near = []
            for rival in take_up_to(queue, limit):
                collected, in_full = purses.collect(rival, limit)
                if rival != winner and collected >= contest.cost[rival]:
                    near.append(rival)
                    heapq.heappush(queue, (limit, rival))  # the next limit is no smaller: to be looked at again
                elif rival != winner and in_full:
                    heapq.heappush(queue, (purses.at_least(rival, limit, collected, in_full), rival))
            rounds.append(near)
            rho = purses.solve(winner)
            assert rho is not None  # there is more money than where it was affordable
            purses.buy(winner, rho)
        left = [index for _, index in queue if index not in sequence]
        return Watch(rounds, [index for index in left if purses.total(index) >= contest.cost[index]])


class Interval(NamedTuple):
    first: int
    last: int
    bought: list[int]


class Growth:
    """add1: E_k = E_0 + k * increment, and when it ends."""

    def __init__(self, contest: Contest) -> None:
        self.contest = contest
        plan = contest.plan
        equal_part = contest.available / contest.voters
        whole = equal_part // CURRENCY_UNIT * CURRENCY_UNIT
        self.first = equal_part if plan.start == "exact" else Fraction(whole)
        self.increment = (plan.increment or 1) * CURRENCY_UNIT

    def at(self, k: int) -> Fraction:
        return self.first + k * self.increment

    def spent(self, bought: Iterable[int]) -> int:
        return sum(self.contest.cost[index] for index in bought)

    def stop_reason(self, bought: list[int]) -> str | None:
        """Why the search ends at a run that bought this."""
        contest, spent = self.contest, self.spent(bought)
        if spent > contest.available:
            return "over-pool"
        rest = set(contest.eligible).difference(bought, closed_by_tables(contest, bought))
        if contest.plan.completion in ("add1e", "add1eu") and all(
            contest.cost[i] > contest.available - spent for i in rest
        ):
            return "exhaustive"
        return None if rest else "all-funded"


class Endowments(Growth):
    """The search for the k to keep."""

    def __init__(self, contest: Contest, shares: EqualShares) -> None:
        super().__init__(contest)
        self.shares = shares

    def search(self, order: Order, slow: bool = False) -> list[Interval]:
        """The maximal intervals up to the run that ends the search.

        From a run at k: prove a stride ahead with one run along the same sequence; double the stride when that works,
        halve it when not, and at stride 1 run the rule itself.  Along a sequence that lasts, a survey further ahead
        tells which rivals are worth a look.  `slow` runs the rule at every k.
        """
        intervals: list[Interval] = []
        run = self.shares.free(self.at(0), order, 0)
        first = k = 0
        stride = 1
        while self.stop_reason(run.bought) is None:
            CLOCK.reached = k
            watch, reach, proved = None, k, 0
            while True:
                if reach < k + stride:
                    watch = None
                    if proved > 2 and not slow:
                        reach = k + 8 * max(stride, 8)
                        watch = self.shares.survey(self.at(reach), run.bought, run.rhos)
                rhos = None
                if stride > 1:
                    rhos = self.shares.along(self.at(k + stride), run.bought, order, run.rhos, watch)
                elif watch is not None:
                    rhos = self.shares.along(self.at(k + 1), run.bought, order, None, watch, k + 1)
                if rhos is not None:
                    run, k, proved = run._replace(rhos=rhos), k + stride, proved + 1
                    stride *= 2
                elif stride > 1:
                    stride //= 2
                else:
                    following = self.shares.free(self.at(k + 1), order, k + 1)
                    stride = 1 if slow else 2
                    if following.bought != run.bought:
                        break
                    run, k, proved = following, k + 1, proved + 1
            intervals.append(Interval(first, k, run.bought))
            run, first, k = following, k + 1, k + 1
        intervals.append(Interval(first, k, run.bought))
        return intervals

    def prove(self, interval: Interval, order: Order) -> int | None:
        """Prove an interval by its own certified runs: whole if one proof is enough, else in parts.  A k that fails, or None."""
        k, last, bought = interval
        rhos = self.shares.along(self.at(k), bought, order)
        stride, watch = last - k, None
        while rhos is not None and k < last:
            stride = min(stride, last - k)
            further = self.shares.along(self.at(k + stride), bought, order, rhos, watch)
            if further is not None:
                rhos, k, stride = further, k + stride, 2 * stride
            elif stride > 1:
                stride //= 2
                if watch is None:
                    watch = self.shares.survey(self.at(last), bought, rhos)
            else:
                k += 1
                rhos = self.shares.along(self.at(k), bought, order, None, watch)
        return k if rhos is None else None


# ---------------------------------------------------------------------------------------------- village rules: contradictions


def contradiction(names: Iterable[str], danish: str, english: str) -> InputRejected:
    listed = ", ".join(names)
    return refused("E308", f"{listed}: {danish}", f"{listed}: {english}")


def refuse_contradictions(contest: Contest) -> None:
    """InputRejected with a set of constraints that nothing can satisfy together and none of which can be spared."""
    available, given = contest.available, set(contest.given)
    given_cost = {index: contest.cost[index] for index in given}
    floors, quotas = contest.tables_of("at-least"), contest.tables_of("at-most")
    rivals, keepers = contest.tables_of("one-of"), contest.tables_of("earmark", "pot")

    def missing(floor: Table) -> int:  # after what was given beforehand
        return max(0, floor.amount - sum(given_cost.get(index, 0) for index in floor.members))

    for table in contest.tables:
        if table.kind in ("at-least", "earmark", "pot"):
            amount = missing(table) if table.kind == "at-least" else table.amount
            if amount > max(0, available):
                raise contradiction([table.name], "mere end puljen", "more than the pool")
    if sum(prize for prize in contest.plan.village.prizes if isinstance(prize, int)) > max(0, available):
        raise contradiction(["prizes"], "mere end puljen", "more than the pool")
    if available < 0:
        raise contradiction(contest.names(given), "koster mere end puljen", "cost more than the pool")
    for index in contest.given:
        proposal = contest.election.proposals[index]
        if proposal.withdrawn or proposal.id in contest.plan.village.withdrawn:
            raise contradiction([proposal.id], "er trukket tilbage", "is withdrawn")
    for table in (*quotas, *rivals):
        charged = sum(given_cost.get(index, 0) for index in table.members)
        if charged > table.amount if table.kind == "at-most" else len(given.intersection(table.members)) > 1:
            raise contradiction([table.name], "brydes af det forlods givne", "is broken by what is given beforehand")
    for floor in floors:
        if missing(floor) > most_asked(contest, floor):
            raise contradiction([floor.name], "forslagene når ikke gulvet", "its proposals ask less than the floor")
    for wanted in contest.tables_of("at-least", "earmark"):
        for quota in quotas:
            if wanted.amount > quota.amount and set(wanted.members) <= set(quota.members):
                names = [wanted.name, quota.name]
                raise contradiction(names, "beløbet er over loftet", "the amount is above the cap")
    links = contest.tables_of("together", "needs")
    if forced_rivals(contest, links):
        for link in links:
            fewer = [other for other in links if other is not link]
            links = fewer if forced_rivals(contest, fewer) else links
        names = [table.name for table in (*links, *forced_rivals(contest, links))]
        raise contradiction(names, "nogle følges ad og udelukker hinanden", "some come together and exclude each other")

    def bundle_ask(index: int, links: list[Table]) -> int:  # nothing where somebody cannot take part anyway
        bundle = contest.bundle(index, given, links)
        alone = len(bundle) == 1 or any(contest.out[member] in ("pre-funded", *NEVER) for member in bundle)
        return 0 if alone else sum(contest.ask[member] for member in bundle)

    links, chains = contest.tables_of("together", "needs"), []
    for index in range(len(contest.ids)):
        if bundle_ask(index, links) > available:
            chain = links
            for link in links:
                fewer = [other for other in chain if other is not link]
                chain = fewer if bundle_ask(index, fewer) > available else chain
            chains.append(chain)
    if chains:
        names = [table.name for table in min(chains, key=len)]
        raise contradiction(names, "koster tilsammen mere end puljen", "cost more than the pool together")
    group = smallest_group([table for table in floors if missing(table)], missing, available)
    if group:
        names = [table.name for table in group]
        raise contradiction(names, "gulvene er sammen over puljen", "the floors are together above the pool")
    if kept_of_tables(keepers, {}) > available:
        names = [table.name for table in spare_none(keepers, lambda some: kept_of_tables(some, {}) > available)]
        raise contradiction(names, "er sammen over puljen", "are together above the pool")
    for place, table in enumerate(keepers):
        for other in keepers[place + 1 :]:
            if table.kind == other.kind and set(table.members) & set(other.members):
                raise contradiction([table.name, other.name], "overlapper", "overlap")
    if len(members_to_choose(contest, contest.tables)) <= MOST_EXAMINED and not floors_can_hold(
        contest, contest.tables
    ):
        names = [table.name for table in spare_none(contest.tables, lambda some: not floors_can_hold(contest, some))]
        raise contradiction(names, "kan ikke holdes sammen", "cannot hold together")


NEVER = ("withdrawn", "over-pool", "over-cap", "below-minimum")  # known before anybody votes
MOST_EXAMINED = 16  # members of floors among which every choice is looked at


def spare_none(tables: list[Table], contradict: Callable[[list[Table]], bool]) -> list[Table]:
    """Contradicting tables, less every one that can be spared."""
    for table in tables:
        fewer = [other for other in tables if other is not table]
        tables = fewer if contradict(fewer) else tables
    return tables


def most_asked(contest: Contest, floor: Table) -> int:
    """What a floor's members ask together at most, whatever the votes are."""
    # a floor that nobody votes for is not reached, no more
    return sum(contest.ask[index] for index in floor.members if contest.out[index] not in ("pre-funded", *NEVER))


def kept_of_tables(tables: Iterable[Table], spent: dict[int, int]) -> int:
    """What earmarks and pots keep together when their members have got `spent`."""
    amounts = [
        (table, max(0, table.amount - sum(spent.get(index, 0) for index in table.members)))
        for table in tables
        if table.kind in ("earmark", "pot")
    ]
    return kept_together([(set(t.members), rest) for t, rest in amounts if t.kind == "earmark"],
                         [(set(t.members), rest) for t, rest in amounts if t.kind == "pot"])  # fmt: skip


def kept_together(earmarks: list[tuple[set[int], int]], pots: list[tuple[set[int], int]]) -> int:
    """The least money with which both can be kept, (members, rest) each: what common members get counts for both.

    So much is spared as can flow from earmarks to pots with a common member; it is sent along shortest ways.
    """
    start, end = ("start", 0), ("end", 0)
    room: dict[tuple[str, int], dict[tuple[str, int], int]] = {start: {}, end: {}}

    def join(here: tuple[str, int], there: tuple[str, int], amount: int) -> None:
        room.setdefault(here, {})[there] = amount
        room.setdefault(there, {})[here] = 0

    for place, (_, rest) in enumerate(pots):
        join(("pot", place), end, rest)
    for place, (members, rest) in enumerate(earmarks):
        join(start, ("earmark", place), rest)
        for pot, (others, _) in enumerate(pots):
            if members & others:
                join(("earmark", place), ("pot", pot), rest)
    total = sum(rest for _, rest in [*earmarks, *pots])
    while True:
        came, ways = {start: start}, [start]
        for here in ways:  # which grows on the way
            new = [there for there, amount in room[here].items() if amount and there not in came]
            came.update(dict.fromkeys(new, here))
            ways += new
        if end not in came:
            return total
        way, there = [], end
        while there != start:
            way.append((came[there], there))
            there = came[there]
        much = min(room[here][there] for here, there in way)
        for here, there in way:
            room[here][there] -= much
            room[there][here] += much
        total -= much


def members_to_choose(contest: Contest, tables: list[Table]) -> dict[int, set[int]]:
    """The members of floors that could be funded whatever the votes are, each with itself and all it needs."""
    links, given = [table for table in tables if table.kind in ("together", "needs")], set(contest.given)
    members = {index for table in tables if table.kind == "at-least" for index in table.members} - given
    bundles = {index: set(contest.bundle(index, given, links)) for index in sorted(members)}
    return {i: bundle for i, bundle in bundles.items() if not any(contest.out[other] in NEVER for other in bundle)}


def floors_can_hold(contest: Contest, tables: list[Table]) -> bool:
    """True when some choice of proposals gives every floor its amount and breaks no other table."""
    given, available = set(contest.given), contest.available
    least = contest.least if contest.plan.rule == "residual" else contest.ask
    floors, quotas, rivals = ([t for t in tables if t.kind == kind] for kind in ("at-least", "at-most", "one-of"))

    def got(table: Table, chosen: set[int], amounts: list[int]) -> int:
        members = set(table.members)
        return sum(contest.cost[i] for i in members & given) + sum(amounts[i] for i in members & chosen)

    def breaks(chosen: set[int]) -> bool:
        spent = {index: least[index] for index in chosen}
        return (
            sum(spent.values()) + kept_of_tables(tables, spent) > available
            or any(got(table, chosen, least) > table.amount for table in quotas)
            or any(len((chosen | given).intersection(table.members)) > 1 for table in rivals)
        )

    bundles = list(members_to_choose(contest, tables).values())
    waiting: list[tuple[int, set[int]]] = [(0, set())]  # (how many bundles are decided, who is chosen)
    while waiting:
        decided, chosen = waiting.pop()
        every = chosen.union(*bundles[decided:])
        if breaks(chosen) or any(got(floor, every, contest.ask) < floor.amount for floor in floors):
            continue  # more would not mend the one, nor less the other
        if all(got(floor, chosen, contest.ask) >= floor.amount for floor in floors):
            return True
        waiting += [(decided + 1, chosen), (decided + 1, chosen | bundles[decided])]
    return False


def forced_rivals(contest: Contest, links: list[Table]) -> list[Table]:
    """The first one-of of which two come together by these links, if any."""
    for table in contest.tables_of("one-of"):
        for index in range(len(contest.ids)):
            if len(set(contest.bundle(index, set(), links)).intersection(table.members)) > 1:
                return [table]
    return []


def smallest_group(floors: list[Table], missing: Callable[[Table], int], available: int) -> list[Table]:
    """The fewest floors without common members that together want more than there is, or none."""
    floors = sorted(floors, key=missing, reverse=True)
    wants = [missing(floor) for floor in floors]

    def search(size: int, start: int, taken: list[Table], wanted: int) -> list[Table]:
        if size == 0:
            return taken if wanted > available else []
        for place in range(start, len(floors) - size + 1):
            if wanted + sum(wants[place : place + size]) <= available:
                return []  # the greatest that are left are not enough
            if all(set(floors[place].members).isdisjoint(other.members) for other in taken):
                found = search(size - 1, place + 1, [*taken, floors[place]], wanted + wants[place])
                if found:
                    return found
        return []

    return next((group for size in range(2, len(floors) + 1) if (group := search(size, 0, [], 0))), [])


# ---------------------------------------------------------------------------------------------- village rules: going on


class Phase(NamedTuple):
    """A pass: its name in the trace, and the floor or pot it is made for."""

    name: str
    table: int = -1  # place among contest.tables


class Offer(NamedTuple):
    """What a proposal could get in its turn; nothing, and why, when it does not fit."""

    amount: int
    because: str | None = None


class Turns:
    """Passes over proposals in turn under constraints: who is funded, what each constraint has got, what is left."""

    def __init__(self, contest: Contest, order: Order, steps: list[Step]) -> None:
        self.contest, self.order, self.steps = contest, order, steps
        self.left = contest.pool
        self.funded: set[int] = set()
        self.spent = [0] * len(contest.tables)
        self.rest = {place: 0 for place, table in enumerate(contest.tables) if table.kind == "pot"}
        self.part_given = False  # next-part: only once
        for step in funded_by(steps):
            self.take(contest.index_of[step["proposal"]], step["amount"], Phase(step["phase"]))
        self.fill_pots()

    def fill_pots(self) -> None:
        """Each pot its amount; with `resplit` those without eligible members are shared out among the others."""
        tables = self.contest.tables
        self.rest = {place: tables[place].amount for place in self.rest}
        living = [place for place in self.rest if set(tables[place].members).intersection(self.contest.eligible)]
        if self.contest.plan.village.unused == "resplit" and living:
            freed = sum(self.rest[place] for place in self.rest if place not in living)
            each, over = divmod(freed, len(living))
            for position, place in enumerate(living):
                self.rest[place] += each + (position < over)
            self.rest.update((place, 0) for place in self.rest if place not in living)

    # -- room

    def holding(self, kind: str, index: int) -> list[int]:
        """The places of the constraints of a kind that have this member."""
        return [
            place for place, table in enumerate(self.contest.tables) if table.kind == kind and index in table.members
        ]

    def reserves(self) -> dict[int, int]:
        """What each earmark still keeps back, by place."""
        return {
            place: max(0, table.amount - self.spent[place])
            for place, table in enumerate(self.contest.tables)
            if table.kind == "earmark"
        }

    def room(self, index: int, phase: Phase) -> int:
        room = self.left
        if phase.name not in ("floor", "pot", "rule"):
            return room
        pots = [place for place in self.rest if index not in self.contest.tables[place].members]
        if phase.name == "rule":
            pots = [] if self.contest.plan.village.unused == "common" else list(self.rest)
        members = [set(table.members) for table in self.contest.tables]
        earmarks = [(members[place], rest) for place, rest in self.reserves().items() if index not in members[place]]
        room -= kept_together(earmarks, [(members[place], self.rest[place]) for place in pots])
        return min(room, self.rest[phase.table]) if phase.name == "pot" else room

    def quota(self, index: int) -> int | None:
        places = self.holding("at-most", index)
        return min((self.contest.tables[place].amount - self.spent[place] for place in places), default=None)

    def excluded(self, indices: list[int]) -> bool:
        """True when one of them has a funded rival, or two of them are rivals."""
        for table in self.contest.tables_of("one-of"):
            members = set(table.members)
            if len(members.intersection(indices)) > 1:
                return True
            if members.intersection(indices) and members.intersection(self.funded):
                return True
        return False

    def offer(self, index: int, phase: Phase, alone: bool) -> Offer:
        """The whole ask when it fits; else, where the rule gives parts, what there is."""
        ask, least = self.contest.ask[index], self.contest.least[index]
        room, quota = self.room(index, phase), self.quota(index)
        there = room if quota is None else min(room, quota)
        if ask <= there:
            return Offer(ask)
        rule = self.contest.plan.rule
        residual = alone and rule == "residual" and phase.name != "leftover"
        next_part = alone and phase.name == "leftover" and self.contest.plan.village.leftover == "next-part"
        if (residual or (next_part and not self.part_given)) and there >= least:
            self.part_given = self.part_given or next_part
            return Offer(there)
        wanted = least if residual else ask
        if quota is not None and wanted > quota:
            return Offer(0, "over-quota")
        return Offer(0, "earmarked" if wanted <= self.left else None)

    def no_order_matters(self, tied: list[int], phase: Phase) -> bool:
        """The open ones all fit together, whoever comes first."""
        contest = self.contest
        if any(len(contest.bundle(index, self.funded)) > 1 for index in tied) or self.excluded(tied):
            return False
        total = sum(contest.ask[index] for index in tied)
        if any(total > self.room(index, phase) for index in tied):
            return False
        for place, table in enumerate(contest.tables):
            asked = sum(contest.ask[index] for index in tied if index in table.members)
            if table.kind == "at-most" and self.spent[place] + asked > table.amount:
                return False
        least = min(contest.ask[index] for index in tied)
        return phase.name != "floor" or self.spent[phase.table] + total - least < contest.tables[phase.table].amount

    # -- passes

    def take(self, index: int, amount: int, phase: Phase) -> None:
        self.left -= amount
        self.funded.add(index)
        for place, table in enumerate(self.contest.tables):
            if index in table.members:
                if phase.name != "given" or table.kind not in ("earmark", "pot"):
                    self.spent[place] += amount
                if phase.name in ("floor", "pot") and table.kind == "pot":
                    self.rest[place] = max(0, self.rest[place] - amount)

    def go(self, indices: Iterable[int], phase: Phase) -> None:
        """One pass: each in turn, greatest value first."""
        contest = self.contest
        rule = contest.plan.rule if phase.name != "leftover" else "greedy"
        floor = contest.tables[phase.table] if phase.name == "floor" else None
        waiting: dict[Fraction, list[int]] = {}
        for index in indices:
            if index not in self.funded:
                waiting.setdefault(greedy_value(contest, rule, index), []).append(index)
        for value in sorted(waiting, reverse=True):
            group = [index for index in waiting[value] if index not in self.funded]
            while group and (floor is None or self.spent[phase.table] < floor.amount):
                step = len(self.steps) + 1
                chosen, decided_by = self.order.choose(
                    group, step, fits=lambda tied: self.no_order_matters(tied, phase)
                )
                self.turn(chosen, phase, {"value": rational(value), **tie_keys(contest, group, decided_by)})
                group = [index for index in group if index != chosen and index not in self.funded]

    def attempt(self, chosen: int, phase: Phase) -> tuple[list[tuple[int, int, int]], str | None]:
        """Fund a proposal and what it needs: (proposal, amount, left) of each; or nobody, and why it does not fit."""
        return self.attempt_all(self.contest.bundle(chosen, self.funded), phase)

    def attempt_all(self, bundle: list[int], phase: Phase) -> tuple[list[tuple[int, int, int]], str | None]:
        """The same for proposals that stand or fall together."""
        if self.excluded(bundle):
            return [], "excluded"
        if phase.name == "pot" and not set(bundle).issubset(self.contest.tables[phase.table].members):
            return [], "earmarked"
        offers = [self.offer_beside(index, bundle, phase) for index in bundle]
        reasons = [offer.because for offer in offers if offer.amount == 0]
        if reasons:  # whatever is left is the same for each: they differ only in their quotas
            return [], "over-quota" if "over-quota" in reasons else reasons[0]
        taken: list[tuple[int, int, int]] = []
        for index, offer in zip(bundle, offers):  # noqa: B905 (newer than Python 3.9)
            self.take(index, offer.amount, phase)
            taken.append((index, offer.amount, self.left))
        return taken, None

    def offer_beside(self, index: int, bundle: list[int], phase: Phase) -> Offer:
        """What a proposal could get if all the others it stands or falls with were funded."""
        before = self.state()
        for other in bundle:
            if other != index:
                self.take(other, self.contest.ask[other], phase)
        offer = self.offer(index, phase, len(bundle) == 1)
        self.back_to(before)
        return offer

    def would_fit(self, bundle: list[int], phase: Phase) -> bool:
        before = self.state()
        taken, _ = self.attempt_all(bundle, phase)
        self.back_to(before)
        return bool(taken)

    def state(self) -> tuple[int, set[int], list[int], dict[int, int]]:
        return self.left, self.funded.copy(), self.spent.copy(), self.rest.copy()

    def back_to(self, state: tuple[int, set[int], list[int], dict[int, int]]) -> None:
        self.left, self.funded, self.spent, self.rest = state

    def turn(self, chosen: int, phase: Phase, keys: Step) -> None:
        taken, because = self.attempt(chosen, phase)
        for index, amount, left in taken:
            line: Step = {**keys, "kind": "funded", "proposal": self.contest.ids[index], "amount": amount, "left": left}
            self.steps.append({**line, "step": len(self.steps) + 1, "phase": phase.name})
            keys = {**keys, "tied": [], "decided_by": None}  # the others follow
        if not taken:
            line = {**keys, "kind": "skipped", "proposal": self.contest.ids[chosen], "left": self.left}
            line.update({} if because is None else {"because": because})
            self.steps.append({**line, "step": len(self.steps) + 1, "phase": phase.name})

    def run(self) -> None:
        """The passes of a rule that goes on."""
        contest = self.contest
        for kind, name in (("at-least", "floor"), ("pot", "pot")):
            for place, table in enumerate(contest.tables):
                if table.kind == kind:
                    self.go([index for index in contest.eligible if index in table.members], Phase(name, place))
        self.go(contest.eligible, Phase("rule"))
        if contest.plan.village.unused == "common" and any(self.reserves().values()):
            self.go(contest.eligible, Phase("released"))


# ---------------------------------------------------------------------------------------------- village rules: allocations


def in_turn(contest: Contest, indices: Iterable[int]) -> list[list[int]]:
    """By score, greatest first: the groups of equal score."""
    groups: dict[Fraction, list[int]] = {}
    for index in indices:
        groups.setdefault(contest.score[index], []).append(index)
    return [groups[score] for score in sorted(groups, reverse=True)]


def residual_last(contest: Contest, order: Order, steps: list[Step]) -> None:
    """In turn; the first that does not fit gets what is left, if that is enough for it, and is the last."""
    left = contest.available
    for group in in_turn(contest, contest.eligible):
        while group:
            total = left

            def all_fit(tied: list[int], total: int = total) -> bool:
                return sum(contest.ask[index] for index in tied) <= total

            chosen, decided_by = order.choose(group, len(steps) + 1, fits=all_fit)
            line: Step = {"step": len(steps) + 1, "phase": "rule", "value": rational(contest.score[chosen])}
            line.update(tie_keys(contest, group, decided_by))
            amount = min(left, contest.ask[chosen])
            name, last = contest.ids[chosen], amount < contest.ask[chosen]
            if last and amount < contest.least[chosen]:
                steps.append({**line, "kind": "stopped", "over": [name], "left": left})
                return
            left -= amount
            steps.append({**line, "kind": "funded", "proposal": name, "amount": amount, "left": left})
            if last:
                return
            group = [index for index in group if index != chosen]


def prize_ladder(contest: Contest, order: Order, steps: list[Step]) -> None:
    """In turn; each gets the next prize, at most what it asks.  A prize that is too small for it goes to the next."""
    left, prizes = contest.available, list(contest.plan.village.prizes)

    def alike(tied: list[int]) -> bool:
        ahead = prizes[: len(tied)]
        return len(ahead) == len(tied) and set(ahead) != {"rest"} and len(set(ahead)) == 1

    for group in in_turn(contest, contest.eligible):
        while group and prizes:
            chosen, decided_by = order.choose(group, len(steps) + 1, fits=alike)
            line: Step = {"step": len(steps) + 1, "phase": "rule", "value": rational(contest.score[chosen])}
            line.update(tie_keys(contest, group, decided_by), proposal=contest.ids[chosen])
            prize = prizes[0]
            amount = min(prize if isinstance(prize, int) else left, contest.ask[chosen])
            if amount < contest.least[chosen]:
                steps.append({**line, "kind": "skipped", "left": left, "because": "below-minimum"})
            else:
                prizes.pop(0)
                left -= amount
                steps.append({**line, "kind": "funded", "amount": amount, "left": left})
            group = [index for index in group if index != chosen]


def whole_units(amount: Fraction | int, unit: int) -> int:
    return int(amount // unit) * unit


def equal_award(asks: dict[int, int], money: int, unit: int) -> tuple[dict[int, int], int]:
    """Constrained equal awards: min(ask, lambda) rounded down to units, and how many units remain.

    Asks and money are whole units, the money at most the sum of the asks.
    """
    base: dict[int, int] = {}
    for place, index in enumerate(sorted(asks, key=lambda index: asks[index])):
        sharing = len(asks) - place
        if asks[index] * sharing <= money - sum(base.values()):
            base[index] = asks[index]
        else:  # lambda is below this ask and all the greater ones
            rest = money - sum(base.values())
            level = whole_units(Fraction(rest, sharing), unit)
            base.update((other, level) for other in asks if other not in base)
            break
    return base, (money - sum(base.values())) // unit


class Split(NamedTuple):
    """Who shares, what each gets at least, who gets one of the units that remain, who left with which value."""

    base: dict[int, int]
    units: int
    value: dict[int, Fraction]
    left_out: dict[int, Fraction]


def equal_split_of(contest: Contest, members: list[int]) -> Split:
    unit = contest.plan.village.unit
    left_out: dict[int, Fraction] = {}
    while True:
        asks = {index: whole_units(contest.ask[index], unit) for index in members if index not in left_out}
        base, units = equal_award(asks, whole_units(min(contest.available, sum(asks.values())), unit), unit)
        leaving = [index for index in base if base[index] < contest.least[index]]
        if not leaving:
            return Split(base, units, {index: contest.score[index] for index in base}, left_out)
        left_out.update((index, contest.score[index]) for index in leaving)


def shares_of(contest: Contest, members: Iterable[int]) -> dict[int, Fraction]:
    """x(p): every ballot's equal share, divided among its marks on those that still share."""
    by_cost, sharing = contest.election.method == "knapsack", set(members)
    parts: dict[tuple[int, int], int] = {}  # proposal and S_i -> sum of weights times marks
    for marks, weight in zip(contest.marks, contest.weight):  # noqa: B905
        mine = [(index, contest.cost[index] if by_cost else value) for index, value in marks if index in sharing]
        total = sum(value for _, value in mine)
        for index, value in mine:
            parts[index, total] = parts.get((index, total), 0) + weight * value
    shares = dict.fromkeys(members, Fraction(0))
    for (index, total), value in parts.items():
        shares[index] += Fraction(value, total)
    return {index: share * contest.available / contest.voters / contest.unit for index, share in shares.items()}


def everyones_share_of(contest: Contest) -> tuple[Split, dict[int, Fraction]]:
    """The split, and the fraction that rounding took from each."""
    unit = contest.plan.village.unit
    left_out: dict[int, Fraction] = {}
    while True:
        value = shares_of(contest, [index for index in contest.eligible if index not in left_out])
        exact = {i: min(Fraction(whole_units(contest.ask[i], unit)), share) for i, share in value.items()}
        base = {index: whole_units(share, unit) for index, share in exact.items()}
        leaving = [index for index in base if base[index] < contest.least[index]]
        if not leaving:
            total = whole_units(sum(exact.values(), Fraction(0)), unit)
            units = (total - sum(base.values())) // unit
            return Split(base, units, value, left_out), {index: exact[index] - base[index] for index in base}
        left_out.update((index, value[index]) for index in leaving)


def write_split(
    contest: Contest, steps: list[Step], split: Split, turns: list[tuple[int, Step]], favoured: set[int]
) -> None:
    """Those that left, by id; then the others in their turn, the favoured ones with a unit more."""
    left = contest.available
    for index in sorted(split.left_out):
        line: Step = {"step": len(steps) + 1, "phase": "rule", "proposal": contest.ids[index], "left": left}
        line.update(value=rational(split.left_out[index]), tied=[], decided_by=None)
        steps.append({**line, "kind": "skipped", "because": "below-minimum"})
    for index, keys in turns:
        amount = split.base[index] + (contest.plan.village.unit if index in favoured else 0)
        left -= amount
        line = {"step": len(steps) + 1, "phase": "rule", "proposal": contest.ids[index], "amount": amount, "left": left}
        steps.append({**line, **keys, "kind": "funded", "value": rational(split.value[index])})


def first_winners(contest: Contest, order: Order, first_step: int) -> list[int]:
    """The first `winners` in turn."""
    winners = contest.plan.village.winners or 0
    taken: list[int] = []
    for group in in_turn(contest, contest.eligible):
        while group and len(taken) < winners:
            place = len(taken)

            def all_within(tied: list[int], place: int = place) -> bool:
                return winners >= place + len(tied)

            chosen, _ = order.choose(group, first_step + place, fits=all_within)
            taken.append(chosen)
            group = [index for index in group if index != chosen]
    return taken


def equal_split(contest: Contest, order: Order, steps: list[Step]) -> None:
    """Equal parts, no one more than it asks; what does not divide goes to the first in turn."""
    village = contest.plan.village
    picked = list(contest.eligible) if village.winners is None else first_winners(contest, order, len(steps) + 1)
    split = equal_split_of(contest, picked)
    units = split.units if village.remainder == "order" else 0
    asks = {index: whole_units(contest.ask[index], village.unit) for index in split.base}
    favoured: set[int] = set()
    turns: list[tuple[int, Step]] = []
    first = len(steps) + len(split.left_out) + 1
    for group in in_turn(contest, [index for index in contest.eligible if index not in split.left_out]):
        while any(index in split.base for index in group):
            served = len(favoured)

            def end_is_outside(tied: list[int], served: int = served) -> bool:
                wanting = sum(asks[index] > split.base[index] for index in tied if index in split.base)
                return not served < units < served + wanting

            # whoever is no winner stands behind the winners she is tied with: that was settled when they were picked
            chosen, decided_by = order.choose(group, first + len(turns), fits=end_is_outside)
            if len(favoured) < units and asks[chosen] > split.base[chosen]:
                favoured.add(chosen)
            turns.append((chosen, tie_keys(contest, group, decided_by)))
            group = [index for index in group if index != chosen]
    write_split(contest, steps, split, turns, favoured)


def everyones_share(contest: Contest, order: Order, steps: list[Step]) -> None:
    """Each proposal gets what the ballots' equal shares come to; what does not divide goes by largest remainder."""
    split, fractions = everyones_share_of(contest)
    units = split.units if contest.plan.village.remainder == "order" else 0
    greatest = sorted(fractions.values(), reverse=True)
    ending: set[int] = set()  # equal fractions of which some get a unit and some do not
    if units > 0 and greatest[units - 1] == greatest[units]:
        ending = {index for index in fractions if fractions[index] == greatest[units]}

    def end_is_outside(tied: list[int]) -> bool:
        return len(ending.intersection(tied)) < 2

    turns: list[tuple[int, Step]] = []
    first = len(steps) + len(split.left_out) + 1
    for group in in_turn(contest, split.base):
        while group:
            chosen, decided_by = order.choose(group, first + len(turns), fits=end_is_outside)
            turns.append((chosen, tie_keys(contest, group, decided_by)))
            group = [index for index in group if index != chosen]
    ranked = sorted((index for index, _ in turns), key=lambda index: -fractions[index])  # equal ones stay in turn
    write_split(contest, steps, split, turns, set(ranked[:units]))


def acclamation(contest: Contest, steps: list[Step]) -> None:
    """Everything fits and nobody votes: all are funded, by id."""
    total = sum(contest.cost[index] for index in contest.eligible)
    if contest.voters > 0:
        raise refused(
            "E309", "Der er stemmer: det afgøres ikke uden afstemning", "There are ballots: a vote must decide"
        )
    if total > contest.available:
        names = ", ".join(contest.names(contest.eligible))
        raise refused("E309", f"Ikke alt kan få plads: {names}", f"Not everything fits: {names}")
    left = contest.available
    for index in contest.eligible:
        left -= contest.cost[index]
        line: Step = {"step": len(steps) + 1, "phase": "rule", "proposal": contest.ids[index], "left": left}
        line.update(amount=contest.cost[index], value="0/1", tied=[], decided_by=None)
        steps.append({**line, "kind": "funded"})


def given_steps(contest: Contest) -> list[Step]:
    """What was given beforehand, by id."""
    steps: list[Step] = []
    left = contest.pool
    for index in contest.given:
        left -= contest.cost[index]
        line: Step = {"kind": "funded", "step": len(steps) + 1, "phase": "given", "proposal": contest.ids[index]}
        line.update(amount=contest.cost[index], left=left, value="0/1", tied=[], decided_by=None)
        steps.append(line)
    return steps


def village_rule(contest: Contest, order: Order, steps: list[Step]) -> None:
    """Append the steps of a rule of this book, or of an old one under constraints."""
    rule = contest.plan.rule
    if rule == "residual-last":
        residual_last(contest, order, steps)
    elif rule == "prize-ladder":
        prize_ladder(contest, order, steps)
    elif rule == "equal-split":
        equal_split(contest, order, steps)
    elif rule == "everyones-share":
        everyones_share(contest, order, steps)
    elif rule == "acclamation":
        acclamation(contest, steps)
    else:
        Turns(contest, order, steps).run()


# ---------------------------------------------------------------------------------------------- leftover and reserve


def supported(contest: Contest, funded: set[int]) -> list[int]:
    """Those that take part, have a supporter and are not funded."""
    return [index for index in contest.eligible if index not in funded and contest.support[index] > 0]


def leftover(contest: Contest, order: Order, steps: list[Step]) -> None:
    """Append what the plan does with the money that is left."""
    policy = contest.plan.village.leftover
    if policy in ("next", "next-part"):
        turns = Turns(contest, order, steps)
        turns.go(supported(contest, turns.funded), Phase("leftover"))
    elif policy == "redistribute":
        redistribute(contest, order, steps)


def redistribute(contest: Contest, order: Order, steps: list[Step]) -> None:
    """What is left, in equal parts, to those who got less than they could: nobody leaves, øre in turn."""
    cap, funded = contest.plan.village.cap, funded_by(steps)
    left = contest.pool - sum(step["amount"] for step in funded)
    lacks: dict[int, int] = {}
    for step in funded:
        index = contest.index_of[step["proposal"]]
        most = contest.cost[index] if cap is None else min(contest.cost[index], cap)
        if step["phase"] != "given" and step["amount"] < most:
            lacks[index] = most - step["amount"]
    base, units = equal_award(lacks, min(left, sum(lacks.values())), 1)
    served = 0
    for group in in_turn(contest, sorted(lacks)):
        while group:
            already = served

            def end_is_outside(tied: list[int], already: int = already) -> bool:
                return not already < units < already + sum(lacks[index] > base[index] for index in tied)

            chosen, decided_by = order.choose(group, len(steps) + 1, fits=end_is_outside)
            amount = base[chosen]
            if lacks[chosen] > amount and served < units:
                amount, served = amount + 1, served + 1
            if amount:
                left -= amount
                line: Step = {
                    "kind": "topped",
                    "step": len(steps) + 1,
                    "phase": "leftover",
                    "amount": amount,
                    "left": left,
                }
                line.update(tie_keys(contest, group, decided_by), value=rational(contest.score[chosen]))
                steps.append({**line, "proposal": contest.ids[chosen]})
            group = [index for index in group if index != chosen]


def reserve_list(contest: Contest, steps: list[Step]) -> list[list[str]]:
    """Who would be next, greatest score first; what neither the criteria nor a draw has split stands together."""
    lot, taken = contest.plan.lot, {step["proposal"] for step in funded_by(steps)}
    classes: dict[tuple[Fraction | int, ...], list[str]] = {}
    for index in contest.eligible:
        if contest.ids[index] not in taken:
            key: tuple[Fraction | int, ...] = (-contest.score[index],)
            if "cheapest" in contest.plan.ties:
                key += (contest.cost[index],)
            if lot is not None:
                key += (lot.order.index(contest.ids[index]),)
            classes.setdefault(key, []).append(contest.ids[index])
    return [classes[key] for key in sorted(classes)]


# ---------------------------------------------------------------------------------------------- the count


class Result(NamedTuple):
    """A count: the lines of its trace, and the outcome folded from them."""

    lines: list[Step]
    outcome: Step

    def trace_bytes(self) -> bytes:
        return b"".join(canonical(line) for line in self.lines)

    def outcome_bytes(self) -> bytes:
        return canonical(self.outcome)


def funded_by(steps: Iterable[Step]) -> list[Step]:
    """The funded steps that stand, with what topped them.

    After a comparison that took greedy: only those behind it, and what was given beforehand.
    """
    funded: list[Step] = []
    for step in steps:
        if step["kind"] == "funded":
            funded.append(step)
        elif step["kind"] == "comparison" and step["taken"] == "greedy":
            funded = [earlier for earlier in funded if earlier["phase"] == "given"]
        elif step["kind"] == "topped":
            place = next(at for at, earlier in enumerate(funded) if earlier["proposal"] == step["proposal"])
            funded[place] = {**funded[place], "amount": funded[place]["amount"] + step["amount"]}
    return funded


def fold_outcome(contest: Contest, steps: list[Step], endowment: Fraction | None) -> Step:
    election, plan = contest.election, contest.plan
    funded = funded_by(steps)
    reasons: dict[str, str] = {}
    for step in steps:
        if step["kind"] == "skipped":
            reasons[step["proposal"]] = step.get("because", "does-not-fit")
        elif step["kind"] == "stopped":
            reasons.update(dict.fromkeys(step["over"], "does-not-fit"))
        elif step["kind"] == "unaffordable":
            reasons[step["proposal"]] = "unaffordable"
        elif step["kind"] == "comparison" and step["taken"] == "greedy":
            reasons, endowment = {}, None
    taken = {step["proposal"] for step in funded}
    entries = []
    for step in funded:
        entry = {"proposal": step["proposal"], "amount": step["amount"], "step": step["step"]}
        entries.append({**entry, "topped_up": step["topped_up"]} if "topped_up" in step else entry)
    spent = sum(step["amount"] for step in funded)
    more: Step = {}
    if plan.village.leftover is not None:
        more["leftover"] = {"amount": contest.pool - spent, "policy": plan.village.leftover}
    if plan.village.reserve:
        more["reserve"] = reserve_list(contest, steps)
    if election.hand_count is not None:
        more["recountable"] = False
    return {
        **more,
        "schema": "borgerbudget.outcome/1",
        "plan": plan.document(),
        "currency": election.currency,
        "minor_units": 2,
        "pool": contest.pool,
        "spent": spent,
        "ballots": contest.ballots_document(),
        "funded": entries,
        "not_funded": [
            {"proposal": name, "reason": contest.out[index] or reasons.get(name, "after-stop")}
            for index, name in enumerate(contest.ids)
            if name not in taken
        ],
        "ties": [
            {
                "step": step["step"],
                "tied": step["tied"],
                "chosen": step["over"][0] if step["kind"] == "stopped" else step["proposal"],
                "decided_by": step["decided_by"],
            }
            for step in steps
            if step.get("tied") and step["decided_by"] is not None
        ],
        "endowment": None if endowment is None else rational(endowment),
        "input_sha256": election.input_sha256,
    }


def preferences(contest: Contest, ours: set[int], greedys: set[int]) -> tuple[Fraction, Fraction]:
    """The weight of voters who prefer greedy's outcome, and of those who prefer the other."""
    for_greedy = for_ours = 0
    only_one = contest.plan.comparison == "exclusion-ratio"
    for marks, weight in zip(contest.marks, contest.weight):  # noqa: B905 (strict= is newer than Python 3.9)
        in_greedy = sum(index in greedys for index, _ in marks)
        in_ours = sum(index in ours for index, _ in marks)
        if only_one:
            in_greedy, in_ours = min(in_greedy, 1), min(in_ours, 1)
        for_greedy += weight * (in_greedy > in_ours)
        for_ours += weight * (in_ours > in_greedy)
    return Fraction(for_greedy, contest.unit), Fraction(for_ours, contest.unit)


def interval_lines(contest: Contest, endowments: Endowments, intervals: list[Interval]) -> list[Step]:
    return [
        {
            "kind": "interval",
            "from": interval.first,
            "to": interval.last,
            "funded": [contest.ids[index] for index in interval.bought],
            "spent": endowments.spent(interval.bought),
        }
        for interval in intervals
    ]


def stopping_line(endowments: Endowments, intervals: list[Interval], step: int) -> tuple[int, Step]:
    """The k to keep, and the step that says why the search ended."""
    last = intervals[-1]
    reason = endowments.stop_reason(last.bought)
    over = reason == "over-pool"
    kept = last.first - 1 if over else last.first
    return kept, {
        "kind": "endowment-stopped",
        "step": step,
        "phase": "completion",
        "reason": reason,
        "kept": kept,
        "endowment": rational(endowments.at(kept)),
        "next_endowment": rational(endowments.at(last.first)) if over else None,
        "next_total": endowments.spent(last.bought) if over else None,
    }


def comparison_line(contest: Contest, step: int, steps: list[Step], greedy_steps: list[Step]) -> Step:
    index_of = {name: index for index, name in enumerate(contest.ids)}
    ours = {index_of[line["proposal"]] for line in funded_by(steps)}
    greedys = {index_of[line["proposal"]] for line in funded_by(greedy_steps)}.union(contest.given)
    for_greedy, for_ours = preferences(contest, ours, greedys)
    return {
        "kind": "comparison",
        "step": step,
        "phase": "comparison",
        "by": contest.plan.comparison,
        "for_greedy": number(for_greedy),
        "for_equal_shares": number(for_ours),
        "taken": "greedy" if for_greedy > for_ours else "equal-shares",
    }


def count_once(contest: Contest, order: Order, slow: bool = False) -> tuple[list[Step], list[Step], Fraction | None]:
    """One complete count with ties broken by `order`: interval lines, steps, endowment."""
    plan, steps = contest.plan, given_steps(contest)
    table: list[Step] = []
    endowment: Fraction | None = None
    first = len(steps) + 1
    if contest.voters == 0 and not contest.decided:
        pass
    elif plan.rule == "phragmen":
        steps += phragmen(contest, order, first)
    elif plan.rule == "equal-shares":
        table, endowment = count_equal_shares(contest, order, steps, slow)
    elif plan.rule in COUNTING_RULES and not contest.tables:
        steps += greedy(contest, plan.rule, order, contest.eligible, contest.available, "rule", first)
    else:
        village_rule(contest, order, steps)
    leftover(contest, order, steps)
    return table, steps, endowment


def count_equal_shares(contest: Contest, order: Order, steps: list[Step], slow: bool) -> tuple[list[Step], Fraction]:
    """Append the steps of equal shares, its completion and comparison; interval lines and endowment."""
    plan, shares = contest.plan, EqualShares(contest)
    table: list[Step] = []
    if plan.adds:
        endowments = Endowments(contest, shares)
        intervals = endowments.search(order, slow)
        table = interval_lines(contest, endowments, intervals)
        kept, stopping = stopping_line(endowments, intervals, 0)
        endowment = endowments.at(kept)
        steps += shares.free(endowment, order, kept, with_steps=True).steps
        steps.append({**stopping, "step": len(steps) + 1})
    else:
        endowment = contest.available / contest.voters
        steps += shares.free(endowment, order, None, with_steps=True).steps

    if plan.completion in ("utilitarian", "add1u", "add1eu"):
        Turns(contest, order, steps).go(contest.eligible, Phase("completion"))
    if plan.comparison != "none":
        step = len(steps) + 1
        begun_anew = [*steps, {"kind": "comparison", "taken": "greedy"}]
        Turns(contest, order, begun_anew).go(contest.eligible, Phase("comparison"))
        greedy_steps = begun_anew[step:]
        steps.append(comparison_line(contest, step, steps, greedy_steps))
        if steps[-1]["taken"] == "greedy":
            steps += greedy_steps
    return table, endowment


def count(election: Election, plan: Plan, slow: bool = False, contest: Contest | None = None) -> Result:
    """Count, following every way to break open ties until one makes a difference."""
    contest = contest or Contest(election, plan)
    refuse_contradictions(contest)
    result: Result | None = None
    first_path: list[Choice] = []
    first_funded: list[tuple[str, int]] = []
    script: list[int] = []
    leaves = 0
    while True:
        if leaves == MOST_BRANCHES:
            raise tie_matters(contest, first_path[0], "too-many")
        leaves += 1
        order = Order(contest, script)
        table, steps, endowment = count_once(contest, order, slow)
        funded = sorted((line["proposal"], line["amount"]) for line in funded_by(steps))
        if result is None:
            result = Result([contest.header(), *table, *steps], fold_outcome(contest, steps, endowment))
            first_path, first_funded = order.path, funded
        elif funded != first_funded:
            leaving = next(i for i, choice in enumerate(order.path) if choice.taken != first_path[i].taken)
            raise tie_matters(contest, first_path[leaving], "matters")
        path = order.path
        while path and path[-1].taken + 1 == len(path[-1].candidates):
            path = path[:-1]
        if not path:
            return result
        script = [choice.taken for choice in path]
        script[-1] += 1


def tie_matters(contest: Contest, choice: Choice, reason: str) -> TieMatters:
    return TieMatters(choice.step, contest.names(choice.candidates), reason, choice.run)


def withdraw(result: Result, contest: Contest, names: Iterable[str]) -> Step:
    """Who moves up when these are withdrawn after the count: the reserve in its order, each that fits whole."""
    gone = sorted(set(names))
    unknown = [name for name in gone if name not in contest.index_of]
    if unknown:
        raise refused("E307", f"withdraw: ukendt forslag {unknown[0]!r}", f"withdraw: unknown proposal {unknown[0]!r}")
    steps = [line for line in result.lines if "step" in line]
    freed = sum(award["amount"] for award in result.outcome["funded"] if award["proposal"] in gone)
    staying = [step for step in funded_by(steps) if step["proposal"] not in gone]
    leaving = {step["proposal"] for step in funded_by(steps)}.intersection(gone)
    for step in sorted(staying, key=lambda step: str(step["proposal"])):
        index = contest.index_of[step["proposal"]]
        for table in contest.tables_of("together", "needs"):
            alone = leaving.intersection(contest.names(table.members))
            if alone and (index == table.members[0] or (table.kind == "together" and index in table.members)):
                names = [step["proposal"], *sorted(alone)]
                raise contradiction(names, "følges ad; træk dem alle tilbage", "come together; withdraw them all")
    turns, phase = Turns(contest, Order(contest), staying), Phase("leftover")
    turns.part_given = True  # whole or not at all
    moved: list[tuple[int, int, int]] = []
    for group in reserve_list(contest, steps):
        waiting = [contest.index_of[name] for name in group if name not in gone]
        waiting = [index for index in waiting if index not in turns.funded]
        bundles = {index: contest.bundle(index, turns.funded) for index in waiting}
        fitting = [
            index
            for index, bundle in bundles.items()
            if turns.would_fit(bundle, phase) and not set(contest.names(bundle)).intersection(gone)
        ]
        everyone = list(dict.fromkeys(member for index in fitting for member in bundles[index]))
        if everyone:
            taken, _ = turns.attempt_all(everyone, phase)
            if not taken:
                raise TieMatters(len(steps) + 1, contest.names(fitting), "matters", None)
            moved += taken
    return {
        "schema": "borgerbudget.withdrawal/1",
        "withdrawn": gone,
        "freed": freed,
        "moves_up": [{"proposal": contest.ids[index], "amount": amount} for index, amount, _ in moved],
        "left": turns.left,
    }


# ---------------------------------------------------------------------------------------------- the replay


def read_trace(data: bytes) -> list[Step]:
    """The lines of a trace, each one canonical JSON object with a kind."""
    lines = []
    pieces = data.split(b"\n")
    if pieces.pop() != b"":
        raise CheckFailed("E1401", "Sporets sidste linje er ikke afsluttet.", "The trace's last line is not ended.")
    for place, piece in enumerate(pieces, 1):
        try:
            line = strict_json(piece + b"\n")
        except ValueError as error:
            danish, english = why_not(error)
            raise CheckFailed("E1401", f"Linje {place}: {danish}.", f"Line {place}: {english}.") from None
        if not isinstance(line, dict) or not isinstance(line.get("kind"), str):
            raise CheckFailed("E1402", f"Linje {place} har ingen art.", f"Line {place} has no kind.")
        lines.append(line)
    if not lines or lines[0]["kind"] != "header":
        raise CheckFailed("E1402", "Linje 1 er ikke sporets hoved.", "Line 1 is not the header.")
    return lines


def difference_words(key: str, said: Json, expected: Json) -> str:
    """Where in a value the first difference is, as in `proposals, p3: cost`."""
    if isinstance(said, dict) and isinstance(expected, dict):
        inner = first_difference(expected, said) or "?"
        return f"{key}: {shown(inner)}"
    if isinstance(said, list) and isinstance(expected, list) and len(said) == len(expected):
        one, other = next(pair for pair in zip(said, expected) if canonical(pair[0]) != canonical(pair[1]))  # noqa: B905
        if isinstance(one, dict) and isinstance(other, dict) and "proposal" in other:
            return f"{key}, {difference_words(str(other['proposal']), one, other)}"
    return key


def plan_of_header(election: Election, header: Step) -> Plan:
    """The plan a trace says it followed; it must be complete and mean the same here."""
    document, lot_document = header.get("plan"), header.get("lot")
    try:
        if not isinstance(document, dict) or not isinstance(document.get("rule"), str):
            raise UsageError("E213", "planen mangler.", "the plan is missing.")
        lot = None
        if lot_document is not None:
            order = lot_document.get("order") if isinstance(lot_document, dict) else None
            if not isinstance(order, list) or not all(isinstance(name, str) for name in order):
                raise UsageError("E214", "lodtrækningen har ingen rækkefølge.", "the lot has no order.")
            dice = lot_document.get("dice")
            lot = lot_from_order(election, order) if dice is None else lot_from_dice(election, str(dice))
            if lot.document() != lot_document:
                raise UsageError("E215", "lodtrækningen giver en anden rækkefølge.", "the lot gives another order.")
        name, ties = document["rule"], document.get("ties")
        settings = {
            key: document[key]
            for key in ("utility", "start", "increment", "comparison", "threshold", "points_table")
            if document.get(key) is not None
        }
        settings.update(village_settings(document))
        if "increment" in settings or "threshold" in settings:
            for key in ("increment", "threshold"):
                if key in settings:
                    settings[key] = read_number(settings[key])
        if document.get("completion") is not None:
            name += f"/{document['completion']}"
        if not isinstance(ties, list) or not all(isinstance(criterion, str) for criterion in ties):
            raise UsageError("E209", "ties er ikke en liste.", "ties is not a list.")
        plan = make_plan(election, name, settings, ties, lot)
        if canonical(plan.document()) != canonical(document):
            raise UsageError("E216", "planen er ikke skrevet fuldt ud.", "the plan is not written in full.")
        return plan
    except (UsageError, InputRejected) as error:
        raise CheckFailed(
            "E1404", f"Linje 1: {error.code} {error.danish}", f"Line 1: {error.code} {error.english}"
        ) from None


class Replay:
    """Goes through a trace line by line and proves each; the first that fails is reported."""

    def __init__(self, election: Election, data: bytes) -> None:
        self.lines = read_trace(data)
        self.plan = plan_of_header(election, self.lines[0])
        self.contest = Contest(election, self.plan)
        self.order = Order(self.contest)
        self.index_of = {name: index for index, name in enumerate(self.contest.ids)}
        self.at = 0  # lines accepted so far
        self.steps: list[Step] = []
        self.endowment: Fraction | None = None

    # -- taking lines

    def fail(self, code: str, danish: str, english: str) -> CheckFailed:
        line = self.lines[self.at] if self.at < len(self.lines) else {}
        step = line.get("step")
        danish_step, english_step = (f" (trin {step})", f" (step {step})") if is_whole(step) else ("", "")
        return CheckFailed(
            code, f"Linje {self.at + 1}{danish_step}: {danish}", f"Line {self.at + 1}{english_step}: {english}"
        )

    def peek(self, *kinds: str) -> Step | None:
        line = self.lines[self.at] if self.at < len(self.lines) else None
        return line if line is not None and line["kind"] in kinds else None

    def accept(self, expected: Step, code: str = "E1410") -> None:
        """The line must say exactly this, key by key."""
        if self.at == len(self.lines):
            raise self.fail("E1411", "sporet ender for tidligt.", "the trace ends too early.")
        line = self.lines[self.at]
        if line["kind"] != expected["kind"]:
            kinds = f"{line['kind'][:40]!r}, {expected['kind']!r}"
            raise self.fail("E1411", f"forkert art: {kinds} ventet.", f"wrong kind: {kinds} expected.")
        if sorted(line) != sorted(expected):
            raise self.fail("E1402", "forkerte nøgler.", "wrong keys.")
        for key in sorted(expected):
            if canonical(line[key]) != canonical(expected[key]):
                where = difference_words(key, line[key], expected[key])
                if code == "E1403":
                    danish = f"hovedet siger noget andet end runden om {where}."
                    raise self.fail(code, danish, f"the header says something else than the round of {where}.")
                raise self.fail(code, f"{where} passer ikke.", f"{where} is not right.")
        self.at += 1
        if expected["kind"] not in ("header", "interval"):
            self.steps.append(line)

    def claimed(self, line: Step, among: Iterable[int]) -> int:
        """The proposal a step names, which must be one of these."""
        name = line.get("proposal")
        index = self.index_of.get(name) if isinstance(name, str) else None
        if index is None or index not in among:
            raise self.fail("E1406", "forslaget kan ikke stå her.", "this proposal cannot stand here.")
        return index

    def claimed_value(self, line: Step) -> Fraction:
        value = read_rational(line.get("value"))
        if value is None or value <= 0:
            raise self.fail("E1407", "værdien er ikke en brøk over nul.", "the value is not a rational above zero.")
        return value

    def decide(self, claimed: int, tied: list[int], run: int | None = None, fits: int | None = None) -> str | None:
        chosen, decided_by = self.order.choose(tied, len(self.steps) + 1, run, fits)
        if chosen != claimed:
            name = self.contest.ids[chosen]
            raise self.fail("E1409", f"{name} går forud ved lighed.", f"{name} goes before it in the tie.")
        return decided_by

    def line(self, kind: str, phase: str, **more: Json) -> Step:
        return {"kind": kind, "step": len(self.steps) + 1, "phase": phase, **more}

    # -- the whole

    def run(self) -> None:
        contest, plan = self.contest, self.plan
        self.accept(contest.header(), "E1403")
        if plan.village.steers or plan.rule not in (*COUNTING_RULES, "equal-shares", "phragmen"):
            self.counted_again()
        elif contest.voters > 0:
            if plan.rule == "phragmen":
                self.phragmen()
            elif plan.rule == "equal-shares":
                self.equal_shares()
            else:
                self.greedy(plan.rule, contest.eligible, contest.pool, "rule")
        if self.at < len(self.lines):
            raise self.fail("E1411", "sporet burde være slut.", "the trace should have ended.")
        if self.order.path:  # ties left open are said not to matter: only following every branch shows it
            try:
                count(contest.election, plan)
            except TieMatters as error:
                raise CheckFailed("E1413", error.danish, error.english) from None

    def counted_again(self) -> None:
        """The rules of meetings are short: they are counted again, and every line must be the same."""
        try:
            result = count(self.contest.election, self.plan)
        except TieMatters as error:
            raise CheckFailed("E1413", error.danish, error.english) from None
        except InputRejected as error:
            raise CheckFailed("E1404", f"Linje 1: {error.danish}", f"Line 1: {error.english}") from None
        for line in result.lines[1:]:
            self.accept(line)
        self.endowment = read_rational(result.outcome["endowment"])

    def greedy(self, rule: str, indices: Iterable[int], left: int, phase: str) -> None:
        contest = self.contest
        waiting = {index: greedy_value(contest, rule, index) for index in indices}
        ranking = sorted(set(waiting.values()))
        groups = {value: [index for index in waiting if waiting[index] == value] for value in ranking}
        while ranking:
            group = groups[ranking[-1]]  # those with the greatest value
            if not group:
                ranking.pop()
                continue
            line = self.peek("funded", "skipped", "stopped") or {}
            over = line.get("over")
            named = {"proposal": over[0]} if isinstance(over, list) and len(over) == 1 else line
            chosen = self.claimed(named, group)
            common: Step = {"value": rational(ranking[-1])}
            common.update(tie_keys(contest, group, self.decide(chosen, group, fits=left)))
            groups[ranking[-1]] = [index for index in group if index != chosen]
            name, cost = contest.ids[chosen], contest.cost[chosen]
            if cost <= left:
                left -= cost
                self.accept(self.line("funded", phase, proposal=name, amount=cost, left=left, **common))
            elif rule == "greedy-80" and 5 * left >= 4 * cost:
                common.update(topped_up=cost - left)
                self.accept(self.line("funded", phase, proposal=name, amount=left, left=0, **common))
                return
            elif rule in ("greedy-stop", "greedy-80"):
                self.accept(self.line("stopped", phase, over=[name], left=left, **common))
                return
            else:
                self.accept(self.line("skipped", phase, proposal=name, left=left, **common))

    def phragmen(self) -> None:
        contest, loads, left = self.contest, Loads(self.contest), self.contest.pool
        bound = {index: loads.load(index) for index in contest.eligible}  # loads never fall
        while bound:
            line = self.peek("funded", "stopped") or {}
            value = self.claimed_value(line)
            tied = []
            for index in sorted(bound):
                if bound[index] <= value:
                    bound[index] = loads.load(index)
                    if bound[index] < value:
                        name = contest.ids[index]
                        raise self.fail("E1408", f"{name} har mindre byrde.", f"{name} has a smaller load.")
                    if bound[index] == value:
                        tied.append(index)
            if not tied:
                raise self.fail("E1407", "intet forslag har den byrde.", "no proposal has that load.")
            over = [index for index in tied if contest.cost[index] > left]
            common: Step = {"value": rational(value)}
            if over:
                common.update(tie_keys(contest, tied, None))
                self.accept(self.line("stopped", "rule", over=contest.names(over), left=left, **common))
                return
            chosen = self.claimed(line, tied)
            common.update(tie_keys(contest, tied, self.decide(chosen, tied)))
            loads.buy(chosen, value)
            del bound[chosen]
            left -= contest.cost[chosen]
            name, cost = contest.ids[chosen], contest.cost[chosen]
            self.accept(self.line("funded", "rule", proposal=name, amount=cost, left=left, **common))

    # -- equal shares

    def equal_shares(self) -> None:
        contest, plan = self.contest, self.plan
        shares = EqualShares(contest)
        kept, intervals = None, []
        self.endowment = contest.pool / contest.voters
        if plan.adds:
            endowments = Endowments(contest, shares)
            intervals = self.intervals(endowments)
            kept, stopping = stopping_line(endowments, intervals, 0)
            self.endowment = endowments.at(kept)
        left = self.purchases(shares, self.endowment, kept)
        if plan.adds:
            self.accept({**stopping, "step": len(self.steps) + 1}, "E1412")
        if plan.completion in ("utilitarian", "add1u", "add1eu"):
            done = {step["proposal"] for step in funded_by(self.steps)}
            rest = [index for index in contest.eligible if contest.ids[index] not in done]
            self.greedy("greedy", rest, left, "completion")
        if plan.comparison != "none":
            step = len(self.steps) + 1
            greedy_steps = list(
                greedy(contest, "greedy", self.order, contest.eligible, contest.pool, "comparison", step + 1)
            )
            expected = comparison_line(contest, step, self.steps, greedy_steps)
            self.accept(expected)
            if expected["taken"] == "greedy":
                self.greedy("greedy", contest.eligible, contest.pool, "comparison")

    def intervals(self, endowments: Endowments) -> list[Interval]:
        """Prove every interval; that they follow each other, differ, and that the search ends there and not before."""
        contest, eligible = self.contest, set(self.contest.eligible)
        intervals: list[Interval] = []
        while True:
            line = self.peek("interval")
            if line is None:
                raise self.fail(
                    "E1411", "tabellen over intervaller ender for tidligt.", "the interval table ends early."
                )
            first, last, names = line.get("from"), line.get("to"), line.get("funded")
            expected_first = intervals[-1].last + 1 if intervals else 0
            if not is_whole(first) or not is_whole(last) or first != expected_first or last < first:
                raise self.fail(
                    "E1405", "intervallet følger ikke det forrige.", "the interval does not follow the last."
                )
            if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
                raise self.fail("E1405", "listen af forslag er forkert.", "the list of proposals is wrong.")
            bought = [self.index_of.get(name, -1) for name in names]
            if len(set(bought)) != len(bought) or not eligible.issuperset(bought):
                raise self.fail("E1405", "et forslag kan ikke stå her.", "a proposal cannot stand here.")
            interval = Interval(int(first), int(last or 0), bought)
            if intervals and intervals[-1].bought == bought:
                raise self.fail("E1405", "intervallet er ikke det længste.", "the interval is not maximal.")
            reason = endowments.stop_reason(bought)
            if reason is not None and first != last:
                raise self.fail("E1405", f"søgningen slutter ved k = {first}.", f"the search ends at k = {first}.")
            CLOCK.reached = interval.first
            failing = endowments.prove(interval, self.order)
            if failing is not None:
                k = decimal(failing)
                raise self.fail("E1405", f"k = {k} køber noget andet.", f"the run at k = {k} buys something else.")
            self.accept(interval_lines(contest, endowments, [interval])[0], "E1405")
            intervals.append(interval)
            if reason is not None:
                return intervals

    def purchases(self, shares: EqualShares, endowment: Fraction, run: int | None) -> int:
        """The funded steps of a run at their claimed rho, then what cannot be afforded.  The money left."""
        contest, left = self.contest, self.contest.pool
        purses, queue = Purses(shares.start, endowment), shares.bounds.copy()
        waiting = set(contest.eligible)
        while True:
            line = self.peek("funded")
            if line is None or line.get("phase") != "rule":
                break
            index, rho = self.claimed(line, waiting), self.claimed_value(line)
            collected, in_full = purses.collect(index, rho)
            if collected != contest.cost[index] or not in_full:  # without payers in full a smaller rho would do
                raise self.fail(
                    "E1407", "prisen samler ikke netop beløbet.", "this rho does not just collect the cost."
                )
            tied, back = [index], []
            while queue and queue[0][0] <= rho:
                _, rival = heapq.heappop(queue)
                if rival == index:
                    continue
                collected, in_full = purses.collect(rival, rho)
                cost, name = contest.cost[rival], contest.ids[rival]
                if collected < cost:
                    if in_full:
                        back.append((purses.at_least(rival, rho, collected, in_full), rival))
                elif collected > cost or not in_full:
                    raise self.fail("E1408", f"{name} kan købes billigere.", f"{name} can be bought at a smaller rho.")
                else:
                    tied.append(rival)
                    back.append((rho, rival))
            for entry in back:
                heapq.heappush(queue, entry)
            common = tie_keys(contest, tied, self.decide(index, tied, run))
            paid_in_full, ran_out = purses.buy(index, rho)
            waiting.remove(index)
            left -= contest.cost[index]
            common.update(value=rational(rho), left=left, **purses.payers(paid_in_full, ran_out))
            common.update(proposal=contest.ids[index], amount=contest.cost[index])
            self.accept(self.line("funded", "rule", **common))
        for index in sorted(waiting):
            total, name = purses.total(index), contest.ids[index]
            if total >= contest.cost[index]:
                raise self.fail("E1412", f"{name} har råd.", f"{name} can be afforded.")
            self.accept(self.line("unaffordable", "rule", proposal=name, left=left, value=rational(total)))
        return left


def check(election: Election, trace: bytes, outcome: bytes | None = None) -> Replay:
    """Replay a trace, and fold its outcome when one is given; CheckFailed names the first line that is wrong."""
    replay = Replay(election, trace)
    replay.run()
    if outcome is not None:
        try:
            document = strict_json(outcome)
        except ValueError as error:
            danish, english = why_not(error)
            raise CheckFailed("E1414", f"Resultatet: {danish}.", f"The outcome: {english}.") from None
        if isinstance(document, dict):
            document.pop("diagnostics", None)
        expected = fold_outcome(replay.contest, replay.steps, replay.endowment)
        if not isinstance(document, dict) or sorted(document) != sorted(expected):
            raise CheckFailed("E1414", "Resultatet har forkerte nøgler.", "The outcome has wrong keys.")
        for key in sorted(expected):
            if canonical(document[key]) != canonical(expected[key]):
                raise CheckFailed("E1414", f"Resultatet: {key} passer ikke.", f"The outcome: {key} is not right.")
    return replay


def recount(election: Election, trace: bytes, slow: bool = False) -> Result:
    """Count under the plan of a trace and compare every byte."""
    plan = plan_of_header(election, read_trace(trace)[0])
    try:
        result = count(election, plan, slow)
    except TieMatters as error:
        raise CheckFailed("E1413", error.danish, error.english) from None
    mine, theirs = result.trace_bytes().split(b"\n"), trace.split(b"\n")
    if mine != theirs:
        place = next((i for i, line in enumerate(mine) if i >= len(theirs) or line != theirs[i]), len(mine)) + 1
        raise CheckFailed(
            "E1301", f"Optællingen giver en anden linje {place}.", f"The recount differs in line {place}."
        )
    return result


# ---------------------------------------------------------------------------------------------- bundles: their values
#
# From here on: audit bundles (docs/audit-bundle.md).  Above is how to count, here is how to check a file that says how
# something was counted.  Nothing in a bundle is believed: the seventeen checks each look at one kind of claim.

BUNDLE_SCHEMA = re.compile(r"borgerbudget\.audit/1\.(0|[1-9][0-9]*)", re.ASCII)
MEMBERS = (
    "ballots.tsv", "events.jsonl", "leaves.txt", "lot.json", "manifest.dsse.json", "manifest.json", "openings.tsv",
    "proposals.jsonl", "rejected.tsv", "result.json", "round.json", "round.pb", "tables/result.csv", "totals.tsv",
    "trace.jsonl", "verify.py", "weights.json",
)  # fmt: skip
MOST_VOTERS_IN_PB = 1_000_000
FEWEST_IN_BATCH = 20
FEWEST_FOR_OPEN, MOST_UNIQUE = 500, Fraction(1, 10)  # else `open` needs a reason: ballots, share that nobody else cast
RULES_FROM_TOTALS = (*RULES_FOR_TOTALS, "acclamation")  # every step follows from supporters, scores and costs
ALSO_IN_TOTALS = {  # of the steps of other rules: what a kind may say besides its STEP_SHAPES
    "funded": ("topped_up",), "skipped": ("because",), "endowment-stopped": ("kept", "reason"),
}  # fmt: skip
TIERS = ("open", "totals", "sealed")  # the most open first
LIMITS = tuple(f"{end}_{what}" for what in ("length", "sum_cost", "points", "sum_points") for end in ("min", "max"))
PAYLOAD_TYPE = "application/vnd.borgerbudget.manifest.v1+json"
DEEPEST = 32
HEX = re.compile("[0-9a-f]{64}", re.ASCII)
ID = re.compile("[A-Za-z0-9._/-]{1,64}", re.ASCII)
ROUND = re.compile("[A-Za-z0-9._-]{1,64}", re.ASCII)
DAY = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
ENGINE = re.compile("[0-9][0-9A-Za-z.+-]{0,39}", re.ASCII)
KEY_WORD = re.compile("[A-Za-z][A-Za-z0-9_]*", re.ASCII)
UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\u00ad\u034f\u115f\u1160\u180e\u2800\u3164\uffa0\U000e0000-\U000e007f]"  # what looks like nothing
)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32

MOVES = {  # type of event: the states it leads from, and the one it leads to
    "created": ((None,), "draft"),
    "proposals-opened": (("draft",), "proposals"),
    "vetting-started": (("draft", "proposals"), "vetting"),
    "frozen": (("draft", "vetting"), "ready"),
    "thawed": (("ready",), "vetting"),
    "opened": (("ready",), "open"),
    "suspended": (("open",), "suspended"),
    "resumed": (("suspended",), "open"),
    "closed": (("open", "suspended"), "closed"),
    "counted": (("closed",), "counted"),
    "recounted": (("counted", "provisional"), "counted"),
    "published": (("counted",), "provisional"),
    "finalised": (("provisional",), "final"),
    "archived": (("final",), "archived"),
    "cancelled": (("draft", "proposals", "vetting", "ready", "open", "suspended", "closed"), "cancelled"),
    "annulled": (("counted", "provisional", "final"), "annulled"),
}
VOTING = ("open", "suspended", "closed")
REMARKS = {  # type of event that leaves the state as it is: the states in which it may stand
    "amended": ("draft", "proposals", "vetting"),
    "dates-moved": ("ready",),
    "codes-issued": ("ready", "open", "suspended"),
    "code-voided": ("ready", *VOTING),
    "roll-added": ("open", "suspended"),
    "roll-struck": VOTING,
    "batch-added": VOTING,
    "withdrawn": VOTING,
    "adjudicated": ("closed",),
    "hand-counted": ("closed",),
    "reconciled": ("closed",),
    "box-sealed": ("closed",),
    "lot-drawn": ("closed",),
    "appeal-received": ("provisional",),
    "appeal-decided": ("provisional",),
    "awarded": ("final",),
    "reserve-called": ("final",),
    "key-lost": ("ready", *VOTING, "counted", "provisional"),
    "key-replaced": ("ready", *VOTING, "counted", "provisional"),
    "purged": ("final", "archived", "cancelled", "annulled"),
}
NOT_AFTER_SEALING = (
    "code-voided", "roll-struck", "batch-added", "withdrawn", "adjudicated", "hand-counted", "reconciled", "box-sealed",
)  # fmt: skip
ONLY_AFTER_SEALING = ("lot-drawn", "counted")
ONLY_ONCE = ("created", "box-sealed", "lot-drawn", "counted")
WITH_RESULT = ("counted", "provisional", "final", "archived")

SPECIFICATIONS: dict[
    str, tuple[str, ...]
] = {  # of rule or completion: SHA-256 of every text that has defined it, newest last
    "greedy": ("717a2300499979a1ed786f9e5fef0752015e4633138259b389bcd7654e51fe4b",),
    "greedy-stop": ("05982eba3ea7eb403632ca02af4c4f8a685b7c9ec1527218c978c6b5426e0e66",),
    "greedy-per-cost": ("c49fcf31020589d0d8e06f2b4483ae9de3d184660c7d185478113177e07649df",),
    "greedy-80": ("45fc292223adecf38b2cdac0854eacaa9f1a7b1b7a518968fc5554ce1df9400c",),
    "equal-shares": (
        "50b7e2fb78156bf9a2d0d0a16baaf4b05ddcdbaac072167bc755ff71d95547d8",
        "318a6604315b7c4234a395f39e82569f16df273ff49f8e6488eb088c7c18ac06",
    ),
    "phragmen": (
        "7931fb8940bb170fd9392273d68dcc457416d0cf45ce96dab703b35fbca3807c",
        "aa301db48bc5f039f65eda6334e6b892de9944fb1581fc990c113c39d8f94b99",
    ),
    "residual": ("e3ed31bf90f88b8740df2db130a8e779ab9933cba5ef32d5c219bcb58ea8de83",),
    "residual-last": ("48e06f5c8d1949ddef02073c40f2c3625494167fdb973f4b8ee44bbce2ffa7cc",),
    "prize-ladder": ("20487a8b68ea6843139eb30f1ac505469fe0b6ef34b7fd885f8dcc8511c0f1ba",),
    "rate-bands": ("7fed62a3752fbea844301dabe102ba18d13225b38399f971d746f95484466ecf",),
    "equal-split": ("82367702be3be6fc909bdf31d50bd0222fd8d2f066ca648f9182c2da435fd9fe",),
    "everyones-share": ("e73873ac854a137da2bfcb96fff58433f232424839d3de34ea0d32f38e16d3ea",),
    "acclamation": ("9db32f292a9c21a2d07efeef1042ead3ce9cb6af54e3431c13b88bd64c87996d",),
    "none": ("d925e3545c0df1381d048c5d37ef938dd3b9839eca147577833b1fed089bf0b3",),
    "utilitarian": (
        "1a98658cefae34b2e8165c79bdc6e3294a26f5569c3596a3b28c82bd6b8ece78",
        "8788849e172f97300e7081ad4b046e5594b1681df7cbe9336f1e06bd7cf921de",
    ),
    "add1": (
        "92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a",
        "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c",
    ),
    "add1e": (
        "92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a",
        "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c",
    ),
    "add1u": (
        "92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a",
        "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c",
    ),
    "add1eu": (
        "92ce4ac83192a86fba3c94f611d22278973392ddd77c3d166ea4f8fb2c58054a",
        "adc8d368900b755f5659f6b4d58a2d14393a76d5c485ea2ef7251ed678e06b6c",
    ),
}

SENTENCES = {
    "E100": ("Filen er ikke en revisionspakke.", "The file is not an audit bundle."),
    "E101": ("Filen {name} må ikke være i en pakke.", "The member {name} may not be in a bundle."),
    "E102": ("Filen {name} er der to gange.", "The member {name} is there twice."),
    "E103": (
        "Filen {name} er komprimeret eller krypteret: nogen har pakket ud og pakket sammen igen.",
        "The member {name} is compressed or encrypted: somebody has unpacked the bundle and packed it again.",
    ),
    "E105": (
        "Beholderen er ikke skrevet, som den skal: afkortet, ændret, pakket ud og sammen igen, eller med fremmede bytes.",
        "The container is not in its one form: truncated, changed, unpacked and packed again, or with bytes that do not "
        "belong.",
    ),
    "E221": ("{name} er ikke kanonisk JSON ({why}).", "{name} is not canonical JSON ({why})."),
    "E222": ("{name}, linje {line}: ikke kanonisk JSON ({why}).", "{name}, line {line}: not canonical JSON ({why})."),
    "E223": ("{name}, linje {line}: forkert form.", "{name}, line {line}: not in its grammar."),
    "E224": ("{name} er ikke ren UTF-8-tekst.", "{name} is not plain UTF-8 text."),
    "E311": ("{name} er ændret: størrelse eller SHA-256 passer ikke.", "{name} was changed: size or SHA-256 differs."),
    "E312": ("{name} mangler.", "{name} is missing."),
    "E313": ("{name} hører ikke til her.", "{name} does not belong here."),
    "E314": ("Manifestets liste over filer er forkert.", "The manifest's list of files is wrong."),
    "E401": ("Underskriften fra {key} er ugyldig.", "The signature of {key} is invalid."),
    "E402": (
        "{found} af {needed} har underskrevet; der mangler: {missing}.",
        "{found} of {needed} have signed; still to sign: {missing}.",
    ),
    "E403": ("{key} er ikke en af rundens underskrivere.", "{key} is not one of the round's signers."),
    "E404": (
        "Den nøgle, der er spurgt om, har ikke underskrevet: {key}.",
        "The key that was asked for has not signed: {key}.",
    ),
    "E405": ("Underskrifternes kuvert: {why}.", "The envelope of the signatures: {why}."),
    "E406": ("Rundens liste over underskrivere er forkert.", "The round's list of signers is wrong."),
    "E501": ("{name}: udgaven {value} kendes ikke her.", "{name}: version {value} is unknown here."),
    "E502": ("{name}: {key} mangler eller er forkert.", "{name}: {key} is missing or wrong."),
    "E503": ("Planen kan ikke læses: {why}", "The plan cannot be read: {why}"),
    "E504": ("{name} har en anden plan end round.json.", "{name} has another plan than round.json."),
    "E507": ("Reglen {rule} er defineret af en tekst, der ikke kendes her: {value}.",
             "The rule {rule} is defined by a text that is unknown here: {value}."),
    "E505": ("{name} mangler i en pakke af denne slags.", "{name} is missing from a bundle of this kind."),
    "E506": ("{name} hører ikke til i en pakke af denne slags.", "{name} does not belong in a bundle of this kind."),
    "E601": ("{name} hører til en anden runde.", "{name} belongs to another round."),
    "E602": ("{name}, linje {line}: ukendt forslag {id}.", "{name}, line {line}: unknown proposal {id}."),
    "E603": ("proposals.jsonl, linje {line}: forslaget er forkert.", "proposals.jsonl, line {line}: a wrong proposal."),
    "E604": ("{name} nævner ikke hvert forslag én gang.", "{name} does not name every proposal once."),
    "E606": ("{name} er ikke en håndoptællings hele tal, eller der er flere stemmer, end sedlerne kan bære.",
             "{name} has not the whole numbers of a hand count, or more votes than the ballots can carry."),
    "E605": ("Pakken viser mere, end runden har besluttet.", "The bundle shows more than the round has settled."),
    "E701": ("ballots.tsv, linje {line}: ikke en stemmeseddel.", "ballots.tsv, line {line}: not a ballot."),
    "E702": (
        "ballots.tsv, linje {line}: sedlen bryder {limit} = {value}.",
        "ballots.tsv, line {line}: the ballot breaks {limit} = {value}.",
    ),
    "E703": (
        "weights.json passer ikke med sedlerne: {key}.",
        "weights.json does not fit the ballots: {key}.",
    ),
    "E704": (
        "Sedlerne er vist uden begrundelse: {ballots} sedler, heraf {unique}, som ingen anden har afgivet.",
        "The ballots are shown without a reason: {ballots} ballots, {unique} of them cast by nobody else.",
    ),
    "E705": (
        "{found} forskellige sedler bryder rundens grænser; round.json siger {stated}.",
        "{found} different ballots break the round's limits; round.json says {stated}.",
    ),
    "E801": ("Hændelse {seq} følger ikke den forrige.", "Event {seq} does not follow the one before."),
    "E802": ("Hændelse {seq}, {type}, må ikke ske her.", "Event {seq}, {type}, may not happen here."),
    "E803": (
        "round.json eller proposals.jsonl er ændret, efter at runden blev låst.",
        "round.json or proposals.jsonl changed after the round was frozen.",
    ),
    "E804": ("Hændelse {seq}: låsens fingeraftryk er ændret.", "Event {seq}: the freeze hash changed."),
    "E805": ("Runden er ikke optalt: den er {state}.", "The round is not counted: it is {state}."),
    "E806": ("Hændelse {seq}: {key} mangler eller er forkert.", "Event {seq}: {key} is missing or wrong."),
    "E807": ("Manifestet nævner et andet hoved for kæden.", "The manifest names another head of the chain."),
    "E808": ("Hændelserne nævner et andet resultat.", "The events name another result."),
    "E901": ("Historien er skrevet om ved hændelse {seq}.", "The history was rewritten at event {seq}."),
    "E902": (
        "Den ældre fil (--since) er ikke en revisionspakke fra en runde med en historie.",
        "The older file (--since) is not an audit bundle of a round with a history.",
    ),
    "E903": ("Den ældre pakke er fra en anden runde.", "The older bundle is of another round."),
    "E1001": ("Sedlernes rod passer ikke.", "The root of the ballots does not fit."),
    "E1002": ("{name}: blade mangler, er for mange eller i uorden.", "{name}: leaves missing, too many or in disorder."),
    "E1003": ("{more} end {less}.", "{more} {less}."),
    "E1004": ("{ballots} sedler, men {leaves} blade.", "{ballots} ballots, but {leaves} leaves."),
    "E1005": ("Portion {batch} er for lille.", "Batch {batch} is too small."),
    "E1006": ("Urnerne giver ikke rundens tal: {mine} gyldige og ugyldige sedler i urnerne; runden siger: {theirs}.",
              "The urns do not add up: {mine} valid and void ballots in the urns; the round says: {theirs}."),
    "E1101": ("Bladet {leaf} åbner til noget andet.", "The leaf {leaf} opens to something else."),
    "E1102": ("Åbningerne svarer ikke til bladene.", "The openings do not match the leaves."),
    "E1103": ("De åbnede sedler er ikke dem, der er talt.", "The opened ballots are not those counted."),
    "E1201": ("Lodtrækningens orden er en anden fra plads {place}.", "The lot's order differs from place {place} on."),
    "E1202": ("Lodtrækningen er en anden i {name}.", "The lot is another in {name}."),
    "E1203": (
        "Lodtrækningen nævner ingen vidner, og ingen terninger kan gøre den efter.",
        "The lot names no witnesses, and there are no dice to draw it again with.",
    ),
    "E1314": ("Omtællingen giver en anden rækkefølge: {mine}; pakken siger: {theirs}.",
              "The recount funds them in another order: {mine}; the bundle says: {theirs}."),
    "E1315": ("Omtællingen giver {id} et andet beløb eller trin: {mine}; pakken siger: {theirs}.",
              "The recount gives {id} another amount or step: {mine}; the bundle says: {theirs}."),
    "E1311": ("Omtællingen giver andre: {mine}; pakken siger: {theirs}.",
              "The recount funds others: {mine}; the bundle says: {theirs}."),
    "E1312": ("Omtællingen giver en anden værdi for {key}.", "The recount gives another {key}."),
    "E1313": ("Omtællingen kan ikke gøres færdig: {why}", "The recount cannot be finished: {why}"),
    "E1421": ("trace.jsonl, linje {line} følger ikke af stemmetallene.",
              "trace.jsonl, line {line} does not follow from the totals."),
    "E1501": ("Regnestykket går ikke op: {key}.", "The arithmetic is wrong: {key}."),
    "E1502": ("Der er givet mere end puljen: {spent} af {pool}.", "More than the pool was given: {spent} of {pool}."),
    "E1503": ("Resultatet nævner ikke hvert forslag én gang.", "The result does not name every proposal once."),
    "E1504": ("Resultatet følger ikke af sporet: {key}.", "The result does not follow from the trace: {key}."),
    "E1505": ("Sporets hoved passer ikke med pakken: {key}.", "The trace's header differs from the bundle: {key}."),
    "E1506": ("De forslag, der intet fik, står ikke i orden efter id.",
              "The proposals that got nothing are not in the order of their ids."),
    "E1507": ("Vinderne står i en anden rækkefølge end i sporet: {mine}; resultatet siger: {theirs}.",
              "The winners stand in another order than in the trace: {mine}; the result says: {theirs}."),
    "E1508": ("{place} kan ikke passe: {why} (betingelse {number}).", "{place} cannot be: {why} (condition {number})."),
    "E1601": ("{name} kan ikke genskabes af pakken.", "{name} does not follow from the bundle."),
    "E1701": ("Kvitteringen er ikke i runden.", "The receipt is not in this round."),
    "E1702": ("Kvitteringen er fra en anden runde.", "The receipt is of another round."),
    "E1703": (
        "Kvitteringen er tastet forkert: den er RUNDE/PORTION/KODE, hvor koden er 17 bogstaver og cifre.",
        "The receipt is mistyped: it is ROUND/BATCH/CODE, with a code of 17 letters and digits.",
    ),
    "E407": (
        "--key {value}: et fingeraftryk er 64 tegn, 0-9 og a-f{why}.",
        "--key {value}: a fingerprint is 64 characters, 0-9 and a-f{why}.",
    ),
}  # fmt: skip
"""The codes of the checks: the first figures are the number of the check."""


class Fault(CheckFailed):
    """A check that failed: a code and its sentence; a pair of values is one for each language."""

    def __init__(self, code: str, **values: Json) -> None:
        danish, english = (
            {key: shown(value[place] if isinstance(value, tuple) else value) for key, value in values.items()}
            for place in (0, 1)
        )
        super().__init__(code, SENTENCES[code][0].format(**danish), SENTENCES[code][1].format(**english))


def shown(value: Json) -> str:
    """Something of a bundle, safe to print, and not too long."""
    text = value if isinstance(value, str) else canonical(value).decode("utf-8", "replace").strip()
    return UNFIT.sub("?", text)[:160]


def quoted_text(text: str) -> str:
    """What people wrote, between marks of its own and cut short, so that it cannot wear the verdict's words."""
    plain = " ".join(UNFIT.sub("?", text).translate({ord("«"): "‹", ord("»"): "›"}).split())
    return f"«{plain}»" if len(plain) <= 120 else f"«{plain[:119]}…»"


class Left(Exception):
    """A check that was not made: NOT APPLICABLE, or NOT CHECKED although it applies."""

    def __init__(self, applies: bool, danish: str, english: str) -> None:
        super().__init__(english)
        self.applies, self.danish, self.english = applies, danish, english


# ---------------------------------------------------------------------------------------------- bundles: bytes


def container(data: bytes) -> dict[str, bytes]:
    """The members of a bundle, whose every byte must be as `packed` writes it."""
    if data[:4] != b"PK\x03\x04":
        raise InputRejected("E100", *SENTENCES["E100"])
    members: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":
        if len(data) - at < 30:
            raise Fault("E105")
        flags, method = struct.unpack_from("<HH", data, at + 6)
        size, name_length, extra_length = struct.unpack_from("<IHH", data, at + 22)
        name = data[at + 30 : at + 30 + name_length].decode("ascii", "replace")
        if name not in MEMBERS:
            raise Fault("E101", name=name)
        if name in members:
            raise Fault("E102", name=name)
        if flags or method:
            raise Fault("E103", name=name)
        at += 30 + name_length + extra_length + size
        if at > len(data):
            raise Fault("E105")
        members[name] = data[at - size : at]
    if packed(members) != data:
        raise Fault("E105")
    return members


def packed(members: dict[str, bytes]) -> bytes:
    """The one zip file of these members: stored, in the order of their names, everything else fixed."""
    parts, directory, offset = [], [], 0
    for name in sorted(members):
        data, path = members[name], name.encode("ascii")
        fixed = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(path), 0)
        parts += [b"PK\x03\x04", fixed, path, data]
        directory.append(b"PK\x01\x02" + struct.pack("<H", 788) + fixed)
        directory.append(struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, offset) + path)
        offset += 30 + len(path) + len(data)
    listed = b"".join(directory)
    count = len(members)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listed), offset, 0)
    return b"".join([*parts, listed, end])


def bundle_json(data: bytes) -> Json:
    """A document of a bundle, or ValueError: canonical JSON with small numbers, fit texts and plain keys."""
    document = strict_json(data)

    def walk(value: Json, depth: int) -> None:
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(value, str):
            if UNFIT.search(value) or not unicodedata.is_normalized("NFC", value):
                raise ValueError("a text is not in normal form C or has unfit characters")
        elif isinstance(value, dict):
            for key, item in value.items():
                if not KEY_WORD.fullmatch(key):
                    raise ValueError("a key is not an ASCII word")
                walk(item, depth + 1)
        elif isinstance(value, list):
            for item in value:
                walk(item, depth + 1)
        elif is_whole(value) and abs(value) > LARGEST_AMOUNT:
            raise ValueError("a number is too large")

    walk(document, 0)
    return document


def ascends(items: list[Any]) -> bool:
    return all(a < b for a, b in zip(items, items[1:]))  # noqa: B905, RUF007 (newer than Python 3.9)


def bundle_lines(name: str, data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    if lines.pop() != b"":
        raise Fault("E223", name=name, line=len(lines) + 1)
    return lines


COUNT = "[1-9][0-9]{0,15}(?:/[1-9][0-9]{0,15})?"
NUMBER = "-?(?:0|[1-9][0-9]{0,15})(?:/[1-9][0-9]{0,15})?"
GRAMMARS = {
    "ballots.tsv": re.compile(f"({COUNT})\t([A-Za-z0-9._/,:>-]*)", re.ASCII),
    "totals.tsv": re.compile(f"([A-Za-z0-9._/-]{{1,64}})\t({NUMBER})\t({NUMBER})", re.ASCII),
    "leaves.txt": re.compile("([0-9a-f]{64})", re.ASCII),
    "rejected.tsv": re.compile("([0-9a-f]{64})\t([a-z][a-z0-9-]{0,39})", re.ASCII),
    "openings.tsv": re.compile("([0-9a-f]{64})\t([0-9a-f]{64})\t([A-Za-z0-9._/,:>-]*)", re.ASCII),
}


def read_number_text(text: str) -> Fraction | None:
    """A number of totals.tsv in lowest terms, or None."""
    value = read_number(text if "/" in text else int(text))
    if (
        value is None
        or text == "-0"
        or (value.denominator == 1) == ("/" in text)
        or max(abs(value.numerator), value.denominator) > LARGEST_AMOUNT
    ):
        return None
    return value


def merkle_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1, over leaf hashes."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = merkle_root(leaves[:split]), merkle_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


# ---------------------------------------------------------------------------------------------- bundles: Ed25519

PRIME = 2**255 - 19
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
EDWARDS_D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
Point = tuple[int, int, int, int]  # x = X/Z, y = Y/Z, xy = T/Z
ZERO: Point = (0, 1, 1, 0)


def add_points(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % PRIME, (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c, d = 2 * p[3] * q[3] * EDWARDS_D % PRIME, 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def multiply_point(factor: int, p: Point) -> Point:
    result = ZERO
    while factor:
        if factor & 1:
            result = add_points(result, p)
        p, factor = add_points(p, p), factor >> 1
    return result


def encode_point(p: Point) -> bytes:
    inverse = pow(p[2], PRIME - 2, PRIME)
    x, y = p[0] * inverse % PRIME, p[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


def decode_point(data: bytes) -> Point | None:
    """RFC 8032, 5.1.3; None for bytes that are no point or a second spelling of one."""
    number_read = int.from_bytes(data, "little")
    sign, y = number_read >> 255, number_read & (1 << 255) - 1
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(EDWARDS_D * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    x = PRIME - x if x & 1 != sign else x
    return x, y, 1, x * y % PRIME


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Ed25519, RFC 8032, 5.1.7, without cofactor; small keys and s >= L are refused."""
    base = decode_point((4 * pow(5, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little"))
    key = decode_point(public)
    s = int.from_bytes(signature[32:], "little")
    if base is None or key is None or len(signature) != 64 or s >= GROUP_ORDER:
        return False
    if encode_point(multiply_point(8, key)) == encode_point(ZERO):
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % GROUP_ORDER
    minus_key = (PRIME - key[0], key[1], 1, PRIME - key[3])
    return encode_point(add_points(multiply_point(s, base), multiply_point(h, minus_key))) == signature[:32]


# ---------------------------------------------------------------------------------------------- bundles: shapes

NATURAL = object()  # a whole number, not below zero
Shape = Any  # NATURAL, a type, None, a pattern, a tuple of alternatives, [shape of each item], {key: shape}, or a set of values


def fits(value: Json, shape: Shape) -> bool:
    if isinstance(shape, dict):
        return isinstance(value, dict) and value.keys() == shape.keys() and all(fits(value[k], shape[k]) for k in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    if isinstance(shape, tuple):
        return any(fits(value, alternative) for alternative in shape)
    if isinstance(shape, frozenset):
        return isinstance(value, str) and value in shape
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if shape is None:
        return value is None
    if shape is NATURAL:
        return is_whole(value) and value >= 0
    if shape is int:
        return is_whole(value)
    if shape is Fraction:
        return read_number(value) is not None
    return isinstance(value, shape)


SIGNER = {"fingerprint": HEX, "public_key": HEX, "role": str}
SHAPES: dict[str, dict[str, Shape]] = {
    "manifest.json": {
        "schema": str,
        "round": ROUND,
        "tier": frozenset(TIERS),
        "plan": {"parameters": dict, "rule_sha256": HEX, "completion_sha256": (HEX, None)},
        "ballots_root": (HEX, None),
        "events_head": (HEX, None),
        "files": list,
        "verifier_sha256": HEX,
        "engine": str,
    },
    "round.json": {
        "schema": str,
        "round": ROUND,
        "source": {"kind": frozenset(("file", "round")), "sha256": (HEX, None)},
        "area": (None, {"id": str, "name": str, "population": (int, None)}),
        "pool": {
            "amount": int,
            "currency": str,
            "minor_units": int,
            "sources": [{"name": str, "amount": int, "reference": (str, None)}],
        },
        "ballot": {"method": frozenset(METHODS), "default_score": int, "limits": dict.fromkeys(LIMITS, (int, None))},
        "plan": dict,
        "tier": frozenset(TIERS),
        "tier_reason": (str, None),
        "eligible": (int, None),
        "threshold": int,
        "signers": [SIGNER],
    },
    "lot.json": {"schema": str, "order": [ID], "dice": (str, None), "round": (ROUND, None), "witnesses": [str]},
    "result.json": {
        "schema": str,
        "outcome": dict,
        "left": int,
        "near_misses": [{"proposal": ID, "reason": str, "missing": Fraction}],
    },
}
HEADS = [{"proposal": ID, "heads": int}]
SHAPES_1_1: dict[str, dict[str, Shape]] = {  # since format 1.1
    "manifest.json": {**SHAPES["manifest.json"], "engine": ENGINE},
    "round.json": {**SHAPES["round.json"], "ballot": {**SHAPES["round.json"]["ballot"], "breaking": (int, None)}},
    "result.json": {**SHAPES["result.json"], "heads": (None, {"valid": int, "supporters": (HEADS, None)})},
    "weights.json": {
        "schema": str,
        "by": frozenset(("weights", "population")),
        "areas": [{"name": str, "number": Fraction, "heads": int, "weight": Fraction}],
        "heads": ([int], None),
    },
}
PROPOSAL_SHAPE = {
    "id": ID,
    "number": (int, None),
    "title": str,
    "cost": int,
    "min_cost": (int, None),
    "area": (str, None),
    "category": [str],
    "goals": [int],
    "withdrawn": bool,
}
EVENT_SHAPE = {
    "seq": int,
    "prev": HEX,
    "type": frozenset((*MOVES, *REMARKS)),
    "from": (str, None),
    "to": str,
    "freeze_hash": (HEX, None),
    "payload": dict,
    "payload_sha256": (HEX, None),
    "day": DAY,
}
PAYLOADS: dict[str, dict[str, Shape]] = {  # the public part of those events that are looked into
    "batch-added": {"batch": NATURAL, "leaves": [HEX]},
    "hand-counted": {"urn": str, "ballots": NATURAL, "void": NATURAL, "differed": NATURAL},
    "withdrawn": {"proposal": ID},
    "closed": {"roll": NATURAL, "codes": NATURAL, "withdrawn": [ID]},
    "box-sealed": {"ballots_root": HEX, "accepted": NATURAL, "rejected": NATURAL},
    "lot-drawn": {"dice": (str, None), "order": ([ID], None)},
    "counted": {"funded_sha256": HEX},
    "recounted": {"funded_sha256": HEX},
    "key-replaced": {"old": HEX, "new": SIGNER},
}
PAYLOADS_1_1 = {**PAYLOADS, "lot-drawn": {**PAYLOADS["lot-drawn"], "witnesses": [str]}}  # since format 1.1
DECISION: Shape = {  # what `finalised` says in rounds of ours; its payload is free
    "decision": frozenset(("confirm", "deviate")), "reference": str, "day": DAY, "amounts": [list],
}  # fmt: skip
KNOWN_SCHEMAS = {
    "weights.json": ("borgerbudget.weights/1",),
    "round.json": ("borgerbudget.round/1",),
    "lot.json": ("borgerbudget.lot/1",),
    "result.json": ("borgerbudget.result/1",),
}


TURNS = ("funded", "skipped")
RULE_STAGES = {  # the kinds of steps in the phase of the rule, in order; any of TURNS and `stopped` for other rules
    "equal-shares": (("funded",), ("skipped", "unaffordable")),
    "phragmen": (("funded",), ("stopped",), ("skipped",)),
}
STEP_SHAPES: dict[str, dict[str, Shape]] = {  # what is asked of each kind of step, besides what the replay asks
    "funded": {"proposal": ID, "amount": int, "left": int},
    "topped": {"proposal": ID, "amount": int, "left": int},
    "skipped": {"proposal": ID, "left": int},
    "stopped": {"over": [ID], "left": int},
    "unaffordable": {"proposal": ID, "left": int},
    "endowment-stopped": {"endowment": str},
    "comparison": {"taken": frozenset(("greedy", "equal-shares"))},
}


def stages(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    """The phases of a plan in their order, each with the kinds of steps that may stand in it (docs/audit-bundle.md, 9)."""
    village, completion, leftover = plan.village, plan.completion, plan.village.leftover
    of_rule = RULE_STAGES.get(plan.rule, ((*TURNS, "stopped"),))
    found = [
        ("given", ("funded",), True),
        ("floor", TURNS, village.has("at-least")),
        ("pot", TURNS, village.has("pot")),
        *(("rule", kinds, True) for kinds in of_rule),
        ("released", TURNS, village.has("earmark") and village.unused == "common"),
        ("completion", ("endowment-stopped",), plan.adds),
        ("completion", TURNS, completion in ("utilitarian", "add1u", "add1eu")),
        ("comparison", ("comparison",), plan.compares),
        ("comparison", TURNS, plan.compares),
        ("leftover", TURNS, leftover in ("next", "next-part")),
        ("leftover", ("topped",), leftover == "redistribute"),
    ]
    return [(phase, kinds) for phase, kinds, stands in found if stands]


def is_day(text: str) -> bool:
    """Whether the calendar has this day."""
    match = DAY.fullmatch(text)
    year, month, day = map(int, match.groups()) if match else (0, 0, 0)
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    lengths = (0, 31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year > 0 and 0 < month <= 12 and 0 < day <= lengths[month]


def first_difference(mine: Step, theirs: Step) -> str | None:
    """The first key in which two documents differ."""
    for key in sorted({*mine, *theirs}):
        if key not in mine or key not in theirs or canonical(mine[key]) != canonical(theirs[key]):
            return key
    return None


def demand(name: str, document: Json, shape: dict[str, Shape], code: str = "E502", **values: Json) -> None:
    """The document has exactly these keys with such values, or a Fault naming the first that is wrong."""
    if not isinstance(document, dict):
        raise Fault(code, name=name, key="{}", **values)
    for key in sorted({*document, *shape}):
        if key not in shape or key not in document or not fits(document[key], shape[key]):
            raise Fault(code, name=name, key=key, **values)


# ---------------------------------------------------------------------------------------------- bundles: totals


class TotalsContest(Contest):
    """A contest of which only supporters and scores are known: enough for the rules that count them."""

    def __init__(
        self, election: Election, plan: Plan, valid: Fraction, totals: list[tuple[Fraction, Fraction]]
    ) -> None:
        super().__init__(election, plan)
        self.voters = valid
        for supporters, _ in totals:
            self.unit = self.unit * supporters.denominator // math.gcd(self.unit, supporters.denominator)
        self.support = [int(supporters * self.unit) for supporters, _ in totals]
        self.score = [score for _, score in totals]
        self.out = self.reasons_out()
        self.eligible = [index for index, reason in enumerate(self.out) if reason is None]

    def ballots_document(self) -> Step:
        return {"valid": number(self.voters)}

    def header(self) -> Step:
        known = self.election.hand_count or self.election.sealed_root  # else the root would be that of hidden ballots
        root = self.election.ballots_root() if known else None
        return {**super().header(), "schema": "borgerbudget.trace-totals/1", "ballots_root": root}


IMPOSSIBLE = (  # docs/audit-bundle.md, 9, "What totals allow": its conditions, from 1
    ("støtter og stemmetal kan ikke komme af sedlerne", "supporters and score cannot come from the ballots"),
    ("der er givet mere, end der var", "more was given than there was"),
    ("planen spærrede for købet", "the plan barred the purchase"),
    ("så mange penge har støtterne ikke", "the supporters do not have that much money"),
    ("et andet forslag skulle købes først", "another proposal was to be bought first"),
    ("listen over dem, der ikke blev købt, følger ikke af købene",
     "the list of what was not bought does not follow from the purchases"),
    ("vælgernes penge vokser ikke sådan", "the voters' money does not grow so"),
    ("turene efter stemmetal går anderledes", "the turns by score go another way"),
    ("fordelingen kan ikke komme af støtternes andele", "the split cannot come from the supporters' shares"),
)  # fmt: skip


class Possible:
    """What steps shown without their ballots cannot say: for the rules whose steps do not follow from the totals.

    The condition that is broken is given by its number on the page; each holds of every honest count.
    """

    def __init__(self, contest: Contest, steps: list[Step]) -> None:
        self.contest, self.steps = contest, steps
        self.support = [Fraction(support, contest.unit) for support in contest.support]
        self.rule = [step for step in steps if step["phase"] == "rule"]
        self.bought = [contest.index_of[step["proposal"]] for step in self.rule if step["kind"] == "funded"]
        self.spent = sum(contest.cost[index] for index in self.bought)

    def check(self) -> None:
        contest, rule = self.contest, self.contest.plan.rule
        for step in self.steps:
            if step.get("left", 0) < 0:
                raise impossible(2, step)
        if not contest.voters:
            return
        if rule == "everyones-share":
            self.shares()
        else:
            money = self.growth() if contest.plan.adds else contest.available / contest.voters
            self.purchases(money)
            self.not_bought(money)
        for phase in ("completion", "comparison", "leftover"):
            self.turns(phase)

    def purchases(self, money: Fraction) -> None:
        """Nothing is bought that is barred or that its supporters cannot pay; the first has the least price."""
        contest, spends = self.contest, self.contest.plan.rule == "equal-shares"
        for place, index in enumerate(self.bought):
            if index in closed_by_tables(contest, self.bought[:place]):
                raise impossible(3, self.rule[place])
            if spends and contest.cost[index] > self.support[index] * money:
                raise impossible(4, self.rule[place])
        if spends and self.spent > contest.voters * money:
            raise impossible(4, self.rule[len(self.bought) - 1])
        if self.bought and contest.election.method in ("approval", "knapsack"):
            closed = closed_by_tables(contest, [])
            able = [index for index in contest.eligible if index not in closed]
            if spends:
                able = [index for index in able if contest.cost[index] <= self.support[index] * money]
            by_cost = spends and contest.plan.utility == "cost"
            price = {index: (1 if by_cost else contest.cost[index]) / self.support[index] for index in able}
            if any(price[index] < price[self.bought[0]] for index in able):
                raise impossible(5, self.rule[0])

    def not_bought(self, money: Fraction) -> None:
        """After the purchases: who is barred, who cannot be afforded, who stopped Phragmen."""
        contest, closed = self.contest, closed_by_tables(self.contest, self.bought)
        rest = [index for index in contest.eligible if index not in self.bought]
        lines = self.rule[len(self.bought) :]
        if contest.plan.rule == "phragmen":
            stopped = [line for line in lines if line["kind"] == "stopped"]
            if len(stopped) != any(index not in closed for index in rest):
                raise impossible(6, self.rule[-1] if self.rule else None)
            for line in stopped:
                over = [contest.index_of[name] for name in line["over"]]
                may = [index for index in rest if index not in closed and contest.cost[index] > line["left"]]
                if over != sorted({*over} & {*may}):
                    raise impossible(6, line)
            rest, lines = [index for index in rest if index in closed], lines[len(stopped) :]
        told = [(contest.index_of[line["proposal"]], line.get("because")) for line in lines]
        if told != [(index, closed.get(index)) for index in rest]:
            raise impossible(6, self.rule[-1] if self.rule else None)
        for index, line in zip(rest, lines):  # noqa: B905 (newer than Python 3.9)
            if (line["kind"] == "skipped") != (index in closed):
                raise impossible(6, line)
            if index not in closed and self.support[index] * money >= contest.cost[index] + self.spent:
                raise impossible(4, line)

    def growth(self) -> Fraction:
        """What each voter had in the run that was kept, and why it was kept."""
        contest, step = self.contest, next(step for step in self.steps if step["kind"] == "endowment-stopped")
        growth, kept = Growth(contest), step.get("kept", -1)
        reason = growth.stop_reason(self.bought) or "over-pool"
        if not is_whole(kept) or kept < 0 or step.get("reason") != reason:
            raise impossible(7, step)
        money, more = growth.at(kept), growth.at(kept + 1)
        able = sum(contest.cost[i] for i in contest.eligible if contest.cost[i] <= self.support[i] * more)
        if step["endowment"] != rational(money) or (
            reason == "over-pool" and min(Fraction(able), contest.voters * more) <= contest.available
        ):
            raise impossible(7, step)
        return money

    def turns(self, phase: str) -> None:
        """Everybody who can still be funded, by score and what the plan says of ties; who fits is funded."""
        contest, village = self.contest, self.contest.plan.village
        places = [place for place, step in enumerate(self.steps) if step["phase"] == phase and step["kind"] in TURNS]
        due = {
            "completion": contest.plan.completion in ("utilitarian", "add1u", "add1eu"),
            "comparison": any(step.get("taken") == "greedy" for step in self.steps),
            "leftover": village.leftover in ("next", "next-part"),
        }
        if not due[phase]:
            return
        before = self.steps[: places[0]] if places else self.steps
        made = Turns(contest, Order(contest), before)
        lines = [self.steps[place] for place in places]
        named = [contest.index_of[line["proposal"]] for line in lines]
        if sorted(named) != [index for index in contest.eligible if index not in made.funded]:
            raise impossible(8, lines[0] if lines else None)
        ranks = [self.rank(index) for index in named]
        for line, index, rank, following in zip(lines, named, ranks, [*ranks[1:], *ranks[-1:]]):  # noqa: B905
            taken, because = made.attempt(index, Phase(phase))
            found = [(i, line["amount"], line["left"]) for i in (index,) if line["kind"] == "funded"]
            if (found, line.get("because")) != (taken, because) or rank > following:
                raise impossible(8, line)

    def rank(self, index: int) -> list[Fraction | int]:
        """Its place in turn, as far as the plan tells: the score, then the criteria, then the lot."""
        contest, lot = self.contest, self.contest.plan.lot
        found: list[Fraction | int] = [-contest.score[index]]
        if "cheapest" in contest.plan.ties:
            found.append(contest.cost[index])
        if lot is not None and contest.plan.ties[-1] == "lot":
            found.append(lot.order.index(contest.ids[index]))
        return found

    def shares(self) -> None:
        """everyones-share: each supporter gives at most a share, and one unit may come on top."""
        contest = self.contest
        unit, share = contest.plan.village.unit, contest.available / contest.voters
        out = [contest.index_of[step["proposal"]] for step in self.rule if step["kind"] == "skipped"]
        named = len(out + self.bought) == len(self.rule) and sorted(out + self.bought) == contest.eligible
        if not named or out != sorted(out):
            raise impossible(9, self.rule[-1] if self.rule else None)
        ranks = [-contest.score[index] for index in self.bought]
        if ranks != sorted(ranks):
            raise impossible(9, self.rule[len(out)])
        for place, step in enumerate(self.rule):
            index = contest.index_of[step["proposal"]]
            right = step.get("because") == "below-minimum"
            if place >= len(out):
                amount, most = step.get("amount", 0), self.support[index] * share + unit
                right = amount % unit == 0 and contest.least[index] <= amount < most
            if not right:
                raise impossible(9, step)


def impossible(number: int, step: Step | None = None, name: str = "") -> Fault:
    place = (name, name)
    if step is not None:
        place = (f"Trin {step['step']}", f"Step {step['step']}")
    elif not name:
        place = ("Sporet", "The trace")
    return Fault("E1508", place=place, why=IMPOSSIBLE[number - 1], number=number)


# ---------------------------------------------------------------------------------------------- bundles: the checks


class Asked(NamedTuple):
    """What the person who checks knows besides the bundle, and how long she waits for one count."""

    keys: tuple[str, ...] = ()
    since: bytes | None = None
    receipt: str | None = None
    limit: int | None = None  # seconds


class Finding(NamedTuple):
    """What became of one check: status, how many items were looked at, the code of what failed, words."""

    number: int
    status: str
    items: int
    code: str | None
    da: str
    en: str


NO_OPTION = (False, "ikke bedt om", "not asked for")
PLAIN_FILE = (
    False,
    "pakken er lavet af en fil, som hverken har en historie eller kvitteringer",
    "the bundle is made from a file, which has neither a history nor receipts",
)
MISWRITTEN = ("den er ikke skrevet, som den skal", "it is not written as it must be")
SIGNED_ANOTHER = (
    "det, der er skrevet under, er et andet manifest end dette: ændret bagefter, eller underskrifter fra en anden runde",
    "what was signed is another manifest than this one: changed after signing, or another round's signatures",
)
ONLY_TOTALS = (
    "Kun stemmetal vises: ingen har set stemmesedlerne her. At stemmetallene er sedlernes, er ikke prøvet.",
    "The tier totals: nobody has seen the ballots here. That the totals are theirs was not checked.",
)
ONLY_COUNTED_BY_HAND = (
    "Talt i hånden: kun stemmetallene er kendt, og ingen kan tælle sedlerne om her. At de er talt rigtigt, er ikke prøvet.",
    "Counted by hand: only the totals are known, and nobody can count the ballots again here. That they were counted "
    "right was not checked.",
)
BY_HAND = (
    "sedlerne er talt i hånden og står ikke i pakken",
    "the ballots were counted by hand and are not in the bundle",
)
WITHOUT_BALLOTS = (
    "pakken viser kun stemmetal, ikke sedlerne; kun den, der har dem, kan gøre det",
    "the tier totals does not show the ballots; only who has them can do this",
)


CHECKS: dict[int, tuple[str, str, tuple[int, ...]]] = {  # what is looked at, and the checks that it rests on
    1: ("beholderen", "the container", ()),
    2: ("filernes form, byte for byte", "the form of the files, byte by byte", (1,)),
    3: ("manifestet", "the manifest", (1, 2)),
    4: ("underskrifterne", "the signatures", (1, 2, 3)),
    5: ("udgaver og plan", "versions and plan", (1, 2, 3)),
    6: ("navne på tværs af filer", "ids across files", (5,)),
    7: ("hver stemmeseddel", "every ballot", (6,)),
    8: ("rundens hændelser", "the round's events", (6,)),
    9: ("historien siden sidst", "the history since then", (8,)),
    10: ("sedlernes træ og antal", "the ballots' tree and numbers", (7, 8)),
    11: ("de åbnede sedler", "the opened ballots", (10,)),
    12: ("lodtrækningen", "the lot", (7, 8)),
    13: ("omtælling", "the recount", (7, 12)),
    14: ("sporet, trin for trin", "the trace, step by step", (7, 12)),
    15: ("resultatets regnestykke", "the arithmetic of the result", (7,)),
    16: ("afledte filer", "derived files", (15,)),
    17: ("kvitteringen", "the receipt", (8, 10)),
}
ROLE_WORDS = {"clerk": ("sekretær", "clerk"), "auditor": ("revisor", "auditor")}
TIER_WORDS = {"open": "sedlerne vises", "totals": "kun stemmetal vises", "sealed": "sedler og kvitteringer vises"}
STATE_WORDS = {
    "draft": "under udarbejdelse", "proposals": "åben for forslag", "vetting": "under gennemgang", "ready": "låst",
    "open": "åben for stemmer", "suspended": "sat på pause", "closed": "lukket", "cancelled": "aflyst",
    "annulled": "annulleret",
}  # fmt: skip


class Signature(NamedTuple):
    """Who may sign, whether she has, and whether her key was announced to the person who checks."""

    fingerprint: str
    role: str
    signed: bool
    pinned: bool

    @property
    def name(self) -> tuple[str, str]:
        """Danish and English."""
        danish, english = ROLE_WORDS.get(self.role, (quoted_text(self.role), quoted_text(self.role)))
        return f"{danish} {self.fingerprint}", f"{english} {self.fingerprint}"


class Audit:
    """One bundle under check.  Each method `check_N` looks at one kind of claim: it gives the number of items looked
    at, or raises the first Fault it finds, or Left.  A check may use what the checks that it rests on have proved.
    """

    def __init__(self, data: bytes, asked: Asked) -> None:
        self.data, self.asked = data, asked
        self.members: dict[str, bytes] = {}
        self.documents: dict[str, Json] = {}  # members of JSON, parsed
        self.lines: dict[str, list[Any]] = {}  # members of lines: JSON documents, or the fields of each line
        self.notes: list[tuple[str, str]] = []
        self.unpinned = False
        self.roles: dict[str, str] = {}  # of the signers' fingerprints
        self.signatures: list[Signature] = []  # of those who may sign
        self.signatures_hold = False  # else who is said to have signed is not known
        self.passed: set[int] = set()
        self.blocked: list[int] = []  # checks that rest on one that did not pass
        self.heads: list[int] | None = None  # how many people cast each ballot, where ballots weigh by area

    # -- what the bundle says

    @property
    def manifest(self) -> Json:
        return self.documents["manifest.json"]

    @property
    def round(self) -> Json:
        return self.documents["round.json"]

    @property
    def outcome(self) -> Json:
        return self.documents["result.json"]["outcome"]

    @property
    def newer(self) -> bool:
        """Whether the bundle is of format 1.1 or later."""
        return str(self.manifest["schema"]) != "borgerbudget.audit/1.0"

    @property
    def format(self) -> str:
        return str(self.manifest["schema"]).rpartition("/")[2]

    @property
    def tier(self) -> str:
        return str(self.manifest["tier"])

    @property
    def trace(self) -> list[Json]:
        return self.lines["trace.jsonl"]

    @property
    def events(self) -> list[Json]:
        return self.lines.get("events.jsonl", [])

    @property
    def is_file(self) -> bool:
        return bool(self.round["source"]["kind"] == "file")

    @property
    def by_hand(self) -> bool:
        """Whether only totals are known, so that there are neither ballots to show nor leaves."""
        return bool(self.round["ballot"]["method"] == "hand-count")

    def payloads(self, kind: str) -> list[Json]:
        found = [event for event in self.events if isinstance(event, dict) and event.get("type") == kind]
        return [event.get("payload") for event in found]

    def note(self, danish: str, english: str) -> None:
        self.notes.append((danish, english))

    # -- 1 to 5: the file, its bytes, its list, its signatures, its versions

    def check_1(self) -> int:
        self.members = container(self.data)
        return len(self.members)

    def check_2(self) -> int:
        for name, data in self.members.items():
            if name.endswith(".json"):
                try:
                    self.documents[name] = bundle_json(data)
                except ValueError as error:
                    raise Fault("E221", name=name, why=why_not(error)) from None
            elif name.endswith(".jsonl"):
                self.lines[name] = []
                for place, line in enumerate(bundle_lines(name, data), 1):
                    try:
                        self.lines[name].append(bundle_json(line + b"\n"))
                    except ValueError as error:
                        raise Fault("E222", name=name, line=place, why=why_not(error)) from None
            elif name in GRAMMARS:
                self.lines[name] = []
                for place, line in enumerate(bundle_lines(name, data), 1):
                    match = GRAMMARS[name].fullmatch(line.decode("ascii", "replace"))
                    if match is None or (name == "totals.tsv" and None in map(read_number_text, match.groups()[1:])):
                        raise Fault("E223", name=name, line=place)
                    self.lines[name].append(match.groups())
            elif name != "verify.py":
                try:
                    plain = "\x00" not in data.decode("utf-8")
                except UnicodeDecodeError:
                    plain = False
                if not plain:
                    raise Fault("E224", name=name)
        return len(self.members)

    def check_3(self) -> int:
        for name in ("manifest.json", "round.json", "proposals.jsonl", "trace.jsonl", "result.json", "verify.py"):
            if name not in self.members:
                raise Fault("E312", name=name)
        shape = [{"path": frozenset(MEMBERS), "size": int, "sha256": HEX}]
        files = self.manifest.get("files") if isinstance(self.manifest, dict) else None
        if not isinstance(files, list) or not fits(files, shape):
            raise Fault("E314")
        listed = [entry["path"] for entry in files]
        if not ascends(listed):
            raise Fault("E314")
        for name in sorted(self.members):
            if (name in listed) == name.startswith("manifest."):
                raise Fault("E313", name=name)
        for entry in files:
            data = self.members.get(entry["path"])
            if data is None:
                raise Fault("E312", name=entry["path"])
            if len(data) != entry["size"] or sha256(data) != entry["sha256"]:
                raise Fault("E311", name=entry["path"])
        if self.members["verify.py"] != read_file(__file__):
            self.note(
                "Pakkens kopi af verify.py er en anden end den, der prøver nu; den er ikke brugt.",
                "The bundle's copy of verify.py is not the one that checks now; it was not used.",
            )
        return len(files)

    def signers(self) -> dict[str, bytes]:
        """Fingerprint -> public key of who may sign, replaced keys replaced."""
        round_ = self.round if isinstance(self.round, dict) else {}
        declared: Json = round_.get("signers")
        threshold: Json = round_.get("threshold")
        if not fits(declared, [SIGNER]) or not is_whole(threshold):
            raise Fault("E406")
        entries = {entry["fingerprint"]: entry for entry in declared}
        for event in self.events:
            if isinstance(event, dict) and event.get("type") == "key-replaced":
                payload: Json = event.get("payload")
                if not fits(payload, PAYLOADS["key-replaced"]) or payload["old"] not in entries:
                    raise Fault("E406")
                entries.pop(payload["old"])
                entries[payload["new"]["fingerprint"]] = payload["new"]
        keys = {name: bytes.fromhex(entry["public_key"]) for name, entry in entries.items()}
        self.roles = {name: entry["role"] for name, entry in entries.items()}
        if any(sha256(key) != name for name, key in keys.items()) or len(keys) != len(declared):
            raise Fault("E406")
        if not min(1, len(keys)) <= threshold <= len(keys):
            raise Fault("E406")
        return keys

    def signed_by(self, names: list[str]) -> list[Signature]:
        return [Signature(one, role, one in names, one in self.asked.keys) for one, role in self.roles.items()]

    def check_4(self) -> int:
        keys, pins = self.signers(), self.asked.keys
        self.signatures = self.signed_by([])
        if "manifest.dsse.json" not in self.members:
            if pins:
                raise Fault("E404", key=pins[0])
            raise Left(True, "pakken er ikke underskrevet", "the bundle is not signed")
        envelope, listing = self.documents["manifest.dsse.json"], self.members["manifest.json"]
        signature = re.compile("[A-Za-z0-9+/]{86}==", re.ASCII)
        shape = {"payload": str, "payloadType": str, "signatures": [{"keyid": HEX, "sig": signature}]}
        if not fits(envelope, shape) or envelope["payloadType"] != PAYLOAD_TYPE or not envelope["signatures"]:
            raise Fault("E405", why=MISWRITTEN)
        names = [entry["keyid"] for entry in envelope["signatures"]]
        if names != sorted(set(names)):
            raise Fault("E405", why=MISWRITTEN)
        if envelope["payload"] != base64.b64encode(listing).decode("ascii"):
            raise Fault("E405", why=SIGNED_ANOTHER)
        message = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode("ascii"), len(listing), listing)
        for entry in envelope["signatures"]:
            signed = base64.b64decode(entry["sig"])
            if entry["keyid"] not in keys:
                raise Fault("E403", key=entry["keyid"])
            if base64.b64encode(signed).decode("ascii") != entry["sig"]:
                raise Fault("E405", why=MISWRITTEN)
            if not signature_holds(keys[entry["keyid"]], message, signed):
                raise Fault("E401", key=entry["keyid"])
        self.signatures, self.signatures_hold = self.signed_by(names), True
        needed = self.round["threshold"]
        for pin in pins:
            if pin not in names:
                raise Fault("E404", key=pin)
        if len(names) < needed:
            missing = tuple(", ".join(one.name[place] for one in self.signatures if not one.signed) for place in (0, 1))
            if pins:  # who knows the signers asks for a finished bundle
                raise Fault("E402", found=len(names), needed=needed, missing=missing)
            raise Left(
                True,
                f"{len(names)} af {needed} har underskrevet; der mangler: {missing[0]}",
                f"{len(names)} of {needed} have signed; still to sign: {missing[1]}",
            )
        if len(set(pins) & set(names)) < needed:
            self.unpinned = True
            self.note(
                "Underskriverne er ikke genkendt: slå fingeraftrykkene op, hvor de er bekendtgjort uden for pakken, og giv dem "
                "med --key.",
                "The signers are not recognised: look the fingerprints up where they were announced outside the bundle, and "
                "give them as --key.",
            )
        return len(names)

    def check_5(self) -> int:
        schema = self.manifest.get("schema")
        if not isinstance(schema, str) or not BUNDLE_SCHEMA.fullmatch(schema):
            raise Fault("E501", name="manifest.json", value=schema)
        for name, known in KNOWN_SCHEMAS.items():
            if name in self.documents:
                schema = self.documents[name].get("schema") if isinstance(self.documents[name], dict) else None
                if schema not in known:
                    raise Fault("E501", name=name, value=schema)
        for name, shape in {**SHAPES, **(SHAPES_1_1 if self.newer else {})}.items():
            if name in self.documents:
                demand(name, self.documents[name], shape)
        if not self.newer:
            self.note(
                "Formatet er 1.0, det ældre: der er ikke bedt om vidner til en lodtrækning eller en begrundelse for at vise "
                "sedlerne, og grænser for sedler i en fil er ikke prøvet.",
                "The format is 1.0, the older one: witnesses of a lot and the reason for showing the ballots were not asked "
                "for, and the limits of a file's ballots were not checked.",
            )
        round_, pool = self.round, self.round["pool"]
        if pool["minor_units"] != 2 or not 0 < pool["amount"] <= LARGEST_AMOUNT:
            raise Fault("E502", name="round.json", key="pool")
        if pool["sources"] and sum(source["amount"] for source in pool["sources"]) != pool["amount"]:
            raise Fault("E502", name="round.json", key="pool")
        if self.manifest["verifier_sha256"] != sha256(self.members["verify.py"]):
            raise Fault("E502", name="manifest.json", key="verifier_sha256")
        header, totals = self.trace[0] if self.trace else None, self.tier == "totals"
        if not isinstance(header, dict) or header.get("kind") != "header":
            raise Fault("E502", name="trace.jsonl", key="kind")
        self.check_kinds(header)
        if header.get("schema") != ("borgerbudget.trace-totals/1" if totals else "borgerbudget.trace/1"):
            raise Fault("E501", name="trace.jsonl", value=header.get("schema"))
        if self.outcome.get("schema") != "borgerbudget.outcome/1":
            raise Fault("E501", name="result.json", value=self.outcome.get("schema"))
        ballots: Json = header.get("ballots")
        if totals and (not fits(ballots, {"valid": Fraction}) or (read_number(ballots["valid"]) or 0) < 0):
            raise Fault("E502", name="trace.jsonl", key="ballots")
        listed = [entry for entry in self.lines["proposals.jsonl"] if fits(entry, PROPOSAL_SHAPE)]  # all, or 6 fails
        named = tuple(Proposal(entry["id"], entry["cost"], False) for entry in listed)
        method, default = round_["ballot"]["method"], round_["ballot"]["default_score"]
        bare = Election(method, "", pool["amount"], default, named, (), round_["round"], None)
        try:
            self.plan = plan_of_header(bare, {"plan": round_["plan"], "lot": None})
        except CheckFailed as error:
            raise Fault("E503", why=(error.danish, error.english)) from None
        self.check_texts()
        others = (
            ("manifest.json", self.manifest["plan"]["parameters"]),
            ("trace.jsonl", header.get("plan")),
            ("result.json", self.outcome.get("plan")),
        )
        for name, plan in others:
            if canonical(plan) != canonical(round_["plan"]):
                raise Fault("E504", name=name)
        return len(self.documents)

    def check_texts(self) -> None:
        """Rule and completion are those whose texts are known here: else the same name might mean something else."""
        named, reference = self.round["plan"], self.manifest["plan"]
        for name, told in ((named["rule"], "rule_sha256"), (named.get("completion"), "completion_sha256")):
            known = (None,) if name is None else SPECIFICATIONS[name]
            if reference[told] not in known:
                raise Fault("E507", rule=name, value=reference[told])

    def check_kinds(self, header: Json) -> None:
        """Tier and kind of source say which members there are."""
        of_rounds, file, by_hand = ["events.jsonl"], self.is_file, self.by_hand
        of_rounds += [] if by_hand else ["leaves.txt", "rejected.tsv"]
        wanted = {"tables/result.csv", "totals.tsv" if self.tier == "totals" else "ballots.tsv"}
        wanted |= set() if file else set(of_rounds)
        wanted |= {"openings.tsv"} if self.tier == "sealed" else set()
        wanted |= {"lot.json"} if header.get("lot") is not None else set()
        for name in sorted(wanted - set(self.members)):
            raise Fault("E505", name=name)
        free = {"round.pb"} if self.tier != "totals" else set()
        free |= {"weights.json"} if self.newer and file and not by_hand else set()
        always = {name for name in self.members if name.startswith("manifest.")}
        always |= {"round.json", "proposals.jsonl", "trace.jsonl", "result.json", "verify.py"}
        for name in sorted(set(self.members) - wanted - free - always):
            raise Fault("E506", name=name)
        counts_limits = self.newer and file and self.tier != "totals"
        if self.newer and (self.round["ballot"]["breaking"] is None) == counts_limits:
            raise Fault("E502", name="round.json", key="ballot")
        if (file and self.tier == "sealed") or (by_hand and (self.tier != "totals" or not (file or self.newer))):
            raise Fault("E502", name="manifest.json", key="tier")
        if file and self.manifest["events_head"] is not None:
            raise Fault("E502", name="manifest.json", key="events_head")
        if file and self.manifest["ballots_root"] != header.get("ballots_root"):
            raise Fault("E502", name="manifest.json", key="ballots_root")

    # -- 6 and 7: ids, ballots

    def check_6(self) -> int:
        looked = 0
        named = [("round.json", self.round["round"])]
        if "lot.json" in self.documents and self.documents["lot.json"]["round"] is not None:
            named.append(("lot.json", self.documents["lot.json"]["round"]))
        for name, found in named:
            if found != self.manifest["round"]:
                raise Fault("E601", name=name)
        ids: list[str] = []
        for place, proposal in enumerate(self.lines["proposals.jsonl"], 1):
            good = fits(proposal, PROPOSAL_SHAPE) and 0 < proposal["cost"] <= LARGEST_AMOUNT
            if good and proposal["min_cost"] is not None:
                good = 0 < proposal["min_cost"] <= proposal["cost"]
            if not good or (ids and ids[-1] >= proposal["id"]):
                raise Fault("E603", line=place)
            ids.append(proposal["id"])
        self.index_of = {name: index for index, name in enumerate(ids)}
        if TIERS.index(self.tier) < TIERS.index(self.round["tier"]):
            raise Fault("E605")
        for name in ("ballots.tsv", "openings.tsv"):
            for place, fields in enumerate(self.lines.get(name, []), 1):
                for entry in self.entries(fields[-1]):
                    looked += 1
                    if entry not in self.index_of:
                        raise Fault("E602", name=name, line=place, id=entry)
        if "totals.tsv" in self.lines and [fields[0] for fields in self.lines["totals.tsv"]] != ids:
            raise Fault("E604", name="totals.tsv")
        if self.by_hand:
            valid, votes = self.trace[0]["ballots"]["valid"], [fields[1:] for fields in self.lines["totals.tsv"]]
            whole = is_whole(valid) and all(same == total and total.isdigit() for same, total in votes)
            longest, cast = self.round["ballot"]["limits"]["max_length"], sum(int(total) for _, total in votes if whole)
            if not whole or valid == 0 < cast or (longest is not None and cast > valid * longest):
                raise Fault("E606", name="totals.tsv")
        if "lot.json" in self.documents and sorted(self.documents["lot.json"]["order"]) != ids:
            raise Fault("E604", name="lot.json")
        for place, payload in enumerate(self.payloads("withdrawn"), 1):
            if not fits(payload, PAYLOADS["withdrawn"]) or payload["proposal"] not in self.index_of:
                raise Fault("E602", name="events.jsonl, withdrawn", line=place, id=payload)
        return looked + len(ids)

    def entries(self, text: str) -> list[str]:
        """The ids that stand in a ballot field."""
        if self.round["ballot"]["method"] == "ranked":
            return text.split(">") if text else []
        entries = text.split(",") if text else []
        if self.round["ballot"]["method"] in ("points", "scoring"):
            return [entry.rpartition(":")[0] for entry in entries]
        return entries

    def ballot_of(self, text: str) -> Ballot | None:
        """A ballot field in its one spelling, else None."""
        method, default = self.round["ballot"]["method"], self.round["ballot"]["default_score"]
        indices = [self.index_of[entry] for entry in self.entries(text)]
        if method == "ranked":
            return tuple(indices)
        if not ascends(indices):
            return None
        if method in ("approval", "knapsack"):
            return tuple(indices)
        marks = [entry.rpartition(":")[2] for entry in text.split(",")] if text else []
        if not all(re.fullmatch("0|-?[1-9][0-9]{0,15}", mark) and abs(int(mark)) <= LARGEST_AMOUNT for mark in marks):
            return None
        pairs = tuple(zip(indices, map(int, marks)))  # noqa: B905
        silent = default if method == "scoring" else None
        if any(mark == silent or (method == "points" and mark <= 0) for _, mark in pairs):
            return None
        return pairs

    def check_7(self) -> int:
        """Makes `election`, too: what is counted."""
        withdrawn = {payload["proposal"] for payload in self.payloads("withdrawn")}
        listed = self.lines["proposals.jsonl"]
        proposals = tuple(
            Proposal(p["id"], p["cost"], p["withdrawn"] or p["id"] in withdrawn, p["min_cost"]) for p in listed
        )
        ballots: list[tuple[Fraction, Ballot]] = []
        breaking: list[Fault] = []
        last: str | None = None
        for place, (count_text, text) in enumerate(self.lines.get("ballots.tsv", []), 1):
            weight = read_rational(count_text if "/" in count_text else count_text + "/1")
            ballot = self.ballot_of(text)
            if weight is None or ballot is None or (weight.denominator == 1) == ("/" in count_text):
                raise Fault("E701", line=place)
            if max(weight.numerator, weight.denominator) > LARGEST_AMOUNT or (last is not None and last >= text):
                raise Fault("E701", line=place)
            breaking += self.broken_limits(place, ballot)
            if not self.is_file:
                self.one_voters_each(place, weight, ballot)
                if breaking:
                    raise breaking[0]
            last = text
            ballots.append((weight, ballot))
        ballot_, pool = self.round["ballot"], self.round["pool"]
        self.election = Election(
            ballot_["method"], pool["currency"], pool["amount"], ballot_["default_score"], proposals, tuple(ballots),
            self.round["round"], self.round["source"]["sha256"],
            sealed_root=None if self.is_file or self.by_hand else self.manifest["ballots_root"],
            hand_count=self.hand_count(),
        )  # fmt: skip
        self.weights_follow(ballots)
        if self.tier == "totals":
            self.note(*(ONLY_COUNTED_BY_HAND if self.by_hand else ONLY_TOTALS))
            raise Left(False, *(BY_HAND if self.by_hand else WITHOUT_BALLOTS))
        if self.newer and self.is_file:
            self.limits_are_told(breaking)
        if self.newer and self.tier == "open" and not self.round["tier_reason"]:
            self.may_be_open(ballots)
        return len(ballots)

    def hand_count(self) -> HandCount | None:
        if not self.by_hand:
            return None
        votes = tuple(int(total) for _, total, _ in self.lines["totals.tsv"])
        return HandCount(self.trace[0]["ballots"]["valid"], votes)

    def one_voters_each(self, place: int, weight: Fraction, ballot: Ballot) -> None:
        """A round's ballots are one voter's each and name nothing twice."""
        marked = self.round["ballot"]["method"] in ("points", "scoring")
        indices = [entry[0] for entry in ballot] if marked else list(ballot)
        if weight.denominator != 1 or len(set(indices)) != len(indices):
            raise Fault("E701", line=place)

    def broken_limits(self, place: int, ballot: Ballot) -> list[Fault]:
        """The first limit of the round that a ballot breaks, if there is one; a blank one gives nothing to anybody."""
        method, limits = self.round["ballot"]["method"], dict(self.round["ballot"]["limits"])
        if not ballot:
            return []
        values: dict[str, list[int]] = {"length": [len(ballot)]}
        if method in ("points", "scoring"):
            marks = [entry[1] for entry in ballot]
            values.update(sum_points=[sum(marks)], points=marks)
        elif method != "ranked":
            values["sum_cost"] = [sum(self.lines["proposals.jsonl"][index]["cost"] for index in ballot)]
        if method == "knapsack" and limits["max_sum_cost"] is None:
            limits["max_sum_cost"] = self.round["pool"]["amount"]
        for what, found in values.items():
            least, most = limits[f"min_{what}"], limits[f"max_{what}"]
            if least is not None and min(found) < least:
                return [Fault("E702", line=place, limit=f"min_{what}", value=least)]
            if most is not None and max(found) > most:
                return [Fault("E702", line=place, limit=f"max_{what}", value=most)]
        return []

    def limits_are_told(self, breaking: list[Fault]) -> None:
        """A file's ballots are counted as they are: round.json says how many different ones break its own limits."""
        stated = self.round["ballot"]["breaking"]
        if breaking and not stated:
            raise breaking[0]
        if len(breaking) != stated:
            raise Fault("E705", found=len(breaking), stated=stated)
        if breaking:
            first = breaking[0]
            self.note(
                f"{stated} forskellige sedler bryder rundens egne grænser og er talt med. Den første: {first.danish}",
                f"{stated} different ballots break the round's own limits and are counted. The first: {first.english}",
            )

    def may_be_open(self, ballots: list[tuple[Fraction, Ballot]]) -> None:
        """Without a reason, ballots are shown only where there are many and few that nobody else has cast."""
        people: list[Fraction] = [weight for weight, _ in ballots]
        if self.heads is not None:
            people = [Fraction(heads) for heads in self.heads]
        cast, alone = sum(people, Fraction(0)), sum(heads <= 1 for heads in people)
        if cast < FEWEST_FOR_OPEN or alone > MOST_UNIQUE * cast:
            raise Fault("E704", ballots=number(cast), unique=alone)

    def weights_follow(self, ballots: list[tuple[Fraction, Ballot]]) -> None:
        """weights.json: from which areas the ballots came, what one from each weighs, how many people cast each."""
        document = self.documents.get("weights.json")
        if document is None:
            return
        areas = document["areas"]
        numbers, weights = ([read_number(area[key]) or Fraction(0) for area in areas] for key in ("number", "weight"))
        cast = [area["heads"] for area in areas]
        people = sum(cast)
        if not ascends([area["name"] for area in areas]) or min([1, *cast, *numbers]) <= 0:
            raise Fault("E703", key="areas")
        due = weights_due(document["by"], numbers, cast)
        counted = read_number(self.trace[0]["ballots"]["valid"]) if self.tier == "totals" else self.election.voters
        if weights != due or counted != sum((w * heads for w, heads in zip(weights, cast)), Fraction(0)):  # noqa: B905
            raise Fault("E703", key="weight")
        self.heads = document["heads"]
        if (self.heads is None) != (self.tier == "totals"):
            raise Fault("E703", key="heads")
        if self.heads is not None and not people_fit(weights, cast, self.heads, [weight for weight, _ in ballots]):
            raise Fault("E703", key="heads")
        votes = number(counted or 0)
        self.note(
            f"Sedlerne vejer efter område: {people} mennesker har stemt, og det tæller som {votes}.",
            f"The ballots weigh by area: {people} people have voted, which counts as {votes}.",
        )

    # -- 8 to 11: the round's history, the box

    def check_8(self) -> int:
        if self.is_file:
            raise Left(*PLAIN_FILE)
        state: str | None = None
        prev, frozen = "0" * 64, None
        happened: set[str] = set()
        withdrawn: list[str] = []
        payloads = PAYLOADS_1_1 if self.newer else PAYLOADS
        raw = self.members["events.jsonl"].split(b"\n")
        for seq, event in enumerate(self.events, 1):
            demand("events.jsonl", event, EVENT_SHAPE, "E806", seq=seq)
            kind = event["type"]
            if event["seq"] != seq or event["prev"] != prev:
                raise Fault("E801", seq=seq)
            sources, target = MOVES.get(kind, (REMARKS.get(kind, ()), state))
            late = "box-sealed" in happened
            allowed = state in sources and not (kind in ONLY_ONCE and kind in happened)
            allowed = allowed and kind != ("batch-added" if self.by_hand else "hand-counted")
            allowed = allowed and not (late and kind in NOT_AFTER_SEALING) and (late or kind not in ONLY_AFTER_SEALING)
            if not allowed or event["from"] != state or event["to"] != target:
                raise Fault("E802", seq=seq, type=kind)
            if kind == "frozen" and event["freeze_hash"] is not None:
                frozen = event["freeze_hash"]
            elif kind == "thawed":
                frozen = None
            if event["freeze_hash"] != frozen or (kind == "frozen" and frozen is None):
                raise Fault("E804", seq=seq)
            if not is_day(event["day"]):
                raise Fault("E806", seq=seq, key="day")
            if kind in payloads:
                demand("events.jsonl", event["payload"], payloads[kind], "E806", seq=seq)
            if kind == "withdrawn":
                withdrawn.append(event["payload"]["proposal"])
            if kind == "closed" and event["payload"]["withdrawn"] != withdrawn:
                raise Fault("E806", seq=seq, key="withdrawn")
            state, prev = target, sha256(raw[seq - 1])
            happened.add(kind)
        if state not in WITH_RESULT:
            raise Fault("E805", state=(STATE_WORDS.get(str(state), state), state))
        parts = sha256(self.members["round.json"]) + "\n" + sha256(self.members["proposals.jsonl"]) + "\n"
        if frozen != sha256(("bb/freeze/1\n" + parts).encode("ascii")):
            raise Fault("E803")
        if prev != self.manifest["events_head"]:
            raise Fault("E807")
        named = [e["payload"]["funded_sha256"] for e in self.events if e["type"] in ("counted", "recounted")]
        if named[-1] != sha256(canonical(self.outcome.get("funded"))):
            raise Fault("E808")
        return len(self.events)

    def check_9(self) -> int:
        if self.asked.since is None:
            raise Left(*NO_OPTION)
        if self.is_file:
            raise Left(
                True, f"{PLAIN_FILE[1]}; udelad --since", f"{PLAIN_FILE[2]}; leave out --since"
            )  # it was asked for: what cannot be done must not read as done
        try:
            old = container(self.asked.since)
            old_round = bundle_json(old["manifest.json"])["round"]
            old_lines = bundle_lines("events.jsonl", old["events.jsonl"])
        except (VerifyError, ValueError, KeyError, TypeError):
            raise Fault("E902") from None
        if old_round != self.manifest["round"]:
            raise Fault("E903")
        new_lines = self.members["events.jsonl"].split(b"\n")[:-1]
        for seq, line in enumerate(old_lines, 1):
            if seq > len(new_lines) or new_lines[seq - 1] != line:
                raise Fault("E901", seq=seq)
        return len(old_lines)

    def check_10(self) -> int:
        if self.is_file:
            raise Left(*PLAIN_FILE)
        sealed = self.payloads("box-sealed")[0]
        if self.by_hand:
            return self.urns_add_up(sealed)
        accepted = [fields[0] for fields in self.lines["leaves.txt"]]
        rejected = [fields[0] for fields in self.lines["rejected.tsv"]]
        for name, leaves in (("leaves.txt", accepted), ("rejected.tsv", rejected)):
            if not ascends(leaves):
                raise Fault("E1002", name=name)
        batches, days = self.payloads("batch-added"), [e["day"] for e in self.events if e["type"] == "batch-added"]
        added = sorted(leaf for batch in batches for leaf in batch["leaves"])
        if added != sorted(accepted + rejected) or len(set(added)) != len(added):
            raise Fault("E1002", name="events.jsonl")
        for place, batch in enumerate(batches, 1):
            if batch["batch"] != place or batch["leaves"] != sorted(batch["leaves"]):
                raise Fault("E1002", name="events.jsonl")
            if len(batch["leaves"]) < FEWEST_IN_BATCH and days.count(days[place - 1]) > 1:
                raise Fault("E1005", batch=place)
        root = merkle_root([bytes.fromhex(leaf) for leaf in accepted]).hex()
        if not root == sealed["ballots_root"] == self.manifest["ballots_root"] == self.trace[0].get("ballots_root"):
            raise Fault("E1001")
        if (sealed["accepted"], sealed["rejected"]) != (len(accepted), len(rejected)):
            raise Fault("E1004", ballots=sealed["accepted"], leaves=len(accepted))
        ballots = self.trace[0].get("ballots")
        valid = ballots.get("valid") if isinstance(ballots, dict) else None
        if self.tier != "totals":
            valid = number(self.election.voters)
        if valid != len(accepted):
            raise Fault("E1004", ballots=valid, leaves=len(accepted))
        self.no_more_than_may_vote(len(accepted))
        return len(accepted) + len(rejected)

    def no_more_than_may_vote(self, accepted: int) -> None:
        closed = self.payloads("closed")[-1]
        codes, roll = closed["codes"], closed["roll"]
        if accepted > codes:
            more = f"{accepted} sedler er flere", f"{accepted} ballots exceed"
            raise Fault("E1003", more=more, less=(f"de {codes}, der kunne stemme", f"the {codes} who could vote"))
        if codes > roll:
            more = f"{codes}, der kunne stemme, er flere", f"{codes} who could vote exceed"
            raise Fault("E1003", more=more, less=(f"de {roll} på listen", f"the {roll} on the roll"))

    def urns_add_up(self, sealed: Json) -> int:
        """A hand count in a round: the sealed root is that of the totals; what was counted in each urn, of which the last
        count stands, adds up."""
        root = self.election.ballots_root()
        if not root == sealed["ballots_root"] == self.manifest["ballots_root"] == self.trace[0].get("ballots_root"):
            raise Fault("E1001")
        urns = {counted["urn"]: counted for counted in self.payloads("hand-counted")}
        ballots, void = (sum(urn[key] for urn in urns.values()) for key in ("ballots", "void"))
        stated = number(self.election.voters)
        if not urns or (ballots, void) != (sealed["accepted"], sealed["rejected"]) or ballots != stated:
            theirs = "/".join(map(str, sorted({stated, sealed["accepted"]})))
            raise Fault("E1006", mine=f"{ballots} + {void}", theirs=f"{theirs} + {sealed['rejected']}")
        self.no_more_than_may_vote(ballots)
        self.note(
            f"Urner talt: {len(urns)}; gyldige sedler: {ballots}, ugyldige: {void}.",
            f"Urns counted: {len(urns)}; valid ballots: {ballots}, void: {void}.",
        )
        return len(urns)

    def check_11(self) -> int:
        if self.is_file:
            raise Left(*PLAIN_FILE)
        if self.tier != "sealed":
            raise Left(False, "kun den forseglede pakke har åbninger", "only the sealed bundle has openings")
        openings = self.lines["openings.tsv"]
        if [fields[0] for fields in openings] != [fields[0] for fields in self.lines["leaves.txt"]]:
            raise Fault("E1102")
        counted: dict[str, int] = {}
        for leaf, salt, text in openings:
            opened = f"bb/leaf/1\n{self.round['round']}\n{salt}\n{text}"
            if sha256(b"\x00" + opened.encode("ascii")) != leaf:
                raise Fault("E1101", leaf=leaf)
            counted[text] = counted.get(text, 0) + 1
        if counted != {text: int(count_text) for count_text, text in self.lines["ballots.tsv"]}:
            raise Fault("E1103")
        return len(openings)

    # -- 12 to 15: the lot, the count, its trace, its sums

    def check_12(self) -> int:
        header_lot = self.trace[0].get("lot")
        if header_lot is None:
            if self.payloads("lot-drawn"):
                raise Fault("E1202", name="trace.jsonl")
            raise Left(False, "der er ikke trukket lod", "no lot was drawn")
        lot = self.documents["lot.json"]
        shape = {"order": [ID], "dice": (str, None), "round": (ROUND, None)}
        if not fits(header_lot, shape) or any(header_lot[key] != lot[key] for key in shape):
            raise Fault("E1202", name="trace.jsonl")
        if (lot["dice"] is None) != (lot["round"] is None):
            raise Fault("E1202", name="lot.json")
        for payload in self.payloads("lot-drawn"):
            order = None if payload["dice"] is not None else lot["order"]
            witnesses = payload.get("witnesses", lot["witnesses"])  # format 1.0 has them in lot.json alone
            if payload["dice"] != lot["dice"] or payload["order"] != order or witnesses != lot["witnesses"]:
                raise Fault("E1202", name="events.jsonl")
        if not self.is_file and not self.payloads("lot-drawn"):
            raise Fault("E1202", name="events.jsonl")
        if self.plan.ties[-1] != "lot":
            raise Fault("E1202", name="round.json")
        self.plan = Plan(**{**self.plan.__dict__, "lot": Lot(tuple(lot["order"]), lot["dice"], lot["round"])})
        if self.newer and lot["dice"] is None and not any(lot["witnesses"]):
            raise Fault("E1203")
        self.lot_is_told(lot)
        if lot["dice"] is None:
            return len(lot["order"])
        if self.tier == "totals" and self.is_file and self.election.hand_count is None:
            raise Left(True, *WITHOUT_BALLOTS)
        try:
            drawn = lot_from_dice(self.election, lot["dice"]).order
        except UsageError:
            raise Fault("E1202", name="lot.json") from None
        for place, (mine, theirs) in enumerate(zip(drawn, lot["order"]), 1):  # noqa: B905
            if mine != theirs:
                raise Fault("E1201", place=place)
        return len(drawn)

    def lot_is_told(self, lot: Json) -> None:
        seen = ", ".join(map(quoted_text, lot["witnesses"]))
        how = ("af et udvalg", "by a committee")
        if lot["dice"] is not None:
            how = f"med terninger: {shown(lot['dice'])}", f"with dice: {shown(lot['dice'])}"
        by = (f"Vidner: {seen}", f"Witnesses: {seen}") if seen else ("Ingen vidner er nævnt", "No witnesses are named")
        self.note(f"Lodtrækning {how[0]}. {by[0]}.", f"The lot was drawn {how[1]}. {by[1]}.")

    def contest(self) -> Contest:
        if self.tier != "totals":
            return Contest(self.election, self.plan)
        valid = read_number(self.trace[0]["ballots"]["valid"]) or Fraction(0)
        return TotalsContest(self.election, self.plan, valid, self.read_totals())

    def read_totals(self) -> list[tuple[Fraction, Fraction]]:
        found = []
        for _, *fields in self.lines["totals.tsv"]:
            supporters, score = map(read_number_text, fields)
            found.append((supporters or Fraction(0), score or Fraction(0)))
        return found

    def from_totals(self) -> bool:
        """Whether the steps of the rule follow from the totals; Left when they are all there is and it does not."""
        if self.tier == "totals" and self.plan.rule not in RULES_FROM_TOTALS:
            raise Left(True, *WITHOUT_BALLOTS)
        return self.tier == "totals"

    def counted(self) -> Result:
        try:
            return count(self.election, self.plan, contest=self.contest())
        except (TieMatters, InputRejected) as error:
            raise Fault("E1313", why=(error.danish, error.english)) from None

    def check_13(self) -> int:
        self.from_totals()
        mine, theirs = self.counted().outcome, self.outcome
        self.same_winners(mine["funded"], theirs.get("funded"))
        key = first_difference(mine, theirs)
        if key is not None:
            raise Fault("E1312", key=key)
        return len(self.index_of)

    def same_winners(self, mine: list[Step], theirs: Json) -> None:
        """Who was funded is told apart from the order, and that from amounts."""
        if canonical(mine) == canonical(theirs):
            return
        given: list[Json] = theirs if isinstance(theirs, list) else []
        found = [str(entry["proposal"]) for entry in mine]
        said = [shown(e["proposal"]) if isinstance(e, dict) and "proposal" in e else "?" for e in given]
        if sorted(found) != sorted(said) or not isinstance(theirs, list):
            raise Fault("E1311", mine=", ".join(found), theirs=", ".join(said))
        if found != said:
            raise Fault("E1314", mine=", ".join(found), theirs=", ".join(said))
        entry, other = next(pair for pair in zip(mine, given) if canonical(pair[0]) != canonical(pair[1]))  # noqa: B905
        currency = str(self.round["pool"]["currency"])
        raise Fault(
            "E1315", id=entry["proposal"], mine=award_words(entry, currency), theirs=award_words(other, currency)
        )

    def check_14(self) -> int:
        if self.from_totals():
            mine, theirs = ([canonical(line) for line in lines] for lines in (self.counted().lines, self.trace))
            for place in range(max(len(mine), len(theirs))):
                if mine[place : place + 1] != theirs[place : place + 1]:
                    raise Fault("E1421", line=place + 1)
            return len(theirs)
        return len(check(self.election, self.members["trace.jsonl"]).lines)

    def check_15(self) -> int:
        outcome, result, pool = self.outcome, self.documents["result.json"], self.round["pool"]["amount"]
        award = {"proposal": ID, "amount": int, "step": int}
        shape = {
            "funded": [(award, {**award, "topped_up": int})],
            "not_funded": [{"proposal": ID, "reason": str}],
            "spent": int,
            "pool": int,
        }
        for key, part in shape.items():
            if not fits(outcome.get(key), part):
                raise Fault("E1501", key=key)
        funded, left_out = outcome["funded"], [entry["proposal"] for entry in outcome["not_funded"]]
        if sorted([entry["proposal"] for entry in funded] + left_out) != list(self.index_of):
            raise Fault("E1503")
        if not ascends(left_out):
            raise Fault("E1506")
        spent = sum(entry["amount"] for entry in funded)
        if spent > pool:
            raise Fault("E1502", spent=spent, pool=pool)
        sums = {
            "spent": outcome["spent"] == spent,
            "pool": outcome["pool"] == pool,
            "left": result["left"] == pool - spent,
        }
        sums["currency"] = outcome.get("currency") == self.round["pool"]["currency"] and outcome.get("minor_units") == 2
        for key, right in sums.items():
            if not right:
                raise Fault("E1501", key=key)
        for entry in funded:
            cost = self.lines["proposals.jsonl"][self.index_of[entry["proposal"]]]["cost"]
            price = entry["amount"] + entry.get("topped_up", 0)
            if not 0 < entry["amount"] <= price <= cost or (price < cost and self.plan.rule not in PARTIAL_RULES):
                raise Fault("E1501", key=entry["proposal"])
        self.result_follows()
        return len(self.index_of)

    def result_follows(self) -> None:
        """Header, steps and result say the same, as far as the tier shows the steps."""
        contest = self.contest()
        header = contest.header()
        key = first_difference(header, self.trace[0])
        if key is not None:
            raise Fault("E1505", key=difference_words(key, self.trace[0].get(key), header.get(key)))
        steps = self.steps()
        if [step["proposal"] for step in steps if step["phase"] == "given"] != list(self.plan.village.pre_funded):
            raise Fault("E1504", key="given")
        for kind, due in (("endowment-stopped", self.plan.adds), ("comparison", self.plan.compares)):
            if sum(step["kind"] == kind for step in steps) != (due and contest.voters > 0):
                raise Fault("E1504", key=kind)
        expected = fold_outcome(contest, steps, self.endowment(contest, steps))
        mine, theirs = ([entry["proposal"] for entry in one["funded"]] for one in (expected, self.outcome))
        if mine != theirs and sorted(mine) == sorted(theirs):
            raise Fault("E1507", mine=", ".join(mine), theirs=", ".join(theirs))
        key = first_difference(expected, self.outcome)
        if key is not None:
            raise Fault("E1504", key=key)
        if self.newer and canonical(self.people(contest)) != canonical(self.documents["result.json"]["heads"]):
            raise Fault("E1504", key="heads")
        if canonical(self.near_misses(contest, steps)) != canonical(self.documents["result.json"]["near_misses"]):
            raise Fault("E1504", key="near_misses")
        if self.tier == "totals":
            self.possible(contest, steps)

    def possible(self, contest: Contest, steps: list[Step]) -> None:
        """Totals that no ballots give, and steps that no ballots with these totals give."""
        single = self.election.method in ("approval", "knapsack")
        for index, name in enumerate(self.index_of if self.election.hand_count is None else ()):
            support, score = Fraction(contest.support[index], contest.unit), contest.score[index]
            right = score == support if single else score >= support and (score > 0) == (support > 0)
            if not 0 <= support <= contest.voters or not (right or self.election.method == "scoring"):
                raise impossible(1, name=name)
        if self.plan.rule not in RULES_FROM_TOTALS:
            Possible(contest, steps).check()

    def supporters(self, contest: Contest) -> list[int] | None:
        """How many people support each proposal, where that is another number than their votes."""
        if self.heads is None:
            return None
        return [sum(self.heads[ballot] for ballot, _ in pairs) for pairs in contest.supporters]

    def people(self, contest: Contest) -> Json:
        """`heads` of result.json: how many people have voted, where their ballots weigh by area."""
        if "weights.json" not in self.documents:
            return None
        cast, found = sum(area["heads"] for area in self.documents["weights.json"]["areas"]), self.supporters(contest)
        named = None if found is None else [{"proposal": p, "heads": found[i]} for p, i in self.index_of.items()]
        return {"valid": cast, "supporters": named}

    def steps(self) -> list[Step]:
        """The steps of the trace: each has what is asked of it here, and says rightly what is left of the pool."""
        redacted = self.tier == "totals" and self.plan.rule not in RULES_FROM_TOTALS
        ahead = stages(self.plan)
        found: list[Step] = []
        spent = 0
        for line in self.trace[1:]:
            kind = line.get("kind") if isinstance(line, dict) else None
            if kind == "interval" and not redacted:
                continue
            shape = STEP_SHAPES.get(kind) if isinstance(kind, str) else None
            if shape is None:
                raise Fault("E1504", key="kind")
            shown_ = {"kind", "step", "phase", *shape, *ALSO_IN_TOTALS.get(str(kind), ())}
            if redacted and not shown_.issuperset(line):
                raise Fault("E1504", key=min(set(line) - shown_))
            if line.get("tied"):
                shape = {**shape, "tied": [ID], "decided_by": (str, None)}
            if line.get("step") != len(found) + 1:
                raise Fault("E1504", key="step")
            while ahead and (line.get("phase") != ahead[0][0] or kind not in ahead[0][1]):
                ahead.pop(0)
            if not ahead:
                raise Fault("E1504", key="phase")
            if "topped_up" in line:
                shape = {**shape, "topped_up": int}
            for key, part in shape.items():
                if key not in line or not fits(line[key], part):
                    raise Fault("E1504", key=key)
            names = line["over"] if kind == "stopped" else [line["proposal"]] if "proposal" in shape else []
            if kind == "stopped" and not names:
                raise Fault("E1504", key="proposal")
            self.step_is_due(line, names, found)
            found.append(line)
            if kind in ("funded", "topped", "comparison"):
                spent = sum(step["amount"] for step in funded_by(found))
            if "left" in shape and line["left"] != self.election.pool - spent:
                raise Fault("E1501", key="left")
        return found

    def step_is_due(self, line: Step, names: list[str], before: list[Step]) -> None:
        """A step names proposals that take part, gives to none of them twice, and no other amount than it may."""
        kind, given, rule = line["kind"], line["phase"] == "given", self.plan.rule
        rows = {row["proposal"]: row for row in self.trace[0]["proposals"]}
        allowed = self.plan.village.pre_funded if given else [name for name in rows if rows[name]["out"] is None]
        if not set(allowed) >= set(names):
            raise Fault("E1504", key="proposal")
        if line["phase"] == "comparison" != kind and all(step.get("taken") != "greedy" for step in before):
            raise Fault("E1504", key="comparison")
        if kind not in ("funded", "topped"):
            return
        if (line["proposal"] in [step["proposal"] for step in funded_by(before)]) != (kind == "topped"):
            raise Fault("E1504", key="proposal")
        row, price = rows[line["proposal"]], line["amount"] + line.get("topped_up", 0)
        most = row["cost"] if given or kind == "topped" else row.get("ask", row["cost"])
        least = 1 if kind == "topped" or (rule in PARTIAL_RULES and not given) else most
        if (
            ("topped_up" in line and rule != "greedy-80")
            or not 0 < line["amount"] <= price
            or not least <= price <= most
        ):
            raise Fault("E1501", key=line["proposal"])

    def endowment(self, contest: Contest, steps: list[Step]) -> Fraction | None:
        """What each voter had: the trace says it, or it is an equal share."""
        said = [read_rational(step["endowment"]) for step in steps if step["kind"] == "endowment-stopped"]
        if said or self.plan.rule != "equal-shares" or not contest.voters:
            return said[-1] if said else None
        return contest.available / contest.voters

    def near_misses(self, contest: Contest, steps: list[Step]) -> list[Step]:
        """What each proposal that fell out for want of money was short of when the count last looked at it."""
        missing: dict[str, Fraction] = {}
        for line in steps:
            if line["kind"] == "comparison" and line["taken"] == "greedy":
                missing.clear()
            elif line["kind"] == "unaffordable" and "value" in line:
                money = read_rational(line["value"]) or Fraction(0)
                missing[line["proposal"]] = contest.ask[self.index_of[line["proposal"]]] - money
            elif line["kind"] in ("skipped", "stopped") and "because" not in line:
                for name in line["over"] if line["kind"] == "stopped" else [line["proposal"]]:
                    missing[name] = Fraction(contest.ask[self.index_of[name]] - line["left"])
        return [
            {**entry, "missing": number(missing[entry["proposal"]])}
            for entry in self.outcome["not_funded"]
            if missing.get(entry["proposal"], 0) > 0
        ]

    # -- 16 and 17: what is made of it, receipts

    def check_16(self) -> int:
        contest = self.contest()
        made = {"tables/result.csv": self.result_csv(contest)}
        if self.tier != "totals":
            file = self.pabulib()
            if file is not None:
                made["round.pb"] = file
            elif "round.pb" in self.members:
                raise Fault("E1601", name="round.pb")
        for name, data in made.items():
            if self.members.get(name) != data:
                raise Fault("E1601", name=name)
        return len(made)

    def pabulib(self) -> bytes | None:
        election, round_ = self.election, self.round
        if "weights.json" in self.documents:  # a row is a voter, and has no weight
            return None
        if election.voters > MOST_VOTERS_IN_PB or any(weight.denominator != 1 for weight, _ in election.ballots):
            return None
        method, kinds = election.method, {"points": "cumulative", "scoring": "scoring", "ranked": "ordinal"}
        meta = {
            "description": round_["round"],
            "num_projects": len(election.proposals),
            "num_votes": election.voters,
            "budget": amount_text(election.pool),
            "vote_type": kinds.get(method, "approval"),
            "rule": "unknown",
        }
        if method == "knapsack":
            meta["max_sum_cost"] = meta["budget"]
        if method == "scoring":
            meta["default_score"] = election.default_score
        meta["currency"] = round_["pool"]["currency"]
        rows = [["META"], ["key", "value"], *([key, str(value)] for key, value in meta.items())]
        listed = self.lines["proposals.jsonl"]
        least = [None if p.withdrawn else entry["min_cost"] for p, entry in zip(election.proposals, listed)]  # noqa: B905
        columns_ = ["project_id", "cost", "name", "category", "neighborhood", *(["min_cost"] if any(least) else [])]
        rows += [["PROJECTS"], columns_]
        for proposal, entry, amount in zip(election.proposals, listed, least):  # noqa: B905
            cost = amount_text(proposal.cost)
            cost = WITHDRAWN if proposal.withdrawn else cost + ".00" if cost == WITHDRAWN else cost
            row = [proposal.id, cost, entry["title"], ",".join(entry["category"]), entry["area"] or ""]
            rows.append([*row, *(["" if amount is None else amount_text(amount)] if any(least) else [])])
        marked = method in ("points", "scoring")
        rows += [["VOTES"], ["voter_id", "vote", "points"] if marked else ["voter_id", "vote"]]
        text = ["".join(";".join(quoted(cell) for cell in row) + "\n" for row in rows)]
        voter = 0
        for weight, ballot in election.ballots:
            names = ",".join(election.proposals[entry[0] if marked else entry].id for entry in ballot)
            cells = f";{names};{','.join(str(entry[1]) for entry in ballot)}\n" if marked else f";{names}\n"
            text += [f"{number_}{cells}" for number_ in range(voter + 1, voter + int(weight) + 1)]
            voter += int(weight)
        return "".join(text).encode("utf-8")

    def result_csv(self, contest: Contest) -> bytes:
        amounts = {entry["proposal"]: entry["amount"] for entry in self.outcome["funded"]}
        reasons = {entry["proposal"]: entry["reason"] for entry in self.outcome["not_funded"]}
        people = self.supporters(contest)
        told = [] if people is None else ["personer/people"]
        columns_ = ["støtter/supporters", *told, "stemmetal/score", "beløb/amount", "status"]
        rows = [["id", "titel/title", "pris/cost", *columns_]]

        def guarded(text: str) -> str:
            return "'" + text if text[:1] in ("=", "+", "-", "@") and text else text

        def money(amount: int) -> str:
            return f"{amount // 100},{amount % 100:02d}"

        def plain(value: Fraction) -> str:
            return str(value.numerator) if value.denominator == 1 else "'" + rational(value)

        for name in [*amounts, *reasons]:
            index = self.index_of[name]
            title, cost = self.lines["proposals.jsonl"][index]["title"], money(contest.cost[index])
            supporters = plain(Fraction(contest.support[index], contest.unit))
            told = [] if people is None else [str(people[index])]
            row = [guarded(name), guarded(title), cost, supporters, *told, plain(contest.score[index])]
            rows.append([*row, money(amounts.get(name, 0)), reasons.get(name, "funded")])
        text = "".join(";".join(quoted(cell) for cell in row) + "\r\n" for row in rows)
        return b"\xef\xbb\xbf" + text.encode("utf-8")

    def check_17(self) -> int:
        if self.asked.receipt is None:
            raise Left(*NO_OPTION)
        if self.is_file:
            # it was asked for: what cannot be done must not read as done
            raise Left(True, f"{PLAIN_FILE[1]}; udelad --receipt", f"{PLAIN_FILE[2]}; leave out --receipt")
        if self.by_hand:
            raise Left(
                True, "en optælling i hånden har ingen kvitteringer; udelad --receipt",
                "a hand count has no receipts; leave out --receipt",
            )  # fmt: skip
        round_name, batch, prefix = read_receipt(self.asked.receipt)
        if round_name != self.manifest["round"]:
            raise Fault("E1702")
        batches = self.payloads("batch-added")
        inside = (
            [leaf for leaf in batches[batch - 1]["leaves"] if leaf.startswith(prefix)] if batch <= len(batches) else []
        )
        if not inside:
            raise Fault("E1701")
        for leaf, reason in self.lines["rejected.tsv"]:
            if leaf in inside:
                self.note(f"Kvitteringens seddel er afvist: {reason}.", f"The receipt's ballot was rejected: {reason}.")
        return 1

    # -- all of them

    def run(self) -> list[Finding]:
        """Every check in its order; those that rest on one that did not pass are not made."""
        findings = []
        held: set[int] = set()  # passed, or meaningless here
        for number_, (danish, english, rests_on) in CHECKS.items():
            items, code, status = 0, None, "PASS"
            missing = [other for other in rests_on if other not in held]
            try:
                if missing:
                    self.blocked.append(number_)
                    raise Left(True, f"hviler på prøve {missing[0]}", f"rests on check {missing[0]}")
                CLOCK.start(self.asked.limit)
                items = getattr(self, f"check_{number_}")()
                self.passed.add(number_)
                held.add(number_)
            except Left as left:
                status = "NOT CHECKED" if left.applies else "NOT APPLICABLE"
                danish, english = f"{danish}: {left.danish}", f"{english}: {left.english}"
                if not missing and (not left.applies or number_ in (4, 12)):
                    held.add(number_)  # an unsigned bundle, or a lot that cannot be made again, hinders nothing else
            except OutOfTime:
                status = "NOT CHECKED"
                words = too_long(self.trace)
                danish, english = f"{danish}: {words[0]}", f"{english}: {words[1]}"
            except CheckFailed as fault:
                status, code = "FAIL", fault.code
                danish, english = f"{danish}: {fault.danish}", f"{english}: {fault.english}"
            finally:
                CLOCK.start(None)
            findings.append(Finding(number_, status, items, code, danish, english))
        return findings


def amount_text(amount: int) -> str:
    """Minor units as the shortest decimal text."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if ";" in cell or '"' in cell else cell


def read_receipt(code: str) -> tuple[str, int, str]:
    """Round, batch and the first twenty hex digits of the leaf."""
    match = re.fullmatch("([A-Za-z0-9._-]{1,64})/([1-9][0-9]{0,8})/([0-9A-Za-z-]{17,24})", code.strip(), re.ASCII)
    written = match.group(3).replace("-", "").upper() if match else ""
    written = written.replace("O", "0").replace("I", "1").replace("L", "1")
    if match is None or len(written) != 17 or any(letter not in LETTERS for letter in written):
        raise UsageError("E1703", *SENTENCES["E1703"])
    head = f"bb/receipt/1\n{match.group(1)}\n{match.group(2)}\n{written[:16]}"
    if LETTERS[hashlib.sha256(head.encode("ascii")).digest()[0] // 8] != written[16]:
        raise UsageError("E1703", *SENTENCES["E1703"])
    bits = 0
    for letter in written[:16]:
        bits = bits * 32 + LETTERS.index(letter)
    return match.group(1), int(match.group(2)), f"{bits:020x}"


def too_long(trace: list[Json]) -> tuple[str, str]:
    """What is said of a count that was given up: its limit, and how long the whole might take."""
    lines = [line for line in trace if isinstance(line, dict)]
    ends = [line.get("to") for line in lines if line.get("kind") == "interval" and is_whole(line.get("to"))]
    runs = int(ends[-1] or 0) + 1 if ends else 1
    done, whole = CLOCK.reached, runs
    if not done:  # within the first run
        done, whole = CLOCK.purchases, runs * sum(line.get("kind") == "funded" for line in lines)
    spent = time.monotonic_ns() - CLOCK.begun
    estimate = max(CLOCK.limit or 0, -(-spent * whole // (done * 10**9))) if done else CLOCK.limit
    return (
        f"tager mere end {CLOCK.limit} s, anslået {estimate} s",
        f"takes more than {CLOCK.limit} s, about {estimate} s",
    )


# ---------------------------------------------------------------------------------------------- bundles: the answer

STATUS_WORDS = {
    "PASS": ("HOLDER", "PASS"),
    "FAIL": ("FEJL", "FAIL"),
    "NOT CHECKED": ("IKKE PRØVET", "NOT CHECKED"),
    "NOT APPLICABLE": ("IKKE RELEVANT", "NOT APPLICABLE"),
}
SIGNATURE_WORDS = {  # signed, and announced to the person who checks
    (True, True): ("har underskrevet, genkendt", "has signed, recognised"),
    (True, False): (
        "har underskrevet, ikke genkendt: slå fingeraftrykket op, hvor det er bekendtgjort; tag det ikke herfra",
        "has signed, not recognised: look the fingerprint up where it was announced, do not take it from here",
    ),
    (False, True): ("har ikke underskrevet", "has not signed"),
    (False, False): ("har ikke underskrevet", "has not signed"),
}
VERDICTS = {
    "pass": ("Pakken holder: alt er prøvet.{}", "The bundle holds: everything was checked.{}"),
    "totals": (
        "Pakken holder, så vidt stemmetallene rækker: ingen har set stemmesedlerne.{}",
        "The bundle holds as far as totals reach: nobody has seen the ballots.{}",
    ),
    "by hand": (
        "Pakken holder, så vidt stemmetallene rækker: sedlerne er talt i hånden og kan ikke tælles om.{}",
        "The bundle holds as far as totals reach: the ballots were counted by hand and cannot be counted again.{}",
    ),
    "fail": (
        "Pakken holder ikke: prøve {}. Brug ikke dens tal.",
        "The bundle does not hold: check {}. Do not use its figures.",
    ),
    "unfinished": (
        "Pakken er ikke færdig: der mangler endnu {} (prøve 4). Brug ikke dens tal endnu.",
        "The bundle is not finished: {} still missing (check 4). Do not use its figures yet.",
    ),
    "incomplete": (
        "Intet er forkert, men ikke alt er prøvet: {}.",
        "Nothing is wrong, but not everything was checked: {}.",
    ),
}


def bundle_report(data: bytes, asked: Asked, as_json: bool, language: str) -> tuple[str, int]:
    """What the checks of a bundle have found, as text for people or one JSON document, and the exit code."""
    audit = Audit(data, asked)
    if asked.receipt is not None:
        read_receipt(asked.receipt)  # a slip of the pen is told at once
    findings = audit.run()
    found = {finding.status for finding in findings}
    verdict, exit_code = "pass", 0
    if "FAIL" in found:
        verdict, exit_code = "fail", 5
    elif audit.unpinned or "NOT CHECKED" in found:
        verdict, exit_code = "incomplete", 8
    manifest, listing = audit.documents.get("manifest.json"), audit.members.get("manifest.json")
    if as_json:
        document = {
            "schema": "borgerbudget.verification/1",
            "sha256": sha256(data),
            "manifest_sha256": None if listing is None else sha256(listing),
            **{key: manifest.get(key) if isinstance(manifest, dict) else None for key in ("round", "tier")},
            "format": audit.format if 5 in audit.passed else None,
            "plan": audit.round["plan"] if 5 in audit.passed else None,
            "ballots": ballots_seen(audit),
            "signatures_needed": audit.round["threshold"] if audit.signatures else None,
            "signers": [one._asdict() for one in audit.signatures],
            "verdict": verdict,
            "exit": exit_code,
            "pinned": 4 in audit.passed and not audit.unpinned,
            "checks": [finding._asdict() for finding in findings],
            "decision": decided(audit),
            "notes": [{"da": danish, "en": english} for danish, english in audit.notes],
        }
        return canonical(document).decode("utf-8"), exit_code
    chosen = 0 if language == "da" else 1
    lines = [words[chosen] for words in opening_words(audit)]
    for finding in findings:
        if finding.number in audit.blocked:
            if finding.number == audit.blocked[0]:
                lines.append(blocked_words(audit, findings)[chosen])
            continue
        words = (finding.da, finding.en)[chosen]
        code = f" [{finding.code}]" if finding.code else ""
        items = f" ({finding.items})" if finding.status == "PASS" else ""
        lines.append(f"{finding.number:3} {STATUS_WORDS[finding.status][chosen]:14} {words}{items}{code}")
    lines += [words[chosen] for words in [*audit.notes, *closing_words(audit, findings)]]
    lines.append(last_words(audit, findings, verdict)[chosen])
    return "\n".join(lines) + "\n", exit_code


def blocked_words(audit: Audit, findings: list[Finding]) -> tuple[str, str]:
    """One line for all checks that could not be made because another did not pass, Danish and English."""
    numbers = ", ".join(map(str, audit.blocked))
    damaged = any(finding.status == "FAIL" for finding in findings[:3])
    again = ("; hent filen igen, hvor den er offentliggjort", "; fetch the file again where it was published")
    danish, english = again if damaged else ("", "")
    return (
        f"  – {STATUS_WORDS['NOT CHECKED'][0]:14} {numbers}: hviler på en prøve, der ikke holdt{danish}",
        f"  – {STATUS_WORDS['NOT CHECKED'][1]:14} {numbers}: rest on a check that did not pass{english}",
    )


def last_words(audit: Audit, findings: list[Finding], verdict: str) -> tuple[str, str]:
    """The last line, the whole answer for whoever reads nothing else: Danish and English."""
    done = sum(one.signed for one in audit.signatures)
    missing = audit.round["threshold"] - done if audit.signatures else 0
    to_come = (
        f"{missing} underskrift{'er' if missing > 1 else ''}",
        f"{missing} signature{'s are' if missing > 1 else ' is'}",
    )
    failed = [f"{finding.number} ({finding.code})" for finding in findings if finding.status == "FAIL"]
    known = set(audit.asked.keys) <= set(audit.roles)
    words: tuple[str, str] = ("", "")
    if failed and missing > 0 and known and failed[0] in ("4 (E402)", "4 (E404)") and len(failed) == 1:
        verdict, words = "unfinished", to_come
    elif failed:
        words = (", ".join(failed), ", ".join(failed))
    elif verdict == "pass":  # every key given has signed
        given = len(set(audit.asked.keys))
        words = (
            f" Underskrifter: {done}, heraf {given} med de nøgler, du gav.",
            f" Signatures: {done}, {given} of them with the keys you gave.",
        )
        if audit.tier == "totals":
            verdict = "by hand" if audit.by_hand else "totals"
    else:
        left_out = ", ".join(str(finding.number) for finding in findings if finding.status == "NOT CHECKED")
        reasons = [(f"prøve {left_out}", f"check {left_out}")] if left_out else []
        reasons += [(f"{to_come[0]} mangler", f"{to_come[1]} missing")] if missing > 0 else []
        if findings[3].status == "NOT CHECKED" and missing <= 0 and 4 not in audit.blocked:
            reasons.append(("ingen har underskrevet", "nobody has signed"))
        if audit.unpinned:
            reasons.append(("underskriverne er ikke genkendt", "the signers are not recognised"))
        words = "; ".join(danish for danish, _ in reasons), "; ".join(english for _, english in reasons)
    return VERDICTS[verdict][0].format(words[0]), VERDICTS[verdict][1].format(words[1])


def money_words(amount: int, currency: str) -> tuple[str, str]:
    """Minor units for people: `12.500,50 kr.` and `12,500.50 DKK`."""
    whole, rest = divmod(amount, CURRENCY_UNIT)
    english = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    danish = english.translate({ord(","): ".", ord("."): ","})
    return f"{danish} {'kr.' if currency == 'DKK' else currency}".rstrip(), f"{english} {currency}".rstrip()


def opening_words(audit: Audit) -> list[tuple[str, str]]:
    """Which bundle it is, and who has signed it: Danish and English."""
    whole, listing = sha256(audit.data), audit.members.get("manifest.json")
    words = [(f"Pakken: SHA-256 {whole}", f"Bundle: SHA-256 {whole}")]
    if listing is not None:
        listed = sha256(listing)
        words.append(
            (
                f"Underskrifter gælder manifest.json: SHA-256 {listed}",
                f"Signatures are over manifest.json: SHA-256 {listed}",
            )
        )
    if 5 in audit.passed:
        round_, pool = audit.round, audit.round["pool"]
        name = round_["round"] + ("" if round_["area"] is None else f", {quoted_text(round_['area']['name'])}")
        danish, english = money_words(pool["amount"], shown(pool["currency"]))
        words.append(
            (
                f"Runde: {name}; pulje {danish}; {TIER_WORDS[audit.tier]}; format {audit.format}",
                f"Round: {name}; pool {english}; tier {audit.tier}; format {audit.format}",
            )
        )
        if round_["tier_reason"]:
            reason = quoted_text(round_["tier_reason"])
            words.append((f"Begrundelse for at vise så meget: {reason}", f"Reason for the tier: {reason}"))
        words += ballots_words(audit)
    if audit.signatures:
        done, needed = sum(one.signed for one in audit.signatures), audit.round["threshold"]
        words.append((f"Underskrifter: {done}, {needed} kræves", f"Signatures: {done}, {needed} needed"))
    for one in audit.signatures:
        danish, english = SIGNATURE_WORDS[one.signed, one.pinned]
        if "manifest.dsse.json" in audit.members and not audit.signatures_hold:
            danish, english = "ingen underskrift, der holder", "no signature that holds"
        words.append((f"    {one.name[0]}: {danish}", f"    {one.name[1]}: {english}"))
    return words


def ballots_seen(audit: Audit) -> Json:
    """How many people cast ballots, what these count as, and how many are different, where they are shown; else None."""
    shows = audit.tier != "totals" if 5 in audit.passed else None
    if shows is None or (shows and 7 not in audit.passed):
        return None
    counted = number(audit.election.voters) if shows else audit.trace[0]["ballots"]["valid"]
    weights = audit.documents.get("weights.json")
    people = counted if weights is None else sum(area["heads"] for area in weights["areas"])
    return {"people": people, "counted": counted, "different": len(audit.lines["ballots.tsv"]) if shows else None}


def ballots_words(audit: Audit) -> list[tuple[str, str]]:
    """How many ballots there are, Danish and English, if it was found out."""
    seen = ballots_seen(audit)
    if seen is None:
        return []
    people, counted, different = seen["people"], seen["counted"], seen["different"]
    danish, english = (
        ("vises ikke", "not shown") if different is None else (f"{different} forskellige", f"{different} different")
    )
    if people == counted:
        return [(f"Stemmesedler: {people} ({danish})", f"Ballots: {people} ({english})")]
    return [
        (
            f"Stemmesedler: {people}, der tæller som {counted} ({danish})",
            f"Ballots: {people}, which count as {counted} ({english})",
        )
    ]


def award_words(award: Json, currency: str) -> tuple[str, str]:
    """An amount and its step for people, or what stands in their place."""
    if not isinstance(award, dict) or not is_whole(award.get("amount")) or not is_whole(award.get("step")):
        return shown(award), shown(award)
    danish, english = money_words(award["amount"], currency)
    others = {key: value for key, value in award.items() if key not in ("proposal", "amount", "step")}
    more = f", {shown(others)}" if others else ""
    return f"{danish}, trin {award['step']}{more}", f"{english}, step {award['step']}{more}"


def plan_words(plan: Json) -> str:
    """A plan as people write it: the rule with its completion, what decides ties, and all that was set besides."""
    name = "/".join(str(plan[key]) for key in ("rule", "completion") if plan.get(key) is not None)
    named = [
        (key, value) for key, value in plan.items() if value is not None and key not in ("rule", "completion", "ties")
    ]
    return "; ".join([name, "ties " + ", ".join(plan["ties"]), *(f"{key} {shown(value)}" for key, value in named)])


def closing_words(audit: Audit, findings: list[Finding]) -> list[tuple[str, str]]:
    """Who gets money, as far as it was proved: Danish and English."""
    words = []
    recounted, failed = 13 in audit.passed, any(finding.status == "FAIL" for finding in findings)
    if recounted or (15 in audit.passed and findings[12].status == "NOT CHECKED"):
        plan, pool = plan_words(audit.outcome["plan"]), audit.round["pool"]
        currency = shown(pool["currency"])
        words.append((f"Plan: {plan}", f"Plan: {plan}"))
        words.append(
            ("Pakken påstår, at disse får penge:", "The bundle claims that these get money:")
            if failed
            else ("Talt om. Disse får penge:", "Recounted. These get money:")
            if recounted
            else (
                "Ikke talt om. Pakken siger, at disse får penge:",
                "Not recounted. The bundle says that these get money:",
            )
        )
        for award in audit.outcome["funded"]:
            title = quoted_text(audit.lines["proposals.jsonl"][audit.index_of[award["proposal"]]]["title"])
            danish, english = money_words(award["amount"], currency)
            about = f"    {award['proposal']} {title}: "
            words.append((about + danish, about + english))
        spent = sum(award["amount"] for award in audit.outcome["funded"])
        given, whole = money_words(spent, currency), money_words(pool["amount"], currency)
        words.append((f"I alt {given[0]} af {whole[0]}", f"Together {given[1]} of {whole[1]}"))
        words += decision_words(audit, currency)
    return words


def decided(audit: Audit) -> Json:
    """What `finalised` says of the decision about the count, if it was made out: the last one, with the amounts by id."""
    told = audit.payloads("finalised") if 8 in audit.passed else []
    if not told or not fits(told[-1], DECISION):
        return None
    amounts = told[-1]["amounts"]
    if not all(len(one) == 2 and fits(one[0], ID) and fits(one[1], NATURAL) for one in amounts):
        return None
    return {**told[-1], "amounts": dict(amounts)}


def decision_words(audit: Audit, currency: str) -> list[tuple[str, str]]:
    """What was decided about the count afterwards, Danish and English, each departure with what was counted."""
    found = decided(audit)
    if found is None:
        return []
    about = f"{found['day']}, {quoted_text(found['reference'])}"
    if found["decision"] == "confirm":
        return [(f"Optællingen er bekræftet ({about}).", f"The count was confirmed ({about}).")]
    words = [
        (f"Beslutningen afviger fra optællingen ({about}):", f"The decision departs from the count ({about}):"),
    ]
    counted = {award["proposal"]: award["amount"] for award in audit.outcome["funded"]}
    for proposal in sorted({*counted, *found["amounts"]}):
        was, becomes = counted.get(proposal, 0), found["amounts"].get(proposal, 0)
        if was != becomes:
            old, new = money_words(was, currency), money_words(becomes, currency)
            words.append(
                (f"    {proposal}: {new[0]} (optalt: {old[0]})", f"    {proposal}: {new[1]} (counted: {old[1]})")
            )
    return words


# ---------------------------------------------------------------------------------------------- the command line

HELP = (
    """\
verify.py prøver en revisionspakke efter, tæller en afstemning op eller prøver en optællings spor efter.

    python3 -I -S verify.py PAKKE.bba [--key FINGERAFTRYK]... [--since ÆLDRE.bba] [--receipt KODE] [--limit SEKUNDER] [--json]
    python3 -I -S verify.py count RUNDE [--plan NAVN] [--plan-file FIL] [--set NØGLE=VÆRDI]... [--ties LISTE]
                                        [--lot-order FIL | --lot-dice CIFRE] [--trace | --json | --withdraw ID...] [--slow]
    python3 -I -S verify.py check RUNDE SPOR [--outcome FIL]
    python3 -I -S verify.py recount RUNDE SPOR [--slow]

Den kræver kun Python 3.9 eller nyere, skriver ingen filer og bruger ikke nettet. Tag den fra en udgivelse, sammenlign dens
SHA-256 med den bekendtgjorte, og kør aldrig den kopi, der ligger i en pakke.

En pakke (.bba) holder en optalt runde og alt, der skal til for at prøve den. Sytten prøver siger hver HOLDER (med antallet
af ting, der er set på), FEJL (med en kode), IKKE PRØVET eller IKKE RELEVANT. Siden docs/audit-bundle.md forklarer dem alle.

  --key FINGERAFTRYK   en underskriver, som er bekendtgjort uden for pakken: 64 tegn 0-9 a-f. Giv alle, der er
                       bekendtgjort; uden dem bliver svaret aldrig, at pakken holder. "borgerbudget audit fingerprint"
                       viser en nøgles fingeraftryk
  --since ÆLDRE.bba    en ældre pakke fra samme runde: dens historie skal være begyndelsen på denne
  --receipt KODE       led efter denne kvittering for en afgivet stemmeseddel
  --limit SEKUNDER     opgiv en optælling, der tager længere; den bliver IKKE PRØVET
  --json               svar med ét JSON-dokument
  --lang da|en         sprog

RUNDE er en Pabulib-fil (.pb) eller en udlæst profil (.json). SPOR er det, "count --trace" eller "tally --trace" skriver.

  --plan NAVN          regel[/udfyldning] eller declared (filens egen); greedy, hvis intet er sagt
  --plan-file FIL      en plan som JSON: plan, ties, indstillinger, constraint
  --set NØGLE=VÆRDI    en indstilling af planen
  --ties LISTE         hvordan stemmelighed afgøres: cheapest, most-votes og til sidst lot eller refuse
  --lot-order FIL      lodtrækningens orden: et id pr. linje, det bedste først
  --lot-dice CIFRE     terninger, kastet for åbent tæppe, efter at stemmerne var afgivet
  --trace              skriv sporet i stedet for resultatet
  --withdraw ID        skriv, hvem der rykker op, når ID trækkes
  --outcome FIL        prøv også dette resultat mod sporet
  --slow               add1: regn ved hver eneste andel i stedet for at bevise, at intet sker imellem

Udgangskoder: 0 alt holder. 1 svaret kunne ikke skrives. 2 der er spurgt forkert. 3 filen kan ikke læses. 5 en prøve fejler.
6 en stemmelighed kræver lodtrækning. 8 intet er forkert, men ikke alt er prøvet, eller underskriverne er ikke genkendt.
130 afbrudt.
""",
    """\
verify.py checks an audit bundle, counts a round, or checks the trace of a count.

    python3 -I -S verify.py FILE.bba [--key FINGERPRINT]... [--since OLD.bba] [--receipt CODE] [--limit SECONDS] [--json]
    python3 -I -S verify.py count ROUND [--plan NAME] [--plan-file FILE] [--set KEY=VALUE]... [--ties LIST]
                                        [--lot-order FILE | --lot-dice DIGITS] [--trace | --json | --withdraw ID...] [--slow]
    python3 -I -S verify.py check ROUND TRACE [--outcome FILE]
    python3 -I -S verify.py recount ROUND TRACE [--slow]

It needs Python 3.9 or newer and nothing else, writes no files and uses no network. Take it from a release, compare its
SHA-256 with the one announced, and never run the copy that lies in a bundle.

A bundle (.bba) holds a counted round and everything needed to check it. Seventeen checks each say PASS (with the number of
items looked at), FAIL (with a code), NOT CHECKED or NOT APPLICABLE. The page docs/audit-bundle.md explains them all.

  --key FINGERPRINT    a signer who was announced outside the bundle: 64 signs 0-9 a-f. Give all that were announced;
                       without them the answer is never that the bundle holds. "borgerbudget audit fingerprint" shows the
                       fingerprint of a key
  --since OLD.bba      an older bundle of the same round: its history must be the beginning of this one's
  --receipt CODE       look for this receipt of a ballot that was cast
  --limit SECONDS      give up a count that takes longer; it becomes NOT CHECKED
  --json               answer with one JSON document
  --lang da|en         language

ROUND is a Pabulib file (.pb) or an exported profile (.json). TRACE is what "count --trace" or "tally --trace" writes.

  --plan NAME          rule[/completion] or declared (the file's own); greedy if nothing is said
  --plan-file FILE     a plan as JSON: plan, ties, settings, constraint
  --set KEY=VALUE      a setting of the plan
  --ties LIST          how ties are decided: cheapest, most-votes, and last lot or refuse
  --lot-order FILE     the order that was drawn: one id per line, best first
  --lot-dice DIGITS    dice thrown in public after the ballots were cast
  --trace              print the trace instead of the outcome
  --withdraw ID        print who moves up when ID is withdrawn
  --outcome FILE       check this outcome against the trace, too
  --slow               add1: run the rule at every endowment instead of proving that nothing happens between

Exit codes: 0 everything holds. 1 the answer could not be written. 2 the question cannot be asked so. 3 the file cannot be
read. 5 a check fails. 6 a tie needs a draw of lots. 8 nothing is wrong, but not everything was checked, or the signers are
not recognised. 130 interrupted.
""",
)


class Grammar(NamedTuple):
    """What a command is asked: its files, options with one value, options that may be repeated, options without."""

    files: tuple[str, ...]
    values: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


COMMANDS = {
    "bundle": Grammar(("FILE.bba",), ("since", "receipt", "limit"), ("key",), ("json",)),
    "count": Grammar(
        ("ROUND",),
        ("plan", "plan-file", "ties", "lot-order", "lot-dice"),
        ("set", "withdraw"),
        ("trace", "json", "slow"),
    ),
    "check": Grammar(("ROUND", "TRACE"), ("outcome",)),
    "recount": Grammar(("ROUND", "TRACE"), (), (), ("slow",)),
}
NOT_TOGETHER = (("lot-order", "lot-dice"), ("trace", "json"), ("trace", "withdraw"), ("json", "withdraw"))


def misasked(danish: str, english: str) -> UsageError:
    return UsageError("E200", f"{danish}; se verify.py --help.", f"{english}; see verify.py --help.")


def parse_arguments(arguments: list[str]) -> tuple[str, list[str], dict[str, Any]]:
    """The command, its files, and its options: a text or None, a list of texts, or whether it is there."""
    words = list(arguments)
    command = words.pop(0) if words and words[0] in ("count", "check", "recount") else "bundle"
    grammar = COMMANDS[command]
    files: list[str] = []
    options: dict[str, Any] = dict.fromkeys((*grammar.values, "lang"))
    options.update((name, []) for name in grammar.repeated)
    options.update((name, False) for name in grammar.flags)
    while words:
        word = words.pop(0)
        if word == "--":
            files += words
            break
        name, equals, value = word[2:].partition("=")
        if not word.startswith("--"):
            files.append(word)
        elif name in grammar.flags and not equals:
            options[name] = True
        elif name not in options or name in grammar.flags:
            raise misasked(f"{shown(word)} kendes ikke her", f"{shown(word)} is not known here")
        elif not equals and not words:
            raise misasked(f"--{name} skal have en værdi", f"--{name} needs a value")
        else:
            value = value if equals else words.pop(0)
            if name in grammar.repeated:
                options[name].append(value)
            elif options[name] is not None:
                raise misasked(f"--{name} er givet to gange", f"--{name} is given twice")
            else:
                options[name] = value
    if options["lang"] not in (None, "da", "en"):
        raise misasked("--lang er da eller en", "--lang is da or en")
    for one, other in NOT_TOGETHER:
        if options.get(one) and options.get(other):
            raise misasked(f"--{one} og --{other} kan ikke gives sammen", f"--{one} and --{other} exclude each other")
    if len(files) < len(grammar.files):
        name = grammar.files[len(files)]
        raise misasked(f"{name} mangler", f"{name} is missing")
    if len(files) > len(grammar.files):
        extra = shown(files[len(grammar.files)])
        raise misasked(f"{extra} er et ord for meget", f"{extra} is a word too many")
    return command, files, options


def read_file(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL character
        danish, english = REFUSALS.get(type(error), REFUSALS[OSError])
        raise InputRejected("E300", f"{shown(path)}: {danish}.", f"{shown(path)}: {english}.") from None
    if len(data) > LARGEST_FILE:
        raise InputRejected("E301", "Filen er for stor.", "The file is too large.")
    return data


REFUSALS: dict[type, tuple[str, str]] = {
    FileNotFoundError: ("filen findes ikke", "there is no such file"),
    IsADirectoryError: ("det er en mappe", "it is a folder"),
    PermissionError: ("den må ikke læses", "it may not be read"),
    OSError: ("den kan ikke læses", "it cannot be read"),
}


def preferred_language(arguments: Iterable[str] = ()) -> str:
    """What --lang says, else Danish under a Danish locale, else English."""
    words = [word for argument in arguments for word in argument.split("=", 1)]
    for before, word in zip(words, words[1:]):  # noqa: B905, RUF007 (newer than Python 3.9)
        if before == "--lang" and word in ("da", "en"):
            return word
    found = [os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)]
    return "da" if found and found[0].lower().startswith("da") else "en"


def proved(replay: Replay) -> tuple[str, str]:
    """What a replayed trace has shown, Danish and English: under which plan, and who is funded."""
    funded = ", ".join(line["proposal"] for line in funded_by(replay.steps)) or "-"
    plan = canonical(replay.contest.plan.document()).decode("utf-8").strip()
    steps = len(replay.steps)
    return (
        f"Sporet holder: {steps} trin er bevist. Plan: {plan}. Får penge: {funded}",
        f"The trace holds: {steps} steps are proved. Plan: {plan}. Funded: {funded}",
    )


def read_plan_file(data: bytes) -> dict[str, Json]:
    """A plan as JSON, with the keys of a TOML plan file: `plan`, `ties`, settings, `constraint`."""
    try:
        document = plain_json(data)
    except ValueError as error:
        danish, english = why_not(error)
        raise UsageError("E223", f"Planfilen: {danish}.", f"The plan file: {english}.") from None
    ties = document.get("ties", []) if isinstance(document, dict) else None
    if not isinstance(ties, list) or not all(isinstance(name, str) for name in (*ties, document.get("plan", ""))):
        raise UsageError("E224", "Planfilen har ikke plan og ties.", "The plan file does not hold plan and ties.")
    if "constraint" in document:
        document["constraints"] = document.pop("constraint")
    return dict(document)


def command_count(path: str, options: dict[str, Any]) -> bytes:
    election = read_input(read_file(path))
    from_file = {} if options["plan-file"] is None else read_plan_file(read_file(options["plan-file"]))
    name = options["plan"] or from_file.pop("plan", "greedy")
    settings: dict[str, Json] = {}
    for setting in options["set"]:
        key, equals, value = setting.partition("=")
        if not equals or key in settings:
            raise UsageError("E217", "--set skrives nøgle=værdi, én gang.", "--set is written key=value, once.")
        settings[key] = value
    lot = None
    if options["lot-dice"] is not None:
        lot = lot_from_dice(election, options["lot-dice"])
    elif options["lot-order"] is not None:
        try:
            text = read_file(options["lot-order"]).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UsageError("E218", "Lodfilen er ikke UTF-8.", "The lot file is not UTF-8.") from None
        lot = lot_from_order(election, [line.rstrip("\r") for line in text.split("\n") if line.rstrip("\r")])
    usual = "cheapest,most-votes," + ("refuse" if lot is None else "lot")
    ties = options["ties"].split(",") if options["ties"] else from_file.pop("ties", usual.split(","))
    from_file.pop("plan", None)
    from_file.pop("ties", None)
    plan = make_plan(election, name, {**from_file, **settings}, ties, lot)
    result = count(election, plan, options["slow"])
    if options["withdraw"]:
        return canonical(withdraw(result, Contest(election, plan), options["withdraw"]))
    return result.trace_bytes() if options["trace"] else result.outcome_bytes()


def no_fingerprint(typed: str, length: int) -> UsageError:
    why = (f"; her er {length}", f"; these are {length}")
    if length == 64:
        why = ("; her er andre tegn", "; here are others")
    if typed.endswith((".pub", ".pem")):
        name = shown(typed[:-4] + ".pub")
        why = (
            f"; det vises af: borgerbudget audit fingerprint {name}",
            f"; it is shown by: borgerbudget audit fingerprint {name}",
        )
    told = (SENTENCES["E407"][place].format(value=shown(typed), why=why[place]) for place in (0, 1))
    return UsageError("E407", *told)


def command_bundle(path: str, options: dict[str, Any], language: str) -> tuple[bytes, int]:
    keys = tuple(re.sub("[ :]", "", key).lower() for key in options["key"])
    for key, typed in zip(keys, options["key"]):  # noqa: B905
        if not HEX.fullmatch(key):
            raise no_fingerprint(typed, len(key))
    limit = options["limit"]
    if limit is not None and not re.fullmatch("[0-9]{1,9}", limit, re.ASCII):
        raise misasked("--limit er et helt antal sekunder", "--limit is a whole number of seconds")
    since = None if options["since"] is None else read_file(options["since"])
    asked = Asked(keys, since, options["receipt"], None if limit is None else int(limit))
    data = read_file(path)
    if data[:4] != b"PK\x03\x04":
        danish, english = SENTENCES["E100"]
        raise InputRejected("E100", f"{shown(path)}: {danish}", f"{shown(path)}: {english}")
    text, exit_code = bundle_report(data, asked, options["json"], language)
    return text.encode("utf-8"), exit_code


def answer(arguments: list[str], language: str) -> tuple[bytes, int]:
    """What is printed, and the exit code."""
    command, files, options = parse_arguments(arguments)
    if command == "bundle":
        return command_bundle(files[0], options, language)
    if command == "count":
        return command_count(files[0], options), 0
    election, trace = read_input(read_file(files[0])), read_file(files[1])
    if command == "check":
        outcome = None if options["outcome"] is None else read_file(options["outcome"])
        told = proved(check(election, trace, outcome))
    else:
        recount(election, trace, options["slow"])
        told = "Optællingen giver de samme byte.", "The recount gives the same bytes."
    return (told[language == "en"] + "\n").encode("utf-8"), 0


def put(stream: Any, data: bytes) -> None:
    """Write to standard output or error, of which Python makes None where it was closed.  Raises OSError."""
    if stream is not None:
        stream.buffer.write(data)
        stream.flush()
    elif data:
        raise OSError


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    language = preferred_language(arguments)
    output, complaint, exit_code = b"", "", 0
    if not arguments or {"-h", "--help"} & set(arguments):
        output, exit_code = HELP[language == "en"].encode("utf-8"), 0 if arguments else 2
    else:
        try:
            output, exit_code = answer(arguments, language)
        except VerifyError as error:
            complaint, exit_code = error.sentence(language) + "\n", error.exit_code
            if isinstance(error, TieMatters) and arguments[0] == "count" and "--json" in arguments:
                output = canonical(error.document)
            elif "--json" in arguments:
                told = {"code": error.code, "da": error.danish, "en": error.english, "exit": exit_code}
                output = canonical({"schema": "borgerbudget.verification-error/1", **told})
    try:
        put(sys.stdout, output)
    except BrokenPipeError:  # the reader has gone (`| head`): it has heard enough
        sys.stdout = io.StringIO()  # or Python would complain once more when it ends
    except OSError:
        sys.stdout, exit_code = io.StringIO(), 1
        complaint += ("E310: Svaret kunne ikke skrives.\n", "E310: The answer could not be written.\n")[
            language == "en"
        ]
    try:
        put(sys.stderr, complaint.encode("utf-8", "backslashreplace"))
    except OSError:
        sys.stderr = io.StringIO()
    return exit_code


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
