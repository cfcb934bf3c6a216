"""What a scenario file may say.  Amounts stand as people write them, in whole units or as "12500.50"."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, PrivateAttr

from scenarios.specification.village import Amount, VillageSpecification

Question = Literal["what-if", "sweep", "compare", "robust", "rehearse", "quorum", "ballots"]


class Specification(VillageSpecification):
    """One question.  What a question has no use for may not be given; what is not given stays as it is in the source."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    _file: tuple[str, str] | None = PrivateAttr(None)
    """Name and text of the file that it was read from, for messages."""
    _given: frozenset[str] = PrivateAttr(frozenset())
    """The keys that were given besides, and do not stand there."""

    question: Question
    source: str | None = Field(None, description="runden: en .pb-fil, et bundt (.bba) eller en rundes navn | "
                               "the round: a .pb file, a bundle (.bba) or a round's name")  # fmt: skip
    source_sha256: str | None = Field(None, description="filens SHA-256, da der blev regnet | "
                                      "the file's SHA-256 when it was worked out")  # fmt: skip
    plans: list[str] | None = Field(None, description="planerne, en eller flere (borgerbudget plans) | "
                                    "the plans, one or more (borgerbudget plans)")  # fmt: skip
    settings: list[str] | None = Field(None, description="indstillinger, som --set | settings, as --set")
    ties: str | None = Field(None, description="hvordan lige stemmer afgøres | how ties are broken")
    seed: Annotated[int, Field(ge=0)] | None = Field(None, description="frøet: de samme tilfældige tal igen | "
                                                     "the seed: the same random numbers again")  # fmt: skip
    runs: Annotated[int, Field(ge=1, le=10_000_000)] | None = Field(None, description="hvor mange gennemregninger | "
                                                                   "how many runs")  # fmt: skip
    precision: str | None = Field(None, description="stop, når alle andele kendes så nøjagtigt, som 0.01 | "
                                  "stop when all shares are known so precisely, such as 0.01")  # fmt: skip
    pool: Amount | None = Field(None, description="en anden pulje | another pool")
    prices: dict[str, Amount] | None = Field(None, description="andre priser, som {p7 = 40000} | "
                                             "other prices, such as {p7 = 40000}")  # fmt: skip
    withdraw: list[str] | None = Field(None, description="forslag, der trækkes tilbage | proposals that withdraw")
    pools: str | None = Field(None, description="puljer fra:til:skridt | pools from:to:step")
    price_of: str | None = Field(None, description="det forslag, hvis pris ændres | the proposal whose price changes")
    price_range: str | None = Field(None, description="dets priser fra:til:skridt | its prices from:to:step")
    methods: list[str] | None = Field(None, description="stemmesedler, der sammenlignes, som approval | "
                                      "ballots to compare, such as approval")  # fmt: skip
    effective_support: bool | None = Field(None, description="regn også ud, hvor langt hvert forslag er fra at få penge | "
                                           "also work out how far each proposal is from being funded")  # fmt: skip
    ways: list[str] | None = Field(None, description="hvad der kunne være anderledes, som bootstrap og lower-turnout:20 | "
                                   "what could be otherwise, such as bootstrap and lower-turnout:20")  # fmt: skip
