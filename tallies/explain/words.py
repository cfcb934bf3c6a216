"""The texts of an explanation, in Danish and English."""

from __future__ import annotations

from borgerbudget.words import Text

# --- votes -------------------------------------------------------------------------------------------------------------

FUNDED = Text(
    "Forslaget {name} fik {votes} ({rank} af {of}) og får {amount} af puljen.",
    "The proposal {name} got {votes} ({rank} of {of}) and gets {amount} from the pool.",
)
DECIDED = Text("Forslaget {name} får {amount} af puljen.", "The proposal {name} gets {amount} from the pool.")
UNFUNDED = Text(
    "Forslaget {name} fik {votes} ({rank} af {of}) og får ikke penge.",
    "The proposal {name} got {votes} ({rank} of {of}) and was not funded from the pool.",
)
WITHDRAWN = Text(
    "Forslaget {name} er trukket tilbage og får ingen penge.", "The proposal {name} was withdrawn and gets no money."
)
TOPPED = Text(
    "Der mangler {missing} af prisen; de lægges til uden for puljen.",
    "{missing} of its cost is missing and is added from outside the pool.",
)
BY_AREA = Text(
    "Stemmerne er rettet efter område og er ikke et antal personer.",
    "Votes are corrected by area and are not a number of people.",
)
RANK = Text("nr. {rank}", "no. {rank}")
SHARED = Text("delt nr. {rank}", "shared no. {rank}")
ONE_VOTE = Text("1 stemme", "1 vote")
VOTES = Text("{count} stemmer", "{count} votes")
POINTS = Text("{points} point fra {voters}", "{points} points from {voters}")
ONE_VOTER = Text("1 vælger", "1 voter")
VOTERS = Text("{count} vælgere", "{count} voters")
ABOUT = Text("ca. {value}", "about {value}")
AND = Text("og", "and")
OR = Text("eller", "or")

# --- the turn ----------------------------------------------------------------------------------------------------------

NO_SUPPORT = Text(
    "Ingen støttede det, og et forslag uden støtte får aldrig penge.",
    "Nobody supported it, and a proposal without support never gets money.",
)
BELOW = Text("Det kræver mindst {threshold} at komme i betragtning.", "At least {threshold} are needed to take part.")
OVER_POOL = Text(
    "Det koster {cost}, og det kan en pulje på {pool} ikke bære.",
    "It costs {cost}, more than a pool of {pool} can carry.",
)
SHORT = Text(
    "Da turen kom (trin {step}), var der {left} tilbage; det koster {cost}, så der manglede {missing}.",
    "When its turn came (step {step}), {left} was left; it costs {cost}, so {missing} was missing.",
)
SHORT_LATER = Text(
    "Da resten blev delt ud efter stemmer, og turen kom (trin {step}), var der {left} tilbage; det koster {cost}, så der "
    "manglede {missing}.",
    "When the rest was given out by votes and its turn came (step {step}), {left} was left; it costs {cost}, so {missing} "
    "was missing.",
)
ENDED = Text("Dermed sluttede tællingen.", "There the count ended.")
AFTER_STOP = Text(
    "Tællingen sluttede i trin {step}, før turen kom: {over} kunne ikke være i de {left}, der var tilbage.",
    "The count ended at step {step}, before its turn: {over} did not fit in the {left} that was left.",
)
USED_UP = Text(
    "Tællingen sluttede i trin {step}, før turen kom: {over} fik alt det, der var tilbage.",
    "The count ended at step {step}, before its turn: {over} got all that was left.",
)
UNAFFORDABLE = Text(
    "Det koster {cost}, men støtterne havde til sidst kun {held} tilsammen, så der manglede {missing}.",
    "It costs {cost}, but in the end its supporters had only {held} together, so {missing} was missing.",
)
IN_TURN = Text(
    "Turen kom i trin {step}, da der var {left} tilbage; det koster {cost}.",
    "Its turn came at step {step}, when {left} was left; it costs {cost}.",
)
IN_TURN_LATER = Text(
    "Støtternes egne penge rakte ikke, men da resten blev delt ud efter stemmer, og turen kom (trin {step}), var der {left} "
    "tilbage; det koster {cost}.",
    "Its supporters' own money did not suffice, but when the rest was given out by votes and its turn came (step {step}), "
    "{left} was left; it costs {cost}.",
)
IN_TURN_OF_THE_REST = Text(
    "Da resten blev delt ud efter stemmer, og turen kom (trin {step}), var der {left} tilbage; det koster {cost}.",
    "When the rest was given out by votes and its turn came (step {step}), {left} was left; it costs {cost}.",
)
BOUGHT = Text("Støtterne købte det i trin {step}: {how}.", "Its supporters bought it at step {step}: {how}.")
PAID_EACH = Text("{voters} betalte {each} hver", "{voters} paid {each} each")
PAID_PER_POINT = Text(
    "{voters} betalte {each} for hvert point, de gav det", "{voters} paid {each} for every point they gave it"
)
PAID_REST = Text("{voters} betalte alt, hvad de havde tilbage", "{voters} paid all they had left")
EFFECTIVE = Text("Det svarer til {votes}, der betaler fuldt.", "That is as much as {votes} paying in full.")
TIED = Text("Det stod lige med {others}; {how}.", "It was tied with {others}; {how}.")
HOW = {
    "cheapest": Text("det billigste gik først", "the cheapest went first"),
    "most-votes": Text("det med flest stemmer gik først", "the one with most votes went first"),
    "lot": Text("lodtrækningen afgjorde rækkefølgen", "the lot decided their order"),
    "no-difference": Text("rækkefølgen ændrer ikke resultatet", "their order does not change the outcome"),
    None: Text("ingen af dem kunne gå forud", "none of them could go first"),
}

