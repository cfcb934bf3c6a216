"""The sentences of the page, in Danish and English: one for every word that a plan can hold."""

from __future__ import annotations

from collections.abc import Mapping

from borgerbudget.words import Text

Sentences = Mapping[str, Text]

TITLE = Text("REGLER FOR AFSTEMNINGEN", "THE RULES OF THE VOTE")
SIGNED = Text(
    "Godkendt den ____________________  Underskrift: ______________________________",
    "Approved on ____________________  Signature: ______________________________",
)
PLAN = Text("Plan: {plan}. Pulje: {pool}.", "Plan: {plan}. Pool: {pool}.")
PLAN_ALONE = Text("Plan: {plan}.", "Plan: {plan}.")
SECTIONS: Sentences = {
    "taking-part": Text("Hvem kan få penge", "Who may be funded"),
    "voting": Text("Hvordan der stemmes og tælles", "How votes are cast and counted"),
    "sharing": Text("Hvordan pengene deles", "How the money is shared"),
    "constraints": Text("Betingelser", "Constraints"),
    "ties": Text("Når forslag står lige", "Ties"),
    "leftover": Text("Det, der bliver tilbage", "What is left over"),
    "reserve": Text("Reserver, og hvis nogen trækker sig", "Reserves and withdrawal"),
    "example": Text("Eksempel", "Example"),
    "settings": Text("Indstillingerne, som de skrives", "The settings as they are written"),
}

# --- who may be funded -------------------------------------------------------------------------------------------------

ELECTORATE_APART = Text(
    "Mødet beslutter særskilt, hvem der må stemme, og indtil hvornår.",
    "Who may vote, and until when, the meeting decides apart from this page.",
)
FITTING: Sentences = {
    "whole": Text("Et forslag, der koster mere end puljen, kan ikke få penge.",
                  "A proposal that costs more than the pool cannot be funded."),
    "topped-up": Text("Et forslag kan få penge, når mindst {share} af prisen kan være i puljen.",
                      "A proposal can be funded when at least {share} of its cost fits in the pool."),
    "asked": Text("Et forslag, som skulle have mere end puljen, kan ikke få penge.",
                  "A proposal that should get more than the pool cannot be funded."),
    "part": Text("Et forslag kan få en del af sin pris, men aldrig mindre end det mindste beløb, det kan gennemføres med.",
                 "A proposal may get a part of its cost, but never less than the least with which it can be carried out."),
    "whole, given": Text("Et forslag, der koster mere, end der er tilbage efter det, der gives på forhånd, kan ikke få penge.",
                         "A proposal that costs more than is left after what is given beforehand cannot be funded."),
    "asked, given": Text("Et forslag, som skulle have mere, end der er tilbage efter det, der gives på forhånd, kan ikke få "
                         "penge.",
                         "A proposal that should get more than is left after what is given beforehand cannot be funded."),
}  # fmt: skip
SUPPORT: Sentences = {
    "asked": Text("Et forslag, som ingen stemmer på, får aldrig penge.", "A proposal without votes is never funded."),
    "voteless": Text("Mødet har selv afgjort, hvem der får penge; der spørges ikke om stemmer.",
                     "The meeting itself has decided who is funded; votes are not asked for."),
}  # fmt: skip
NO_THRESHOLD = Text("Der er ingen grænse for, hvor mange stemmer et forslag skal have.",
                    "There is no threshold of votes.")  # fmt: skip

# --- votes -------------------------------------------------------------------------------------------------------------

