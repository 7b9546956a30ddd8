"""``hamsafar demo``."""

from __future__ import annotations

import click


@click.command()
def demo() -> None:
    """Fill the two sample workspaces; what is there already stays as it is."""
    from hamsafar.cli import django

    django.setup()
    fill_and_tell()


def fill_and_tell() -> None:
    """Fills what is missing of the samples and prints a line for each; Django is there already."""
    from hamsafar.cli.main import language
    from hamsafar.demo.actions import NAME, fill_samples, measure_once
    from hamsafar.lib.persian import localise_digits

    said = language()
    for filled in fill_samples("fa" if said == "fa" else "en"):
        events = localise_digits(f"{filled.events:,}", said)
        if said == "fa":
            done = f"{events.replace(',', '٬')} رویداد" if filled.events else "از پیش آماده است"
        else:
            done = f"{events} events" if filled.events else "there already"
        if filled.events:
            measure_once(filled)
        click.echo(f"{NAME.say(filled.language)} ({done})")
