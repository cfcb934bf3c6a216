"""The trace as bytes; its grammar is docs/trace.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from borgerbudget.console import canonical_json
from tallies.contest import Contest
from tallies.outcome import Outcome
from tallies.rationals import number, rational_text
from tallies.steps import Comparison, EndowmentStopped, Funded, Skipped, Step, Stopped, Topped, Unaffordable


def trace_bytes(outcome: Outcome) -> bytes:
    return "".join(line + "\n" for line in trace_lines(outcome)).encode()


def trace_lines(outcome: Outcome) -> Iterator[str]:
    """Header, intervals, steps; without line ends."""
    ids = outcome.contest.election.ids
    yield canonical_json(header(outcome))
    for interval in outcome.intervals:
        yield canonical_json(
            {
                "kind": "interval",
                "from": interval.first,
                "to": interval.last,
                "funded": [ids[p] for p in interval.funded],
                "spent": interval.spent,
            }
        )
    for position, step in enumerate(outcome.steps, 1):
        yield canonical_json({"step": position, "phase": step.phase, **step_json(step, ids, outcome.contest)})


def header(outcome: Outcome) -> dict[str, object]:
    contest = outcome.contest
    election, plan, support = contest.election, contest.plan, contest.support
    return {
        "kind": "header",
        "schema": "borgerbudget.trace/1",
        "plan": plan.as_json(),
        "pool": election.pool.amount,
        "ballots": outcome.ballots(),
        "ballots_root": election.ballots_root,
        "lot": None if plan.lot is None else plan.lot.as_json(),
        "proposals": [
            {
                "proposal": proposal.id,
                "cost": proposal.cost,
                "score": number(contest.score(p)),
                "supporters": number(Fraction(support.supporters[p], support.denominator)),
                "out": contest.out[p],
                **({"ask": contest.asks[p]} if plan.traits.partial else {}),
            }
            for p, proposal in enumerate(election.proposals)
        ],
    }


def step_json(step: Step, ids: Sequence[str], contest: Contest) -> dict[str, object]:
    """A step without its number and phase."""
    if isinstance(step, Funded):
        found: dict[str, object] = {
            "kind": "funded",
            "proposal": ids[step.proposal],
            "amount": step.amount,
            **_decision(step, ids),
        }
        if step.topped_up is not None:
            found["topped_up"] = step.topped_up
        if step.payers is not None:
            found["paid_in_full"] = number(step.payers.paid_in_full())
            found["ran_out"] = [[number(voters), rounds] for voters, rounds in step.payers.ran_out()]
        return found
    if isinstance(step, Skipped):
        skipped = {"kind": "skipped", "proposal": ids[step.proposal], **_decision(step, ids)}
        return skipped if step.because is None else skipped | {"because": step.because}
    if isinstance(step, Topped):
        return {"kind": "topped", "proposal": ids[step.proposal], "amount": step.amount, **_decision(step, ids)}
    if isinstance(step, Stopped):
        return {"kind": "stopped", "over": [ids[p] for p in step.over], **_decision(step, ids)}
    if isinstance(step, Unaffordable):
        return {
            "kind": "unaffordable",
            "proposal": ids[step.proposal],
            "left": step.left,
            "value": rational_text(step.value),
        }
    if isinstance(step, EndowmentStopped):
        return {
            "kind": "endowment-stopped",
            "reason": step.reason,
            "kept": step.kept,
            "endowment": rational_text(step.endowment),
            "next_endowment": None if step.next_endowment is None else rational_text(step.next_endowment),
            "next_total": step.next_total,
        }
    assert isinstance(step, Comparison)
    return {
        "kind": "comparison",
        "by": step.by,
        "for_greedy": number(step.for_greedy),
        "for_equal_shares": number(step.for_equal_shares),
        "taken": step.taken,
    }


def _decision(step: Funded | Skipped | Topped | Stopped, ids: Sequence[str]) -> dict[str, object]:
    return {
        "left": step.left,
        "value": rational_text(step.value),
        "tied": [ids[p] for p in step.tied],
        "decided_by": step.decided_by,
    }
