"""A map's cards as CSV, there and back."""

from __future__ import annotations

import csv
import io

from hamsafar.lib.spreadsheet import plain_text, safe_cell
from hamsafar.maps.document import Exchange
from hamsafar.maps.faults import Fault, MapInvalid
from hamsafar.maps.formats import cards, cards_read

SUFFIXES = ("csv",)
MEDIA = "text/csv"
left_out = cards.left_out


def write(exchange: Exchange) -> bytes:
    """With a byte order mark, without which spreadsheets misread Persian."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[safe_cell(cell) for cell in row] for row in cards.rows(exchange)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def read(data: bytes, language: str) -> Exchange:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MapInvalid([Fault("", "not_utf8")]) from None
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        table = [
            [plain_text(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)
        ]
    except csv.Error:
        raise MapInvalid([Fault("", "not_a_table")]) from None
    return cards_read.exchange_of(table, language)
