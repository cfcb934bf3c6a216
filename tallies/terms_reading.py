"""Settings of the second book -> the terms of a plan; what a rule cannot carry is refused with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from borgerbudget.election import Election
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.words import Text
from tallies.constraints import KINDS, RESERVING, Constraint
from tallies.rules.rule import Rule
from tallies.setting_values import (
    TURNOUT,
    choice,
    is_percentage,
    listed,
    money,
    rational,
    share,
    share_of_ballots,
    whole,
    yes,
)
from tallies.terms import LEFTOVERS, RECIPIENTS, REMAINDERS, REST, UNUSED, Band, Terms
from tallies.words import PROBLEMS

GENERAL = (
    *("threshold_share", "cost_share", "turnout", "electorate", "cap"),
    *("leftover", "reserve", "withdrawn", "pre_funded"),
)
"""Settings that every rule takes."""
CONSTRAINING = ("constraints", "unused")
OWN = ("prizes", "bands", "unit", "remainder", "winners", "recipients")
"""Settings of single rules."""
TERMS = (*GENERAL, *CONSTRAINING, *OWN)
OTHER_WORD = Text("skriv ordet, som det står i filen", "write the word as it stands in the file")
NO_WORDS = Text(
    "skriv proposals = [...]: i denne runde har intet forslag den slags oplysning",
    "write proposals = [...]: in this round no proposal says anything of the kind",
)
BY_VOTES = ("threshold", "threshold_share", "cost_share", "turnout")
"""Settings that ask about votes, which nobody may have cast where the meeting has decided."""


def read_terms(asked: dict[str, object], election: Election, rule: Rule) -> Terms:
    """Takes what belongs to the terms out of ``asked``.  UsageError for what cannot be asked, InputRejected for proposals
    that are not there."""
    if is_percentage(asked.get("threshold")):
        if "threshold_share" in asked:
            raise UsageError(problem(PROBLEMS, "PLN-018"))
        asked["threshold_share"] = asked.pop("threshold")
    for key in OWN:
        if key in asked and key not in (*rule.required, *rule.optional):
            raise UsageError(problem(PROBLEMS, "PLN-003", key=key, name=rule.name))
        if key not in asked and key in rule.required:
            raise UsageError(problem(PROBLEMS, "PLN-019", key=key, name=rule.name))
    votes = [key for key in BY_VOTES if key in asked]
    if votes and (rule.traits.voteless or asked.get("recipients") == "all"):
        raise UsageError(problem(PROBLEMS, "PLN-020", key=votes[0], name=rule.name))
    given = {key: asked.pop(key) for key in TERMS if key in asked}
    terms = _general(given, election)
    terms = _allocation(given, rule, terms)
    terms = _constrained(given, election, rule, terms)
    if terms.leftover in ("next-part", "redistribute") and not rule.traits.partial:
        raise UsageError(problem(PROBLEMS, "PLN-021", value=terms.leftover, name=rule.name))
    if terms.leftover == "redistribute" and any(c.kind == "at-most" for c in terms.constraints):
        raise UsageError(problem(PROBLEMS, "PLN-022"))
    return terms


def _general(given: dict[str, Any], election: Election) -> Terms:
    electorate = whole(given["electorate"], "electorate") if "electorate" in given else None
    turnout: Fraction | None = None
    if is_percentage(given.get("turnout")):
        if electorate is None:
            raise UsageError(problem(PROBLEMS, "PLN-023"))
        turnout = share(given["turnout"], "turnout") * electorate
    elif "turnout" in given:
        turnout = rational(given["turnout"], "turnout", least=0, mend=TURNOUT)
    return Terms(
        threshold_share=(
            share_of_ballots(given["threshold_share"], "threshold_share", election.method.name)
            if "threshold_share" in given
            else None
        ),
        cost_share=share(given["cost_share"], "cost_share") if "cost_share" in given else None,
        turnout=turnout,
        electorate=electorate,
        cap=money(given["cap"], "cap") if "cap" in given else None,
        leftover=choice(given["leftover"], "leftover", LEFTOVERS) if "leftover" in given else None,
        reserve=yes(given.get("reserve", False), "reserve"),
        withdrawn=_ids(listed(given.get("withdrawn", []), "withdrawn"), election, "withdrawn"),
        pre_funded=_ids(listed(given.get("pre_funded", []), "pre_funded"), election, "pre_funded"),
    )


def _ids(ids: Sequence[str], election: Election, where: str, ordered: bool = False) -> tuple[str, ...]:
    """In byte order unless they are ``ordered`` already."""
    unknown = [i for i in ids if i not in election.index]
    if unknown:
        raise InputRejected(problem(PROBLEMS, "PLN-024", key=where, unknown=", ".join(unknown[:20])))
    return tuple(ids) if ordered else tuple(sorted(ids, key=str.encode))


def _allocation(given: dict[str, Any], rule: Rule, terms: Terms) -> Terms:
    """How the rule pays."""
    unit = money(given["unit"], "unit") if "unit" in given else 1
    return replace(
        terms,
        prizes=_prizes(given["prizes"]) if "prizes" in given else (),
        bands=_bands(given["bands"]) if "bands" in given else (),
        unit=None if unit == 1 else unit,
        remainder=_default(given, rule, "remainder", REMAINDERS),
        winners=whole(given["winners"], "winners") if "winners" in given else None,
        recipients=_default(given, rule, "recipients", RECIPIENTS),
    )


def _default(given: dict[str, Any], rule: Rule, key: str, known: tuple[str, ...]) -> str | None:
    """The value, the first of ``known`` by default, where the rule has the setting at all."""
    return choice(given.get(key, known[0]), key, known) if key in rule.optional else None


def _prizes(value: object) -> tuple[int | None, ...]:
    """``12000+10000+rest``, in a file also a list."""
    parts = value.split("+") if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not parts:
        raise UsageError(problem(PROBLEMS, "PLN-025", value=value))
    last = isinstance(parts[-1], str) and parts[-1].strip() == REST
    if any(isinstance(part, str) and part.strip() == REST for part in parts[:-1]):
        raise UsageError(problem(PROBLEMS, "PLN-025", value=value))
    amounts = [money(part, "prizes") for part in (parts[:-1] if last else parts)]
    return (*amounts, None) if last else tuple(amounts)


def _bands(value: object) -> tuple[Band, ...]:
    """``15000:100%+*:50%``, in a file also a list of pairs."""
    parts = [part.split(":") for part in value.split("+")] if isinstance(value, str) else value
    wrong = UsageError(problem(PROBLEMS, "PLN-026", value=value))
    if not isinstance(parts, (list, tuple)) or not parts:
        raise wrong
    if any(not isinstance(part, (list, tuple)) or len(part) != 2 for part in parts):
        raise wrong
    found: list[Band] = []
    for limit, rate in parts:
        open_ended = limit is None or (isinstance(limit, str) and limit.strip() == "*")
        found.append((None if open_ended else money(limit, "bands"), share(rate, "bands")))
    limits = [limit for limit, _ in found[:-1]]
    if found[-1][0] is not None or None in limits or any(rate > 1 for _, rate in found):
        raise wrong
    if not any(rate for _, rate in found):  # nobody could get anything
        raise wrong
    if any(a is not None and b is not None and a >= b for a, b in pairwise(limits)):
        raise wrong
    return tuple(found)


def _constrained(given: dict[str, Any], election: Election, rule: Rule, terms: Terms) -> Terms:
    tables = given.get("constraints", [])
    if not isinstance(tables, (list, tuple)) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(problem(PROBLEMS, "PLN-027"))
    constraints: list[Constraint] = []
    for table in tables:
        kind = choice(table.get("kind"), "kind", tuple(KINDS))
        if (why := rule.unconstrained) is not None and not rule.carries(kind):
            raise UsageError(problem(PROBLEMS, "PLN-013", rule=rule.name, kind=kind, why_da=why.da, why=why.en))
        number = 1 + sum(c.kind == kind for c in constraints)
        constraints.append(_constraint(table, kind, f"{kind}-{number}", election))
    names = [c.name for c in constraints]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputRejected(problem(PROBLEMS, "PLN-028", name=twice[0]))
    kinds = {c.kind for c in constraints}
    unused = None
    if kinds.intersection(RESERVING):
        unused = choice(given.get("unused", UNUSED[0]), "unused", UNUSED)
        if unused == "resplit" and "pot" not in kinds:
            raise UsageError(problem(PROBLEMS, "PLN-041"))
    elif "unused" in given:
        raise UsageError(problem(PROBLEMS, "PLN-029"))
    return replace(terms, unused=unused, constraints=tuple(constraints))


def _constraint(table: dict[str, Any], kind: str, name: str, election: Election) -> Constraint:
    name = table.get("name", name)
    known = {"kind", "name", "proposals", "category", "area", "amount", "share"}
    if not isinstance(name, str) or not name.strip() or not set(table) <= known:
        raise UsageError(problem(PROBLEMS, "PLN-030", name=name, known=", ".join(sorted(known))))
    amounts = [key for key in ("amount", "share") if key in table]
    if len(amounts) != KINDS[kind]:
        raise UsageError(problem(PROBLEMS, "PLN-031" if KINDS[kind] else "PLN-032", name=name, kind=kind))
    amount = None
    if "amount" in table:
        amount = money(table["amount"], "amount", least=0)
    elif "share" in table:
        of_pool = share(table["share"], "share") * election.pool.amount
        amount = of_pool.numerator // of_pool.denominator
    if kind == "at-most" and amount == 0:
        raise UsageError(problem(PROBLEMS, "PLN-038", name=name))
    return Constraint(kind, name.strip(), _members(table, kind, name, election), amount)


def _members(table: dict[str, Any], kind: str, name: str, election: Election) -> tuple[str, ...]:
    sources = [key for key in ("proposals", "category", "area") if key in table]
    if len(sources) != 1 or (kind == "needs" and sources != ["proposals"]):
        raise UsageError(problem(PROBLEMS, "PLN-033", name=name, kind=kind))
    value = table[sources[0]]
    if sources == ["proposals"]:
        ids = _ids(listed(value, name), election, name, ordered=kind == "needs")
        if len(ids) < {"needs": 2, "pot": 0}.get(kind, 1):
            raise UsageError(problem(PROBLEMS, "PLN-033", name=name, kind=kind))
        return ids
    if sources == ["category"]:
        found = tuple(p.id for p in election.proposals if value in p.category)
    else:
        found = tuple(p.id for p in election.proposals if value == p.area)
    bare = not any(p.category if sources == ["category"] else p.area for p in election.proposals)
    if not found and (bare or kind != "pot" or sources != ["area"]):  # a pot may wait for an area without proposals
        mend = NO_WORDS if bare else OTHER_WORD
        raise InputRejected(problem(PROBLEMS, "PLN-034", name=name, key=sources[0], value=value, mend=mend))
    return found
