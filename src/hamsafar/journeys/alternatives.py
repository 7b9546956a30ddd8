"""Several names in one text: ``a|b`` is either of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from hamsafar.journeys.askable import Askable

_PIECE = re.compile(r"\\[\\|]|[^|]")


def alternatives(text: str) -> list[str]:
    r"""The names that ``text`` stands for: ``a|b`` is ``a`` or ``b``, and spaces around the bar do not count.

    A bar that belongs to a name is written ``\|``, and a backslash before a bar ``\\``; any other backslash is
    itself. Text without a bar is one name as it is. ``joined`` is the way back.
    """
    names = [""]
    place = 0
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:
            names.append("")
            place += 1
        else:
            names[-1] += found[0][-1]
            place = found.end()
    return names if len(names) == 1 else [name.strip() for name in names]


def joined(names: Iterable[str]) -> str:
    """One text for several names, which ``alternatives`` reads back."""
    return "|".join(name.replace("\\", "\\\\").replace("|", "\\|") for name in names)


def codes_of(paths: Askable, texts: Iterable[str]) -> npt.NDArray[np.int64]:
    """The codes of all names in all texts, ascending and each once; raises ``UnknownEvent``."""
    return np.unique(
        np.array([paths.code_of(name) for text in texts for name in alternatives(text)], dtype=np.int64)
    )
