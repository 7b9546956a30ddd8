"""Every instance judged: what deviates in it, and how well the map explains it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial as bind
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from hamsafar.journeys.designed.ad_hoc import tables
from hamsafar.journeys.designed.result import AdHoc
from hamsafar.journeys.designed.visits import failed_steps, instances_of, targets_of, timed
from hamsafar.journeys.designed.walk import Chunk, Stretch, Walk

if TYPE_CHECKING:
    from hamsafar.journeys.designed.kernels.judge import Judged, Told
    from hamsafar.journeys.designed.kernels.visits import Targets
    from hamsafar.journeys.designed.kernels.walk import Layout

Array = npt.NDArray[Any]

KINDS = ("missing", "out_of_sequence", "ad_hoc", "failing", "late")
"""In the order of ``kernels.judge``."""

WHOLE = 1_000_000_000
"""Fitness is summed in billionths: whole numbers add up to the same in any order."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """``kinds`` int64 [5, 3]: deviations of each kind, the instances and the persons that have any.

    ``conforming`` instances have none, ``conforming_persons`` no instance with any. A monoid.
    """

    instances: int
    persons: int
    conforming: int
    conforming_persons: int
    fitness: int
    kinds: Array

    def merge(self, other: Verdict) -> Verdict:
        return Verdict(**{name: mine + getattr(other, name) for name, mine in vars(self).items()})


@dataclass(frozen=True, eq=False)
class Rules:
    """What a chunk's instances are judged by; it goes to where the paths are."""

    layout: Layout
    told: Told
    targets: Targets


@dataclass(frozen=True, eq=False)
class Instances:
    """The instances of a chunk: ``deviations`` int64 [k, 5] by kind, and the fitness of each in billionths."""

    judged: Judged
    deviations: Array
    fitness: Array


def rules_of(walk: Walk, ad_hoc: tuple[AdHoc, ...]) -> Rules:
    """``ad_hoc`` are the events that are told."""
    from hamsafar.journeys.designed.kernels.judge import Told

    number_of = {
        card: place
        for place, placement in enumerate(walk.model.placements)
        for card in (placement.card, *placement.also_cards)
    }
    pairs = sorted({(number_of[row.from_card], number_of[row.to_card]) for row in ad_hoc})
    names = sorted({row.event for row in ad_hoc})
    told = np.zeros((len(pairs), len(names)), dtype=bool)
    for row in ad_hoc:
        told[pairs.index((number_of[row.from_card], number_of[row.to_card])), names.index(row.event)] = True
    pair_of, name_of = tables(
        len(walk.model.placements),
        np.array(pairs, dtype=np.int64).reshape(-1, 2),
        len(walk.paths.names),
        np.array([walk.paths.code_of(name) for name in names], dtype=np.int64),
    )
    return Rules(_seen_layout(walk), Told(pair_of, name_of, told), targets_of(walk.model))


def _seen_layout(walk: Walk) -> Layout:
    """The layout without what can never be seen: a required placement, or a group one of which, is not bound."""
    model, layout = walk.model, walk.layout
    bound = [model.touchpoints[placement.touchpoint].bound for placement in model.placements]
    group_stage = [
        group.stage if all(bound[number] for number in group.placements) else len(model.stages)
        for group in model.groups
    ]
    return layout._replace(
        required=np.array([number for number in layout.required.tolist() if bound[number]], dtype=np.int16),
        group_stage=np.array(group_stage, dtype=np.int16),
    )


def verdict(walk: Walk, rules: Rules) -> Verdict:
    """All instances together."""
    return walk.reduce(bind(_judge_stretch, rules), Verdict.merge)


def judge_chunk(rules: Rules, chunk: Chunk) -> Instances:
    """Every instance of a chunk by itself.

    Its fitness is 1 - deviations / (events + what it should have had), counting of the deviations those of order:
    missing, out of sequence, ad hoc. See docs/guide/paths-deviations.en.md.
    """
    from hamsafar.journeys.designed.kernels.judge import Judged, judge

    judged = Judged(*(np.zeros(chunk.instances, dtype=np.int32) for _ in Judged._fields))
    judge(chunk.place, chunk.event, chunk.code, chunk.offset, rules.layout, rules.told, judged)
    instance = instances_of(chunk)
    found = timed(chunk, rules.targets)
    slow, failed = (
        np.bincount(instance[steps], minlength=chunk.instances)
        for steps in (found.step[found.late], failed_steps(chunk))
    )
    deviations = np.stack([judged.missing, judged.back, judged.extra, failed, slow], axis=1).astype(np.int64)
    size = judged.events.astype(np.int64) + judged.expected + judged.extra
    kept = size - deviations[:, :3].sum(axis=1)
    return Instances(judged, deviations, (WHOLE * kept + size // 2) // size)


def _judge_stretch(rules: Rules, stretch: Stretch) -> Verdict:
    total = Verdict(0, 0, 0, 0, 0, np.zeros((len(KINDS), 3), dtype=np.int64))
    for chunk in stretch.chunks:
        if not chunk.instances:
            continue
        found = judge_chunk(rules, chunk)
        whose = chunk.person[found.judged.path]  # never falling
        has = found.deviations > 0
        deviating = has.any(axis=1)
        persons = _different(whose)
        total = total.merge(
            Verdict(
                instances=chunk.instances,
                persons=persons,
                conforming=int(np.count_nonzero(~deviating)),
                conforming_persons=persons - _different(whose[deviating]),
                fitness=int(found.fitness.sum()),
                kinds=np.array(
                    [
                        (
                            found.deviations[:, kind].sum(),
                            np.count_nonzero(has[:, kind]),
                            _different(whose[has[:, kind]]),
                        )
                        for kind in range(len(KINDS))
                    ],
                    dtype=np.int64,
                ),
            )
        )
    return total


def _different(ordered: Array) -> int:
    return int(np.count_nonzero(np.diff(ordered))) + bool(len(ordered))
