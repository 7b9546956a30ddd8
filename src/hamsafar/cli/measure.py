"""``hamsafar measure``: a map file over event files, with no server and no database."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hamsafar.cli.engine_options import EngineOptions, takes_engine
from hamsafar.cli.map_options import columns_of_map, read_map, thresholds
from hamsafar.cli.options import FileOptions, reads_files, tell_rejected
from hamsafar.cli.scope_options import takes_scope

if TYPE_CHECKING:
    from hamsafar.journeys.scope import Scope


@click.command()
@click.argument("map_file", metavar="MAP.json", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@reads_files
@takes_scope
@takes_engine
@click.option(
    "--open-after",
    multiple=True,
    metavar="STAGE=TIME",
    help="How long the silent stay open in a stage (id or name): purchase=7d. Repeatable.",
)
@click.option(
    "--ad-hoc-share",
    default=0.05,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Least share of passages with an event for it to be reported as ad hoc.",
)
@click.option(
    "--ad-hoc-min",
    default=10,
    show_default=True,
    type=click.IntRange(1),
    help="Least number of passages for the same.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def measure(
    map_file: Path,
    files: tuple[str, ...],
    file_options: FileOptions,
    scope: Scope,
    min_group: int | None,
    engine_options: EngineOptions,
    open_after: tuple[str, ...],
    ad_hoc_share: float,
    ad_hoc_min: int,
    as_json: bool,
) -> None:
    """Measure a map (hamsafar-map/1) on the events in FILES, read one after the other.

    Columns that the map's matchers look at are read without being named.
    """
    from hamsafar.cli.main import language
    from hamsafar.journeys.designed.ad_hoc import Frequent
    from hamsafar.journeys.designed.map_model import MapModel
    from hamsafar.journeys.designed.measure import Selection
    from hamsafar.journeys.designed.measure import measure as measure_map
    from hamsafar.measurement.errors import NothingWithheld

    if min_group is not None:
        raise NothingWithheld()
    model = MapModel.from_dict(read_map(map_file))
    selection = Selection(scope, thresholds(open_after, model), Frequent(ad_hoc_share, ad_hoc_min))
    properties = (*file_options.properties, *columns_of_map(files[0], model))
    index = engine_options.read(replace(file_options, properties=properties), files)
    measured = measure_map(index, model, selection)
    if as_json:
        plain = {**measured.to_dict(), "rejected": [vars(row) for row in index.rejected]}
        click.echo(json.dumps(plain, ensure_ascii=False, allow_nan=False))
    else:
        click.echo(measured.text("fa" if language() == "fa" else "en"))
        tell_rejected(index.rejected)
