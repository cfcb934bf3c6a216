"""Cells that a spreadsheet would take for a formula, guarded by an apostrophe and freed of it again.

A title such as ``=HYPERLINK(...)`` comes from whoever sent it in, and a spreadsheet runs it.  So what begins with ``=``, ``+``,
``-`` or ``@`` is written with an apostrophe before it, and so is what begins with apostrophes and one of these: reading takes
one away, and every text comes back as it was.
"""

from __future__ import annotations

import re

_DANGER = re.compile(r"'*[=+\-@]")


def guard(cell: str) -> str:
    return "'" + cell if _DANGER.match(cell) else cell


def unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _DANGER.match(cell) else cell
