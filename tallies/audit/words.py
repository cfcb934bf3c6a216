"""What the audit says to people, in Danish and English."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

WRITTEN = Text(
    "Skrevet: {path} (SHA-256 {sha256}). Efterprøv: borgerbudget audit verify {path}",
    "Written: {path} (SHA-256 {sha256}). Check it: borgerbudget audit verify {path}",
)
ROLES = {"clerk": Text("sekretær", "clerk"), "auditor": Text("revisor", "auditor")}

CANNOT_BE_WRITTEN = {
    "two areas have the same name": "to områder har samme navn",
    "a number is too large": "et tal er for stort",
    "nested too deeply": "noget ligger for dybt i noget andet",
    "a text is not in normal form or has unfit characters": "en tekst har tegn, som ikke må stå i en pakke",
    "too many members or too large": "den ville få for mange filer eller blive for stor",
    "too large": "den ville blive for stor",
}
"""Why a round cannot be written as a bundle: what the writer says, and the same in Danish."""


def why_not_written(error: ValueError) -> Text:
    english = str(error)
    return Text(CANNOT_BE_WRITTEN.get(english, "noget i den har ingen plads i en pakke"), english)


PROBLEMS = Catalogue(
    {
        "BUN-001": Entry(
            Text('id\'et "{value}" kan ikke stå i en revisionspakke', 'the id "{value}" cannot stand in an audit bundle'),
            Text('kald forslaget noget andet i filen, fx "{suggestion}": 1 til 64 af A-Z a-z 0-9 . _ / -',
                 'give the proposal another id in the file, e.g. "{suggestion}": 1 to 64 of A-Z a-z 0-9 . _ / -'),
        ),
        "BUN-002": Entry(
            Text('rundens navn "{value}" kan ikke stå i en revisionspakke',
                 'the round\'s name "{value}" cannot stand in an audit bundle'),
            Text("giv runden et navn med --round: 1 til 64 af A-Z a-z 0-9 . _ -",
                 "name the round with --round: 1 to 64 of A-Z a-z 0-9 . _ -"),
        ),
        "BUN-003": Entry(
            Text("runden kan ikke skrives som revisionspakke: {reason}",
                 "the round cannot be written as an audit bundle: {reason}"),
            Text("ret runden og prøv igen", "mend the round and try again"),
        ),
        "BUN-004": Entry(
            Text("en fil har ingen forseglede sedler: --tier sealed findes kun for runder",
                 "a plain file has no sealed ballots: only rounds have the tier sealed"),
            Text("brug --tier open eller --tier totals", "use --tier open or --tier totals"),
        ),
        "BUN-005": Entry(
            Text("pakken skal kun vise stemmetal, men filens fingeraftryk kunne røbe sedlerne",
                 "the tier totals does not show the file's ballots, but the file's hash could give them away"),
            Text("giv runden et navn med --round, som skrives i stedet", "name the round with --round, written in its place"),
        ),
        "BUN-006": Entry(
            Text("{signers:nøgle|nøgler} kan ikke give {threshold:underskrift|underskrifter}",
                 "{signers:key|keys} cannot give {threshold:signature|signatures}"),
            Text("giv --signer for hver nøgle, og --threshold fra 1 til deres antal",
                 "give --signer for each key, and --threshold from 1 to their number"),
        ),
        "BUN-007": Entry(
            Text("filen er ikke en revisionspakke, som den skal være", "the file is not an audit bundle in its one form"),
            Text("brug filen, som audit bundle skrev den; audit verify siger, hvad der er galt",
                 "use the file as audit bundle wrote it; audit verify says what is wrong"),
        ),
        "BUN-008": Entry(
            Text("nøglen {fingerprint} er ikke en af rundens underskrivere",
                 "the key {fingerprint} is not one of the round's signers"),
            Text("brug nøglen med fingeraftrykket {expected}; kun hvis rundens underskrivere er forkerte, laves pakken om",
                 "use the key with the fingerprint {expected}; only if the round's signers are wrong is the bundle made again"),
        ),
        "BUN-024": Entry(
            Text("runden nævner ingen underskrivere, så pakken kan ikke skrives under",
                 "the round names no signers, so that the bundle cannot be signed"),
            Text("nøgler nævnes, før der låses eller tælles (round signer, eller audit bundle --signer); offentliggør filens "
                 "SHA-256 i stedet",
                 "keys are named before freezing or counting (round signer, or audit bundle --signer); announce the file's "
                 "SHA-256 instead"),
        ),
        "BUN-009": Entry(
            Text("pakken holder ikke: {fault}", "the bundle does not hold: {fault}"),
            Text("se resten med audit verify; der er ikke skrevet under",
                 "see the rest with audit verify; nothing was signed"),
        ),
        "BUN-010": Entry(
            Text("en optælling i hånden har ingen sedler at vise, kun stemmetal",
                 "a hand count has no ballots to show: only the tier totals"),
            Text("brug --tier totals", "use --tier totals"),
        ),
        "BUN-011": Entry(
            Text("den samme nøgle er givet to gange", "the same key is given twice"),
            Text("giv hver underskrivers egen nøgle én gang", "give each signer's own key once"),
        ),
        "BUN-012": Entry(
            Text("pakken har et andet efterprøvningsprogram (verify.py) end det, der er installeret",
                 "the bundle holds another verifier (verify.py) than the one that is installed"),
            Text("lav pakken igen med denne udgave, og skriv under på den; der er ikke skrevet under",
                 "make the bundle again with this version and sign that; nothing was signed"),
        ),
        "BUN-013": Entry(
            Text("sedlerne er få, eller mange af dem er der kun én af, og runden siger ikke, hvorfor de alligevel vises",
                 "the ballots are few, or many of them are the only one of their kind, and the round does not say why they "
                 "are shown all the same"),
            Text("skriv begrundelsen, før runden låses, eller offentliggør kun stemmetal (--tier totals)",
                 "record the reason before the round is frozen, or publish the tier totals"),
        ),
        "BUN-014": Entry(
            Text("lodtrækningen har hverken terninger eller vidner: ingen kan prøve den efter",
                 "the lot has neither dice nor witnesses: nobody can check it"),
            Text("nævn mindst ét vidne med --witness, eller træk lod med terninger (--lot-dice)",
                 "name at least one witness with --witness, or draw the lot with dice (--lot-dice)"),
        ),
        "BUN-015": Entry(
            Text("runden har besluttet at vise mindre: --tier {settled}, og {tier} viser mere",
                 "the round has settled the tier {settled}: {tier} shows more"),
            Text("brug --tier {settled}", "publish the tier {settled}"),
        ),
        "BUN-016": Entry(
            Text('"{value}" ligner en fils SHA-256 og kan ikke være rundens navn',
                 '"{value}" looks like a file\'s SHA-256 and cannot be the round\'s name'),
            Text("giv et navn, som folk kender runden på, fx lillevig-2026",
                 "give the name that people know the round by, e.g. lillevig-2026"),
        ),
        "BUN-017": Entry(
            Text("begrundelsen for at vise sedlerne er tom", "the reason for the tier is blank"),
            Text("skriv med ord, hvorfor sedlerne må vises, eller brug --tier totals --round NAVN",
                 "say in words why the ballots may be shown, or use --tier totals --round NAME"),
        ),
        "BUN-018": Entry(
            Text("et vidne har intet navn", "a witness has no name"),
            Text("giv --witness NAVN for hvert vidne", "give --witness NAME for each witness"),
        ),
        "BUN-019": Entry(
            Text("der er vidner, men ingen lodtrækning", "there are witnesses, but no lot was drawn"),
            Text("giv lodtrækningen med --lot-order eller --lot-dice, eller fjern --witness",
                 "give the lot with --lot-order or --lot-dice, or leave out --witness"),
        ),
        "BUN-020": Entry(
            Text("{ballots} sedler, heraf {unique} som ingen anden har afgivet: det foreslås kun at vise stemmetal, "
                 "men alle sedler er skrevet i pakken, fordi intet andet blev valgt",
                 "{ballots} ballots, {unique} of them cast by nobody else: the tier totals is proposed, and open was written "
                 "because no tier was chosen; the ballots stand in the bundle"),
            Text("vælg, før pakken deles: --tier totals --round NAVN, eller --tier open --tier-reason TEKST",
                 "choose before the bundle is shared: --tier totals --round NAME, or --tier open --tier-reason TEXT"),
        ),
        "BUN-022": Entry(
            Text("pakken har en anden form ({schema}) end den, der skrives nu ({ours}), og prøves ikke så grundigt",
                 "the bundle has another format ({schema}) than what is written now ({ours}), and is checked less thoroughly"),
            Text("lav pakken igen med denne udgave, og skriv under på den; der er ikke skrevet under",
                 "make the bundle again with this version and sign that; nothing was signed"),
        ),
        "BUN-023": Entry(
            Text("sedlerne vejer efter område, men profilen er fra en ældre udgave og siger ikke, hvor mange mennesker der har "
                 "afgivet dem",
                 "the ballots weigh by area, but the profile is of an older version and does not tell how many people cast them"),
            Text("lav profilen igen af den fil, den er skrevet af (borgerbudget convert), eller lav pakken af den fil",
                 "make the profile again from its file (borgerbudget convert), or make the bundle of that file"),
        ),
        "KEY-001": Entry(
            Text("adgangssætningen er for kort", "the passphrase is too short"),
            Text("vælg mindst {least} tegn", "choose at least {least} characters"),
        ),
        "KEY-002": Entry(
            Text("nøglen kan ikke læses, eller adgangssætningen er forkert",
                 "the key cannot be read, or the passphrase is wrong"),
            Text("brug .pem-filen fra audit keygen, og den adgangssætning, som nøglen blev lavet med",
                 "use the .pem file from audit keygen, and the passphrase that the key was made with"),
        ),
        "KEY-003": Entry(
            Text("filen er ikke en Ed25519-nøgle", "the file is not an Ed25519 key"),
            Text("brug filerne fra audit keygen: .pem underskriver, .pub er offentlig",
                 "use the files from audit keygen: .pem signs, .pub is public"),
        ),
        "KEY-004": Entry(
            Text("nøglen er ikke beskyttet af en adgangssætning", "the key is not protected by a passphrase"),
            Text("lav en ny med audit keygen", "make a new one with audit keygen"),
        ),
        "KEY-005": Entry(
            Text("de to adgangssætninger er ikke ens", "the two passphrases differ"),
            Text("prøv igen", "try again"),
        ),
        "KEY-007": Entry(
            Text("{path} findes allerede, og en nøgle overskrives aldrig",
                 "{path} exists already, and a key is never overwritten"),
            Text("giv den nye nøgle et andet navn", "give the new key another name"),
        ),
        "KEY-008": Entry(
            Text("der er ingen terminal at spørge om adgangssætningen i",
                 "there is no terminal to ask for the passphrase in"),
            Text("skriv den i en fil, som kun du kan læse, og giv --passphrase-file FIL",
                 "write it in a file that only you can read, and give --passphrase-file FILE"),
        ),
        "KEY-009": Entry(
            Text("filen er den hemmelige del af en nøgle (.pem)", "the file is the secret half of a key (.pem)"),
            Text("brug den offentlige del (.pub), og giv aldrig den hemmelige til nogen",
                 "use the public half (.pub), and never give the secret one to anybody"),
        ),
        "KEY-010": Entry(
            Text("filen er den offentlige del af en nøgle (.pub) og kan ikke skrive under",
                 "the file is the public half of a key (.pub) and cannot sign"),
            Text("brug den hemmelige del (.pem)", "use the secret half (.pem)"),
        ),
        "KEY-006": Entry(
            Text("adgangssætningen er ikke tekst i UTF-8", "the passphrase is not text in UTF-8"),
            Text("skriv den i en tekstfil gemt som UTF-8", "write it in a text file saved as UTF-8"),
        ),
    }
)  # fmt: skip
