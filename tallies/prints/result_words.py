"""What stands on the page of a result, in Danish and English."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Text

RESULT = Text("Resultat: {title}", "Result: {title}")
DAY = Text("{day}. {month} {year}", "{day} {month} {year}")

STATUS: Mapping[str, Text] = {
    "counted": Text("TALT OP, IKKE OFFENTLIGGJORT", "COUNTED, NOT PUBLISHED"),
    "provisional": Text("FORELØBIGT RESULTAT", "PROVISIONAL RESULT"),
    "final": Text("ENDELIGT RESULTAT", "FINAL RESULT"),
    "archived": Text("ENDELIGT RESULTAT", "FINAL RESULT"),
    "annulled": Text("ANNULLERET: DETTE RESULTAT GÆLDER IKKE", "ANNULLED: THIS RESULT DOES NOT HOLD"),
}
"""By the round's state, from the count on: large, on top."""
NOT_OF_A_ROUND = Text(
    "OPTÆLLING AF EN FIL: siger ikke, om nogen har vedtaget resultatet",
    "COUNT OF A FILE: does not say whether anybody has adopted the result",
)
COUNTED_DAY = Text(
    "Talt op {day}. Kan ændre sig, før det offentliggøres.", "Counted {day}. May change before it is published."
)
PUBLISHED = Text("Offentliggjort {day}.", "Published {day}.")
APPEALS_UNTIL = Text(
    "Der kan klages til og med {day}. Skriv til {decider}, hvad der er galt, og hvorfor.",
    "Appeals can be made up to and including {day}. Write to {decider} what is wrong, and why.",
)
EXTENDED = Text(
    "Afstemningen var afbrudt, og fristen blev forlænget fra {before} til {after}.",
    "Voting was interrupted, and the deadline was extended from {before} to {after}.",
)
FINALISED = Text("Gjort endeligt {day}.", "Made final {day}.")
ANNULLED = Text(
    "Annulleret {day}. Det, der stod, kan læses herunder.", "Annulled {day}. What it said can be read below."
)
RERUN = Text('Der stemmes igen: runden "{round}".', 'There is another vote: the round "{round}".')
VERSION = Text(
    "Optælling nr. {version}; hvad der blev talt før, er gemt, men gælder ikke.",
    "Count no. {version}; what was counted before is kept, but does not hold.",
)
CONFIRMED = Text(
    "{decider} har bekræftet resultatet {day} ({reference}).", "{decider} confirmed the result on {day} ({reference})."
)
DEVIATES = Text(
    "{decider} har {day} besluttet noget andet end det, optællingen gav ({reference}). Begrundelsen: {grounds}",
    "On {day} {decider} decided otherwise than the count ({reference}). The grounds: {grounds}",
)
APPEALS = Text("{count:klage|klager} er kommet: {upheld} fik medhold, {rejected} blev afvist, {open} er ikke afgjort.",
               "{count:appeal|appeals} came: {upheld} upheld, {rejected} rejected, {open} not decided yet.")  # fmt: skip
HAND_COUNT = Text(
    "TALT I HÅNDEN: kun summerne er tastet ind, så programmet kan ikke tælle sedlerne om.",
    "COUNTED BY HAND: only the totals were entered, so the program cannot count the ballots again.",
)

WINNERS = Text("Hvem får penge", "Who gets money")
NOBODY = Text("Ingen forslag får penge.", "No proposal gets money.")
LOSERS = Text("Hvem får ikke penge", "Who gets no money")
NUMBER, ID = Text("Nr.", "No."), Text("Id", "Id")
PROPOSAL = Text("Forslag", "Proposal")
COST = Text("Søger om", "Applies for")
GETS = Text("Får", "Gets")
COMPUTED = Text("Optællingen gav", "The count gave")
DECIDED = Text("Besluttet", "Decided")
AWARDED = Text("Bevilget", "Awarded")
REMARK = Text("Bemærkning", "Remark")
WHY_NOT = Text("Hvorfor ikke", "Why not")
DECIDED_SUM = Text(
    "Besluttet i alt: {spent}; {left} er tilbage af puljen.", "Decided in all: {spent}; {left} of the pool is left."
)
SPENT_ON = Text("Hvad pengene går til", "What the money is for")
SPENT_KINDS: Mapping[str, Text] = {
    "area": Text("Område", "Area"), "category": Text("Kategori", "Category"), "goal": Text("Verdensmål", "UN goal"),
}  # fmt: skip
COLUMNS_SPENT = (Text("Hvad", "What"), Text("Beløb", "Amount"))

