"""What stands in pictures besides what the question says itself."""

from __future__ import annotations

from borgerbudget.words import Text

MARK = Text("SIMULATION", "SIMULATION")
NO_RESULT = Text("et regnestykke, ikke et resultat", "a calculation, not a result")
SEED = Text("frø {seed}", "seed {seed}")
RUNS = Text("{runs} gennemregninger", "{runs} runs")

FUNDED = Text("får penge", "funded")
NOT_FUNDED = Text("får ikke", "not funded")
LOTS = Text("lodtrækning afgør", "lots decide")
COUNTED = Text(
    "Kun {count:værdi|værdier} er talt, hver med sin kasse; hvad der gælder mellem dem, vides ikke.",
    "Only {count:value was|values were} counted, each with its box; what holds between them is not known.",
)
COUNTED_CLOSELY = Text(
    "Kun {count:værdi|værdier} er talt, hver med sin streg (en kort: får ikke); hvad der gælder mellem dem, vides ikke.",
    "Only {count:value was|values were} counted, each with its stroke (a short one: not funded); what holds between them is "
    "not known.",
)
AS_IT_IS = Text("som det er: {value}", "as it is: {value}")
ALWAYS = Text("altid", "always")
NEVER = Text("aldrig", "never")
NEVER_SURE = Text("kun ved lodtrækning", "only by lots")
FROM = Text("fra {low}", "from {low}")
UP_TO = Text("til {high}", "up to {high}")
BETWEEN = Text("{low}–{high}", "{low}–{high}")
AT_SOME = Text("ved {count} af {all}", "at {count} of {all}")
SEVERAL = Text("i {count} stykker", "in {count} pieces")

SPENT = Text("Brugt i alt ({currency})", "Spent in all ({currency})")

FUNDED_NOW = Text("nu: med", "now: in")
NOT_NOW = Text("nu: ikke med", "now: out")
SURE_TO = Text("streg: 95 % sikkerhed", "line: 95% confidence")
OF_RUNS = Text(
    "andel af gennemregningerne, hvor forslaget får penge", "share of the runs in which the proposal is funded"
)

MEDIAN = Text("den midterste gennemregning", "the middle run")
HALF = Text("halvdelen af dem", "half of them")
NINE_TENTHS = Text("ni ud af ti", "nine in ten")

COMES_IN = Text("Kommer med", "Comes in")
FALLS_OUT = Text("Falder ud", "Falls out")
GETS_MORE = Text("Får flere penge", "Gets more")
GETS_LESS = Text("Får færre penge", "Gets less")
STAYS = Text("Får penge som før", "Funded as before")
STAYS_OUT = Text("Stadig ikke med", "Still not funded")

GOAL = Text("mål: {share}", "goal: {share}")
NOTHING = Text("Der er intet at vise.", "There is nothing to show.")
