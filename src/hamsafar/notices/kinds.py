"""The kinds of notices. A room declares its own when it starts, with the sentences that they are told in::

    declare(Kind("mention", label_en="...", label_fa="...", en="{actor} mentioned you on “{map}”", fa="..."))

``en`` and ``fa`` are ``str.format`` templates over the notice's parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hamsafar.lib.persian import localise_digits

# Around a name inside a sentence: a Latin name must not turn a Persian sentence round, nor the other way.
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Kind:
    """``label_*`` name it in a list of choices; ``mail``: whether it also comes by mail unless somebody says no."""

    key: str
    label_en: str
    label_fa: str
    en: str
    fa: str
    mail: bool = True

    def label(self, language: str) -> str:
        return self.label_fa if language == "fa" else self.label_en

    def sentence(self, language: str, params: Mapping[str, str], *, isolate: bool = True) -> str:
        """What happened, in one sentence; ``isolate=False`` for places that show marks of direction as boxes."""
        before, after = (_FIRST_STRONG_ISOLATE, _POP_ISOLATE) if isolate else ("", "")
        shown = {name: f"{before}{localise_digits(value, language)}{after}" for name, value in params.items()}
        return (self.fa if language == "fa" else self.en).format(**shown)


_KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> None:
    _KINDS[kind.key] = kind


def kinds() -> list[Kind]:
    """All kinds, in the order they were declared."""
    return list(_KINDS.values())


def kind(key: str) -> Kind | None:
    """None for a kind that an earlier version had."""
    return _KINDS.get(key)
