"""``hamsafar import``: files into a workspace's events, through the running server or without one."""

from __future__ import annotations

import json
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from hamsafar.cli.workspaces import find_workspace
from hamsafar.lib.errors import HamsafarError

if TYPE_CHECKING:
    from hamsafar.events.files import Mapping

POLL_SECONDS = 0.3


class ImportFailed(HamsafarError):
    code = "import_failed"
    en = "{file}: {detail}"
    fa = "{file}: {detail}"


@dataclass(frozen=True)
class Columns:
    """What the command line says of the columns; None and empty are left to the guess."""

    person: str | None
    event: str | None
    time: str | None
    properties: tuple[str, ...]
    channel: str | None
    event_constant: str | None
    time_format: str | None
    timezone: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None

    def over(self, guess: Mapping) -> Mapping:
        """The guess, with what was said in its place."""
        names = (
            "person",
            "event",
            "time",
            "channel",
            "time_format",
            "timezone",
            "encoding",
            "delimiter",
            "sheet",
        )
        said: dict[str, Any] = {name: getattr(self, name) for name in names if getattr(self, name)}
        if self.time and self.time != guess.time:
            said = {"time_format": None, "time_of_day": None, **said}
        if self.event:
            said["event_constant"] = None
        elif self.event_constant:
            said |= {"event": "", "event_constant": self.event_constant}
        mapping = replace(guess, **said)
        if mapping.channel in (mapping.person, mapping.event):
            mapping = replace(mapping, channel=None)
        used = {mapping.person, mapping.event, mapping.time, mapping.time_of_day, mapping.channel, ""}
        rest = dict.fromkeys((guess.person, guess.event, guess.channel or "", *guess.properties))
        properties = self.properties or tuple(name for name in rest if name not in used)
        numbers = tuple(name for name in guess.numbers or () if name in properties)
        return replace(mapping, properties=properties, numbers=numbers)


class Door(Protocol):
    """One of the two ways into a workspace."""

    def upload(self, path: Path, filename: str) -> dict[str, Any]: ...
    def start(self, upload_id: str, mapping: Mapping) -> str: ...
    def look(self, import_id: str) -> dict[str, Any]: ...
    def cancel(self, import_id: str) -> None: ...
    def rejected(self, import_id: str) -> bytes: ...


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--workspace", metavar="NAME", help="Name or id; not needed when there is only one.")
@click.option("--as", "email", metavar="E-MAIL", help="Whose import it is; the first user when left out.")
@click.option("--person", metavar="COLUMN", help="Column that says who; guessed if left out.")
@click.option("--event", metavar="COLUMN", help="Column that says what; guessed if left out.")
@click.option("--time", metavar="COLUMN", help="Column that says when; guessed if left out.")
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="COLUMN",
    help="Column to keep; repeatable. Default: all.",
)
@click.option("--channel", metavar="COLUMN", help="Column with the channel.")
@click.option("--event-constant", metavar="NAME", help="One name for all rows of a file without events.")
@click.option("--time-format", metavar="FORMAT", help="iso, dmy, mdy, jalali_ymd, unix_s, ...")
@click.option("--timezone", metavar="ZONE", help="Of times without an offset, e.g. Asia/Tehran.")
@click.option("--encoding", metavar="NAME", help="utf-8, utf-16, windows-1256; recognised if left out.")
@click.option("--delimiter", metavar="CHARACTER", help="Between columns; recognised if left out.")
@click.option("--sheet", metavar="NAME", help="Of a spreadsheet.")
@click.option(
    "--sql", metavar="SELECT", help="Import the result of this query; each file is a table by its name."
)
@click.option(
    "--rejected",
    "rejected_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that could not be read, with their line numbers, to this CSV file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def import_(
    files: tuple[Path, ...],
    workspace: str | None,
    email: str | None,
    sql: str | None,
    rejected_path: Path | None,
    as_json: bool,
    **columns: Any,
) -> None:
    """Import events from files (CSV, TSV, JSON Lines, Parquet, XLSX, XES)."""
    from hamsafar.cli import django

    django.setup()
    door = _door(workspace, email)
    said = Columns(**columns)
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="hamsafar-import-") as scratch:
        for path, filename in _sources(files, sql, Path(scratch)):
            outcome = _import_one(door, path, filename, said, quiet=as_json)
            outcomes.append(outcome)
            if rejected_path is not None and outcome["rows_rejected"]:
                with rejected_path.open("ab" if len(outcomes) > 1 else "wb") as file:
                    file.write(door.rejected(outcome["id"]))
    if as_json:
        click.echo(json.dumps(outcomes, ensure_ascii=False, indent=1))


