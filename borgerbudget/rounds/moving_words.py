"""What stands in the way of the next step: state, clock, people, times, the key, changed rows."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Entry, Text

ENTRIES: Mapping[str, Entry] = {
    "STA-001": Entry(
        Text("{name} går ikke: runden er {state}", "{name} cannot be done: the round is {state}"),
        Text(
            "det kan ske, når den er {allowed}; vejen dertil: {way}",
            "it can when it is {allowed}; the way there: {way}",
        ),
    ),
    "STA-002": Entry(
        Text(
            "uret viser {now}, før det sidste, der skete ({last})",
            "the clock says {now}, before the last thing that happened ({last})",
        ),
        Text("stil uret, eller giv --reason, hvis det er rigtigt", "set the clock, or give --reason if it is right"),
    ),
    "STA-003": Entry(
        Text("{name} kræver en begrundelse", "{name} needs a reason"),
        Text('giv --reason "..."', 'give --reason "..."'),
    ),
    "STA-004": Entry(
        Text("{name} kræver to personer", "{name} takes two people"),
        Text("giv den andens navn med --second NAVN", "give the other's name with --second NAME"),
    ),
    "STA-005": Entry(
        Text("den anden person er den samme som den første ({actor})", "the second person is the first one ({actor})"),
        Text("giv en anden med --second NAVN", "give another with --second NAME"),
    ),
    "STA-006": Entry(
        Text(
            "{name} går ikke mere: runden er {state}, og det skulle være sket, mens den var {allowed}",
            "{name} can no longer be done: the round is {state}, and it was possible while it was {allowed}",
        ),
        Text(
            "lad det være, som det er; runden går videre med {way}",
            "leave it as it is; the round goes on with {way}",
        ),
    ),
    "STA-030": Entry(
        Text("nøglefilen er ikke til stede", "the key file is not there"),
        Text(
            "læg den tilbage, eller sig hvor den er med BORGERBUDGET_KEY",
            "put it back, or say where it is with BORGERBUDGET_KEY",
        ),
    ),
    "STA-031": Entry(
        Text("afstemningen åbner først {opens}", "voting does not open until {opens}"),
        Text(
            'vent; skal det være før: borgerbudget round thaw {round} --reason GRUND, så round dates --opens "..."',
            'wait; if it must be sooner: borgerbudget round thaw {round} --reason WHY, then round dates --opens "..."',
        ),
    ),
    "STA-032": Entry(
        Text("{count:vælger har|vælgere har} ingen kode", "{count:voter has|voters have} no code"),
        Text("borgerbudget codes issue {round} --out FIL.csv", "borgerbudget codes issue {round} --out FILE.csv"),
    ),
    "STA-033": Entry(
        Text("afstemningen lukker først {closes}", "voting does not close until {closes}"),
        Text("vent, eller giv --reason", "wait, or give --reason"),
    ),
    "STA-034": Entry(
        Text("der er allerede stemt: listen og reglerne ligger fast", "people have voted: list and rules stand"),
        Text(
            "træk et forslag med proposal withdraw, eller aflys med round cancel {round} --reason ...",
            "withdraw a proposal with proposal withdraw, or cancel with round cancel {round} --reason ...",
        ),
    ),
    "STA-037": Entry(
        Text(
            "{count:række er|rækker er} ændret uden om programmet",
            "{count:row was|rows were} changed behind the program's back",
        ),
        Text(
            "se dem med borgerbudget round verify {round}; hent en sikkerhedskopi eller aflys",
            "see them with borgerbudget round verify {round}; restore a backup or cancel",
        ),
    ),
    "STA-060": Entry(
        Text(
            "runden er låst: {kind} er {before} og kan kun flyttes til senere",
            "the round is frozen: {kind} is {before} and can only move later",
        ),
        Text("vælg et senere tidspunkt", "choose a later moment"),
    ),
    "STA-061": Entry(
        Text(
            "der stemmes: tiderne ligger fast, og fristen kan kun forlænges efter en afbrydelse",
            "people are voting: the times stand, and the deadline can be extended only after an interruption",
        ),
        Text(
            "borgerbudget round suspend {round} --reason GRUND, og når der kan stemmes igen: "
            'borgerbudget round resume {round} --closes "..." --second NAVN --reason GRUND',
            "borgerbudget round suspend {round} --reason WHY, and when people can vote again: "
            'borgerbudget round resume {round} --closes "..." --second NAME --reason WHY',
        ),
    ),
    "STA-062": Entry(
        Text(
            "afstemningen er afbrudt: fristen kan forlænges, når den går videre",
            "voting is interrupted: the deadline can be extended when it goes on",
        ),
        Text(
            'borgerbudget round resume {round} --closes "..." --second NAVN --reason GRUND',
            'borgerbudget round resume {round} --closes "..." --second NAME --reason WHY',
        ),
    ),
    "STA-063": Entry(
        Text(
            "fristen ({closes}) er udløbet: en seddel, der kommer nu, er for sen",
            "the deadline ({closes}) has passed: a ballot that comes now is late",
        ),
        Text(
            "skal de have tiden igen: borgerbudget round suspend {round} --reason GRUND, og så round resume {round} --closes "
            '"..." --second NAVN --reason GRUND; ellers borgerbudget round close {round}',
            "if they are to have the time back: borgerbudget round suspend {round} --reason WHY, then round resume {round} "
            '--closes "..." --second NAME --reason WHY; else borgerbudget round close {round}',
        ),
    ),
}
