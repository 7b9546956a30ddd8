"""Differences as CSV: one row for each field that differs, and one for what came or went whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from hamsafar.lib.spreadsheet import safe_cell
from hamsafar.maps.comparison import words
from hamsafar.maps.comparison.telling import Told
from hamsafar.maps.comparison.words import word

COLUMNS = ("stage", "part", "what", "kinds", "owners", "field", "before", "after")


def write(told: Sequence[Told], language: str) -> bytes:
    """With a byte order mark, without which spreadsheets misread Persian; no cell runs as a formula."""
    joiner = word(words.TABLE, "joiner", language)
    rows = [[word(words.TABLE, column, language) for column in COLUMNS]]
    for one in told:
        kinds = joiner.join(word(words.KINDS, kind, language) for kind in one.kinds)
        begin = [one.stage_name, one.part_label, one.said, kinds, joiner.join(one.owners)]
        rows += [[*begin, field.label, field.before, field.after] for field in one.fields]
        if not one.fields:
            rows.append([*begin, "", *((one.said, "") if one.after is None else ("", one.said))])
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[safe_cell(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()