def _sources(files: tuple[Path, ...], sql: str | None, scratch: Path) -> list[tuple[Path, str]]:
    if sql is None:
        return [(path, path.name) for path in files]
    from hamsafar.events.files import sql_to_parquet

    out = scratch / "query.parquet"
    sql_to_parquet(sql, files, out)
    return [(out, f"{files[0].name.split('.', 1)[0]}-query.parquet")]


def _import_one(door: Door, path: Path, filename: str, said: Columns, *, quiet: bool) -> dict[str, Any]:
    from hamsafar.events.files import Mapping

    try:
        uploaded = door.upload(path, filename)
        mapping = said.over(Mapping.from_dict(uploaded["inspection"]["guess"]))
        import_id = door.start(uploaded["id"], mapping)
    except HamsafarError as refused:
        refused.params.setdefault("file", filename)  # a server does not say it again
        raise
    outcome = _watch(door, import_id, filename, quiet)
    if outcome["status"] == "failed":
        error = outcome["error"] or {}
        raise ImportFailed(file=filename, detail=error.get("detail", ""))
    if not quiet:
        click.echo(_told(outcome))
    return outcome


def _watch(door: Door, import_id: str, filename: str, quiet: bool) -> dict[str, Any]:
    """Show the progress to the end; Ctrl+C cancels the import, and the events stay as they were."""
    pause = threading.Event()
    cancelled = False
    with click.progressbar(length=1000, label=filename, hidden=quiet) as bar:
        while True:
            try:
                seen = door.look(import_id)
                bar.update(int((seen["progress"] or 0) * 1000) - bar.pos)
                if seen["status"] not in ("queued", "running"):
                    break
                pause.wait(POLL_SECONDS)
            except KeyboardInterrupt:
                door.cancel(import_id)
                cancelled = True
    if cancelled and seen["status"] == "cancelled":
        raise click.Abort
    return seen


def _told(outcome: dict[str, Any]) -> str:
    """The outcome in words: counts, and each reason of rejection with its first line."""
    from hamsafar.cli.main import language
    from hamsafar.events.files import Rejected
    from hamsafar.lib.persian import localise_digits

    fa = language() == "fa"
    numbers = {
        name: f"{outcome[f'rows_{name}']:,}".replace(",", "٬" if fa else ",")
        for name in ("read", "added", "duplicate", "rejected")
    }
    template = (
        "{file}: {read} سطر خوانده شد؛ {added} رویداد تازه، {duplicate} تکراری، {rejected} ناخوانا"
        if fa
        else "{file}: {read} rows; {added} added, {duplicate} already there, {rejected} not readable"
    )
    lines = [template.format(file=outcome["filename"], **numbers)]
    for reason in outcome["reasons"]:
        sentence = Rejected(0, reason["code"], reason["column"], "").sentence(language())
        where = f"نخستین بار در سطر {reason['first_line']}" if fa else f"first in line {reason['first_line']}"
        lines.append(f"  {reason['count']} × {sentence} ({where})")
    return localise_digits("\n".join(lines), "fa") if fa else "\n".join(lines)


def _door(workspace: str | None, email: str | None) -> Door:
    """The store itself when nobody has it open, else the server that has."""
    from hamsafar.accounts.actions import make_sign_in_link
    from hamsafar.accounts.queries import user_id as find_user
    from hamsafar.cli import running
    from hamsafar.cli.import_doors import Direct, Remote
    from hamsafar.cli.through_server import Server
    from hamsafar.events.store import StoreInUse
    from hamsafar.events.stores import open_stores

    user_id = find_user(email)
    workspace_id = find_workspace(user_id, workspace)
    try:
        open_stores()
    except StoreInUse:
        address = running.address()
        if address is None:
            raise
        return Remote(Server(address, make_sign_in_link(user_id)), workspace_id)
    return Direct(user_id, workspace_id)
