"""Which paths the questions of ``hamsafar ask`` are about, and what of the answer is withheld."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hamsafar.cli.options import FileOptions, condition, window_seconds

if TYPE_CHECKING:
    from hamsafar.journeys.scope import Scope

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class ScopeOptions:
    """The options as given; ``scope`` is what they mean together with those of the files."""

    person_where: tuple[str, ...]
    person_last: tuple[str, ...]
    only_person: tuple[str, ...]
    except_person: tuple[str, ...]
    unit: str | None
    session_gap: str | None
    session_column: str | None
    restart: tuple[str, ...]
    instance_column: str | None
    pattern: str | None
    without_pattern: str | None
    min_group: int | None

    def scope(self, files: FileOptions) -> Scope:
        """See ``journeys.scope.Scope``; raises what it raises."""
        from hamsafar.journeys.scope import Scope

        return Scope(
            from_us=files.from_us(),
            to_us=files.to_us(),
            conditions=files.conditions(),
            person_conditions=tuple(condition(text) for text in self.person_where),
            person_last_conditions=tuple(condition(text) for text in self.person_last),
            only_persons=self.only_person or None,
            except_persons=self.except_person,
            unit=self.unit,  # type: ignore[arg-type]  # click gives one of the three
            session_gap_seconds=None if self.session_gap is None else window_seconds(self.session_gap),
            session_column=self.session_column,
            restart=self.restart or None,
            instance_column=self.instance_column,
            pattern=self.pattern,
            without_pattern=self.without_pattern,
        )


_OPTIONS = (
    click.option(
        "--person-where",
        multiple=True,
        metavar="CONDITION",
        help="Only persons of whom one event meets it, in the form of --where. Repeatable: one event must meet all.",
    ),
    click.option(
        "--person-last",
        multiple=True,
        metavar="CONDITION",
        help="Only persons whose last value of the property meets it. Repeatable: all must hold.",
    ),
    click.option("--only-person", multiple=True, metavar="ID", help="Only this person. Repeatable."),
    click.option("--except-person", multiple=True, metavar="ID", help="Without this person. Repeatable."),
    click.option(
        "--unit",
        type=click.Choice(["person", "session", "instance"]),
        help="What a path is; a person unless an option below tells of another.",
    ),
    click.option(
        "--session-gap", metavar="TIME", help="A longer gap ends a session; 30m when nothing is said."
    ),
    click.option(
        "--session-column", metavar="COLUMN", help="Another value of the property begins a session."
    ),
    click.option(
        "--restart",
        multiple=True,
        metavar="NAME",
        help="Event that begins an instance: paid, or a|b. Repeatable.",
    ),
    click.option("--instance-column", metavar="COLUMN", help="An instance for each value: order_id."),
    click.option(
        "--pattern", metavar="PATTERN", help="Only paths in which it is found: 'cart -> (!paid)* -> (end)'."
    ),
    click.option("--without-pattern", metavar="PATTERN", help="Only paths in which it is not found."),
    click.option(
        "--min-group",
        type=click.IntRange(1),
        metavar="K",
        help="Withhold rows that rest on fewer than K persons.",
    ),
)


def takes_scope(command: _Command) -> _Command:
    """Give a click command the options of ``ScopeOptions``: ``command(..., file_options, scope, min_group)``.

    For use under ``reads_files``. The columns that the scope looks at are read from the files too.
    """

    @wraps(command)
    def wrapped(file_options: FileOptions, **given: Any) -> Any:
        own = {name: given.pop(name) for name in ScopeOptions.__dataclass_fields__}
        options = ScopeOptions(**own)
        scope = options.scope(file_options)
        wanted = dict.fromkeys([*file_options.properties, *scope.properties()])
        file_options = replace(file_options, properties=tuple(wanted))
        return command(file_options=file_options, scope=scope, min_group=options.min_group, **given)

    decorated: Any = wrapped
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated  # type: ignore[no-any-return]
