"""Euclidean (dimensions, radius, spread): people prefer what is near.

Voters and proposals are points; a voter approves of all proposals within ``radius``, and likes the nearer one better.

Without areas, or with one, all points are uniform in the unit cube of 1 to 3 dimensions; then the share of approvals is
known (r = radius <= 1):

    1 dimension:   2 r - r**2                                                           (1)
    2 dimensions:  pi r**2 - 8 r**3 / 3 + r**4 / 2                                      (2)
    3 dimensions:  4 pi r**3 / 3 - 3 pi r**4 / 2 + 8 r**5 / 5 - r**6 / 6                (3)

With several areas each is a cluster: its centre is uniform in the cube, and its voters and proposals lie around it by a normal
distribution with standard deviation ``spread`` along each axis.  Proposals of no single area are uniform in the cube.  Two
points of one cluster lie at a squared distance of 2 spread**2 dimensions on average.

Enelow and Hinich: The Spatial Theory of Voting, 1984.  Approval within a radius: the voter range model, Szufa et al., IJCAI
2022, section 3, and Godziszewski, Batko, Skowron, Faliszewski: An Analysis of Approval-Based Committee Rules for
2D-Euclidean Elections, AAAI 2021 (clusters too).  (1)-(3): Philip, The probability distribution of the distance between two
random points in a box, 2007.
"""

from __future__ import annotations

import numpy as np

from borgerbudget.words import Text
from scenarios.electorates.models.model import Model
from scenarios.electorates.opinions import EVERYWHERE, Floats, Setting
from scenarios.electorates.parameters import Parameter, Values


def utility(values: Values, setting: Setting, generator: np.random.Generator) -> Floats:
    dimensions = int(values["dimensions"])
    voters = generator.random((setting.people, dimensions))
    proposals = generator.random((setting.proposals, dimensions))
    if len(setting.voters) > 1:
        centres = generator.random((len(setting.voters), dimensions))
        spread = float(values["spread"])
        voters = centres[setting.homes()] + spread * generator.standard_normal(voters.shape)
        near = spread * generator.standard_normal(proposals.shape)
        area = np.array(setting.proposal_area, np.int64)
        local = area != EVERYWHERE
        proposals[local] = centres[area[local]] + near[local]
    squares = np.zeros((setting.people, setting.proposals))
    for axis in range(dimensions):
        squares += (voters[:, axis, None] - proposals[None, :, axis]) ** 2
    return float(values["radius"]) - np.sqrt(squares)


EUCLIDEAN = Model(
    "euclidean",
    __doc__,
    Text(
        "Folk stemmer på det, der er nær ved: hvert område er en klynge af vælgere og forslag.",
        "People vote for what is near: each area is a cluster of voters and proposals.",
    ),
    (
        Parameter(
            "dimensions",
            "count",
            Text(
                "1 er en vej, 2 er et kort, 3 er et kort og en mening",
                "1 is a road, 2 is a map, 3 is a map and an opinion",
            ),
            2,
            1,
            3,
        ),
        Parameter(
            "radius",
            "number",
            Text(
                "hvor langt væk et forslag må ligge (kortet er 1 bredt)",
                "how far away a proposal may be (the map is 1 wide)",
            ),
            0.35,
            0.0,
            10.0,
        ),
        Parameter(
            "spread",
            "number",
            Text("hvor spredt et område ligger på kortet", "how widely an area is spread over the map"),
            0.1,
            0.0,
            10.0,
        ),
    ),
    utility,
)
