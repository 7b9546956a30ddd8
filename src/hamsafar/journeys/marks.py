"""Which events of a path are meant: those of a name, of several names, or an occurrence of a pattern."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.alternatives import alternatives, codes_of
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.parts import Part
from hamsafar.journeys.pattern import matcher_for
from hamsafar.journeys.patterns.matching import matches
from hamsafar.journeys.patterns.tables import Matcher

_ARROW = "->"
_ALWAYS = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Marked:
    """The events of a part's paths as kernels look at them: ``role[code[place]]`` are the bits of an event.

    The paths are ``offset[p]:offset[p + 1]`` for ``p`` from 0; a place is ``shift`` less than in the index.
    """

    code: Any
    at_us: Any
    offset: npt.NDArray[np.int64]
    role: npt.NDArray[np.uint8]
    shift: int


@dataclass(frozen=True)
class Marks:
    """What some texts mean, each with a bit of its own (1, 2, ...); it can be sent to another process.

    ``role`` uint8 [n_names] are the bits of names; ``patterns`` are those of the texts that are patterns.
    """

    role: npt.NDArray[np.uint8]
    patterns: tuple[tuple[int, Matcher], ...]

    @classmethod
    def of(cls, paths: Askable, *texts: str) -> Marks:
        """A text is a name, names with bars between, or, with an arrow that is no part of a name, a pattern.

        Raises ``UnknownEvent`` and, for a pattern, what ``pattern`` raises.
        """
        role = np.zeros(len(paths.names), dtype=np.uint8)
        patterns = []
        for place, text in enumerate(texts):
            bit = 1 << place
            if _ARROW in text and not set(alternatives(text)) <= paths.code_by_name.keys():
                patterns.append((bit, matcher_for(paths, text)))
            else:
                role[codes_of(paths, [text])] |= bit
        return cls(role, tuple(patterns))

    def on(self, part: Part, at: Literal["begin", "end"] = "end", within_us: int = _ALWAYS) -> Marked:
        """The events of a part. A pattern is at the first or at the last event of each of its occurrences.

        ``within_us``: only occurrences that end so long after their path's first event.
        """
        index = part.index
        offset = index.offset[part.first : part.last + 1]
        if not self.patterns:
            return Marked(index.code, index.at_us, offset, self.role, 0)
        low, high = int(offset[0]), int(offset[-1])
        bits = self.role[index.code[low:high]]
        for bit, matcher in self.patterns:
            path, begin, end = matches(matcher, part).T
            if within_us < _ALWAYS:
                in_time = index.at_us[end - 1] - index.at_us[index.offset[path]] <= within_us
                begin, end = begin[in_time], end[in_time]
            bits[(begin if at == "begin" else end - 1) - low] |= np.uint8(bit)
        bits.flags.writeable = False
        every = np.arange(1 << 8, dtype=np.uint8)
        return Marked(bits, index.at_us[low:high], offset - low, every, low)
