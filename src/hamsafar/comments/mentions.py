"""People named in a comment: ``<@user id>`` in its text, their names to a reader."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TOKEN = re.compile(r"<@([0-9A-Z]{26})>")


def named_in(text: str) -> list[str]:
    """The ids of the people named, each once, in the order of the text."""
    return list(dict.fromkeys(_TOKEN.findall(text)))


def readable(text: str, names: Mapping[str, str]) -> str:
    """The text with names instead of ids; a person without a name here is @…"""
    return _TOKEN.sub(lambda found: f"@{names.get(found[1], '…')}", text)
