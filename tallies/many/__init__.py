"""Many counts of one election: other pools, prices, weights or numbers of equal ballots, each as exact as a count alone."""

from __future__ import annotations

from tallies.many.changes import Changed
from tallies.many.counting import Counted, Many
from tallies.many.parallel import Run, count_all

__all__ = ["Changed", "Counted", "Many", "Run", "count_all"]
