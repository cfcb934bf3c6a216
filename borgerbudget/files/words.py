"""The problems that reading and writing files can report: PB- for .pb and CSV, PR- for exported profiles, FI- for files."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

NOTHING = Text("", "")


def _entry(da: str, en: str, mend_da: str = "", mend_en: str = "") -> Entry:
    return Entry(Text(da, en), Text(mend_da, mend_en))


PROBLEMS = Catalogue(
    {
        # The text itself
        "PB-001": _entry(
            "filen er ikke UTF-8: byte {byte} ({value})",
            "the file is not UTF-8: byte {byte} ({value})",
            "gem den igen som UTF-8 (i regneark: “CSV UTF-8”)",
            "save it again as UTF-8 (in spreadsheets: “CSV UTF-8”)",
        ),
        "PB-002": _entry(
            "der står et NUL-tegn i filen",
            "the file contains a NUL character",
            "gem den igen som ren tekst i UTF-8",
            "save it again as plain text in UTF-8",
        ),
        "PB-003": _entry(
            "et citationstegn bliver aldrig lukket: {value}",
            "a quotation mark is never closed: {value}",
            'skriv " efter cellen, eller "" for et citationstegn i den',
            'write " after the cell, or "" for a quotation mark within it',
        ),
        "PB-004": _entry(
            "der står tekst efter et lukket citationstegn: {value}",
            "text follows a closed quotation mark: {value}",
            'sæt hele cellen i "…" og skriv "" for hvert citationstegn i den',
            'put the whole cell in "…" and write "" for each quotation mark within it',
        ),
        "PB-005": _entry(
            "en celle er for stor at læse ({reason})",
            "a cell is too large to read ({reason})",
            "del cellen, eller se efter et citationstegn, der ikke er lukket",
            "split the cell, or look for a quotation mark that is not closed",
        ),
        # Sections, headers and rows
        "PB-006": _entry(
            "der står tekst før den første sektion: {value}",
            "there is text before the first section: {value}",
            "en .pb-fil begynder med linjen META",
            "a .pb file begins with the line META",
        ),
        "PB-007": _entry(
            "sektionen {section} mangler",
            "the section {section} is missing",
            "skriv META, PROJECTS og VOTES i den rækkefølge, hver på sin egen linje",
            "write META, PROJECTS and VOTES in that order, each on a line of its own",
        ),
        "PB-008": _entry(
            "sektionen {section} står to gange eller i forkert rækkefølge",
            "the section {section} stands twice or in the wrong order",
            "skriv META, PROJECTS og VOTES én gang hver og i den rækkefølge",
            "write META, PROJECTS and VOTES once each and in that order",
        ),
        "PB-009": _entry(
            "{section} har ingen linje med kolonnenavne, men {value}",
            "{section} has no line with column names, but {value}",
            "skriv {expected} på linjen lige under {section}",
            "write {expected} on the line just below {section}",
        ),
        "PB-010": _entry(
            "{section} mangler kolonnen {column}",
            "{section} lacks the column {column}",
            "tilføj kolonnen {column}",
            "add the column {column}",
        ),
        "PB-011": _entry(
            "kolonnen {column} står to gange i {section}",
            "the column {column} stands twice in {section}",
            "slet eller omdøb den ene",
            "delete or rename one of them",
        ),
        "PB-012": _entry(
            "linjen har {found} celler, men {section} har {expected} kolonner: {value}",
            "the line has {found} cells, but {section} has {expected} columns: {value}",
            'sæt celler med ; i "…"',
            'put cells that contain ; in "…"',
        ),
        "PB-013": _entry(
            "linjen har kun {found} celler, men {section} har {expected} kolonner: {value}",
            "the line has only {found} cells, but {section} has {expected} columns: {value}",
            "skriv alle celler, også de tomme",
            "write every cell, also the empty ones",
        ),
        "PB-014": _entry(
            "{count:linje er tom|linjer er tomme} eller har overflødige tomme celler til sidst; det springes over",
            "{count:line is blank or ends|lines are blank or end} in needless empty cells, which is skipped",
            "slet dem",
            "delete them",
        ),
        "PB-015": _entry(
            "META har ingen linje med kolonnenavne; linjen læses som en oplysning",
            "META has no line with column names; the line is read as a value",
            "skriv key;value på linjen lige under META",
            "write key;value on the line just below META",
        ),
        "PB-016": _entry(
            "kolonnerne er skilt af tabulatorer",
            "the columns are separated by tabs",
            "gem filen igen som CSV med ; eller , mellem kolonnerne",
            "save the file again as CSV with ; or , between the columns",
        ),
        # META
        "PB-020": _entry(
            "META mangler {key}",
            "META lacks {key}",
            "tilføj linjen {key};…",
            "add the line {key};…",
        ),
        "PB-021": _entry(
            "META mangler {keys}, som formatet kræver; optællingen bruger dem ikke",
            "META lacks {keys}, which the format demands; the count does not use them",
            "tilføj dem, før filen gives videre",
            "add them before passing the file on",
        ),
        "PB-022": _entry(
            "META har {key} to gange: {value}",
            "META has {key} twice: {value}",
            "slet den linje, der ikke gælder",
            "delete the line that does not apply",
        ),
        "PB-023": _entry(
            "vote_type {value} kendes ikke",
            "vote_type {value} is not known",
            "skriv approval, choose-1, cumulative, ordinal, scoring eller hand-count",
            "write approval, choose-1, cumulative, ordinal, scoring or hand-count",
        ),
        "PB-024": _entry(
            "{what} kan ikke læses som et tal: {value} ({reason_da})",
            "{what} cannot be read as a number: {value} ({reason})",
            "skriv {form_da}",
            "write {form}",
        ),
        "PB-025": _entry(
            "puljen er {value}, men skal være over 0",
            "the pool is {value}, but must be above 0",
            "ret budget i META",
            "correct budget in META",
        ),
        "PB-026": _entry(
            "{low} er større end {high}: ingen stemmeseddel kan opfylde begge",
            "{low} is greater than {high}: no ballot can meet both",
            "ret den ene",
            "correct one of them",
        ),
        "PB-027": _entry(
            "{what} {value} læses som {read}: tre cifre efter mærket er decimaler, ikke tusinder",
            "{what} {value} is read as {read}: three digits after the mark are decimals, not thousands",
            "skriv beløbet uden tusindtalsmærker",
            "write the amount without marks for thousands",
        ),
        "PB-028": _entry(
            "scoring_fn {value} følges ikke: rangordnede stemmer tælles med Borda, medmindre planen siger andet",
            "scoring_fn {value} is not followed: ranked ballots are counted by Borda unless the plan says otherwise",
            "angiv pointtabellen i planen",
            "give the table of points in the plan",
        ),
        # PROJECTS
        "PB-030": _entry(
            "forslaget har intet id",
            "the proposal has no id",
            "giv det et project_id",
            "give it a project_id",
        ),
        "PB-031": _entry(
            "id {value} er brugt før, på linje {first}",
            "id {value} is used before, on line {first}",
            "giv hvert forslag sit eget id",
            "give each proposal an id of its own",
        ),
        "PB-032": _entry(
            "id {value} indeholder et tegn, som et id ikke kan have: {reason}",
            "id {value} contains a character that an id cannot have: {reason}",
            "brug bogstaver, tal og bindestreg",
            "use letters, digits and hyphens",
        ),
        "PB-033": _entry(
            "id'erne {value} ligner hinanden til forveksling; de læses som forskellige forslag",
            "the ids {value} can be mistaken for each other; they are read as different proposals",
            "giv det ene et andet id",
            "give one of them another id",
        ),
        "PB-034": _entry(
            "prisen for {id} er {value}, men skal være over 0",
            "the cost of {id} is {value}, but must be above 0",
            "skriv det ansøgte beløb",
            "write the amount applied for",
        ),
        "PB-035": _entry(
            "der er ingen forslag i PROJECTS",
            "there are no proposals in PROJECTS",
            "skriv ét forslag på hver linje",
            "write one proposal on each line",
        ),
        "PB-036": _entry(
            "kolonnen {column} passer ikke med stemmesedlerne for {count} forslag: {examples}; stemmesedlerne gælder",
            "the column {column} does not agree with the ballots for {count} proposals: {examples}; the ballots count",
            "ret kolonnen, eller se efter stemmesedler, der mangler",
            "correct the column, or look for missing ballots",
        ),
        "PB-037": _entry(
            "{key} er {value}, men filen har {found}",
            "{key} is {value}, but the file has {found}",
            "ret tallet, eller se efter linjer, der mangler",
            "correct the number, or look for missing lines",
        ),
        "PB-038": _entry(
            "{value} er navnet på en sektion; andre programmer vil tro, at linjen begynder den",
            "{value} is the name of a section; other programs will think that the line begins it",
            "brug et andet id",
            "use another id",
        ),
        "PB-039": _entry(
            "mindstebeløbet for {id} er {value}, men skal være over 0 og højst prisen",
            "the least amount for {id} is {value}, but must be above 0 and at most its cost",
            "ret min_cost, eller lad cellen stå tom",
            "correct min_cost, or leave the cell empty",
        ),
        # VOTES
        "PB-040": _entry(
            "stemmesedlen nævner {value}, som ikke er et forslag",
            "the ballot names {value}, which is not a proposal",
            "ret id'et, eller tilføj forslaget i PROJECTS",
            "correct the id, or add the proposal to PROJECTS",
        ),
        "PB-041": _entry(
            "stemmesedlen har {found} forslag, men {points} pointtal: {value}",
            "the ballot has {found} proposals, but {points} numbers of points: {value}",
            "skriv lige mange i vote og points",
            "write equally many in vote and points",
        ),
        "PB-042": _entry(
            "point skal være hele tal: {value}",
            "points must be whole numbers: {value}",
            "skriv hele tal med 0-9, adskilt af komma",
            "write whole numbers with 0-9, separated by commas",
        ),
        "PB-043": _entry(
            "{count:stemmeseddel|stemmesedler} bryder {limit} = {allowed} (linje {lines}) og tæller som skrevet",
            "{count:ballot breaks|ballots break} {limit} = {allowed} (line {lines}), counted as written",
            "afklar, om grænsen eller stemmesedlerne er forkerte",
            "find out whether the limit or the ballots are wrong",
        ),
        "PB-044": _entry(
            "{count:stemmeseddel|stemmesedler} nævner et forslag flere gange (linje {lines}); det tæller én gang",
            "{count:ballot names|ballots name} a proposal more than once (line {lines}); it counts once",
            "slet gentagelserne",
            "delete the repeats",
        ),
        "PB-045": _entry(
            "{count:stemmeseddel|stemmesedler} giver 0 point eller mindre (linje {lines}); de point tæller ikke",
            "{count:ballot gives|ballots give} 0 points or less (line {lines}); those points do not count",
            "slet dem",
            "delete them",
        ),
        "PB-046": _entry(
            "{count:stemmeseddel er blank|stemmesedler er blanke} (linje {lines}) og tæller med i antallet af stemmer",
            "{count:ballot is blank and counts|ballots are blank and count} in the number of votes (line {lines})",
            "slet dem, hvis de ikke er afgivne stemmer",
            "delete them if they are not ballots that were cast",
        ),
        "PB-047": _entry(
            "{count} voter_id står på flere stemmesedler, bl.a. {value} (linje {lines}); alle tæller, som de er skrevet",
            "{count} values of voter_id stand on several ballots, such as {value} (line {lines}); all count as written",
            "find ud af, om nogen har stemt to gange",
            "find out whether somebody voted twice",
        ),
        "PB-048": _entry(
            "{count:stemmeseddel|stemmesedler} har intet voter_id (linje {lines}) og tæller som skrevet",
            "{count:ballot has|ballots have} no voter_id (line {lines}), counted as written",
            "giv hver stemmeseddel et nummer",
            "give each ballot a number",
        ),
        "PB-049": _entry(
            "kolonnen points bruges ikke, når vote_type er {value}",
            "the column points is not used when vote_type is {value}",
            "ret vote_type, eller slet kolonnen",
            "correct vote_type, or delete the column",
        ),
        # Hand counts
        "PB-050": _entry(
            "en optælling i hånden har kun stemmetal, men VOTES har {count:række|rækker}",
            "a hand count has totals only, but VOTES has {count:row|rows}",
            "slet rækkerne, eller skriv den vote_type, som stemmesedlerne har",
            "delete the rows, or write the vote_type that the ballots have",
        ),
        "PB-051": _entry(
            "stemmetallene er tilsammen {total}, men {ballots} stemmesedler med højst {most} stemmer kan ikke give så mange",
            "the totals sum to {total}, but {ballots} ballots with at most {most} votes cannot give so many",
            "ret stemmetallene, num_votes eller max_length",
            "correct the totals, num_votes or max_length",
        ),
        "PB-052": _entry(
            "{count} forslag har flere stemmer, end der er stemmesedler ({ballots}): {ids}",
            "{count} proposals have more votes than there are ballots ({ballots}): {ids}",
            "ret tallene, eller skriv max_length, hvis én kunne give et forslag flere stemmer",
            "correct the numbers, or write max_length if one could give a proposal several votes",
        ),
        "PB-053": _entry(
            "score for {id} er {value}, men votes er {votes}; votes gælder",
            "the score of {id} is {value}, but votes is {votes}; votes counts",
            "ret tallene, eller slet kolonnen score",
            "correct the numbers, or delete the column score",
        ),
        "PB-054": _entry(
            "stemmetallene er tilsammen {total}, men num_votes er 0",
            "the totals sum to {total}, but num_votes is 0",
            "skriv i num_votes, hvor mange stemmesedler der var",
            "write in num_votes how many ballots there were",
        ),
        # Area-corrected votes
        "PB-060": _entry(
            "META har både area_weights og area_population",
            "META has both area_weights and area_population",
            "slet den, der ikke gælder",
            "delete the one that does not apply",
        ),
        "PB-061": _entry(
            "{value} i {key} er ikke et område med et tal over 0, eller området står der to gange",
            "{value} in {key} is not an area with a number above 0, or the area stands there twice",
            "skriv hvert område én gang, som Nord:3/2,Syd:1 (1,5 skrives 3/2), i area_population som Nord:1200,Syd:300",
            "write each area once, as in Nord:3/2,Syd:1 (write 3/2 for 1.5), in area_population as in Nord:1200,Syd:300",
        ),
        "PB-062": _entry(
            "{count:stemmeseddel|stemmesedler} er fra {value} (linje {lines}), som {key} ikke nævner",
            "{count:ballot is|ballots are} from {value} (line {lines}), which {key} does not name",
            "ret området, eller tilføj det i {key}",
            "correct the area, or add it to {key}",
        ),
        "PB-063": _entry(
            "{count:stemmeseddel|stemmesedler} har intet område (linje {lines}) og derfor ingen vægt efter {key}",
            "{count:ballot has|ballots have} no area (line {lines}), and so no weight by {key}",
            "skriv området i neighborhood eller district",
            "write the area in neighborhood or district",
        ),
        "PB-064": _entry(
            "vægtene efter {key} har ingen rimelig fælles nævner",
            "the weights by {key} have no reasonable common denominator",
            "brug rundere tal",
            "use rounder numbers",
        ),
        "PB-065": _entry(
            "{count:område|områder} har ingen stemmesedler og tæller ikke med i befolkningen: {value}",
            "{count:area has no ballots and is left|areas have no ballots and are left} out of the population: {value}",
            "kontrollér, at områderne er stavet ens",
            "check that the areas are spelt alike",
        ),
        "PB-066": _entry(
            "{key} kan ikke bruges i en optælling i hånden: stemmetallene siger ikke, hvor stemmerne kommer fra",
            "{key} cannot be used in a hand count: the totals do not say where the votes come from",
            "slet {key}",
            "delete {key}",
        ),
        "PB-099": _entry(
            "… og {count:problem|problemer} mere af slagsen {kind}",
            "… and {count:more problem|more problems} of the kind {kind}",
        ),
        # Exported profiles
        "PR-001": _entry(
            "profilen er ikke læselig JSON: {reason}",
            "the profile is not readable JSON: {reason}",
            "eksportér den igen med convert",
            "export it again with convert",
        ),
        "PR-002": _entry(
            "profilen har fejl i {where}: {reason}",
            "the profile is wrong at {where}: {reason}",
            "eksportér den igen med convert",
            "export it again with convert",
        ),
        "PR-003": _entry(
            "stemmeseddel {number} kan ikke læses: {value} ({reason})",
            "ballot {number} cannot be read: {value} ({reason})",
            "skriv antal<TAB>stemmeseddel, som docs/trace.md beskriver",
            "write count<TAB>ballot as docs/trace.md describes",
        ),
        "PR-004": _entry(
            "profilen er ikke på sin ene faste form: {reason}",
            "the profile is not in its one canonical form: {reason}",
            "skriv den igen med convert",
            "write it again with convert",
        ),
        # Files
        "FI-001": _entry(
            "filen findes ikke",
            "the file does not exist",
            "kontrollér navnet",
            "check the name",
        ),
        "FI-002": _entry(
            "filen kan ikke læses: {reason}",
            "the file cannot be read: {reason}",
            "kontrollér, at det er en fil, du må læse",
            "check that it is a file you may read",
        ),
        "FI-003": _entry(
            "mappen mangler {name}",
            "the folder lacks {name}",
            "en runde som CSV er en mappe med round.csv, proposals.csv og ballots.csv",
            "a round in CSV is a folder with round.csv, proposals.csv and ballots.csv",
        ),
        "FI-004": _entry(
            "{path}: formatet kendes ikke",
            "{path}: the format is not known",
            "brug .pb, .json (profil) eller en mappe med CSV-filer",
            "use .pb, .json (profile) or a folder of CSV files",
        ),
        "FI-008": _entry(
            "{path} er en planfil, ikke en runde",
            "{path} is a plan file, not a round",
            "skriv rundens fil først, og planfilen efter --plan",
            "name the round's file first, and the plan file after --plan",
        ),
        "FI-005": _entry(
            "{path} findes allerede",
            "{path} exists already",
            "vælg et andet navn, eller brug --force for at overskrive",
            "choose another name, or use --force to overwrite",
        ),
        "FI-013": _entry(
            "{path} findes allerede",
            "{path} exists already",
            "vælg et andet navn; den overskrives ikke",
            "choose another name; it is not overwritten",
        ),
        "FI-006": _entry(
            "{path} kan ikke skrives: {reason}",
            "{path} cannot be written: {reason}",
            "kontrollér mappen, rettighederne og pladsen",
            "check the folder, the permissions and the space",
        ),
        "FI-007": _entry(
            "profilen kan ikke skrives som enkelte stemmesedler: {reason}",
            "the profile cannot be written as single ballots: {reason}",
            "behold den som .json",
            "keep it as .json",
        ),
        "FI-010": _entry(
            "- er ikke et filnavn",
            "- is not the name of a file",
            "giv filen et navn; /dev/stdout sender den videre i et rør",
            "name the file; /dev/stdout passes it on into a pipe",
        ),
        "FI-011": _entry(
            "{path} er en mappe",
            "{path} is a folder",
            "giv navnet på den fil, der skal skrives",
            "give the name of the file to be written",
        ),
        "FI-009": _entry(
            "filen er for stor: der læses højst {most} byte",
            "the file is too large: at most {most} bytes are read",
            "kontrollér, at det er den rigtige fil",
            "check that it is the right file",
        ),
    }
)

REASONS_DA = {
    "not a number": "ikke et tal",
    "not a whole number": "ikke et helt tal",
    "more than two decimals": "mere end to decimaler",
    "too large": "for stort",
    "negative": "negativt",
    "perhaps thousands": "måske tusinder",
    "empty": "tomt",
}
"""Why a number cannot be read, in Danish."""