# --- constraints and allocations ---------------------------------------------------------------------------------------

SHORT_PART = Text(
    "Da turen kom (trin {step}), var der {left} tilbage; det kræver mindst {needs}, så der manglede {missing}.",
    "When its turn came (step {step}), {left} was left; it takes at least {needs}, so {missing} was missing.",
)
NOTHING_LEFT = Text(
    "Da turen kom (trin {step}), var der intet tilbage.", "When its turn came (step {step}), nothing was left."
)
SHORT_OF_THE_REST = Text(
    "Da resten blev delt ud efter stemmer, og turen kom (trin {step}), var der {left} tilbage; efter planen skal det have "
    "{needs}, så der manglede {missing}.",
    "When the rest was given out by votes and its turn came (step {step}), {left} was left; the plan gives it {needs}, so "
    "{missing} was missing.",
)
NOT_TOGETHER = Text(
    "Da turen kom (trin {step}), var der {left} tilbage; det var ikke nok til både det og de forslag, det kræver.",
    "When its turn came (step {step}), {left} was left; that was not enough for it and the proposals that it needs.",
)
AGAIN = Text(
    "Da turen kom igen (trin {step}), var der {left} tilbage.",
    "When its turn came again (step {step}), {left} was left.",
)
NOTHING_FOR_IT = Text(
    "Da turen kom (trin {step}), var der intet til det ({names}).",
    "When its turn came (step {step}), there was nothing for it ({names}).",
)
TOGETHER = Text("Det kan kun få penge sammen med {others}.", "It can only be funded together with {others}.")
EXCLUDED = Text(
    "Da turen kom (trin {step}), havde {others} allerede fået penge, og det udelukker dette forslag ({names}).",
    "When its turn came (step {step}), {others} had already been funded, which excludes this proposal ({names}).",
)
CONFLICT = Text(
    "Det kræver forslag, som udelukker hinanden ({names}).", "It needs proposals that exclude each other ({names})."
)
BARRED = {
    "excluded": Text(
        "Det kunne ikke købes: {others} havde fået penge, og det udelukker dette forslag ({names}).",
        "It could not be bought: {others} had been funded, which excludes this proposal ({names}).",
    ),
    "ceiling": Text(
        "Det kunne ikke købes: af loftet på {ceiling} ({names}) var {available} ikke brugt; det {wants}, så der manglede "
        "{lacking}.",
        "It could not be bought: of the ceiling of {ceiling} ({names}) {available} was not used; it {wants}, so {lacking} was "
        "missing.",
    ),
}
"""Where supporters buy, and nobody has a turn."""
OBSTACLES = {
    "ceiling": Text(
        "Da turen kom (trin {step}), var der {left} tilbage, men af loftet på {ceiling} ({names}) var kun {available} ikke "
        "brugt; det {wants}, så der manglede {lacking}.",
        "When its turn came (step {step}), {left} was left, but of the ceiling of {ceiling} ({names}) only {available} was "
        "not used; it {wants}, so {lacking} was missing.",
    ),
    "unspent": Text(
        "Da turen kom (trin {step}), var der {left} tilbage, men loftet er {ceiling} ({names}); det {wants}, så der manglede "
        "{lacking}.",
        "When its turn came (step {step}), {left} was left, but the ceiling is {ceiling} ({names}); it {wants}, so {lacking} "
        "was missing.",
    ),
    "kept": Text(
        "Da turen kom (trin {step}), var der {left} tilbage, men {kept} af det var holdt tilbage til andre ({names}); det "
        "{wants}, så der manglede {lacking}.",
        "When its turn came (step {step}), {left} was left, but {kept} of it was kept for others ({names}); it {wants}, so "
        "{lacking} was missing.",
    ),
    "pot": Text(
        "Da turen kom (trin {step}), var der {available} i dets egen del ({names}); det {wants}, så der manglede {lacking}.",
        "When its turn came (step {step}), {available} was in its own part ({names}); it {wants}, so {lacking} was missing.",
    ),
}
"""By the kind of obstacle; ``unspent``: a ceiling under which nobody has got anything yet."""
COSTS = Text("koster {amount}", "costs {amount}")
TAKES = Text("kræver mindst {amount}", "takes at least {amount}")
PART_UNDER = {
    "ceiling": Text(
        "Det koster {cost}; det fik, hvad der ikke var brugt af loftet på {ceiling} ({names}).",
        "It costs {cost}; it got what was not used of the ceiling of {ceiling} ({names}).",
    ),
    "kept": Text(
        "Det koster {cost}; det fik, hvad der ikke var holdt tilbage til andre ({names}).",
        "It costs {cost}; it got what was not kept for others ({names}).",
    ),
    "pot": Text(
        "Det koster {cost}; det fik, hvad der var i dets egen del ({names}).",
        "It costs {cost}; it got what was in its own part ({names}).",
    ),
}
BECAUSE = {
    "excluded": Text(
        "Da turen kom (trin {step}), havde et forslag, som udelukker det, allerede fået penge, eller det kræver to forslag, "
        "der udelukker hinanden.",
        "When its turn came (step {step}), a proposal that excludes it was already funded, or it needs two that exclude each "
        "other.",
    ),
    "over-quota": Text(
        "Da turen kom (trin {step}), var der {left} tilbage, men der er et loft for gruppen af forslag (eller for et forslags, "
        "som det kræver), og det gav ikke plads.",
        "When its turn came (step {step}), {left} was left, but its group of proposals has a ceiling (or that of a proposal "
        "that it needs) that left no room.",
    ),
    "earmarked": Text(
        "Da turen kom (trin {step}), var der {left} tilbage, men så meget af det var holdt tilbage til andre, at det ikke rakte.",
        "When its turn came (step {step}), {left} was left, but so much of it was kept for others that it did not suffice.",
    ),
    "below-minimum": Text(
        "Det, der kunne blive til det (trin {step}), er mindre end de {least}, det kan gennemføres med.",
        "What there could be for it (step {step}) is less than the {least} that it can be carried out with.",
    ),
}
TOO_LITTLE = Text(
    "Det kunne få {offered} (trin {step}), men kræver mindst {least}.",
    "It could get {offered} (step {step}), but takes at least {least}.",
)
NO_PART = Text("Der var intet til det (trin {step}).", "There was nothing for it (step {step}).")
OUT = {
    "no-quorum": Text(
        "Der stemte kun {voters}, og der skulle have været mindst {turnout}.",
        "Only {voters} voted, and at least {turnout} were needed.",
    ),
    "over-cap": Text(
        "Det koster {cost}, og et forslag kan højst få {cap}.",
        "It costs {cost}, and one proposal may get at most {cap}.",
    ),
    "below-minimum": Text(
        "Det kan få højst {ask} og kræver mindst {least}.", "It may get at most {ask} and takes at least {least}."
    ),
    "excluded": Text(
        "Det kan ikke komme med, fordi et forslag, det afhænger af, ikke kan, eller fordi et, der udelukker det, har fået "
        "penge på forhånd.",
        "It cannot take part, because a proposal it depends on cannot, or because one that excludes it was given money "
        "beforehand.",
    ),
}
KEPT_OUT = {
    "excluded": Text(
        "Det kan ikke komme med: {others} fik penge på forhånd, og det udelukker dette forslag ({names}).",
        "It cannot take part: {others} was given money beforehand, which excludes this proposal ({names}).",
    ),
    "needs": Text(
        "Det kan ikke komme med, fordi {others}, som det kræver, ikke kan.",
        "It cannot take part, because {others}, which it needs, cannot.",
    ),
}
OVER_SHARED = Text(
    "Det kræver mindst {needs}, og der er kun {pool} at dele ud.",
    "{needs} is needed at least, and only {pool} is there to share out.",
)
GIVEN = Text(
    "Det fik sin pris af puljen på forhånd; der blev ikke stemt om det.",
    "It was given its cost from the pool beforehand; there was no vote about it.",
)
NO_PRIZE_LEFT = Text("Alle præmier var givet, før turen kom.", "All prizes had been given before its turn.")
NOT_AMONG = Text("Kun de {winners} første deler puljen.", "Only the first {winners} share the pool.")
NOT_FIRST = Text("Kun den første får af puljen.", "Only the first gets money from the pool.")
CAPPED = Text(
    "Det koster {cost}; efter planen kan et forslag højst få {ask}.",
    "It costs {cost}; under the plan a proposal may get at most {ask}.",
)
MORE_OF_THE_REST = Text("Det fik {more} mere af det, der var tilbage.", "It got {more} more of what was left over.")
PART = {
    "residual": Text(
        "Det koster {cost}; det fik, hvad der kunne gives til det.",
        "It costs {cost}; it got what there was for it.",
    ),
    "residual-last": Text(
        "Det koster {cost}; det fik, hvad der var tilbage.", "It costs {cost}; it got what was left."
    ),
    "prize-ladder": Text("Det koster {cost}; {amount} er præmien.", "It costs {cost}; {amount} is the prize."),
    "rate-bands": Text(
        "Det koster {cost}; efter satserne er det {amount}.",
        "It costs {cost}; by the rates that is {amount}.",
    ),
    "equal-split": Text(
        "Det koster {cost}; {amount} er dets lige del.", "It costs {cost}; {amount} is its equal part."
    ),
    "everyones-share": Text(
        "Det koster {cost}; {amount} er, hvad vælgernes andele gav det.",
        "It costs {cost}; {amount} is what the voters' shares gave it.",
    ),
}

