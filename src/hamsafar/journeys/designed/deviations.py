"""Deviations: how paths differ from a map, touchpoint by touchpoint and person by person, and how well it fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar, Self

import pyarrow as pa

from hamsafar.journeys import drawing
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.designed.ad_hoc import Frequent, ad_hoc_events
from hamsafar.journeys.designed.counting import Counts, count
from hamsafar.journeys.designed.finish import group_rows, placement_deviations
from hamsafar.journeys.designed.judging import KINDS, WHOLE, Rules, Verdict, rules_of, verdict
from hamsafar.journeys.designed.listing import PersonDeviations, listed, of_person
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import EXACT_UP_TO
from hamsafar.journeys.designed.quantiles import Quantiles
from hamsafar.journeys.designed.result import AdHoc, Late, MapName
from hamsafar.journeys.designed.sheets import rate_columns, time_columns
from hamsafar.journeys.designed.visits import Visits, count_visits
from hamsafar.journeys.designed.walk import Walk
from hamsafar.journeys.designed.wording import basis, nothing_on_the_map
from hamsafar.journeys.errors import BadNumber
from hamsafar.journeys.estimate import Estimate, Key, share
from hamsafar.journeys.view import Language, Result, duration, medians_note, number, percent
from hamsafar.lib.intervals import Rate, mean_of_shares, wilson

MOST_PERSONS = 10_000

KIND_NAMES: dict[Language, dict[str, str]] = {
    "en": {
        "missing": "missing",
        "out_of_sequence": "out of sequence",
        "ad_hoc": "ad hoc",
        "failing": "failing",
        "late": "late",
    },
    "fa": {
        "missing": "جاافتاده",
        "out_of_sequence": "خارج از ترتیب",
        "ad_hoc": "خارج از نقشه",
        "failing": "ناموفق",
        "late": "دیرکرد",
    },
}


@dataclass(frozen=True)
class Fitness:
    """How well the map explains the instances.

    ``conforming``: the share of instances without any deviation, ``conforming_persons`` of persons without one.
    ``mean``: the mean fitness of the instances, 1 for those that keep to the order of the map, with an interval of at
    least 95%.
    """

    conforming: Rate
    conforming_persons: Rate
    mean: Rate


@dataclass(frozen=True)
class OfKind:
    """All deviations of a kind: how many, and the instances and persons with any; ``share`` is of the instances."""

    kind: str
    deviations: int
    instances: int
    persons: int
    share: Rate


@dataclass(frozen=True)
class Where:
    """A kind of deviation at one place: ``count`` of ``of``.

    These are instances that passed (missing), visits (out of sequence, failing), visits whose time is known (late), or
    passages from ``from_card`` (``from_name``) to ``card`` (ad hoc). A place is a card, or a group with its cards.
    """

    kind: str
    stage: str
    name: str
    card: str | None
    touchpoint: str | None
    group: str | None
    cards: tuple[str, ...]
    from_card: str | None
    from_name: str | None
    event: str | None
    count: int
    of: int
    share: Rate
    instances: int
    persons: int
    target_seconds: float | None = None
    since: str | None = None
    seconds: Quantiles | None = None


def _key(row: Where) -> Key:
    """What tells a row from the others, the same in another segment, and what a reader calls its place.

    The kind, the ids of card, group and card before, and (ad hoc) the event; then the names of place and card before.
    """
    ids = (row.card or "", row.group or "", row.from_card or "")
    return (row.kind, *ids, row.event or "", row.name, row.from_name or "")


@dataclass(frozen=True)
class Deviations(Result):
    """How the instances of a map deviate from it.

    ``rows`` are in the order of kinds, then of the map: missing, failing and late wherever they could be, out of
    sequence where it occurs, ad hoc as ``Frequent`` tells. ``each`` lists persons with their deviations when asked for.
    Definitions: docs/guide/paths-deviations.en.md.
    """

    unit: str
    map: MapName
    events: int
    bound_events: int
    paths: int
    persons: int
    instances: int
    fitness: Fitness
    kinds: tuple[OfKind, ...]
    rows: tuple[Where, ...]
    each: tuple[PersonDeviations, ...]
    relative_error: float

    titles: ClassVar = {"en": "Deviations", "fa": "انحراف‌ها"}
    headings: ClassVar = {
        "en": ("deviation", "where", "count", "of", "share", "instances", "persons", "target", "median time"),
        "fa": ("انحراف", "کجا", "تعداد", "از مجموع", "سهم", "سفرها", "اشخاص", "زمان هدف", "میانهٔ زمان"),
    }

    @property
    def reason(self) -> dict[str, str] | None:
        return None if self.instances else nothing_on_the_map()

    def estimates(self) -> list[Estimate]:
        """For each kind, the share of the instances with it; then for each kind and place its own share."""
        kinds = [share((kind.kind,), kind.instances, self.instances) for kind in self.kinds]
        return kinds + [share(_key(row), row.count, row.of) for row in self.rows]

    def absent(self, key: Key) -> Estimate | None:
        return share(key, 0, self.instances) if len(key) == 1 else None

    def row_name(self, key: Key, language: Language) -> str:
        kind, *place = key
        name = KIND_NAMES[language][kind]
        if not place:
            return name
        _card, _group, _from_card, event, where, source = place
        return f"{name}: {_where(where, source, event, language)}"

    def table(self) -> pa.Table:
        """One row per kind and place; ``share`` and ``seconds`` are structs."""
        return pa.Table.from_pylist([_plain(row) for row in self.rows])

    def sheet(self, language: Language) -> pa.Table:
        """One row per kind and place, in the reader's words; the quantiles are of times that may be late."""
        rows = self.rows
        return pa.table(
            {
                "deviation": [KIND_NAMES[language][row.kind] for row in rows],
                "where": [_where(row.name, row.from_name, row.event, language) for row in rows],
                **{name: [getattr(row, name) for row in rows] for name in ("count", "of")},
                **rate_columns("share", [row.share for row in rows]),
                **{
                    name: [getattr(row, name) for row in rows]
                    for name in ("instances", "persons", "target_seconds")
                },
                **time_columns([row.seconds for row in rows]),
            }
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "question": "deviations",
            "unit": self.unit,
            "map": asdict(self.map),
            "events": self.events,
            "bound_events": self.bound_events,
            "paths": self.paths,
            "persons": self.persons,
            "instances": self.instances,
            "relative_error": self.relative_error,
            "reason": self.reason,
            "fitness": asdict(self.fitness),
            "kinds": [asdict(kind) for kind in self.kinds],
            "rows": [_plain(row) for row in self.rows],
            "each": [one.to_dict() for one in self.each],
        }

    def cells(self, language: Language, limit: int) -> list[list[str]]:
        return [
            [
                KIND_NAMES[language][row.kind],
                _where(row.name, row.from_name, row.event, language),
                number(row.count, language),
                number(row.of, language),
                percent(row.share.value, language),
                number(row.instances, language),
                number(row.persons, language),
                duration(row.target_seconds, language),
                duration(row.seconds.p50 if row.seconds else None, language),
            ]
            for row in self.rows[:limit]
        ]

    def masked(self, least: int) -> tuple[Self, int]:
        """Rows and kinds that few persons are behind go, and the lists of single persons."""
        rows = tuple(row for row in self.rows if not 0 < row.persons < least)
        kinds = tuple(kind for kind in self.kinds if not 0 < kind.persons < least)
        gone = len(self.rows) + len(self.kinds) - len(rows) - len(kinds)
        return replace(self, rows=rows, kinds=kinds, each=()), gone

    def drawing(self, language: Language) -> str:
        """The share of instances with each kind of deviation."""
        return drawing.bars(
            [
                drawing.Bar(
                    KIND_NAMES[language][kind.kind],
                    kind.share.value or 0.0,
                    percent(kind.share.value, language),
                    kind.share.low,
                    kind.share.high,
                )
                for kind in self.kinds
                if self.instances
            ],
            self.titles[language],
            language,
            largest=1.0,
        )

    def notes(self, language: Language) -> list[str]:
        if self.reason:
            return [self.reason[language]]
        conforming, mean = self.fitness.conforming, self.fitness.mean
        figures = [
            percent(one, language) for rate in (conforming, mean) for one in (rate.value, rate.low, rate.high)
        ]
        if language == "fa":
            fits = "سفرهای بدون انحراف: {} ({} تا {}). میانگین برازش نقشه: {} ({} تا {})."
        else:
            fits = "Instances without deviation: {} ({} to {}). Mean fitness of the map: {} ({} to {})."
        return [
            fits.format(*figures),
            basis(self.bound_events, self.instances, self.persons, language),
            *medians_note(self.relative_error, language),
            *(line for one in self.each for line in _lines(one, language)),
        ]


