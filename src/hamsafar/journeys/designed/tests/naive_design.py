"""``stages`` and ``deviations`` in plain Python, on the instances of the measured map's twin."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from hamsafar.journeys.designed.tests.naive import Instance, Naive, Step, quantiles
from hamsafar.journeys.view import iso_time
from hamsafar.lib.intervals import mean_of_shares, wilson

ORDER = ("missing", "out_of_sequence", "ad_hoc", "failing", "late")


# --- stages -------------------------------------------------------------------------------------


def stages(naive: Naive) -> dict[str, Any]:
    ids = [stage.id for stage in naive.model.stages]
    moves: list[tuple[str, str, Instance]] = []
    for instance in naive.instances:
        stays = [ids[stage] for stage, _ in groupby(instance.steps, key=lambda step: step.stage)]
        moves += [(a, b, instance) for a, b in pairwise(["(start)", *stays, "(end)"])]
    order = ["(start)", *ids, "(end)"]
    rows, back = [], []
    for source, target in sorted({move[:2] for move in moves}, key=lambda m: tuple(map(order.index, m))):
        hits = [instance for a, b, instance in moves if (a, b) == (source, target)]
        row = {
            "from": source,
            "to": target,
            "count": len(hits),
            "instances": len({id(one) for one in hits}),
            "persons": len({one.person for one in hits}),
        }
        rows.append({**row, "share": wilson(len(hits), sum(a == source for a, _, _ in moves)).to_dict()})
        if target in ids and source in ids and ids.index(target) < ids.index(source):
            entered = sum(one.entered(ids.index(source)) for one in naive.instances)
            back.append({**row, "share": wilson(row["instances"], entered).to_dict()})
    measured = naive.measure()
    return {
        "whole": measured["whole"],
        "rows": [
            {
                **stage,
                "stays": sum(a == stage["stage"] for a, _, _ in moves),
                "seconds": quantiles([t for i in naive.instances if (t := naive.to_next(i, n)) is not None]),
            }
            for n, stage in enumerate(measured["stages"])
        ],
        "moves": rows,
        "regressions": sorted(back, key=lambda row: -row["instances"]),
    }


# --- deviations ---------------------------------------------------------------------------------


def deviations(naive: Naive) -> dict[str, Any]:
    found = {id(i): list(_of(naive, i)) for i in naive.instances}
    persons = {i.person for i in naive.instances}
    deviating = [i for i in naive.instances if found[id(i)]]
    kinds = []
    for kind in ORDER:
        having = [i for i in naive.instances if any(one["kind"] == kind for one in found[id(i)])]
        kinds.append(
            {
                "kind": kind,
                "deviations": sum(one["kind"] == kind for rows in found.values() for one in rows),
                "instances": len(having),
                "persons": len({i.person for i in having}),
                "share": wilson(len(having), len(naive.instances)).to_dict(),
            }
        )
    total = sum(fitness(naive, i, found[id(i)]) for i in naive.instances)
    return {
        "instances": len(naive.instances),
        "persons": len(persons),
        "kinds": kinds,
        "fitness": {
            "conforming": wilson(len(naive.instances) - len(deviating), len(naive.instances)).to_dict(),
            "conforming_persons": wilson(
                len(persons) - len({i.person for i in deviating}), len(persons)
            ).to_dict(),
            "mean": mean_of_shares(total / 1e9, len(naive.instances)).to_dict(),
        },
    }


def fitness(naive: Naive, instance: Instance, found: list[dict[str, Any]]) -> int:
    """In billionths, rounded half up."""
    cost = sum(one["kind"] in ("missing", "out_of_sequence", "ad_hoc") for one in found)
    extra = sum(one["kind"] == "ad_hoc" for one in found)
    expected = sum(_is_bound(naive, p) and _stage(naive, p) < instance.furthest() for p in _required(naive))
    size = len(instance.steps) + extra + expected
    return int(Fraction(1_000_000_000 * (size - cost), size) + Fraction(1, 2))


def each(naive: Naive) -> list[dict[str, Any]]:
    """Persons with their deviations."""
    rows = []
    for person, instances in groupby(naive.instances, key=lambda instance: instance.person):
        mine = [
            {**one, "instance": number}
            for number, instance in enumerate(instances, 1)
            for one in _of(naive, instance)
        ]
        if mine:
            rows.append({"person": person, "deviations": mine})
    return rows


def who(naive: Naive, selector: dict[str, Any]) -> list[Instance]:
    """The instances behind a number of ``stages`` or ``deviations``."""
    if selector["kind"] == "move":
        ids = [stage.id for stage in naive.model.stages]
        pair = (selector["from"], selector["to"])
        return [
            i
            for i in naive.instances
            if pair
            in pairwise(["(start)", *(ids[s] for s, _ in groupby(i.steps, key=lambda x: x.stage)), "(end)"])
        ]
    kinds = [{one["kind"] for one in _of(naive, i)} for i in naive.instances]
    bucket = selector["bucket"]
    meant = {"none": lambda k: not k, "any": bool}.get(bucket, lambda k: bucket in k)
    return [i for i, found in zip(naive.instances, kinds, strict=True) if meant(found)]


def _required(naive: Naive) -> list[list[int]]:
    """Placements of which one must have been seen: required ones alone, then groups."""
    alone = [[n] for n, p in enumerate(naive.model.placements) if p.need == "required"]
    return alone + [list(group.placements) for group in naive.model.groups]


def _is_bound(naive: Naive, placements: list[int]) -> bool:
    return all(naive.model.touchpoints[naive.model.placements[p].touchpoint].bound for p in placements)


def _stage(naive: Naive, placements: list[int]) -> int:
    return max(naive.model.placements[p].stage for p in placements)


def _of(naive: Naive, instance: Instance) -> Iterator[dict[str, Any]]:
    """The deviations of an instance in the order in which they show."""
    told = {(row["event"], row["from_card"], row["to_card"]) for row in naive._ad_hoc()}
    required = _required(naive)
    furthest = -1
    for before, step in zip([None, *instance.steps], instance.steps, strict=False):
        if before is not None:
            cards = _card(naive, before.placement), _card(naive, step.placement)
            for name in dict.fromkeys(step.between):
                if (name, *cards) in told:
                    yield {"kind": "ad_hoc", "card": cards[1], "from_card": cards[0], "event": name}
        for placements in required:
            passed = furthest <= _stage(naive, placements) < step.stage and step.stage > furthest
            if passed and _is_bound(naive, placements) and not any(instance.seen(p) for p in placements):
                yield _here(naive, "missing", placements, step)
        if step.late:
            yield _here(naive, "out_of_sequence", [step.placement], step)
        if step.failed:
            yield _here(naive, "failing", [step.placement], step)
        if naive.is_slow(step):
            found = _here(naive, "late", [step.placement], step)
            yield {**found, "seconds": (step.took_us or 0) / 1e6}
        furthest = max(furthest, step.stage)


def _here(naive: Naive, kind: str, placements: list[int], step: Step) -> dict[str, Any]:
    of_group = kind == "missing" and naive.model.placements[placements[0]].need == "any_of"
    return {
        "kind": kind,
        "card": None if of_group else _card(naive, placements[0]),
        "cards": [_card(naive, placement) for placement in placements] if of_group else [],
        "at": iso_time(step.event.at_us),
        "event": step.event.name,
    }


def _card(naive: Naive, placement: int) -> str:
    return naive.model.placements[placement].card
