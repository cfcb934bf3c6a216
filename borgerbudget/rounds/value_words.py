"""What stands in rounds as a short English word, said to people in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Text

Words = Mapping[str, Text]

PROPOSAL_STATUS: Words = {
    "proposed": Text("ikke behandlet", "not decided on"),
    "accepted": Text("godkendt", "accepted"),
    "rejected": Text("afvist", "rejected"),
    "merged": Text("lagt sammen med et andet", "merged into another"),
    "withdrawn": Text("trukket tilbage", "withdrawn"),
}
ROLL_STATUS: Words = {"on": Text("på listen", "on the roll"), "struck": Text("slettet", "struck")}
CHANNELS: Words = {
    "code": Text("med kode", "with a code"),
    "meeting": Text("på et møde", "at a meeting"),
    "paper": Text("på papir", "on paper"),
}
TIERS: Words = {
    "open": Text('"open" (alle sedler vises)', '"open" (all ballots are shown)'),
    "totals": Text('"totals" (kun stemmetal)', '"totals" (totals only)'),
    "sealed": Text('"sealed" (sedler, der svarer til kvitteringerne)', '"sealed" (ballots that fit the receipts)'),
}
DATE_KINDS: Words = {"opens": Text("åbningen", "the opening"), "closes": Text("fristen", "the deadline")}
LIMITS: Words = {
    "min_length": Text("det mindste antal forslag", "the least number of proposals"),
    "max_length": Text("det største antal forslag", "the largest number of proposals"),
    "min_sum_cost": Text("det mindste beløb i alt", "the least amount together"),
    "max_sum_cost": Text("det største beløb i alt", "the largest amount together"),
    "min_points": Text("de færreste point til et forslag", "the fewest points to a proposal"),
    "max_points": Text("de fleste point til et forslag", "the most points to a proposal"),
    "min_sum_points": Text("de færreste point i alt", "the fewest points together"),
    "max_sum_points": Text("de fleste point i alt", "the most points together"),
    "repeats": Text("antallet af gentagne forslag", "the number of repeated proposals"),
    "positive_points": Text("de færreste point til et forslag", "the fewest points to a proposal"),
    "default_score": Text("point til forslag, der ikke er nævnt", "points to proposals that are not named"),
}
"""Limits of a ballot, by field of ``Limits``."""
VALUES: Words = {
    "residents": Text("beboere", "residents"),
    "second-home-owners": Text("sommerhusejere", "owners of second homes"),
    "household": Text("en stemme pr. husstand", "one vote per household"),
    "attendance": Text("de fremmødte", "whoever comes"),
    "code": Text("med kode", "with a code"),
    "meeting": Text("på et møde", "at a meeting"),
    "paper": Text("på papir", "on paper"),
    "NAME+NAME": Text("korte navne", "short names"),
    "pseudonymous": Text("hemmelig", "secret"),
    "approval": Text("sæt kryds", "tick boxes"),
    "knapsack": Text("indkøbskurv inden for puljen", "a basket worth the pool"),
    "points": Text("fordel point", "share out points"),
    "ranked": Text("rangordn", "rank"),
    "scoring": Text("giv hvert forslag point", "score each proposal"),
    "hand-count": Text("talt i hånden, kun tallene kendes", "counted by hand, only totals are known"),
    "fixed": Text("fast", "fixed"),
    "drawn": Text("ved lodtrækning", "by lot"),
    "carry-over": Text("overføres til næste runde", "carried over to the next round"),
    "return": Text("går tilbage", "given back"),
    "redistribute": Text("fordeles igen", "shared out again"),
    "next": Text("til det næste, der kan være der", "to the next one that fits"),
    "next-part": Text("til det næste, også en del", "to the next one, also in part"),
    "first": Text("den første gælder", "the first counts"),
    "last": Text("den sidste gælder", "the last counts"),
    "all-void": Text("ingen gælder", "none counts"),
    "paper-wins": Text("papir går forud for kode", "paper goes before a code"),
    "void": Text("sedlen er ugyldig", "the ballot is void"),
    "keep-clear": Text("det klare tælles", "what is clear counts"),
    "refused": Text("tælles ikke", "do not count"),
    "counted": Text("tælles med", "count"),
    "keep-votes": Text("stemmerne bliver stående, forslaget får intet", "the votes stand, the proposal gets nothing"),
    "void-choice": Text("krydset ved forslaget falder bort", "the mark at the proposal falls away"),
    "no": Text("nej", "no"),
    "yes": Text("ja", "yes"),
    "totals": Text("kun stemmetal", "totals only"),
    "sealed": Text("sedler, der svarer til kvitteringerne", "ballots that fit the receipts"),
    "cheapest": Text("det billigste først", "the cheapest first"),
    "most-votes": Text("det med flest stemmer først", "the one with most votes first"),
    "lot": Text("lodtrækning", "by lot"),
    "0-": Text("et helt tal fra 0", "a whole number from 0"),
    "TEXT": Text("tekst", "text"),
    "NAME": Text("se borgerbudget plans", "see borgerbudget plans"),
}
"""Values of policies; ``open`` means one thing of voting and another of a bundle, see ``value_words``."""
EVENTS: Words = {
    "created": Text("oprettet", "created"),
    "proposals-opened": Text("åbnet for forslag", "opened for proposals"),
    "vetting-started": Text("behandling begyndt", "vetting began"),
    "frozen": Text("låst", "frozen"),
    "thawed": Text("låst op", "thawed"),
    "opened": Text("afstemning åbnet", "voting opened"),
    "suspended": Text("afbrudt", "suspended"),
    "resumed": Text("genoptaget", "resumed"),
    "closed": Text("afstemning lukket", "voting closed"),
    "counted": Text("talt op", "counted"),
    "recounted": Text("talt op igen", "recounted"),
    "published": Text("offentliggjort", "published"),
    "finalised": Text("gjort endelig", "finalised"),
    "archived": Text("arkiveret", "archived"),
    "cancelled": Text("aflyst", "cancelled"),
    "annulled": Text("annulleret", "annulled"),
    "amended": Text("ændret", "amended"),
    "dates-moved": Text("tider flyttet", "dates moved"),
    "codes-issued": Text("koder udstedt", "codes issued"),
    "code-voided": Text("kode spærret", "code voided"),
    "roll-added": Text("vælger tilføjet", "voter added"),
    "roll-struck": Text("vælger slettet", "voter struck"),
    "batch-added": Text("portion af sedler", "batch of ballots"),
    "withdrawn": Text("forslag trukket", "proposal withdrawn"),
    "adjudicated": Text("sedler afgjort", "ballots settled"),
    "hand-counted": Text("urne talt i hånden", "urn counted by hand"),
    "reconciled": Text("afstemt", "reconciled"),
    "box-sealed": Text("kasse forseglet", "box sealed"),
    "lot-drawn": Text("lod trukket", "lot drawn"),
    "appeal-received": Text("klage modtaget", "appeal received"),
    "appeal-decided": Text("klage afgjort", "appeal decided"),
    "awarded": Text("bevilget", "awarded"),
    "reserve-called": Text("kaldt fra reserven", "reserve called"),
    "key-lost": Text("nøgle mistet", "key lost"),
    "key-replaced": Text("nøgle skiftet", "key replaced"),
    "purged": Text("personlige oplysninger slettet", "personal data deleted"),
}
AMENDED: Words = {
    "policies": Text("regler", "policies"),
    "pool": Text("pulje", "pool"),
    "dates": Text("tider", "dates"),
    "proposals": Text("forslag", "proposals"),
    "verdict": Text("afgørelse om forslag", "verdict on a proposal"),
    "numbers": Text("numre på sedlen", "numbers on the ballot"),
    "withdrawal": Text("forslag trukket", "proposal withdrawn"),
    "roll": Text("vælgerliste", "roll"),
    "roll-complete": Text("vælgerlisten er færdig", "the roll is complete"),
    "signers": Text("underskrivere", "signers"),
    "rerun": Text("omvalg", "rerun"),
}
"""What an ``amended`` event changed."""


def value_words(key: str, value: str) -> Text | None:
    """What a policy's value means, part by part where it has several; None for one that says so itself."""
    if (key, value) == ("secrecy", "open"):
        return Text("åben", "open")
    if (key, value) == ("tier", "open"):
        return Text("alle sedler vises", "all ballots are shown")
    if key == "plan" or key.startswith("plan.") or key == "tier_reason":
        return None
    parts = [VALUES.get(part.strip()) for part in value.replace("+", ",").split(",")]
    if None in parts:
        return None
    known = [part for part in parts if part is not None]
    return Text(", ".join(part.da for part in known), ", ".join(part.en for part in known))


def choices_words(key: str, values: str) -> Text:
    """The values that a policy may have, each with what it means: ``open: åben | ...``."""
    mark = "|" if "|" in values else "+" if "+" in values else ","
    found = [(value, value_words(key, value)) for value in values.split(mark)]
    if values in VALUES:
        return VALUES[values]
    said = [Text(*(f"{value}: {text[i]}" for i in (0, 1))) if text else Text(value, value) for value, text in found]
    joint = {"|": " | ", "+": " + ", ",": ", "}[mark]
    return Text(joint.join(one.da for one in said), joint.join(one.en for one in said))
