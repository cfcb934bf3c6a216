"""An approval round of any size as a .pb file, the same for the same numbers.

    python bench/synth.py OUT.pb --voters 1000000 --projects 200 --ballot 10

A voter takes most approvals from one of ten areas, so that ballots overlap as they do in a city; popularity falls off by a
power, costs are log-normal, whole, and three times the pool together; the pool is 100 for each voter.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np

AREAS = 10
MANY = 100_000
"""Ballots that are drawn at a time."""


def write(path: Path, voters: int, projects: int = 200, ballot: int = 10, seed: int = 0) -> None:
    rng = np.random.default_rng([seed, voters, projects, ballot])
    pool = 100 * voters
    raw = rng.lognormal(0, 1, projects)
    costs = np.clip(np.round(raw / raw.sum() * 3 * pool), 1, pool).astype(np.int64).tolist()
    popular = 1 / (1 + rng.permutation(projects)) ** 0.7
    likes = [np.where(np.arange(projects) % AREAS == area, 6.0, 1.0) * popular for area in range(AREAS)]
    ladders = [np.cumsum(like / like.sum()) for like in likes]
    names = [str(p + 1) for p in range(projects)]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("META\nkey;value\ndescription;synthetic\ncountry;Denmark\nunit;Synthetic\ninstance;1\n")
        file.write(f"num_projects;{projects}\nnum_votes;{voters}\nbudget;{pool}\nvote_type;approval\nrule;greedy\n")
        file.write("date_begin;2026\ndate_end;2026\nPROJECTS\nproject_id;cost;name\n")
        file.writelines(f"{p + 1};{cost};Project {p + 1}\n" for p, cost in enumerate(costs))
        file.write("VOTES\nvoter_id;vote;age;sex;voting_method\n")
        for first in range(0, voters, MANY):
            many = min(MANY, voters - first)
            home = rng.integers(0, AREAS, many)
            owner = np.repeat(np.arange(many), np.clip(rng.poisson(ballot - 1, many) + 1, 1, projects))
            draws = rng.random(owner.size)
            picks = np.empty(owner.size, np.int64)
            for area, ladder in enumerate(ladders):
                of_area = home[owner] == area
                picks[of_area] = np.minimum(np.searchsorted(ladder, draws[of_area]), projects - 1)
            marks = np.unique(owner * projects + picks)  # what is drawn twice stands once
            listed = [names[p] for p in (marks % projects).tolist()]
            ends = np.cumsum(np.bincount(marks // projects, minlength=many)).tolist()
            file.writelines(
                f"{first + i + 1};{','.join(listed[start:end])};{20 + i % 60};F;internet\n"
                for i, (start, end) in enumerate(pairwise([0, *ends]))
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--voters", type=int, default=100_000)
    parser.add_argument("--projects", type=int, default=200)
    parser.add_argument("--ballot", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    write(asked.out, asked.voters, asked.projects, asked.ballot, asked.seed)
