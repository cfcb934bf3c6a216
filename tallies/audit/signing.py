"""Adding a signature to a bundle: what it is that is signed, and who may; the bundle's other bytes stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from borgerbudget import canonical
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.money import amount_text
from borgerbudget.rounds.value_words import TIERS
from borgerbudget.words import Language, Text
from tallies.audit.archive import pack, unpack
from tallies.audit.envelope import envelope, read_envelope, signed_bytes
from tallies.audit.keys import Key
from tallies.audit.words import PROBLEMS, ROLES

FILE = Text("Pakken: {file}", "The bundle: {file}")
SIGNERS = Text(
    "Underskrivere, hvoraf {threshold} skal skrive under: {signers}.",
    "Signers, of whom {threshold} have to sign: {signers}.",
)
ROUND = Text(
    "Du skriver under på optællingen af {round}: pulje {pool}, niveau {tier}.",
    "You sign the count of {round}: pool {pool}, tier {tier}.",
)
PLAN = Text("Plan: {plan}", "Plan: {plan}")
AWARD = Text("    {proposal} {title}: {amount}", "    {proposal} {title}: {amount}")
SPENT = Text(
    "I alt {spent} af {pool} til {count:forslag|forslag}.", "Together {spent} of {pool} to {count:proposal|proposals}."
)
DEVIATES = Text(
    "Beslutningen afviger fra optællingen ({day}, {reference}):",
    "The decision departs from the count ({day}, {reference}):",
)
INSTEAD = Text("    {proposal}: {amount} (optalt: {counted})", "    {proposal}: {amount} (counted: {counted})")
LISTING = Text(
    "Underskriften gælder manifest.json: SHA-256 {sha256}. Audit verify viser det samme tal.",
    "The signature is over manifest.json: SHA-256 {sha256}. Audit verify shows the same number.",
)


class Signatures(NamedTuple):
    """Who may sign a bundle (fingerprint -> role), who has (fingerprint -> signature), and how many have to."""

    roles: Mapping[str, str]
    made: Mapping[str, bytes]
    threshold: int

    @property
    def missing(self) -> list[str]:
        """The fingerprints of those who have not."""
        return [one for one in self.roles if one not in self.made]

    def named(self, fingerprints: Iterable[str], language: Language) -> str:
        """Fingerprints with the roles they sign in."""
        roles = {one: ROLES[role].say(language) if role in ROLES else role for one, role in self.roles.items()}
        return ", ".join(f"{roles[one]} {one}" for one in fingerprints)


def carries(data: bytes, verifier: bytes) -> bool:
    """Whether the verifier inside the bundle is this one: whoever signs another puts her name under foreign code."""
    return unpack(data).get("verify.py") == verifier


def format_of(data: bytes) -> str:
    """The format that a bundle says it has."""
    listing: Any = canonical.read(unpack(data)["manifest.json"])
    return str(listing["schema"])


def statement(data: bytes, source: str, language: Language) -> list[str]:
    """What the signer of a bundle that the verifier has accepted puts her name to, line by line."""
    members = unpack(data)
    round_: Any = canonical.read(members["round.json"])
    listing: Any = canonical.read(members["manifest.json"])
    result: Any = canonical.read(members["result.json"])
    titles = {line["id"]: line["title"] for line in canonical.read_lines(members["proposals.jsonl"])}
    currency, funded = round_["pool"]["currency"], result["outcome"]["funded"]
    pool = amount_text(round_["pool"]["amount"], currency)
    name = round_["round"] if round_["area"] is None else f"{round_['round']} ({round_['area']['name']})"
    spent = amount_text(sum(award["amount"] for award in funded), currency)
    found = signatures(data, source)
    return [
        FILE.say(language, file=source),
        ROUND.say(language, round=name, pool=pool, tier=TIERS[listing["tier"]]),
        PLAN.say(language, plan=_plan_words(round_["plan"])),
        *(
            AWARD.say(
                language,
                proposal=award["proposal"],
                title=titles[award["proposal"]],
                amount=amount_text(award["amount"], currency),
            )
            for award in funded
        ),
        SPENT.say(language, spent=spent, pool=pool, count=len(funded)),
        *_deviation(members, {award["proposal"]: award["amount"] for award in funded}, currency, language),
        SIGNERS.say(language, threshold=found.threshold, signers=found.named(found.roles, language)),
        LISTING.say(language, sha256=hashlib.sha256(members["manifest.json"]).hexdigest()),
    ]


def _deviation(
    members: Mapping[str, bytes], counted: Mapping[str, int], currency: str, language: Language
) -> list[str]:
    """Where the decision, as the event `finalised` of a stored round tells it, gives other amounts than the count."""
    lines: Any = canonical.read_lines(members.get("events.jsonl", b""))
    told = [line["payload"] for line in lines if line["type"] == "finalised"]
    if not told or told[-1].get("decision") != "deviate":
        return []
    try:  # the payload is free: the verifier has not looked into it
        day, reference, decided = str(told[-1]["day"]), str(told[-1]["reference"]), dict(told[-1]["amounts"])
        if not all(isinstance(one, str) and type(amount) is int for one, amount in decided.items()):
            return []
    except (KeyError, TypeError, ValueError):
        return []
    return [
        DEVIATES.say(language, day=day, reference=reference),
        *(
            INSTEAD.say(
                language,
                proposal=one,
                amount=amount_text(decided.get(one, 0), currency),
                counted=amount_text(counted.get(one, 0), currency),
            )
            for one in sorted({*counted, *decided})
            if counted.get(one, 0) != decided.get(one, 0)
        ),
    ]


def _plan_words(plan: Mapping[str, Any]) -> str:
    """``equal-shares/add1u, ties=cheapest,lot, ...``: everything that is not left at nothing, as in ``--set``."""
    rest = {key: value for key, value in plan.items() if key not in ("rule", "completion", "ties")}
    name = plan["rule"] + (f"/{plan['completion']}" if plan.get("completion") else "")
    settings = [
        f"{key}={value if isinstance(value, str) else canonical.write(value).decode().strip()}"
        for key, value in sorted(rest.items())
        if value not in (None, "none", [], {})
    ]
    return ", ".join([name, f"ties={','.join(plan['ties'])}", *settings])


def signatures(data: bytes, source: str) -> Signatures:
    """Who may and who has.  InputRejected for what is no bundle."""
    try:
        members = unpack(data)
        listing = members["manifest.json"]
        roles, threshold = _signers(members)
        made = read_envelope(members["manifest.dsse.json"], listing) if "manifest.dsse.json" in members else {}
    except (ValueError, KeyError, TypeError):
        raise InputRejected(problem(PROBLEMS, "BUN-007", Place(source))) from None
    return Signatures(roles, made, threshold)


def refuse_unsignable(found: Signatures, source: str) -> None:
    """UsageError for a bundle that names no signers: nobody's key would do."""
    if not found.roles:
        raise UsageError(problem(PROBLEMS, "BUN-024", Place(source)))


