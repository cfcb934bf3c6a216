"""The policies of a round: each a key with a value in text, set by people before the round is frozen.

The bold ones have no default: a round that leaves one open cannot be frozen.  ``ballot.*`` are the limits of a ballot and
``plan.*`` the settings of the plan; what a plan may be asked is the tally's business (``PlanChecker``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from borgerbudget.ballots import METHODS, Limits
from borgerbudget.canonical import fit_text
from borgerbudget.errors import UsageError, problem
from borgerbudget.rounds.value_words import LIMITS, choices_words
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.words import Text


@dataclass(frozen=True, slots=True)
class Policy:
    """``read`` gives the one spelling of a value or raises ValueError; a ``bold`` one must be set."""

    key: str
    asks: Text
    values: str
    read: Callable[[str], str]
    default: str | None = None
    bold: bool = False


def one_of(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip() not in known:
            raise ValueError
        return text.strip()

    return read


def several_of(*known: str) -> Callable[[str], str]:
    """Some of them joined by ``+``, written in the order of ``known``."""

    def read(text: str) -> str:
        parts = {part.strip() for part in text.split("+")}
        if not parts <= set(known):
            raise ValueError
        return "+".join(part for part in known if part in parts)

    return read


def whole(least: int, most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch("[0-9]{1,9}", text.strip(), re.ASCII) or not least <= int(text) <= most:
            raise ValueError
        return str(int(text))

    return read


def words(text: str) -> str:
    found = fit_text(text)
    if not found or len(found) > 500:
        raise ValueError
    return found


def tables(text: str) -> str:
    """A list of objects in JSON, as one line."""
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found) or len(text) > 100_000:
        raise ValueError
    return json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def urns(text: str) -> str:
    """Short names joined by ``+``: they stand on sheets and in commands."""
    names = [part.strip() for part in text.split("+")]
    if not all(re.fullmatch("[a-zæøå0-9][a-zæøå0-9-]{0,29}", name) for name in names) or len(set(names)) < len(names):
        raise ValueError
    return "+".join(names)


def _choice(key: str, da: str, en: str, *known: str, default: str | None = None, bold: bool = False) -> Policy:
    return Policy(key, Text(da, en), "|".join(known), one_of(*known), default, bold)


def _several(key: str, da: str, en: str, *known: str, default: str | None = None, bold: bool = False) -> Policy:
    return Policy(key, Text(da, en), "+".join(known), several_of(*known), default, bold)


LIMIT_NAMES = tuple(field for field in Limits.__dataclass_fields__)

KNOWN = (
    _several("eligibility", "hvem må stemme", "who may vote",
             "residents", "second-home-owners", "household", "attendance", bold=True),
    Policy("min_age", Text("mindste alder", "least age"), "0-120", whole(0, 120)),
    _several("channels", "hvordan der stemmes", "how votes are cast", "code", "meeting", "paper", default="code"),
    Policy("urns", Text("hvor der står stemmekasser til papirsedler", "where urns for paper ballots stand"), "NAME+NAME", urns),
    _choice("secrecy", "hemmelig eller åben afstemning", "secret or open voting", "pseudonymous", "open", bold=True),
    _choice("ballot", "stemmeseddel", "ballot", *METHODS, bold=True),
    _choice("order", "forslagenes rækkefølge på sedlen", "order of the proposals on the ballot", "fixed", "drawn",
            default="fixed"),
    Policy("plan", Text("hvordan der tælles", "how votes are counted"), "NAME", words, bold=True),
    Policy("ties", Text("regel for stemmelighed", "rule for ties"), "cheapest,most-votes,lot", words, bold=True),
    _choice("leftover", "hvad der sker med resten", "what happens to the rest",
            "carry-over", "return", "redistribute", "next", "next-part", bold=True),
    _choice("double_vote", "når nogen stemmer to gange", "when somebody votes twice", "first", "last", "all-void",
            "paper-wins", bold=True),
    _choice("invalid_partial", "papirsedler, hvor et kryds er uklart", "paper ballots on which a mark is unclear",
            "void", "keep-clear", default="void"),
    _choice("late_ballot", "sedler efter fristen", "ballots after the deadline", "refused", "counted", default="refused"),
    _choice("withdrawal", "når et forslag trækkes under afstemningen", "when a proposal is withdrawn during the vote",
            "keep-votes", "void-choice", bold=True),
    _choice("reserve", "reserveliste", "reserve list", "no", "yes", default="no"),
    _choice("tier", "hvor meget revisionspakken viser", "how much the audit bundle shows", "totals", "open", "sealed",
            default="totals"),
    Policy("tier_reason", Text("hvorfor den viser mere", "why it shows more"), "TEXT", words),
    Policy("min_turnout", Text("mindste antal vælgere", "least number of voters"), "0-", whole(0, 10**9 - 1), "0"),
    Policy("appeal_days", Text("klagefrist i dage", "days for appeals"), "0-365", whole(0, 365), "7"),
    Policy("decider", Text("hvem der bekræfter", "who confirms"), "TEXT", words, "byrådet"),
    Policy("retention_days", Text("dage til sletning", "days until deletion"), "0-3650", whole(0, 3650), "365"),
    Policy("threshold", Text("underskrifter, der kræves", "signatures needed"), "0-20", whole(0, 20)),
    *(Policy(f"ballot.{name}", LIMITS[name], "0-", whole(0, 10**9 - 1))
      for name in LIMIT_NAMES),
)  # fmt: skip

CONSTRAINTS = "plan.constraints"
"""What a plan file has as tables, here as one line of JSON."""
PLAN_SETTING = re.compile(r"plan\.[a-z][a-z_]{0,39}", re.ASCII)


@dataclass(frozen=True)
class Policies:
    """All that are known, by key, and what stands where nothing is set."""

    known: Mapping[str, Policy]
    defaults: Mapping[str, str]

    @property
    def bold(self) -> tuple[Policy, ...]:
        return tuple(policy for policy in self.known.values() if policy.bold)


POLICIES = Policies(
    {policy.key: policy for policy in KNOWN},
    {policy.key: policy.default for policy in KNOWN if policy.default is not None},
)


def read_policies(given: Mapping[str, str]) -> dict[str, str]:
    """The one spelling of each value; UsageError with everything that is wrong."""
    found, wrong = {}, []
    for key, value in given.items():
        policy = POLICIES.known.get(key)
        if policy is None and PLAN_SETTING.fullmatch(key):
            policy = Policy(key, Text(key, key), "TEXT", tables if key == CONSTRAINTS else words)
        if policy is None:
            wrong.append(problem(PROBLEMS, "RND-010", key=key, known=", ".join(POLICIES.known)))
            continue
        try:
            found[key] = policy.read(value)
        except ValueError:
            wrong.append(
                problem(PROBLEMS, "RND-011", key=key, value=value[:80], known=choices_words(key, policy.values))
            )
    if wrong:
        raise UsageError(wrong)
    return found
