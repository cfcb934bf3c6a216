"""A document as PDF: A4, one typeface that has the letters of most of Europe, black on white, made for a plain printer.

The same document gives the same bytes: nothing in it is taken from the clock.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib import resources
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Frame as Area
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid
from reportlab.platypus.doctemplate import NextPageTemplate

from tallies.prints.blocks import (
    Address,
    Block,
    Choices,
    Code,
    Document,
    Frame,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    Size,
    Table,
    Together,
)
from tallies.prints.words import PAGE

PLAIN, BOLD = "bb-plain", "bb-bold"
POINTS: dict[Size, int] = {"huge": 34, "poster": 18, "large": 14, "normal": 11, "small": 9}
MARGIN = 18 * mm
FOOT = 16 * mm
WIDTH, HEIGHT = A4
ROWS = ((15, 10 * mm, 6), (13.5, 9 * mm, 4), (12, 7.5 * mm, 2.5), (11, 5.5 * mm, 3))
"""Of a ballot, from roomy to tight: size of letters, height of a box, room above and below."""
BEFORE_ROWS = 62 * mm
"""What stands above them on the first page."""
HAIR = colors.Color(0.55, 0.55, 0.55)


def pdf_bytes(document: Document) -> bytes:
    """The whole file."""
    _fonts()
    pages = _build(document, None)
    counts = _parts(pages, document.restart)
    stream = io.BytesIO()
    _build(document, counts, stream)
    return stream.getvalue()


def missing_letters(texts: Iterable[str]) -> list[str]:
    """Letters that the typeface lacks, in order; they would be printed as empty boxes."""
    _fonts()
    known = pdfmetrics.getFont(PLAIN).face.charWidths  # type: ignore[attr-defined]
    return sorted({letter for text in texts for letter in text if ord(letter) not in known and letter != "\n"})


def _fonts() -> None:
    if PLAIN in pdfmetrics.getRegisteredFontNames():
        return
    files = resources.files("font_source_sans_pro") / "files"
    for name, file in ((PLAIN, "SourceSansPro-Regular.ttf"), (BOLD, "SourceSansPro-Bold.ttf")):
        with resources.as_file(files / file) as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)


class _Template(BaseDocTemplate):
    """Notes on which page each part begins, and writes the foot once it is known how many pages there are."""

    def __init__(self, document: Document, stream: io.BytesIO, counts: list[tuple[int, int]] | None) -> None:
        super().__init__(
            stream, pagesize=A4, title=document.title, author="borgerbudget", lang=document.language, invariant=1,
            leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=FOOT + 6 * mm, initialFontName=PLAIN,
        )  # fmt: skip
        self.document, self.counts, self.starts, self.pages = document, counts, [1], 0
        area = Area(MARGIN, FOOT + 6 * mm, WIDTH - 2 * MARGIN, HEIGHT - MARGIN - FOOT - 6 * mm, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [area], onPage=self._foot))

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, _Part):
            self.starts.append(self.page + 1)

    def _foot(self, canvas: Canvas, _: object) -> None:
        self.pages = max(self.pages, canvas.getPageNumber())
        if self.document.day is not None:
            canvas.setDateFormatter(lambda *_: f"D:{str(self.document.day).replace('-', '')}")
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, FOOT, WIDTH - MARGIN, FOOT)
        canvas.setFont(PLAIN, 8)
        for number, line in enumerate(self.document.foot.split("\n")):
            canvas.drawString(MARGIN, FOOT - 10 - 10 * number, line)
        if self.counts is not None:
            page, of = self.counts[canvas.getPageNumber() - 1]
            words = PAGE.say(self.document.language, page=page, pages=of)
            canvas.drawRightString(WIDTH - MARGIN, FOOT - 10, words)


class _Part(Flowable):
    """Takes no room: after it another part begins."""

    def wrap(self, *_: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        pass


def _build(document: Document, counts: list[tuple[int, int]] | None, stream: io.BytesIO | None = None) -> list[int]:
    """The pages on which parts begin, and last the number of pages plus one."""
    template = _Template(document, stream or io.BytesIO(), counts)
    story: list[Flowable] = [NextPageTemplate("page")]
    for block in document.blocks:
        story += _flowables(block)
    template.build(story)
    return [*template.starts, template.pages + 1]


def _parts(starts: list[int], restart: bool) -> list[tuple[int, int]]:
    """For each page its number and of how many."""
    if not restart:
        return [(page, starts[-1] - 1) for page in range(1, starts[-1])]
    return [(page - start + 1, end - start) for start, end in pairwise(starts) for page in range(start, end)]


def _style(size: float, bold: bool = False, **more: Any) -> ParagraphStyle:
    font = BOLD if bold else PLAIN
    return ParagraphStyle(
        f"{font}-{size}", fontName=font, fontSize=size, leading=size * 1.25, splitLongWords=True, wordWrap="LTR", **more
    )


def _text(text: str, size: float, bold: bool = False, **more: Any) -> Text:
    return Text(escape(text).replace("\n", "<br/>"), _style(size, bold, **more))


def _flowables(block: Block) -> list[Flowable]:
    match block:
        case Heading():
            size = {0: 38, 1: 24, 2: 14, 3: 11}[block.level]
            heading = _text(block.text, size, True, spaceBefore={2: 10, 3: 5}.get(block.level, 0), spaceAfter=4)
            return [*([CondPageBreak(30 * mm)] if block.level > 1 else []), heading]
        case Paragraph():
            return [_text(block.text, POINTS[block.size], block.bold, spaceAfter=5)]
        case Frame():
            return [_frame(block), Spacer(0, 4 * mm)]
        case Choices():
            return [_choices(block)]
        case Table():
            return [_table(block), Spacer(0, 4 * mm)]
        case Code():
            return [_code(block), Spacer(0, 5 * mm)]
        case Address():
            return [_address(block)]
        case Signatures():
            return [_signatures(block)]
        case Together():
            return [KeepTogether([flowable for one in block.blocks for flowable in _flowables(one)])]
        case NewPage():
            return [_Part(), PageBreak()]


def _frame(block: Frame) -> Flowable:
    size = POINTS[block.size]
    lines = [_text(line, size, number == 0, spaceAfter=2) for number, line in enumerate(block.lines)]
    return Grid(
        [[lines]], colWidths=[WIDTH - 2 * MARGIN],
        style=[("BOX", (0, 0), (-1, -1), 1.6, colors.black), ("LEFTPADDING", (0, 0), (-1, -1), 10),
               ("RIGHTPADDING", (0, 0), (-1, -1), 10), ("TOPPADDING", (0, 0), (-1, -1), 6),
               ("BOTTOMPADDING", (0, 0), (-1, -1), 8)],
    )  # fmt: skip


class _Box(Flowable):
    """Where the voter makes her mark."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.setLineWidth(1.4)
        self.canv.rect(0, 0, self.width, self.height)


