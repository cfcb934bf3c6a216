"""Plans as lines for the console and as documents: parameters, defaults, specifications, in Danish and English."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from borgerbudget.money import plain_amount
from borgerbudget.words import Language, Text
from tallies import specifications_danish
from tallies.completions import COMPLETIONS
from tallies.plan import Plan
from tallies.rationals import decimal_text
from tallies.rules import RULES
from tallies.terms import REST, Terms
from tallies.terms_reading import BY_VOTES, CONSTRAINING, GENERAL

PLAN_ENDS = Text("Vis en plan med alle dens indstillinger: borgerbudget plans NAVN",
                 "Show a plan with all its settings: borgerbudget plans NAME")  # fmt: skip
PARAMETERS = {
    "threshold": Text("mindste stemmetal for at deltage (ingen grænse: lad være med at sætte den)",
                      "least score to take part (no threshold: leave it out)"),
    "ties": Text("hvordan lige stemmer afgøres: cheapest, most-votes, til sidst lot eller refuse",
                 "how ties are broken: cheapest, most-votes, and last lot or refuse"),
    "points_table": Text("point efter plads på rangordnede sedler: borda eller f.eks. 5,3,1",
                         "points by position on ranked ballots: borda or e.g. 5,3,1"),
    "utility": Text("hvad et forslag er værd for en støtte: cost (prisen), count (1) eller points (pointene)",
                    "what a proposal is worth to a supporter: cost, count (1) or points"),
    "completion": Text("hvordan det, der er tilbage, deles ud", "how what is left over is given out"),
    "start": Text("første andel: integral (hele kroner af B/n) eller exact (B/n)",
                  "first endowment: integral (whole currency units of B/n) or exact (B/n)"),
    "increment": Text("hvor meget andelen øges ad gangen, i kroner pr. vælger",
                      "how much the endowment grows at a time, in currency units per voter"),
    "comparison": Text("sammenlign med greedy bagefter: none, satisfaction eller exclusion-ratio",
                       "compare with greedy afterwards: none, satisfaction or exclusion-ratio"),
    "threshold_share": Text("mindste andel af stemmesedlerne for at deltage, som 10% eller 1/3",
                            "least share of the ballots to take part, such as 10% or 1/3"),
    "cost_share": Text("med 1/3: stemmer delt med stemmesedler skal mindst være pris delt med tre gange puljen",
                       "with 1/3: votes over ballots must be at least cost over three times the pool"),
    "turnout": Text("mindste antal stemmesedler, eller en procent af electorate",
                    "least number of ballots, or a percentage of electorate"),
    "electorate": Text("hvor mange der kunne stemme", "how many could vote"),
    "cap": Text("højeste beløb til ét forslag", "most money for one proposal"),
    "leftover": Text("hvad der sker med resten: carry-over (gemmes), return (tilbage), next (det næste, der kan være)",
                     "what happens to the rest: carry-over, return, next (the next that fits)"),
    "reserve": Text("yes: reservelisten står i resultatet", "yes: the reserve list stands in the outcome"),
    "withdrawn": Text("forslag, der er trukket tilbage efter afstemningen, som p3+p4",
                      "proposals withdrawn after the vote, such as p3+p4"),
    "pre_funded": Text("forslag, der får deres pris af puljen på forhånd, som p1+p2",
                       "proposals that get their cost from the pool beforehand, such as p1+p2"),
    "prizes": Text("præmier efter plads, som 12000+10000+rest", "prizes by rank, such as 12000+10000+rest"),
    "bands": Text("satser efter pris, som 15000:100%+*:50%", "rates by cost, such as 15000:100%+*:50%"),
    "unit": Text("beløb er hele gange dette", "amounts are whole multiples of this"),
    "remainder": Text("det, der ikke går op: order (til de første i tur) eller leave (bliver i puljen)",
                      "what does not divide: order (to the first in turn) or leave (stays in the pool)"),
    "winners": Text("kun så mange, de første i tur", "only so many, the first in turn"),
    "recipients": Text("supported, eller all: mødet har afgjort det, og der spørges ikke om støtte",
                       "supported, or all: the meeting decided, and support is not asked for"),
    "unused": Text("hvad pot og earmark ikke bruger: common (til alle), leave (gemmes) eller resplit (til de andre pots)",
                   "what pots and earmarks do not use: common (to all), leave (kept) or resplit (to the other pots)"),
    "constraints": Text("betingelser, skrevet som [[constraint]] i en planfil (docs/village-rules.md)",
                        "constraints, written as [[constraint]] in a plan file (docs/village-rules.md)"),
}  # fmt: skip
PARTS_LEFT = Text("; next-part (det næste, også en del), redistribute (til dem, der fik for lidt)",
                  "; next-part (the next, even a part), redistribute (to those who got too little)")  # fmt: skip
DEFAULTS: dict[str, object] = {"threshold": None, "ties": ["cheapest", "most-votes", "refuse"], "points_table": "borda"}
TERM_DEFAULTS: dict[str, object] = {"reserve": "no", "unit": "0.01", "remainder": "order", "recipients": "supported"}
REQUIRED = Text("(skal sættes)", "(must be set)")
SHARES: dict[str, object] = {
    "utility": "cost (approval, knapsack) / points",
    "start": "integral",
    "increment": 1,
    "comparison": "none",
}


def settings_of(plan: Plan) -> list[str]:
    """``key=value`` of every setting that says something, as it would be given; constraints by their names."""
    terms = _terms_of(plan.terms)
    told = {k: v for k, v in plan.as_json().items() if k not in ("rule", "version", "ties", "completion")} | terms
    told |= {key: decimal_text(value) or value for key, value in _numbers(plan).items() if value is not None}
    shown = {k: ",".join(map(str, v)) if isinstance(v, list) else v for k, v in told.items()}
    return [f"{key}={value}" for key, value in shown.items() if value not in (None, "none")]


def _numbers(plan: Plan) -> dict[str, Fraction | None]:
    """The settings that need not be whole."""
    return {"threshold": plan.threshold, "increment": plan.increment, "turnout": plan.terms.turnout}


def _share(value: Fraction) -> str:
    percent = decimal_text(value * 100)
    return str(value) if percent is None else f"{percent}%"


def _terms_of(terms: Terms) -> dict[str, object]:
    """What stands in PLAN as amounts and lists, as a person writes it."""
    found: dict[str, object] = {
        key: plain_amount(amount) for key, amount in (("cap", terms.cap), ("unit", terms.unit)) if amount is not None
    }
    shares = {"threshold_share": terms.threshold_share, "cost_share": terms.cost_share}
    for key, value in shares.items():
        if value is not None:
            found[key] = _share(value)
    if terms.reserve:
        found["reserve"] = "yes"
    for key, ids in (("withdrawn", terms.withdrawn), ("pre_funded", terms.pre_funded)):
        if ids:
            found[key] = "+".join(ids)
    if terms.prizes:
        found["prizes"] = "+".join(REST if prize is None else plain_amount(prize) for prize in terms.prizes)
    if terms.bands:
        limits = ["*" if limit is None else plain_amount(limit) for limit, _ in terms.bands]
        rates = [_share(rate) for _, rate in terms.bands]
        found["bands"] = "+".join(map(":".join, zip(limits, rates, strict=True)))
    if terms.constraints:
        found["constraints"] = [constraint.name for constraint in terms.constraints]
    return found


def plan_json(name: str) -> dict[str, object]:
    """A plan's parameters with their defaults, and its specification."""
    rule, _, completion = name.partition("/")
    found: dict[str, object] = {
        "name": name,
        "rule": rule,
        "version": 1,
        "parameters": parameters(name),
    }
    for key, part in (("", rule), ("completion_", completion)):
        if part:
            text = specification_of(part)
            found |= {f"{key}specification": text.en, f"{key}specification_da": text.da}
    return found | ({"completion": completion} if completion else {})


