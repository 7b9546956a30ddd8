"""The durations of a measured map by what they measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Durations:
    """How many durations of each kind there are, and their median (of gaps: the 95th percentile) in
    microseconds.

    Kinds are numbered as in ``kernels.times.durations``.
    """

    n: npt.NDArray[Any]
    value_us: npt.NDArray[Any]
    n_placements: int
    n_stages: int
    exact: bool

    def since_previous(self, placement: int) -> tuple[int, float | None]:
        """Number and median, in seconds, of the times since the touchpoint before."""
        return self._seconds(placement)

    def to_next_stage(self, stage: int) -> tuple[int, float | None]:
        return self._seconds(self.n_placements + stage)

    def to_complete(self) -> tuple[int, float | None]:
        return self._seconds(self.n_placements + 2 * self.n_stages)

    def gap(self, stage: int) -> tuple[int, float]:
        """Number and 95th percentile, in microseconds, of the gaps with which instances went on."""
        kind = self.n_placements + self.n_stages + stage
        return int(self.n[kind]), float(self.value_us[kind])

    def _seconds(self, kind: int) -> tuple[int, float | None]:
        n = int(self.n[kind])
        return n, float(self.value_us[kind]) / 1e6 if n else None
