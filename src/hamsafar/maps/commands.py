"""Commands: how anyone but a live editor changes a map, and what the editor's own commands mean.

A command is JSON, e.g. ``{"do": "add_stage", "name": "آگاهی", "before": null}``. A list of commands is
carried out as a whole or not at all: each is checked on a working copy that has the earlier ones' effects,
and only then are the changes written to the document, in one transaction. The web editor
(`web/src/editor/commands.ts`) has the same commands; both run the cases in `tests/fixtures/commands`.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections import Counter
from typing import Any, ClassVar

from pycrdt import Doc, Map, merge_updates

from hamsafar.maps.document import State
from hamsafar.maps.drafting import Change, Command, Draft, LibraryIds, Plan
from hamsafar.maps.faults import CommandInvalid, Fault
from hamsafar.maps.shape import excerpt, name_of_type
from hamsafar.maps.verbs import HANDLERS

MOST_COMMANDS = 1_000
NOTHING = b"\x00\x00"  # the Yjs update that changes nothing


class OwnCommand(ABC):
    """A command that only the server makes: no JSON comes to one.

    ``keeps``: the map is kept as it was before, as a version of this reason. ``told`` goes to the audit log.
    """

    do: ClassVar[str]
    keeps: str
    told: dict[str, Any]

    @abstractmethod
    def changes(self, state: State) -> list[Change]:
        """The writes that carry it out on a map in this ``state``, which is not changed."""


def plan(state: State, commands: Any, library: LibraryIds | None = None) -> Plan:
    """The writes that carry out ``commands`` on a map in this ``state``, which is not changed.

    ``library`` has the ids of the workspace's touchpoints and contents; a collection it does not name is not
    checked. Raises CommandInvalid with the place of every fault of the first bad command, e.g.
    ``commands[3].fields.name``.
    """
    if not isinstance(commands, list):
        wrong = {"expected": "list", "found": name_of_type(commands)}
        raise CommandInvalid([Fault("commands", "wrong_type", wrong)])
    if len(commands) > MOST_COMMANDS:
        raise CommandInvalid(
            [Fault("commands", "too_many", {"limit": MOST_COMMANDS, "found": len(commands)})]
        )
    draft = Draft(copy.deepcopy(state), library or {})
    for index, command in enumerate(commands):
        draft.place = f"commands[{index}]"
        _run(draft, command)
    return draft.plan


def _run(draft: Draft, command: Any) -> None:
    if isinstance(command, OwnCommand):
        draft.take(command.changes(draft.state))
        return
    if not isinstance(command, dict):
        draft.refuse("", "wrong_type", expected="object", found=name_of_type(command))
    verb = command.get("do")
    if verb is None:
        draft.refuse("do", "required")
    handler = HANDLERS.get(verb) if isinstance(verb, str) else None
    if handler is None:
        draft.refuse("do", "unknown_command", found=excerpt(verb))
    handler(draft, {name: value for name, value in command.items() if name != "do"})


def perform(doc: Doc[Any], made: Plan) -> bytes:
    """Writes a plan into the document in one transaction; returns the Yjs update that does the same elsewhere."""
    updates: list[bytes] = []
    watching = doc.observe(lambda event: updates.append(event.update))
    try:
        _write(doc, made)
    finally:
        doc.unobserve(watching)
    return merge_updates(*updates) if updates else NOTHING


def _write(doc: Doc[Any], made: Plan) -> None:
    with doc.transaction():
        for change in made.changes:
            root = doc.get(change.collection, type=Map)
            if change.fields is None:
                del root[change.identifier]
                continue
            if change.new:
                root[change.identifier] = Map({k: v for k, v in change.fields.items() if v is not None})
                continue
            entry = root if change.collection == "meta" else root[change.identifier]
            for name, value in change.fields.items():
                if value is None:
                    del entry[name]
                else:
                    entry[name] = value


def summary(commands: list[Command | OwnCommand]) -> dict[str, Any]:
    """What the audit log says of commands that were carried out: how many of each."""
    own = [command for command in commands if isinstance(command, OwnCommand)]
    names = [command.do if isinstance(command, OwnCommand) else command["do"] for command in commands]
    told: dict[str, Any] = {"commands": dict(Counter(names))}
    for command in own:
        told |= command.told
    return told


def kept_for(commands: Any) -> str | None:
    """The reason for which the map is kept as it is before these commands; None: it need not be."""
    return next((command.keeps for command in commands if isinstance(command, OwnCommand)), None)