# --- equal shares ------------------------------------------------------------------------------------------------------

ENDOWMENT = Text("Hver vælger rådede over {endowment}.", "Every voter had {endowment} to spend.")
SPENT_ON = Text("Støtternes penge gik til: {list}.", "Its supporters' money went to: {list}.")
SPENT_ITEM = Text("{name} ({paid} fra {voters})", "{name} ({paid} from {voters})")
SPENT_NOTHING = Text("Støtterne betalte ikke for noget.", "Its supporters paid for nothing.")
KEPT = Text("Til sidst havde de {held} tilbage.", "In the end they had {held} left.")
RAISED = Text(
    "Andelen blev hævet {kept}. Et skridt mere, og de valgte forslag ville tilsammen have kostet {total}: mere end puljen.",
    "The share was raised {kept}. One step more, and the chosen proposals would together have cost {total}: more than the "
    "pool.",
)
RAISED_EXHAUSTIVE = Text(
    "Andelen blev hævet {kept}; så kunne intet forslag mere være i det, der var tilbage.",
    "The share was raised {kept}; then no further proposal fitted in what was left.",
)
RAISED_ALL = Text(
    "Andelen blev hævet {kept}; så havde alle forslag fået penge.",
    "The share was raised {kept}; then every proposal was funded.",
)
ONCE = Text("1 gang", "once")
TIMES = Text("{count} gange", "{count} times")
GREEDY_TAKEN = Text(
    "Fordelingen med flest stemmer først gælder, fordi den stiller {for_greedy} bedre og {for_shares} ringere end lige "
    "andele.",
    "The outcome by most votes first holds, because {for_greedy} do better with it and {for_shares} worse than with equal "
    "shares.",
)
GREEDY_LEFT = Text(
    "Fordelingen blev sammenlignet med flest stemmer først, som stiller {for_greedy} bedre og {for_shares} ringere; den blev "
    "stående.",
    "The outcome was compared with most votes first, with which {for_greedy} do better and {for_shares} worse; it stands.",
)

