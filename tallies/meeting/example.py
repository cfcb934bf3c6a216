"""The worked example: a real count, told turn by turn, of the round itself or of a small invented one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten

from borgerbudget.election import Ballot, Election, make_election, make_hand_count
from borgerbudget.money import format_amount
from borgerbudget.proposal import Proposal
from borgerbudget.words import Language, Text
from tallies.contest import Contest
from tallies.counting import TieMatters, count
from tallies.meeting import words
from tallies.outcome import Outcome
from tallies.plan import Plan
from tallies.report import REASONS, TOPPED, closing_lines, number_text, reason_text, score_head, score_text, table
from tallies.rules import RULES
from tallies.steps import Comparison, Funded, Skipped, Stopped, Topped, Unaffordable

COSTS = {"A": (3_000_000, 1_000_000), "B": (2_200_000, None), "C": (1_500_000, 800_000), "D": (750_000, None),
         "E": (4_000_000, 500_000)}  # fmt: skip
"""Of the invented proposals: cost and least amount in øre."""
BALLOTS = ((10, "AB"), (6, "AE"), (5, "EC"), (4, "CD"), (3, "D"), (2, "B"))
POOL = 6_000_000
SETTINGS: Mapping[str, str] = {"prizes": "25000+15000+rest", "bands": "15000:100%+*:50%"}
"""Values of required settings for a plan that is only named."""

INVENTED = "invented-round"

Row = list[str]


@dataclass(frozen=True, eq=False)
class Worked:
    """``votes``: whose they are, a word of ``words.VOTES``; exactly one of ``outcome`` and ``tie`` is there.  ``areas``: how
    the round's file corrects votes (``Reading``).  ``settled``: who may vote, and when, is said beside the page."""

    election: Election
    plan: Plan
    votes: str
    outcome: Outcome | None
    tie: TieMatters | None
    areas: tuple[str, str] | None = None
    settled: bool = False

    @property
    def invented(self) -> bool:
        """Whether even the proposals are."""
        return self.votes == INVENTED


def fictive_election(rule: str, settings: Mapping[str, object], language: Language) -> Election:
    """The invented round, in a ballot method that the rule counts and the settings suit."""
    methods = RULES[rule].methods if rule in RULES else ("approval",)
    method = "ranked" if "points_table" in settings else "points" if settings.get("utility") == "points" else methods[0]
    proposals = [
        Proposal(i, cost, title=words.IDEAS[i].say(language), min_cost=least) for i, (cost, least) in COSTS.items()
    ]
    if rule in RULES and RULES[rule].traits.voteless:
        return make_election(sum(p.cost for p in proposals), proposals, [], method)
    ballots = [_ballot(ids, method) for _, ids in BALLOTS]
    return make_election(POOL, proposals, ballots, method, weights=[voters for voters, _ in BALLOTS])


def _ballot(ids: str, method: str) -> Ballot:
    return dict.fromkeys(ids, 1) if method in ("points", "scoring") else list(ids)


def with_votes(election: Election, plan: Plan) -> tuple[Election, str]:
    """The round with its votes; before anybody has voted with invented ones, each for one proposal and most for the first
    id, so that nothing is tied."""
    if election.profile.total:
        return election, "actual"
    if plan.voteless:
        return election, "none"
    numbers = {i: len(election.ids) - k for k, i in enumerate(election.ids)}
    if election.hand_count:
        voters = sum(numbers.values())
        voted = make_hand_count(election.pool, election.proposals, numbers, voters, election.limits, election.round)
    else:
        voted = make_election(
            election.pool,
            election.proposals,
            [{i: 1} if election.method.has_points else [i] for i in numbers],
            election.method.name,
            list(numbers.values()),
            election.limits,
            election.round,
        )
    return voted, "invented-votes"


def work_out(election: Election, plan: Plan, votes: str, areas: tuple[str, str] | None = None) -> Worked:
    """Counts; InputRejected for a plan that contradicts itself or the round."""
    try:
        return Worked(election, plan, votes, count(election, plan), None, areas)
    except TieMatters as tie:
        return Worked(election, plan, votes, None, tie, areas)


@dataclass(frozen=True, slots=True)
class Told:
    """The example in words: sentences, the count turn by turn as a table whose first row is the head (nothing where a tie left it
    undecided), sentences."""

    before: tuple[str, ...]
    rows: tuple[Row, ...]
    after: tuple[str, ...]