def refuse_stranger(found: Signatures, fingerprint: str, source: str) -> None:
    """UsageError for a key that is none of the signers', naming those that are awaited."""
    refuse_unsignable(found, source)
    if fingerprint not in found.roles:
        expected = " / ".join(found.missing or found.roles) or "-"
        raise UsageError(problem(PROBLEMS, "BUN-008", Place(source), fingerprint=fingerprint, expected=expected))


def signed(data: bytes, key: Key, source: str) -> bytes:
    """The bundle with this key's signature besides those it has; signing twice changes nothing."""
    found = signatures(data, source)
    refuse_stranger(found, key.public.fingerprint, source)
    members = unpack(data)
    listing = members["manifest.json"]
    made = {**found.made, key.public.fingerprint: key.sign(signed_bytes(listing))}
    return pack({**members, "manifest.dsse.json": envelope(listing, made)})


def _signers(members: dict[str, bytes]) -> tuple[dict[str, str], int]:
    """Fingerprint -> role of who may sign, a lost key's place taken by the new one, and how many have to."""
    round_: Any = canonical.read(members["round.json"])
    roles = {signer["fingerprint"]: signer["role"] for signer in round_["signers"]}
    for event in canonical.read_lines(members.get("events.jsonl", b"")):
        if event["type"] == "key-replaced":
            del roles[event["payload"]["old"]]
            roles[event["payload"]["new"]["fingerprint"]] = event["payload"]["new"]["role"]
    return roles, round_["threshold"]
