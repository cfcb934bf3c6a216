"""The round that is rehearsed: from a scenario file alone, or a real round with what is to be other in it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from borgerbudget.errors import InputRejected, Place, Problem, UsageError, problem
from borgerbudget.money import plain_amount
from borgerbudget.pool import Pool
from borgerbudget.proposal import Proposal
from borgerbudget.words import Text
from scenarios.borrowed import Borrowed
from scenarios.costs import drawn_costs, read_costs
from scenarios.electorates.models import simulated
from scenarios.electorates.models.model import Simulated
from scenarios.electorates.opinions import Electorate
from scenarios.electorates.parameters import Parameter
from scenarios.electorates.words import PROBLEMS
from scenarios.fitting import Fitted, fit
from scenarios.questions.asked import Asked, amount_in
from scenarios.questions.drawing import seed_of
from scenarios.sources import Source
from scenarios.specification.reading import place_of
from scenarios.villages import Home, Village, like

NUMBER = Parameter("number", "count", Text("hvor mange forslag", "how many proposals"), 12, 1, 10_000)
FITTED = Text(
    "Vælgerne er ikke rigtige: de er lavet, så de ligner dem, der stemte i {source} (hvor mange der valgte hvert forslag, hvor "
    "mange kryds de satte, og hvad de valgte sammen).",
    "The voters are not real: they are made to resemble those who voted in {source} (how many chose each proposal, how many "
    "marks they made, and what they chose together).",
)
BORROWED = Text(
    "Vælgerne er ikke rigtige: de sætter kryds, som de gjorde i {source}, men på andre forslag. Hvilket nyt forslag der er "
    "lige så yndet som hvilket af dengang, trækkes ved lod i hver gennemregning; hvor folk bor, betyder ikke noget.",
    "The voters are not real: they mark as they did in {source}, but other proposals. Which new proposal is as popular as which "
    "one then, is drawn by lot in every run; where people live plays no part.",
)
MODELLED = Text(
    "Vælgerne er ikke rigtige, men trukket af en model ({model}). {plain} Et andet valg af model kan give et andet svar.",
    "The voters are not real but drawn from a model ({model}). {plain} Another choice of model can give another answer.",
)


def imagined(asked: Asked) -> tuple[Village, Text]:
    """The village, and where its voters come from.  Raises InputRejected with all that is wrong or missing in the file."""
    if asked.source is not None:
        return _after_a_round(asked)
    spec, found = asked.specification, list[Problem]()
    instead = {"proposals": spec.costs, "electorate": spec.like}
    for key in ("pool", "proposals", "areas", "electorate"):
        if getattr(spec, key) is None and instead.get(key) is None:
            found.append(problem(PROBLEMS, "EL-011", place_of(spec), key=key))
    if found:
        raise InputRejected(found)
    homes = _homes(asked)
    pool = amount_in(spec.pool or 0, "pool")
    proposals = _proposals(asked) if spec.costs is None else _drawn(asked, pool, homes)
    names = {home.name for home in homes}
    for place, proposal in enumerate(proposals):
        at = partial(place_of, spec, "proposals", str(place))
        if proposal.area is not None and proposal.area not in names:
            known = ", ".join(home.name for home in homes)
            found.append(problem(PROBLEMS, "EL-012", at("area"), proposal=proposal.id, area=proposal.area, known=known))
        if proposal.cost < 1:
            found.append(problem(PROBLEMS, "EL-014", at("price"), name=proposal.id))
    found += _repeated(asked, "areas", "name", [home.name for home in homes])
    found += _repeated(asked, "proposals", "id", [proposal.id for proposal in proposals])
    if pool < 1:
        found.append(problem(PROBLEMS, "EL-014", place_of(spec, "pool"), name="pool"))
    if found:
        raise InputRejected(found)
    ordered = tuple(sorted((p.made() for p in proposals), key=lambda proposal: proposal.id.encode()))
    if asked.like is not None:
        village = Village(Pool(pool), ordered, homes, _borrowed(asked, asked.like, len(ordered)))
        return _with_ballot(asked, village), BORROWED.fill(source=asked.like.name)
    electorate = _electorate(asked, len(ordered))
    assert electorate is not None
    village = Village(Pool(pool), ordered, homes, electorate)
    return _with_ballot(asked, village), _told(electorate, "")


def _borrowed(asked: Asked, like: Source, proposals: int) -> Borrowed:
    """Voters like those of a past round.  InputRejected where it had fewer proposals, or where who cast what is not known."""
    spec = asked.specification
    if spec.electorate is not None:
        raise UsageError(problem(PROBLEMS, "EL-017", place_of(spec, "electorate", "model")))
    borrowed = Borrowed(fit(like.election))
    if proposals > borrowed.most:
        place = place_of(spec, "like")
        raise InputRejected(problem(PROBLEMS, "EL-018", place, source=like.name, then=borrowed.most, now=proposals))
    return borrowed


def _repeated(asked: Asked, table: str, key: str, names: list[str]) -> list[Problem]:
    places = [(place, name) for place, name in enumerate(names) if name in names[:place]]
    return [
        problem(PROBLEMS, "EL-013", place_of(asked.specification, table, str(place), key), key=table, name=name)
        for place, name in places
    ]


def _after_a_round(asked: Asked) -> tuple[Village, Text]:
    spec, source = asked.specification, asked.source
    assert source is not None
    if spec.proposals is not None:
        raise UsageError(problem(PROBLEMS, "EL-015", place_of(spec, "proposals", "0")))
    if asked.like is not None:
        raise UsageError(problem(PROBLEMS, "EL-019", place_of(spec, "like"), source=source.name))
    electorate = _electorate(asked, len(source.election.proposals))
    if electorate is None:
        village = like(source.election)
    else:
        election = source.election
        people = max(1, int(election.profile.voters))
        method = "approval" if election.method.name in ("scoring", "hand-count") else election.method.name
        village = Village(
            election.pool, election.proposals, (Home("", people),), electorate, 1.0, method, election.limits
        )
    if spec.areas is not None:
        village = replace(village, homes=_homes(asked))
    if spec.pool is not None:
        village = replace(village, pool=Pool(amount_in(spec.pool, "pool"), village.pool.currency))
    return _with_ballot(asked, village), _told(village.electorate, source.name)


class _Proposed:
    """A proposal as it stands in the file, not checked yet."""

    def __init__(self, id: str, title: str, cost: int, area: str | None, category: str | None) -> None:
        self.id, self.title, self.cost, self.area, self.category = id, title, cost, area, category

    def made(self) -> Proposal:
        return Proposal(
            self.id, self.cost, self.title, area=self.area, category=() if self.category is None else (self.category,)
        )


def _proposals(asked: Asked) -> list[_Proposed]:
    return [
        _Proposed(one.id, one.title, amount_in(one.price, f"price ({one.id})"), one.area, one.category)
        for one in asked.specification.proposals or ()
    ]


def _drawn(asked: Asked, pool: int, homes: tuple[Home, ...]) -> list[_Proposed]:
    """Proposals that nobody has made yet: the same ones in every run, of areas by their people."""
    spec = asked.specification
    said = dict(spec.costs or {})
    places = {key: place_of(spec, "costs", key) for key in ("model", *said)}
    if spec.proposals is not None:
        raise UsageError(problem(PROBLEMS, "EL-016", places["model"]))
    number = said.pop("number", NUMBER.default)
    if not NUMBER.fits(number):
        wrong = problem(PROBLEMS, "EL-003", places.get("number", Place()), name="number", value=number, model="costs",
                        allowed=NUMBER.allowed)  # fmt: skip
        raise InputRejected(wrong)
    model, values = read_costs(str(said.pop("model", "lognormal")), said, places)
    generator = np.random.default_rng([seed_of(asked), 1])  # not a stream that a run draws from
    costs = drawn_costs(model, values, max(1, pool), int(number), generator)
    people = np.array([home.people for home in homes], np.float64)
    areas = generator.choice(len(homes), size=len(costs), p=people / people.sum())
    width = len(str(len(costs)))
    return [
        _Proposed(f"p{place:0{width}}", plain_amount(cost), cost, homes[area].name, None)
        for place, (cost, area) in enumerate(zip(costs, areas.tolist(), strict=True), 1)
    ]


def _homes(asked: Asked) -> tuple[Home, ...]:
    return tuple(Home(area.name, area.people) for area in asked.specification.areas or ())


def _electorate(asked: Asked, proposals: int) -> Electorate | None:
    said = dict(asked.specification.electorate or {})
    if not said:
        return None
    spec = asked.specification
    places = {key: place_of(spec, "electorate", key) for key in ("model", *said)}
    name = said.pop("model", "")
    return simulated(str(name), said, proposals, places)


def _with_ballot(asked: Asked, village: Village) -> Village:
    spec, limits = asked.specification, village.limits
    if spec.max_choices is not None:
        least = limits.min_length
        limits = replace(
            limits, max_length=spec.max_choices, min_length=None if least is None else min(least, spec.max_choices)
        )
    return replace(
        village,
        turnout=village.turnout if spec.turnout is None else spec.turnout,
        method=spec.method or village.method,
        limits=limits,
    )


def _told(electorate: Electorate, source: str) -> Text:
    if isinstance(electorate, Fitted):
        return FITTED.fill(source=source)
    assert isinstance(electorate, Simulated)
    values = ", ".join(f"{key} = {value}" for key, value in electorate.values.items())
    return MODELLED.fill(model=f"{electorate.model.name}: {values}", plain=electorate.model.plain)
