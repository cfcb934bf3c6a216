"""One fictive village for each way in which Danish meetings decide; README.md of this folder says whose way it is.

Few ballots and round prices, so that everybody can count along on paper.  The plans stand in ``plans/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pb_text import Ballot, Idea, Round, meta_of


def _marks(*cast: tuple[int, str]) -> tuple[Ballot, ...]:
    """``(7, "a b")``: seven ballots with these marks, in this order."""
    return tuple(dict.fromkeys(ids.split()) for count, ids in cast for _ in range(count))


def _points(*cast: tuple[int, Mapping[str, int]]) -> tuple[Ballot, ...]:
    return tuple(dict(points) for count, points in cast for _ in range(count))


def _round(
    name: str,
    place: str,
    about: str,
    budget: str,
    kind: str,
    day: str,
    limits: Mapping[str, str],
    ideas: tuple[Idea, ...],
    ballots: tuple[Ballot, ...] = (),
    homes: tuple[str, ...] = (),
    totals: Mapping[str, int] | None = None,
) -> Round:
    meta = meta_of(place, f"{about} (opdigtet eksempel)", budget, kind, "greedy", (day, day)) | dict(limits)
    return Round(f"{name}-2026", meta, ideas, ballots, homes=homes, totals=totals)


ONE_MARK = {"min_length": "1", "max_length": "1"}


def ahornby() -> Round:
    """Aarhus: everyone fills a basket up to the pool; what does not fit is skipped."""
    ideas = (
        Idea("A1", "32000", "Bro over Ahornåen", "Natur", "Alle", "Ahornby"),
        Idea("A2", "78450", "Nyt gulv i hallen", "Idræt", "Alle", "Ahornby"),
        Idea("A3", "20000", "Sti rundt om søen", "Natur", "Alle", "Ahornby"),
        Idea("A4", "30000", "Scene på torvet", "Kultur", "Alle", "Ahornby"),
    )
    ballots = _marks((11, "A1 A3"), (14, "A2"), (5, "A1 A4"), (2, "A3 A4"))
    limits = {"min_length": "1", "max_sum_cost": "80000"}
    return _round(
        "ahornby", "Ahornby", "Fyld kurven på nettet", "80000", "approval", "02.03.2026", limits, ideas, ballots
    )


def kuglebjerg() -> Round:
    """Slagelse: three balls each, laid at the meeting and stacked at will; one proposal was withdrawn."""
    ideas = (
        Idea("K1", "30000", "Bålplads ved skoven", "Natur", "Alle", "Kuglebjerg"),
        Idea("K2", "28000", "Legehus i børnehaven", "Leg", "Børn", "Kuglebjerg"),
        Idea("K3", "35000", "Madpakkehus på ruten", "Natur", "Alle", "Kuglebjerg"),
        Idea("K4", "20000", "Byfest i august", "Fællesskab", "Alle", "Kuglebjerg"),
    )
    ballots = _points(
        *((6, {"K1": 3}), (8, {"K2": 2, "K4": 1}), (5, {"K3": 2, "K1": 1})),
        *((4, {"K4": 3}), (3, {"K1": 1, "K2": 1, "K3": 1})),
    )
    limits = {"min_length": "1", "max_length": "3", "min_points": "1", "max_points": "3"}
    limits |= {"min_sum_points": "3", "max_sum_points": "3"}
    return _round(
        *("kuglebjerg", "Kuglebjerg", "Tre kugler til hver på mødet", "75000", "cumulative", "11.03.2026", limits),
        *(ideas, ballots),
    )


def enighed() -> Round:
    """Slagelse: both proposals fit in the pool together, so that nobody voted."""
    ideas = (
        Idea("E1", "29500", "Hjertestarter og kursus", "Tryghed", "Alle", "Enighed"),
        Idea("E2", "20500", "Petanquebane", "Idræt", "Seniorer", "Enighed"),
    )
    return _round("enighed", "Enighed", "To forslag, og begge kan være", "50000", "approval", "12.03.2026", {}, ideas)


def fjordmark() -> Round:
    """Svendborg: one ballot a household; a tenth of the ballots; half of what exceeds 15,000, at most 100,000."""
    ideas = (
        Idea("F1", "240000", "Kunstgræs på lille bane", "Idræt", "Unge", "Fjordmark"),
        Idea("F2", "65000", "Mountainbikespor", "Idræt", "Unge", "Fjordmark"),
        Idea("F3", "12500", "Bænke langs fjorden", "Mødesteder", "Seniorer", "Fjordmark"),
        Idea("F4", "201000", "Nyt tag på forsamlingshuset", "Mødesteder", "Alle", "Fjordmark"),
        Idea("F5", "8000", "Julelys i hovedgaden", "Fællesskab", "Alle", "Fjordmark"),
        Idea("F6", "90000", "Bådbro", "Natur", "Alle", "Fjordmark"),
    )
    ballots = _marks(
        *((9, "F1 F2"), (8, "F4"), (6, "F3 F6"), (5, "F1")),
        *((4, "F3 F4"), (3, "F5"), (3, "F2"), (2, "F6")),
    )
    limits = {"min_length": "1", "max_length": "2"}
    about = "Én stemmeseddel til hver husstand, i kasser hos købmanden"
    return _round("fjordmark", "Fjordmark", about, "275000", "approval", "27.03.2026", limits, ideas, ballots)


def smedekaer() -> Round:
    """Faaborg-Midtfyn: prizes by rank, to the øre."""
    ideas = (
        Idea("S1", "25000", "Smedjen som museum", "Kultur", "Alle", "Smedekær"),
        Idea("S2", "18500", "Sansehave", "Natur", "Alle", "Smedekær"),
        Idea("S3", "28000", "Skaterbane", "Idræt", "Unge", "Smedekær"),
        Idea("S4", "9750.25", "Fuglekasser", "Natur", "Børn", "Smedekær"),
    )
    ballots = _marks((21, "S1"), (17, "S2"), (9, "S3"), (5, "S4"))
    about = "Papirsedler i lokalet ved siden af kommunalvalget"
    return _round("smedekaer", "Smedekær", about, "28534.61", "approval", "17.11.2026", ONE_MARK, ideas, ballots)


def ligevad() -> Round:
    """Faaborg-Midtfyn: the meeting decided to split equally, in whole kroner."""
    ideas = (
        Idea("L1", "20000", "Naturlegeplads", "Leg", "Børn", "Ligevad"),
        Idea("L2", "18400.50", "Højtalere til foredrag", "Kultur", "Alle", "Ligevad"),
        Idea("L3", "25000", "Shelter ved åen", "Natur", "Unge", "Ligevad"),
        Idea("L4", "14000", "Fælles frugtpresse", "Fællesskab", "Alle", "Ligevad"),
    )
    return _round("ligevad", "Ligevad", "Mødet delte lige", "55414.96", "approval", "18.11.2026", {}, ideas)


def holmekrog() -> Round:
    """Holbæk: ten points each; the last that is funded gets what is left."""
    ideas = (
        Idea("H1", "80000", "Svømmebro", "Natur", "Alle", "Holmekrog"),
        Idea("H2", "65700", "Kulturhusets lyd", "Kultur", "Alle", "Holmekrog"),
        Idea("H3", "60000", "Cykelværksted", "Fællesskab", "Unge", "Holmekrog"),
        Idea("H4", "45000", "Udendørs fitness", "Idræt", "Alle", "Holmekrog"),
        Idea("H5", "70000", "Havnens legeskib", "Leg", "Børn", "Holmekrog", least="30000"),
    )
    ballots = _points(
        *((25, {"H1": 6, "H2": 4}), (20, {"H2": 5, "H3": 5}), (20, {"H3": 5, "H1": 5})),
        *((10, {"H4": 8, "H5": 2}), (4, {"H5": 6, "H4": 4})),
    )
    limits = {"min_length": "1", "min_points": "1", "max_points": "10", "min_sum_points": "10", "max_sum_points": "10"}
    return _round(
        *("holmekrog", "Holmekrog", "Ti point til hver på mødet", "300000", "cumulative", "09.04.2026", limits),
        *(ideas, ballots),
    )


def egekrog() -> Round:
    """Egedal: a committee of nine ranks by a show of hands, three votes each; the last project gets what is left."""
    ideas = (
        Idea("D1", "180000", "Grejbank", "Fællesskab", "Unge", "Egekrog"),
        Idea("D2", "145000", "Udeklasse", "Natur", "Børn", "Egekrog"),
        Idea("D3", "120000", "Belysning på stien", "Tryghed", "Alle", "Egekrog"),
        Idea("D4", "90000", "Amfiteater", "Kultur", "Alle", "Egekrog", least="50000"),
        Idea("D5", "40000", "Køkkenhaver", "Natur", "Alle", "Egekrog"),
    )
    limits = {"num_votes": "9", "max_length": "3"}
    totals = {"D1": 8, "D2": 7, "D3": 6, "D4": 4, "D5": 2}
    about = "Udvalgets håndsoprækning, kun summerne"
    return _round(*("egekrog", "Egekrog", about, "500000", "hand-count", "15.04.2026", limits, ideas), totals=totals)


def vemmekaer() -> Round:
    """Vemmelev: 8,000 for each of four small villages; one is without a proposal in the end."""
    ideas = (
        Idea("V1", "12000", "Borde ved gadekæret", "Mødesteder", "Alle", "Øster", least="5000"),
        Idea("V2", "14000", "Læskur", "Tryghed", "Alle", "Vester", least="5000"),
        Idea("V3", "11500", "Frugttræer", "Natur", "Alle", "Nørre", least="5000"),
        Idea("V4", "6000", "Flagstang", "Fællesskab", "Alle", "Sønder"),
        Idea("V5", "3000", "Bogskab", "Kultur", "Alle", "Øster"),
    )
    ballots = _marks((9, "V1"), (4, "V5"), (7, "V2"), (6, "V3"), (3, "V4"))
    about = "En lille pulje til hver af fire landsbyer"
    return _round("vemmekaer", "Vemmekær", about, "32000", "approval", "22.04.2026", ONE_MARK, ideas, ballots)


def hopballe() -> Round:
    """Haderslev (Hoptrup): an evening meeting, offers with fixed prices, 4,490 left from last year, a reserve list."""
    ideas = (
        Idea("P1", "14490", "Havelåge og hegn til legepladsen", "Leg", "Børn", "Hopballe"),
        Idea("P2", "15000", "Tilskud til byfesten", "Fællesskab", "Alle", "Hopballe"),
        Idea("P3", "20000", "Krolfbane", "Idræt", "Seniorer", "Hopballe"),
        Idea("P4", "12000", "Nye stole i klubhuset", "Mødesteder", "Alle", "Hopballe"),
        Idea("P5", "4900", "Opslagstavle", "Fællesskab", "Alle", "Hopballe"),
    )
    ballots = _marks((16, "P1"), (13, "P2"), (13, "P3"), (9, "P4"), (6, "P5"))
    about = "50.000 kr. og 4.490 kr. fra sidste år"
    return _round("hopballe", "Hopballe", about, "54490", "approval", "29.04.2026", ONE_MARK, ideas, ballots)


def medalby() -> Round:
    """Haninge: gold, silver and bronze; the next that fits."""
    ideas = (
        Idea("M1", "45000", "Badestrand med brusere", "Natur", "Alle", "Medalby"),
        Idea("M2", "60000", "Klatrevæg", "Idræt", "Unge", "Medalby"),
        Idea("M3", "38000", "Rosenhave", "Natur", "Alle", "Medalby"),
        Idea("M4", "15000", "Bytteskab", "Grøn omstilling", "Alle", "Medalby"),
    )
    ballots = _marks((10, "M1 M3 M4"), (8, "M2 M1"), (7, "M2 M3 M1"), (5, "M3 M4 M2"))
    limits = {"min_length": "1", "max_length": "3"}
    return _round(
        *("medalby", "Medalby", "Guld, sølv og bronze", "100000", "ordinal", "06.05.2026", limits, ideas, ballots)
    )


def ringmarken() -> Round:
    """Odense and Ringeegnen: half for the climate, votes corrected by area, at most 75,000 to one project."""
    ideas = (
        Idea("R1", "75000", "Multibane", "Fritid", "Unge", "Nord"),
        Idea("R2", "60000", "Solceller på hallen", "Klima", "Alle", "Nord"),
        Idea("R3", "80000", "Kulturhus", "Fritid", "Alle", "Nord"),
        Idea("R4", "50000", "Legeplads", "Fritid", "Børn", "Syd"),
        Idea("R5", "35000", "Ladcykler til udlån", "Klima", "Alle", "Syd"),
    )
    ballots = _marks((16, "R1 R2"), (8, "R4"), (6, "R3 R5"), (20, "R4"), (10, "R1 R5"))
    homes = ("Nord",) * 30 + ("Syd",) * 30
    limits = {"min_length": "1", "max_length": "2", "area_population": "Nord:900,Syd:300"}
    about = "Halvdelen til klimaet, stemmer rettet efter indbyggertal"
    return _round(
        *("ringmarken", "Ringmarken", about, "200000", "approval", "20.05.2026", limits, ideas, ballots), homes=homes
    )


PATTERNS: tuple[Callable[[], Round], ...] = (
    *(ahornby, kuglebjerg, enighed, fjordmark, smedekaer, ligevad),
    *(holmekrog, egekrog, vemmekaer, hopballe, medalby, ringmarken),
)
