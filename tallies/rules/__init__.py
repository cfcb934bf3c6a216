"""The book of rules, one file each; a rule is one record and one line in the registry below."""

from __future__ import annotations

from tallies.rules.acclamation import ACCLAMATION
from tallies.rules.equal_shares import EQUAL_SHARES
from tallies.rules.equal_split import EQUAL_SPLIT
from tallies.rules.everyones_share import EVERYONES_SHARE
from tallies.rules.greedy import GREEDY
from tallies.rules.greedy_80 import GREEDY_80
from tallies.rules.greedy_per_cost import GREEDY_PER_COST
from tallies.rules.greedy_stop import GREEDY_STOP
from tallies.rules.phragmen import PHRAGMEN
from tallies.rules.prize_ladder import PRIZE_LADDER
from tallies.rules.rate_bands import RATE_BANDS
from tallies.rules.residual import RESIDUAL
from tallies.rules.residual_last import RESIDUAL_LAST
from tallies.rules.rule import Rule

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        *(GREEDY, GREEDY_STOP, GREEDY_PER_COST, GREEDY_80, EQUAL_SHARES, PHRAGMEN),
        *(RESIDUAL, RESIDUAL_LAST, PRIZE_LADDER, RATE_BANDS, EQUAL_SPLIT, EVERYONES_SHARE, ACCLAMATION),
    )
}

__all__ = ["RULES", "Rule"]