def _where(name: str, source: str | None, event: str | None, language: Language) -> str:
    """The name of a place; of an event between two, the event and both."""
    if not event:
        return name
    return f"{event}: {source} {'←' if language == 'fa' else '→'} {name}"


def deviations(
    paths: Askable, model: MapModel, frequent: Frequent | None = None, *, persons: int = 0
) -> Deviations:
    """See ``Deviations``; with ``persons`` also the deviations of the first so many persons, by id, who have any.

    Raises ``BadNumber`` for ``persons`` below 0 or above ``MOST_PERSONS``.
    """
    return deviations_walked(Walk(paths, model), frequent or Frequent(), persons=persons)


def deviations_walked(walk: Walk, frequent: Frequent, *, persons: int = 0) -> Deviations:
    """``deviations`` of a walk that may have been asked something before."""
    if not 0 <= persons <= MOST_PERSONS:
        raise BadNumber(given=persons, field="persons", least=0, most=MOST_PERSONS)
    counts = count(walk)
    visits = count_visits(walk, exact=counts.bound <= EXACT_UP_TO)
    told = ad_hoc_events(walk, counts.next_visits, counts.unbound, frequent)
    rules = rules_of(walk, told)
    found = verdict(walk, rules)
    return Deviations(
        unit=walk.paths.unit,
        map=MapName(walk.model.id, walk.model.title),
        events=walk.paths.n_events,
        bound_events=counts.bound,
        paths=walk.paths.n_paths,
        persons=found.persons,
        instances=found.instances,
        fitness=_fitness(found),
        kinds=tuple(_of_kind(found, place) for place in range(len(KINDS))),
        rows=tuple(sorted(_rows(walk.model, counts, visits, told), key=lambda row: KINDS.index(row.kind))),
        each=listed(walk, rules, persons),
        relative_error=0.0 if visits is None else visits.times.relative_error,
    )