METHODS: Sentences = {
    "approval": Text("Man sætter kryds ved de forslag, man støtter. Hvert kryds er én stemme.",
                     "A voter marks the proposals that she supports. Every mark is one vote."),
    "knapsack": Text("Man fylder en kurv med forslag, hvis priser tilsammen holder sig inden for kurven. Hvert forslag i "
                     "kurven får én stemme.",
                     "A voter fills a basket with proposals whose costs together stay within it. Every proposal in the "
                     "basket gets one vote."),
    "points": Text("Man giver forslag point (kugler), flere til det samme, hvis man vil. Forslagets stemmetal er summen.",
                   "A voter gives proposals points (balls), several to one if she likes. A proposal's score is the sum."),
    "scoring": Text("Man giver hvert forslag en karakter. Forslagets stemmetal er summen.",
                    "A voter gives every proposal a grade. A proposal's score is the sum."),
    "ranked": Text("Man skriver forslag i rækkefølge, det bedste først. Pladsen giver point, og stemmetallet er summen.",
                   "A voter lists proposals, the best first. The place gives points, and the score is the sum."),
    "hand-count": Text("Stemmerne tælles i hånden på mødet, og kun summerne skrives op; ingen kan tælle dem efter senere.",
                       "The votes are counted by hand at the meeting and only the totals are kept; nobody can recount."),
}  # fmt: skip
LIMITS: Mapping[str, tuple[Text, Text, Text]] = {
    "length": (Text("Mindst {value} forslag på en seddel.", "Proposals on a ballot: at least {value}."),
               Text("Højst {value} forslag på en seddel.", "Proposals on a ballot: at most {value}."),
               Text("Præcis {value} forslag på en seddel.", "Proposals on a ballot: exactly {value}.")),
    "sum_cost": (Text("Kurven fyldes med mindst {value}.", "A basket holds at least {value}."),
                 Text("Kurven rummer højst {value}.", "A basket holds at most {value}."),
                 Text("Kurven fyldes med præcis {value}.", "A basket holds exactly {value}.")),
    "points": (Text("Mindst {value} point til et forslag på sedlen.", "Points to a proposal on the ballot: at least {value}."),
               Text("Højst {value} point til ét forslag.", "Points to one proposal: at most {value}."),
               Text("Hvert forslag på sedlen får {value} point.", "Points to a proposal on the ballot: exactly {value}.")),
    "sum_points": (Text("Mindst {value} point på en seddel.", "Points on a ballot: at least {value}."),
                   Text("Højst {value} point på en seddel.", "Points on a ballot: at most {value}."),
                   Text("Præcis {value} point på en seddel.", "Points on a ballot: exactly {value}.")),
}  # fmt: skip
"""Limit -> at least, at most, exactly; what a round does not declare is not told."""
UNLISTED = Text("Et forslag, der ikke står på sedlen, får {value} point.", "An unlisted proposal gets points: {value}.")
AREAS: Sentences = {
    "area_weights": Text("En seddel vejer efter, hvilket område den kommer fra: {value}.",
                         "A ballot weighs by the area that it comes from: {value}."),
    "area_population": Text("Stemmerne rettes, så hvert område tæller som sine indbyggere: {value}.",
                            "Votes are corrected so that every area counts as its inhabitants: {value}."),
}  # fmt: skip
FORM_APART = Text("Sedlens form hører til runden og ikke til planen; i eksemplet er den sådan:",
                  "The form of a ballot belongs to the round and not to the plan; in the example it is this:")  # fmt: skip

# --- parameters --------------------------------------------------------------------------------------------------------

