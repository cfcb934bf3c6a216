"""Voters like those of a past round, who vote on other proposals than were made there.

Each new proposal stands in for one of the old, drawn by lot without replacement in every electorate: of what people marked then
(``scenarios.fitting``) only the marks of those old proposals are kept.  So how much they mark and what hangs together is as
it was, while nothing is pretended of which new proposal would be liked; with fewer proposals than then, ballots are shorter.
Where people live plays no part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.electorates.opinions import EVERYWHERE, Opinions, Setting
from scenarios.fitting import Fitted


@dataclass(frozen=True, eq=False)
class Borrowed:
    """An electorate for at most as many proposals as the past round had."""

    fitted: Fitted

    @property
    def most(self) -> int:
        return int(self.fitted.log_weights.shape[1])

    def opinions(self, setting: Setting, generator: np.random.Generator) -> Opinions:
        """As ``Electorate.opinions``.  ValueError for more proposals than ``most``."""
        if setting.proposals > self.most:
            raise ValueError("voters of a past round know no more proposals than it had")
        stands_for = generator.permutation(self.most)[: setting.proposals]
        then = self.fitted.opinions(Setting(setting.voters, (EVERYWHERE,) * self.most), generator)
        return Opinions(then.utility[:, stands_for], then.home)