def _choices(block: Choices) -> Flowable:
    """As roomy as fits on one page, tight where nothing does."""
    room = HEIGHT - MARGIN - FOOT - 6 * mm - BEFORE_ROWS
    for title, box, pad in ROWS:
        found = _rows(block, title, box, pad)
        if found.wrap(WIDTH - 2 * MARGIN, HEIGHT)[1] <= room:
            break
    return found


def _rows(block: Choices, title: float, box: float, pad: float) -> Flowable:
    wide = box * 1.7 if block.wide else box
    rows: list[list[object]] = [[_text(block.mark, 9), "", "", ""]]
    for row in block.rows:
        what: list[Flowable] = [_text(row.title, title, True)]
        if row.about:
            what.append(_text(row.about, 10))
        number = _text(row.number, title + 2, True, alignment=TA_CENTER)
        amount = _text(row.amount, title, alignment=TA_RIGHT)
        rows.append([_Box(wide, box), number, what, amount])
    left = max(wide + 4 * mm, 22 * mm)
    money = 34 * mm if title > 12 else 30 * mm
    return Grid(
        rows, colWidths=[left, 15 * mm, WIDTH - 2 * MARGIN - left - 15 * mm - money, money],
        repeatRows=1, splitInRow=1,
        style=[("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("SPAN", (0, 0), (-1, 0)), ("LEFTPADDING", (0, 0), (-1, -1), 3),
               ("RIGHTPADDING", (0, 0), (-1, -1), 3), ("TOPPADDING", (0, 1), (-1, -1), pad),
               ("BOTTOMPADDING", (0, 1), (-1, -1), pad), ("LINEABOVE", (0, 1), (-1, -1), 0.6, HAIR),
               ("LINEBELOW", (0, -1), (-1, -1), 0.6, HAIR), ("NOSPLIT", (0, 0), (-1, 1))],
    )  # fmt: skip


def _table(block: Table) -> Flowable:
    size = POINTS[block.size]
    whole = WIDTH - 2 * MARGIN
    widths = [whole * part / sum(block.widths) for part in block.widths]

    def cells(row: tuple[str, ...], bold: bool) -> list[Text]:
        return [
            _text(cell or "\u00a0", size, bold, alignment=TA_RIGHT if column in block.right else 0)
            for column, cell in enumerate(row)
        ]

    rows = [cells(row, block.strong and number == len(block.rows)) for number, row in enumerate(block.rows, 1)]
    pad = max(0, (block.tall * mm - size * 1.25 - 4.5) / 2)  # a row of one line is tall, and one of several taller
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("GRID", (0, 1), (-1, -1), 0.5, HAIR),
        ("LINEBELOW", (0, 0), (-1, 0), 1.4, colors.black), ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4), ("TOPPADDING", (0, 0), (-1, -1), 1.5 + pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3 + pad), ("TOPPADDING", (0, 0), (-1, 0), 2),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3.5),
    ]  # fmt: skip
    if block.strong:
        style.append(("LINEABOVE", (0, -1), (-1, -1), 1.4, colors.black))
    return Grid([cells(block.head, True), *rows], colWidths=widths, repeatRows=1, splitInRow=1, style=style)


