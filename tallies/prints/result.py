"""The page of a result: who gets money, why, why not and what it would have taken, ties and lots, the votes, and how to check.

Made of an outcome alone (the count of a file), or with all that a stored round knows besides.  On top stands whether the result
holds: provisional, final, annulled, decided otherwise.  Nothing is taken from the clock, so the same result gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from borgerbudget.money import format_amount
from borgerbudget.rounds.paper_words import REASONS
from borgerbudget.rounds.round import Round
from borgerbudget.version import VERSION
from borgerbudget.words import Language
from tallies.evaluation import FEWEST_TOLD, Evaluation
from tallies.explain import sentences, why
from tallies.meeting.example import Worked
from tallies.meeting.page import sections
from tallies.meeting.words import ELECTORATE_APART, SECTIONS
from tallies.outcome import Award, Outcome
from tallies.prints import result_words as words
from tallies.prints.blocks import Block, Document, Frame, Heading, Paragraph, Table
from tallies.prints.saying import foot, moment
from tallies.prints.words import LOT_DICE, LOT_ORDER, MONTHS, NO_LOT, VERDICTS, VOID_BY_HAND
from tallies.report import GIVEN, HOW, TOPPED, percent, reason_text, score_head, score_text, sum_lines, ties_told
from tallies.stretches import Lines


@dataclass(frozen=True, slots=True)
class Kept:
    """What a stored round knows of its result besides the outcome.

    ``version``: which count it is, from 1; ``awards``: id -> minor units; ``rerun``: the round that takes the place of an
    annulled one; ``bundle``: name and SHA-256 (hex) of the bundle that is published beside the page.
    """

    round: Round
    version: int
    figures: Evaluation
    awards: Mapping[str, int]
    rerun: str | None = None
    bundle: tuple[str, str] | None = None

    @property
    def decided(self) -> Mapping[str, int] | None:
        """What was decided where that is not what was computed: id -> minor units."""
        decision = self.round.decision
        return decision.amounts if decision is not None and decision.kind == "deviate" else None


def result(outcome: Outcome, language: Language, kept: Kept | None = None, name: str = "") -> Document:
    """``kept``: None for the count of a file, whose ``name`` then stands on top."""
    page = _Page(outcome, language, kept)
    election = outcome.contest.election
    title = words.RESULT.say(language, title=kept.round.title if kept else name)
    blocks: list[Block] = [Heading(title, 1)]
    area = election.pool.area
    blocks += [Paragraph(area.name, "large")] if area is not None and area.name else []
    blocks.append(Frame(tuple(page.status())))
    for heading, found in (
        (words.WINNERS, page.winners()),
        (words.LOSERS, page.losers()),
        (words.WHY, page.reasons()),
        (words.TIES, page.ties()),
        (words.SPENT_ON, page.spent_on()),
        (words.BALLOTS, page.ballots()),
        (words.HOW, page.how()),
        (words.CHECK, page.check()),
    ):
        section = [page.unbroken(block) for block in found]
        blocks += [Heading(heading.say(language)), *section] if section else []
    plan = outcome.contest.plan.name
    below = foot(kept.round, language) if kept else words.FILE_FOOT.say(language, version=VERSION, plan=plan)
    settled = ("counted", "recounted", "published", "finalised", "annulled")
    happened = [event.day for event in kept.round.chain if event.type in settled] if kept else []
    return Document(title, language, tuple(blocks), below, happened[-1] if happened else None)


class _Page:
    """The sections of one page."""

    def __init__(self, outcome: Outcome, language: Language, kept: Kept | None) -> None:
        self.outcome, self.language, self.kept = outcome, language, kept
        self.election, self.plan = outcome.contest.election, outcome.contest.plan
        self.computed = {award.proposal: award.amount for award in outcome.funded}

    # --- values as a person reads them ---------------------------------------------------------------------------------

    def money(self, amount: int) -> str:
        return format_amount(amount, self.election.pool.currency, self.language).replace(" ", "\u00a0")

    def unbroken(self, block: Block) -> Block:
        """No line ends within an amount."""
        if not isinstance(block, Paragraph):
            return block
        unit = format_amount(0, self.election.pool.currency, self.language).removeprefix("0")
        return replace(block, text=block.text.replace(unit, unit.replace(" ", "\u00a0"))) if unit else block

    def day(self, day: date | str) -> str:
        day = date.fromisoformat(day) if isinstance(day, str) else day
        month = MONTHS[day.month - 1].say(self.language)
        return words.DAY.say(self.language, day=day.day, month=month, year=day.year)

    def title(self, proposal: str) -> str:
        return self.election.proposals[self.election.index[proposal]].title or proposal

    def number(self, proposal: str) -> str:
        """As on the ballot; the id where there is no such number."""
        number = self.election.proposals[self.election.index[proposal]].ballot_number
        return proposal if number is None else str(number)

    def score(self, proposal: str) -> str:
        return score_text(self.outcome.contest, self.election.index[proposal], self.language)

    def cost(self, proposal: str) -> str:
        return self.money(self.election.costs[self.election.index[proposal]])

    # --- whether it holds ----------------------------------------------------------------------------------------------

    def status(self) -> Iterator[str]:
        say = self.language
        if self.kept is None:
            yield words.NOT_OF_A_ROUND.say(say)
        else:
            yield words.STATUS[self.kept.round.state].say(say)
            yield from self._since(self.kept.round)
            yield from self._decision(self.kept.round)
            if self.kept.version > 1:
                yield words.VERSION.say(say, version=self.kept.version)
        if self.election.hand_count:
            yield words.HAND_COUNT.say(say)

    def _since(self, round: Round) -> Iterator[str]:
        say, published = self.language, round.happened("published")
        if round.state == "counted":
            counted = round.happened("recounted") or round.happened("counted")
            yield words.COUNTED_DAY.say(say, day=self.day(counted.day if counted else round.chain[-1].day))
        if published is not None and round.state == "provisional":
            yield words.PUBLISHED.say(say, day=self.day(published.day))
            days = int(round.policy("appeal_days") or 0)
            if days:
                until = self.day(date.fromisoformat(published.day) + timedelta(days=days))
                yield words.APPEALS_UNTIL.say(say, day=until, decider=round.policy("decider"))
        for kind, text in (("finalised", words.FINALISED), ("annulled", words.ANNULLED)):
            happened = round.happened(kind)
            if happened is not None:
                yield text.say(say, day=self.day(happened.day))
        for before, after in round.extended:
            ends = {"before": moment(before, round.zone, say), "after": moment(after, round.zone, say)}
            yield words.EXTENDED.say(say, **ends)
        if self.kept is not None and self.kept.rerun is not None:
            yield words.RERUN.say(say, round=self.kept.rerun)

    def _decision(self, round: Round) -> Iterator[str]:
        decision = round.decision
        if decision is not None and round.state != "annulled":
            text = words.DEVIATES if decision.kind == "deviate" else words.CONFIRMED
            told = {"decider": decision.decider, "reference": decision.reference, "grounds": decision.grounds}
            said = text.say(self.language, day=self.day(decision.day), **told)
            yield said[:1].upper() + said[1:]
        if round.appeals:
            verdicts = list(round.appeals.values())
            counts = {key: verdicts.count(key) for key in ("upheld", "rejected")}
            yield words.APPEALS.say(self.language, count=len(verdicts), open=verdicts.count(None), **counts)

    # --- who gets what -------------------------------------------------------------------------------------------------

    def winners(self) -> Iterator[Block]:
        decided = self.kept.decided if self.kept else None
        awards = self.kept.awards if self.kept else {}
        others = [i for i in self.election.ids if i not in self.computed and (i in (decided or {}) or i in awards)]
        shown = [*self.computed, *others]
        remarks = {award.proposal: self._remark(award) for award in self.outcome.funded}
        columns: list[tuple[str, int, dict[str, str]]] = [
            (words.COST.say(self.language), 26, {i: self.cost(i) for i in shown}),
            (
                (words.GETS if decided is None else words.COMPUTED).say(self.language),
                26,
                {i: self.money(self.computed.get(i, 0)) for i in shown},
            ),
        ]
        if not self.plan.voteless:
            columns.insert(0, (self._votes(), 22, {i: self.score(i) for i in shown}))
        if decided is not None:
            columns.append((words.DECIDED.say(self.language), 26, {i: self.money(decided.get(i, 0)) for i in shown}))
        if awards:
            given = {i: self.money(awards[i]) if i in awards else "–" for i in shown}
            columns.append((words.AWARDED.say(self.language), 26, given))
        right = frozenset(range(2, 2 + len(columns)))
        if any(remarks.values()):
            columns.append((words.REMARK.say(self.language), 40, remarks))
        if not shown:
            yield Paragraph(words.NOBODY.say(self.language), bold=True)
        else:
            yield self._table(shown, columns, right)
        for line in sum_lines(self.outcome, self.language, self.title):
            yield Paragraph(line)
        if decided is not None:
            spent = sum(decided.values())
            told = {"spent": self.money(spent), "left": self.money(self.election.pool.amount - spent)}
            yield Paragraph(words.DECIDED_SUM.say(self.language, **told), bold=True)

    def losers(self) -> Iterator[Block]:
        decided = (self.kept.decided if self.kept else None) or {}
        reasons = {
            i: reason_text(self.outcome, i, reason, self.language)
            for i, reason in self.outcome.not_funded
            if i not in decided
        }
        columns = [
            (words.COST.say(self.language), 26, {i: self.cost(i) for i in reasons}),
            (words.WHY_NOT.say(self.language), 50, reasons),
        ]
        if not self.plan.voteless:
            columns.insert(0, (self._votes(), 22, {i: self.score(i) for i in reasons}))
        if reasons:
            yield self._table(list(reasons), columns, frozenset(range(2, 1 + len(columns))))

    def _table(self, shown: list[str], columns: list[tuple[str, int, dict[str, str]]], right: frozenset[int]) -> Table:
        numbered = all(self.number(i) != i for i in shown)
        head = [(words.NUMBER if numbered else words.ID).say(self.language), words.PROPOSAL.say(self.language)]
        rows = tuple((self.number(i), self.title(i), *(cells.get(i, "") for _, _, cells in columns)) for i in shown)
        widths = (12 if numbered else 22, 60, *(width for _, width, _ in columns))
        return Table((*head, *(name for name, _, _ in columns)), rows, widths, right, named=1)

    def _remark(self, award: Award) -> str:
        if award.topped_up:
            return TOPPED.say(self.language, amount=self.money(award.topped_up)).strip("()")
        return GIVEN.say(self.language).strip("()") if award.proposal in self.plan.terms.pre_funded else ""

    def _votes(self) -> str:
        return score_head(self.outcome.contest, self.language).capitalize()

    def spent_on(self) -> Iterator[Block]:
        """As computed; nothing where the proposals do not say."""
        kinds = self.kept.figures.spent_on if self.kept else {}
        rows = tuple(
            (f"{words.SPENT_KINDS[kind].say(self.language)}: {value}", self.money(amount))
            for kind, values in kinds.items()
            for value, amount in sorted(values.items(), key=lambda one: (len(one[0]) if kind == "goal" else 0, one[0]))
        )
        if rows:
            yield Table(
                tuple(text.say(self.language) for text in words.COLUMNS_SPENT), rows, (120, 40), frozenset({1}), named=0
            )

    # --- why -----------------------------------------------------------------------------------------------------------

    def reasons(self) -> Iterator[Block]:
        """Winners first, in the order in which they won, then the others as in the table above."""
        lines = Lines(self.election, self.plan, self.outcome.contest.support)
        for proposal in [*self.computed, *(i for i, _ in self.outcome.not_funded)]:
            yield Heading(self.title(proposal), 3)
            told = why(self.election, self.plan, proposal, outcome=self.outcome, lines=lines)
            yield from (Paragraph(sentence) for sentence in sentences(told, self.language))

    def ties(self) -> Iterator[Block]:
        met = ties_told(self.outcome)
        for tie in met:
            how = HOW[tie.decided_by].say(self.language)
            tied = ", ".join(f'"{self.title(i)}"' for i in tie.tied)
            yield Paragraph(words.TIE.say(self.language, tied=tied, chosen=f'"{self.title(tie.chosen)}"', how=how))
        if not met and not self.plan.voteless:
            yield Paragraph(words.NO_TIE.say(self.language))
        if self.kept is not None:
            yield Paragraph(self._lot(self.kept.round))

    def _lot(self, round: Round) -> str:
        drawn = round.happened("lot-drawn")
        if drawn is None:
            return NO_LOT.say(self.language)
        payload: Any = drawn.payload
        told = {"day": self.day(drawn.day), "witnesses": ", ".join(payload["witnesses"]) or "–"}
        if payload["dice"] is not None:
            return LOT_DICE.say(self.language, dice=payload["dice"], **told)
        return LOT_ORDER.say(self.language, order=" – ".join(map(self.title, payload["order"])), **told)

    def ballots(self) -> Iterator[Block]:
        counted = self.outcome.ballots()
        cells: dict[str, object] = {"valid": counted["valid"], "blank": counted["blank"]}
        rejected: Mapping[str, int] = {}
        if self.kept is not None:
            figures, rejected = self.kept.figures, self.kept.figures.rejected
            share = figures.turnout
            cells = {
                "eligible": figures.eligible, "given" if self.kept.round.urns else "voters": figures.voters,
                "turnout": None if share is None else percent(share, self.language), **cells,
                "rejected": sum(rejected.values()),
            }  # fmt: skip
        rows = [
            (words.BALLOT_ROWS[key].say(self.language), str(value)) for key, value in cells.items() if value is not None
        ]
        said = {**REASONS, **VERDICTS, "void": VOID_BY_HAND}
        for reason, number in rejected.items():
            shown = str(number) if number >= FEWEST_TOLD else words.FEW.say(self.language)
            rows.append((words.REJECTED.say(self.language, reason=said[reason].say(self.language)), shown))
        if not self.plan.voteless:
            head = tuple(text.say(self.language) for text in words.COLUMNS_BALLOTS)
            yield Table(head, tuple(rows), (120, 40), frozenset({1}), named=0)
        if any(number < FEWEST_TOLD for number in rejected.values()):
            yield Paragraph(words.FEW_MEANS.say(self.language), "small")

    # --- how, and how to check -----------------------------------------------------------------------------------------

    def how(self) -> Iterator[Block]:
        worked = Worked(self.election, self.plan, "actual", self.outcome, None)
        for section, told in sections(worked, self.language).items():
            kept = [sentence for sentence in told if sentence != ELECTORATE_APART.say(self.language)]
            if kept:
                yield Heading(SECTIONS[section].say(self.language), 3)
                yield Paragraph(" ".join(kept))

    def check(self) -> Iterator[Block]:
        if self.kept is None:
            sha256 = self.election.input_sha256
            if sha256 is not None:
                yield Paragraph(words.CHECK_FILE.say(self.language, sha256=sha256, plan=self.plan.name))
            return
        round, bundle = self.kept.round, self.kept.bundle
        name = bundle[0] if bundle else f"{round.id}.bba"
        if bundle is None:
            yield Paragraph(words.CHECK_ASK.say(self.language, decider=round.policy("decider")))
        else:
            yield Paragraph(words.CHECK_BUNDLE.say(self.language, name=name))
        yield Paragraph(words.CHECK_HOW.say(self.language, name=name))
        if round.policy("channels") != "paper":  # no receipt is given for a sheet
            yield Paragraph(words.CHECK_RECEIPT.say(self.language))
        yield self._fingerprints(round, bundle)

    def _fingerprints(self, round: Round, bundle: tuple[str, str] | None) -> Table:
        sealed = round.happened("box-sealed")
        counted = round.happened("recounted") or round.happened("counted")
        values = {
            "bundle": bundle[1] if bundle else None,
            "frozen": round.chain[-1].freeze_hash,
            "root": sealed.payload["ballots_root"] if sealed else None,
            "funded": counted.payload["funded_sha256"] if counted else None,
        }
        rows = [(text.say(self.language), str(values[key])) for key, text in words.CHECK_ROWS.items() if values[key]]
        for key, _, role in round.signers:
            rows.append((words.SIGNER.say(self.language, role=words.ROLES.get(role, role)), key))
        head = tuple(text.say(self.language) for text in words.COLUMNS_CHECK)
        return Table(head, tuple(rows), (62, 110), size="small", named=0)
