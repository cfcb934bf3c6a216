"""The commands of the audit: bundle, verify, keygen, fingerprint, sign."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from borgerbudget.console import emit, emit_json, report, say
from borgerbudget.errors import BorgerbudgetError, InputRejected, Place, UsageError, problem
from borgerbudget.office_commands.desk import Db
from borgerbudget.words import Language, Text, preferred_language
from tallies.audit.words import PROBLEMS, WRITTEN
from tallies.command_line import (
    File,
    Json,
    Lang,
    LotDice,
    LotOrder,
    OnePlan,
    Settings,
    Ties,
    asked_plan,
    one_plan,
    read,
)
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
ALREADY = Text(
    "{fingerprint} har allerede skrevet under: intet er ændret. {count} af {threshold} underskrifter.",
    "{fingerprint} has signed already: nothing was changed. {count} of {threshold} signatures.",
)
CONFIRM = Text("Skriv ja for at skrive under", "Write yes to sign")
YES = ("ja", "yes")
UNSIGNED = Text("Der er ikke skrevet under.", "Nothing was signed.")
LOT = Text(
    "Lodtrækningen er regnet af terningerne {dice}, rundens navn {round} og sedlerne{file}. Sammenlign med det, der var "
    "bekendtgjort, før terningerne blev kastet: hvor mange terninger, navnet og SHA-256. Passer det ikke, gælder den ikke.",
    "The lot is computed from the dice {dice}, the round's name {round} and the ballots{file}. Compare with what was announced "
    "before the dice were thrown: how many dice, the name and the SHA-256. If it differs, the lot is void.",
)
LOT_FILE = Text(" i filen med SHA-256 {sha256}", " in the file with SHA-256 {sha256}")
FEWEST_DICE = 6
"""With fewer, 6^5 throws at most: each can be tried by whoever may still choose a name."""
UNCHECKED = Text(
    "Ikke prøvet, fordi pakken ikke viser nok: prøve {numbers}.",
    "Not checked, because the bundle does not show enough: {numbers}.",
)
STILL = Text(
    "Der mangler underskrift fra: {missing}. Send pakken videre; hver skriver under med audit sign.",
    "Still to sign: {missing}. Pass the bundle on; each signs with audit sign.",
)
LARGEST_KEY = 1 << 16
"""Bytes of a key's file, or of one that holds a passphrase."""
ASK = Text("Adgangssætning", "Passphrase")
ASK_NEW = Text("Ny adgangssætning, mindst {least} tegn", "New passphrase, at least {least} characters")
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
    plan: OnePlan = None,
    settings: Settings = None,
    ties: Ties = None,
    lot_order: LotOrder = None,
    lot_dice: LotDice = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(
            "--witness",
            metavar="NAME",
            help="Who saw the draw or the throw; several times. Is published.",
        ),
    ] = None,
    tier: Annotated[
        Literal["open", "totals", "sealed"] | None,
        typer.Option(
            "--tier", help="How much of the ballots is shown: open, or totals (the default for a hand count)."
        ),
    ] = None,
    tier_reason: Annotated[
        str | None,
        typer.Option(
            "--tier-reason", metavar="TEXT", help="Why more is shown than is proposed; it is written in the bundle."
        ),
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="NAME", help="The round's name instead of the file's hash.")
    ] = None,
    signer: Annotated[
        list[Path] | None,
        typer.Option("--signer", metavar="KEY.pub", help="A key that is to sign, the clerk's first, then auditors'."),
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
    from tallies.audit.bundle import HASH, unfit
    from tallies.audit.bundle import bundle as make
    from tallies.audit.members import Terms, is_blank
    from tallies.audit.published import FROM_TOTALS
    from tallies.audit.tiers import exposure
    from tallies.counting import count

    if is_round(file, db):
        from tallies.round_commands.results import bundle_round

        other = {"plan": plan, "set": settings, "ties": ties, "lot-order": lot_order, "lot-dice": lot_dice,
                 "round": round_name, "signer": signer, "threshold": threshold, "witness": witness,
                 "tier-reason": tier_reason}  # fmt: skip
        chosen = [f"--{name}" for name, value in other.items() if value is not None]
        bundle_round(file, db, out, tier, force, lang, chosen)
        return
    language = preferred_language(lang)
    if tier == "sealed":
        raise UsageError(problem(PROBLEMS, "BUN-004"))
    if tier_reason is not None and is_blank(tier_reason):
        raise UsageError(problem(PROBLEMS, "BUN-017"))
    if any(map(is_blank, witness or [])):
        raise UsageError(problem(PROBLEMS, "BUN-018"))
    if round_name is not None and HASH.fullmatch(round_name):
        raise UsageError(problem(PROBLEMS, "BUN-016", value=round_name))
    refuse_existing(out, force)
    signers = _signers(signer or [])
    needed = len(signers) if threshold is None else threshold
    if not min(1, len(signers)) <= needed <= len(signers):
        raise UsageError(problem(PROBLEMS, "BUN-006", signers=len(signers), threshold=needed))
    election = read(file, language).election
    asked_tier, input_sha256 = tier, election.input_sha256
    tier = tier or ("totals" if election.hand_count else "open")
    hidden = tier == "totals" and not election.hand_count
    if hidden and round_name is None:
        raise UsageError(problem(PROBLEMS, "BUN-005"))
    if round_name is not None:
        election = replace(election, round=round_name)
    if hidden:
        election = replace(election, input_sha256=None)
    found = unfit(election)
    if found:  # before any lot is drawn: with other ids it would have to be drawn again
        raise InputRejected(found)
    asked = asked_plan(election, one_plan(plan, DEFAULT_PLAN), settings, ties, lot_order, lot_dice)
    if witness and asked.lot is None:
        raise UsageError(problem(PROBLEMS, "BUN-019"))
    outcome = count(election, asked)
    terms = Terms(tier=tier, tier_reason=tier_reason, signers=signers, threshold=needed, witnesses=tuple(witness or ()))
    data = make(outcome, terms)
    write_bytes(out, data, force)
    if not election.hand_count:
        seen = exposure(election.profile)
        if asked_tier is None and tier_reason is None and seen.proposed != tier:
            shown = problem(PROBLEMS, "BUN-020", severity="warning", ballots=seen.ballots, unique=seen.unique)
            report([shown], language)
        say(MEASURED.say(language, ballots=seen.ballots, unique=seen.unique, proposed=seen.proposed, tier=tier))
    if tier == "totals" and asked.rule not in FROM_TOTALS:
        say(UNREPEATABLE.say(language, rule=asked.name))
    if lot_dice is not None:
        file_hash = LOT_FILE.fill(sha256=input_sha256) if input_sha256 else ""
        say(LOT.say(language, dice=lot_dice, round=election.round, file=file_hash))
        if len(lot_dice) < FEWEST_DICE:
            few = problem(PROBLEMS, "BUN-021", severity="warning", count=len(lot_dice), least=FEWEST_DICE)
            report([few], language)
    say(WRITTEN.say(language, path=out, sha256=hashlib.sha256(data).hexdigest()))


@app.command("verify")
def verify(
    file: Annotated[str, typer.Argument(metavar="FILE.bba", help="An audit bundle.")],
    key: Annotated[
        list[str] | None, typer.Option("--key", metavar="FINGERPRINT", help="A signer announced elsewhere.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option("--since", metavar="OLD.bba", help="An older bundle, whose history must be kept.")
    ] = None,
    receipt: Annotated[str | None, typer.Option("--receipt", metavar="CODE", help="Look for this receipt.")] = None,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar="SECONDS", help="Leave out a count that takes longer, and say so.")
    ] = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """Have the independent verifier check a bundle: the installed one, never the copy inside.

    \b
    borgerbudget audit verify lillevig.bba
    """
    words = [f"--lang={preferred_language(lang)}", *(f"--key={fingerprint}" for fingerprint in key or [])]
    for name, value in (("since", since), ("receipt", receipt), ("limit", limit)):
        if value is not None:
            words.append(f"--{name}={value}")
    words += ["--json"] if json else []
    raise typer.Exit(subprocess.run(_verifier(*words, "--", file), check=False).returncode)


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
    from borgerbudget.files.disk import write_bytes
    from tallies.audit.keys import new_key, private_pem, public_pem

    language = preferred_language(lang)
    private, public = (name.with_name(f"{name.name}{suffix}") for suffix in (".pem", ".pub"))
    for path in (private, public):
        if os.path.lexists(path):
            raise UsageError(problem(PROBLEMS, "KEY-007", path=path))
    passphrase = _passphrase(passphrase_file, language, twice=True)
    key = new_key()
    secret = private_pem(key, passphrase)
    write_bytes(public, public_pem(key.public))
    try:
        write_bytes(private, secret, private=True)
    except BaseException:  # a public part alone would be announced for nothing
        public.unlink(missing_ok=True)
        raise
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
    """Sign a bundle, after the verifier has checked it and you have read what is signed; other signatures stay.

    \b
    borgerbudget audit sign lillevig.bba --key clerk-2026.pem
    """
    language = preferred_language(lang)
    try:
        _sign(file, key, passphrase_file, language)
    except (KeyboardInterrupt, typer.Abort, BorgerbudgetError):
        say(UNSIGNED.say(language))
        raise


def _sign(file: Path, key: Path, passphrase_file: Path | None, language: Language) -> None:
    from borgerbudget.files.disk import read_bytes, write_bytes
    from tallies.audit.bundle import SCHEMA
    from tallies.audit.keys import read_private
    from tallies.audit.signing import carries, format_of, refuse_stranger, signatures, signed, statement
    from tallies.reference import VERIFIER

    data = read_bytes(file)
    checks = _checks(data, file.name)
    for check in checks:
        if check["status"] == "FAIL":
            fault = Text(*(f"{check[words].removesuffix('.')} ({check['code']})" for words in ("da", "en")))
            raise InputRejected(problem(PROBLEMS, "BUN-009", Place(file.name), fault=fault))
    if format_of(data) != SCHEMA:
        raise InputRejected(problem(PROBLEMS, "BUN-022", Place(file.name), schema=format_of(data), ours=SCHEMA))
    if not carries(data, VERIFIER.read_bytes()):
        raise InputRejected(problem(PROBLEMS, "BUN-012", Place(file.name)))
    secret = read_private(read_bytes(key, LARGEST_KEY), _passphrase(passphrase_file, language), key.name)
    fingerprint, found = secret.public.fingerprint, signatures(data, file.name)
    refuse_stranger(found, fingerprint, file.name)
    if fingerprint in found.made:
        say(ALREADY.say(language, fingerprint=fingerprint, count=len(found.made), threshold=found.threshold))
        return
    for line in statement(data, file.name, language):
        say(line)
    left_out = [str(check["number"]) for check in checks if check["status"] == "NOT CHECKED" and check["number"] != 4]
    if left_out:
        say(UNCHECKED.say(language, numbers=", ".join(left_out)))
    if passphrase_file is None:  # somebody sits there who has now read what it is
        answer: str = typer.prompt(CONFIRM.say(language), err=True)
        if answer.strip().lower() not in YES:
            raise typer.Abort
    whole = signed(data, secret, file.name)
    write_bytes(file, whole, force=True)
    found = signatures(whole, file.name)
    say(SIGNED.say(language, fingerprint=fingerprint, count=len(found.made), threshold=found.threshold))
    if len(found.made) < found.threshold:
        say(STILL.say(language, missing=found.named(found.missing, language)))


def _verifier(*words: str) -> list[str]:
    from tallies.reference import VERIFIER

    return [sys.executable, "-I", "-S", str(VERIFIER), *words]


def _checks(data: bytes, source: str) -> list[dict[str, Any]]:
    """What the verifier says of each check of a bundle.  InputRejected for what is none."""
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "checked.bba")
        path.write_bytes(data)
        done = subprocess.run(_verifier(str(path), "--json"), capture_output=True, encoding="utf-8", check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["checks"]
    except ValueError:  # one sentence on stderr: it is no bundle at all
        raise InputRejected(problem(PROBLEMS, "BUN-007", Place(source))) from None
    return found


def _signers(paths: list[Path]) -> tuple[Signer, ...]:
    from borgerbudget.files.disk import read_bytes
    from tallies.audit.keys import read_public
    from tallies.audit.members import Signer

    roles = ("clerk", "auditor")
    keys = {read_public(read_bytes(path, LARGEST_KEY), path.name): None for path in paths}
    if len(keys) < len(paths):
        raise UsageError(problem(PROBLEMS, "BUN-011"))
    return tuple(Signer(key, roles[min(i, 1)]) for i, key in enumerate(keys))


def _passphrase(file: Path | None, language: Language, twice: bool = False) -> str:
    from borgerbudget.files.disk import read_bytes
    from tallies.audit.keys import LEAST_PASSPHRASE

    if file is not None:
        try:
            return read_bytes(file, LARGEST_KEY).decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputRejected(problem(PROBLEMS, "KEY-006", Place(file.name))) from None
    if not sys.stdin.isatty():
        raise UsageError(problem(PROBLEMS, "KEY-008"))
    asked = ASK_NEW.say(language, least=LEAST_PASSPHRASE) if twice else ASK.say(language)
    found: str = typer.prompt(asked, hide_input=True, err=True)
    if twice and typer.prompt(AGAIN.say(language), hide_input=True, err=True) != found:
        raise UsageError(problem(PROBLEMS, "KEY-005"))
    return found
