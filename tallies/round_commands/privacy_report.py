"""``privacy report``: what is kept about people in a round, who could learn what from a copy now, and when it goes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from borgerbudget.words import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from borgerbudget.office.copies import Held
    from borgerbudget.office_commands.desk import Desk
    from borgerbudget.rounds.round import Round

KEPT = Text("Opbevaret nu:", "Kept now:")
TABLES = {
    "roll": Text("{count:id|id'er} på vælgerlisten (intet navn)", "{count:id|ids} on the roll (no names)"),
    "codes": Text("{count:kode|koder}, kun som fingeraftryk under nøglen", "{count:code|codes}, only as hashes under the key"),
    "participation": Text("{count:gang|gange} er det noteret, at nogen stemte, hvordan og hvilken dag",
                          "{count:note|notes} that somebody voted, how and on which day"),
    "spool": Text("{count:seddel|sedler} i kuvert under et mærke, der med nøglen fører til koden",
                  "{count:ballot|ballots} in envelopes under a token that with the key leads to the code"),
    "readings": Text("{count:læsning|læsninger} af nummererede papirsedler; ingen ved, hvis de er",
                     "{count:reading|readings} of numbered ballots on paper; nobody knows whose they are"),
    "batches": Text("{count:bunke|bunker} papirsedler med navnene på dem, der har tastet dem",
                    "{count:batch|batches} of ballots on paper with the names of who keyed them"),
    "ballots": Text("{count:seddel|sedler} uden forbindelse til nogen", "{count:ballot|ballots} without a link to anybody"),
    "appeals": Text("{count:klage|klager} i klagerens egne ord", "{count:appeal|appeals} in the appellants' own words"),
    "private": Text("{count:hændelse|hændelser} med navnet på den, der gjorde det, hvorfor og hvornår",
                    "{count:event|events} with the name of who did it, why and when"),
}  # fmt: skip
BY_HAND = {
    "readings": Text("{count:tal|tal} fra urnernes optællingssedler", "{count:figure|figures} of the urns' tally sheets"),
    "batches": Text("{count:urne|urner} talt i hånden, med navnene på dem, der har tastet tallene",
                    "{count:urn|urns} counted by hand, with the names of who entered the figures"),
}  # fmt: skip
"""Where ballots are counted by hand, the same tables hold figures."""
COPY = Text("Hvem der får en kopi af databasen nu, kan se:", "Whoever gets a copy of the database now can see:")
BEFORE = Text("hvem der må stemme", "who may vote")
PAPER_ONLY = Text("hvem der har fået en seddel hvilken dag, og hvordan hver urne har stemt",
                  "who was given a ballot on which day, and how each urn voted")  # fmt: skip
SUM_ONLY = Text("hvem der har fået en seddel hvilken dag, og stemmetallene; ingen sedler",
                "who was given a ballot on which day, and the totals; no ballots")  # fmt: skip
WHILE = Text(
    "hvem der har stemt hvilken dag; med nøglen også, hvis kuvert en seddel ligger i. Pas på kopier: de er som sedlerne selv",
    "who has voted on which day; with the key also whose envelope a ballot lies in. Guard copies as the ballots themselves",
)
SEALED = Text("hvem der har stemt hvilken dag, og sedlerne, uden noget fælles",
              "who has voted on which day, and the ballots, with nothing in common")  # fmt: skip
PURGED = Text("sedlerne, listen, reglerne og resultatet; ingen personer", "ballots, list, rules and result; no people")
UNTIL = Text(
    "Skal slettes fra {until}: borgerbudget round archive {round}, så borgerbudget privacy purge {round} --second NAVN",
    "To be deleted from {until}: borgerbudget round archive {round}, then borgerbudget privacy purge {round} --second NAME",
)
DAYS = Text(
    "Skal slettes {count:dag|dage} efter, at resultatet er endeligt.",
    "To be deleted {count:day|days} after the result is final.",
)
GONE = Text("Slettet {day}.", "Deleted {day}.")
DESTROY = Text(
    "Disse kopier af databasen har de slettede personer endnu. Destruér dem:",
    "In these copies of the database the deleted people still stand. Destroy them:",
)
KEEP = Text(
    "Det har disse også, men en runde, der ikke er slut, har ingen nyere kopi. Lav en (borgerbudget backup FIL), og destruér så "
    "også dem:",
    "So they do in these, but a round that is not over has no newer copy. Make one (borgerbudget backup FILE), and then destroy "
    "these, too:",
)
FILES = Text("Filer uden for databasen, der har det samme:", "Files outside the database that hold the same:")


def show_report(desk: Desk, name: str) -> None:
    from sqlalchemy import func, select

    from borgerbudget.office.copies import copies_to_destroy, copies_with_people
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_round
    from borgerbudget.store.tables import METADATA

    with reading(desk.office.engine) as connection:
        round = read_round(connection, name)
        copies = copies_to_destroy(connection, desk.office.engine, name, round.chain)
        held = copies_with_people(connection, desk.office.engine, name)
        numbers = {}
        for key in TABLES:
            table = METADATA.tables[key]
            chosen = select(func.count()).select_from(table).where(table.c.round == name)
            numbers[key] = int(connection.execute(chosen).scalar_one())
    until = _until(round)
    lines = [KEPT.say(desk.language)]
    known = {**TABLES, **(BY_HAND if round.by_hand else {})}
    lines += [f"  {text.say(desk.language, count=numbers[key])}" for key, text in known.items() if numbers[key]]
    lines += [COPY.say(desk.language), f"  {_visible(round).say(desk.language)}", _when(round, until, desk.language)]
    if round.happened("purged"):
        copies = [one.path for one in held]
        lines += held_lines(held, desk.language)
    elif copies:
        lines += [FILES.say(desk.language), *(f"  {path}" for path in copies)]
    document: dict[str, object] = {
        "schema": "borgerbudget.privacy/1", "round": name, "state": round.state, "kept": numbers,
        "delete_from": until.isoformat() if until else None, "files": [str(path) for path in copies],
        "needed_by": {str(one.path): one.needed for one in held if one.needed},
    }  # fmt: skip
    desk.show(document, lines)


def held_lines(held: Sequence[Held], language: Language) -> list[str]:
    """The copies in which the people of a purged round still stand, and what to do with them."""
    now, later = ([one for one in held if bool(one.needed) is needed] for needed in (False, True))
    lines = [DESTROY.say(language), *(f"  {one.path}" for one in now)] if now else []
    if later:
        lines += [KEEP.say(language), *(f"  {one.path}   ({one.needed})" for one in later)]
    return lines


def _visible(round: Round) -> Text:
    if round.happened("purged"):
        return PURGED
    if round.sealed:
        return SUM_ONLY if round.by_hand else SEALED
    if round.by_hand and round.happened("opened"):
        return PAPER_ONLY
    return WHILE if round.happened("opened") else BEFORE


def _until(round: Round) -> date | None:
    """The first day on which the data may go; None until the result is final."""
    final = round.happened("finalised")
    return (
        None
        if final is None
        else date.fromisoformat(final.day) + timedelta(days=int(round.policy("retention_days") or 0))
    )


def _when(round: Round, until: date | None, language: Language) -> str:
    purged = round.happened("purged")
    if purged is not None:
        return GONE.say(language, day=purged.day)
    if until is None:
        return DAYS.say(language, count=int(round.policy("retention_days") or 0))
    return UNTIL.say(language, until=until, round=round.id)
