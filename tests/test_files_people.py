"""Exported profiles whose ballots weigh by area: people and votes stay apart, in the engine and in the reference."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borgerbudget import InputRejected
from borgerbudget.files import read_profile, write_profile
from borgerbudget.files.pabulib import read_pabulib
from tallies import verify
from tests.histories import written
from tests.weighted import CAST, POPULATION, WEIGHTS, by_area

AREAS = ("Nord", "Syd", "Øst")
VOTES = st.lists(st.sampled_from("abc"), unique=True, max_size=3).map(",".join)
NUMBERS = st.sampled_from(["1", "2", "7", "1/3", "3/2", "999999/7"])


@given(
    st.booleans(),
    st.tuples(NUMBERS, NUMBERS, NUMBERS),
    st.lists(st.tuples(VOTES, st.sampled_from(AREAS)), max_size=12),
    st.sampled_from(["approval", "cumulative", "scoring", "ordinal"]),
)
def test_a_profile_keeps_how_many_people_cast_each_ballot_and_from_where(
    by_population: bool, numbers: tuple[str, ...], cast: list[tuple[str, str]], kind: str
) -> None:
    parts = [number.partition("/")[0] if by_population else number for number in numbers]
    key = "area_population" if by_population else "area_weights"
    meta = {key: ",".join(f"{area}:{part}" for area, part in zip(AREAS, parts, strict=True))}
    data = by_area(meta, kind, tuple(cast))
    election = read_pabulib(data, "x.pb").election
    profile = write_profile(election)
    again = read_profile(profile, "x.json").election
    assert write_profile(again) == profile
    assert (again.areas, again.by_area) == (election.areas, True)
    assert sum(json.loads(profile)["weights"]["heads"]) == len(cast)
    assert verify.read_input(data).profile() == profile
    assert verify.read_input(profile).profile() == profile


def people(value: Any) -> Any:
    return value["weights"]


WRONG: dict[str, Callable[[Any], Any]] = {
    "none at all": lambda value: value.update(weights=None),
    "a list": lambda value: value.update(weights=[]),
    "another key": lambda value: people(value).update(more=1),
    "a key too few": lambda value: people(value).pop("heads"),
    "an unknown kind": lambda value: people(value).update(by="heads"),
    "no list of areas": lambda value: people(value).update(areas={}),
    "an area without people": lambda value: people(value)["areas"][0].pop(),
    "an area with a word more": lambda value: people(value)["areas"][0].append(1),
    "areas out of order": lambda value: people(value)["areas"].reverse(),
    "an area twice": lambda value: people(value)["areas"].append(people(value)["areas"][-1]),
    "an area without a name": lambda value: people(value)["areas"][0].__setitem__(0, ""),
    "a number that is a number": lambda value: people(value)["areas"][0].__setitem__(1, 2),
    "a number of nothing": lambda value: people(value)["areas"][0].__setitem__(1, "0"),
    "a number below nothing": lambda value: people(value)["areas"][0].__setitem__(1, "-2"),
    "a number in other terms": lambda value: people(value)["areas"][0].__setitem__(1, "4/2"),
    "a number over one": lambda value: people(value)["areas"][0].__setitem__(1, "2/1"),
    "a number in other digits": lambda value: people(value)["areas"][0].__setitem__(1, "٢"),
    "a number of many digits": lambda value: people(value)["areas"][0].__setitem__(1, "2" * 17),
    "another number": lambda value: people(value)["areas"][0].__setitem__(1, "3"),
    "nobody from an area": lambda value: people(value)["areas"][0].__setitem__(2, 0),
    "another from an area": lambda value: people(value)["areas"][0].__setitem__(2, 4),
    "people too few": lambda value: people(value)["heads"].pop(),
    "nobody for a ballot": lambda value: people(value)["heads"].__setitem__(0, 0),
    "half a person": lambda value: people(value)["heads"].__setitem__(0, "1/2"),
    "somebody more": lambda value: people(value)["heads"].__setitem__(0, 2),
    "people of another ballot": lambda value: people(value).update(heads=[3, *people(value)["heads"][2:], 1]),
    "no word that ballots weigh": lambda value: value.pop("by_area"),
    "other ballots": lambda value: value["ballots"].__setitem__(0, "4\t"),
    "a population in parts": lambda value: people(value).update(by="population", areas=[["Nord", "1/2", 8]]),
}


@pytest.mark.parametrize("name", WRONG)
def test_people_that_do_not_fit_the_ballots_are_refused_in_one_sentence(name: str) -> None:
    value = json.loads(write_profile(read_pabulib(by_area(WEIGHTS), "x.pb").election))
    WRONG[name](value)
    with pytest.raises(InputRejected) as refused:
        read_profile(written(value), "x.json")
    assert {problem.code for problem in refused.value.problems} <= {"PR-002", "PR-004"}
    with pytest.raises(verify.InputRejected, match="E305"):
        verify.read_input(written(value))


@pytest.mark.parametrize("areas", [60, 400])
def test_areas_whose_weights_have_no_reasonable_common_denominator_are_refused(areas: int) -> None:
    """Within reasonable time, before anything is added up."""
    value = json.loads(write_profile(read_pabulib(by_area(POPULATION), "x.pb").election))
    odd = [[f"a{number:06}", f"1/{10**15 + 2 * number + 1}", 1] for number in range(areas)]
    value["weights"] = {"by": "weights", "areas": odd, "heads": [areas]}
    value["ballots"] = [f"{areas}\t"]
    with pytest.raises(InputRejected, match="PR-002"):
        read_profile(written(value), "x.json")
    with pytest.raises(verify.InputRejected, match="E305"):
        verify.read_input(written(value))


def test_a_profile_of_an_older_version_tells_votes_only() -> None:
    election = read_pabulib(by_area(WEIGHTS), "x.pb").election
    value = json.loads(write_profile(election))
    del value["weights"]
    older = read_profile(written(value), "x.json").election
    assert (older.by_area, older.areas, older.profile.heads) == (True, None, None)
    assert write_profile(older) == written(value) == verify.read_input(written(value)).profile()
    assert older.profile.voters == election.profile.voters > len(CAST)
