"""The fictive village of the demo: what its people propose, who they are, and how they vote.  All of it is invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from borgerbudget.files.disk import write_bytes
from borgerbudget.words import Language, Text

PROPOSALS = (
    ("bro", "Badebro ved fjorden", "45.000,00", "vand", "3, 14"),
    ("bus", "Busskur med bænk", "30.000,00", "veje", "11"),
    ("fest", "Fest for nye naboer", "12.000,00", "fællesskab", "11, 17"),
    ("have", "Fælles køkkenhave", "24.000,00", "natur", "12, 13"),
    ("hjerte", "Hjertestarter ved hallen", "18.000,00", "sundhed", "3"),
    ("lys", "Lys på stien til skolen", "30.000,00", "veje", "7, 11"),
    ("bane", "Bane til motocross", "95.000,00", "fritid", "3"),
)
"""Id, title, amount in kr., category, UN goals; in the order of their ids but for the last, which is turned down."""
NUMBERS = {proposal: str(number) for number, (proposal, *_) in enumerate(PROPOSALS[:-1], 1)}
"""As they stand on the ballot."""

ROLL = tuple(f"v{number:02}" for number in range(1, 25))
BY_CODE: Mapping[str, str] = {
    "v01": "hjerte bro have", "v02": "hjerte bro bus", "v03": "hjerte bro", "v04": "bro have", "v05": "hjerte have bus",
    "v06": "hjerte bro lys", "v07": "hjerte bro bus", "v08": "have lys", "v09": "hjerte bro have", "v10": "hjerte bus",
    "v11": "bro lys", "v12": "hjerte lys have",
}  # fmt: skip
"""Voter -> what she votes for with the code that she was given."""
AT_THE_OFFICE = ("v01", "v02", "v22")
"""Come by while voting is open or, the last one, after it: their ballots are keyed one by one, the others' come as a file."""
LOST = "v05"
SHEETS = (
    "bro bus",
    "hjerte have",
    "have lys bus",
    "hjerte lys",
    "bro have bus",
    "hjerte lys bro",
    "!",
    "hjerte fest",
    "-",
)
"""Ballots on paper in the order in which they lie; ``!`` cannot be read, ``-`` is blank."""
MISREAD = 4
"""The sheet that Bo keys otherwise than Anna."""
LOT = ("have", "bus", "hjerte", "fest", "lys", "bro")
"""The order in which the slips come out of the hat."""
UNREADABLE = Text("!ulæselig", "!unreadable")

FILES: Mapping[str, Text] = {
    "wrong": Text("forslag-forkert.csv", "proposals-wrong.csv"),
    "proposals": Text("forslag.csv", "proposals.csv"),
    "roll": Text("vaelgere.csv", "voters.csv"),
    "names": Text("navne.csv", "names.csv"),
    "anna": Text("sedler-anna.txt", "sheets-anna.txt"),
    "bo": Text("sedler-bo.txt", "sheets-bo.txt"),
    "again": Text("seddel-4-igen.txt", "sheet-4-again.txt"),
    "phrase-anna": Text("adgang-anna.txt", "passphrase-anna.txt"),
    "phrase-bo": Text("adgang-bo.txt", "passphrase-bo.txt"),
    "lot": Text("lod.txt", "lot.txt"),
    "codes": Text("koder.csv", "codes.csv"),
    "new-code": Text("ny-kode.csv", "new-code.csv"),
    "answers": Text("svar.csv", "answers.csv"),
}
"""What lies in the folder before the first command, and the files whose names the commands share."""


def ballot(choices: str) -> str:
    """Numbers as they stand on the ballot."""
    return " ".join(NUMBERS[proposal] for proposal in choices.split())


def write_files(folder: Path, language: Language) -> None:
    """What people in the village have written down: tables, keyed sheets, passphrases."""

    def write(name: str, lines: Sequence[str], excel: bool = True) -> None:
        text = "".join(f"{line}\r\n" if excel else f"{line}\n" for line in lines)
        write_bytes(folder / FILES[name].say(language), text.encode("utf-8-sig" if excel else "utf-8"))

    head = "Id;Titel;Beløb;Kategori;Verdensmål"
    rows = [";".join(row) for row in PROPOSALS]
    write("wrong", [head, *(row.replace("45.000,00", "45,000") for row in rows), "I alt;;254.000,00;;"])
    write("proposals", [head, *rows])
    write("roll", ["Vælger;Område", *(f"{voter};{_side(voter)}" for voter in ROLL)])
    write(
        "names",
        ["id;navn;vej;by", *(f"{voter};{_name(voter)};{_side(voter)}vej {voter[1:]};9999 Lillevig" for voter in ROLL)],
    )
    sheets = [_keyed(sheet, language) for sheet in SHEETS]
    write("anna", sheets, excel=False)
    misread = [ballot("hjerte bus") if number == MISREAD else sheet for number, sheet in enumerate(sheets, 1)]
    write("bo", misread, excel=False)
    write("again", [sheets[MISREAD - 1]], excel=False)
    write("lot", LOT, excel=False)
    for person in ("anna", "bo"):
        write(f"phrase-{person}", [f"{person} og en lang sætning, som kun demoen bruger"], excel=False)


def read_codes(folder: Path, language: Language) -> dict[str, str]:
    """Voter -> the code she holds now, from the files that the commands wrote."""
    found: dict[str, str] = {}
    for name in ("codes", "new-code"):
        path = folder / FILES[name].say(language)
        lines = path.read_text(encoding="utf-8-sig").splitlines()[1:] if path.exists() else []
        found |= dict(line.split(";", 1) for line in lines)
    return found


def write_answers(folder: Path, language: Language) -> None:
    """The ballots with codes that came back on paper forms, keyed as a table: code and numbers."""
    codes = read_codes(folder, language)
    rows = [f"{codes[voter]};{ballot(choices)}" for voter, choices in BY_CODE.items() if voter not in AT_THE_OFFICE]
    text = "".join(f"{row}\n" for row in ["kode;forslag", *rows])
    write_bytes(folder / FILES["answers"].say(language), text.encode())


def _keyed(sheet: str, language: Language) -> str:
    return {"!": UNREADABLE.say(language), "-": "-"}.get(sheet) or ballot(sheet)


def _side(voter: str) -> str:
    return "Strand" if int(voter[1:]) % 2 else "Skov"


FIRST = ("Ane", "Bent", "Clara", "Dorte", "Erik", "Fatima", "Gunnar", "Hanne", "Ivan", "Jytte", "Kaj", "Lene")
LAST = ("Brandt", "Dam")


def _name(voter: str) -> str:
    number = int(voter[1:]) - 1
    return f"{FIRST[number % 12]} {LAST[number // 12]}"
