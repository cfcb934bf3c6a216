"""One figure of each kind about a made-up village, ordinary and hostile, for the tests of pictures and pages."""

from __future__ import annotations

from scenarios.figures import (
    Axis,
    Band,
    Bands,
    Chance,
    Chances,
    Curve,
    Distribution,
    Figure,
    Given,
    Grid,
    Label,
    Line,
    Move,
    Moves,
    Point,
    Range,
    Share,
    Spread,
)
from scenarios.sentence import Sentence

TITLES = (
    "Multibane bag skolen",
    "Nyt køkken i forsamlingshuset",
    "Badebro ved Nordstranden",
    "Shelterplads og bålhytte i Skovhuse",
    "Hjertestarter ved busskuret i Skovhuse",
    "Fælles ladcykel og værktøjsbibliotek",
)
HOSTILE = (
    "",
    "$x^{2}$ <b>fed</b> & 'citat' \"{pris}\"",
    "<script>alert(1)</script></svg></title>",
    "To\nlinjer\tog \x1b[31m tegn, der ikke kan ses \u202edrejet\u202c",
    "Ønskebrønd 🎪 漢字 " + "meget " * 80,
    "W" * 500,
)
POOL = Axis(Sentence("pulje i kr.", "pool in DKK"), "amount", "DKK")


def labels(titles: tuple[str, ...] = TITLES) -> tuple[Label, ...]:
    return tuple(Label(f"L{place:02}", title) for place, title in enumerate(titles, 1))


def share(of: float) -> Share:
    return Share(of, max(0.0, of - 0.03), min(1.0, of + 0.03))


def bands(titles: tuple[str, ...] = TITLES, samples: tuple[int, ...] = ()) -> Bands:
    """Always, never, from, up to, in pieces and by lots."""
    low, high = 50_000_00, 500_000_00
    funded = (
        (Range(low, high),),
        (),
        (Range(112_300_00, high),),
        (Range(low, 180_000_00),),
        (Range(low, 78_499_99), Range(182_150_00, 182_150_00), Range(260_000_00, high)),
        (),
    )
    lots: tuple[tuple[Range, ...], ...] = ((), (), (), (), (), (Range(440_000_00, 460_000_00),))
    return Bands(
        "pools",
        Sentence("Hvilke forslag får penge ved hver pulje?", "Which proposals are funded at each pool?"),
        POOL,
        low,
        high,
        150_000_00,
        tuple(map(Band, labels(titles), funded, lots)),
        samples,
    )


def chances(titles: tuple[str, ...] = TITLES, plans: tuple[str, ...] = ("equal-shares/add1eu",)) -> Chances:
    return Chances(
        "robust",
        Sentence("Hvor sikkert er resultatet?", "How sure is the outcome?"),
        plans,
        tuple(
            Chance(label, tuple(None if i and i == j else share(i / 5) for j in range(len(plans))), i % 2 == 0)
            for i, label in enumerate(labels(titles))
        ),
    )


def spread() -> Spread:
    return Spread(
        "spent",
        Sentence("Hvor meget af puljen bliver brugt?", "How much of the pool is spent?"),
        Axis(Sentence("brugt i kr.", "spent in DKK"), "amount", "DKK"),
        (
            Distribution("greedy", (100_000_00.0, 120_000_00.0, 130_000_50.0, 145_000_00.0, 150_000_00.0)),
            Distribution("equal-shares", (95_000_00.0,) * 5),
        ),
        0,
        150_000_00,
    )


def moves(titles: tuple[str, ...] = TITLES) -> Moves:
    amounts = ((78_500_00, 78_500_00), (64_900_00, 0), (0, 38_750_00), (0, 0), (20_000_00, 16_480_50), (9, 22_600_00))
    return Moves(
        "what-if",
        Sentence("Hvad hvis puljen var 20.000 kr. mindre?", "What if the pool were DKK 20,000 less?"),
        "DKK",
        Sentence("nu: pulje 150.000 kr.", "now: pool DKK 150,000"),
        Sentence("så: pulje 130.000 kr.", "then: pool DKK 130,000"),
        tuple(Move(label, *pair) for label, pair in zip(labels(titles), amounts, strict=True)),
    )


def curve(name: str = "greedy") -> Curve:
    return Curve(
        "voters",
        Sentence(
            "Hvor mange skal stemme, før lodtrækning bliver sjælden?", "How many must vote before lots become rare?"
        ),
        Axis(Sentence("stemmer", "voters"), "integer"),
        Sentence("andel af gennemregningerne med lodtrækning", "share of the runs that end in lots"),
        (
            Line(name, tuple(Point(25 * 2**i, share(0.6 / (i + 1))) for i in range(6))),
            Line("equal-shares", tuple(Point(25 * 2**i, share(0.5 / (i + 1))) for i in range(6))),
        ),
        goal=0.1,
    )


def grid(titles: tuple[str, ...] = TITLES, plans: tuple[str, ...] = ("greedy", "equal-shares/add1eu")) -> Grid:
    return Grid(
        "plans",
        Sentence("Hvilken regel giver hvad?", "Which rule gives what?"),
        "DKK",
        plans,
        tuple(
            Given(
                label,
                tuple(None if i == 5 and j else (i * 12_345_67 * (j + i) % 7) * 1_234_50 for j in range(len(plans))),
            )
            for i, label in enumerate(labels(titles))
        ),
    )


def every(titles: tuple[str, ...] = TITLES) -> tuple[Figure, ...]:
    """One of each, and the sampled bands and several plans besides."""
    return (
        bands(titles),
        chances(titles),
        spread(),
        moves(titles),
        curve(titles[1]),
        grid(titles, (titles[2], titles[5])),
    )


def sixty() -> Chances:
    long = "Et forslag med en lang titel, som ikke kan stå på en linje uden at blive skåret af et sted"
    return Chances(
        "sixty",
        Sentence("Tres forslag", "Sixty proposals"),
        ("a", "b med et langt navn, som nogen har givet planen for at kende den igen", "c"),
        tuple(Chance(Label(f"P{i:02}", long), (share(i / 60), None, share(1.0))) for i in range(60)),
    )
