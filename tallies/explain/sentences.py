"""An explanation in plain Danish or English, a paragraph at a time: votes, turn, the supporters' money, what it would have
taken.  Amounts and numbers that are not whole are rounded here, and say so; the document keeps them exact."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from borgerbudget.money import format_amount
from borgerbudget.words import Language, Text
from tallies.explain import words
from tallies.explain.facts import Explanation
from tallies.explain.least_change import Change
from tallies.explain.obstacles import Obstacle
from tallies.explain.turn import Turn
from tallies.rationals import exact_text
from tallies.rules import RULES


def sentences(explanation: Explanation, language: Language) -> list[str]:
    """One text for each paragraph."""
    teller = _Teller(explanation, language)
    told = [teller.result(), teller.turn(), teller.money(), teller.comparison(), teller.changes()]
    # an amount brings the full stop of its unit along
    return [paragraph.replace(" kr..", " kr.") for paragraph in told if paragraph]


def _rounded(value: Fraction) -> int:
    """To the nearest whole, a half upwards."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


class _Teller:
    def __init__(self, explanation: Explanation, language: Language) -> None:
        self.told, self.language = explanation, language
        self.titles = dict(explanation.titles)

    # --- words ---------------------------------------------------------------------------------------------------

    def say(self, text: Text, **values: object) -> str:
        return text.say(self.language, **values)

    def name(self, proposal: str) -> str:
        title = self.titles.get(proposal)
        return f'"{title}" ({proposal})' if title else f'"{proposal}"'

    def amount(self, value: Fraction | int) -> str:
        text = format_amount(_rounded(Fraction(value)), self.told.currency, self.language)
        return text if Fraction(value).denominator == 1 else self.say(words.ABOUT, value=text)

    def number(self, value: Fraction | int) -> str:
        """Whole, or to two decimals."""
        value = Fraction(value)
        if value.denominator == 1:
            return format_amount(100 * value.numerator, "", self.language)
        return self.say(words.ABOUT, value=format_amount(_rounded(100 * value), "", self.language))

    def voters(self, count: Fraction) -> str:
        """People, or votes where ballots weigh differently."""
        if self.told.weighted:
            return self.say(words.ONE_VOTE) if count == 1 else self.say(words.VOTES, count=self.number(count))
        return self.say(words.ONE_VOTER) if count == 1 else self.say(words.VOTERS, count=self.number(count))

    def series(self, parts: Sequence[str], last: Text = words.AND, comma: bool = False) -> str:
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])}{',' if comma else ''} {self.say(last)} {parts[-1]}"

    # --- paragraphs ----------------------------------------------------------------------------------------------

    def result(self) -> str:
        told, votes = self.told, self.told.votes
        if told.reason == "withdrawn":
            return self.say(words.WITHDRAWN, name=self.name(told.proposal))
        decided = told.plan.voteless or told.proposal in told.plan.terms.pre_funded
        text = self.say(
            words.UNFUNDED if not told.funded else words.DECIDED if decided else words.FUNDED,
            name=self.name(told.proposal),
            votes=self.score(votes.score, votes.supporters),
            rank=self.say(words.SHARED if votes.shared else words.RANK, rank=votes.rank),
            of=votes.of,
            amount=self.amount(told.amount or 0),
        )
        if told.weighted and not decided:
            text += " " + self.say(words.BY_AREA)
        if told.funded and told.ask is not None and told.amount != told.cost:
            text += " " + self.say(self._why_part(told.ask), **self.part())
        if told.more is not None:
            text += " " + self.say(words.MORE_OF_THE_REST, more=self.amount(told.more))
        if told.topped_up:
            text += " " + self.say(words.TOPPED, missing=self.amount(told.topped_up))
        return text

    def _why_part(self, ask: int) -> Text:
        """Why the amount is not the cost."""
        told = self.told
        if told.turn is not None and told.turn.obstacle is not None:
            return words.PART_UNDER[told.turn.obstacle.kind]
        all_it_asks = (told.amount or 0) - (told.more or 0) == ask
        if all_it_asks and (told.plan.rule != "rate-bands" or ask == told.plan.terms.cap):
            return words.CAPPED
        if told.turn is not None and told.turn.phase == "leftover" and not all_it_asks:
            return words.PART["residual"]
        return words.PART[told.plan.rule]

    def part(self) -> dict[str, object]:
        """What is said about an amount that is not the whole cost."""
        told = self.told
        hindrance = None if told.turn is None else told.turn.obstacle
        return {
            "names": "" if hindrance is None else ", ".join(f'"{name}"' for name in hindrance.constraints),
            "ceiling": self.amount(0 if hindrance is None else hindrance.amount or 0),
            "cost": self.amount(told.cost),
            "amount": self.amount((told.amount or 0) - (told.more or 0)),
            "ask": self.amount(told.cost if told.ask is None else told.ask),
            "least": self.amount(told.least or told.cost),
        }

    def score(self, score: Fraction, supporters: Fraction | None = None, exact: bool = False) -> str:
        shown = exact_text(score, self.language) if exact else self.number(score)
        if self.told.method in ("approval", "knapsack", "hand-count"):
            return self.say(words.ONE_VOTE) if score == 1 else self.say(words.VOTES, count=shown)
        if supporters is None:
            return f"{shown} point" + ("" if self.language == "da" or score == 1 else "s")
        return self.say(words.POINTS, points=shown, voters=self.voters(supporters))

    def turn(self) -> str:
        told, turn = self.told, self.told.turn
        parts = []
        if turn is None:
            parts.append(self._took_no_part())
        elif turn.before is not None:
            again = self.say(words.AGAIN, step=turn.step, left=self.amount(turn.left))
            parts += [self._of(turn.before), again if turn.because is None else self._of(turn)]
        elif not (told.plan.traits.at_once and turn.kind == "funded"):
            parts.append(self._of(turn))
        if turn is not None and turn.tied:
            others = self.series([self.name(i) for i in turn.tied])
            parts.append(self.say(words.TIED, others=others, how=self.say(words.HOW[turn.decided_by])))
        if told.needs and told.kept_out is None:
            parts.append(self.say(words.TOGETHER, others=self.series([self.name(i) for i in told.needs])))
        return " ".join(filter(None, parts))

    def _of(self, turn: Turn) -> str:
        """What happened in a turn."""
        told = self.told
        values = {
            "step": turn.step,
            "left": self.amount(turn.left),
            "cost": self.amount(told.cost),
            "missing": self.amount(turn.missing or 0),
            "least": self.amount(told.least or 1),
        }
        of_the_rest = turn.phase == "leftover"
        short = words.SHORT_LATER if of_the_rest or turn.phase == "completion" else words.SHORT
        funded = {"leftover": words.IN_TURN_OF_THE_REST, "completion": words.IN_TURN_LATER}.get(
            turn.phase, words.IN_TURN
        )
        if told.ask is not None:
            needs = told.ask if of_the_rest or told.plan.traits.whole_ask else told.least or 1
            short = words.SHORT_PART if turn.left or needs > 1 else words.NOTHING_LEFT
            short = words.SHORT_OF_THE_REST if of_the_rest else short
            values["needs"] = self.amount(needs)
        if turn.kind == "unaffordable":
            assert told.shares is not None
            return self.say(words.UNAFFORDABLE, held=self.amount(told.shares.held), **values)
        if turn.kind == "skipped" and turn.obstacle is not None:
            return self._hindered(turn, turn.obstacle)
        if turn.because == "below-minimum" and (told.least or 1) == 1:
            return self.say(words.NO_PART, step=turn.step)
        if turn.offered:
            return self.say(words.TOO_LITTLE, offered=self.amount(turn.offered), **values)
        if turn.kind == "skipped" and turn.because is not None:
            return self.say(words.BECAUSE[turn.because], **values)
        if turn.kind == "skipped":
            return self.say(words.NOT_TOGETHER if turn.missing is None else short, **values)
        if turn.kind == "funded":
            return self._bought(turn.step) or self.say(funded, **values)
        if told.proposal in turn.over:
            return f"{self.say(short, **values)} {self.say(words.ENDED)}"
        over = self.series([self.name(i) for i in turn.over])
        return self.say(words.USED_UP if turn.kind == "used-up" else words.AFTER_STOP, over=over, **values)

    def _hindered(self, turn: Turn, obstacle: Obstacle) -> str:
        """A turn in which constraints, or the proposals they name, stood in the way."""
        told, others = self.told, self.series([self.name(i) for i in obstacle.proposals])
        names = ", ".join(f'"{name}"' for name in obstacle.constraints)
        bought = turn.phase == "rule" and RULES[told.plan.rule].carried
        if obstacle.available is None:
            excluded = words.BARRED["excluded"] if bought else words.EXCLUDED
            return self.say(excluded if others else words.CONFLICT, step=turn.step, others=others, names=names)
        if obstacle.available <= 0 and not bought:
            return self.say(words.NOTHING_FOR_IT, step=turn.step, names=names)
        part = told.ask is not None and not told.plan.traits.whole_ask and turn.phase != "leftover"
        needs = told.cost if told.ask is None else (told.least or 1) if part else told.ask
        return self.say(
            words.BARRED[obstacle.kind]
            if bought
            else words.OBSTACLES["unspent" if obstacle.available == obstacle.amount else obstacle.kind],
            step=turn.step,
            left=self.amount(turn.left),
            kept=self.amount(turn.left - obstacle.available),
            available=self.amount(obstacle.available),
            ceiling=self.amount(obstacle.amount or 0),
            names=names,
            wants=self.say(words.TAKES if part else words.COSTS, amount=self.amount(needs)),
            lacking=self.amount(needs - obstacle.available),
        )

    def _took_no_part(self) -> str:
        told = self.told
        if told.reason == "no-support":
            return self.say(words.NO_SUPPORT)
        if told.reason == "over-pool" and (told.shared_out is not None or told.least is not None):
            smallest = told.least if not told.plan.traits.whole_ask else told.ask
            needs, pool = told.cost if smallest is None else smallest, told.shared_out
            return self.say(
                words.OVER_SHARED, needs=self.amount(needs), pool=self.amount(told.pool if pool is None else pool)
            )
        if told.reason == "over-pool":
            return self.say(words.OVER_POOL, cost=self.amount(told.cost), pool=self.amount(told.pool))
        if told.reason == "below-threshold":
            return self._below_threshold()
        terms, after = told.plan.terms, told.reason == "after-stop"
        if told.funded and told.proposal in terms.pre_funded:
            return self.say(words.GIVEN)
        if after and told.plan.rule == "prize-ladder":
            return self.say(words.NO_PRIZE_LEFT)
        if after and terms.winners is not None:
            return self.say(words.NOT_FIRST if terms.winners == 1 else words.NOT_AMONG, winners=terms.winners)
        if told.kept_out is not None:
            others = self.series([self.name(i) for i in told.kept_out.proposals])
            names = ", ".join(f'"{name}"' for name in told.kept_out.constraints)
            return self.say(words.KEPT_OUT[told.kept_out.kind], others=others, names=names)
        if told.reason in words.OUT:
            cap = self.amount(terms.cap or 0)
            turnout, voters = exact_text(Fraction(terms.turnout or 0), self.language), self.number(told.votes.voters)
            return self.say(words.OUT[told.reason], cap=cap, turnout=turnout, voters=voters, **self.part())
        return ""

    def _below_threshold(self) -> str:
        """Every threshold that it misses."""
        told, score, voters = self.told, self.told.votes.score, self.told.votes.voters
        terms, least = told.plan.terms, []
        if told.plan.threshold is not None:
            least.append(told.plan.threshold)
        if terms.threshold_share is not None:
            least.append(terms.threshold_share * voters)
        if terms.cost_share is not None:
            least.append(terms.cost_share * told.cost * voters / told.pool)
        missed = [threshold for threshold in least if score < threshold]
        return self.say(words.BELOW, threshold=self.score(max(missed), exact=True)) if missed else ""

    def _bought(self, step: int) -> str:
        shares = self.told.shares
        if shares is None or shares.price is None:
            return ""
        price = shares.price
        each = words.PAID_PER_POINT if self.told.plan.utility == "points" else words.PAID_EACH
        how = [self.say(each, voters=self.voters(price.in_full), each=self.amount(price.each))]
        if price.all_they_had:
            how.append(self.say(words.PAID_REST, voters=self.voters(price.all_they_had)))
        text = self.say(words.BOUGHT, step=step, how=self.series(how, comma=True))
        if price.effective_votes is not None and price.all_they_had:
            text += " " + self.say(words.EFFECTIVE, votes=self.voters(price.effective_votes))
        return text

    def money(self) -> str:
        shares, raised = self.told.shares, self.told.raised
        if shares is None:
            return ""
        parts = [self.say(words.ENDOWMENT, endowment=self.amount(shares.endowment))]
        if raised is not None:
            kept = self.say(words.ONCE) if raised.kept == 1 else self.say(words.TIMES, count=self.number(raised.kept))
            text = {"over-pool": words.RAISED, "exhaustive": words.RAISED_EXHAUSTIVE}.get(
                raised.reason, words.RAISED_ALL
            )
            parts.append(self.say(text, kept=kept, total=self.amount(raised.next_total or 0)))
        spent = [
            self.say(
                words.SPENT_ITEM, name=self.name(p.proposal), paid=self.amount(p.paid), voters=self.voters(p.payers)
            )
            for p in shares.payments
        ]
        parts.append(self.say(words.SPENT_ON, list=self.series(spent)) if spent else self.say(words.SPENT_NOTHING))
        parts.append(self.say(words.KEPT, held=self.amount(shares.held)))
        return " ".join(parts)

    def comparison(self) -> str:
        compared = self.told.compared
        if compared is None:
            return ""
        return self.say(
            words.GREEDY_TAKEN if compared.taken == "greedy" else words.GREEDY_LEFT,
            for_greedy=self.voters(compared.for_greedy),
            for_shares=self.voters(compared.for_equal_shares),
        )

    def changes(self) -> str:
        changes = self.told.changes
        if changes is None or self.told.reason == "withdrawn":
            return ""
        cost, votes, pool = changes.cost, changes.votes, changes.pool
        if pool is None:
            return self._dearer(cost)
        parts = []
        for kind, text in (("least", words.WOULD), ("enough", words.ENOUGH)):
            least, ways = kind == "least", []
            if cost.kind == kind:
                price = words.AT_MOST if least else words.PRICE
                ways.append(self._gives(cost, self.say(price, price=self.amount(cost.value or 0))))
            if votes is not None and votes.kind == kind:
                ways.append(self._gives(votes, self._more_votes(votes)))
            if pool.kind == kind:
                larger = words.AT_LEAST if least else words.POOL
                ways.append(self._gives(pool, self.say(larger, pool=self.amount(pool.value or 0))))
            if ways:
                parts.append(self.say(text, ways=self.series(ways, words.OR, comma=len(ways) > 1)))
        named = ((words.NO_PRICE, cost), (words.NO_VOTES, votes), (words.NO_POOL, pool))
        for proven, text in ((True, words.NO_HELP), (False, words.NOT_FOUND)):
            what = [
                self.say(name)
                for name, change in named
                if change is not None and change.kind == "none" and (change.searched is None) == proven
            ]
            if what:
                said = self.say(text, what=self.series(what, words.OR))
                parts.append(said[0].upper() + said[1:])
        return " ".join(parts)

    def _gives(self, change: Change, way: str) -> str:
        """With the amount, where funded may mean to get only a part."""
        return way if change.amount is None else self.say(words.PARTLY, way=way, amount=self.amount(change.amount))

    def _more_votes(self, votes: Change) -> str:
        count = votes.value or 0
        more = self.say(words.ONE_MORE) if count == 1 else self.say(words.MORE, count=self.number(count))
        if votes.points is None or self.told.method == "ranked":
            return self.say(words.MORE_ALONE, more=more)
        return self.say(words.MORE_POINTS, more=more, points=self.number(votes.points))

    def _dearer(self, cost: Change) -> str:
        if cost.value is None:
            return ""
        if cost.kind == "least":
            dearer = cost.value > self.told.cost
            return self.say(words.STILL, price=self.amount(cost.value)) if dearer else self.say(words.NO_DEARER)
        if cost.value <= self.told.cost:
            return ""
        text = words.STILL_ENOUGH if cost.amount in (None, cost.value) else words.STILL_PARTLY
        return self.say(text, price=self.amount(cost.value), amount=self.amount(cost.amount or 0))
