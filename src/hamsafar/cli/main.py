"""``hamsafar``: the same actions and queries by another door.

Subcommands are loaded when they are called, so that ``--help`` and ``ask`` never wait for Django.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from hamsafar import __version__
from hamsafar.cli.usage import persian
from hamsafar.lib.errors import HamsafarError
from hamsafar.lib.language import users_language

# name -> (where it lives, its line in --help)
COMMANDS = {
    "ask": ("hamsafar.cli.ask:ask", "Ask a question about the paths in files."),
    "measure": ("hamsafar.cli.measure:measure", "Measure a map on the events in files."),
    "import": ("hamsafar.cli.import_:import_", "Import events from files into a workspace."),
    "export-map": ("hamsafar.cli.export_map:export_map", "Write a map as PDF, PNG, PPTX, XLSX and others."),
    "serve": ("hamsafar.cli.serve:serve", "Start the server on 127.0.0.1:8000."),
    "demo": ("hamsafar.cli.demo:demo", "Fill the two sample workspaces."),
    "warm": ("hamsafar.cli.warm:warm", "Compile the engine's kernels ahead."),
    "createowner": ("hamsafar.cli.accounts:createowner", "Make an owner's account."),
    "link": ("hamsafar.cli.accounts:link", "Print a link that signs a user in once."),
    "password": ("hamsafar.cli.accounts:password", "Set a user's password."),
    "migrate": ("hamsafar.cli.serve:migrate", "Bring the database up to date."),
    "openapi": ("hamsafar.cli.serve:openapi", "Print the API's OpenAPI document."),
}


def language() -> str:
    """See ``lib.language``."""
    return users_language()


def _told(error: HamsafarError) -> str:
    """The error's sentence, after the name of the file it is about: there may be several."""
    sentence, file = error.sentence(language()), error.params.get("file")
    told = f"{file}: {sentence}" if file and str(file) not in sentence else sentence
    return "\n".join([told, *_marked(error)])


def _marked(error: HamsafarError) -> list[str]:
    """The line of a pattern in which something is wrong, and a mark under the place."""
    pattern, position = error.params.get("pattern"), error.params.get("position")
    if not isinstance(pattern, str) or not isinstance(position, int):
        return []
    begin = pattern.rfind("\n", 0, position) + 1
    line = pattern[begin:].split("\n", 1)[0]
    mark = "^" * max(1, min(error.params.get("length", 1), begin + len(line) - position))
    return [f"  {line}", f"  {' ' * (position - begin)}{mark}"]


class LazyGroup(click.Group):
    """A group whose commands are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HamsafarError as error:
            click.echo(_told(error), err=True)
            ctx.exit(1)
        except click.UsageError as error:
            if language() != "fa" or isinstance(error, NoArgsIsHelpError):
                raise
            click.echo(persian(error), err=True)
            ctx.exit(error.exit_code)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """Hamsafar: draw the customer's journey, measure it on real paths, act on the difference."""


def main() -> None:
    """The console script."""
    try:
        cli()
    except BrokenPipeError:  # the reader (head, less) has gone
        sys.stderr.close()


if __name__ == "__main__":
    main()
