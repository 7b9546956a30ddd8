"""``hamsafar serve`` and its neighbours."""

from __future__ import annotations

import json
import socket

import click

from hamsafar.lib.errors import Conflict


class PortTaken(Conflict):
    code = "port_taken"
    en = "Port {port} on {host} is taken. Stop what listens there, or choose another: hamsafar serve --port 8001"
    fa = "درگاه {port} روی {host} اشغال است. برنامهٔ دیگر را ببندید یا درگاه دیگری بدهید: hamsafar serve --port 8001"


def check_port(host: str, port: int) -> None:
    """Says so in one sentence, before anything is started, when the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise PortTaken(host=host, port=port) from problem


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--sample", is_flag=True, help="Fill the sample workspaces first, for a local owner.")
@click.option("--link", is_flag=True, help="Print a link that signs in as the first user.")
def serve(host: str, port: int, sample: bool, link: bool) -> None:
    """Start the server. On an empty database the browser shows the first-run screen."""
    check_port(host, port)
    from hamsafar.cli import django, running

    django.setup()
    import uvicorn

    if sample:
        from hamsafar.cli.demo import fill_and_tell

        fill_and_tell()
    address = f"http://{host}:{port}"
    if link:
        from hamsafar.accounts.actions import make_sign_in_link
        from hamsafar.accounts.queries import local_owner_id

        if owner_id := local_owner_id():
            click.echo(f"Sign in once, within an hour:  {address}/link/{make_sign_in_link(owner_id)}")
    click.echo(f"Hamsafar listens on {address}  (Ctrl+C stops it)")
    with running.announced(host, port):
        uvicorn.run(
            "hamsafar.asgi:application", host=host, port=port, log_level="warning", ws="websockets-sansio"
        )


@click.command()
def migrate() -> None:
    """Bring the database up to date."""
    from hamsafar.cli import django

    django.setup()


@click.command()
def openapi() -> None:
    """Print the API's OpenAPI document."""
    from hamsafar.cli import django

    django.setup(migrate=False)
    from hamsafar.api.main import api

    click.echo(
        json.dumps(api.get_openapi_schema(path_prefix="/api/"), indent=1, ensure_ascii=False, default=str)
    )
