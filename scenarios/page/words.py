"""What stands on every page besides the answer's own words."""

from __future__ import annotations

from borgerbudget.words import Text

ANSWER = Text("Svaret", "The answer")
PICTURES = Text("Billeder", "Pictures")
TABLE = Text("Tabellen", "The table")
MADE = Text("Sådan er det regnet", "How it was worked out")
READING = Text("Sådan læses billedet", "How to read the picture")
FIRST_ROWS = Text(
    "De første {shown} af {total} rækker. Alle står i table.csv.",
    "The first {shown} of {total} rows. All are in table.csv.",
)
ALL_ROWS = Text("{rows:række|rækker}, de samme som i table.csv.", "{rows:row|rows}, the same as in table.csv.")
SCROLL = Text("Tabellen kan rulles til siden.", "The table can be scrolled sideways.")

SOURCE = Text("Talt på", "Counted on")
QUESTION = Text("Spørgsmål", "Question")
RUNS = Text("Gennemregninger", "Runs")
SEED = Text("Frø", "Seed")
VERSION = Text("Regnet af", "Worked out by")
FILES = Text("I samme mappe", "In the same folder")
FILES_ARE = Text(
    "table.csv og table.parquet (tallene), spec.toml (alt, hvad der skal til for at regne det igen), billederne som SVG og PNG",
    "table.csv and table.parquet (the numbers), spec.toml (all that is needed to work it out again), the pictures as SVG and PNG",
)
SEED_MEANS = Text(
    "Med det samme frø trækkes de samme tilfældige tal, så enhver kan regne efter og få nøjagtig samme tabel.",
    "With the same seed the same random numbers are drawn, so anyone can work it out again and get exactly the same table.",
)
NOTHING_DRAWN = Text(
    "Intet er trukket tilfældigt: den samme fil giver altid det samme svar.",
    "Nothing was drawn at random: the same file always gives the same answer.",
)
AMOUNTS = Text("Beløb er i {currency}.", "Amounts are in {currency}.")

YES = Text("ja", "yes")
NO = Text("nej", "no")
UNSAID = Text("–", "–")

BANDS = Text(
    "Mørkt felt: her får forslaget penge. Hvidt felt: her får det ikke.",
    "Dark: here the proposal is funded. White: here it is not.",
)
BANDS_BASE = Text("Den lodrette streg viser tallet, som det er.", "The vertical line shows the number as it is.")
BANDS_LOTS = Text(
    "Skraveret: her står forslag lige, og kun en lodtrækning afgør det.",
    "Hatched: here proposals are tied, and only drawing lots decides.",
)
CERTIFIED = Text(
    "Grænserne er bevist: de gælder for {each} fra {low} til {high}, ikke kun for nogle prøver.",
    "The limits are proven: they hold for {each} from {low} to {high}, not only for some samples.",
)
EACH_AMOUNT = Text("hvert eneste beløb, på øren", "every single amount, to the last hundredth,")
EACH_NUMBER = Text("hvert eneste helt tal", "every single whole number")
SAMPLED = Text(
    "Kun {count:værdi|værdier} er talt. Mellem dem er intet bevist, og resultatet kan være et andet.",
    "Only {count:value|values} were counted. Between them nothing is proven, and the outcome can be another.",
)
CHANCES = Text(
    "Søjlen er den andel af gennemregningerne, hvor forslaget får penge. Den tynde streg er usikkerheden, fordi der kun er "
    "regnet et vist antal gange: gjorde man det hele om og om igen, ville det rigtige tal ligge inden for stregen i 95 af 100 "
    "tilfælde.",
    "The bar is the share of the runs in which the proposal is funded. The thin line is the uncertainty of working it out only "
    "so many times: done over and over again, the true number would lie within the line in 95 of 100 cases.",
)
SPREAD = Text(
    "Prikken er den midterste gennemregning: lige mange ligger over og under. Halvdelen ligger i det lyse felt, og ni ud af ti "
    "på den sorte streg. En prik alene er en enkelt optælling.",
    "The dot is the middle run: as many lie above it as below. Half of them lie in the light field, and nine in ten on the black "
    "line. A dot alone is a single count.",
)
MOVES = Text(
    "Søjlens længde er pengene. Mørkt: penge, der kommer til. Skraveret: penge, der forsvinder. Lyst: som før.",
    "The bar is as long as the money. Dark: money gained. Hatched: money lost. Light: as before.",
)
CURVE = Text(
    "Hver prik er en andel af gennemregningerne; den lodrette streg gennem den er usikkerheden (95 %). Linjerne mellem prikkerne "
    "er kun til for øjet.",
    "Each dot is a share of the runs; the vertical line through it is the uncertainty (95%). The lines between the dots are only "
    "there for the eye.",
)
CURVE_GOAL = Text("Den vandrette prikkede streg er målet.", "The horizontal dotted line is the goal.")

GRID = Text(
    "Mørkt felt: planen giver forslaget det beløb, der står i feltet. Hvidt felt: den giver det ikke noget.",
    "Dark: the plan gives the proposal the amount in the field. White: it gives it nothing.",
)
GRID_LOTS = Text("Skraveret: kun en lodtrækning afgør det.", "Hatched: only drawing lots decides.")
SHOWS = Text("Billede: {title}", "Picture: {title}")
FOR_EACH = Text("{name}: {value}", "{name}: {value}")
THE_REST = Text("De øvrige {count} står i tabellen.", "The other {count} are in the table.")
FROM_TO = Text("fra {first} ved {low} til {last} ved {high}", "from {first} at {low} to {last} at {high}")
