"""One self-contained HTML file from an answer: no script, no network (the page forbids it itself), and it prints well."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from importlib import resources

from jinja2 import Environment, StrictUndefined

from borgerbudget.version import VERSION
from borgerbudget.words import Language, Text
from scenarios.answer import Answer
from scenarios.numbers import bare
from scenarios.page import words
from scenarios.page.cells import RIGHT, shown
from scenarios.page.descriptions import described, reading
from scenarios.pictures.drawing import watermark
from scenarios.pictures.words import MARK

MOST_ROWS = 400
"""Rows of the table on a page; ``table.csv`` has all."""


def page(answer: Answer, language: Language, pictures: Mapping[str, bytes]) -> str:
    """The page; ``pictures`` holds the SVG of each of the answer's figures by its name."""
    table = answer.table
    filled = [place for place in range(len(table.columns)) if any(row[place] is not None for row in table.rows)]
    columns = [table.columns[place] for place in filled]
    rows = table.rows[:MOST_ROWS]
    counted = words.ALL_ROWS if len(rows) == len(table.rows) else words.FIRST_ROWS
    caption = counted.say(language, rows=len(rows), shown=len(rows), total=len(table.rows))
    if any(column.kind == "amount" for column in columns):
        unit = "kr." if (language, answer.currency) == ("da", "DKK") else answer.currency
        caption += " " + words.AMOUNTS.say(language, currency=unit)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_own("page.html.j2")).render(
        language=language,
        style=_own("page.css"),
        mark=MARK.say(language),
        watermark=watermark(language, answer.seed, answer.runs),
        title=answer.title.say(language),
        source=answer.source,
        sentences=[sentence.say(language) for sentence in answer.words],
        pictures=[
            {
                "data": base64.b64encode(pictures[figure.name]).decode(),
                "described": described(figure, language),
                "reading": reading(figure, language),
            }
            for figure in answer.figures
        ],
        said={name: text.say(language) for name, text in HEADINGS.items()},
        caption=caption,
        columns=[{"title": c.title.say(language), "right": c.kind in RIGHT} for c in columns],
        rows=[[shown(row[p], c, language) for p, c in zip(filled, columns, strict=True)] for row in rows],
        made=list(_made(answer, language).items()),
    )


HEADINGS: dict[str, Text] = {
    "answer": words.ANSWER,
    "pictures": words.PICTURES,
    "reading": words.READING,
    "table": words.TABLE,
    "made": words.MADE,
}


def _made(answer: Answer, language: Language) -> dict[str, str]:
    """What was done, so that it can be done again."""
    told = {words.SOURCE: answer.source, words.QUESTION: f"scenario {answer.question}"}
    if answer.runs is not None:
        told[words.RUNS] = bare(answer.runs, "integer", language)
    if answer.seed is None:
        told[words.SEED] = words.NOTHING_DRAWN.say(language)
    else:
        told[words.SEED] = f"{answer.seed}. {words.SEED_MEANS.say(language)}"
    told |= {words.VERSION: f"borgerbudget {VERSION}", words.FILES: words.FILES_ARE.say(language)}
    return {name.say(language): value for name, value in told.items()}


def _own(name: str) -> str:
    return resources.files("scenarios.page").joinpath(name).read_text(encoding="utf-8")
