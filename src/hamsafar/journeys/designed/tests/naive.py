"""The measured map in plain Python, straight from the definitions in docs/guide/measure.en.md.

Slow and obvious on purpose: it builds every instance as a list and counts by looking. Nothing here is shared
with the compiled engine but the parsed map, the conditions and Wilson's formula.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from hamsafar.journeys.designed.map_model import MapModel, Matcher
from hamsafar.lib.conditions import Condition
from hamsafar.lib.intervals import wilson

DAY = 86_400_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    person: str
    name: str
    at_us: int
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass
class Step:
    """One bound event of an instance, and the unbound names since the one before."""

    event: Event
    placement: int
    stage: int
    late: bool  # a later stage had been reached
    between: list[str]
    failed: bool = False
    took_us: int | None = None  # of a visit with a target


@dataclass
class Instance:
    person: str
    steps: list[Step]
    is_last: bool = False

    def furthest(self) -> int:
        return max(step.stage for step in self.steps)

    def entered(self, stage: int) -> bool:
        return any(step.stage == stage for step in self.steps)

    def seen(self, placement: int) -> bool:
        return any(step.placement == placement for step in self.steps)

    def did(self, placement: int | None) -> bool:
        """The exit action: a failed visit does not."""
        return any(step.placement == placement and not step.failed for step in self.steps)


class Naive:
    def __init__(
        self,
        model: MapModel,
        events: list[Event],
        *,
        from_us: int | None = None,
        to_us: int | None = None,
        conditions: tuple[Condition, ...] = (),
        open_after: dict[str, float] | None = None,
        ad_hoc_share: float = 0.05,
        ad_hoc_min: int = 10,
    ) -> None:
        self.model = model
        self.all_events = events
        self.events = [
            event
            for event in events
            if (from_us is None or event.at_us >= from_us)
            and (to_us is None or event.at_us < to_us)
            and all(c.holds(event.properties.get(c.property)) for c in conditions)
        ]
        self.from_us, self.to_us = from_us, to_us
        self.set_open_after = open_after or {}
        self.ad_hoc_share, self.ad_hoc_min = ad_hoc_share, ad_hoc_min
        self.data_end = max((event.at_us for event in self.events), default=None)
        self.exits = model.exit_placements()
        self.last_stage = len(model.stages) - 1
        self.instances = self._instances()
        self.open_after = [self._open_after(stage) for stage in range(len(model.stages))]

    # --- which touchpoint an event is -----------------------------------------------------------

    def matching(self, event: Event) -> list[int]:
        """Touchpoints whose matcher (or failure matcher) fits, the one that gets the event first."""
        ranked = []
        for number, touchpoint in enumerate(self.model.touchpoints):
            ranks = [self._rank(matcher, event) for matcher in touchpoint.matchers()]
            fitting = [rank for rank in ranks if rank is not None]
            if fitting:
                ranked.append((min(fitting), number))
        return [number for _, number in sorted(ranked)]

    def fails(self, event: Event, touchpoint: int) -> bool:
        return self._rank(self.model.touchpoints[touchpoint].failure, event) is not None

    def _rank(self, matcher: Matcher, event: Event) -> tuple[bool, int, int] | None:
        """How specific a matcher is for an event it fits: exact names, then letters, then conditions."""
        fitting = [p for p in matcher.patterns if _fits(p, event.name)]
        if not fitting or not all(c.holds(event.properties.get(c.property)) for c in matcher.conditions):
            return None
        if any("*" not in p for p in fitting):
            return (False, 0, -len(matcher.conditions))
        return (True, -max(len(p.replace("*", "")) for p in fitting), -len(matcher.conditions))

    # --- instances ------------------------------------------------------------------------------

    def _instances(self) -> list[Instance]:
        everyone = []
        for person in sorted({event.person for event in self.events}):
            path = sorted((e for e in self.events if e.person == person), key=lambda e: e.at_us)
            mine: list[Instance] = []
            between: list[str] = []
            for event in path:
                touchpoints = self.matching(event)
                if not touchpoints:
                    between.append(event.name)
                    continue
                if not mine or self._begins(mine[-1], event, touchpoints[0]):
                    mine.append(Instance(person, []))
                mine[-1].steps.append(self._step(mine[-1], event, touchpoints[0], between))
                between = []
            if mine:
                mine[-1].is_last = True
            everyone += mine
        return everyone

    def _placements_of(self, touchpoint: int) -> dict[int, int]:
        """Stage -> placement of a touchpoint."""
        return {p.stage: n for n, p in enumerate(self.model.placements) if p.touchpoint == touchpoint}

    def _begins(self, instance: Instance, event: Event, touchpoint: int) -> bool:
        previous = instance.steps[-1]
        idle = self.model.idle_seconds
        if idle is not None and event.at_us - previous.event.at_us > idle * 1_000_000:
            return True
        stages = self._placements_of(touchpoint)
        return (
            self.model.first_stage_again
            and instance.furthest() == self.last_stage
            and 0 in stages
            and previous.stage not in stages
        )

    def _step(self, instance: Instance, event: Event, touchpoint: int, between: list[str]) -> Step:
        stages = self._placements_of(touchpoint)
        current = instance.steps[-1].stage if instance.steps else -1
        if current in stages:
            stage = current
        elif any(stage > current for stage in stages):
            stage = min(stage for stage in stages if stage > current)
        else:
            stage = max(stage for stage in stages if stage < current)
        late = bool(instance.steps) and instance.furthest() > stage
        step = Step(event, stages[stage], stage, late, between, self.fails(event, touchpoint))
        step.took_us = self._took_us(instance, step, touchpoint)
        return step

    def _took_us(self, instance: Instance, step: Step, touchpoint: int) -> int | None:
        target = self.model.targets()[step.placement]
        if target is None or step.failed or not instance.steps:
            return None
        _, since = target
        if since is None:
            return step.event.at_us - instance.steps[-1].event.at_us
        for before in reversed(instance.steps):
            number = self.model.placements[before.placement].touchpoint
            if before.failed:
                continue
            if number == since:
                return step.event.at_us - before.event.at_us
            if number == touchpoint:  # stopped the clock before
                return None
        return None

    def is_slow(self, step: Step) -> bool:
        target = self.model.targets()[step.placement]
        return step.took_us is not None and target is not None and step.took_us > round(target[0] * 1e6)

    # --- buckets of a stage ---------------------------------------------------------------------

    def went_on(self, instance: Instance, stage: int) -> bool:
        if not instance.entered(stage):
            return False
        if instance.furthest() > stage:
            return True
        if self.exits[stage] is not None:
            return instance.did(self.exits[stage])
        return stage == self.last_stage

    def completed(self, instance: Instance) -> bool:
        return instance.furthest() == self.last_stage and self.went_on(instance, self.last_stage)

    def is_recent(self, instance: Instance) -> bool:
        """The person's last instance, and its last event too near to the end of the data to say more."""
        assert self.data_end is not None
        silence = self.data_end - instance.steps[-1].event.at_us
        return instance.is_last and silence < self.open_after[instance.furthest()][0]

    def still_open(self, instance: Instance, stage: int) -> bool:
        stopped_here = instance.furthest() == stage and not self.went_on(instance, stage)
        return stopped_here and self.is_recent(instance)

    def left(self, instance: Instance, stage: int) -> bool:
        stopped_here = instance.furthest() == stage and not self.went_on(instance, stage)
        return stopped_here and not self.is_recent(instance)

    def not_seen_after(self, instance: Instance, stage: int) -> bool:
        """Went on by the stage's exit action, but was seen in no later stage."""
        return instance.furthest() == stage and self.went_on(instance, stage) and not self.completed(instance)

    def skipped(self, instance: Instance, stage: int) -> bool:
        return instance.furthest() > stage and not instance.entered(stage)

    def gap(self, instance: Instance, stage: int) -> int | None:
        """From the last event in the stage before it went on to the event with which it went on."""
        before: int | None = None
        for step in instance.steps:
            exits = step.stage == stage and step.placement == self.exits[stage] and not step.failed
            if step.stage > stage or exits:
                return None if before is None else step.event.at_us - before
            if step.stage == stage:
                before = step.event.at_us
        return None

    def _open_after(self, stage: int) -> tuple[Fraction | int, str, int]:
        """Threshold in microseconds, its source, the number of gaps."""
        gaps = sorted(g for i in self.instances if (g := self.gap(i, stage)) is not None)
        wanted = self.set_open_after.get(self.model.stages[stage].id)
        if wanted is None:
            wanted = self.model.stages[stage].open_after_seconds
        if wanted is not None:
            return round(wanted * 1_000_000), "set", len(gaps)
        if len(gaps) < 20:
            return 30 * DAY, "default", len(gaps)
        rank = -(-95 * len(gaps) // 100)  # nearest rank: the smallest rank that covers 95%
        return min(max(gaps[rank - 1], DAY), 90 * DAY), "measured", len(gaps)

    def to_next(self, instance: Instance, stage: int) -> int | None:
        first: int | None = None
        for step in instance.steps:
            if step.stage > stage:
                return None if first is None else step.event.at_us - first
            if step.stage == stage and first is None:
                first = step.event.at_us
        return None

    def time_to_complete(self, instance: Instance) -> int | None:
        if not self.completed(instance):
            return None
        goal = self.exits[self.last_stage]
        for step in instance.steps:
            did = goal is None or (step.placement == goal and not step.failed)
            if step.stage == self.last_stage and did:
                return step.event.at_us - instance.steps[0].event.at_us
        raise AssertionError("a completed instance has the event that completed it")

    # --- the measured map -----------------------------------------------------------------------

    def measure(self) -> dict[str, Any]:
        bound = sum(len(instance.steps) for instance in self.instances)
        persons = len({instance.person for instance in self.instances})
        return {
            "map": {"id": self.model.id, "title": self.model.title},
            "range": {"from_at": _iso(self.from_us), "to_at": _iso(self.to_us)},
            "data_end_at": _iso(self.data_end),
            "events": len(self.events),
            "bound_events": bound,
            "unbound_events": len(self.events) - bound,
            "persons": persons,
            "medians": {"exact": True, "relative_error": 0.0},
            "whole": self._whole(persons),
            "stages": [self._stage(stage) for stage in range(len(self.model.stages))],
            "touchpoints": [
                self._touchpoint(number, persons) for number in range(len(self.model.placements))
            ],
            "groups": [self._group(number) for number in range(len(self.model.groups))],
            "ad_hoc": self._ad_hoc(),
            "overlaps": self._overlaps(),
            "unbound_touchpoints": [t.id for t in self.model.touchpoints if not t.bound],
            "unknown_events": self._unknown_events(),
            "unknown_properties": self._unknown_properties(),
            "unmeasured_stages": [
                stage.id for number, stage in enumerate(self.model.stages) if not self._bound_in(number)
            ],
        }

    def _bound_in(self, stage: int) -> int:
        return sum(
            p.stage == stage and self.model.touchpoints[p.touchpoint].bound for p in self.model.placements
        )

    def _whole(self, persons: int) -> dict[str, Any]:
        completed = [i for i in self.instances if self.completed(i)]
        still_open = [i for i in self.instances if not self.completed(i) and self.is_recent(i)]
        left = len(self.instances) - len(completed) - len(still_open)
        times = [t for i in completed if (t := self.time_to_complete(i)) is not None]
        return {
            "begun": len(self.instances),
            "completed": len(completed),
            "left": left,
            "still_open": len(still_open),
            "persons": persons,
            "completion": wilson(len(completed), len(completed) + left).to_dict(),
            "median_seconds_to_complete": _median_seconds(times),
            "n_time": len(times),
        }

    def _stage(self, stage: int) -> dict[str, Any]:
        entered = [i for i in self.instances if i.entered(stage)]
        went_on = sum(self.went_on(i, stage) for i in entered)
        left = sum(self.left(i, stage) for i in entered)
        times = [t for i in self.instances if (t := self.to_next(i, stage)) is not None]
        threshold, source, gap_n = self.open_after[stage]
        goal = self.exits[stage]
        return {
            "stage": self.model.stages[stage].id,
            "name": self.model.stages[stage].name,
            "entered": len(entered),
            "persons": len({i.person for i in entered}),
            "went_on": went_on,
            "left": left,
            "still_open": sum(self.still_open(i, stage) for i in entered),
            "not_seen_after": sum(self.not_seen_after(i, stage) for i in entered),
            "skipped": sum(self.skipped(i, stage) for i in self.instances),
            "achieved": None if goal is None else sum(i.did(goal) for i in self.instances),
            "share_went_on": wilson(went_on, went_on + left).to_dict(),
            "median_seconds_to_next": _median_seconds(times),
            "n_time": len(times),
            "open_after_seconds": float(threshold) / 1e6,
            "open_after_source": source,
            "gap_n": gap_n,
            "bound_touchpoints": self._bound_in(stage),
        }

    def _next_of(self, placement: int) -> list[tuple[str, int | None]]:
        """(person, next placement or None at the end) for every visit."""
        found: list[tuple[str, int | None]] = []
        for instance in self.instances:
            followers = [step.placement for step in instance.steps[1:]] + [None]
            for step, follower in zip(instance.steps, followers, strict=True):
                if step.placement == placement:
                    found.append((instance.person, follower))
        return found

    def _touchpoint(self, number: int, all_persons: int) -> dict[str, Any]:
        placement = self.model.placements[number]
        having = [i for i in self.instances if i.seen(number)]
        persons = len({i.person for i in having})
        since = [
            step.event.at_us - before.event.at_us
            for i in self.instances
            for before, step in zip(i.steps, i.steps[1:], strict=False)
            if step.placement == number
        ]
        visits = self._next_of(number)
        late = [
            (i, step) for i in self.instances for step in i.steps if step.placement == number and step.late
        ]
        return {
            "card": placement.card,
            "also_cards": list(placement.also_cards),
            "touchpoint": self.model.touchpoints[placement.touchpoint].id,
            "name": self.model.touchpoints[placement.touchpoint].name,
            "stage": self.model.stages[placement.stage].id,
            "persons": persons,
            "share_of_persons": wilson(persons, all_persons).to_dict(),
            "visits": len(visits),
            "instances": len(having),
            "median_seconds_since_previous": _median_seconds(since),
            "n_time": len(since),
            "next": self._next_rows(visits),
            "last": sum(follower is None for _, follower in visits),
            "deviations": {
                "missing": self._missing([number], placement.stage) if placement.need == "required" else None,
                "out_of_sequence": {
                    "events": len(late),
                    "instances": len({id(i) for i, _ in late}),
                    "persons": len({i.person for i, _ in late}),
                },
                "failing": self._failing(number),
                "late": self._late(number),
            },
        }

    def _those(self, hits: list[tuple[Instance, Step]], of: int) -> dict[str, Any]:
        return {
            "events": len(hits),
            "instances": len({id(i) for i, _ in hits}),
            "persons": len({i.person for i, _ in hits}),
            "of": of,
            "share": wilson(len(hits), of).to_dict(),
        }

    def _visits(self, number: int) -> list[tuple[Instance, Step]]:
        return [(i, step) for i in self.instances for step in i.steps if step.placement == number]

    def _failing(self, number: int) -> dict[str, Any] | None:
        touchpoint = self.model.touchpoints[self.model.placements[number].touchpoint]
        if not touchpoint.bound or not touchpoint.failure.patterns:
            return None
        visits = self._visits(number)
        return self._those([(i, step) for i, step in visits if step.failed], len(visits))

    def _late(self, number: int) -> dict[str, Any] | None:
        target = self.model.targets()[number]
        if target is None:
            return None
        timed = [(i, step) for i, step in self._visits(number) if step.took_us is not None]
        seconds, since = target
        return {
            **self._those([(i, step) for i, step in timed if self.is_slow(step)], len(timed)),
            "target_seconds": seconds,
            "since": None if since is None else self.model.touchpoints[since].id,
            "seconds": quantiles([step.took_us or 0 for _, step in timed]),
        }

    def _next_rows(self, visits: list[tuple[str, int | None]]) -> list[dict[str, Any]]:
        rows = []
        for follower, count in Counter(follower for _, follower in visits).items():
            card, touchpoint = "(end)", None
            if follower is not None:
                card = self.model.placements[follower].card
                touchpoint = self.model.touchpoints[self.model.placements[follower].touchpoint].id
            who = {person for person, other in visits if other == follower}
            order = len(self.model.placements) if follower is None else follower
            row = {"card": card, "touchpoint": touchpoint, "count": count, "persons": len(who)}
            rows.append((-count, order, {**row, "share": count / len(visits)}))
        return [row for _, _, row in sorted(rows, key=lambda r: r[:2])]

    def _missing(self, placements: list[int], stage: int) -> dict[str, int] | None:
        if any(
            not self.model.touchpoints[self.model.placements[number].touchpoint].bound
            for number in placements
        ):
            return None
        past = [i for i in self.instances if i.furthest() > stage]
        missing = [i for i in past if not any(i.seen(number) for number in placements)]
        return {"instances": len(missing), "persons": len({i.person for i in missing}), "of": len(past)}

    def _group(self, number: int) -> dict[str, Any]:
        group = self.model.groups[number]
        return {
            "group": group.id,
            "stage": self.model.stages[group.stage].id,
            "cards": [self.model.placements[p].card for p in group.placements],
            "missing": self._missing(list(group.placements), group.stage),
        }

    def _ad_hoc(self) -> list[dict[str, Any]]:
        passages: Counter[tuple[int, int]] = Counter()
        found: dict[tuple[str, int, int], list[Instance]] = {}
        for instance in self.instances:
            for before, step in zip(instance.steps, instance.steps[1:], strict=False):
                passages[before.placement, step.placement] += 1
                for name in set(step.between):
                    found.setdefault((name, before.placement, step.placement), []).append(instance)
        rows = []
        for (name, before, after), hits in found.items():
            of = passages[before, after]
            if len(hits) >= self.ad_hoc_min and Fraction(len(hits), of) >= Fraction(str(self.ad_hoc_share)):
                row = {
                    "event": name,
                    "from_card": self.model.placements[before].card,
                    "to_card": self.model.placements[after].card,
                    "passages": len(hits),
                    "instances": len({id(i) for i in hits}),
                    "persons": len({i.person for i in hits}),
                    "of": of,
                    "share": wilson(len(hits), of).to_dict(),
                }
                rows.append((-len(hits), name, before, after, row))
        return [row for *_, row in sorted(rows, key=lambda r: r[:4])]

    def _overlaps(self) -> list[dict[str, Any]]:
        events: Counter[tuple[str, int]] = Counter()
        others: dict[tuple[str, int], set[int]] = {}
        for event in self.events:
            touchpoints = self.matching(event)
            if len(touchpoints) > 1:
                events[event.name, touchpoints[0]] += 1
                others.setdefault((event.name, touchpoints[0]), set()).update(touchpoints)
        ids = [touchpoint.id for touchpoint in self.model.touchpoints]
        return [
            {
                "event": name,
                "touchpoints": [ids[number] for number in sorted(others[name, given])],
                "events": count,
                "given_to": ids[given],
            }
            for (name, given), count in sorted(events.items())
        ]

    def _unknown_events(self) -> list[dict[str, str]]:
        names = {event.name for event in self.all_events}
        return [
            {"touchpoint": touchpoint.id, "pattern": pattern}
            for touchpoint in self.model.touchpoints
            for pattern in dict.fromkeys(p for m in touchpoint.matchers() for p in m.patterns)
            if not any(_fits(pattern, name) for name in names)
        ]

    def _unknown_properties(self) -> list[dict[str, str]]:
        """Asked about only where a pattern fits, so that a wrong event name is not reported twice."""
        known = {name for event in self.all_events for name in event.properties}
        asked = {
            c.property
            for touchpoint in self.model.touchpoints
            for matcher in touchpoint.matchers()
            for c in matcher.conditions
            if any(_fits(p, event.name) for p in matcher.patterns for event in self.all_events)
        }
        return [
            {"touchpoint": touchpoint.id, "property": name}
            for touchpoint in self.model.touchpoints
            for name in sorted(
                {c.property for m in touchpoint.matchers() for c in m.conditions} & (asked - known)
            )
        ]

    # --- who ------------------------------------------------------------------------------------

    def who(self, selector: dict[str, Any]) -> list[Instance]:
        return [instance for instance in self.instances if self._selected(instance, selector)]

    def _selected(self, instance: Instance, selector: dict[str, Any]) -> bool:
        kind, bucket = selector["kind"], selector.get("bucket")
        cards = [placement.card for placement in self.model.placements] + ["(end)"]
        steps = [cards[step.placement] for step in instance.steps] + ["(end)"]
        if kind == "map":
            completed, recent = self.completed(instance), self.is_recent(instance)
            return {
                "begun": True,
                "completed": completed,
                "still_open": not completed and recent,
                "left": not completed and not recent,
            }[bucket]
        if kind == "stage":
            stage = [s.id for s in self.model.stages].index(selector["stage"])
            return {
                "entered": instance.entered(stage),
                "went_on": self.went_on(instance, stage),
                "left": self.left(instance, stage),
                "still_open": self.still_open(instance, stage),
                "not_seen_after": self.not_seen_after(instance, stage),
                "skipped": self.skipped(instance, stage),
                "achieved": self.exits[stage] is not None and instance.did(self.exits[stage]),
            }[bucket]
        if kind == "touchpoint":
            card = selector["card"]
            number = cards.index(card)
            stage = self.model.placements[number].stage
            return {
                "visited": card in steps,
                "last": steps[-2] == card,
                "missing": card not in steps and instance.furthest() > stage,
                "out_of_sequence": any(s.late for s in instance.steps if s.placement == number),
                "failing": any(s.failed for s in instance.steps if s.placement == number),
                "late": any(self.is_slow(s) for s in instance.steps if s.placement == number),
            }[bucket]
        if kind == "group":
            group = next(g for g in self.model.groups if g.id == selector["group"])
            return instance.furthest() > group.stage and not any(instance.seen(p) for p in group.placements)
        if kind == "next":
            return (selector["card"], selector["to"]) in pairwise(steps)
        if kind == "ad_hoc":
            wanted = (selector["from_card"], selector["to_card"])
            return any(
                (a, b) == wanted and selector["event"] in step.between
                for a, b, step in zip(steps, steps[1:], instance.steps[1:], strict=False)
            )
        raise AssertionError(kind)


def _fits(pattern: str, name: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.DOTALL) is not None


def _median_seconds(values: list[int]) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2 / 1e6


def quantiles(values: list[int]) -> dict[str, Any]:
    found: dict[str, Any] = {"n": len(values)}
    ordered = sorted(values)
    for percent in (25, 50, 75, 90):
        rank = percent / 100 * (len(values) - 1)
        low, high = (ordered[floor(rank)], ordered[ceil(rank)]) if values else (0, 0)
        between = low + (rank - floor(rank)) * (high - low)
        found[f"p{percent}"] = between / 1e6 if values else None
    return found


def _iso(at_us: int | None) -> str | None:
    return (
        None if at_us is None else (EPOCH + timedelta(microseconds=at_us)).isoformat().replace("+00:00", "Z")
    )
