"""What an electorate model is: its published name, its parameters, where it was published, and how it draws opinions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from borgerbudget.errors import Problem
from borgerbudget.words import Text
from scenarios.electorates.opinions import Floats, Opinions, Setting
from scenarios.electorates.parameters import Parameter, Values


def nothing_wrong(values: Values, proposals: int) -> Problem | None:
    return None


@dataclass(frozen=True, slots=True)
class Model:
    """``specification`` is the module's own text, with the paper; ``plain`` one sentence for a village secretary.
    ``utility(values, setting, generator)`` (people, proposals); ``conflict(values, proposals)``: what is wrong with values
    that are each allowed, but not together."""

    name: str
    specification: str
    plain: Text
    parameters: tuple[Parameter, ...]
    utility: Callable[[Values, Setting, np.random.Generator], Floats]
    conflict: Callable[[Values, int], Problem | None] = nothing_wrong


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """An electorate: a model with all its parameters."""

    model: Model
    values: Values

    def opinions(self, setting: Setting, generator: np.random.Generator) -> Opinions:
        """As ``Electorate.opinions``."""
        return Opinions(self.model.utility(self.values, setting, generator), setting.homes())


APPROVES = Parameter(
    "approves",
    "number",
    Text(
        "den andel af forslagene, som en vælger sætter kryds ved, når stemmesedlen ikke er en rangordning af alle",
        "the share of the proposals that a voter approves of, where the ballot is not an order of all of them",
    ),
    0.3,
    0.0,
    1.0,
)
P = Parameter(
    "p",
    "number",
    Text(
        "den andel af forslagene, som en vælger i gennemsnit synes om",
        "the share of the proposals that a voter approves of on average",
    ),
    0.3,
    0.0,
    1.0,
)
PHI = Parameter(
    "phi",
    "number",
    Text(
        "hvor forskellige vælgerne er: 0 er alle ens, 1 er hver for sig",
        "how different the voters are: 0 is all alike, 1 is each on their own",
    ),
    0.5,
    0.0,
    1.0,
)
GROUPS = Parameter(
    "groups",
    "count",
    Text("hvor mange slags vælgere der er", "how many kinds of voters there are"),
    2,
    1,
    1000,
)
ALPHA = Parameter(
    "alpha",
    "number",
    Text(
        "smitte: hvor meget hver stemmeseddel øger chancen for en mage til (0 er ingen)",
        "contagion: how much each ballot adds to the chance of another like it (0 is none)",
    ),
    0.1,
    0.0,
    1e6,
)
