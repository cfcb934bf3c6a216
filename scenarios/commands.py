"""The commands of scenarios: one for each question.

A command is a function of what only its question is asked with; what all are asked with stands once, in ``PLANS``, ``DRAWN`` and
``SHOWN``.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from borgerbudget.office_commands.desk import Db
from borgerbudget.words import Language, Text, preferred_language
from tallies.command_line import Json, Lang, Settings, Ties

app = typer.Typer(
    name="scenario",
    no_args_is_help=True,
    help="What if: simulations on a round, its prices, its pool, its voters. / Hvad nu hvis.",
    rich_markup_mode=None,
)

Given = dict[str, object]
"""What a question is asked with, by the keys of a scenario file; None where nothing was given."""
Round = Annotated[
    str,
    typer.Argument(metavar="SOURCE", help="A .pb file, a bundle (.bba), a stored round or a scenario file (.toml)."),
]
Plans = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="NAME|FILE.toml", help="A plan, greedy unless given; give several to compare."),
]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write table, pictures and page to this folder.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace an answer that is in the folder already.")]
Seed = Annotated[
    int | None, typer.Option("--seed", metavar="NUMBER", min=0, help="Draw the same random numbers again.")
]
Runs = Annotated[
    int | None, typer.Option("--runs", metavar="NUMBER", min=1, max=10_000_000, help="How many runs at most.")
]
Precision = Annotated[
    str | None, typer.Option("--precision", metavar="P", help="Stop when every share is known to P, such as 0.01.")
]
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Processes; all processors unless given.")
]
Dask = Annotated[
    str | None, typer.Option("--dask", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786.")
]
Resume = Annotated[bool, typer.Option("--resume", help="Go on where a run that was stopped left off (needs --out).")]

Pool = Annotated[str | None, typer.Option("--pool", metavar="AMOUNT", help="Another pool.")]
Voters = Annotated[
    str | None, typer.Option("--voters", metavar="LIST", help="Numbers of voters to try, such as 20,40,80,160.")
]
Choices = Annotated[
    str | None, typer.Option("--choices", metavar="LIST", help="Numbers of choices per ballot to try, such as 1,2,3,5.")
]
Electorate = Annotated[
    str | None,
    typer.Option(
        "--electorate", metavar="MODEL", help="How people vote, such as euclidean; like the round unless given."
    ),
]
Like = Annotated[
    str | None,
    typer.Option("--like", metavar="ROUND", help="A past round whose voters those of a scenario file resemble."),
]
Turnout = Annotated[
    float | None, typer.Option("--turnout", metavar="PART", min=0.001, max=1, help="The part that votes, such as 0.4.")
]
Minutes = Annotated[
    float | None,
    typer.Option("--minutes", metavar="M", min=0.01, help="Stop after so long, with what was found until then."),
]

Options = dict[str, tuple[Any, object]]
"""Parameter -> type and default."""
PLANS: Options = {"plan": (Plans, None), "settings": (Settings, None), "ties": (Ties, None)}
DRAWN: Options = {
    "runs": (Runs, None), "seed": (Seed, None), "workers": (Workers, None), "dask": (Dask, None), "resume": (Resume, False),
}  # fmt: skip
STOPPING: Options = {"precision": (Precision, None)}
SHOWN: Options = {
    "out": (Out, None), "force": (Force, False), "json": (Json, False), "db": (Db, None), "lang": (Lang, None),
}  # fmt: skip
HOW = ("workers", "dask", "resume", "minutes", *SHOWN)
"""What is no part of the question, but how it is worked out and shown."""

PROGRESS = Text("Regnet: {done} af {total}{left}", "Done: {done} of {total}{left}")
LEFT = Text(", ca. {seconds} s tilbage", ", about {seconds} s left")
WRITTEN = Text("Skrevet: {folder} (åbn index.html)", "Written: {folder} (open index.html)")
STOPPED = Text(
    "Standset. Svaret er af det, der nåede at blive regnet. Gå videre med --resume.",
    "Stopped. The answer is of what was worked out so far. Go on with --resume.",
)
SWEEP_STOPPED = Text(
    "Standset. Svaret er af det, der nåede at blive regnet; det siger, hvordan der spørges om resten.",
    "Stopped. The answer is of what was worked out so far; it says how to ask about the rest.",
)
SLOW = 20.0
"""Seconds after which a sweep says that it may take long."""
TAKES_LONG = Text(
    "Det tager tid: der er mange grænser at finde. Ctrl-C standser og beholder det, der er fundet; et kortere område eller "
    "--minutes 2 gør det hurtigere.",
    "This takes a while: there are many limits to find. Ctrl-C stops it and keeps what was found; a shorter range or "
    "--minutes 2 makes it faster.",
)


def mount(root: typer.Typer) -> None:
    root.add_typer(app)


def _question(name: str, more: Options) -> Callable[[Callable[..., Given]], Callable[..., Given]]:
    """Registers the command of a question: SOURCE and the plans, then what the function is asked, then ``more`` and ``SHOWN``."""

    def decorate(function: Callable[..., Given]) -> Callable[..., Given]:
        def keyword(key: str, kind: object, default: object = inspect.Parameter.empty) -> inspect.Parameter:
            return inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)

        own = inspect.signature(function, eval_str=True).parameters.values()
        parameters = [
            keyword("source", Round),
            *(keyword(key, *option) for key, option in PLANS.items()),
            *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own),
            *(keyword(key, *option) for key, option in (more | SHOWN).items()),
        ]

        @functools.wraps(function)
        def command(source: str, plan: list[str] | None, **given: Any) -> None:
            asked = function(**{parameter.name: given.pop(parameter.name) for parameter in own})
            told = {"plans": plan, **given, **asked}
            how = {key: told.pop(key) for key in HOW if key in told}
            _ask(name, source, told, **how)

        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        del command.__wrapped__
        app.command(name)(command)
        return function

    return decorate


@_question("what-if", {})
def what_if(
    pool: Pool = None,
    price: Annotated[
        list[str] | None, typer.Option("--price", metavar="ID=AMOUNT", help="Another price for a proposal.")
    ] = None,
    withdraw: Annotated[
        list[str] | None, typer.Option("--withdraw", metavar="ID", help="Without this proposal.")
    ] = None,
) -> Given:
    """Who comes in and who falls out with another pool, other prices, or without some proposals.

    \b
    borgerbudget scenario what-if examples/lillevig-2026.pb --pool 130000 --price L07=20000 --plan equal-shares/add1u
    """
    return {"pool": pool, "withdraw": withdraw, "prices": _prices(price)}


@_question("sweep", {"minutes": (Minutes, None)})
def sweep(
    pool: Annotated[
        str | None, typer.Option("--pool", metavar="FROM:TO[:STEP]", help="Every pool in this range.")
    ] = None,
    price: Annotated[
        str | None,
        typer.Option("--price", metavar="ID=FROM:TO[:STEP]", help="Every price of a proposal in this range."),
    ] = None,
) -> Given:
    """From which pool, or up to which price, each proposal is funded: proven for every single øre of the range.

    \b
    borgerbudget scenario sweep examples/lillevig-2026.pb --pool 50000:250000 --plan equal-shares/add1u
    borgerbudget scenario sweep examples/lillevig-2026.pb --price L07=5000:60000
    """
    of, over = _one_price(price)
    return {"pools": pool, "price_of": of, "price_range": over}


@_question("compare", DRAWN)
def compare(
    ballots: Annotated[
        str | None, typer.Option("--ballots", metavar="LIST", help="Kinds of ballots, such as points,approval.")
    ] = None,
    effective_support: Annotated[
        bool,
        typer.Option("--effective-support", help="Also at which price each proposal would be funded; takes longer."),
    ] = False,
) -> Given:
    """Plans side by side: who is funded, and what measures say; with --runs also how sure the measures are.

    \b
    borgerbudget scenario compare examples/lillevig-2026.pb --plan greedy --plan equal-shares/add1u --runs 500
    """
    methods = None if ballots is None else [part.strip() for part in ballots.split(",")]
    return {"methods": methods, "effective_support": effective_support or None}


@_question("robust", DRAWN | STOPPING)
def robust(
    way: Annotated[
        list[str] | None,
        typer.Option(
            "--way", metavar="NAME[:BALLOTS]", help="bootstrap, lower-turnout:20, lost-batch:10%, changed-ballots:3."
        ),
    ] = None,
) -> Given:
    """How often each proposal would be funded with other voters, a lower turnout, a lost batch, changed ballots.

    \b
    borgerbudget scenario robust examples/lillevig-2026.pb --runs 2000 --way bootstrap --way lower-turnout:10%
    """
    return {"ways": way}


@_question("rehearse", DRAWN | STOPPING)
def rehearse(pool: Pool = None, electorate: Electorate = None, like: Like = None, turnout: Turnout = None) -> Given:
    """A round that has not happened, from a scenario file, or one like a past round: what each plan would do.

    \b
    borgerbudget scenario rehearse examples/skovby-2027.toml --plan greedy --plan equal-shares/add1u --runs 500
    """
    return {"pool": pool, "electorate": _model(electorate), "like": like, "turnout": turnout}


@_question("quorum", DRAWN | STOPPING)
def quorum(voters: Voters = None, electorate: Electorate = None, like: Like = None) -> Given:
    """How many must vote until ties are rare and the pool is used.

    \b
    borgerbudget scenario quorum examples/skovby-2027.toml --voters 20,40,80,160 --runs 200
    """
    return {"electorate": _model(electorate), "like": like, "voters": _numbers(voters, "--voters")}


@_question("ballots", DRAWN | STOPPING)
def ballots(
    choices: Choices = None, electorate: Electorate = None, like: Like = None, turnout: Turnout = None
) -> Given:
    """How many proposals a voter should be able to choose.

    \b
    borgerbudget scenario ballots examples/skovby-2027.toml --choices 1,2,3,5 --runs 200
    """
    return {
        "electorate": _model(electorate),
        "like": like,
        "turnout": turnout,
        "choices": _numbers(choices, "--choices"),
    }


def _model(given: str | None) -> dict[str, str] | None:
    return None if given is None else {"model": given}


NUMBERS = Text("hele tal over 0, som 20,40,80", "whole numbers above 0, such as 20,40,80")


def _numbers(given: str | None, option: str) -> list[int] | None:
    from borgerbudget.errors import UsageError, problem
    from scenarios.words import PROBLEMS

    if given is None:
        return None
    parts = [part.strip() for part in given.split(",")]
    if not all(part.isascii() and part.isdigit() and 0 < len(part) < 7 and int(part) for part in parts):
        raise UsageError(problem(PROBLEMS, "SCN-011", key=option, allowed=NUMBERS, given=f'"{given}"'))
    return [int(part) for part in parts]


def _prices(given: list[str] | None) -> dict[str, str] | None:
    from borgerbudget.errors import UsageError, problem
    from scenarios.words import PROBLEMS

    found = {}
    for one in given or ():
        proposal, sign, amount = one.rpartition("=")
        if not sign or not proposal:
            raise UsageError(problem(PROBLEMS, "SCN-004", given=one, example="p7=40000"))
        found[proposal] = amount
    return found or None


def _one_price(given: str | None) -> tuple[str | None, str | None]:
    from borgerbudget.errors import UsageError, problem
    from scenarios.words import PROBLEMS

    if given is None:
        return None, None
    proposal, sign, over = given.rpartition("=")
    if not sign or not proposal:
        raise UsageError(problem(PROBLEMS, "SCN-004", given=given, example="p7=10000:90000"))
    return proposal, over


def _ask(
    question: str,
    source: str,
    given: Mapping[str, object],
    *,
    lang: Language | None,
    out: Path | None,
    force: bool,
    json: bool,
    db: str | None,
    workers: int | None = 1,
    dask: str | None = None,
    resume: bool = False,
    minutes: float | None = None,
) -> None:
    """Asks, shows the answer, and writes its folder where one was asked for."""
    import os
    from functools import partial

    from borgerbudget.console import emit, emit_json, report, say
    from scenarios.asking import answered, like_of, source_of, specified, tables
    from scenarios.folder import refuse_folder, write_answer
    from scenarios.report import answer_json, answer_lines
    from scenarios.runs.kept import Kept

    language = preferred_language(lang)
    spec, folder = specified(question, source, given)
    if out is not None:
        refuse_folder(out, force)
    round_, like = source_of(spec, folder, db), like_of(spec, folder, db)
    for read in filter(None, (round_, like)):
        report(read.warnings, language)
    files = {"sha256": None if round_ is None else round_.sha256} | ({} if like is None else {"like": like.sha256})
    keep = None if out is None else partial(Kept, out.with_name(f"{out.name}.runs"), take_up=resume)
    with _patience(language, question == "sweep" and minutes is None):
        answer, whole = answered(
            spec,
            round_,
            workers or len(os.sched_getaffinity(0)),
            dask,
            _progress(language),
            None if keep is None else lambda of: keep(of=of | files),
            minutes,
            like,
        )
    if json:
        emit_json(answer_json(answer))
    else:
        emit("\n".join(answer_lines(answer, language)))
    if out is not None:
        write_answer(out, answer, language, tables(spec, round_, answer, language, out, like), force)
        say(WRITTEN.say(language, folder=out))
    if not whole:
        say((SWEEP_STOPPED if question == "sweep" else STOPPED).say(language))
        raise typer.Exit(130)


@contextmanager
def _patience(language: Language, told: bool) -> Iterator[None]:
    """Says once, after a while, what shortens the wait."""
    import threading

    from borgerbudget.console import say

    timer = threading.Timer(SLOW, lambda: say(TAKES_LONG.say(language)))
    timer.daemon = True
    if told:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _progress(language: Language) -> Callable[[int, int], None] | None:
    """Tells on a terminal, once a second, how far it is and how long it may yet take; None where nobody looks."""
    import sys
    import time

    from borgerbudget.console import passing

    if not sys.stderr.isatty():
        return None
    began = last = time.monotonic()
    first: int | None = None
    told = False

    def tell(done: int, total: int) -> None:
        nonlocal last, first, told
        first = done if first is None else first
        now = time.monotonic()
        if done >= total:
            if told:
                passing("")
            return
        if now - last < 1:
            return
        last, told = now, True
        left = Text("", "")
        if done > first:
            left = LEFT.fill(seconds=round((total - done) * (now - began) / (done - first)) + 1)
        passing(PROGRESS.say(language, done=done, total=total, left=left))

    return tell
