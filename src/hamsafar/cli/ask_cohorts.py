"""``hamsafar ask`` for the questions about time, about what goes with a goal, and about two segments."""

from __future__ import annotations

from inspect import unwrap
from typing import TYPE_CHECKING, Any

import click

from hamsafar.cli.ask import _asks, ask
from hamsafar.cli.options import condition, window_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from hamsafar.journeys.askable import Askable
    from hamsafar.journeys.view import Result
    from hamsafar.lib.conditions import Condition


@ask.command()
@click.option(
    "--period",
    type=click.Choice(["day", "week", "month", "jalali_month"]),
    default="week",
    show_default=True,
    help="What cohorts are of, and what is counted.",
)
@click.option("--week-starts", type=click.Choice(["monday", "saturday"]), default="monday", show_default=True)
@click.option("--in-zone", metavar="ZONE", help="Time zone of the calendar; that of --timezone if left out.")
@click.option(
    "--first", metavar="EVENT", help="The event a person begins with: signup, or a|b; any if left out."
)
@click.option("--returning", metavar="EVENT", help="The event that is coming back; any if left out.")
@click.option(
    "--mode",
    type=click.Choice(["exact", "unbounded"]),
    default="exact",
    show_default=True,
    help="Back in that very period, or in it or later.",
)
@click.option("--periods", default=12, show_default=True, help="How many periods after the first.")
@_asks
def retention(paths: Askable, in_zone: str | None, **options: Any) -> Result:
    """Of those who began in a period, how many come back in the periods after it."""
    zone = in_zone or click.get_current_context().params["timezone"]
    return paths.retention(timezone=zone, **options)


@ask.command()
@click.option(
    "--start", required=True, metavar="EVENT", help="From this event: visit, a|b, or a pattern: a -> b."
)
@click.option("--end", required=True, metavar="EVENT", help="To this one.")
@click.option("--by", metavar="COLUMN", help="Groups by the value of this column at the start.")
@click.option("--top", default=5, show_default=True, help="Values that are told apart.")
@_asks
def survival(paths: Askable, start: str, end: str, by: str | None, top: int) -> Result:
    """How long it takes from one event to another, those who are not there yet counted fairly."""
    return paths.survival(start, end, by=by, top=top)


@ask.command()
@click.option(
    "--goal",
    required=True,
    metavar="EVENT",
    help="What is to be reached: paid, a|b, or a pattern: a -> b.",
)
@click.option("--within", metavar="TIME", help="Only the first 30m, 12h, 7d of every path.")
@click.option(
    "--min-paths", default=10, show_default=True, help="Features that fewer paths have are left out."
)
@click.option(
    "--feature",
    "features",
    multiple=True,
    metavar="COLUMN",
    help="Whose values are features too. Repeatable.",
)
@click.option("--top", default=50, show_default=True, help="Features of each kind to list.")
@_asks
def correlates(
    paths: Askable, goal: str, within: str | None, features: tuple[str, ...], min_paths: int, top: int
) -> Result:
    """Which events, transitions and values of properties go with reaching a goal."""
    return paths.correlates(
        goal,
        properties=features,
        within_seconds=window_seconds(within) if within else None,
        min_paths=min_paths,
        top=top,
    )


_SIDES = [
    click.Option(
        [f"--{side}"],
        required=True,
        multiple=True,
        metavar="CONDITION",
        help=f"Segment {side.upper()}: persons of whom one event meets it, in the form of --where. "
        "Repeatable: one event must meet all.",
    )
    for side in "ab"
]


class _Compared(click.Group):
    """Every other question of ``ask``, with two segments; those without figures to compare say so when asked."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(ask.commands.keys() - {"compare"})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = ask.commands.get(cmd_name)
        if command is None or command.callback is None or cmd_name == "compare":
            return None
        return click.Command(
            cmd_name,
            callback=_asks(_of_two(unwrap(command.callback)), of_segments=True),
            params=[*command.params, *_SIDES],
            help=command.help,
        )


@ask.group(cls=_Compared)
def compare() -> None:
    """Ask a question of two segments of persons, and what differs beyond chance."""


def _of_two(question: Callable[..., Result]) -> Callable[..., Result]:
    def compared(
        paths_where: Callable[[tuple[Condition, ...]], Askable],
        a: tuple[str, ...],
        b: tuple[str, ...],
        **arguments: Any,
    ) -> Result:
        from hamsafar.journeys import compare

        def asked(paths: Askable) -> Result:
            return question(paths, **arguments)

        asked.__name__ = question.__name__
        one, other = (paths_where(tuple(condition(text) for text in side)) for side in (a, b))
        return compare(asked, one, other)

    return compared
