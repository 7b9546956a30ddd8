"""Texts of an answer as HTML that reads in the right direction, whatever scripts meet in it."""

from __future__ import annotations

import re
from html import escape

from hamsafar.lib.language import Language

ARROWS = {"en": " → ", "fa": " ← "}
# Of a longer path so many steps are shown, and all of them when pointed at.
_MOST_STEPS = 14
# A sign before Persian digits would land behind them.
_SIGNED = re.compile(r"^[-−+<>]")
_MARK = "\u200e"
_LATIN = re.compile(r"[A-Za-z]\w+(?:[ ./:@-]\w+)*", re.ASCII)


def cell(text: str, language: Language) -> str:
    """A cell's content: each name of a path for itself, so that the arrows between point on; nothing is left raw."""
    names = text.split(ARROWS[language])
    if len(names) == 1:
        return escape(_MARK + text if language == "fa" and _SIGNED.match(text) else text)
    shown = ARROWS[language].join(f"<bdi>{escape(name)}</bdi>" for name in names[:_MOST_STEPS])
    if len(names) <= _MOST_STEPS:
        return shown
    return f'<span title="{escape(text)}">{shown}{ARROWS[language]}…</span>'


def note(text: str, language: Language) -> str:
    """A sentence; among Persian words Latin names stand for themselves, so that numbers stay beside them."""
    if language != "fa":
        return escape(text)
    parts, end = [], 0
    for found in _LATIN.finditer(text):
        parts += [escape(text[end : found.start()]), f"<bdi>{escape(found[0])}</bdi>"]
        end = found.end()
    return "".join([*parts, escape(text[end:])])
