"""Writes the fictive rounds of this folder.

    python examples/make_examples.py [FOLDER]

Places, proposals, prices and ballots are invented; any likeness to a real village is chance.  The same script always
writes the same bytes: the only source of chance is ``Random(seed).random()``, whose sequence Python promises to keep.
Within a round no two proposals cost the same, so that the criterion ``cheapest`` breaks every tie, except in
``aaby-uafgjort-2026``, which exists to show a tie that only a lot can break.  The villages that show what Danish meetings
really decide stand in ``danish_patterns.py``, how a round is written in ``pb_text.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random

from danish_patterns import PATTERNS
from pb_text import WITHDRAWN, Idea, Round, meta_of, minor, text


def _wishes(random: Random, liking: Mapping[str, int]) -> list[str]:
    """Each proposal with its chance in percent, the keenest first; never nothing."""
    keen = [(liking[i] - 100 * random.random(), i) for i in liking]
    keen.sort(reverse=True)
    return [i for margin, i in keen if margin > 0] or [keen[0][1]]


def _groups(random: Random, groups: Iterable[tuple[int, Mapping[str, int]]]) -> list[list[str]]:
    """The wishes of every voter, groups shuffled together as people come to the ballot box."""
    wishes = [_wishes(random, liking) for size, liking in groups for _ in range(size)]
    order = [(random.random(), i) for i in range(len(wishes))]
    return [wishes[i] for _, i in sorted(order)]


def lillevig() -> Round:
    """Approval, at most five crosses.  The church town fills the pool alone when the most votes decide."""
    random = Random(20260117)
    ideas = (
        Idea("L01", "78500", "Multibane bag skolen", "Idræt og leg", "Børn,Unge", "Lillevig Kirkeby"),
        Idea("L02", "64900", "Nyt køkken i forsamlingshuset", "Fællesskab", "Alle", "Lillevig Kirkeby"),
        Idea("L03", "38750", "Badebro ved Nordstranden", "Natur og kyst", "Alle", "Nordstrand"),
        Idea("L04", "31200", "Shelterplads og bålhytte i Skovhuse", "Natur og kyst", "Børn,Unge", "Skovhuse"),
        Idea("L05", "16480.50", "Hjertestarter ved busskuret i Skovhuse", "Tryghed", "Alle", "Skovhuse"),
        Idea("L06", "22600", "Fælles ladcykel og værktøjsbibliotek", "Grøn omstilling", "Alle", "Lillevig Kirkeby"),
        Idea("L07", "14750", "Frugtlund og højbede på den gamle losseplads", "Grøn omstilling", "Alle", "Nordstrand"),
        Idea(
            "L08", "27900", "Ungeklub i brugsens kælder: lyd, lys og sofaer", "Fællesskab", "Unge", "Lillevig Kirkeby"
        ),
        Idea("L09", "12300", "Fællesspisning og sprogcafé for nye naboer", "Fællesskab", "Tilflyttere", "Nordstrand"),
        Idea("L10", "52400", 'Lys på stien "Æblerenden"; Kirkeby–Nordstrand', "Tryghed", "Alle", "Nordstrand"),
        Idea("L11", WITHDRAWN, "Sommerfest med fyrværkeri (trukket tilbage)", "Fællesskab", "Alle", "Skovhuse"),
    )
    groups = (
        (58, {"L01": 88, "L02": 84, "L06": 32, "L08": 18, "L10": 20, "L05": 10, "L11": 14}),
        (28, {"L03": 90, "L10": 52, "L07": 62, "L09": 40, "L05": 12, "L11": 10}),
        (19, {"L04": 88, "L05": 85, "L07": 30, "L03": 20, "L11": 25}),
        (12, {"L08": 92, "L01": 45, "L09": 35, "L04": 25, "L06": 20}),
    )
    ballots = tuple(dict.fromkeys(wishes[:5]) for wishes in _groups(random, groups))
    meta = meta_of(
        "Lillevig Landsbylaug",
        "Borgerbudget 2026: udbyttet fra Lillevig Vindmøllelaug (opdigtet eksempel)",
        "150000",
        "approval",
        "equalshares/add1",
        ("17.01.2026", "31.01.2026"),
    )
    meta |= {"min_length": "1", "max_length": "5"}
    return Round("lillevig-2026", meta, ideas, ballots, settled=False, paper_share=0.4)


def kirkelund() -> Round:
    """Points: everyone who attends gets three balls and may lay several on one proposal."""
    random = Random(20260310)
    ideas = (
        Idea("1", "18500", "Petanquebane ved gadekæret", "Idræt og leg", "Seniorer", "Kirkelund"),
        Idea("2", "24000", "Gyngestativ og naturlegeplads", "Idræt og leg", "Børn", "Kirkelund"),
        Idea("3", "9800", "Bænke og borde langs kirkestien", "Mødesteder", "Alle", "Kirkelund"),
        Idea("4", "15250", "Projektor og lærred til forsamlingshuset", "Mødesteder", "Alle", "Kirkelund"),
        Idea("5", "6400", "Fuglekasser og vild blomstereng", "Natur", "Børn,Alle", "Kirkelund"),
        Idea("6", "12750", "Trailer til udlån", "Mødesteder", "Alle", "Kirkelund"),
        Idea("7", "21300", "Kajakker og redningsveste til møllesøen", "Natur", "Unge", "Kirkelund"),
    )
    groups = (
        (17, {"2": 80, "5": 45, "3": 20, "7": 20}),
        (14, {"1": 75, "3": 60, "4": 45}),
        (10, {"7": 85, "6": 50, "4": 25}),
    )
    ballots = []
    for wishes in _groups(random, groups):
        chosen = wishes[:3]
        points = [1] * len(chosen)
        for _ in range(3 - len(chosen)):
            points[0 if random.random() < 0.7 else int(random.random() * len(points))] += 1
        heaviest = sorted(zip(chosen, points, strict=True), key=lambda pair: -pair[1])
        ballots.append(dict[str, int | None](heaviest))
    meta = meta_of(
        "Kirkelund",
        "Kuglemøde i forsamlingshuset (opdigtet eksempel)",
        "50000",
        "cumulative",
        "greedy",
        ("10.03.2026", "10.03.2026"),
    )
    meta |= {"min_length": "1", "max_length": "3", "min_points": "1", "max_points": "3"}
    meta |= {"min_sum_points": "3", "max_sum_points": "3"}
    return Round("kirkelund-kugler-2026", meta, ideas, tuple(ballots), settled=True, paper_share=1.0)


def strandby() -> Round:
    """Knapsack: everyone fills a basket up to the whole pool, which is counted to the øre."""
    random = Random(20260502)
    ideas = (
        Idea("S1", "32000", "Vinterbadning: trappe og læskærm", "Kyst", "Alle", "Strandby Havn"),
        Idea("S2", "58400", "Pumptrackbane ved hallen", "Idræt", "Unge", "Strandby"),
        Idea("S3", "20450.75", "Udekøkken på havnen", "Mødesteder", "Alle", "Strandby Havn"),
        Idea("S4", "11900", "Lokalhistoriske skilte på ruten rundt", "Kultur", "Alle", "Strandby"),
        Idea("S5", "17600", "Indhegnet hundeskov: hegn og låger", "Natur", "Alle", "Strandby"),
        Idea("S6", "8350", "Legekasser til stranden", "Kyst", "Børn", "Strandby Havn"),
        Idea("S7", "41250", "Ny scene til havnedagen", "Kultur", "Alle", "Strandby Havn"),
        Idea("S8", "26300", "Ladestander til elcykler", "Grøn omstilling", "Alle", "Strandby"),
        Idea("S9", "14125.50", "Sankthansplads og bålsted", "Kultur", "Alle", "Strandby"),
    )
    basket = 8_112_550
    price = {idea.id: minor(idea.cost) for idea in ideas}
    groups = (
        (40, {"S1": 80, "S3": 60, "S6": 55, "S7": 30, "S9": 25}),
        (33, {"S2": 85, "S8": 35, "S5": 30, "S4": 15}),
        (23, {"S4": 60, "S7": 55, "S9": 60, "S5": 40, "S3": 20}),
    )
    ballots = []
    for wishes in _groups(random, groups):
        left, chosen = basket, []
        for i in wishes:
            if price[i] <= left:
                left -= price[i]
                chosen.append(i)
        ballots.append(dict.fromkeys(sorted(chosen)))
    meta = meta_of(
        "Strandby",
        "Borgerbudget på nettet: fyld kurven (opdigtet eksempel)",
        "81125.50",
        "approval",
        "greedy",
        ("02.05.2026", "17.05.2026"),
    )
    meta |= {"min_length": "1", "max_sum_cost": "81125.50"}
    return Round("strandby-kurv-2026", meta, ideas, tuple(ballots), settled=True, paper_share=0.1)


def hedegaard() -> Round:
    """Ranked: up to four proposals in order, counted by Borda points."""
    random = Random(20260919)
    ideas = (
        Idea("H1", "36000", "Overdækning ved sportspladsen", "Idræt", "Alle", "Hedegård"),
        Idea("H2", "27500", "Renovering af mejerigavlen: stort vægmaleri", "Kultur", "Alle", "Hedegård Mejeriby"),
        Idea("H3", "19950", "Hedevandring: bro over Grøften", "Natur", "Alle", "Hedegård"),
        Idea("H4", "44800", "Elektronisk lås og booking af hallen", "Idræt", "Alle", "Hedegård"),
        Idea("H5", "13400", "Høstmarked med lokale fødevarer", "Kultur", "Alle", "Hedegård Mejeriby"),
        Idea("H6", "22750", "Samkørselsbænk og læskur", "Tryghed", "Unge,Seniorer", "Hedegård Mejeriby"),
        Idea("H7", "8900", "Førstehjælpskurser for hele sognet", "Tryghed", "Alle", "Hedegård"),
        Idea("H8", "31600", "Skøjtebane og opvarmet bænk", "Idræt", "Børn", "Hedegård"),
    )
    groups = (
        (26, {"H1": 80, "H4": 65, "H8": 60, "H7": 30, "H3": 20}),
        (20, {"H2": 80, "H5": 65, "H6": 60, "H3": 25, "H7": 25}),
        (12, {"H3": 85, "H7": 60, "H6": 30, "H5": 25, "H1": 20}),
    )
    ballots = tuple(dict.fromkeys(wishes[:4]) for wishes in _groups(random, groups))
    meta = meta_of(
        "Hedegård Sogn",
        "Prioritering af landdistriktsmidler (opdigtet eksempel)",
        "100000",
        "ordinal",
        "greedy",
        ("19.09.2026", "04.10.2026"),
    )
    meta |= {"min_length": "1", "max_length": "4"}
    return Round("hedegaard-rang-2026", meta, ideas, ballots, settled=True, paper_share=0.7)


def aaby() -> Round:
    """A tie: two proposals with equal price and equal votes, and money for one of them."""
    ideas = (
        Idea("bogskab", "12500", "Bogskab og læsehjørne i busskuret", "Kultur", "Alle", "Åby"),
        Idea("drivhus", "15000", "Fælles drivhus", "Natur", "Alle", "Åby"),
        Idea("fodboldmål", "15000", "Fodboldmål og net", "Idræt", "Børn", "Åby"),
        Idea("gadespejl", "9500", "Gadespejl ved det skæve sving", "Tryghed", "Alle", "Åby"),
    )
    cast = (
        (7, ("bogskab", "drivhus")),
        (6, ("bogskab", "fodboldmål")),
        (4, ("fodboldmål",)),
        (3, ("drivhus",)),
        (2, ("gadespejl", "bogskab")),
        (1, ("gadespejl", "drivhus")),
        (1, ("gadespejl", "fodboldmål")),
    )
    ballots = tuple(dict.fromkeys(sorted(ids)) for count, ids in cast for _ in range(count))
    meta = meta_of(
        "Åby Bylaug",
        "Borgerbudget på generalforsamlingen: en lodtrækning mangler (opdigtet eksempel)",
        "30000",
        "approval",
        "greedy",
        ("14.02.2026", "14.02.2026"),
    )
    meta |= {"min_length": "1", "max_length": "2"}
    return Round("aaby-uafgjort-2026", meta, ideas, ballots, settled=False, paper_share=1.0)


ROUNDS = (lillevig, kirkelund, strandby, hedegaard, aaby, *PATTERNS)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for make in ROUNDS:
        found = make()
        (folder / f"{found.name}.pb").write_text(text(found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
