"""``round list|show|check|log|verify``: looking, never touching.  Until the box is sealed nothing shows what was voted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from borgerbudget.console import say
from borgerbudget.office_commands.desk import Desk, RoundName, reads
from borgerbudget.words import Language, Text
from tallies.round_commands.group import app

if TYPE_CHECKING:
    from borgerbudget.errors import Problem
    from borgerbudget.rounds.round import Round

FACTS = Text(
    "{title} ({round}), {area}: {state}\n"
    "Pulje:         {pool}\n"
    "Forslag:       {proposals}\n"
    "Vælgere:       {roll} på listen, {voters} {done}\n"
    "Afstemning:    {opens} til {closes}\n"
    "Fingeraftryk:  {freeze}\n"
    "Næste:         {next}",
    "{title} ({round}), {area}: {state}\n"
    "Pool:          {pool}\n"
    "Proposals:     {proposals}\n"
    "Voters:        {roll} on the roll, {voters} {done}\n"
    "Voting:        {opens} to {closes}\n"
    "Freeze hash:   {freeze}\n"
    "Next:          {next}",
)
VOTED = Text("har stemt", "have voted")
VOTED_OR_GIVEN = Text("har stemt eller fået en seddel", "have voted or were given a ballot")
DEADLINE = Text("frist {closes}", "deadline {closes}")
EXTENDED = Text("{closes} (forlænget fra {before})", "{closes} (extended from {before})")
AT_THE_END = Text("intet, runden er slut", "nothing, the round is at its end")
MINUTES = len("2026-03-29 18:00")
READY = Text("Runden kan låses: borgerbudget round freeze {round} --second NAVN",
             "The round can be frozen: borgerbudget round freeze {round} --second NAME")  # fmt: skip
PAST = Text(
    'Runden "{round}" er {state}: det, der ses efter før låsningen, er forbi. Næste: {next}',
    'The round "{round}" is {state}: what is looked at before freezing is over. Next: {next}',
)
DEFAULTS = Text(
    "Ikke sat, så her gælder det sædvanlige (andet sættes med borgerbudget rules set {round} NØGLE=VÆRDI):",
    "Not set, so the usual holds here (anything else is set with borgerbudget rules set {round} KEY=VALUE):",
)
WHOLE = Text(
    "Alt er, som hændelserne siger: {count:række|rækker} set efter.{purged}{seals}",
    "Everything is as the events say: {count:row|rows} looked at.{purged}{seals}",
)
PURGED = Text(
    " {count:hændelse er|hændelser er} uden personlige oplysninger efter sletningen.",
    " {count:event is|events are} without private data since the purge.",
)
UNSEALED = Text(
    " Nøglen mangler: rækker med segl er ikke set efter.", " The key is missing: sealed rows were not looked at."
)


@reads(app, "list")
def round_list(desk: Desk) -> None:
    """Every round: its state, when voting closes, how many have voted, the next step.

    \b
    borgerbudget round list
    """
    from borgerbudget.rounds.deadlines import say_moment
    from borgerbudget.rounds.ways import next_step
    from borgerbudget.rounds.words import STATE_WORDS
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import read_round, round_names

    with reading(desk.office.engine) as connection:
        found = [read_round(connection, name) for name in round_names(connection)]
    lines = [
        f"{r.id}  {STATE_WORDS[r.state].say(desk.language)}  {r.tally.voters}/{r.tally.roll}  "
        f"{say_moment(r.closes, r.zone) if r.closes else '-'}  {next_step(r).say(desk.language)}"
        for r in found
    ]
    desk.show({"schema": "borgerbudget.rounds/1", "rounds": [_facts(r) for r in found]}, lines)


@reads(app, "show")
def round_show(desk: Desk, round: RoundName) -> None:
    """One round, with the next step and what stands in its way.

    \b
    borgerbudget round show lillevig-2026
    """
    from borgerbudget.money import format_amount
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.deadlines import say_moment
    from borgerbudget.rounds.ways import SHOW, next_step
    from borgerbudget.rounds.words import STATE_WORDS

    found = show_round(desk.office, round)
    unmet = _unmet(desk, found)
    document = {"schema": "borgerbudget.round-view/1", **_facts(found), "unmet": [one.as_json() for one in unmet]}
    opens, closes = (say_moment(m, found.zone) if m else "-" for m in (found.opens, found.closes))
    if found.extended:
        before = say_moment(found.extended[0][0], found.zone)
        closes = EXTENDED.say(desk.language, closes=closes, before=before)
    text = FACTS.say(
        desk.language,
        title=found.title,
        round=found.id,
        area=found.area.name,
        state=STATE_WORDS[found.state],
        pool=format_amount(found.pool, found.currency, desk.language),
        proposals=len(found.listed),
        roll=found.tally.roll,
        voters=found.tally.voters,
        done=VOTED_OR_GIVEN if found.urns else VOTED,
        opens=opens,
        closes=closes,
        freeze=found.chain[-1].freeze_hash or "-",
        next=AT_THE_END if next_step(found) == SHOW.fill(round=found.id) else next_step(found),
    )
    desk.show(document, [text, *_proposals(found, desk.language), *(f"  {one.say(desk.language)}" for one in unmet)])


@reads(app, "check")
def round_check(desk: Desk, round: RoundName) -> None:
    """Everything that stands between a round and freezing it, each with the command that mends it; exit 4 when there is any.

    \b
    borgerbudget round check lillevig-2026
    """
    from borgerbudget.console import report
    from borgerbudget.errors import StateForbids
    from borgerbudget.office.lifecycle import check
    from borgerbudget.office.setting_up import BEFORE_FREEZING, show_round
    from borgerbudget.rounds.policies import POLICIES
    from borgerbudget.rounds.remarks import remarks
    from borgerbudget.rounds.value_words import value_words
    from borgerbudget.rounds.ways import next_step
    from borgerbudget.rounds.words import STATE_WORDS
    from tallies.stored_round import CHECKER

    stored = show_round(desk.office, round)
    before = stored.state in BEFORE_FREEZING
    found, warnings = (check(desk.office, stored, CHECKER), remarks(stored)) if before else ([], [])
    if desk.json:
        told: dict[str, list[object]] = {
            key: [one.as_json() for one in ones] for key, ones in (("problems", found), ("warnings", warnings))
        }
        desk.show(
            {"schema": "borgerbudget.round-check/1", "round": round, "state": stored.state, "ok": not found, **told}, []
        )
    if found:
        raise StateForbids([*found, *warnings])
    if not before:
        say(PAST.say(desk.language, round=round, state=STATE_WORDS[stored.state], next=next_step(stored)))
        return
    if not desk.json:
        report(warnings, desk.language)
    unset = {key: value for key, value in POLICIES.defaults.items() if key not in stored.policies}
    if unset and not desk.json:
        say(DEFAULTS.say(desk.language, round=round))
        for key, value in unset.items():
            meaning = value_words(key, value)
            asks = POLICIES.known[key].asks.say(desk.language)
            say(f"  {key}={value}   ({asks}{': ' + meaning.say(desk.language) if meaning else ''})")
    say(READY.say(desk.language, round=round))


@reads(app, "log")
def round_log(desk: Desk, round: RoundName) -> None:
    """What happened to a round: the chain of events, with who and why as far as it was not purged.

    \b
    borgerbudget round log lillevig-2026
    """
    from borgerbudget.rounds.deadlines import kept_moment, say_moment
    from borgerbudget.rounds.value_words import AMENDED, EVENTS
    from borgerbudget.rounds.words import STATE_WORDS
    from borgerbudget.store.database import reading
    from borgerbudget.store.history import read_private
    from borgerbudget.store.reading import read_round

    rows: list[dict[str, Any]] = []
    with reading(desk.office.engine) as connection:
        known = read_round(connection, round)
        for event in known.chain:
            private = read_private(connection, round, event.seq)
            words = private.words if private else {}
            told = {key: words.get(key) for key in ("actor", "second", "reason", "moment")}
            closes = event.payload.get("closes") if event.type == "resumed" else None
            rows.append({"seq": event.seq, "type": event.type, "day": event.day, "state": event.after,
                         "what": event.payload.get("what"), "closes": closes, "sha256": event.sha256(), **told})  # fmt: skip
    lines = []
    for row in rows:
        kind = EVENTS[row["type"]].say(desk.language)
        if row["what"] in AMENDED:
            kind = f"{kind}: {AMENDED[row['what']].say(desk.language)}"
        if row["closes"]:
            kind = f"{kind}: {DEADLINE.say(desk.language, closes=say_moment(kept_moment(row['closes']), known.zone))}"
        state = STATE_WORDS[row["state"]].say(desk.language)
        people = " + ".join(filter(None, (row["actor"], row["second"]))) or "-"
        reason = f": {row['reason']}" if row["reason"] else ""
        when = say_moment(kept_moment(row["moment"]), known.zone)[:MINUTES] if row["moment"] else row["day"]
        lines.append(f"{row['seq']:>4} {when:<{MINUTES}} {kind:<30} {state:<17} {people}{reason}")
    desk.show({"schema": "borgerbudget.round-log/1", "round": round, "events": rows}, lines)


@reads(app, "verify")
def round_verify(desk: Desk, round: RoundName) -> None:
    """Look for changes behind the program's back, row by row; exit 5 names them, 8: the key is missing or another.

    \b
    borgerbudget round verify lillevig-2026
    """
    from borgerbudget.console import report
    from borgerbudget.store.database import reading
    from borgerbudget.store.integrity import look_through

    with reading(desk.office.engine) as connection:
        found = look_through(connection, round, desk.office.key)
    if desk.json:
        desk.show(
            {
                "schema": "borgerbudget.round-verification/1", "round": round, "rows": found.looked_at,
                "purged": found.purged, "seals": found.sealed, "problems": [one.as_json() for one in found.problems],
            },
            [],
        )  # fmt: skip
    if found.problems:
        report(found.problems, desk.language)
        raise typer.Exit(8 if found.another_key and len(found.problems) == 1 else 5)
    purged = PURGED.say(desk.language, count=found.purged) if found.purged else ""
    seals = "" if found.sealed else UNSEALED.say(desk.language)
    say(WHOLE.say(desk.language, count=found.looked_at, purged=purged, seals=seals))
    if not found.sealed:
        raise typer.Exit(8)


def _facts(round: Round) -> dict[str, Any]:
    from borgerbudget.rounds.deadlines import moment_text
    from borgerbudget.rounds.ways import next_step

    return {
        "round": round.id, "title": round.title, "area": round.area.id, "state": round.state, "sealed": round.sealed,
        "pool": round.pool, "currency": round.currency, "zone": round.zone,
        "opens": moment_text(round.opens) if round.opens else None,
        "closes": moment_text(round.closes) if round.closes else None,
        "extended": [[moment_text(one) for one in both] for both in round.extended],
        "roll": round.tally.roll, "voters": round.tally.voters, "freeze_hash": round.chain[-1].freeze_hash,
        "head": round.chain[-1].sha256(), "results": round.results, "rerun_of": round.rerun_of,
        "proposals": [
            {"id": p.id, "version": p.version, "status": p.status, "title": p.title, "cost": p.cost,
             "ballot_number": p.ballot_number}
            for p in round.proposals
        ],
        "next": next_step(round).en,
    }  # fmt: skip


def _proposals(round: Round, language: Language) -> list[str]:
    """A number is shown only beside what stands on the ballot with it."""
    from borgerbudget.money import format_amount
    from borgerbudget.rounds.value_words import PROPOSAL_STATUS

    listed = {entry.id for entry in round.listed}
    return [
        f"  {(p.id in listed and p.ballot_number) or '-':>3} {p.id}  {p.title}  "
        f"{format_amount(p.cost, round.currency, language)}  {PROPOSAL_STATUS[p.status].say(language)}"
        for p in round.proposals
    ]


def _unmet(desk: Desk, round: Round) -> list[Problem]:
    """What stands in the way of the usual next step, as far as one person can see now."""
    from borgerbudget.office.lifecycle import check
    from borgerbudget.rounds.transitions import TRANSITIONS, unmet
    from borgerbudget.rounds.ways import NEXT
    from tallies.stored_round import CHECKER

    kind = NEXT.get(round.state)
    step = next((one for one in TRANSITIONS.values() if one.event == kind), None)
    if step is None:
        return []
    if step.name == "freeze":
        return check(desk.office, round, CHECKER)
    return unmet(step, round, desk.office.attempt(step.name))
