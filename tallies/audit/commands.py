"""The commands of the audit: bundle, verify, keygen, fingerprint, sign."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from borgerbudget.console import emit, emit_json, report, say
from borgerbudget.errors import InputRejected, UsageError, problem
from borgerbudget.office_commands.desk import Db
from borgerbudget.words import Text, preferred_language
from tallies.audit.sign_command import LARGEST_KEY, passphrase, sign_and_tell, verifier_command
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
    tell_dice,
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
    from borgerbudget.rounds.value_words import TIERS
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
    if found:
        found = unfit(
            election, _lines_of_proposals(Path(file))
        )  # before any lot is drawn: with other ids it would have to be drawn again
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
        say(
            MEASURED.say(
                language, ballots=seen.ballots, unique=seen.unique, proposed=TIERS[seen.proposed], tier=TIERS[tier]
            )
        )
    if tier == "totals" and asked.rule not in FROM_TOTALS:
        say(UNREPEATABLE.say(language, rule=asked.name))
    if lot_dice is not None:
        tell_dice(lot_dice, election.round, input_sha256, outcome, language)
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
    raise typer.Exit(subprocess.run(verifier_command(*words, "--", file), check=False).returncode)


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
    words = passphrase(passphrase_file, language, twice=True)
    key = new_key()
    secret = private_pem(key, words)
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
    sign_and_tell(file, key, passphrase_file, preferred_language(lang))


def _lines_of_proposals(file: Path) -> dict[str, int]:
    """The line of each proposal in a .pb file; of other files nothing."""
    from borgerbudget.files.disk import read_bytes
    from borgerbudget.files.findings import Findings
    from borgerbudget.files.pabulib_document import scan

    tables = scan(read_bytes(file), file.name, Findings()) if file.suffix.lower() == ".pb" else None
    if tables is None:
        return {}
    column = tables["PROJECTS"].column("project_id")
    return {row[column].strip(): line for line, row in tables["PROJECTS"].rows()}


def _signers(paths: list[Path]) -> tuple[Signer, ...]:
    from borgerbudget.files.disk import read_bytes
    from tallies.audit.keys import read_public
    from tallies.audit.members import Signer

    roles = ("clerk", "auditor")
    keys = {read_public(read_bytes(path, LARGEST_KEY), path.name): None for path in paths}
    if len(keys) < len(paths):
        raise UsageError(problem(PROBLEMS, "BUN-011"))
    return tuple(Signer(key, roles[min(i, 1)]) for i, key in enumerate(keys))
