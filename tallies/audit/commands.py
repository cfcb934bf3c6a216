"""The commands of the audit: bundle, verify, keygen, fingerprint, sign."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import emit, emit_json, say
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.office_commands.desk import Db
from borgerbudget.words import Language, Text, preferred_language
from tallies.audit.words import PROBLEMS, WRITTEN
from tallies.command_line import File, Json, Lang, LotDice, LotOrder, PlanName, Settings, Ties, asked_plan, read
from tallies.commands import DEFAULT_PLAN
from tallies.round_commands.results import is_round

if TYPE_CHECKING:
    from tallies.audit.members import Signer

Bundle = Annotated[Path, typer.Argument(metavar="FILE.bba", help="An audit bundle.")]
Passphrase = Annotated[
    Path | None, typer.Option("--passphrase-file", metavar="FILE", help="Read the passphrase here instead of asking.")
]

MEASURED = Text(
    "{ballots} sedler, heraf {unique} som ingen anden har afgivet. Forslag til niveau: {proposed}. Skrevet: {tier}",
    "{ballots} ballots, {unique} of them cast by nobody else. Proposed tier: {proposed}. Written: {tier}",
)
UNREPEATABLE = Text(
    "Niveauet totals viser ikke sedlerne: med {rule} kan kun den, der har filen, tælle om.",
    "The tier totals does not show the ballots: with {rule} only who has the file can count again.",
)
NEW_KEY = Text(
    "Nøgle: {private} (hemmelig, beskyttet af adgangssætningen) og {public} (offentlig). Fingeraftryk, som skal bekendtgøres:",
    "Key: {private} (secret, under the passphrase) and {public} (public). Fingerprint, to be announced:",
)
SIGNED = Text(
    "Underskrevet af {fingerprint}: {count} af {threshold} underskrifter.",
    "Signed by {fingerprint}: {count} of {threshold} signatures.",
)
ASK = Text("Adgangssætning", "Passphrase")
AGAIN = Text("Adgangssætning igen", "Passphrase again")

app = typer.Typer(
    name="audit", no_args_is_help=True, help="Bundles that anyone can check and count again.", rich_markup_mode=None
)


def mount(root: typer.Typer) -> None:
    root.add_typer(app)


@app.command("bundle")
def bundle(
    file: File,
    out: Annotated[Path, typer.Option("--out", metavar="FILE.bba", help="Where the bundle is written.")],
    plan: PlanName = DEFAULT_PLAN,
    settings: Settings = None,
    ties: Ties = None,
    lot_order: LotOrder = None,
    lot_dice: LotDice = None,
    tier: Annotated[
        Literal["open", "totals", "sealed"] | None,
        typer.Option(
            "--tier", help="How much of the ballots is shown: open, or totals (the default for a hand count)."
        ),
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="NAME", help="The round's name instead of the file's hash.")
    ] = None,
    signer: Annotated[
        list[Path] | None, typer.Option("--signer", metavar="KEY.pub", help="A key that is to sign; several times.")
    ] = None,
    threshold: Annotated[
        int | None, typer.Option("--threshold", metavar="K", help="Signatures needed; by default all signers'.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite what is there.")] = False,
    db: Db = None,
    lang: Lang = None,
) -> None:
    """Count a round (a file, or a stored one that was counted) and write it as a bundle that proves itself.

    \b
    borgerbudget audit bundle examples/lillevig-2026.pb --plan equal-shares/add1u --out lillevig.bba
    """
    import hashlib
    from dataclasses import replace

    from borgerbudget.files.disk import refuse_existing, write_bytes
    from tallies.audit.bundle import bundle as make
    from tallies.audit.members import Terms
    from tallies.audit.published import FROM_TOTALS
    from tallies.audit.tiers import exposure
    from tallies.counting import count

    if is_round(file, db):
        from tallies.round_commands.results import bundle_round

        other = {"set": settings, "ties": ties, "lot-order": lot_order, "lot-dice": lot_dice, "round": round_name,
                 "signer": signer, "threshold": threshold}  # fmt: skip
        chosen = [f"--{name}" for name, value in other.items() if value is not None]
        bundle_round(file, db, out, tier, force, lang, chosen + (["--plan"] if plan != DEFAULT_PLAN else []))
        return
    language = preferred_language(lang)
    if tier == "sealed":
        raise UsageError(problem(PROBLEMS, "BUN-004"))
    refuse_existing(out, force)
    signers = _signers(signer or [])
    needed = len(signers) if threshold is None else threshold
    if not min(1, len(signers)) <= needed <= len(signers):
        raise UsageError(problem(PROBLEMS, "BUN-006", signers=len(signers), threshold=needed))
    election = read(file, language).election
    tier = tier or ("totals" if election.hand_count else "open")
    hidden = tier == "totals" and not election.hand_count
    if hidden and round_name is None:
        raise UsageError(problem(PROBLEMS, "BUN-005"))
    if round_name is not None:
        election = replace(election, round=round_name)
    if hidden:
        election = replace(election, input_sha256=None)
    asked = asked_plan(election, plan, settings, ties, lot_order, lot_dice)
    outcome = count(election, asked)
    data = make(outcome, Terms(tier=tier, signers=signers, threshold=needed))
    write_bytes(out, data, force)
    if not election.hand_count:
        seen = exposure(election.profile)
        say(MEASURED.say(language, ballots=seen.ballots, unique=seen.unique, proposed=seen.proposed, tier=tier))
    if tier == "totals" and asked.rule not in FROM_TOTALS:
        say(UNREPEATABLE.say(language, rule=asked.name))
    say(WRITTEN.say(language, path=out, sha256=hashlib.sha256(data).hexdigest()))


@app.command("verify")
def verify(
    file: Bundle,
    key: Annotated[
        list[str] | None, typer.Option("--key", metavar="FINGERPRINT", help="A signer announced elsewhere.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option("--since", metavar="OLD.bba", help="An older bundle, whose history must be kept.")
    ] = None,
    receipt: Annotated[str | None, typer.Option("--receipt", metavar="CODE", help="Look for this receipt.")] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="SECONDS", help="Leave out a count that takes longer.")
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Have the independent verifier check a bundle: the installed one, never the copy inside.

    \b
    borgerbudget audit verify lillevig.bba
    """
    words = [str(file), "--lang", preferred_language(lang)]
    for fingerprint in key or []:
        words += ["--key", fingerprint]
    for name, value in (("--since", since), ("--receipt", receipt), ("--limit", limit)):
        if value is not None:
            words += [name, str(value)]
    raise typer.Exit(subprocess.run(_verifier(*words, *(["--json"] if json else [])), check=False).returncode)


