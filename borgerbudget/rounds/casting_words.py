"""What stands in the way of a vote: the roll, codes, ballots, the answers of a form."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Entry, Text

ENTRIES: Mapping[str, Entry] = {
    "RND-007": Entry(
        Text('"{value}" står ikke på vælgerlisten', '"{value}" is not on the roll'),
        Text(
            "se listen efter, eller tilføj med borgerbudget roll add {round} {value} --reason GRUND",
            "look at the roll, or add with borgerbudget roll add {round} {value} --reason WHY",
        ),
    ),
    "RND-008": Entry(
        Text(
            "{value} ligner et CPR-nummer, og de hører ikke hjemme her",
            "{value} looks like a CPR number, and those have no place here",
        ),
        Text(
            "giv vælgerne egne id'er, fx v001; intet er gemt",
            "give voters ids of their own, e.g. v001; nothing was saved",
        ),
    ),
    "RND-020": Entry(
        Text(
            'koden "{value}" er ikke rigtig: et bogstav er forkert',
            'the code "{value}" is not right: a letter is wrong',
        ),
        Text("læs den igen fra brevet: elleve tegn", "read it again from the letter: eleven characters"),
    ),
    "RND-021": Entry(
        Text("koden hører ikke til denne runde", "the code does not belong to this round"),
        Text(
            "se efter, om brevet er til denne runde; ellers spørg den, der kører runden (borgerbudget codes reissue)",
            "see whether the letter is for this round; else ask who runs the round (borgerbudget codes reissue)",
        ),
    ),
    "RND-022": Entry(
        Text(
            "koden er spærret og kan ikke bruges; sedlen er ikke afgivet",
            "the code is void and cannot be used; the ballot was not cast",
        ),
        Text(
            "brug koden i et nyere brev, hvis der er et; ellers spørg den, der kører runden (borgerbudget codes reissue)",
            "use the code in a newer letter, if there is one; else ask who runs the round (borgerbudget codes reissue)",
        ),
    ),
    "RND-023": Entry(
        Text('"{value}" er ikke på stemmesedlen', '"{value}" is not on the ballot'),
        Text("skriv numre eller id'er (nummer = id): {known}", "write numbers or ids (number = id): {known}"),
    ),
    "RND-024": Entry(
        Text(
            "sedlen holder ikke grænsen: {limit} er {allowed}, her er {found}",
            "the ballot breaks a limit: {limit} is {allowed}, and here are {found}",
        ),
        Text("ret sedlen; den er ikke afgivet", "mend the ballot; it was not cast"),
    ),
    "RND-025": Entry(
        Text('point skrives FORSLAG:POINT, ikke "{value}"', 'points are written PROPOSAL:POINTS, not "{value}"'),
        Text("skriv for eksempel 3:2", "write 3:2, for instance"),
    ),
    "RND-026": Entry(
        Text("vælgeren er slettet fra listen", "the voter was struck from the roll"),
        Text("se begrundelsen med borgerbudget round log {round}", "see why with borgerbudget round log {round}"),
    ),
    "RND-028": Entry(
        Text("der stemmes ikke {channel} i denne runde", "nobody votes {channel} in this round"),
        Text("her stemmes {known}: giv {option}", "here people vote {known}: give {option}"),
    ),
    "RND-041": Entry(
        Text("det er ikke klart, hvem der stemmer", "it is not clear who votes"),
        Text(
            "giv --code KODE (stemme med kode) eller --voter VÆLGER (på et møde)",
            "give --code CODE (a vote by code) or --voter VOTER (at a meeting)",
        ),
    ),
    "RND-050": Entry(
        Text(
            "svaret er fra {value}, før afstemningen åbnede ({opens})",
            "the answer is from {value}, before voting opened ({opens})",
        ),
        Text(
            "slet rækken, hvis den var en prøve; ellers se efter order i tilpasningsfilen",
            "delete the row if it was a trial; else look at order in the mapping file",
        ),
    ),
    "RND-051": Entry(
        Text(
            "svaret er fra {value}, og klokken er kun {now}",
            "the answer is from {value}, and it is only {now}",
        ),
        Text(
            "se efter order i tilpasningsfilen og tidszonen i regnearket; her er den {zone}",
            "look at order in the mapping file and at the spreadsheet's time zone; here it is {zone}",
        ),
    ),
    "RND-052": Entry(
        Text(
            "{value} kan være både før og efter fristen ({closes})",
            "{value} may be before and after the deadline ({closes})",
        ),
        Text(
            "skriv tidspunktet med klokkeslæt og zone, fx 2026-10-25 02:30 GMT+1",
            "write the time of day and the zone, for instance 2026-10-25 02:30 GMT+1",
        ),
    ),
    "RND-053": Entry(
        Text("sedlen er tom: intet forslag er valgt", "the ballot is empty: no proposal is chosen"),
        Text(
            "skriv numrene på forslagene; skal den være blank, så giv --blank",
            "write the numbers of the proposals; if it is to be blank give --blank",
        ),
    ),
    "RND-054": Entry(
        Text("--blank og valg på samme seddel: {choices}", "--blank and choices on one ballot: {choices}"),
        Text("giv enten numrene eller --blank", "give either the numbers or --blank"),
    ),
    "RND-070": Entry(
        Text(
            "{count:vælger|vælgere} har et andet område i filen end på listen (bl.a. {voter}), og der stemmes allerede",
            "{count:voter has|voters have} another area in the file than on the roll (such as {voter}), and voting has begun",
        ),
        Text("ret områderne i filen, så de er som på listen", "correct the areas in the file to those on the roll"),
    ),
    "STA-042": Entry(
        Text("fristen er udløbet: listen er lukket", "the deadline has passed: the roll is closed"),
        Text("borgerbudget round close {round}", "borgerbudget round close {round}"),
    ),
    "STA-043": Entry(
        Text(
            "der er allerede {count:kuvert|kuverter} fra denne vælger",
            "there are already {count:envelope|envelopes} from this voter",
        ),
        Text(
            "giv vælgeren en ny kode: borgerbudget codes reissue {round} VÆLGER --out FIL.csv --reason GRUND",
            "give the voter another code: borgerbudget codes reissue {round} VOTER --out FILE.csv --reason WHY",
        ),
    ),
    "STA-044": Entry(
        Text(
            "med filen ville der være flere kuverter fra denne vælger end de {most}, der må være",
            "with the file there would be more envelopes of this voter than the {most} that there may be",
        ),
        Text("fjern de linjer, der står flere gange", "take out the lines that stand there several times"),
    ),
}
