"""What every question is asked with: the round, the plans, and how the runs are to be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from borgerbudget.election import Election
from borgerbudget.errors import UsageError, problem
from borgerbudget.money import amount_text
from borgerbudget.office_commands.desk import signed_amount_of
from borgerbudget.words import Text
from scenarios.figures import Label
from scenarios.runs.kept import Kept
from scenarios.runs.running import Progress
from scenarios.sentence import Sentence
from scenarios.sources import PlanOf, Source
from scenarios.specification.specification import Specification
from scenarios.words import PROBLEMS


@dataclass(frozen=True)
class Named:
    """A plan as it was asked for; ``of`` makes it for an election."""

    name: str
    of: PlanOf


@dataclass(frozen=True)
class Asked:
    """``source`` is None for a question about a round that has not happened.  ``minutes``: after which what is drawn out is
    stopped with what there is; ``like``: a past round whose voters are borrowed."""

    specification: Specification
    source: Source | None
    plans: tuple[Named, ...]
    workers: int = 1
    address: str | None = None
    progress: Progress | None = None
    kept: Callable[[dict[str, object]], Kept] | None = None
    stopped: list[bool] = field(default_factory=list)
    minutes: float | None = None
    like: Source | None = None

    @property
    def election(self) -> Election:
        assert self.source is not None
        return self.source.election

    def told(self, amount: int) -> Text:
        return amount_text(amount, self.election.pool.currency)

    def label(self, p: int) -> Label:
        proposal = self.election.proposals[p]
        return Label(proposal.id, proposal.title)

    def place(self, proposal: str) -> int:
        """The index of a proposal.  UsageError for one that is not there."""
        index = self.election.index
        if proposal not in index:
            known = ", ".join(self.election.ids[:20]) + (" ..." if len(index) > 20 else "")
            raise UsageError(problem(PROBLEMS, "SCN-007", proposal=proposal, known=known))
        return index[proposal]


def one_plan(asked: Asked) -> Named:
    """UsageError where several were given."""
    if len(asked.plans) > 1:
        raise UsageError(problem(PROBLEMS, "SCN-006", option="--plan"))
    return asked.plans[0]


def amount_in(value: int | str, what: str) -> int:
    """Minor units of a whole number of currency units, or of a text as people write it.  What is below zero is told later, with
    its line and all else that is wrong."""
    return signed_amount_of(str(value), what)


def said(text: Text, /, **values: object) -> Sentence:
    filled = text.fill(**values)
    return Sentence(filled.da, filled.en)


def said_of(asked: Asked, plan: str, text: Text, /, **values: object) -> Sentence:
    """What is said of one plan; which one, only where several were asked about."""
    one = said(text, **values)
    if len(asked.plans) > 1:
        return Sentence(f"{plan}: {one.da}", f"{plan}: {one.en}")
    return Sentence(one.da[:1].upper() + one.da[1:], one.en[:1].upper() + one.en[1:])


def titled(asked: Asked, plan: str, text: Text, /, **values: object) -> Sentence:
    """A picture's title, with the plan."""
    one = said(text, **values)
    return Sentence(f"{one.da} ({plan})", f"{one.en} ({plan})")


def name_of(label: Label) -> str:
    """As a proposal is called in a sentence."""
    return f"{label.id} {label.title}".strip()


def listed(names: list[str]) -> Text:
    """``a, b and c``."""
    if len(names) < 2:
        return Text(*(["".join(names)] * 2))
    head, last = ", ".join(names[:-1]), names[-1]
    return Text(f"{head} og {last}", f"{head} and {last}")
