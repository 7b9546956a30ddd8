"""The working copy of a map that commands are checked on, and the writes that they come to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from hamsafar.maps.document import State, dangling, in_wrong_stage
from hamsafar.maps.faults import CommandInvalid, Fault
from hamsafar.maps.fields import LIMITS
from hamsafar.maps.order import key_before
from hamsafar.maps.shape import Faults, excerpt

Command = dict[str, Any]

# The verb's noun -> its collection.
PARTS_BY_NOUN = {
    "persona": "personas",
    "stage": "stages",
    "step": "steps",
    "lane": "lanes",
    "card": "cards",
    "branch": "branches",
    "line": "lines",
    "arrow": "arrows",
    "target": "targets",
}


@dataclass(frozen=True)
class Change:
    """One write: ``fields`` of an entry (None removes a field), or None for the entry to go."""

    collection: str
    identifier: str
    fields: dict[str, Any] | None
    new: bool = False


@dataclass
class Plan:
    """What a list of commands comes to: the writes, and the ids of what was added, in order."""

    changes: list[Change] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


# The ids of the workspace's library, by collection.
LibraryIds = Mapping[str, Collection[str]]


class Draft:
    """The working copy that commands are checked on."""

    def __init__(self, state: State, library: LibraryIds) -> None:
        self.state = state
        self.library = library
        self.plan = Plan()
        self.place = ""

    def refuse(self, path: str, code: str, **params: Any) -> NoReturn:
        raise CommandInvalid([Fault(self.at(path), code, params)])

    def at(self, path: str) -> str:
        return f"{self.place}.{path}" if path else self.place

    def settle(self, faults: Faults) -> None:
        if faults:
            raise CommandInvalid(faults)

    # Reading the command

    def identifier(self, command: Command, name: str, collection: str) -> str:
        """The id of something that must be there."""
        found = command.get(name)
        if found is None:
            self.refuse(name, "required")
        if not isinstance(found, str) or found not in self.state[collection]:
            self.refuse(name, "dangling_reference", kind=collection, found=excerpt(found))
        return found

    def only(self, command: Command, *names: str) -> None:
        for name in command:
            if name not in names:
                self.refuse(excerpt(name), "unknown_field", field=excerpt(name))

    def checked(self, collection: str, identifier: str, entry: dict[str, Any], path: str) -> None:
        """Refuses references to nothing, and to a step of another stage."""
        known: dict[str, Any] = {
            **self.library,
            **{name: self.state[name] for name in PARTS_BY_NOUN.values()},
        }
        entry = {"id": identifier, **entry}
        prefix = f"{path}." if path else ""
        lost = dangling(collection, entry, known)
        faults = [
            Fault(self.at(prefix + name), "dangling_reference", {"kind": to, "found": found})
            for name, to, found in lost
        ]
        stage_of = {step: fields["stage"] for step, fields in self.state["steps"].items()}
        if in_wrong_stage(entry, stage_of):
            found = {"found": entry["step"]}
            faults.append(Fault(self.at(prefix + "step"), "step_of_another_stage", found))
        self.settle(faults)

    # Changing the copy, and noting the write

    def put(self, collection: str, identifier: str, fields: dict[str, Any]) -> None:
        limit = LIMITS[collection]
        if len(self.state[collection]) >= limit:
            self.refuse("", "too_many", limit=limit, found=limit + 1)
        self.state[collection][identifier] = fields
        self.plan.changes.append(Change(collection, identifier, dict(fields), new=True))

    def take(self, changes: list[Change]) -> None:
        """Writes that are known to be right."""
        self.plan.changes += changes
        for change in changes:
            part = self.state[change.collection]
            if change.fields is None:
                del part[change.identifier]
            else:
                entry = part if change.collection == "meta" else part.setdefault(change.identifier, {})
                entry |= change.fields
                for name in [name for name, value in change.fields.items() if value is None]:
                    del entry[name]

    def alter(self, collection: str, identifier: str, fields: dict[str, Any]) -> None:
        """Only what differs is written, so that an unchanged field never wins over another's edit."""
        entry = self.state[collection] if collection == "meta" else self.state[collection][identifier]
        changed = {name: value for name, value in fields.items() if entry.get(name) != value}
        for name, value in changed.items():
            if value is None:
                del entry[name]
            else:
                entry[name] = value
        if changed:
            self.plan.changes.append(Change(collection, identifier, changed))

    def drop(self, collection: str, goes: Callable[[str, dict[str, Any]], bool]) -> set[str]:
        gone = {i for i, entry in self.state[collection].items() if goes(i, entry)}
        for identifier in sorted(gone):
            del self.state[collection][identifier]
            self.plan.changes.append(Change(collection, identifier, None))
        return gone

    def order(self, collection: str, identifier: str, before: Any, cell: tuple[str, str] | None) -> str:
        """The key before the neighbour ``before`` (None: last) in the collection, or in a cell of cards."""
        if before is not None:
            self.identifier({"before": before}, "before", collection)
        return key_before(
            (
                (other, entry["order"])
                for other, entry in self.state[collection].items()
                if other != identifier and (cell is None or (entry["stage"], entry["lane"]) == cell)
            ),
            before,
        )