def deviations_of_person(walk: Walk, frequent: Frequent, person: str) -> PersonDeviations:
    """One person's deviations in the order in which they show; raises ``UnknownPerson``."""
    return of_person(walk, rules_for(walk, frequent), person)


def rules_for(walk: Walk, frequent: Frequent) -> Rules:
    """What instances are judged by: the map, and which ad hoc events are frequent among all."""
    counts = count(walk)
    return rules_of(walk, ad_hoc_events(walk, counts.next_visits, counts.unbound, frequent))


def _fitness(found: Verdict) -> Fitness:
    return Fitness(
        conforming=wilson(found.conforming, found.instances),
        conforming_persons=wilson(found.conforming_persons, found.persons),
        mean=mean_of_shares(found.fitness / WHOLE, found.instances),
    )


def _of_kind(found: Verdict, place: int) -> OfKind:
    deviating, instances, persons = (int(figure) for figure in found.kinds[place])
    return OfKind(KINDS[place], deviating, instances, persons, wilson(instances, found.instances))


def _rows(model: MapModel, counts: Counts, visits: Visits | None, told: tuple[AdHoc, ...]) -> Iterator[Where]:
    at: dict[str, Where] = {}
    for place, found in enumerate(placement_deviations(model, counts, visits)):
        here = _at(model, place)
        at[here.card or ""] = here
        missing, back = found.missing, found.out_of_sequence
        if missing:
            yield _filled(here, "missing", missing.instances, missing.of, missing.instances, missing.persons)
        if back.events:
            n_visits = int(counts.next_visits[place].sum())
            yield _filled(here, "out_of_sequence", back.events, n_visits, back.instances, back.persons)
        for kind, one in (("failing", found.failing), ("late", found.late)):
            if one:
                yield _filled(here, kind, one.events, one.of, one.instances, one.persons, found.late)
    for group in group_rows(model, counts):
        if group.missing:
            here = replace(
                at[group.cards[0]],
                stage=group.stage,
                name=" / ".join(at[card].name for card in group.cards),
                card=None,
                touchpoint=None,
                group=group.group,
                cards=group.cards,
            )
            n = group.missing.instances
            yield _filled(here, "missing", n, group.missing.of, n, group.missing.persons)
    for row in told:
        here = replace(
            at[row.to_card],
            from_card=row.from_card,
            from_name=at[row.from_card].name,
            event=row.event,
        )
        yield _filled(here, "ad_hoc", row.passages, row.of, row.instances, row.persons)


def _at(model: MapModel, place: int) -> Where:
    placement = model.placements[place]
    touchpoint = model.touchpoints[placement.touchpoint]
    return Where(
        kind="",
        stage=model.stages[placement.stage].id,
        name=touchpoint.name,
        card=placement.card,
        touchpoint=touchpoint.id,
        group=None,
        cards=(placement.card, *placement.also_cards),
        from_card=None,
        from_name=None,
        event=None,
        count=0,
        of=0,
        share=wilson(0, 0),
        instances=0,
        persons=0,
    )


def _filled(
    here: Where, kind: str, count: int, of: int, instances: int, persons: int, late: Late | None = None
) -> Where:
    row = replace(
        here, kind=kind, count=count, of=of, share=wilson(count, of), instances=instances, persons=persons
    )
    if kind != "late" or late is None:
        return row
    return replace(row, target_seconds=late.target_seconds, since=late.since, seconds=late.seconds)


def _plain(row: Where) -> dict[str, Any]:
    return {**asdict(row), "cards": list(row.cards)}


def _lines(one: PersonDeviations, language: Language) -> Iterator[str]:
    yield f"{one.person}:"
    for deviation in one.deviations:
        place = deviation.event if deviation.kind == "ad_hoc" else deviation.name
        took = f" ({duration(deviation.seconds, language)})" if deviation.seconds is not None else ""
        yield f"  {deviation.at}  {KIND_NAMES[language][deviation.kind]}  {place}{took}"
