"""The page: every parameter of a plan in a sentence, section by section, and the worked example."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from borgerbudget.election import Election
from borgerbudget.files.profile_json import profile_of
from borgerbudget.money import ONE_UNIT, format_amount
from borgerbudget.words import Language, Text
from tallies.completions import COMPLETIONS
from tallies.constraints import RESERVING, Constraint
from tallies.contest import make_contest
from tallies.meeting import words
from tallies.meeting.example import Worked, example_lines
from tallies.plan import Plan
from tallies.plan_report import settings_of
from tallies.rationals import decimal_text, exact_text
from tallies.reaching import MOST_MEMBERS, Reaching
from tallies.rules import RULES
from tallies.terms import Band

WIDTH = 110
MOST_LINES = 60
"""Of a page on the table; a long list of constraints may take more."""
MOST_TITLES = 4
ALONE = {0: "none", 1: "one"}
"""Numbers of members of which a sentence of its own may speak."""


def page_lines(worked: Worked, language: Language) -> list[str]:
    """The page for people; of an invented round's pool and ballots nothing is said but in the example."""
    plan = worked.plan
    pool = format_amount(worked.election.pool.amount, worked.election.pool.currency, language)
    head = words.PLAN_ALONE if worked.invented else words.PLAN
    lines = [words.TITLE.say(language), head.say(language, plan=plan.name, pool=pool)]
    for number, (section, sentences) in enumerate(sections(worked, language).items(), 1):
        lines += ["", f"{number}. {words.SECTIONS[section].say(language)}"]
        for sentence in sentences:
            lines += textwrap.wrap(sentence, WIDTH, initial_indent="   ", subsequent_indent="   ")
    written = ", ".join([*settings_of(plan), f"ties={','.join(plan.ties)}"])
    settings = textwrap.wrap(f"{words.SECTIONS['settings'].say(language)}: {plan.name}, {written}", WIDTH)
    ending = ["", *settings, "", words.SIGNED.say(language)]
    lines += ["", words.SECTIONS["example"].say(language)]
    return [*lines, *example_lines(worked, language, MOST_LINES - len(lines) - len(ending)), *ending]


def page_json(worked: Worked) -> dict[str, object]:
    """The document ``borgerbudget.rules/1``: the plan, the sentences in both languages, the example as it was counted."""
    da, en = (sections(worked, language) for language in ("da", "en"))
    return {
        "schema": "borgerbudget.rules/1",
        "plan": worked.plan.as_json(),
        "sections": [{"name": name, "da": da[name], "en": en[name]} for name in da],
        "example": example_json(worked),
    }


def example_json(worked: Worked) -> dict[str, object]:
    """The example as it was counted; of invented votes also the profile, so that it can be counted again."""
    return {
        "votes": worked.votes,
        **({} if worked.votes in ("actual", "none") else {"profile": profile_of(worked.election)}),
        "outcome": None if worked.outcome is None else worked.outcome.as_json(),
        "tie": None if worked.tie is None else worked.tie.as_json(),
    }


