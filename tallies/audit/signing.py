"""Adding a signature to a bundle: what it is that is signed, and who may; the bundle's other bytes stay as they are."""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from borgerbudget import canonical
from borgerbudget.errors import InputRejected, Place, UsageError, problem
from borgerbudget.money import amount_text
from borgerbudget.words import Language, Text
from tallies.audit.archive import pack, unpack
from tallies.audit.envelope import envelope, read_envelope, signed_bytes
from tallies.audit.keys import Key
from tallies.audit.words import PROBLEMS

ROUND = Text(
    "Du skriver under på optællingen af {round}: pulje {pool}, niveau {tier}.",
    "You sign the count of {round}: pool {pool}, tier {tier}.",
)
PLAN = Text("Plan: {plan}", "Plan: {plan}")
AWARD = Text("    {proposal} {title}: {amount}", "    {proposal} {title}: {amount}")
SPENT = Text(
    "I alt {spent} af {pool} til {count:forslag|forslag}.", "Together {spent} of {pool} to {count:proposal|proposals}."
)
LISTING = Text(
    "Underskriften gælder manifest.json: SHA-256 {sha256}. Audit verify viser det samme tal.",
    "The signature is over manifest.json: SHA-256 {sha256}. Audit verify shows the same number.",
)


class Signed(NamedTuple):
    """The signed bundle, who signed now, which signers have not (fingerprint and role), how many signatures there are and
    how many are needed."""

    data: bytes
    fingerprint: str
    missing: tuple[tuple[str, str], ...]
    signatures: int
    threshold: int


def carries(data: bytes, verifier: bytes) -> bool:
    """Whether the verifier inside the bundle is this one: whoever signs another puts her name under foreign code."""
    return unpack(data).get("verify.py") == verifier


def statement(data: bytes, language: Language) -> list[str]:
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
    return [
        ROUND.say(language, round=name, pool=pool, tier=listing["tier"]),
        PLAN.say(language, plan=canonical.write(round_["plan"]).decode().strip()),
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
        LISTING.say(language, sha256=hashlib.sha256(members["manifest.json"]).hexdigest()),
    ]


def signed(data: bytes, key: Key, source: str) -> Signed:
    """The bundle with this key's signature besides those it has; signing twice changes nothing."""
    try:
        members = unpack(data)
        listing = members["manifest.json"]
        roles, threshold = _signers(members)
        signatures = {}
        if "manifest.dsse.json" in members:
            signatures = read_envelope(members["manifest.dsse.json"], listing)
    except (ValueError, KeyError, TypeError):
        raise InputRejected(problem(PROBLEMS, "BUN-007", Place(source))) from None
    fingerprint = key.public.fingerprint
    if fingerprint not in roles:
        raise UsageError(problem(PROBLEMS, "BUN-008", Place(source), fingerprint=fingerprint))
    signatures[fingerprint] = key.sign(signed_bytes(listing))
    members["manifest.dsse.json"] = envelope(listing, signatures)
    missing = tuple((one, role) for one, role in roles.items() if one not in signatures)
    return Signed(pack(members), fingerprint, missing, len(signatures), threshold)


def _signers(members: dict[str, bytes]) -> tuple[dict[str, str], int]:
    """Fingerprint -> role of who may sign, a lost key's place taken by the new one, and how many have to."""
    round_: Any = canonical.read(members["round.json"])
    roles = {signer["fingerprint"]: signer["role"] for signer in round_["signers"]}
    for event in canonical.read_lines(members.get("events.jsonl", b"")):
        if event["type"] == "key-replaced":
            del roles[event["payload"]["old"]]
            roles[event["payload"]["new"]["fingerprint"]] = event["payload"]["new"]["role"]
    return roles, round_["threshold"]
