"""What commands over files have in common: the columns, the range, the filter."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from hamsafar.lib.errors import BadInput
from hamsafar.lib.persian import ascii_digits

if TYPE_CHECKING:
    from hamsafar.events.files import Mapping
    from hamsafar.journeys import PathIndex
    from hamsafar.journeys.askable import Askable
    from hamsafar.journeys.index import RejectedRows
    from hamsafar.lib.conditions import Condition

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Paths = TypeVar("_Paths", bound="Askable")

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_WINDOW = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw]?)")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ](.+))?")
_WHERE = re.compile(r"(?P<property>.+?)\s*(?:(?P<op>[=<>])\s*(?P<value>.*)|\s(?P<in>in)\s+(?P<list>.+))?")


class BadMoment(BadInput):
    code = "bad_moment"
    en = (
        "“{given}” is not a date for {field}. "
        "Expected 2026-01-31, 2026-01-31T14:30 or, in the Jalali calendar, 1404-11-11."
    )
    fa = (
        "«{given}» برای {field} تاریخ معتبری نیست. "
        "نمونهٔ درست: 1404-11-11، یا به میلادی 2026-01-31 و 2026-01-31T14:30."
    )


@dataclass(frozen=True)
class FileOptions:
    """How to read the files, and which of their events to keep."""

    person: str | None
    event: str | None
    time: str | None
    properties: tuple[str, ...]
    channel: str | None
    event_constant: str | None
    time_format: str | None
    timezone: str
    from_text: str | None
    to_text: str | None
    where: tuple[str, ...]

    def read(self, files: Sequence[str | Path]) -> PathIndex:
        """All events of the files. What could not be read is in the index's ``rejected``."""
        from hamsafar import journeys

        columns, properties, options = self.arguments()
        if None in columns and not self.event_constant:
            tell_guess(_guess(Path(files[0]), columns, options))
        index: PathIndex = journeys.read(list(files), *columns, properties, **options)
        return index

    def arguments(self) -> tuple[tuple[str | None, str | None, str | None], tuple[str, ...], dict[str, Any]]:
        """For ``journeys.read``: the three columns, the properties, and what else is said of the files."""
        options: dict[str, Any] = {"timezone": self.timezone, "channel": self.channel}
        if self.event_constant:
            options["event_constant"] = self.event_constant
        if self.time_format:
            options["time_format"] = self.time_format
        wanted = [*self.properties, *(one.property for one in self.conditions())]
        if self.channel:
            wanted = [name for name in wanted if name != "channel"]
        return (self.person, self.event, self.time), tuple(dict.fromkeys(wanted)), options

    def from_us(self) -> int | None:
        return moment_us(self.from_text, self.timezone, "--from") if self.from_text else None

    def to_us(self) -> int | None:
        return moment_us(self.to_text, self.timezone, "--to", last_day=True) if self.to_text else None

    def conditions(self) -> tuple[Condition, ...]:
        return tuple(condition(text) for text in self.where)

    def selection(self, index: _Paths) -> _Paths:
        """The events in the range that meet all conditions."""
        return index.select(self.from_us(), self.to_us(), self.conditions())


_OPTIONS = (
    click.option("--person", metavar="COLUMN", help="Column that says who; guessed if left out."),
    click.option("--event", metavar="COLUMN", help="Column that says what; guessed if left out."),
    click.option("--time", metavar="COLUMN", help="Column that says when; guessed if left out."),
    click.option(
        "--property", "properties", multiple=True, metavar="COLUMN", help="Column to keep. Repeatable."
    ),
    click.option("--channel", metavar="COLUMN", help="Column with the channel."),
    click.option("--event-constant", metavar="NAME", help="One name for all rows of a file without events."),
    click.option("--time-format", metavar="FORMAT", help="iso, dmy, mdy, jalali_ymd, unix_s, ..."),
    click.option("--timezone", default="UTC", show_default=True, help="Of times without an offset."),
    click.option("--from", "from_text", metavar="DATE", help="Only events at or after it."),
    click.option("--to", "to_text", metavar="DATE", help="Only events before it; a day is included whole."),
    click.option(
        "--where",
        multiple=True,
        metavar="CONDITION",
        help="Only events whose property meets it: city=Tehran, amount>100, 'city in Qom,Yazd', coupon. "
        "Repeatable: all must hold.",
    ),
)


