"""Which paths a question is about: one set of words for Python, the shell, HTTP and saved views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from hamsafar.journeys.askable import Askable
from hamsafar.journeys.cut import session_gap_us
from hamsafar.journeys.errors import NotOfThisUnit, OneRule
from hamsafar.journeys.index import Unit
from hamsafar.lib.conditions import Condition

A = TypeVar("A", bound=Askable)

_UNITS_FA: dict[Unit, str] = {"person": "شخص", "session": "نشست", "instance": "سفر"}


_PERSON: Unit = "person"


@dataclass(frozen=True)
class Scope:
    """Persons, events, the cut and whole paths, applied in this order:

    1. persons, by all of their events: ``person_conditions`` and ``person_last_conditions`` (see
       ``Askable.persons_where``), ``only_persons`` (None: everybody) and ``except_persons`` by id;
    2. events: ``from_us <= at_us < to_us`` and ``conditions``, all of which must hold for one event;
    3. the cut: ``unit``, told by ``session_gap_seconds`` and ``session_column`` (see ``Askable.by_session``) or
       by ``restart`` or ``instance_column`` (see ``Askable.by_instance``); None is the unit that these tell of;
    4. paths, whole: those in which ``pattern`` is found and ``without_pattern`` is not (see ``Askable.where``).

    Raises ``NotOfThisUnit`` when a rule belongs to another unit, ``OneRule`` when instances have none or two,
    and ``BadWindow``; ``of`` raises what the steps raise, such as ``UnknownProperty``.
    """

    from_us: int | None = None
    to_us: int | None = None
    conditions: tuple[Condition, ...] = ()
    person_conditions: tuple[Condition, ...] = ()
    person_last_conditions: tuple[Condition, ...] = ()
    only_persons: tuple[str, ...] | None = None
    except_persons: tuple[str, ...] = ()
    unit: Unit | None = None
    session_gap_seconds: float | None = None
    session_column: str | None = None
    restart: tuple[str, ...] | None = None
    instance_column: str | None = None
    pattern: str | None = None
    without_pattern: str | None = None

    def __post_init__(self) -> None:
        rules: dict[Unit, dict[str, object]] = {
            "session": {
                "session_gap_seconds": self.session_gap_seconds,
                "session_column": self.session_column,
            },
            "instance": {"restart": self.restart, "instance_column": self.instance_column},
        }
        given = {
            unit: [name for name, value in names.items() if value is not None]
            for unit, names in rules.items()
        }
        by_rule = next((unit for unit, names in given.items() if names), _PERSON)
        told = by_rule if self.unit is None else self.unit
        for unit, names in given.items():
            if unit != told and names:
                raise NotOfThisUnit(given=names[0], unit=told, unit_fa=_UNITS_FA[told])
        if told == "instance" and len(given["instance"]) != 1:
            raise OneRule()
        if told == "session":
            session_gap_us(self.session_gap_seconds, self.session_column)
        object.__setattr__(self, "unit", told)

    def of(self, paths: A) -> A:
        """The paths in this scope."""
        if self.person_conditions or self.person_last_conditions:
            paths = paths.persons_where(self.person_conditions, self.person_last_conditions)
        if self.only_persons is not None:
            paths = paths.only_persons(self.only_persons)
        if self.except_persons:
            paths = paths.without_persons(self.except_persons)
        paths = paths.select(self.from_us, self.to_us, self.conditions)
        if self.unit == "session":
            paths = paths.by_session(self.session_gap_seconds, self.session_column)
        elif self.unit == "instance":
            paths = paths.by_instance(self.restart, self.instance_column)
        if self.pattern is not None:
            paths = paths.where(self.pattern)
        if self.without_pattern is not None:
            paths = paths.where(self.without_pattern, matched=False)
        return paths

    def properties(self) -> list[str]:
        """The names of all properties it looks at, each once."""
        conditions = (*self.conditions, *self.person_conditions, *self.person_last_conditions)
        columns = (self.session_column, self.instance_column)
        return list(
            dict.fromkeys(
                [*(one.property for one in conditions), *(name for name in columns if name is not None)]
            )
        )
