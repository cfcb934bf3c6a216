"""An answer on the console: the plain words, then the table; and as one JSON document."""

from __future__ import annotations

from borgerbudget.words import Language, Text
from scenarios.answer import Answer, Cell, Column
from scenarios.table import cell_text, number_text, whole_table

WATERMARK = Text("SIMULATION, ikke en optælling", "SIMULATION, not a count")
SEEDED = Text(" (frø {seed}, {runs:gennemregning|gennemregninger})", " (seed {seed}, {runs:run|runs})")
MORE = Text(
    "… og {rows:række|rækker} til: giv --out MAPPE for det hele",
    "… and {rows:row|rows} more: give --out FOLDER for all of it",
)
MOST_ROWS = 40
WIDEST = 40


def answer_lines(answer: Answer, language: Language) -> list[str]:
    mark = WATERMARK.say(language)
    if answer.seed is not None and answer.runs is not None:
        mark += SEEDED.say(language, seed=answer.seed, runs=answer.runs)
    lines = [f"{answer.title.say(language)} [{answer.source}]", mark, ""]
    lines += [sentence.say(language) for sentence in answer.words]
    rows = answer.table.rows[:MOST_ROWS]
    shown = [[_shown(c, column, language) for c, column in zip(row, answer.table.columns, strict=True)] for row in rows]
    heads = [column.title.say(language) for column in answer.table.columns]
    filled = [i for i in range(len(heads)) if any(row[i] for row in shown)]
    widths = {i: max(len(heads[i]), *(len(row[i]) for row in shown)) for i in filled} if shown else {}
    for row in [heads, *shown] if shown else []:
        cells = [
            row[i].ljust(widths[i]) if answer.table.columns[i].kind == "text" else row[i].rjust(widths[i])
            for i in filled
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(len(lines) - len(shown) - 1, "") if shown else None
    if len(answer.table.rows) > len(rows):
        lines.append(MORE.say(language, rows=len(answer.table.rows) - len(rows)))
    return lines


def _shown(cell: Cell, column: Column, language: Language) -> str:
    if isinstance(cell, str) and cell in column.said:
        cell = column.said[cell].say(language)
    text = f"{float(cell):.3f}" if column.kind == "number" and cell is not None else cell_text(cell, column)
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def answer_json(answer: Answer) -> dict[str, object]:
    """``borgerbudget.scenario/1``: amounts in minor units, other numbers that are not whole as text."""
    table = whole_table(answer)
    return {
        "schema": "borgerbudget.scenario/1",
        "simulation": True,
        "question": answer.question,
        "title": {"da": answer.title.da, "en": answer.title.en},
        "source": answer.source,
        "seed": answer.seed,
        "runs": answer.runs,
        "currency": answer.currency,
        "words": [{"da": sentence.da, "en": sentence.en} for sentence in answer.words],
        "columns": [{"name": column.name, "kind": column.kind} for column in table.columns],
        "rows": [[number_text(cell) if isinstance(cell, float) else cell for cell in row] for row in table.rows],
    }
