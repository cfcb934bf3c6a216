"""What ``compare`` says."""

from __future__ import annotations

from borgerbudget.words import Text

TITLE = Text("Hvilken plan giver hvad?", "Which plan funds what?")
ALL_SAME = Text(
    "Alle {plans} planer giver penge til de samme {count:forslag|forslag}: {names}.",
    "All {plans} plans fund the same {count:proposal|proposals}: {names}.",
)
IN_COMMON = Text(
    "{count:forslag får|forslag får} penge efter alle planerne: {names}.",
    "{count:proposal is|proposals are} funded by every plan: {names}.",
)
NOTHING_IN_COMMON = Text("Intet forslag får penge efter alle planerne.", "No proposal is funded by every plan.")
ONLY_BY = Text("Kun efter {plans}: {names}.", "Only by {plans}: {names}.")
SPENDS = Text(
    "{plan} bruger {spent} af {pool} til {count:forslag|forslag}.",
    "{plan} spends {spent} of {pool} on {count:proposal|proposals}.",
)
LEFT_OUT = Text(
    "{share} af vælgerne får intet af det, de stemte på.", "{share} of the voters get nothing that they voted for."
)
WORST_AREA = Text(
    "Dårligst stillet er {cell}: dér får {share} intet.", "Worst off is {cell}: there {share} get nothing."
)
WORST_AGE = Text("Af aldersgrupperne er det {cell} år: {share}.", "Of the age groups it is {cell} years: {share}.")
LOTS = Text(
    "{plan} har intet resultat uden lodtrækning: {names} står lige. Planen er ikke med i billederne.",
    "{plan} has no outcome without drawing lots: {names} are tied. The plan is not in the pictures.",
)
SURE = Text(
    "Hver plan er talt én gang på de samme {ballots:stemmeseddel|stemmesedler}. Intet er trukket tilfældigt: tallene er "
    "nøjagtige. De siger, hvad planerne giver for netop disse stemmer; med en anden plan havde nogle måske stemt anderledes.",
    "Every plan is counted once on the same {ballots:ballot|ballots}. Nothing is drawn at random: the numbers are exact. They "
    "tell what the plans give for these very votes; with another plan some might have voted otherwise.",
)
GRID = Text("Hvad hver plan giver", "What each plan gives")
LEFT_OUT_TITLE = Text("Vælgere, der intet fik af det, de stemte på", "Voters who got nothing that they voted for")
OF_VOTERS = Text("andel af vælgerne", "share of the voters")
SPENT_TITLE = Text("Så meget bliver brugt", "How much is spent")
SPENT_AXIS = Text("brugt af puljen", "spent of the pool")

PLAN = Text("plan", "plan")
PROPOSAL = Text("forslag", "proposal")
NAME = Text("titel", "title")
COST = Text("pris", "price")
IS_FUNDED = Text("får penge", "funded")
AMOUNT = Text("beløb", "amount")
LARGEST_PRICE = Text("største pris, det vinder med", "largest price it wins with")
EFFECTIVE = Text("reel opbakning", "effective support")
