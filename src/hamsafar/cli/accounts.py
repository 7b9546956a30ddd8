"""``hamsafar createowner``, ``link`` and ``password``."""

from __future__ import annotations

import click


@click.command()
@click.option("--name", prompt=True, help="The owner's name.")
@click.option("--email", prompt=True, help="The address they sign in with.")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, envvar="HAMSAFAR_PASSWORD"
)
@click.option("--language", type=click.Choice(["fa", "en"]), default="fa", show_default=True)
def createowner(name: str, email: str, password: str, language: str) -> None:
    """Make an owner's account with a workspace of its own."""
    from hamsafar.cli import django

    django.setup()
    from hamsafar.accounts import actions

    actions.create_owner(name=name, email=email, password=password, language=language)
    click.echo(f"{email} may sign in now.")


@click.command()
@click.option("--email", help="Whom to sign in; the first user when left out.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
def link(email: str | None, address: str) -> None:
    """Print a link that signs a user in once, within an hour."""
    from hamsafar.cli import django

    django.setup()
    from hamsafar.accounts import actions, queries

    click.echo(f"{address}/link/{actions.make_sign_in_link(queries.user_id(email))}")


@click.command()
@click.option("--email", required=True, help="Whose password to set.")
@click.option(
    "--password", prompt=True, hide_input=True, confirmation_prompt=True, envvar="HAMSAFAR_PASSWORD"
)
def password(email: str, password: str) -> None:
    """Set a user's password."""
    from hamsafar.cli import django

    django.setup()
    from hamsafar.accounts import actions, queries

    actions.set_password(queries.user_id(email), password)
    click.echo("The password is set.")