def _code(block: Code) -> Flowable:
    label = _text(block.label, 12, True, alignment=TA_CENTER)
    code = _text(block.text, 34, True, alignment=TA_CENTER)
    return Grid(
        [[label], [code]], colWidths=[WIDTH - 2 * MARGIN],
        style=[("BOX", (0, 0), (-1, -1), 2, colors.black), ("TOPPADDING", (0, 0), (-1, 0), 8),
               ("TOPPADDING", (0, 1), (-1, 1), 2), ("BOTTOMPADDING", (0, 1), (-1, 1), 22)],
    )  # fmt: skip


def _address(block: Address) -> Flowable:
    """Clear of the upper edge, as high as the window of a Danish envelope leaves room for."""
    lines = [_text(line, 12) for line in block.lines]
    return Grid([[lines]], colWidths=[WIDTH - 2 * MARGIN], rowHeights=[58 * mm],
                style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 18 * mm),
                       ("LEFTPADDING", (0, 0), (-1, -1), 2)])  # fmt: skip


def _signatures(block: Signatures) -> Flowable:
    half = (WIDTH - 2 * MARGIN) / 2
    labels = [_text(label, 9) for label in block.labels]
    pairs = [labels[i : i + 2] for i in range(0, len(labels), 2)]
    pairs[-1] += [_text("", 9)] * (2 - len(pairs[-1]))
    style = [
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    rows: list[list[object]] = []
    for pair in pairs:
        rows += [["", ""], list(pair)]
    lines = [("LINEBELOW", (column, row), (column, row), 0.8, colors.black, 0, None)
             for row in range(0, len(rows), 2) for column in (0, 2) if (row // 2) * 2 + column // 2 < len(labels)]  # fmt: skip
    spaced = [[row[0], "", row[1]] for row in rows]
    heights = [11 * mm if number % 2 == 0 else None for number in range(len(rows))]
    return Grid(spaced, colWidths=[half - 6 * mm, 12 * mm, half - 6 * mm], rowHeights=heights, style=[*style, *lines])
