"""The help of the scenario commands in Danish: ``scenario sweep --help --lang da``.  Loaded only when it is asked for."""

from __future__ import annotations

from typing import Any

COMMANDS = {
    "what-if": "Hvem kommer med, og hvem falder ud, med en anden pulje, andre priser eller uden nogle forslag.",
    "sweep": "Fra hvilken pulje, eller op til hvilken pris, hvert forslag får penge: bevist for hver eneste øre i området.",
    "compare": "Planer side om side: hvem der får penge, og hvad målene siger; med --runs også, hvor sikre målene er.",
    "robust": "Hvor ofte hvert forslag ville få penge med andre vælgere, færre fremmødte, en tabt bunke, ændrede stemmesedler.",
    "rehearse": "En runde, der ikke har fundet sted, fra en scenariefil, eller en som en tidligere: hvad hver plan ville gøre.",
    "quorum": "Hvor mange der skal stemme, før stemmelighed er sjælden og puljen bliver brugt.",
    "ballots": "Hvor mange forslag en vælger bør kunne vælge.",
}
OPTIONS = {
    "source": "En .pb-fil, et bundt (.bba), en gemt runde eller en scenariefil (.toml).",
    "plan": "En plan, greedy hvis intet andet siges; giv flere for at sammenligne.",
    "settings": "En indstilling af planen; `borgerbudget plans NAVN` viser dem.",
    "ties": "Hvordan lige stemmer afgøres, som cheapest,most-votes,lot (eller ...,refuse).",
    "out": "Skriv tabel, billeder og side i denne mappe.",
    "force": "Erstat et svar, der allerede ligger i mappen.",
    "json": "Ét JSON-dokument på stdout.",
    "db": "Databasen; ellers BORGERBUDGET_DB, ellers den nærmeste fil opad.",
    "lang": "Ordenes sprog.",
    "withdraw": "Uden dette forslag.",
    "minutes": "Stop efter så lang tid, med det, der er fundet indtil da.",
    "effective_support": "Også ved hvilken pris hvert forslag ville få penge; det tager længere tid.",
    "runs": "Hvor mange gennemregninger højst.",
    "seed": "Træk de samme tilfældige tal igen.",
    "workers": "Processer; alle processorer, hvis intet andet siges.",
    "dask": "En Dask-planlægger, som tcp://vært:8786.",
    "resume": "Gå videre, hvor en standset beregning slap (kræver --out).",
    "way": "bootstrap, lower-turnout:20, lost-batch:10%, changed-ballots:3.",
    "precision": "Stop, når alle andele kendes så nøjagtigt, som 0.01.",
    "electorate": "Hvordan folk stemmer, som euclidean; ellers som i runden.",
    "like": "En tidligere runde, som vælgerne i en scenariefil ligner.",
    "turnout": "Den del, der stemmer, som 0.4.",
    "voters": "Antal vælgere at prøve, som 20,40,80,160.",
    "choices": "Antal valg pr. stemmeseddel at prøve, som 1,2,3,5.",
}
OF_ONE = {
    ("what-if", "pool"): "En anden pulje.",
    ("what-if", "price"): "En anden pris for et forslag.",
    ("sweep", "pool"): "Hver pulje i dette område.",
    ("sweep", "price"): "Hver pris for et forslag i dette område.",
    ("compare", "ballots"): "Slags stemmesedler, som points,approval.",
    ("rehearse", "pool"): "En anden pulje.",
}
GROUP = "Hvad nu hvis: regnestykker på en runde, dens priser, dens pulje og dens vælgere."


def in_danish(group: Any) -> None:
    """Puts Danish in the place of the help of the group and its commands; the examples stay as they are."""
    group.help = GROUP
    for name, command in group.commands.items():
        _, mark, examples = (command.help or "").partition("\b")
        command.help = f"{COMMANDS[name]}\n\n{mark}{examples}" if mark else COMMANDS[name]
        for parameter in command.params:
            parameter.help = OF_ONE.get((name, parameter.name)) or OPTIONS[parameter.name]
