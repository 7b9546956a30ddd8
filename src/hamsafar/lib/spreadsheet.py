"""What a spreadsheet must not take for more than it is."""

from __future__ import annotations

import re

# A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe keeps it a text. Who wrote
# apostrophes before one gets one more, so that it can be taken away again.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def safe_cell(cell: object) -> object:
    """A cell for CSV: a text that would run as a formula gets an apostrophe; everything else as it is."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def plain_text(text: str) -> str:
    """What ``safe_cell`` was given: the apostrophe before a would-be formula is taken away."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