@app.command("keygen")
def keygen(
    name: Annotated[Path, typer.Argument(metavar="NAME", help="NAME.pem and NAME.pub are written.")],
    passphrase_file: Passphrase = None,
    lang: Lang = None,
) -> None:
    """Make a signing key under a passphrase.

    \b
    borgerbudget audit keygen clerk-2026
    """
    from borgerbudget.files.disk import refuse_existing, write_bytes
    from tallies.audit.keys import new_key, private_pem, public_pem

    language = preferred_language(lang)
    private, public = (name.with_name(f"{name.name}{suffix}") for suffix in (".pem", ".pub"))
    refuse_existing(private, False)
    refuse_existing(public, False)
    passphrase = _passphrase(passphrase_file, language, twice=True)
    key = new_key()
    write_bytes(private, private_pem(key, passphrase), private=True)
    write_bytes(public, public_pem(key.public))
    say(NEW_KEY.say(language, private=private, public=public))
    emit(key.public.fingerprint)


@app.command("fingerprint")
def fingerprint(
    file: Annotated[Path, typer.Argument(metavar="KEY.pub", help="The public part of a key.")],
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The fingerprint of a public key: what is announced, and what `verify --key` is given."""
    found = _signers([file])[0].key
    if json:
        emit_json({"schema": "borgerbudget.key/1", "fingerprint": found.fingerprint, "public_key": found.raw.hex()})
    else:
        emit(found.fingerprint)


@app.command("sign")
def sign(
    file: Bundle,
    key: Annotated[Path, typer.Option("--key", metavar="KEY.pem", help="The secret key.")],
    passphrase_file: Passphrase = None,
    lang: Lang = None,
) -> None:
    """Sign a bundle, after the verifier has checked it; other signatures stay.

    \b
    borgerbudget audit sign lillevig.bba --key clerk-2026.pem
    """
    from borgerbudget.files.disk import read_bytes, write_bytes
    from tallies.audit.keys import read_private
    from tallies.audit.signing import carries, signed, unsigned
    from tallies.reference import VERIFIER

    language = preferred_language(lang)
    data = read_bytes(file)
    fault = _fault(unsigned(data, file.name))
    if fault is not None:
        raise InputRejected(problem(PROBLEMS, "BUN-009", Place(file.name), fault=fault))
    if not carries(data, VERIFIER.read_bytes()):
        raise InputRejected(problem(PROBLEMS, "BUN-012", Place(file.name)))
    passphrase = _passphrase(passphrase_file, language)
    found = signed(data, read_private(read_bytes(key), passphrase, key.name), file.name)
    write_bytes(file, found.data, force=True)
    say(SIGNED.say(language, fingerprint=found.fingerprint, count=found.signatures, threshold=found.threshold))


def _verifier(*words: str) -> list[str]:
    from tallies.reference import VERIFIER

    return [sys.executable, "-I", "-S", str(VERIFIER), *words]


def _fault(data: bytes) -> str | None:
    """The first code with which a bundle fails, or None."""
    import re
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "unsigned.bba")
        path.write_bytes(data)
        done = subprocess.run(_verifier(str(path)), capture_output=True, check=False)
    if done.returncode in (0, 8):
        return None
    found = re.search(rb"\bE[0-9]{3,4}\b", done.stdout + done.stderr)
    return found[0].decode() if found else "?"


def _signers(paths: list[Path]) -> tuple[Signer, ...]:
    from borgerbudget.files.disk import read_bytes
    from tallies.audit.keys import read_public
    from tallies.audit.members import Signer

    roles = ("clerk", "auditor")
    keys = {read_public(read_bytes(path), path.name): None for path in paths}
    if len(keys) < len(paths):
        raise UsageError(problem(PROBLEMS, "BUN-011"))
    return tuple(Signer(key, roles[min(i, 1)]) for i, key in enumerate(keys))


def _passphrase(file: Path | None, language: Language, twice: bool = False) -> str:
    from borgerbudget.files.disk import read_bytes

    if file is not None:
        try:
            return read_bytes(file).decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputRejected(problem(PROBLEMS, "KEY-006", Place(file.name))) from None
    found: str = typer.prompt(ASK.say(language), hide_input=True, err=True)
    if twice and typer.prompt(AGAIN.say(language), hide_input=True, err=True) != found:
        raise UsageError(problem(PROBLEMS, "KEY-005"))
    return found
