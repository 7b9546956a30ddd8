"""``hamsafar ask``: the engine's questions over files, with no server and no database."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from hamsafar.cli.engine_options import EngineOptions, takes_engine
from hamsafar.cli.map_options import columns_of_map
from hamsafar.cli.options import FileOptions, condition, reads_files, tell_rejected, window_seconds
from hamsafar.cli.scope_options import takes_scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from hamsafar.journeys import PathIndex
    from hamsafar.journeys.scope import Scope
    from hamsafar.journeys.view import Result

_COLUMN_ARGUMENTS = ("over", "value", "by", "breakdown")


@click.group()
def ask() -> None:
    """Ask a question about the paths in FILEs: CSV, Parquet, XLSX and others."""


def _asks(question: Callable[..., Result], *, of_segments: bool = False) -> Callable[..., None]:
    """Read the files, ask, print.

    A question ``of_segments`` is given, instead of paths, a function from conditions on persons to their paths.
    """

    @reads_files
    @takes_scope
    @takes_engine
    @click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
    @wraps(question)
    def command(
        files: tuple[str, ...],
        file_options: FileOptions,
        scope: Scope,
        min_group: int | None,
        engine_options: EngineOptions,
        as_json: bool,
        **arguments: Any,
    ) -> None:
        # Some arguments name a column that is to be read with the events.
        columns = [arguments[one] for one in _COLUMN_ARGUMENTS if arguments.get(one)]
        columns += arguments.get("features", ())
        columns += [condition(text).property for side in "ab" for text in arguments.get(side, ())]
        if arguments.get("design") is not None:
            columns += columns_of_map(files[0], arguments["design"])
        file_options = replace(file_options, properties=(*file_options.properties, *columns))
        index = engine_options.read(file_options, files)
        tell_rejected(index.rejected)
        if of_segments:
            result = question(lambda conditions: scope.of(index.persons_where(conditions)), **arguments)
        else:
            result = question(scope.of(index), **arguments)
        if min_group is not None:
            result = result.withhold(min_group)
        if as_json:
            answer = {
                **result.to_dict(),
                "rejected": [vars(row) for row in index.rejected],
            }
            click.echo(json.dumps(answer, ensure_ascii=False, allow_nan=False))
        else:
            click.echo(result.text(_language()))

    return command


@ask.command()
@_asks
def overview(index: PathIndex) -> Result:
    """How many events, persons and names, from when to when."""
    return index.overview()


@ask.command()
@_asks
def transitions(index: PathIndex) -> Result:
    """What directly follows what, for how many, and after how long."""
    return index.transitions()


@ask.command()
@click.option("--top", default=20, show_default=True, help="How many variants to list.")
@_asks
def variants(index: PathIndex, top: int) -> Result:
    """The whole paths that most persons share."""
    return index.variants(top)


@ask.command()
@click.option(
    "--steps",
    required=True,
    metavar="A,B,C",
    help='Event names in order; a|b is either, "a,b" has a comma in it, a\\|b has a bar in it.',
)
@click.option("--within", metavar="TIME", help="Window from the first step: 30m, 12h, 7d, 2w.")
@click.option(
    "--order",
    type=click.Choice(["ordered", "any", "strict"]),
    default="ordered",
    show_default=True,
    help="Others may lie between, any order of the steps, or directly one after the other.",
)
@click.option(
    "--exclude", metavar="A,B", help="Events that must not lie between the first step and the last."
)
@click.option("--breakdown", metavar="COLUMN", help="Split by the property's value at the first step.")
@click.option("--breakdown-top", default=5, show_default=True, help="How many values to show.")
@click.option("--next-top", default=5, show_default=True, help="How many next events to show for a step.")
@_asks
def funnel(
    index: PathIndex,
    steps: str,
    within: str | None,
    order: str,
    exclude: str | None,
    breakdown: str | None,
    breakdown_top: int,
    next_top: int,
) -> Result:
    """How many paths come to each step, how fast, and what the others did next."""
    return index.funnel(
        _names(steps),
        window_seconds(within) if within else None,
        order=order,
        exclude=_names(exclude) if exclude else (),
        breakdown=breakdown,
        breakdown_top=breakdown_top,
        next_top=next_top,
    )


def _names(text: str) -> list[str]:
    """The names in a line of comma-separated ones."""
    names = [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]
    return [name for name in names if name]


def _language() -> Any:
    from hamsafar.cli.main import language

    return language()


# The commands of other files join this group when it is asked for.
from hamsafar.cli import ask_cohorts, ask_design, ask_flow, ask_predict  # noqa: E402, F401