WHY = Text("Hvorfor, forslag for forslag", "Why, proposal by proposal")
TIES = Text("Lige stemmer og lodtrækning", "Ties and the draw of lots")
NO_TIE = Text("Ingen forslag stod lige, så det betød noget.", "No proposals were tied so that it mattered.")
TIE = Text("{tied} stod lige. {chosen} gik først: {how}.", "{tied} were tied. {chosen} went first: {how}.")
BALLOTS = Text("Stemmerne", "The votes")
BALLOT_ROWS: Mapping[str, Text] = {
    "eligible": Text("Kunne stemme", "Could vote"), "voters": Text("Har stemt", "Voted"),
    "given": Text("Har stemt eller fået en seddel", "Voted or were given a ballot"),
    "turnout": Text("Deltagelse", "Turnout"), "valid": Text("Sedler, der tælles", "Ballots that count"),
    "blank": Text("heraf blanke", "of these blank"), "rejected": Text("Sedler, der ikke tælles", "Ballots that do not count"),
}  # fmt: skip
COLUMNS_BALLOTS = (Text("Hvad", "What"), Text("Antal", "Number"))
REJECTED = Text("heraf: {reason}", "of these: {reason}")
FEW = Text("1-4", "1-4")
FEW_MEANS = Text(
    "Grunde med færre end fem sedler står som 1-4, så ingen kan kendes på dem.",
    "Reasons of fewer than five ballots stand as 1-4, so that nobody can be known by them.",
)

HOW = Text("Sådan er der talt", "How it was counted")
CHECK = Text("Regn efter", "Check it yourself")
CHECK_FILE = Text(
    "Filen har SHA-256 {sha256}. Med programmet borgerbudget tæller enhver den om: borgerbudget tally FIL --plan {plan} --verify",
    "The file has the SHA-256 {sha256}. With the program borgerbudget anyone can count it again: "
    "borgerbudget tally FILE --plan {plan} --verify",
)
CHECK_BUNDLE = Text(
    "Revisionspakken {name} rummer alt, hvad der skal til for at efterprøve resultatet. Dens SHA-256 står herunder; er "
    "tallet et andet, er det ikke denne pakke.",
    "The audit bundle {name} holds all that is needed to check the result. Its SHA-256 stands below; with another number it "
    "is not this bundle.",
)
CHECK_ASK = Text(
    "Alt, hvad der skal til for at efterprøve resultatet, ligger i rundens revisionspakke. Bed {decider} om den.",
    "All that is needed to check the result is in the round's audit bundle. Ask {decider} for it.",
)
CHECK_HOW = Text(
    "Prøv den med: borgerbudget audit verify {name} - eller uden programmet, med filen verify.py og Python: "
    "python3 verify.py {name}",
    "Check it with: borgerbudget audit verify {name} - or without the program, with the file verify.py and Python: "
    "python3 verify.py {name}",
)
CHECK_RECEIPT = Text(
    "Har du stemt og fået en kvittering, kan du se, at din seddel ligger i kassen: sæt --receipt KVITTERING bag på.",
    "If you voted and were given a receipt you can see that your ballot is in the box: add --receipt RECEIPT.",
)
COLUMNS_CHECK = (Text("Hvad", "What"), Text("Fingeraftryk (SHA-256)", "Fingerprint (SHA-256)"))
CHECK_ROWS: Mapping[str, Text] = {
    "bundle": Text("Revisionspakken", "The audit bundle"),
    "frozen": Text("Regler, forslag og beløb, som de blev låst", "Rules, proposals and amounts as they were frozen"),
    "root": Text("Stemmekassen, da den blev forseglet", "The box when it was sealed"),
    "funded": Text("Hvem der får hvor meget efter optællingen", "Who gets how much by the count"),
}  # fmt: skip
SIGNER = Text("Underskriver ({role})", "Signer ({role})")
ROLES: Mapping[str, Text] = {"clerk": Text("sekretær", "clerk"), "auditor": Text("revisor", "auditor")}
"""Of signers; other words stand as they are."""
FILE_FOOT = Text("borgerbudget {version} · plan {plan}", "borgerbudget {version} · plan {plan}")
