"""What the commands on stored rounds have in common: which database, who is asking, and what is asked before something is done.

A command is a function of a ``Desk`` and its own parameters; ``writes`` and ``reads`` add the options that all have.
"""

from __future__ import annotations

import functools
import getpass
import inspect
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import typer

from borgerbudget.console import emit, emit_json, report, say
from borgerbudget.errors import InputRejected, Problem, UsageError, problem
from borgerbudget.frozen import frozen
from borgerbudget.office_commands.completion import complete_rounds
from borgerbudget.words import Language, Text, preferred_language

Done = TypeVar("Done")

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from borgerbudget.store.work import Office

RoundName = Annotated[str, typer.Argument(metavar="ROUND", help="The round.", autocompletion=complete_rounds)]
Db = Annotated[
    str | None,
    typer.Option("--db", metavar="FILE|URL", help="The database; else BORGERBUDGET_DB, else the nearest file upwards."),
]
Actor = Annotated[
    str | None, typer.Option("--actor", metavar="NAME", help="Who does it; else BORGERBUDGET_ACTOR, else the login.")
]
Second = Annotated[str | None, typer.Option("--second", metavar="NAME", help="The other person, where two are needed.")]
Reason = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept with the event, not public.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, keep nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask: refuse instead.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Lang = Annotated[Literal["da", "en"] | None, typer.Option("--lang", help="Language of the words.")]

DRY = Text("Prøvekørsel, intet er gemt: {done}", "Dry run, nothing was kept: {done}")
UNCHANGED = Text("Uændret: det var sådan i forvejen.", "Unchanged: it was so already.")
SURE = Text("Fortsæt? [j/N]", "Go on? [y/N]")
GONE = Text("   (ligger ikke her længere)", "   (no longer here)")
NOTHING_DONE = Text("Intet er gjort.", "Nothing was done.")
MADE = Text(
    "Ny database {path} med nøglefilen {key}. Kopiér nøglen til et andet sted nu: uden den kan ingen stemme med kode.",
    "New database {path} with the key file {key}. Copy the key to another place now: without it nobody can vote with a code.",
)
YES = ("j", "ja", "y", "yes")
NO = ("", "n", "nej", "no")


PLAYED: ContextVar[Callable[[], datetime] | None] = ContextVar("played", default=None)
"""A clock instead of the machine's: only while a fictive round is played, never from the command line."""


@frozen
class Desk:
    """Where a command stands: the open database with who works there, the language, and how it may ask."""

    office: Office
    address: str
    language: Language
    json: bool = False
    yes: bool = False
    no_input: bool = False

    def done(self, text: Text, **values: object) -> None:
        """Says what was done, or what would have been."""
        words = text.say(self.language, **values)
        say(DRY.say(self.language, done=words) if self.office.dry_run else words)

    def changed(self, changed: object, text: Text, **values: object) -> None:
        """The same, for what may have been so already."""
        if changed:
            self.done(text, **values)
        else:
            say(UNCHANGED.say(self.language))

    def of_a_voter(self, text: Text, **values: object) -> None:
        """What tells whether somebody voted: said only when something was done, which is written down with who did it."""
        if not self.office.dry_run:
            say(text.say(self.language, **values))

    def show(self, document: dict[str, object], lines: list[str]) -> None:
        """Data: as JSON when that is asked for."""
        if self.json:
            emit_json(document)
        elif lines:
            emit("\n".join(lines))

    def list_files(self, text: Text, files: Sequence[Path]) -> None:
        """Says something about files, and then their names, one a line."""
        say(text.say(self.language))
        for path in files:
            say(f"  {path}" + ("" if path.exists() else GONE.say(self.language)))

    def once_sure(
        self, name: str, act: Callable[[Office], Done], text: Text, warnings: Sequence[Problem] = (), **values: object
    ) -> Done:
        """Does what cannot be undone: first without keeping anything, so that nobody is asked about what is then refused; then
        asks; then does it.  What has nothing to do (False or None) is not asked about.  UsageError when nobody may be asked.
        ``warnings``: told before the question, and to whoever is not asked.
        """
        if not self.yes and not self.office.dry_run and act(replace(self.office, dry_run=True)) not in (False, None):
            report(warnings, self.language)
            self.ask(name, text, **values)
            return act(self.office)
        done = act(self.office)
        if done not in (False, None):
            report(warnings, self.language)
        return done

    def ask(self, name: str, text: Text, **values: object) -> None:
        """Says what will happen and goes on after a yes only.  UsageError when nobody may be asked."""
        from borgerbudget.rounds.words import PROBLEMS

        if self.no_input:
            raise UsageError(problem(PROBLEMS, "RND-009", name=name))
        say(text.say(self.language, **values))
        self._agree()

    def _agree(self) -> None:
        """Asks until there is a yes or a no, in either language; a no ends the command."""
        while True:
            answer = typer.prompt(SURE.say(self.language), default="", show_default=False, err=True).strip().casefold()
            if answer in YES:
                return
            if answer in NO:
                say(NOTHING_DONE.say(self.language))
                raise typer.Exit(130)