def sections(worked: Worked, language: Language) -> dict[str, list[str]]:
    """Section -> its sentences, without those that have nothing to say."""
    election, plan = worked.election, worked.plan
    rule = RULES[plan.rule]
    found: dict[str, list[str]] = {name: [] for name in words.SECTIONS if name not in ("example", "settings")}
    share = _share(plan.traits.least_share, language)
    found["taking-part"] += [text.say(language, share=share) for text in _who(plan)]
    found["voting"] += [words.FORM_APART.say(language)] if worked.invented and not plan.voteless else []
    found["voting"] += [] if plan.voteless else [words.METHODS[plan.method].say(language)]
    found["voting"] += [] if worked.invented else _limits(worked, language)
    found["sharing"].append(rule.plain.say(language))
    if plan.completion is not None:
        found["sharing"].append(COMPLETIONS[plan.completion].plain.say(language))
    for constraint in plan.terms.constraints:
        found["constraints"].append(_constraint(constraint, plan.terms.pre_funded, election, language))
    if plan.terms.constraints and not Reaching(make_contest(election, plan), plan.terms.constraints).examined:
        found["constraints"].append(words.NOT_EXAMINED.say(language, most=MOST_MEMBERS))
    for section, sentence in _parameters(plan, election, language):
        found[section].append(sentence)
    found["ties"] += [] if plan.traits.voteless else _ties(plan, language)
    if plan.terms.leftover is None:
        found["leftover"].append(words.NO_LEFTOVER.say(language))
    if not plan.terms.reserve:
        found["reserve"].append(words.NO_RESERVE.say(language))
    found["reserve"] += [] if plan.voteless else [words.WITHDRAWAL.say(language)]
    if any(constraint.kind in ("needs", "together") for constraint in plan.terms.constraints):
        found["reserve"].append(words.WITHDRAWAL_TOGETHER.say(language))
    found["taking-part"] += [] if plan.voteless or worked.settled else [words.ELECTORATE_APART.say(language)]
    return {
        name: [sentence for sentence in sentences if sentence] for name, sentences in found.items() if any(sentences)
    }


def _who(plan: Plan) -> Iterator[Text]:
    traits = plan.traits
    part = "asked" if traits.whole_ask else "part"
    whole = "whole" if traits.least_share == 1 else "topped-up"
    fitting = part if traits.partial else whole
    yield words.FITTING.get(f"{fitting}, given" if plan.terms.pre_funded else fitting, words.FITTING[fitting])
    yield words.SUPPORT["voteless" if plan.voteless else "asked"]
    if not plan.voteless and plan.threshold is plan.terms.threshold_share is plan.terms.cost_share is None:
        yield words.NO_THRESHOLD


def _limits(worked: Worked, language: Language) -> Iterator[str]:
    election, limits = worked.election, worked.election.limits
    for name, (at_least, at_most, exactly) in words.LIMITS.items():
        least, most = getattr(limits, f"min_{name}"), getattr(limits, f"max_{name}")
        told = [(exactly, most)] if least == most else [(at_least, least), (at_most, most)]
        for text, value in told:
            if value:
                shown = _money(value, election, language) if name == "sum_cost" else _number(value, language)
                yield text.say(language, value=shown)
    if limits.default_score:
        yield words.UNLISTED.say(language, value=_number(limits.default_score, language))
    if worked.areas is not None:
        key, value = worked.areas
        shown = ", ".join(" ".join(entry.split()) for entry in value.replace(":", ": ").split(","))
        yield words.AREAS[key].say(language, value=shown)


def _parameters(plan: Plan, election: Election, language: Language) -> Iterator[tuple[str, str]]:
    """(section, sentence) of every parameter that is set."""
    for key, (section, sentence) in words.TERMS.items():
        value = getattr(plan if hasattr(plan, key) else plan.terms, key)
        if key == "points_table" and plan.method == "ranked":
            value = value or words.BORDA
        if value is None or value is False or value == ():
            continue
        if not isinstance(sentence, Text):
            word = _word(key, value, plan)
            sentence = sentence.get(f"{word}, {plan.rule}", sentence[word])
        shown = SHOWN[key](value, election, language) if key in SHOWN else str(value)
        if key == "unused":
            shown = _and([f'"{c.name}"' for c in plan.terms.constraints if c.kind in RESERVING], language)
        yield section, sentence.say(language, value=shown)


def _word(key: str, value: object, plan: Plan) -> str:
    """Which of several sentences about a key."""
    if key == "cap":
        return "part" if plan.traits.partial else "whole"
    if key == "winners":
        return "one" if value == 1 else "more"
    return str(value)


