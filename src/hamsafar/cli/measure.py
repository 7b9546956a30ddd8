"""``hamsafar measure``: a map file over event files, with no server and no database."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hamsafar.lib.conditions import Condition, as_number
from hamsafar.lib.errors import BadInput
from hamsafar.lib.persian import ascii_digits

if TYPE_CHECKING:
    from hamsafar.measurement.measured.map_model import MapModel

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


class BadOption(BadInput):
    code = "bad_option"
    en = "{option} “{value}” cannot be read; expected for example {example}."
    fa = "مقدار «{value}» برای {option} خوانا نیست؛ نمونهٔ درست: {example}."


def moment_us(option: str, text: str, timezone: str) -> int:
    """A day or a moment, Gregorian or Jalali, as microseconds since 1970 UTC; a day means its beginning."""
    import pyarrow as pa

    from hamsafar.events.files import times

    plain = ascii_digits(text).strip()
    year = re.match(r"\d{4}", plain)
    jalali = year is not None and int(year.group()) < 1700
    at_us, codes = times.parse(pa.array([plain]), "jalali_ymd" if jalali else "iso", timezone)
    if codes[0] != times.OK:
        raise BadOption(option=option, value=text, example="2026-03-21, 1405/01/01, 2026-03-21T08:30+03:30")
    return int(at_us[0])


def condition(text: str) -> Condition:
    """``city=تهران``, ``amount>100``, ``amount<5``, ``city in قم|یزد``, or ``city`` alone: it exists."""
    if match := re.fullmatch(r"\s*([^=<>]+?)\s+in\s+(.+)", text):
        return Condition(match.group(1), "in", [part.strip() for part in match.group(2).split("|")])
    if match := re.fullmatch(r"\s*([^=<>]+?)\s*([=<>])\s*(.+)", text):
        return Condition(match.group(1), match.group(2), match.group(3).strip())  # type: ignore[arg-type]
    if re.search("[=<>]", text) or not text.strip():
        raise BadOption(option="--where", value=text, example="city=تهران, amount>100, city in قم|یزد, city")
    return Condition(text.strip(), "exists")


def threshold(text: str, model: MapModel) -> tuple[str, float]:
    """``STAGE=7d`` with the stage's id or name: the stage's id and seconds."""
    name, _, length = text.rpartition("=")
    match = re.fullmatch(r"([\d.,٫]+)\s*([smhdw])", ascii_digits(length).strip())
    stages = [stage.id for stage in model.stages if name.strip() in (stage.id, stage.name)]
    seconds = as_number(match.group(1)) if match else None
    if match is None or seconds is None or not stages:
        known = model.stages[0].id if model.stages else "stage"
        raise BadOption(option="--open-after", value=text, example=f"{known}=7d")
    return stages[0], seconds * UNITS[match.group(2)]


@click.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option("--person", help="Column of the person.")
@click.option("--event", help="Column of the event's name.")
@click.option("--time", help="Column of the time.")
@click.option("--event-constant", help="Name of every row's event, when no column has it.")
@click.option("--channel", help="Column of the channel.")
@click.option("--property", "properties", multiple=True, help="Further column to keep; may be repeated.")
@click.option("--time-format", help="How times are written, when that is not recognised.")
@click.option("--timezone", default="UTC", show_default=True, help="Time zone of times without an offset.")
@click.option("--from", "from_", metavar="TIME", help="Only events from this day or moment on.")
@click.option("--to", metavar="TIME", help="Only events before this day or moment.")
@click.option("--where", multiple=True, metavar="PROP=VALUE", help="Only events that meet this; repeatable.")
@click.option("--open-after", multiple=True, metavar="STAGE=7d", help="How long a stage stays open.")
@click.option("--ad-hoc-share", default=0.05, show_default=True, help="Least share of passages for ad hoc.")
@click.option("--ad-hoc-min", default=10, show_default=True, help="Least number of passages for ad hoc.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def measure(
    map_file: Path,
    files: tuple[Path, ...],
    person: str | None,
    event: str | None,
    time: str | None,
    properties: tuple[str, ...],
    timezone: str,
    from_: str | None,
    to: str | None,
    where: tuple[str, ...],
    open_after: tuple[str, ...],
    ad_hoc_share: float,
    ad_hoc_min: int,
    as_json: bool,
    **options: Any,
) -> None:
    """Measure a map (hamsafar-map/1) on the events of one or several files, read one after the other."""
    from hamsafar import journeys
    from hamsafar.cli.main import language
    from hamsafar.measurement.measured.ad_hoc import Frequent
    from hamsafar.measurement.measured.map_model import MapModel
    from hamsafar.measurement.measured.measure import Selection
    from hamsafar.measurement.measured.measure import measure as measure_map

    model = MapModel.from_dict(_map_document(map_file))
    conditions = tuple(condition(text) for text in where)
    selection = Selection(
        from_us=None if from_ is None else moment_us("--from", from_, timezone),
        to_us=None if to is None else moment_us("--to", to, timezone),
        conditions=conditions,
        open_after=dict(threshold(text, model) for text in open_after),
        frequent=Frequent(ad_hoc_share, ad_hoc_min),
    )
    needed = [*properties, *(one.property for one in conditions), *_in_file(files[0], model)]
    index = journeys.read(
        files,
        person=person,
        event=event,
        time=time,
        properties=tuple(
            dict.fromkeys(name for name in needed if name != "channel" or not options["channel"])
        ),
        timezone=timezone,
        **{name: value for name, value in options.items() if value is not None},
    )
    measured = measure_map(index, model, selection)
    if as_json:
        plain = {**measured.to_dict(), "rejected": [vars(row) for row in index.rejected]}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1))
    else:
        click.echo(measured.text("fa" if language() == "fa" else "en"))
        for row in index.rejected:
            click.echo(f"{row.count} x {row.code} (line {row.first_line})", err=True)


def _map_document(path: Path) -> dict[str, Any]:
    from hamsafar.cli.main import language
    from hamsafar.maps.document import parse
    from hamsafar.maps.faults import MapInvalid

    try:
        return parse(path.read_bytes())
    except MapInvalid as error:
        for fault in error.faults[1:]:  # the first one is the error's own sentence
            click.echo(f"{fault.place}: {fault.sentence(language())}", err=True)
        raise


def _in_file(path: Path, model: MapModel) -> list[str]:
    """The properties the map's matchers look at, as far as the file has them; the rest is reported."""
    wanted = model.property_names()
    if not wanted:
        return []
    from hamsafar.events.files import inspect

    columns = {column.name for column in inspect(path).columns}
    return [name for name in wanted if name in columns]