def writes(app: typer.Typer, name: str, create: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a command that changes something.  ``create``: it may be the first, and then makes database and key."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        return _register(app, name, function, _WRITING, create)

    return decorate


def reads(app: typer.Typer, name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Registers a command that only looks."""

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        return _register(app, name, function, _READING, False)

    return decorate


_WRITING: dict[str, tuple[Any, object]] = {
    "db": (Db, None), "actor": (Actor, None), "second": (Second, None), "reason": (Reason, None), "dry_run": (DryRun, False),
    "yes": (Yes, False), "no_input": (NoInput, False), "lang": (Lang, None),
}  # fmt: skip
_READING: dict[str, tuple[Any, object]] = {"db": (Db, None), "json": (Json, False), "lang": (Lang, None)}


def _register(
    app: typer.Typer,
    name: str,
    function: Callable[..., None],
    common: dict[str, tuple[Any, object]],
    create: bool,
) -> Callable[..., None]:
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    shared = [
        inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for key, (kind, default) in common.items()
    ]
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]

    @functools.wraps(function)
    def command(**given: Any) -> None:
        with at_desk({key: given[key] for key in common}, create) as desk:
            function(desk, **{p.name: given[p.name] for p in own})

    command.__signature__ = inspect.Signature([*parameters, *shared])  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in [*parameters, *shared]}
    del command.__wrapped__
    app.command(name)(command)
    return function


@contextmanager
def at_desk(common: Mapping[str, Any], create: bool = False, forgiven: list[Problem] | None = None) -> Iterator[Desk]:
    """The desk that the common options ask for; the database is closed afterwards.  ``forgiven``: takes what is wrong with the
    key file, which is then as if it were not there."""
    from borgerbudget.store.database import FILE_NAME, find_database, is_new, is_url, open_database
    from borgerbudget.store.keys import key_path, make_key, read_key
    from borgerbudget.store.work import Office

    create = create and not common["dry_run"]
    try:
        address = find_database(common["db"], Path.cwd())
    except UsageError:
        if not create:
            raise
        address = FILE_NAME
    keys = key_path(address)
    fresh = create and not is_url(address) and is_new(Path(address))
    try:
        key = read_key(keys)
    except InputRejected as error:
        if forgiven is None:
            raise
        forgiven += error.problems
        key = None
    if key is None and fresh:  # before the database, so that a power cut between them leaves none without a key
        key = make_key(keys)
    engine = open_database(address, create=create)
    try:
        if key is None and create and is_url(address) and not _has_areas(engine):
            key = make_key(keys)
        if "actor" in common and key is not None:
            _refuse_another_key(engine, key, keys)
    except BaseException:
        engine.dispose()
        raise
    if fresh:
        say(MADE.say(preferred_language(common["lang"]), path=address, key=keys))
    office = Office(
        engine, actor_name(common.get("actor")) if "actor" in common else "", PLAYED.get() or _now, key, common.get("second"),
        common.get("reason"), common.get("dry_run", False),
    )  # fmt: skip
    try:
        yield Desk(
            office, address, preferred_language(common["lang"]), common.get("json", False), common.get("yes", False),
            common.get("no_input", False),
        )  # fmt: skip
    finally:
        engine.dispose()


def _has_areas(engine: Engine) -> bool:
    """Whether the first command was given before: then there is a key somewhere, and another would fit nothing."""
    from borgerbudget.store import tables
    from borgerbudget.store.database import reading
    from borgerbudget.store.reading import rows

    with reading(engine) as connection:
        return bool(rows(connection, tables.AREAS))


def _refuse_another_key(engine: Engine, key: bytes, path: Path) -> None:
    """InputRejected before anything is written with a key that is not this database's: codes and seals made with it would fit
    nothing afterwards."""
    from borgerbudget.errors import InputRejected, Place
    from borgerbudget.store.database import reading
    from borgerbudget.store.integrity import is_another_key
    from borgerbudget.store.words import PROBLEMS

    with reading(engine) as connection:
        if is_another_key(connection, key):
            raise InputRejected(problem(PROBLEMS, "DB-016", Place(path.name), path=path))


def actor_name(asked: str | None) -> str:
    """UsageError when nobody can be named."""
    from borgerbudget.canonical import fit_text
    from borgerbudget.rounds.words import PROBLEMS

    named = asked or os.environ.get("BORGERBUDGET_ACTOR")
    if named is None:
        try:
            named = getpass.getuser()
        except (OSError, KeyError, ImportError):
            named = ""
    if not fit_text(named):
        raise UsageError(problem(PROBLEMS, "RND-030"))
    return fit_text(named)


def _now() -> datetime:
    return datetime.now(UTC)


def amount_of(text: str, what: str) -> int:
    """As ``signed_amount_of``; what is below zero is refused."""
    from borgerbudget.rounds.words import PROBLEMS

    found = signed_amount_of(text, what)
    if found < 0:
        raise UsageError(problem(PROBLEMS, "RND-037", what=what, amount=text.strip()))
    return found


def signed_amount_of(text: str, what: str) -> int:
    """Minor units of an amount as people write it: ``12500``.  ``12.500,50``, and ``12.500``, which is twelve and a half
    thousand to a Dane and twelve and a half to a computer, are refused with the mend."""
    from borgerbudget.money import MINOR_UNITS, parse_amount
    from borgerbudget.rounds.words import AMOUNT, PROBLEMS

    try:
        if len(re.split("[.,]", text.strip())[-1]) > MINOR_UNITS and re.search("[.,]", text):
            raise ValueError("a thousands mark, or decimals that there are not")
        return parse_amount(text.strip())
    except ValueError:
        raise UsageError(problem(PROBLEMS, "RND-006", what=what, value=text[:40], mend=AMOUNT)) from None
