"""Where the questions of ``hamsafar ask`` run: in this process, or on Spark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hamsafar.cli.options import FileOptions, tell_guess

if TYPE_CHECKING:
    from hamsafar.journeys import PathIndex
    from hamsafar.journeys.spark import SparkPaths

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class EngineOptions:
    """The engine and how to reach it."""

    engine: str
    master: str | None
    conf: tuple[str, ...]

    def read(self, file_options: FileOptions, files: Sequence[str]) -> PathIndex | SparkPaths:
        """All events of the files; on Spark also of folders, anywhere it can read."""
        if self.engine == "local":
            if self.master or self.conf:
                raise click.UsageError("--master and --conf go with --engine spark.")
            return file_options.read(files)
        from hamsafar.journeys import spark

        session = spark.connected(self.master or spark.DEFAULT_MASTER, dict(map(_setting, self.conf)))
        columns, properties, options = file_options.arguments()
        paths = spark.read(session, list(files), *columns, properties, **options)
        if None in columns and not file_options.event_constant:
            tell_guess(paths.mapping)
        return paths


_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["local", "spark"]),
        default="local",
        show_default=True,
        is_eager=True,  # what a FILE may be depends on it
        help='Where to ask; "spark" takes Parquet files and folders of them, anywhere it can read.',
    ),
    click.option(
        "--master",
        metavar="ADDRESS",
        help="Of Spark: local[*] (unless said), local-cluster[2,1,2048], spark://host:7077, sc://host:15002, yarn.",
    ),
    click.option(
        "--conf",
        multiple=True,
        metavar="NAME=VALUE",
        help="A setting of Spark, e.g. spark.executor.memory=4g.",
    ),
)


def takes_engine(command: _Command) -> _Command:
    """Give a click command the options of ``EngineOptions``: ``command(..., engine_options)``."""

    @wraps(command)
    def wrapped(**given: Any) -> Any:
        own = {name: given.pop(name) for name in EngineOptions.__dataclass_fields__}
        return command(engine_options=EngineOptions(**own), **given)

    decorated: Any = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]  # decorators of click give Any


def _setting(text: str) -> tuple[str, str]:
    from hamsafar.journeys.spark.errors import BadSetting

    name, equals, value = text.partition("=")
    if not equals or not name.strip().startswith("spark."):
        raise BadSetting(given=text)
    return name.strip(), value.strip()