def specification_of(name: str) -> Text:
    """Of a rule or a completion.  KeyError for a name that is in neither registry."""
    if name in RULES:
        return Text(specifications_danish.RULES[name], RULES[name].specification)
    return Text(specifications_danish.COMPLETIONS[name], COMPLETIONS[name].specification)


def parameters(name: str) -> dict[str, object]:
    """Parameter -> default, of one plan."""
    rule_name, _, completion = name.partition("/")
    rule = RULES[rule_name]
    found = dict(DEFAULTS)
    keys = [key for key in GENERAL if not (rule.traits.voteless and key in BY_VOTES)]
    keys += CONSTRAINING if rule.unconstrained is None else CONSTRAINING[:1] if rule.carried else ()
    found |= {key: TERM_DEFAULTS.get(key) for key in (*keys, *rule.required, *rule.optional)}
    if rule.traits.voteless:
        del found["threshold"]
    if completion:
        shares = dict(SHARES)
        if not COMPLETIONS[completion].climbs:
            del shares["start"], shares["increment"]
        found |= {"completion": completion, **shares}
    return found


def plan_list(names: Sequence[str], language: Language) -> list[str]:
    lines = []
    for name in names:
        lines += [name, *(f"    {line}" for line in _wrapped(_plain(name).say(language)))]
    return [*lines, "", PLAN_ENDS.say(language)]


def plan_lines(name: str, language: Language) -> list[str]:
    rule, _, completion = name.partition("/")
    lines = [name, "", *_wrapped(_plain(name).say(language)), ""]
    for key, default in parameters(name).items():
        shown = ",".join(default) if isinstance(default, list) else "-" if default is None else str(default)
        needed = f" {REQUIRED.say(language)}" if key in RULES[rule].required else ""
        more = PARTS_LEFT.say(language) if key == "leftover" and RULES[rule].traits.partial else ""
        lines += [f"  {key} = {shown}{needed}", f"      {PARAMETERS[key].say(language)}{more}"]
    texts = [specification_of(part).say(language) for part in (rule, completion) if part]
    return lines + [line for text in texts for line in ["", *text.strip().replace("``", "").split("\n")]]


def _plain(name: str) -> Text:
    rule, _, completion = name.partition("/")
    plain = RULES[rule].plain
    if not completion:
        return plain
    more = COMPLETIONS[completion].plain
    return Text(f"{plain.da} {more.da}", f"{plain.en} {more.en}")


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 100)
