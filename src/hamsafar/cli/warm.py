"""``hamsafar warm``."""

from __future__ import annotations

import click


@click.command()
def warm() -> None:
    """Compile the engine's kernels ahead, as an image or a new machine wants it; the server does so by itself."""
    from hamsafar.journeys.designed.warm import warm as warm_measurement
    from hamsafar.journeys.warm import warm as warm_questions

    warm_questions()
    warm_measurement()
