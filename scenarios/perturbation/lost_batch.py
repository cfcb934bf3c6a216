"""A lost batch: so many paper ballots from one place are gone.

A batch is one-sided: neighbours hand in at the same table.  One ballot is drawn at random, and lost are the ballots most
like it, by the distance of Jaccard (1 - common marks / all marks; two blank ballots are alike), equally distant kinds in an
order drawn by lot.  That is the worst a batch is likely to be; a batch that is a random part of the box is lower turnout.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.ballots.method import Ints
from borgerbudget.words import Text
from scenarios.perturbation.perturbation import Box, Perturbation


def weights(box: Box, size: int, generator: np.random.Generator) -> Ints:
    marks = box.election.profile.marks
    group = int(generator.choice(box.people.size, p=box.people / box.ballots))
    on_it = np.zeros(len(box.election.proposals), bool)
    on_it[marks.proposals[marks.offsets[group] : marks.offsets[group + 1]]] = True
    common = np.bincount(marks.owners(), weights=on_it[marks.proposals], minlength=box.people.size)
    either = np.diff(marks.offsets) + on_it.sum() - common
    alike = np.divide(common, either, out=np.ones(common.size), where=either > 0)
    nearest = np.lexsort((generator.random(alike.size), -alike))
    before = np.cumsum(box.people[nearest]) - box.people[nearest]
    left = box.people.copy()
    left[nearest] -= np.clip(size - before, 0, box.people[nearest])
    return left


LOST_BATCH = Perturbation(
    "lost-batch",
    __doc__,
    Text("En bunke stemmesedler fra ét sted går tabt", "A batch of ballots from one place is lost"),
    weights,
    lambda box: box.ballots - 1,
)
