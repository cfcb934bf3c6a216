"""Small rounds whose ballots weigh by the area they come from."""

from __future__ import annotations

CAST = (
    ("a,b", "Nord"), ("a", "Nord"), ("a", "Syd"), ("c", "Syd"), ("", "Øst"), ("b,c", "Øst"), ("a", "Nord"), ("b", "Syd"),
)  # fmt: skip
WEIGHTS = {"area_weights": "Nord:2,Syd:1,Øst:3"}
POPULATION = {"area_population": "Nord:1200,Syd:300,Øst:77"}


def by_area(meta: dict[str, str], kind: str = "approval", cast: tuple[tuple[str, str], ...] = CAST) -> bytes:
    """A .pb file in which ballots weigh by area; points are 1, 2, ... along each ballot."""
    declared = {"description": "Landsby", "budget": "100", "vote_type": kind, "currency": "DKK", **meta}
    rows = ["META", "key;value", *(f"{key};{value}" for key, value in declared.items())]
    rows += ["PROJECTS", "project_id;cost;name", "a;60;A", "b;50;B", "c;40;C", "d;100;D"]
    rows += ["VOTES", "voter_id;vote;points;neighborhood"]
    for voter, (vote, area) in enumerate(cast, 1):
        points = ",".join(str(i) for i, _ in enumerate(filter(None, vote.split(",")), 1))
        rows.append(f"{voter};{vote};{points};{area}")
    return ("\n".join(rows) + "\n").encode()