class _EventFile(click.Path):
    """A file that is there; for Spark any address, which only Spark can look for."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if ctx is not None and ctx.params.get("engine") == "spark":
            return value
        return super().convert(value, param, ctx)


def reads_files(command: _Command) -> _Command:
    """Give a click command the arguments of ``FileOptions``: ``command(files, file_options, ...)``."""
    from functools import wraps

    @wraps(command)
    def wrapped(files: tuple[str, ...], **given: Any) -> Any:
        own = {name: given.pop(name) for name in FileOptions.__dataclass_fields__}
        return command(files=files, file_options=FileOptions(**own), **given)

    decorated: Any = click.argument(
        "files", nargs=-1, required=True, type=_EventFile(exists=True, dir_okay=False)
    )(wrapped)
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]  # decorators of click give Any


def _guess(
    path: Path, columns: tuple[str | None, str | None, str | None], options: dict[str, Any]
) -> Mapping:
    from hamsafar.journeys.reading import mapping_for

    return mapping_for(path, *columns, **options)


def tell_guess(mapping: Mapping) -> None:
    """Which columns are read as what, on the error stream, when some of it is a guess."""
    from hamsafar.cli.main import language

    found = (mapping.person, mapping.event or mapping.event_constant, mapping.time)
    if language() == "fa":
        click.echo("ستون‌ها به حدس: شخص «{}»، رویداد «{}»، زمان «{}»".format(*found), err=True)
    else:
        click.echo("Columns as guessed: person “{}”, event “{}”, time “{}”".format(*found), err=True)


def window_seconds(text: str) -> float:
    """Seconds of ``90``, ``30m``, ``12h``, ``7d``, ``2w``; raises ``BadWindow``."""
    from hamsafar.journeys.errors import BadWindow

    found = _WINDOW.fullmatch(ascii_digits(text).strip().lower())
    if not found or float(found[1]) <= 0:
        raise BadWindow(given=text)
    return float(found[1]) * _UNITS[found[2] or "s"]


def moment_us(text: str, timezone: str, field: str, *, last_day: bool = False) -> int:
    """Microseconds since the epoch of a date or a time; years before 1700 are Jalali. Raises ``BadMoment``.

    A date is its first moment; as ``last_day`` of a range, which it is part of, the first moment of the day after.
    """
    from hamsafar.events.files.errors import UnknownTimezone

    try:
        zone = ZoneInfo(timezone)
    except (KeyError, ValueError, OSError):
        raise UnknownTimezone(timezone=timezone) from None
    plain = ascii_digits(text).strip()
    found = _DATE.fullmatch(plain)
    try:
        if not found:
            raise ValueError(text)
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        if year < 1700:
            year, month, day = _gregorian(year, month, day)
        at = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{found[4] or '00:00'}")
        if last_day and not found[4]:
            at += timedelta(days=1)
        if at.tzinfo is None:
            at = at.replace(tzinfo=zone)
        return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        raise BadMoment(given=text, field=field) from None


def condition(text: str) -> Condition:
    """``name=value``, ``name<5``, ``name>5``, ``name in a,b`` or ``name`` alone: it exists."""
    from hamsafar.lib.conditions import Condition

    found = _WHERE.fullmatch(text.strip())
    if not found:
        raise click.BadParameter("a condition such as city=Tehran is expected", param_hint="--where")
    if found["in"]:
        return Condition(found["property"], "in", [one.strip() for one in found["list"].split(",")])
    if found["op"]:
        return Condition(found["property"], found["op"], found["value"].strip())  # type: ignore[arg-type]  # the pattern lets only operators through
    return Condition(found["property"], "exists")


def _gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    import numpy as np

    from hamsafar.lib import jalali

    arrays = tuple(np.array([part], dtype=np.int64) for part in (year, month, day))
    if not jalali.is_valid(*arrays)[0]:
        raise ValueError("no such day")
    date = (np.datetime64(0, "D") + jalali.to_days(*arrays)[0]).astype(object)
    return date.year, date.month, date.day


def tell_rejected(rejected: tuple[RejectedRows, ...]) -> None:
    """Rows that are in no path are said so, and why, on the error stream."""
    if not rejected:
        return
    from hamsafar.cli.main import language
    from hamsafar.lib.persian import localise_digits

    fa = language() == "fa"
    total = sum(row.count for row in rejected)
    lines = [f"{total} سطر خوانده نشد:" if fa else f"Rows that could not be read: {total}"]
    for row in rejected:
        where = f"نخستین بار در سطر {row.first_line}" if fa else f"first in line {row.first_line}"
        lines.append(f"  {row.code}: {row.count} ({where})")
    click.echo(localise_digits("\n".join(lines), language()), err=True)
