"""A command line that cannot be understood: the command library's English refusals as one sentence in both languages.

The library gives its reason as text only, so the text is matched; a reason that is not in the table is still said, without
details, in Danish and in the library's own words in English (a test asks for each row with the real command).
"""

from __future__ import annotations

import re

from borgerbudget.errors import Problem
from borgerbudget.words import Text

REASONS = (
    (r"Missing (?:option|argument) '(?P<what>[^' ]+).*", Text("{what} mangler", "{what} is missing")),
    (r"Missing command\.", Text("kommandoen mangler", "the command is missing")),
    (r"No such command '(?P<what>.*)'\..*", Text('kommandoen "{what}" findes ikke', 'there is no command "{what}"')),
    (r"No such option: (?P<what>\S+).*", Text("{what} kendes ikke her", "{what} is not known here")),
    (r"Option '(?P<what>.*)' requires an argument\.", Text("{what} skal have en værdi", "{what} needs a value")),
    (r"Option '(?P<what>.*)' does not take a value\.", Text("{what} har ingen værdi", "{what} takes no value")),
    (r"Got unexpected extra argument\S* \((?P<what>.*)\)", Text('"{what}" er for meget', '"{what}" is too much')),
    (
        r"Invalid value for '(?P<what>[^' ]+).*': (?:Value error, )?'(?P<value>.*)' is not one of (?P<choices>.*)\.",
        Text('{what} kan ikke være "{value}", kun {choices}', '{what} cannot be "{value}", only {choices}'),
    ),
    (
        r"Invalid value for '(?P<what>[^' ]+).*",
        Text("værdien af {what} kan ikke bruges", "the value of {what} cannot be used"),
    ),
)
WORDS = {
    "AREA": "området", "BATCH": "bunken", "CHOICE...": "numrene", "CONTENT...": "indholdet", "FIGURE": "tallet", "FILE": "filen",
    "FILE.bba": "pakken", "FILE.csv": "filen", "FILE.toml": "filen", "IN": "filen, der læses", "KEY.pub": "nøglen",
    "KEY=VALUE...": "indstillingen", "NAME": "navnet", "NAME|FILE.toml": "navnet", "NUMBER": "nummeret",
    "OUT": "filen, der skrives", "PLAN|ROUND": "planen", "PROPOSAL": "forslaget", "PROPOSAL...": "forslagene", "ROUND": "runden",
    "ROUND...": "runden", "SHEET": "sedlen", "SOURCE": "kilden", "TEXT": "teksten", "VOTER": "vælgeren", "VOTER...": "vælgeren",
    "WHAT": "tryksagen",
}  # fmt: skip
"""What help calls a word of the command line, in Danish."""
MEND = Text("se {command} --help", "see {command} --help")


def misasked(refusal: str, command: str) -> Problem:
    """``refusal``: the library's sentence; ``command``: the words before the options."""
    sentence = Text("kommandoen kan ikke forstås", refusal.removesuffix("."))
    for pattern, text in REASONS:
        match = re.fullmatch(pattern, refusal, re.DOTALL)
        if match is not None:
            values: dict[str, str | Text] = {k: value.replace("'", "") for k, value in match.groupdict().items()}
            what = str(values.get("what"))
            if what in WORDS:
                values["what"] = Text(f"{WORDS[what]} ({what})", what)
            sentence = text.fill(**values)
            break
    return Problem("ASK-001", sentence, MEND.fill(command=command))
