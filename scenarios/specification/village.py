"""What a scenario file may say about a round that has not happened: areas, proposals, turnout, ballot and electorate."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Amount = int | str
Id = Annotated[str, Field(min_length=1, max_length=200)]


class AreaSpecification(BaseModel):
    """An area and how many people in it may vote."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    name: Id
    people: Annotated[int, Field(ge=1, le=10_000_000)]


class ProposalSpecification(BaseModel):
    """A proposal; ``area``: one of the areas, or none of them."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Id
    title: str = ""
    price: Amount
    area: str | None = None
    category: str | None = None


class VillageSpecification(BaseModel):
    """The keys of a rehearsal; with a real round as the source, only those that are to be other than in it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    turnout: Annotated[float, Field(gt=0, le=1)] | None = Field(
        None, description="den del, der stemmer, som 0.4 | the part that votes, such as 0.4"
    )
    method: Literal["approval", "knapsack", "points", "ranked"] | None = Field(
        None, description="stemmesedlen: approval, knapsack, points eller ranked | "
        "the ballot: approval, knapsack, points or ranked"
    )  # fmt: skip
    max_choices: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        None, description="hvor mange forslag man højst må vælge | how many proposals one may choose"
    )
    voters: list[Annotated[int, Field(ge=1, le=1_000_000)]] | None = Field(
        None, description="antal stemmende, der prøves | numbers of voters to try", min_length=1
    )
    choices: list[Annotated[int, Field(ge=1, le=10_000)]] | None = Field(
        None, description="antal valg pr. stemmeseddel, der prøves | numbers of choices per ballot to try", min_length=1
    )
    electorate: dict[str, str | int | float] | None = Field(
        None, description="hvordan folk stemmer: en model og dens tal | how people vote: a model and its numbers"
    )
    like: str | None = Field(None, description="en tidligere runde, hvis vælgere de ligner (i stedet for electorate) | "
                             "a past round whose voters they resemble (instead of electorate)")  # fmt: skip
    like_sha256: str | None = Field(None, description="dens fils SHA-256, da der blev regnet | "
                                    "its file's SHA-256 when it was worked out")  # fmt: skip
    costs: dict[str, str | int | float] | None = Field(
        None, description="forslag, som ingen har stillet endnu: hvor mange (number) og en prismodel med dens tal | "
        "proposals that nobody has made yet: how many (number) and a cost model with its numbers"
    )  # fmt: skip
    areas: list[AreaSpecification] | None = Field(
        None, description="områderne og deres stemmeberettigede | the areas and their people who may vote", min_length=1
    )
    proposals: list[ProposalSpecification] | None = Field(
        None, description="forslagene og deres priser | the proposals and their prices", min_length=1
    )
