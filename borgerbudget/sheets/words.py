"""The problems that reading office files can report: IMP-."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text


def _entry(da: str, en: str, mend_da: str = "", mend_en: str = "") -> Entry:
    return Entry(Text(da, en), Text(mend_da, mend_en))


PROBLEMS = Catalogue(
    {
        # The file
        "IMP-001": _entry(
            "der står ingenting i filen",
            "there is nothing in the file",
            "gem regnearket igen, og se efter, at det rigtige ark er med",
            "save the spreadsheet again, and see that the right sheet is in it",
        ),
        "IMP-002": _entry(
            "filen er {kind}, ikke en tabel",
            "the file is {kind}, not a table",
            "åbn den i regnearket, og gem den som .xlsx uden adgangskode eller som CSV",
            "open it in the spreadsheet and save it as .xlsx without a password, or as CSV",
        ),
        "IMP-003": _entry(
            "filen siger selv, at den er {name}, men byte {byte} er det ikke",
            "the file itself says that it is {name}, but byte {byte} is not",
            "gem den igen som “CSV UTF-8”",
            "save it again as “CSV UTF-8”",
        ),
        "IMP-004": _entry(
            "filen er ikke ren tekst: der står NUL-tegn i den",
            "the file is not plain text: there are NUL characters in it",
            "gem den som .xlsx eller “CSV UTF-8”; er den UTF-16 uden mærke, så tilføj --encoding utf-16-le",
            "save it as .xlsx or “CSV UTF-8”; if it is UTF-16 without a mark, add --encoding utf-16-le",
        ),
        "IMP-005": _entry(
            "teksten er kodet to gange: {value}",
            "the text was encoded twice: {value}",
            "hent filen igen, hvor den kom fra, og gem den som “CSV UTF-8”",
            "fetch the file again where it came from and save it as “CSV UTF-8”",
        ),
        "IMP-006": _entry(
            "filens tegnsæt er hverken UTF-8 eller Windows-1252 (byte {byte})",
            "the file's characters are neither UTF-8 nor Windows-1252 (byte {byte})",
            "gem den igen som “CSV UTF-8”, eller skriv --encoding med et af: {known}",
            "save it again as “CSV UTF-8”, or write --encoding with one of: {known}",
        ),
        "IMP-007": _entry(
            "filens tegnsæt ser forkert ud: {value} er nok skrevet i et andet (ældre Windows-, DOS- eller Mac-program)",
            "the file's characters look wrong: {value} was perhaps written in others (an old Windows, DOS or Mac program)",
            "gem den igen som “CSV UTF-8”, eller skriv --encoding cp850, cp865 eller mac_roman; "
            "står det rigtigt, så skriv --encoding cp1252",
            "save it again as “CSV UTF-8”, or write --encoding cp850, cp865 or mac_roman; "
            "if it is right as it stands, write --encoding cp1252",
        ),
        "IMP-008": _entry(
            "filen kan ikke læses som {name}",
            "the file cannot be read as {name}",
            "angiv et andet --encoding, eller gem filen igen som “CSV UTF-8”",
            "give another --encoding, or save the file again as “CSV UTF-8”",
        ),
        "IMP-009": _entry(
            "der står {sign} i filen: et tegn er gået tabt",
            "the file contains {sign}: a character has been lost",
            "hent filen igen, hvor den kom fra",
            "fetch the file again where it came from",
        ),
        # The workbook
        "IMP-010": _entry(
            "filen er ikke en .xlsx-fil, men en anden slags (.ods, .xlsb, .docx eller en zip-fil)",
            "the file is not an .xlsx file but of another kind (.ods, .xlsb, .docx or a zip file)",
            "åbn den i regnearket, og gem den som .xlsx",
            "open it in the spreadsheet and save it as .xlsx",
        ),
        "IMP-011": _entry(
            "filen fylder {size} MB pakket ud; højst {most} MB læses",
            "the file is {size} MB when unpacked; at most {most} MB are read",
            "slet tomme rækker, billeder og andre ark, eller gem som CSV",
            "delete empty rows, pictures and other sheets, or save it as CSV",
        ),
        "IMP-012": _entry(
            "filen er beskadiget: {reason}",
            "the file is damaged: {reason}",
            "hent den igen, eller åbn den i regnearket, og gem den på ny",
            "fetch it again, or open it in the spreadsheet and save it anew",
        ),
        "IMP-013": _entry(
            "filen har adgangskode",
            "the file has a password",
            "gem den uden adgangskode",
            "save it without a password",
        ),
        "IMP-014": _entry(
            "filen har makroer",
            "the file has macros",
            "gem den som .xlsx (ikke .xlsm)",
            "save it as .xlsx (not .xlsm)",
        ),
        "IMP-015": _entry(
            "filen har en del ({part}), som kan folde sig ud uden ende",
            "the file has a part ({part}) that could unfold without end",
            "åbn den ikke; bed afsenderen om en ny fra sit regneark",
            "do not open it; ask the sender for a new one from their spreadsheet",
        ),
        "IMP-016": _entry(
            "et ark har mere end {most} celler",
            "a sheet has more than {most} cells",
            "slet tomme rækker og kolonner, eller gem som CSV",
            "delete empty rows and columns, or save it as CSV",
        ),
        "IMP-017": _entry(
            "herfra kan filen ikke læses ({reason})",
            "from here the file cannot be read ({reason})",
            "se efter et citationstegn, der ikke er lukket, eller som står midt i en celle",
            "look for a quotation mark that is not closed, or that stands in the middle of a cell",
        ),
        "IMP-018": _entry(
            "rækken har {found} celler, men der er kun {expected} overskrifter: {value}",
            "the row has {found} cells, but there are only {expected} headings: {value}",
            'sæt celler, der selv indeholder skilletegnet, i "…", eller gem som .xlsx',
            'put cells that contain the separator in "…", or save it as .xlsx',
        ),
        # Numbers and dates
        "IMP-020": _entry(
            "{value} er ikke et beløb",
            "{value} is not an amount",
            "skriv hele beløbet med cifre, fx 12500",
            "write the whole amount in digits, such as 12500",
        ),
        "IMP-021": _entry(
            "{value} er et tal, som regnearket har forkortet",
            "{value} is a number that the spreadsheet has shortened",
            "gør kolonnen bredere, vælg tal uden E, og gem igen",
            "widen the column, choose a format without E, and save again",
        ),
        "IMP-022": _entry(
            "{value} kan læses som {small} eller {large}",
            "{value} can be read as {small} or {large}",
            "skriv {examples}, eller angiv --numbers {numbers}, hvis hele filen er skrevet sådan",
            "write {examples}, or give --numbers {numbers} if the whole file is written so",
        ),
        "IMP-023": _entry(
            "regnearket har gjort {value} til en dato",
            "the spreadsheet has made a date of {value}",
            "vælg Tekst for kolonnen, skriv cellen igen, og gem",
            "choose Text for the column, write the cell again, and save",
        ),
        "IMP-024": _entry(
            "{value} er ikke i {currency}: {word}",
            "{value} is not in {currency}: {word}",
            "skriv beløbet i {currency}, eller angiv --currency",
            "write the amount in {currency}, or give --currency",
        ),
        "IMP-025": _entry(
            "cellen viser {seen}, men indeholder {held}",
            "the cell shows {seen} but holds {held}",
            "skriv det beløb, der gælder, og vis alle decimaler",
            "write the amount that is meant, and show all decimals",
        ),
        "IMP-026": _entry(
            "{value} er ikke et helt tal",
            "{value} is not a whole number",
            "skriv et helt tal med cifrene 0-9 og uden tusindtalsmærke",
            "write a whole number in the digits 0-9 without a thousands mark",
        ),
        "IMP-027": _entry(
            "cellen viser en fejl: {value}",
            "the cell shows an error: {value}",
            "ret formlen, eller skriv værdien selv",
            "correct the formula, or write the value itself",
        ),
        "IMP-028": _entry(
            "formlen {value} er ikke regnet ud",
            "the formula {value} was not worked out",
            "åbn filen i regnearket, og gem den igen, eller skriv værdien selv",
            "open the file in the spreadsheet and save it again, or write the value itself",
        ),
        "IMP-029": _entry(
            "formlen {value} henter fra en anden fil, som kan have ændret sig",
            "the formula {value} fetches from another file, which may have changed",
            "indsæt værdien selv (Indsæt speciel, Værdier)",
            "paste the value itself (Paste Special, Values)",
        ),
        "IMP-030": _entry(
            "{value} har mere end {places} decimaler",
            "{value} has more than {places} decimals",
            "skriv hele kroner og øre",
            "write whole kroner and øre",
        ),
        "IMP-031": _entry(
            "{value} er for stort",
            "{value} is too large",
            "se efter, at tallet er rigtigt",
            "see that the number is right",
        ),
        "IMP-032": _entry(
            "i {value} står {mark} foran decimalerne, men filen læses, som om det skiller tusinder",
            "in {value} there is {mark} before the decimals, but the file is read as if it stood between thousands",
            "skriv alle beløb på samme måde, eller angiv --numbers {numbers}, hvis hele filen er skrevet sådan",
            "write all amounts in one way, or give --numbers {numbers} if the whole file is written so",
        ),
        "IMP-033": _entry(
            "{value} er ikke en dato",
            "{value} is not a date",
            "skriv datoen som 2026-09-14 eller 14. september 2026",
            "write the date as 2026-09-14 or 14 September 2026",
        ),
        "IMP-034": _entry(
            "{value} kan være den {first}. i måned {other} og den {other}. i måned {first}",
            "{value} can be day {first} of month {other} and day {other} of month {first}",
            'skriv order = "dmy" (dag først) eller "mdy" (måned først) i tilpasningsfilen',
            'write order = "dmy" (day first) or "mdy" (month first) in the mapping file',
        ),
        "IMP-035": _entry(
            "{value} skal være over 0",
            "{value} must be above 0",
            "skriv det ansøgte beløb",
            "write the amount applied for",
        ),
        # Sheets, headings, columns
        "IMP-040": _entry(
            "her mangler {missing}; overskrifterne er {found}",
            "{missing} is missing here; the headings are {found}",
            "ret overskriften, eller skriv i en tilpasningsfil (--mapping), hvad den hedder",
            "correct the heading, or write in a mapping file (--mapping) what it is called",
        ),
        "IMP-041": _entry(
            "der er intet ark {value}; arkene er {known}",
            "there is no sheet {value}; the sheets are {known}",
            "ret sheet i tilpasningsfilen",
            "correct sheet in the mapping file",
        ),
        "IMP-042": _entry(
            "flere ark passer: {known}",
            "several sheets fit: {known}",
            'skriv i en tilpasningsfil (--mapping), hvilket der gælder: sheet = "…"',
            'write in a mapping file (--mapping) which one is meant: sheet = "…"',
        ),
        "IMP-043": _entry(
            "kun arket {value} passer, og det er skjult",
            "only the sheet {value} fits, and it is hidden",
            "vis arket, eller skriv i en tilpasningsfil (--mapping), at det gælder: sheet = {value}",
            "show the sheet, or write in a mapping file (--mapping) that it is meant: sheet = {value}",
        ),
        "IMP-044": _entry(
            "arket {value} er læst; {others} er ikke",
            "the sheet {value} was read; {others} was not",
        ),
        "IMP-045": _entry(
            "bruges ikke: {headings}",
            "not used: {headings}",
        ),
        "IMP-046": _entry(
            "kolonnen er skjult, men er læst",
            "the column is hidden, but was read",
            "vis den, og se efter",
            "show it, and have a look",
        ),
        "IMP-047": _entry(
            "flere kolonner kan være det samme ({key}): {columns}",
            "several columns can be the same ({key}): {columns}",
            "omdøb den, der ikke gælder, eller skriv i en tilpasningsfil (--mapping), hvilken der gør",
            "rename the one that is not meant, or write in a mapping file (--mapping) which one is",
        ),
        "IMP-048": _entry(
            "kolonnen ser ud til at rumme CPR-numre ({count} fundet); de hører ikke til her og er ikke læst",
            "the column seems to hold personal numbers (CPR; {count} found); they do not belong here and were not read",
            "slet kolonnen i en kopi af filen; er det noget andet, så tilføj --allow-cpr (bruges aldrig som id)",
            "delete the column in a copy of the file; if it is something else, add --allow-cpr (never used as an id)",
        ),
        # Rows
        "IMP-050": _entry(
            "der står noget til højre for den sidste overskrift; det læses ikke",
            "there is something to the right of the last heading; it is not read",
            "skriv en overskrift, eller slet det",
            "write a heading, or delete it",
        ),
        "IMP-051": _entry(
            "rækken er skjult: skal den med eller ej?",
            "the row is hidden: is it meant or not?",
            "fjern filtret og vis rækken, eller slet den",
            "remove the filter and show the row, or delete it",
        ),
        "IMP-052": _entry(
            "cellen er flettet med andre, så kun den første har en værdi",
            "the cell is merged with others, so that only the first has a value",
            "ophæv fletningen, og skriv værdien i hver celle",
            "unmerge it, and write the value in each cell",
        ),
        "IMP-053": _entry(
            "rækken {value} lægger sammen og er ikke en af dem, der læses",
            "the row {value} sums up and is none of those that are read",
            "slet den",
            "delete it",
        ),
        "IMP-054": _entry(
            "overskrifterne står her igen",
            "the headings stand here again",
            "slet rækken",
            "delete the row",
        ),
        "IMP-055": _entry(
            "der er ingen rækker under overskrifterne",
            "there are no rows under the headings",
            "se efter, om det er det rigtige ark",
            "see whether it is the right sheet",
        ),
        # Proposals and voters
        "IMP-060": _entry(
            "{what} mangler",
            "{what} is missing",
            "udfyld cellen, eller slet rækken",
            "fill in the cell, or delete the row",
        ),
        "IMP-061": _entry(
            "{value} er brugt før, i række {first}",
            "{value} was used before, in row {first}",
            "giv hver sit eget, eller slet den ene række",
            "give each its own, or delete one of the rows",
        ),
        "IMP-062": _entry(
            "{value} kan ikke være et id",
            "{value} cannot be an id",
            "brug 1-64 af bogstaverne a-z, cifre, punktum, bindestreg, understreg og skråstreg",
            "use 1-64 of the letters a-z, digits, point, hyphen, underscore and slash",
        ),
        "IMP-063": _entry(
            "forslagene har ingen numre: de får 1-{count} i filens rækkefølge",
            "the proposals have no numbers: they get 1-{count} in the file's order",
            "tilføj en kolonne “Nr”, hvis de skal hedde noget andet",
            "add a column “No” if they are to be called otherwise",
        ),
        "IMP-064": _entry(
            "mindstebeløbet skal være over 0 og højst det ansøgte beløb",
            "the least amount must be above 0 and at most the amount applied for",
            "ret det ene, eller lad cellen stå tom",
            "correct one of them, or leave the cell empty",
        ),
        "IMP-065": _entry(
            "den samlede pris er mindre end det ansøgte beløb",
            "the total price is less than the amount applied for",
            "ret det ene",
            "correct one of them",
        ),
        "IMP-066": _entry(
            "{value} er ikke verdensmål med numrene 1-17",
            "{value} is not UN goals by the numbers 1-17",
            "skriv fx 3, 11",
            "write for instance 3, 11",
        ),
        "IMP-067": _entry(
            "titlen {value} står også i række {first}",
            "the title {value} stands in row {first} as well",
            "se efter, om det er det samme forslag",
            "see whether it is the same proposal",
        ),
        "IMP-068": _entry(
            "{value} er hverken ja eller nej",
            "{value} is neither yes nor no",
            "skriv ja eller nej",
            "write yes or no",
        ),
        "IMP-069": _entry(
            "{count:række er|rækker er} ikke stemmeberettiget og er ikke med (række {rows})",
            "{count:row is|rows are} not entitled to vote and left out (row {rows})",
        ),
        # Ballots
        "IMP-070": _entry(
            "{value} er ikke et af forslagene",
            "{value} is none of the proposals",
            "skriv forslagets nummer eller titel, eller skriv i tilpasningsfilen under [answers], hvilket det er",
            "write the proposal's number or title, or write in the mapping file under [answers] which it is",
        ),
        "IMP-071": _entry(
            "{value} kan læses på flere måder: {one} eller {other}",
            "{value} can be read in several ways: {one} or {other}",
            "skriv i tilpasningsfilen under [answers], hvad hele svaret betyder",
            "write in the mapping file under [answers] what the whole answer means",
        ),
        "IMP-072": _entry(
            "forslaget {value} er valgt to gange på samme stemmeseddel",
            "the proposal {value} is chosen twice on one ballot",
            "find ud af, hvad vælgeren mente, og ret rækken",
            "find out what the voter meant, and correct the row",
        ),
        "IMP-073": _entry(
            "{value} er hverken et kryds eller tomt",
            "{value} is neither a mark nor empty",
            "skriv x eller lad stå tom, eller skriv ordene i tilpasningsfilen under marked og unmarked",
            "write x or leave it empty, or write the words in the mapping file under marked and unmarked",
        ),
        "IMP-074": _entry(
            "{value} har stemt før, i række {first}",
            "{value} voted before, in row {first}",
            'slet den ene række, eller skriv double_vote = "first" eller "last" i tilpasningsfilen',
            'delete one of the rows, or write double_vote = "first" or "last" in the mapping file',
        ),
        "IMP-075": _entry(
            "{count:stemmeseddel|stemmesedler} (række {rows}) er ikke med, fordi samme person stemte flere gange ({which})",
            "{count:ballot|ballots} (row {rows}) left out because the same person voted several times ({which})",
        ),
        "IMP-076": _entry(
            "svaret kom {value}, uden for afstemningens tid",
            "the answer came {value}, outside the time of the vote",
            "slet rækken, eller ret from og until i tilpasningsfilen",
            "delete the row, or correct from and until in the mapping file",
        ),
        "IMP-077": _entry(
            "stemmesedlen har {found} forslag, men {points} pointtal",
            "the ballot has {found} proposals, but {points} numbers of points",
            "skriv lige mange i hver",
            "write equally many in both",
        ),
        "IMP-078": _entry(
            "{value} prioritet er sprunget over, men en senere er givet",
            "choice {value} is left out, but a later one is given",
            "find ud af, hvad vælgeren mente, og ret rækken",
            "find out what the voter meant, and correct the row",
        ),
        "IMP-080": _entry(
            "{count:stemmeseddel er blank|stemmesedler er blanke} (række {rows}) og tæller med i antallet",
            "{count:ballot is blank and counts|ballots are blank and count} in their number (row {rows})",
        ),
        "IMP-081": _entry(
            "rækken er den prisliste, som Stanfords platform skriver under overskrifterne, og er sprunget over",
            "the row is the list of costs that Stanford's platform writes under the headings, and was passed over",
        ),
        "IMP-082": _entry(
            "{value} er hverken 0 eller forslagets pris ({cost}): en del af et forslag kan ikke vælges",
            "{value} is neither 0 nor the proposal's cost ({cost}): a part of a proposal cannot be chosen",
            "se efter, om prisen er den samme i begge filer",
            "see whether the cost is the same in both files",
        ),
        "IMP-083": _entry(
            "her mangler koden",
            "the code is missing here",
            "skriv den kode, som vælgeren har skrevet, eller slet rækken, hvis der ingen er",
            "write the code that the voter gave, or delete the row if there is none",
        ),
        "IMP-084": _entry(
            "{value} er både et nummer på stemmesedlen og et andet forslags id: {one} eller {other}",
            "{value} is both a number on the ballot and the id of another proposal: {one} or {other}",
            'skriv i tilpasningsfilen digits = "numbers" (numre på stemmesedlen) eller "ids" (forslagenes id\'er)',
            'write in the mapping file digits = "numbers" (numbers on the ballot) or "ids" (the proposals\' ids)',
        ),
        "IMP-085": _entry(
            "tilpasningsfilen siger {keys}, men det er rundens egen regel, der gælder ({rule})",
            "the mapping file says {keys}, but it is the round's own rule that holds ({rule})",
            "slet linjen i tilpasningsfilen",
            "delete the line in the mapping file",
        ),
        "IMP-086": _entry(
            "svarene har point, men på rundens stemmeseddel er der ingen",
            "the answers have points, but the round's ballot has none",
            "se efter, om det er den rigtige tabel, eller ret shape og points i tilpasningsfilen",
            "see whether it is the right table, or correct shape and points in the mapping file",
        ),
        "IMP-087": _entry(
            "på rundens stemmeseddel har hvert forslag point, men svarene har ingen",
            "on the round's ballot each proposal has points, but the answers have none",
            'skriv shape = "points" eller "balls" i tilpasningsfilen, eller points = overskriften over pointtallene',
            'write shape = "points" or "balls" in the mapping file, or points = the heading of the numbers of points',
        ),
        "IMP-088": _entry(
            "teksten er længere, end en celle i Excel kan rumme ({most} tegn)",
            "the text is longer than a cell of Excel can hold ({most} characters)",
            "skriv en .csv i stedet",
            "write a .csv instead",
        ),
        # The mapping and the question
        "IMP-090": _entry(
            "tilpasningsfilen kan ikke læses: {reason}",
            "the mapping file cannot be read: {reason}",
            "skriv TOML i UTF-8, se docs/office-files.md",
            "write TOML in UTF-8, see docs/office-files.md",
        ),
        "IMP-091": _entry(
            "tilpasningsfilens {key} kendes ikke; der kan stå {known}",
            "the mapping file's {key} is not known; there can be {known}",
            "ret stavningen, eller slet linjen",
            "correct the spelling, or delete the line",
        ),
        "IMP-092": _entry(
            "tilpasningsfilens {key} skal være {kind}",
            "the mapping file's {key} must be {kind}",
            "ret linjen, se docs/office-files.md",
            "correct the line, see docs/office-files.md",
        ),
        "IMP-093": _entry(
            "tilpasningsfilen siger {value}, men der er intet sådant forslag",
            "the mapping file says {value}, but there is no such proposal",
            "skriv et af: {known}",
            "write one of: {known}",
        ),
        "IMP-094": _entry(
            "{path} er en tabel med forslag, og {missing} er ikke givet",
            "{path} is a table of proposals, and {missing} is not given",
            "skriv {missing}; se borgerbudget convert --help",
            "write {missing}; see borgerbudget convert --help",
        ),
        "IMP-095": _entry(
            "{option} hører til tabeller (.xlsx, .csv); {path} er en hel runde",
            "{option} belongs to tables (.xlsx, .csv); {path} is a whole round",
            "udelad {option}",
            "leave {option} out",
        ),
        "IMP-096": _entry(
            "forslagene i tabellen har ingen numre, så det kan ikke ses, hvilke der er hvilke",
            "the proposals in the table have no numbers, so nobody can tell which is which",
            "tilføj en kolonne “Nr” med de samme id'er som i runden",
            "add a column “No” with the same ids as in the round",
        ),
        "IMP-097": _entry(
            "{value} er ikke et tegnsæt, der kendes her",
            "{value} is no encoding that is known here",
            "skriv et af: {known}",
            "write one of: {known}",
        ),
        "IMP-098": _entry(
            "{value} er hverken en tilpasningsfil (.toml) eller en platform, der kendes her",
            "{value} is neither a mapping file (.toml) nor a platform that is known here",
            "skriv en fil eller en af: {known}",
            "write a file or one of: {known}",
        ),
        "IMP-099": _entry(
            "… og {count:problem|problemer} mere af slagsen {kind}",
            "… and {count:more problem|more problems} of the kind {kind}",
        ),
    }
)
