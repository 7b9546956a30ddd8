"""A change of a transition: how it is written, and what it makes of the probabilities of a chain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hamsafar.journeys.what_if.chain import Chain, Floats
from hamsafar.lib.errors import BadInput

How = Literal["=", "+", "*"]

_CHANGE = re.compile(r"(.+?)\s*->\s*(.+?)\s*=\s*([+\-*]?)\s*([0-9.]+)\s*(%|[smhdw])?")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class BadChange(BadInput):
    code = "bad_change"
    en = (
        "“{given}” is not a change. Expected: source->target= and a probability (0.3, +0.05, -5%, *1.2), "
        "or for times 12h, +1d, *0.5."
    )
    fa = (
        "«{given}» تغییر معتبری نیست. شکل درست: source->target= و سپس احتمال (0.3، +0.05، -5%، *1.2) "
        "یا برای زمان 12h، +1d، *0.5."
    )


class ImpossibleChange(BadInput):
    code = "impossible_change"
    en = "After the changes, the transitions from “{source}” would add up to {total}: a probability is from 0 to 1."
    fa = "با این تغییرها جمع گذارهای «{source}» برابر {total} می‌شود؛ احتمال عددی بین ۰ و ۱ است."


class NothingGivesWay(BadInput):
    code = "nothing_gives_way"
    en = "From “{source}” there is no other transition that could take up the rest. Name one, e.g. {source}->(end)."
    fa = "از «{source}» گذار دیگری نیست که بقیه به آن برسد. یکی را نام ببرید؛ مثلاً {source}->(end)."


class NeverEnds(BadInput):
    code = "never_ends"
    en = "After the changes some paths would go round for ever. Leave a way out, e.g. to (end)."
    fa = "با این تغییرها بعضی مسیرها هرگز تمام نمی‌شوند. راه خروجی بگذارید؛ مثلاً به (end)."


@dataclass(frozen=True)
class Change:
    """``value`` is set (=), added (+, may be negative) or multiplied by (*): a probability, or seconds."""

    source: str
    target: str
    how: How
    value: float

    @classmethod
    def of(cls, text: str, *, time: bool = False) -> Change:
        """From ``a->b=+0.05`` or, a time, ``a->b=*0.5`` or ``a->b=12h``; raises ``BadChange``."""
        found = _CHANGE.fullmatch(text.strip())
        try:
            source, target, sign, digits, unit = found.groups() if found else ("", "", "", "", None)
            value = float(digits)
        except ValueError:
            raise BadChange(given=text) from None
        if (unit in _SECONDS and not time) or (unit == "%" and time) or (sign == "*" and unit in _SECONDS):
            raise BadChange(given=text)
        value *= 0.01 if unit == "%" else _SECONDS.get(unit or "", 1)
        how: How = "*" if sign == "*" else "+" if sign else "="
        return cls(source, target, how, -value if sign == "-" else value)

    def of_value(self, before: float) -> float:
        return {"=": self.value, "+": before + self.value, "*": before * self.value}[self.how]

    def __str__(self) -> str:
        sign = {"=": "", "+": "+" if self.value >= 0 else "", "*": "*"}[self.how]
        return f"{self.source}->{self.target}={sign}{self.value:g}"


@dataclass(frozen=True)
class Changes:
    """What is changed in a chain: probabilities and mean times, each by the place of its edge.

    ``labels`` are those of the states, for errors.
    """

    chain: Chain
    labels: Sequence[str]
    shares_at: Sequence[tuple[int, Change]]
    times_at: Sequence[tuple[int, Change]]

    def shares(
        self, counts: Floats, seconds_sum: Floats, *, strict: bool
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Probabilities and mean seconds of the edges as counted, and those after the changes; float64 [edges] each.

        ``strict`` is for all persons; without some of them, what would not quite fit is cut to fit. Raises
        ``ImpossibleChange`` and ``NothingGivesWay``, when strict.
        """
        share = self.chain.probabilities(counts)
        seconds = mean_seconds(self.chain, counts, seconds_sum)
        new_seconds = seconds.copy()
        for where, one in self.times_at:
            new_seconds[where] = max(one.of_value(seconds[where]), 0.0)
        return share, seconds, self._changed(share, strict=strict), new_seconds

    def _changed(self, share: Floats, *, strict: bool) -> Floats:
        """The others of a source keep their proportions."""
        after: Floats = share.copy()
        fixed = np.zeros(len(share), dtype=bool)
        for where, one in self.shares_at:
            after[where] = one.of_value(after[where] if fixed[where] else share[where])
            fixed[where] = True
        for source in {int(self.chain.source[where]) for where in np.flatnonzero(fixed)}:
            edges = slice(*np.searchsorted(self.chain.source, [source, source + 1]).tolist())
            own, still = after[edges], fixed[edges]
            total, least = float(own[still].sum()), float(own[still].min())
            others = float(share[edges][~still].sum())
            if total > 1 + 1e-9 or least < -1e-9:
                if strict:
                    told = round(total if least >= 0 else least, 4)
                    raise ImpossibleChange(source=self.labels[source], total=told)
                own[still] = np.clip(own[still], 0, 1) / max(total, 1)
                total = float(own[still].sum())
            if others <= 0 and total < 1 - 1e-9:
                if strict:
                    raise NothingGivesWay(source=self.labels[source])
                continue
            own[~still] *= max(1 - total, 0.0) / others if others > 0 else 0.0
        return after


def mean_seconds(chain: Chain, counts: Floats, sums: Floats) -> Floats:
    """Mean time of each edge; of one that nobody took, the mean of its source's others (0: there are none)."""
    n = chain.n_nodes
    real = (chain.source != n) & (chain.target != n + 1)
    own = np.bincount(chain.source, sums * real, chain.n_states)
    taken = np.bincount(chain.source, counts * real, chain.n_states)
    usual = (own / np.where(taken > 0, taken, 1))[chain.source]
    means: Floats = np.where(counts > 0, sums / np.where(counts > 0, counts, 1), usual * real)
    return means
