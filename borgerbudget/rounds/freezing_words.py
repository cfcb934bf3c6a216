"""What is missing or does not go together before a round is frozen, and what is told of before it is."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Entry, Text

ENTRIES: Mapping[str, Entry] = {
    "STA-010": Entry(
        Text("ikke afgjort: {asks}", "not settled: {asks}"),
        Text(
            "borgerbudget rules set {round} {key}=...   {values}",
            "borgerbudget rules set {round} {key}=...   {values}",
        ),
    ),
    "STA-011": Entry(
        Text("puljen er tom", "the pool is empty"),
        Text(
            "borgerbudget round pool {round} --source NAVN --amount BELØB",
            "borgerbudget round pool {round} --source NAME --amount AMOUNT",
        ),
    ),
    "STA-013": Entry(
        Text(
            "double_vote={value} kræver kuverter, og dem har kun koder",
            "double_vote={value} needs envelopes, which only codes have",
        ),
        Text(
            "borgerbudget rules set {round} double_vote=first, eller channels=code",
            "borgerbudget rules set {round} double_vote=first, or channels=code",
        ),
    ),
    "STA-014": Entry(
        Text(
            "withdrawal=void-choice ville flytte de andre valg på rangordnede sedler",
            "withdrawal=void-choice would move the other choices on ranked ballots",
        ),
        Text(
            "borgerbudget rules set {round} withdrawal=keep-votes",
            "borgerbudget rules set {round} withdrawal=keep-votes",
        ),
    ),
    "STA-015": Entry(
        Text("på et møde ser den, der taster, hvad der stemmes", "at a meeting whoever keys the ballot sees it"),
        Text(
            "borgerbudget rules set {round} secrecy=open, eller channels=code",
            "borgerbudget rules set {round} secrecy=open, or channels=code",
        ),
    ),
    "STA-016": Entry(
        Text(
            "revisionspakkens niveau {tier} viser mere end stemmetal og kræver en begrundelse",
            "the audit bundle's tier {tier} shows more than totals and needs a reason",
        ),
        Text('borgerbudget rules set {round} tier_reason="..."', 'borgerbudget rules set {round} tier_reason="..."'),
    ),
    "STA-017": Entry(
        Text(
            "{signers} nøgler kan ikke give {threshold} underskrifter",
            "{signers} keys cannot give {threshold} signatures",
        ),
        Text(
            "borgerbudget round signer {round} NØGLE.pub, eller rules set {round} threshold=...",
            "borgerbudget round signer {round} KEY.pub, or rules set {round} threshold=...",
        ),
    ),
    "STA-018": Entry(
        Text(
            "en runde skal kunne afgøre stemmelighed: ties skal ende i lot",
            "a round must be able to settle ties: ties must end in lot",
        ),
        Text(
            "borgerbudget rules set {round} ties=cheapest,most-votes,lot",
            "borgerbudget rules set {round} ties=cheapest,most-votes,lot",
        ),
    ),
    "STA-020": Entry(
        Text("der er ingen godkendte forslag", "there are no accepted proposals"),
        Text(
            "borgerbudget proposal add {round} ID ..., og proposal vet {round} ID --accept",
            "borgerbudget proposal add {round} ID ..., and proposal vet {round} ID --accept",
        ),
    ),
    "STA-021": Entry(
        Text("ikke alle forslag er behandlet: {proposals}", "not every proposal has been decided on: {proposals}"),
        Text(
            "borgerbudget proposal vet {round} ID --accept eller --reject --reason GRUND",
            "borgerbudget proposal vet {round} ID --accept or --reject --reason WHY",
        ),
    ),
    "STA-022": Entry(
        Text(
            "forslagene har ikke hver sit nummer på stemmesedlen",
            "the proposals do not each have a number on the ballot",
        ),
        Text("borgerbudget proposal number {round}", "borgerbudget proposal number {round}"),
    ),
    "STA-023": Entry(
        Text("det er ikke sagt, hvornår afstemningen åbner og lukker", "it is not said when voting opens and closes"),
        Text(
            'borgerbudget round dates {round} --opens "..." --closes "..."',
            'borgerbudget round dates {round} --opens "..." --closes "..."',
        ),
    ),
    "STA-024": Entry(
        Text("afstemningen lukker {closes}, før den åbner", "voting closes {closes}, before it opens"),
        Text('borgerbudget round dates {round} --closes "..."', 'borgerbudget round dates {round} --closes "..."'),
    ),
    "STA-025": Entry(
        Text("vælgerlisten er tom", "the roll is empty"),
        Text(
            "borgerbudget roll add {round} ID ..., eller rules set {round} channels=meeting",
            "borgerbudget roll add {round} ID ..., or rules set {round} channels=meeting",
        ),
    ),
    "STA-070": Entry(
        Text(
            "double_vote=paper-wins gælder kun, hvor der stemmes både med kode og på papir",
            "double_vote=paper-wins is only for voting both with codes and on paper",
        ),
        Text("borgerbudget rules set {round} double_vote=first", "borgerbudget rules set {round} double_vote=first"),
    ),
    "STA-071": Entry(
        Text("der stemmes på papir, men ingen stemmekasse er nævnt", "there is voting on paper, but no urn is named"),
        Text(
            "borgerbudget rules set {round} urns=hallen (flere med +: urns=hallen+brugsen)",
            "borgerbudget rules set {round} urns=hall (several with +: urns=hall+shop)",
        ),
    ),
    "STA-072": Entry(
        Text(
            "der er nævnt stemmekasser, men der stemmes ikke på papir",
            "urns are named, but there is no voting on paper",
        ),
        Text(
            "borgerbudget rules set {round} channels=paper (eller code+paper), eller rules set {round} --unset urns",
            "borgerbudget rules set {round} channels=paper (or code+paper), or rules set {round} --unset urns",
        ),
    ),
    "STA-074": Entry(
        Text(
            "sedler kan kun tælles i hånden, hvor alle stemmer på papir",
            "ballots can be counted by hand only where everybody votes on paper",
        ),
        Text(
            "borgerbudget rules set {round} channels=paper urns=hallen (på et møde også eligibility=attendance)",
            "borgerbudget rules set {round} channels=paper urns=hall (at a meeting also eligibility=attendance)",
        ),
    ),
    "STA-075": Entry(
        Text(
            "en runde, der tælles i hånden, har ingen sedler at vise",
            "a round that is counted by hand has no ballots to show",
        ),
        Text("borgerbudget rules set {round} tier=totals", "borgerbudget rules set {round} tier=totals"),
    ),
    "STA-080": Entry(
        Text(
            "ingen nøgle er nævnt, så rundens revisionspakke aldrig kan skrives under",
            "no key is named, so that the round's audit bundle can never be signed",
        ),
        Text(
            "før låsningen: borgerbudget audit keygen NAVN, og borgerbudget round signer {round} NAVN.pub",
            "before freezing: borgerbudget audit keygen NAME, and borgerbudget round signer {round} NAME.pub",
        ),
    ),
    "STA-081": Entry(
        Text("runden har ingen titel", "the round has no title"),
        Text(
            "på stemmesedlen står der intet øverst; borgerbudget round new laver en anden",
            "nothing stands at the head of the ballot; borgerbudget round new makes another",
        ),
    ),
    "STA-082": Entry(
        Text('forslaget "{value}" har ingen titel', 'the proposal "{value}" has no title'),
        Text(
            'borgerbudget proposal amend {round} {value} --title "..."',
            'borgerbudget proposal amend {round} {value} --title "..."',
        ),
    ),
    "STA-083": Entry(
        Text(
            'forslaget "{value}" koster {cost}, mere end hele puljen ({pool}): det kan ikke få penge',
            'the proposal "{value}" costs {cost}, more than the whole pool ({pool}): it cannot be funded',
        ),
        Text(
            "borgerbudget proposal amend {round} {value} --cost BELØB, eller "
            "borgerbudget proposal vet {round} {value} --reject --reason GRUND",
            "borgerbudget proposal amend {round} {value} --cost AMOUNT, or "
            "borgerbudget proposal vet {round} {value} --reject --reason WHY",
        ),
    ),
    "STA-090": Entry(
        Text(
            'id\'et "{proposal}" er også nummeret på et andet forslag på stemmesedlen',
            'the id "{proposal}" is also the number of another proposal on the ballot',
        ),
        Text(
            "giv forslagene samme numre som id'er: borgerbudget proposal number {round} {order}; eller brug id'er med et "
            "bogstav, fx p{proposal}",
            "let numbers and ids agree: borgerbudget proposal number {round} {order}; or use ids with a letter, e.g. "
            "p{proposal}",
        ),
    ),
    "STA-091": Entry(
        Text("afstemningen lukker {closes}: den tid er gået", "voting closes {closes}: that is past"),
        Text('borgerbudget round dates {round} --closes "..."', 'borgerbudget round dates {round} --closes "..."'),
    ),
}
