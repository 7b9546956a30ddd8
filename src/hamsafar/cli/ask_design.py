"""``hamsafar ask`` for the questions that hold paths against a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hamsafar.cli.ask import _asks, ask
from hamsafar.cli.map_options import takes_map, thresholds

if TYPE_CHECKING:
    from hamsafar.journeys import PathIndex
    from hamsafar.journeys.designed.map_model import MapModel
    from hamsafar.journeys.view import Result


@ask.command()
@takes_map(required=True)
@click.option(
    "--open-after",
    multiple=True,
    metavar="STAGE=TIME",
    help="How long the silent stay open in a stage (id or name): purchase=7d. Repeatable.",
)
@_asks
def stages(index: PathIndex, design: MapModel, open_after: tuple[str, ...]) -> Result:
    """Progress over the stages of a map: who goes on, leaves, comes back, and how long it takes."""
    return index.stages(design, thresholds(open_after, design))


@ask.command()
@takes_map(required=True)
@click.option(
    "--ad-hoc-share",
    default=0.05,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Least share of passages with an event for it to be told as ad hoc.",
)
@click.option(
    "--ad-hoc-min", default=10, show_default=True, type=click.IntRange(1), help="Least number of passages."
)
@click.option("--per-person", is_flag=True, help="Also list persons with their deviations, by id.")
@click.option("--persons", default=100, show_default=True, help="Persons that --per-person lists.")
@_asks
def deviations(
    index: PathIndex,
    design: MapModel,
    ad_hoc_share: float,
    ad_hoc_min: int,
    per_person: bool,
    persons: int,
) -> Result:
    """How paths differ from a map: missing, out of sequence, ad hoc, failing, late; and how well the map fits."""
    from hamsafar.journeys.designed.ad_hoc import Frequent

    return index.deviations(design, Frequent(ad_hoc_share, ad_hoc_min), persons=persons if per_person else 0)