def _constraint(constraint: Constraint, given: Sequence[str], election: Election, language: Language) -> str:
    """``given``: the pre-funded, whose money comes from no earmark and no pot."""
    members = constraint.proposals
    if constraint.kind in RESERVING:
        members = tuple(i for i in members if i not in given) or members
    amount = "" if constraint.amount is None else _money(constraint.amount, election, language)
    alone = f"{constraint.kind}, {ALONE.get(len(constraint.proposals), 'more')}"
    return words.CONSTRAINTS.get(alone, words.CONSTRAINTS[constraint.kind]).say(
        language,
        name=constraint.name,
        proposals=_names(members, election, language),
        first=_names(constraint.proposals[:1], election, language),
        others=_names(constraint.proposals[1:], election, language),
        amount=amount,
    )


def _ties(plan: Plan, language: Language) -> Iterator[str]:
    criteria = words.THEN.say(language).join(words.CRITERIA[name].say(language) for name in plan.ties[:-1])
    if criteria:
        yield words.TIED.say(language, criteria=criteria)
    yield words.LAST[plan.ties[-1]].say(language)
    yield words.NEVER.say(language)


# --- values as a person reads them -------------------------------------------------------------------------------------


def _money(value: int, election: Election, language: Language) -> str:
    return format_amount(value, election.pool.currency, language)


def _number(value: int | Fraction, language: Language) -> str:
    return exact_text(Fraction(value), language)


def _increment(value: Fraction, election: Election, language: Language) -> str:
    """Currency units, perhaps a part of one."""
    minor = value * ONE_UNIT
    if minor.denominator == 1:
        return _money(minor.numerator, election, language)
    return f"{value} {format_amount(0, election.pool.currency, language).removeprefix('0').lstrip()}"


def _share(value: Fraction, language: Language) -> str:
    """``10 %`` where decimals are exact, else ``1/3``."""
    return f"{exact_text(value * 100, language)} %" if decimal_text(value) else str(value)


def _names(ids: Sequence[str], election: Election, language: Language) -> str:
    """With titles as long as there are few."""
    named = [election.proposals[election.index[i]].title for i in ids]
    shown = [f"{i} ({title})" if title and len(ids) <= MOST_TITLES else i for i, title in zip(ids, named, strict=True)]
    return _and(shown, language)


def _and(shown: Sequence[str], language: Language) -> str:
    return f" {words.AND.say(language)} ".join([*filter(None, [", ".join(shown[:-1])]), *shown[-1:]])


def _unit(value: int, election: Election, language: Language) -> str:
    """In Danish "hele kroner", not "hele 1 kr."."""
    shown = _money(value, election, language)
    return "kroner" if shown == "1 kr." else shown


def _prizes(value: Sequence[int | None], election: Election, language: Language) -> str:
    shown = (words.REST.say(language) if prize is None else _money(prize, election, language) for prize in value)
    return ", ".join(f"{place}. {prize}" for place, prize in enumerate(shown, 1))


def _bands(value: Sequence[Band], election: Election, language: Language) -> str:
    parts = []
    for place, (limit, rate) in enumerate(value):
        upper = "" if limit is None else _money(limit, election, language)
        text = words.BANDS[place > 0, limit is None]
        parts.append(text.say(language, rate=_share(rate, language), limit=upper))
    return ", ".join(parts)


def _points(value: Sequence[int] | Text, language: Language) -> str:
    return value.say(language) if isinstance(value, Text) else ", ".join(map(str, value))


Shown = Callable[[Any, Election, Language], str]
SHOWN: dict[str, Shown] = {
    "cap": _money,
    "unit": _unit,
    **dict.fromkeys(("withdrawn", "pre_funded"), _names),
    **dict.fromkeys(
        ("turnout", "electorate", "threshold", "winners"),
        lambda value, _, language: _number(value, language),
    ),
    **dict.fromkeys(("threshold_share", "cost_share"), lambda value, _, language: _share(value, language)),
    "increment": _increment,
    "prizes": _prizes,
    "bands": _bands,
    "points_table": lambda value, _, language: _points(value, language),
}
"""Key of a plan -> its value in words; the others are told by their sentence alone."""
