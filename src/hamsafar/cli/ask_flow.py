"""``hamsafar ask`` for the questions about stretches of paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


@ask.command()
@click.option("--anchor", required=True, metavar="EVENT", help="An event's name, or a pattern.")
@click.option("--before", default=2, show_default=True, help="Steps before the anchor, 0 to 20.")
@click.option("--after", default=3, show_default=True, help="Steps after the anchor, 0 to 20.")
@click.option("--top", default=8, show_default=True, help="Names a step; the others are (other).")
@click.option(
    "--occurrence",
    type=click.Choice(["first", "last", "every"]),
    default="every",
    show_default=True,
    help="Which anchors of a path count.",
)
@click.option("--collapse", is_flag=True, help="Leave out events that repeat the name directly before.")
@_asks
def flow(index: PathIndex, **asked: Any) -> Result:
    """What comes step by step before and after an anchor."""
    return index.flow(**asked)