TERMS: Mapping[str, tuple[str, Text | Sentences]] = {
    "turnout": ("taking-part", Text("Der skal være mindst {value} stemmesedler; ellers får ingen penge.",
                                    "There must be at least {value} ballots; else nobody is funded.")),
    "electorate": ("taking-part", Text("{value} kan stemme.", "{value} can vote.")),
    "threshold": ("taking-part", Text("Et forslag skal have et stemmetal på mindst {value}.",
                                      "A proposal needs a score of at least {value}.")),
    "threshold_share": ("taking-part", Text("Et forslag skal have mindst så mange stemmer som {value} af antallet af "
                                            "stemmesedler.",
                                            "A proposal needs at least {value} as many votes as there are ballots.")),
    "cost_share": ("taking-part", Text(
        "Jo dyrere et forslag er, jo flere stemmer kræver det: stemmer delt med stemmesedler skal mindst være {value} af pris "
        "delt med pulje.",
        "The dearer a proposal, the more votes it needs: votes over ballots must be at least {value} of cost over pool.")),
    "withdrawn": ("taking-part", Text("Trukket tilbage efter afstemningen: {value}.", "Withdrawn after the vote: {value}.")),
    "pre_funded": ("taking-part", Text("Får sin pris af puljen på forhånd, uden afstemning: {value}.",
                                       "Gets its cost from the pool beforehand, without a vote: {value}.")),
    "cap": ("taking-part", {
        "whole": Text("Et forslag, der koster mere end {value}, kan ikke få penge.",
                      "A proposal that costs more than {value} cannot be funded."),
        "part": Text("Intet forslag får mere end {value}.", "No proposal gets more than {value}."),
    }),
    "points_table": ("voting", Text("Point efter plads på sedlen: {value}.", "Points by place on the ballot: {value}.")),
    "utility": ("sharing", {
        "cost": Text("Et forslag er det værd for sine støtter, som det koster.",
                     "A proposal is worth its cost to its supporters."),
        "count": Text("Alle forslag er lige meget værd for deres støtter.",
                      "All proposals are worth the same to their supporters."),
        "points": Text("Et forslag er de point værd, man gav det.", "A proposal is worth the points it was given."),
    }),
    "start": ("sharing", {
        "integral": Text("Andelen er fra begyndelsen i hele kroner.", "The share starts in whole currency units."),
        "exact": Text("Andelen er fra begyndelsen puljen delt nøjagtigt.", "The share starts as the pool divided exactly."),
    }),
    "increment": ("sharing", Text("Andelen hæves {value} pr. vælger ad gangen.",
                                  "The share is raised by {value} per voter at a time.")),
    "comparison": ("sharing", {
        "none": Text("", ""),
        "satisfaction": Text(
            "Til sidst sammenlignes med flest stemmer først: er flere vælgere bedre tjent med det (flere af deres forslag får "
            "penge), gælder det.",
            "Finally it is compared with most votes first, which holds if more voters are better off with it (more of their "
            "proposals are funded)."),
        "exclusion-ratio": Text(
            "Til sidst sammenlignes med flest stemmer først: går flere vælgere ikke tomhændet hjem med det, gælder det.",
            "Finally it is compared with most votes first, which holds if it leaves fewer voters without anything."),
    }),
    "prizes": ("sharing", Text("Præmierne efter plads: {value}.", "The prizes by place: {value}.")),
    "bands": ("sharing", Text("Satserne: {value}.", "The rates: {value}.")),
    "winners": ("sharing", {
        "one": Text("Kun den første får.", "Only the first gets money."),
        "more": Text("Kun de {value} første deler.", "Only the first {value} share."),
    }),
    "recipients": ("sharing", {
        "supported": Text("Der deles mellem dem, som nogen stemte på.", "It is shared by those that somebody voted for."),
        "all": Text("Mødet har besluttet, at der deles mellem alle.", "The meeting decided that it is shared by all."),
    }),
    "unit": ("sharing", Text("Alle beløb er i hele {value}.", "All amounts are whole multiples of {value}.")),
    "remainder": ("sharing", {
        "order": Text("Det, der ikke går op, går til de første i tur, én del til hver.",
                      "What does not divide goes to the first in turn, one part each."),
        "order, everyones-share": Text("Det, der ikke går op, går til dem, der mistede mest ved afrundingen, én del til hver.",
                                       "What does not divide goes to those who lost most by rounding, one part each."),
        "leave": Text("Det, der ikke går op, bliver i puljen.", "What does not divide stays in the pool."),
    }),
    "unused": ("constraints", {
        "common": Text("Hvad der ikke bruges af {value}, går til alle forslag.",
                       "What is not used of {value} goes to all proposals."),
        "leave": Text("Hvad der ikke bruges af {value}, hører med til det, der bliver tilbage.",
                      "What is not used of {value} is part of what is left over."),
        "resplit": Text("Er der ingen forslag at give penge til i en af delene {value}, deles den lige mellem de andre. Hvad der "
                        "ellers ikke bruges af en del, hører med til det, der bliver tilbage.",
                        "Where one of the parts {value} has no proposal to fund, it is split equally among the others. What is "
                        "not used of a part otherwise is part of what is left over."),
    }),
    "leftover": ("leftover", {
        "carry-over": Text("Det gemmes til næste runde.", "It is carried over to the next round."),
        "return": Text("Det går tilbage til dem, der gav det.", "It is returned to those who gave it."),
        "next": Text("Det går til de næste efter stemmer, der kan få hele beløbet. Resten bliver i puljen.",
                     "It goes to the next by votes that can be paid in full. The rest stays in the pool."),
        "next-part": Text("Det går til de næste efter stemmer; den første, det ikke rækker til, får det, der er, hvis det kan "
                          "gennemføres med det.",
                          "It goes to the next by votes; the first that it does not suffice for gets what there is if it can "
                          "be carried out with that."),
        "redistribute": Text("Det deles lige mellem dem, der har fået mindre end deres pris.",
                             "It is split equally among those who got less than their cost."),
    }),
    "reserve": ("reserve", Text(
        "Resultatet har en reserveliste: de forslag, der kunne have fået penge, efter stemmer.",
        "The result has a reserve list: the proposals that could have been funded, by votes.")),
}  # fmt: skip
"""Key of a plan -> section, and the sentence; where the words are a fixed choice, a sentence for each
(under ``"word, rule"`` where a rule means something else by it)."""
NO_LEFTOVER = Text("Reglerne siger ikke, hvad der sker med det; det må mødet beslutte.",
                   "The rules do not say what happens to it; the meeting must decide.")  # fmt: skip
