"""``ballot import``: the answers of a form, a platform or a table into the envelopes of a stored round."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from borgerbudget.console import emit, report, say
from borgerbudget.office_commands.ballots import app
from borgerbudget.office_commands.desk import Desk, RoundName, writes
from borgerbudget.sheet_commands import AllowCpr, Encoding, MappingOption, Question, listed, opened
from borgerbudget.words import Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from borgerbudget.rounds.round import Round
    from borgerbudget.sheets.mapping import BallotManner

Table = Annotated[Path, typer.Argument(metavar="FILE", help="A table with a column of codes: .xlsx or .csv.")]

PUT_IN = Text(
    "{count:seddel|sedler} lagt i kuverter{second}{late}{void}.",
    "{count:ballot|ballots} put into envelopes{second}{late}{void}.",
)
SECOND = Text(
    ", {count} efter en anden af samme vælger: dem afgør rundens regel ({rule})",
    ", {count} after another of the same voter: the round's rule settles these ({rule})",
)
LATE = Text(", {count} for sent: de tælles ikke", ", {count} too late: they do not count")
VOID = Text(", {count} ugyldige", ", {count} void")
VOID_ROW = Text("ugyldig: række {row} ({reason})", "void: row {row} ({reason})")
CUT = Text(
    "kun det klare er beholdt, efter rundens regel: række {rows}",
    "only what is clear was kept, by the round's rule: row {rows}",
)
BREAKING = Text(
    "{count:seddel bryder|sedler bryder} en grænse:\n{rows}\nDe lægges i kassen, som de er, men bliver ugyldige og tælles ikke, "
    "og det kan ikke gøres om. Er det en fejl i filen, så ret den først.",
    "{count:ballot breaks|ballots break} a limit:\n{rows}\nThey are put into the box as they are, but become void and do not "
    "count, and that cannot be undone. If the file is wrong mend it first.",
)
MORE = Text("... og {count} mere", "... and {count} more")
ROWS = (
    Text("efter en anden af samme vælger: række {rows}", "after another of the same voter: row {rows}"),
    Text("for sent: række {rows}", "too late: row {rows}"),
)
BEFORE = Text(
    "{count:seddel er|sedler er} fra vælgere, der har afgivet en i forvejen. Er filen måske lagt ind før? Ellers afgør rundens "
    "regel, hvilken seddel der gælder ({rule}), og det kan ikke gøres om.",
    "{count:ballot is|ballots are} from voters who cast one before. Has the file perhaps been taken in already? Else the "
    "round's rule settles which ballot counts ({rule}), and that cannot be undone.",
)
SHOWS = Text(
    "{path} viser, hvad hver kode har stemt: slet filen og svarene, som den er hentet fra. round seal minder om den.",
    "{path} shows what each code has voted: delete the file and the answers it was taken from. round seal reminds you of it.",
)


def mount(root: typer.Typer) -> None:
    """The group ``ballot``, with what is added to it here."""
    root.add_typer(app)


@writes(app, "import")
def ballot_import(
    desk: Desk,
    round: RoundName,
    file: Table,
    mapping: MappingOption = None,
    encoding: Encoding = None,
    allow_cpr: AllowCpr = False,
) -> None:
    """Take a table of ballots with codes into the box: all of them or, when one row is wrong, none.

    \b
    borgerbudget ballot import lillevig-2026 svar.xlsx --dry-run
    """
    from dataclasses import replace

    from borgerbudget.office.importing import breaking, import_ballots, read_returned
    from borgerbudget.office.setting_up import show_round
    from borgerbudget.rounds.value_words import value_words
    from borgerbudget.sheets.opening import new_findings
    from borgerbudget.store.copies import note_copy

    there = show_round(desk.office, round)
    manner, findings = _ballot_manner(there, mapping, encoding, allow_cpr), new_findings()
    table = read_returned(there, opened(file, manner.manner, findings), manner, findings)
    if table is None:
        findings.raise_if_failed()
    assert table is not None
    rule = value_words("double_vote", there.policy("double_vote") or "first")
    void = [] if desk.yes or desk.office.dry_run else breaking(there, table)
    if (there.tally.envelopes or void) and not desk.yes and not desk.office.dry_run:
        again = import_ballots(replace(desk.office, dry_run=True), round, table, findings).before
        if again:
            desk.ask("ballot import", BEFORE, count=again, rule=rule)
        if void:
            shown = "\n".join(f"  {line}" for line in _void_rows(void, desk.language))
            desk.ask("ballot import", BREAKING, count=len(void), rows=shown)
    if not desk.office.dry_run:
        note_copy(desk.office.engine, file, desk.office.clock())
    done = import_ballots(desk.office, round, table, findings)
    report(findings.problems, desk.language)
    if done.before and (desk.yes or desk.office.dry_run):  # nobody was asked
        say(BEFORE.say(desk.language, count=done.before, rule=rule))
    for words, rows in zip(ROWS, (done.second, done.late), strict=True):
        if rows:
            emit(words.say(desk.language, rows=listed(rows)))
    for line in _void_rows(done.void, desk.language):
        emit(line)
    if done.cut:
        emit(CUT.say(desk.language, rows=listed(done.cut)))
    desk.done(
        PUT_IN, count=done.ballots,
        second=SECOND.say(desk.language, count=len(done.second), rule=rule) if done.second else "",
        late=LATE.say(desk.language, count=len(done.late)) if done.late else "",
        void=VOID.say(desk.language, count=len(done.void)) if done.void else "",
    )  # fmt: skip
    if done.ballots and not desk.office.dry_run:
        say(SHOWS.say(desk.language, path=file))


def _void_rows(void: Sequence[tuple[int, str]], language: Language) -> list[str]:
    """A line for each, or of many for the first."""
    from borgerbudget.console import MOST_TOLD
    from borgerbudget.rounds.paper_words import REASONS

    lines = [VOID_ROW.say(language, row=row, reason=REASONS[why]) for row, why in void[:MOST_TOLD]]
    return lines + ([MORE.say(language, count=len(void) - MOST_TOLD)] if len(void) > MOST_TOLD else [])


def _ballot_manner(round: Round, mapping: str | None, encoding: str | None, allow_cpr: bool) -> BallotManner:
    """InputRejected where the mapping says what the round has settled."""
    from borgerbudget.errors import InputRejected, Place, problem
    from borgerbudget.files.findings import shown
    from borgerbudget.rounds.deadlines import say_moment
    from borgerbudget.sheets.words import PROBLEMS as SHEET_PROBLEMS

    question = Question(None, None, mapping, encoding, None, round.currency, allow_cpr)
    manner = question.mapped().ballots
    dates = " - ".join(say_moment(one, round.zone) for one in (round.opens, round.closes) if one is not None)
    settled = (
        ("double_vote", manner.double_vote, f"double_vote={round.policy('double_vote')}"),
        ("from", manner.opens, dates), ("until", manner.closes, dates),
    )  # fmt: skip
    wrong = [
        problem(SHEET_PROBLEMS, "IMP-085", Place(mapping), keys=shown(key), rule=rule)
        for key, value, rule in settled
        if value is not None
    ]
    if wrong:
        raise InputRejected(wrong)
    return manner
