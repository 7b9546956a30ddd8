"""``hamsafar export-map``: a map of a file, or of a workspace, as a file of any format maps are written in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import click

from hamsafar.lib.errors import BadInput

if TYPE_CHECKING:
    from hamsafar.maps.formats.drawing.look import Look

# The format of a file by how its name ends, where that says it.
_BY_SUFFIX = {
    "pdf": "pdf", "png": "png", "svg": "svg", "pptx": "pptx", "html": "document_html", "xlsx": "xlsx", "csv": "csv",
    "mmd": "mermaid", "json": "json",
}  # fmt: skip


class MapNotSaid(BadInput):
    code = "map_not_said"
    en = "There is no file “{given}”, and not exactly one map of that title or id. Maps here: {names}"
    fa = "نه فایلی به نام «{given}» هست و نه درست یک نقشه با این عنوان یا شناسه. نقشه‌های اینجا: {names}"


class FormatNotSaid(BadInput):
    code = "format_not_said"
    en = "Say with --to which format “{file}” shall have. Expected one of: {known}."
    fa = "با ‎--to بگویید «{file}» چه قالبی داشته باشد. یکی از این‌ها: {known}."


@click.command("export-map")
@click.argument("source", metavar="MAP")
@click.argument("target", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "written", metavar="FORMAT", help="Of FILE; by its ending when left out.")
@click.option("--paper", metavar="PAPER", help="one, a4, a3; of an infographic a4, square.")
@click.option("--dark", is_flag=True, help="Pictures in dark colours.")
@click.option("--lane", "lanes", multiple=True, metavar="ID", help="Only these lanes. Repeatable.")
@click.option(
    "--workspace", metavar="NAME", help="Of a map that is in no file; not needed when there is only one."
)
@click.option("--as", "email", metavar="E-MAIL", help="Who takes it out; the first user when left out.")
def export_map(
    source: str,
    target: Path,
    written: str | None,
    paper: str | None,
    dark: bool,
    lanes: tuple[str, ...],
    workspace: str | None,
    email: str | None,
) -> None:
    """Write MAP as FILE. MAP is a file that maps are read from, or the title or id of a map in a workspace."""
    from hamsafar.cli.main import language
    from hamsafar.maps.formats import look_for

    form = written or _format_of(target)
    wishes = {
        "paper": paper,
        "scheme": "dark" if dark else None,
        "lanes": ",".join(lanes) if lanes else None,
    }
    look = look_for(form, **wishes, today=datetime.now().astimezone().date())
    if Path(source).is_file():
        data = _of_file(Path(source), form, look, language())
    else:
        data = _of_workspace(source, form, look, wishes, workspace, email)
    target.write_bytes(data)
    click.echo(str(target))


def _format_of(target: Path) -> str:
    from hamsafar.maps.formats import WRITTEN

    found = _BY_SUFFIX.get(target.suffix.removeprefix(".").lower())
    if found is None:
        raise FormatNotSaid(file=target.name, known=tuple(WRITTEN))
    return found


def _of_file(path: Path, form: str, look: Look, language: str) -> bytes:
    from hamsafar.maps import document, formats

    exchange = document.check(formats.read(path.name, path.read_bytes(), language))
    return formats.write(exchange, form, look)


def _of_workspace(
    source: str, form: str, look: Look, wishes: dict[str, Any], workspace: str | None, email: str | None
) -> bytes:
    """Through the running server when there is one, else by the same queries."""
    from hamsafar.cli import django

    django.setup()
    from hamsafar.accounts.actions import make_sign_in_link
    from hamsafar.accounts.queries import user_id as find_user
    from hamsafar.cli import running
    from hamsafar.cli.through_server import Server
    from hamsafar.cli.workspaces import find_workspace
    from hamsafar.maps import formats, queries

    user_id = find_user(email)
    workspace_id = find_workspace(user_id, workspace)
    map_id = _find_map(workspace_id, source)
    address = running.address()
    if address is not None:
        asked = urlencode({name: value for name, value in wishes.items() if value is not None})
        path = f"/api/workspaces/{workspace_id}/maps/{map_id}/export/{form}?{asked}"
        return Server(address, make_sign_in_link(user_id)).get_bytes(path)
    exchange = queries.exchange_document(map_id, workspace_id)
    whole = replace(look, profiles=queries.persona_profiles(workspace_id, exchange))
    return formats.write(exchange, form, whole)


def _find_map(workspace_id: str, wanted: str) -> str:
    from hamsafar.lib.persian import search_key
    from hamsafar.maps import queries

    known = queries.list_maps(workspace_id, limit=200).items
    named = queries.list_maps(workspace_id, search=wanted, limit=200).items
    found = [
        one for one in (*named, *known) if one.id == wanted or search_key(one.title) == search_key(wanted)
    ]
    ids = {one.id for one in found}
    if len(ids) != 1:
        raise MapNotSaid(given=wanted, names=", ".join(f"{one.title} ({one.id})" for one in known[:20]))
    return found[0].id