NO_RESERVE = Text("Resultatet har ingen reserveliste.", "The result has no reserve list.")
WITHDRAWAL = Text(
    "Trækker en vinder sig efter optællingen, rykker de næste efter stemmer op: de første, der nu kan få hele beløbet.",
    "When a winner withdraws after the count, the next by votes move up: the first that can now be paid in full.",
)
WITHDRAWAL_TOGETHER = Text(
    "Den, der kun får penge sammen med et forslag, skal trække sig sammen med det.",
    "What is funded only together with a proposal has to withdraw together with it.",
)
REST = Text("resten", "the rest")
BANDS = {
    (False, False): Text("{rate} op til {limit}", "{rate} up to {limit}"),
    (True, False): Text("{rate} af det derover op til {limit}", "{rate} of what lies above, up to {limit}"),
    (True, True): Text("{rate} af det derover", "{rate} of what lies above"),
    (False, True): Text("{rate} af prisen", "{rate} of the cost"),
}
"""By whether a band is not the first, and whether it has no limit."""
AND = Text("og", "and")
BORDA = Text("så mange, som vælgeren har skrevet op, til det første, og ét færre for hver plads",
             "as many as the voter has put down for the first, one less for each place")  # fmt: skip

# --- constraints -------------------------------------------------------------------------------------------------------

CONSTRAINTS: Sentences = {
    "at-most": Text('"{name}": {proposals} får højst {amount} tilsammen.',
                    '"{name}": {proposals} get at most {amount} together.'),
    "at-least": Text('"{name}": {proposals} kommer først i tur, indtil de har fået {amount}.',
                     '"{name}": {proposals} come first until they have got {amount}.'),
    "earmark": Text('"{name}": af puljen er {amount} kun til {proposals}.',
                    '"{name}": of the pool, {amount} is only for {proposals}.'),
    "pot": Text('"{name}": {amount} er en del for sig, til {proposals}.',
                '"{name}": {amount} is a part of its own, for {proposals}.'),
    "pot, none": Text('"{name}": {amount} er en del for sig, som intet forslag er med i.',
                      '"{name}": {amount} is a part of its own, which no proposal is in.'),
    "at-most, one": Text('"{name}": {proposals} får højst {amount}.', '"{name}": {proposals} gets at most {amount}.'),
    "at-least, one": Text('"{name}": {proposals} kommer først i tur, indtil det har fået {amount}.',
                          '"{name}": {proposals} comes first until it has got {amount}.'),
    "one-of": Text('"{name}": højst ét af {proposals} får penge.', '"{name}": at most one of {proposals} is funded.'),
    "together": Text('"{name}": {proposals} får alle penge, eller ingen af dem gør.',
                     '"{name}": all of {proposals} are funded, or none.'),
    "needs": Text('"{name}": {first} får kun penge sammen med {others}.',
                  '"{name}": {first} is funded only together with {others}.'),
}  # fmt: skip

NOT_EXAMINED = Text(
    "Mere end {most} forslag står i gulve: om et valg af forslag kan nå dem alle, er ikke undersøgt på forhånd.",
    "More than {most} proposals stand in floors: whether any choice of proposals can reach them all was not examined beforehand.",
)

# --- ties --------------------------------------------------------------------------------------------------------------

