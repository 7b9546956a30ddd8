"""Values of properties as groups: told apart by their text, which is the same in every part of the paths."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.errors import UnknownProperty
from hamsafar.journeys.index import PathIndex, PropertyColumn

if TYPE_CHECKING:
    from hamsafar.journeys.askable import Askable
    from hamsafar.journeys.parts import Part

OTHER, NONE = "(other)", "(none)"
_WORDS = {"en": {}, "fa": {OTHER: "(سایر)", NONE: "(بدون مقدار)"}}
_RESERVED = (OTHER, NONE)


def value_text(value: Any) -> str:
    """A value as text: numbers without a needless fraction, so that 1, 1.0 and "1" are one group."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    text = str(value)
    return f"value {text}" if text in _RESERVED else text


def group_name(group: str, language: str) -> str:
    """A group as a reader calls it."""
    return _WORDS[language].get(group, group)


def column_of(index: PathIndex, name: str) -> PropertyColumn | None:
    """A property of the index; None where no event of this part of the paths has it."""
    try:
        return index.properties[name]
    except UnknownProperty:
        return None


def unknown_property(paths: Askable, name: str) -> UnknownProperty:
    """That no part of the paths has it; offers the nearest names of those that any part has."""
    known = paths.reduce(_property_names, _either)
    return UnknownProperty(name=name, known=sorted(known))


def _property_names(part: Part) -> frozenset[str]:
    return frozenset(part.index.properties)


def _either(left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    return left | right


def text_codes(column: PropertyColumn) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Which text each value has, int64 [n_values], and the texts."""
    texts: dict[str, int] = {}
    codes = [texts.setdefault(value_text(value), len(texts)) for value in column.values]
    return np.array(codes, dtype=np.int64), list(texts)


def count_values(index: PathIndex, name: str, places: npt.NDArray[np.int64]) -> Counter[str] | None:
    """How many of the events at ``places`` have each value; None when the property is not known here."""
    column = column_of(index, name)
    if column is None:
        return None
    codes, texts = text_codes(column)
    own = column.code[places]
    counts = np.bincount(codes[own[own >= 0]], minlength=len(texts))
    found = np.flatnonzero(counts)
    return Counter({texts[place]: int(counts[place]) for place in found.tolist()})


def joined_counts(left: Counter[str] | None, right: Counter[str] | None) -> Counter[str] | None:
    """Both together; None when neither knows the property."""
    if left is None or right is None:
        return right if left is None else left
    return left + right


def most_frequent(counts: Counter[str], top: int) -> list[str]:
    """The ``top`` values with the highest counts, ties by text."""
    return sorted(counts, key=lambda text: (-counts[text], text))[:top]


def groups_at(
    index: PathIndex, name: str, groups: list[str], places: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Which of ``groups`` the events at ``places`` belong to: ``len(groups)`` for others, one more for none."""
    column = column_of(index, name)
    if column is None:
        return np.full(len(places), len(groups) + 1, dtype=np.int64)
    codes, texts = text_codes(column)
    number = {text: place for place, text in enumerate(groups)}
    of_text = np.array([number.get(text, len(groups)) for text in texts], dtype=np.int64)
    # Code -1, no value, reads the last place.
    of_value = np.append(of_text[codes], len(groups) + 1)
    return np.asarray(of_value[column.code[places]])
