"""``hamsafar ask`` for the questions about stretches of paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hamsafar.cli.ask import _asks, ask

if TYPE_CHECKING:
    from hamsafar.journeys import PathIndex
    from hamsafar.journeys.view import Result


@ask.command()
@click.option(
    "--find",
    required=True,
    metavar="PATTERN",
    help="What to look for, e.g. 'cart -> (!paid)* -> (end)' or 'visit -> ... -> paid within 2d'.",
)
@click.option("--top", default=20, show_default=True, help="How many of the sequences found to list.")
@_asks
def pattern(index: PathIndex, find: str, top: int) -> Result:
    """Where a described stretch of events is found, for how many, and how long it takes."""
    return index.pattern(find, top)