CRITERIA: Sentences = {
    "cheapest": Text("det billigste går først", "the cheapest goes first"),
    "most-votes": Text("det med flest stemmer går først", "the one with most votes goes first"),
}
TIED = Text("Står forslag lige, gælder: {criteria}.", "Where proposals are tied: {criteria}.")
THEN = Text("; er de stadig lige, så ", "; if they are still tied, ")
LAST: Sentences = {
    "lot": Text(
        "Har rækkefølgen derefter betydning for resultatet, afgør én lodtrækning om alle forslag det.",
        "If their order then still changes the result, one draw of lots over all proposals decides.",
    ),
    "refuse": Text(
        "Har rækkefølgen derefter betydning for resultatet, stopper optællingen, indtil mødet har trukket lod.",
        "If their order then still changes the result, the count stops until the meeting has drawn lots.",
    ),
}
NEVER = Text(
    "Nummer, navn og rækkefølge på listen afgør aldrig noget.", "Numbers, names and the order of a list never decide."
)

# --- the example -------------------------------------------------------------------------------------------------------

VOTES: Sentences = {
    "invented-round": Text(
        "Opdigtede forslag og stemmer, talt op efter reglerne ovenfor. Pulje {pool}, {voters}:",
        "Invented proposals and votes, counted under these rules. Pool {pool}, {voters}:",
    ),
    "invented-votes": Text(
        "Rundens forslag med opdigtede stemmer (ingen har stemt endnu), flest til det første id. Pulje {pool}, {voters}:",
        "The round's proposals with invented votes (nobody has voted yet), most to the first id. Pool {pool}, {voters}:",
    ),
    "actual": Text("Rundens egne forslag og stemmer. Pulje {pool}, {voters}:",
                   "The round's own proposals and votes. Pool {pool}, {voters}:"),
    "none": Text("Rundens egne forslag, uden afstemning. Pulje {pool}:",
                 "The round's own proposals, without a vote. Pool {pool}:"),
}  # fmt: skip
"""Whose votes the example counts."""
BALLOTS = {
    True: Text("{voters} stemmeseddel", "{voters} ballot"),
    False: Text("{voters} stemmesedler", "{voters} ballots"),
}
"""By whether there is only one."""
EXAMPLE_SETTINGS = Text("Eksemplet har {settings}.", "The example has {settings}.")
UNDECIDED = Text("Eksemplet kan ikke tælles færdigt uden lodtrækning: {tie}.",
                 "The example cannot be finished without a draw of lots: {tie}.")  # fmt: skip
HEAD = {
    "cost": Text("koster", "costs"),
    "least": Text("mindst", "at least"),
    "gets": Text("får", "gets"),
    "left": Text("tilbage", "left"),
}
PHASES: Sentences = {
    "given": Text("på forhånd", "beforehand"),
    "floor": Text("kommer først (\"mindst\")", "comes first (a floor)"),
    "pot": Text("af områdets egen del", "from its area's own part"),
    "rule": Text("", ""),
    "released": Text("af det, der ikke blev brugt", "from what was not used"),
    "completion": Text("af det, der var tilbage", "from what was left"),
    "leftover": Text("af resten", "from the rest"),
}  # fmt: skip
TOO_LITTLE_IN_IT = Text("der var ikke nok til det", "there was not enough for it")
GREEDY_TAKEN = Text("Flest stemmer først stiller flere bedre og gælder.",
                    "Most votes first does better for more voters and holds.")  # fmt: skip
MORE_ROWS = {
    True: Text("... og {count} forslag mere, som ikke får penge.", "... and {count} more proposal that is not funded."),
    False: Text(
        "... og {count} forslag mere, som ikke får penge.", "... and {count} more proposals that are not funded."
    ),
}
MORE_TURNS = {
    True: Text("... og {count} linje mere; hele tællingen: borgerbudget tally.",
               "... and {count} more line; the whole count: borgerbudget tally."),
    False: Text("... og {count} linjer mere; hele tællingen: borgerbudget tally.",
                "... and {count} more lines; the whole count: borgerbudget tally."),
}  # fmt: skip
"""By whether it is only one."""
IDEAS: Sentences = {
    "A": Text("Legeplads", "Playground"),
    "B": Text("Sti til skoven", "Path to the wood"),
    "C": Text("Borde og bænke", "Tables and benches"),
    "D": Text("Høstfest", "Harvest feast"),
    "E": Text("Shelterplads", "Shelters"),
}
