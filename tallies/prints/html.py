"""A document as one HTML file that needs nothing else: the same blocks as the PDF, readable by a screen reader."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from tallies.prints.blocks import Document, Together
from tallies.prints.words import COLUMNS_LIST

if TYPE_CHECKING:
    from jinja2 import Template


def html_bytes(document: Document) -> bytes:
    whole = [one for block in document.blocks for one in (block.blocks if isinstance(block, Together) else (block,))]
    blocks = [(type(block).__name__, block) for block in whole]
    columns = [text.say(document.language) for text in COLUMNS_LIST]
    return (_template().render(document=document, blocks=blocks, columns=columns).rstrip() + "\n").encode()


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = resources.files("tallies.prints").joinpath("page.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(text)
