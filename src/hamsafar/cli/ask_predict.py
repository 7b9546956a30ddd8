"""``hamsafar ask`` for the questions that credit and predict."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import click

from hamsafar.cli.ask import _asks, ask
from hamsafar.cli.map_options import takes_map
from hamsafar.cli.options import moment_us, window_seconds

if TYPE_CHECKING:
    from hamsafar.journeys import PathIndex
    from hamsafar.journeys.designed.map_model import MapModel
    from hamsafar.journeys.view import Result


def listed(text: str | None) -> list[str]:
    """The names in ``a,b,"c,d"``; none of an empty text."""
    names = next(csv.reader([text or ""], skipinitialspace=True), [])
    return [name.strip() for name in names if name.strip()]


@ask.command()
@click.option("--conversion", required=True, metavar="EVENT", help="The event that counts.")
@click.option("--over", metavar="COLUMN", help="Column of the channels; left out: the events themselves.")
@click.option("--touches", metavar="A,B,C", help="Events that can be touches; left out: all.")
@click.option("--models", metavar="A,B,C", help="first,last,linear,position,time_decay,shapley,markov.")
@click.option(
    "--order", default=1, show_default=True, help="Channels the Markov model looks back on, 1 to 4."
)
@click.option("--lookback", metavar="TIME", help="Touches at most so long before: 12h, 30d.")
@click.option("--half-life", default="7d", show_default=True, metavar="TIME", help="Of time decay.")
@click.option(
    "--position", nargs=2, type=float, default=(0.4, 0.4), show_default=True, help="Of first and last touch."
)
@click.option("--value", metavar="COLUMN", help="A number of the conversion to share out, e.g. amount.")
@click.option("--counted", type=click.Choice(["every", "first"]), default="every", show_default=True)
@click.option("--top", default=20, show_default=True, help="Channels that are told apart.")
@_asks
def attribution(
    index: PathIndex,
    conversion: str,
    touches: str | None,
    models: str | None,
    lookback: str | None,
    half_life: str,
    **options: Any,
) -> Result:
    """Which channels the conversions are credited to, by several models side by side."""
    if models:
        options["models"] = listed(models)
    return index.attribution(
        conversion,
        touches=listed(touches),
        lookback_seconds=window_seconds(lookback) if lookback else None,
        half_life_seconds=window_seconds(half_life),
        **options,
    )


@ask.command("what-if")
@click.option(
    "--goal",
    required=True,
    metavar="EVENT",
    help="Where to arrive: an event, a node or a touchpoint.",
)
@click.option(
    "--change",
    "changes",
    multiple=True,
    metavar="A->B=P",
    help='A probability: "a->b=0.3", "a->b=+0.05", "a->b=-5%", "a->b=*1.2"; (start) and (end) too. Repeatable.',
)
@click.option(
    "--duration",
    "times",
    multiple=True,
    metavar="A->B=TIME",
    help='A mean time: "a->b=12h", "a->b=+1d", "a->b=*0.5". Repeatable.',
)
@click.option(
    "--node", "nodes", multiple=True, metavar="LABEL=A,B", help="Events that are one node. Repeatable."
)
@takes_map(required=False, more=" Its touchpoints are the places, its instances the paths.")
@_asks
def what_if(
    index: PathIndex,
    goal: str,
    changes: tuple[str, ...],
    times: tuple[str, ...],
    nodes: tuple[str, ...],
    design: MapModel | None,
) -> Result:
    """What changed transitions would change for those who reach a goal."""
    labelled = {}
    for text in nodes:
        label, _, names = text.partition("=")
        labelled[label.strip()] = listed(names)
    return index.what_if(goal, changes, times, nodes=labelled or None, design=design)


@ask.command("next-step")
@click.option("--of", "who", metavar="ID", help="The person whose next step is predicted.")
@click.option("--top", default=5, show_default=True, help="Outcomes to list.")
@click.option("--evaluate", is_flag=True, help="Instead: how good such predictions are.")
@click.option("--split", metavar="DATE", help="With --evaluate: learn before, test after. Default: at 4/5.")
@click.option("--min-confidence", default=0.2, show_default=True, help="Below it, no prediction.")
@click.option("--open-after", metavar="TIME", help="A path without events for so long has ended.")
@_asks
def next_step(
    index: PathIndex,
    who: str | None,
    top: int,
    evaluate: bool,
    split: str | None,
    min_confidence: float,
    open_after: str | None,
) -> Result:
    """What a person will most likely do next, and when; or how good such predictions are."""
    open_after_seconds = window_seconds(open_after) if open_after else None
    if evaluate:
        return index.next_step_evaluation(
            split_us=moment_us(split, "UTC", "--split") if split else None,
            min_confidence=min_confidence,
            open_after_seconds=open_after_seconds,
        )
    if who is None:
        raise click.UsageError("--of ID or --evaluate is needed")
    return index.next_step(who, top=top, min_confidence=min_confidence, open_after_seconds=open_after_seconds)
