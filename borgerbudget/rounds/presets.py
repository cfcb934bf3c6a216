"""Ready-made policies for the ways in which Danish meetings decide.  Each leaves open what a village must settle itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from borgerbudget.errors import UsageError, problem
from borgerbudget.rounds.words import PROBLEMS
from borgerbudget.words import Text


@dataclass(frozen=True, slots=True)
class Preset:
    """``policies`` in the spelling of ``read_policies``."""

    name: str
    about: Text
    policies: Mapping[str, str]


_MEETING = {"eligibility": "attendance", "channels": "meeting", "secrecy": "open", "double_vote": "first"}

PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "aarhus-kurv",
            Text("en indkøbskurv for puljens beløb; flest stemmer først", "a basket worth the pool; most votes first"),
            {"ballot": "knapsack", "plan": "greedy", "leftover": "carry-over"},
        ),
        Preset(
            "slagelse-kugler",
            Text("kugler, der må lægges på samme forslag, på et møde", "stackable votes at a meeting"),
            {**_MEETING, "ballot": "points", "ballot.max_sum_points": "3", "plan": "greedy", "leftover": "return"},
        ),
        Preset(
            "svendborg-baand",
            Text("en seddel pr. husstand, spærregrænse 10 %, satser i bånd", "a ballot per household, 10 % threshold, bands"),
            {
                "eligibility": "household", "ballot": "approval", "plan": "rate-bands", "plan.threshold_share": "10%",
                "plan.bands": "15000:100%+*:50%", "plan.cap": "100000", "leftover": "return",
            },
        ),
        Preset(
            "stigepraemie",
            Text("præmier efter placering", "prizes by rank"),
            {"ballot": "approval", "plan": "prize-ladder", "plan.prizes": "12000+10000+rest", "leftover": "return"},
        ),
        Preset(
            "ligedeling",
            Text("puljen deles lige mellem vinderne", "the pool is split equally"),
            {"ballot": "approval", "plan": "equal-split", "leftover": "return"},
        ),
        Preset(
            "borgermoede",
            Text("afkrydsning på et møde, flest stemmer først", "approval at a meeting, most votes first"),
            {**_MEETING, "ballot": "approval", "plan": "greedy", "leftover": "carry-over"},
        ),
        Preset(
            "lige-andele",
            Text("metoden med lige andele", "the method of equal shares"),
            {"ballot": "approval", "plan": "equal-shares/add1u", "leftover": "carry-over"},
        ),
    )
}  # fmt: skip


def preset(name: str, rules: Collection[str]) -> Preset:
    """UsageError for one that is not there, or whose rule is not among the ``rules`` that can be counted."""
    found = PRESETS.get(name)
    if found is None:
        raise UsageError(problem(PROBLEMS, "RND-012", name=name, known=", ".join(PRESETS)))
    rule = found.policies["plan"].partition("/")[0]
    if rule not in rules:
        raise UsageError(problem(PROBLEMS, "RND-013", name=name, rule=rule))
    return found