# --- what it would have taken ------------------------------------------------------------------------------------------

WOULD = Text("Det ville have fået penge, {ways}.", "It would have been funded {ways}.")
ENOUGH = Text(
    "Det havde været nok, {ways}. Om mindre også kunne have været nok, er ikke undersøgt til bunds.",
    "It would have been enough {ways}. Whether less could have been enough was not searched exhaustively.",
)
PARTLY = Text("{way} (det havde givet {amount})", "{way} (that would have given {amount})")
AT_MOST = Text("hvis det havde kostet højst {price}", "if it had cost at most {price}")
PRICE = Text("hvis det havde kostet {price}", "if it had cost {price}")
AT_LEAST = Text(
    "hvis puljen havde været {pool} (den mindste større pulje, der var nok)",
    "if the pool had been {pool} (the least larger pool that is enough)",
)
POOL = Text("hvis puljen havde været {pool}", "if the pool had been {pool}")
MORE_ALONE = Text("hvis {more} havde stemt kun på det", "if {more} had voted only for it")
MORE_POINTS = Text(
    "hvis {more} havde givet det {points} point og intet til andre",
    "if {more} had given it {points} points and nothing to others",
)
ONE_MORE = Text("én vælger mere", "one more voter")
MORE = Text("{count} flere vælgere", "{count} more voters")
NO_PRICE = Text("en lavere pris", "a lower price")
NO_VOTES = Text("flere stemmer", "more votes")
NO_POOL = Text("en større pulje", "a larger pool")
NO_HELP = Text("{what} alene havde ikke hjulpet.", "{what} alone would not have helped.")
NOT_FOUND = Text(
    "Om {what} alene kunne have hjulpet, er der ikke fundet noget svar på.",
    "Whether {what} alone could have helped was not found.",
)
STILL = Text(
    "Det ville også have fået penge med en pris på {price}; derover er det ikke sikkert.",
    "It would have been funded at a price of up to {price} too; above that it is not certain.",
)
STILL_ENOUGH = Text(
    "Det ville også have fået penge med en pris på {price}.", "It would have been funded at a price of {price} too."
)
STILL_PARTLY = Text(
    "Med en pris på {price} ville det også have fået penge, nemlig {amount}.",
    "At a price of {price} it would have been funded too, with {amount}.",
)
NO_DEARER = Text(
    "Havde det kostet mere, havde det ikke fået penge.", "Had it cost more, it would not have been funded."
)
