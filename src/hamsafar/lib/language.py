"""The language of whoever is at the keyboard: of a shell, or of a notebook."""

from __future__ import annotations

import os
from typing import Literal

Language = Literal["en", "fa"]


def users_language() -> Language:
    """HAMSAFAR_LANGUAGE; else a Persian locale (LC_ALL, LC_MESSAGES, LANG: the first that is set); else English."""
    names = ("HAMSAFAR_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for value in map(os.environ.get, names) if value), "")
    return "fa" if named.lower().startswith("fa") else "en"