def tell_example(worked: Worked, language: Language, most: int = 40) -> Told:
    """The count in at most about ``most`` lines, then what became of the rest."""
    election = worked.election
    pool = format_amount(election.pool.amount, election.pool.currency, language)
    voters = number_text(election.profile.voters, language)
    ballots = words.BALLOTS[voters == "1"].say(language, voters=voters)
    opening = words.VOTES[worked.votes].say(language, pool=pool, voters=ballots)
    if worked.outcome is None:
        assert worked.tie is not None
        sentence = worked.tie.problems[0].sentence
        undecided = words.UNDECIDED.say(language, tie=sentence.da if language == "da" else sentence.en)
        return Told((opening, undecided), (), ())
    outcome = worked.outcome
    named = [text.say(language) for key, text in words.HEAD.items() if key != "least" or _with_least(outcome.contest)]
    head = ["", score_head(outcome.contest, language), *named, ""]
    turns, others = list(_turns(outcome, language)), list(_others(outcome, language))
    room = max(most - 6, 8)
    kept_turns, kept_others = turns[:room], others[: max(room - len(turns), 0)]
    after = []
    if len(kept_turns) < len(turns):
        after.append("  " + _more(words.MORE_TURNS, len(turns) - len(kept_turns), language))
    if len(kept_others) < len(others):
        after.append("  " + _more(words.MORE_ROWS, len(others) - len(kept_others), language))
    if _greedy_taken(outcome):
        after.append(words.GREEDY_TAKEN.say(language))
    return Told((opening,), (head, *kept_turns, *kept_others), (*after, *closing_lines(outcome, language)))


def example_lines(worked: Worked, language: Language, most: int = 40) -> list[str]:
    """For the console."""
    told = tell_example(worked, language, most)
    rows = table(told.rows, left=(0, len(told.rows[0]) - 1), widest=60) if told.rows else []
    return [*told.before, *rows, *told.after]


def _more(texts: Mapping[bool, Text], count: int, language: Language) -> str:
    return texts[count == 1].say(language, count=count)


def _with_least(contest: Contest) -> bool:
    """Whether least amounts have a say, and so a column."""
    partial = contest.plan.traits.partial
    return partial and any(proposal.min_cost is not None for proposal in contest.election.proposals)


def _greedy_taken(outcome: Outcome) -> bool:
    return any(isinstance(step, Comparison) and step.taken == "greedy" for step in outcome.steps)


def _turns(outcome: Outcome, language: Language) -> Iterator[Row]:
    """A row a turn; where the comparison took the outcome of greedy, a row an award."""
    contest, left = outcome.contest, outcome.contest.election.pool.amount
    if _greedy_taken(outcome):
        for award in outcome.funded:
            left -= award.amount
            yield _row(contest, contest.election.index[award.proposal], language, award.amount, left, "")
        return
    for step in outcome.steps:
        phase = words.PHASES[step.phase].say(language) if step.phase in words.PHASES else ""
        if isinstance(step, (Funded, Topped)):
            missing = step.topped_up if isinstance(step, Funded) else None
            remark = phase
            if missing:
                amount = format_amount(missing, contest.election.pool.currency, language)
                remark = TOPPED.say(language, amount=amount)
            yield _row(contest, step.proposal, language, step.amount, step.left, remark)
        elif isinstance(step, (Skipped, Stopped, Unaffordable)):
            code = "unaffordable" if isinstance(step, Unaffordable) else "does-not-fit"
            because = (isinstance(step, Skipped) and step.because) or code
            in_pot = step.phase == "pot" and because == "earmarked"
            reason = (words.TOO_LITTLE_IN_IT if in_pot else REASONS[because]).say(language)
            proposal = step.over[0] if isinstance(step, Stopped) else step.proposal
            yield _row(contest, proposal, language, 0, step.left, ": ".join(filter(None, [phase, reason])))


def _others(outcome: Outcome, language: Language) -> Iterator[Row]:
    """A row for each that had no turn, with the reason."""
    contest = outcome.contest
    told = set(outcome.won)
    if not _greedy_taken(outcome):
        told |= {step.proposal for step in outcome.steps if isinstance(step, (Skipped, Unaffordable))}
        told |= {step.over[0] for step in outcome.steps if isinstance(step, Stopped)}
    for i, reason in outcome.not_funded:
        if contest.election.index[i] not in told:
            yield _row(contest, contest.election.index[i], language, 0, None, reason_text(outcome, i, reason, language))


def _row(contest: Contest, p: int, language: Language, gets: int, left: int | None, remark: str) -> Row:
    """``gets`` and ``left`` in minor units; zero and None are not shown."""
    election = contest.election

    def money(amount: int) -> str:
        return format_amount(amount, election.pool.currency, language)

    title, cost = election.proposals[p].title, election.costs[p]
    return [
        shorten(f"{election.ids[p]} {title}", 40, placeholder="..."),
        score_text(contest, p, language),
        "-" if election.proposals[p].withdrawn else money(cost),
        *([money(least) if (least := election.proposals[p].min_cost) else ""] if _with_least(contest) else []),
        money(gets) if gets else "-",
        "" if left is None else money(left),
        remark,
    ]
