"""``audit sign``: the verifier looks, the key is tried, the signer reads, and only then a signature is written.

The passphrase of a key is asked for here, for ``audit keygen`` as well.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import typer

from borgerbudget.console import say
from borgerbudget.errors import BorgerbudgetError, InputRejected, Place, UsageError, problem
from borgerbudget.words import Language, Text
from tallies.audit.words import PROBLEMS

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


def sign_and_tell(file: Path, key: Path, passphrase_file: Path | None, language: Language) -> None:
    """Signs the bundle in its place; whatever ends it before says that nothing was signed."""
    try:
        _sign(file, key, passphrase_file, language)
    except (KeyboardInterrupt, typer.Abort, BorgerbudgetError):
        say(UNSIGNED.say(language))
        raise


def _sign(file: Path, key: Path, passphrase_file: Path | None, language: Language) -> None:
    from borgerbudget.files.disk import read_bytes, write_bytes
    from tallies.audit.bundle import SCHEMA
    from tallies.audit.keys import read_private
    from tallies.audit.signing import (
        carries,
        format_of,
        refuse_stranger,
        refuse_unsignable,
        signatures,
        signed,
        statement,
    )
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
    found = signatures(data, file.name)
    refuse_unsignable(found, file.name)
    secret = read_private(read_bytes(key, LARGEST_KEY), passphrase(passphrase_file, language), key.name)
    fingerprint = secret.public.fingerprint
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


def verifier_command(*words: str) -> list[str]:
    from tallies.reference import VERIFIER

    return [sys.executable, "-I", "-S", str(VERIFIER), *words]


def _checks(data: bytes, source: str) -> list[dict[str, Any]]:
    """What the verifier says of each check of a bundle.  InputRejected for what is none."""
    import json
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "checked.bba")
        path.write_bytes(data)
        done = subprocess.run(verifier_command(str(path), "--json"), capture_output=True, encoding="utf-8", check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["checks"]
    except (ValueError, KeyError):  # a document of another kind: it is no bundle at all
        raise InputRejected(problem(PROBLEMS, "BUN-007", Place(source))) from None
    return found


def passphrase(file: Path | None, language: Language, twice: bool = False) -> str:
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
