"""Maps given to a command: the file, the columns its matchers look at, thresholds of its stages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hamsafar.cli.options import window_seconds

if TYPE_CHECKING:
    from hamsafar.journeys.designed.map_model import MapModel

_Command = TypeVar("_Command", bound=Callable[..., Any])


def takes_map(*, required: bool, more: str = "") -> Callable[[_Command], _Command]:
    """Give a click command the option ``--map``: ``command(..., design)``, the map's model or None."""
    return click.option(
        "--map",
        "design",
        required=required,
        metavar="MAP.json",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=_model,
        help=f"The map (hamsafar-map/1); the columns its matchers look at are read without being named.{more}",
    )


def _model(_context: click.Context, _parameter: click.Parameter, path: Path | None) -> MapModel | None:
    from hamsafar.journeys.designed.map_model import MapModel

    return None if path is None else MapModel.from_dict(read_map(path))


def read_map(path: Path) -> dict[str, Any]:
    """The checked document. Every fault but the first is told here; the first is the error's own sentence."""
    from hamsafar.cli.main import language
    from hamsafar.maps.document import parse
    from hamsafar.maps.faults import MapInvalid

    try:
        return parse(path.read_bytes())
    except MapInvalid as error:
        for fault in error.faults[1:]:
            click.echo(f"{fault.place}: {fault.sentence(language())}", err=True)
        raise


def thresholds(given: tuple[str, ...], model: MapModel) -> dict[str, float]:
    """Seconds by stage id of all ``STAGE=TIME``."""
    return dict(_threshold(text, model) for text in given)


def _threshold(text: str, model: MapModel) -> tuple[str, float]:
    """The stage's id and seconds of ``STAGE=TIME``."""
    name, _, length = text.rpartition("=")
    for stage in model.stages:
        if name.strip() in (stage.id, stage.name):
            return stage.id, window_seconds(length)
    known = ", ".join(stage.id for stage in model.stages)
    raise click.BadParameter(
        f"STAGE=TIME is expected, with one of the stages {known}", param_hint="--open-after"
    )


def columns_of_map(file: str, model: MapModel) -> list[str]:
    """The properties the map's matchers look at, as far as the file has them; the rest is reported."""
    wanted = model.property_names()
    if not wanted or not Path(file).is_file():
        return wanted
    from hamsafar.events.files import inspect

    columns = {column.name for column in inspect(file).columns}
    return [name for name in wanted if name in columns]
