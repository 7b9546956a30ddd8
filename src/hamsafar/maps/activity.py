"""What somebody did to a map, as things that can be told: “moved card … from Purchase to Delivery”.

An update changes entries of the document; each change becomes a happening with the names that hold at that moment,
and happenings of one person on one thing within a few minutes become one row. Names are kept in the row, because
what it tells of may be gone tomorrow. Free of Django; ``log`` stores the rows with the updates they tell of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from hamsafar.lib.ids import new_id

MERGE_WITHIN = timedelta(minutes=5)
MOST_TOLD = 30  # of one update: a pasted table or a restored version is told by its counts
_LONGEST_NAME = 200

State = Mapping[str, Mapping[str, Any]]
Details = dict[str, Any]
_NAMED_BY = {"cards": "text", "targets": "metric", "meta": "title", "arrows": "label", "lines": "kind"}
_QUIET = frozenset(("order", "step"))


@dataclass(frozen=True)
class Change:
    """An entry of the document before and after an update; None where there was, or is, none."""

    part: str
    target: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Happening:
    """``listed`` is False for what goes without saying: the cards of a deleted stage, a change taken back."""

    verb: str
    part: str
    target: str
    details: Details
    listed: bool = True


@dataclass(frozen=True)
class Row:
    """A happening as it is stored; ``began_at`` is of its first part, ``at`` of its last."""

    id: str
    user_id: str | None
    began_at: datetime
    at: datetime
    said: Happening


def happenings(changes: Sequence[Change], state: State) -> list[Happening]:
    """What an update did, in the names of the map as it now is; ``state`` is after the update."""
    names = Names(state, changes)
    gone = {one.part for one in changes if one.after is None}
    told = [said for change in changes for said in _happening(change, names, gone)]
    if sum(said.listed for said in told) <= MOST_TOLD:
        return told
    counts = Counter(f"{said.part}.{said.verb}" for said in told if said.listed)
    kept = [replace(said, listed=False) for said in told if said.verb == "deleted"]
    return [*kept, Happening("changed", "map", "", {"counts": dict(counts)})]


def _happening(change: Change, names: Names, gone: set[str]) -> list[Happening]:
    part, target = change.part, change.target
    if part == "meta":
        return _map_changed(change)
    entry = change.after or change.before or {}
    details = names.details(part, entry)
    if change.before is None:
        return [Happening("added" if part != "emotions" else "changed", part, target, details)]
    if change.after is None:
        # What stood in a stage or lane, or hung on a card, went with it.
        with_it = {"cards": {"stages", "lanes"}, "stages": set(), "lanes": set()}.get(
            part, {"stages", "lanes", "cards", "personas"}
        )
        return [Happening("deleted", part, target, details, listed=not (gone & with_it))]
    before, after = change.before, change.after
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)} - _QUIET
    told = []
    if part == "cards" and changed & {"stage", "lane"}:
        changed -= {"stage", "lane"}
        places = {"from": names.place(before), "to": names.place(after)}
        told.append(Happening("moved", part, target, {**details, **places}))
    elif part in ("stages", "lanes") and before.get("order") != after.get("order"):
        told.append(Happening("moved", part, target, {**details, "place": names.rank(part, target)}))
    if changed:
        named_by = _NAMED_BY.get(part, "name")
        if named_by in changed:
            details |= {"was": _short(before.get(named_by)), "now": _short(after.get(named_by))}
        told.append(Happening("changed", part, target, {**details, "fields": sorted(changed)}))
    return told


def _map_changed(change: Change) -> list[Happening]:
    """Each field of the map itself is a change of its own; they are told as one thing, the map."""
    details: Details = {"fields": [change.target]}
    if change.target == "title":
        before, after = change.before or {}, change.after or {}
        details |= {"was": _short(before.get("title")), "now": _short(after.get("title"))}
    return [Happening("changed", "map", "", details)]


class Names:
    """The names of a map's parts after an update; of what the update deleted, those it had."""

    def __init__(self, state: State, changes: Sequence[Change]) -> None:
        self._state = state
        self._gone = {(one.part, one.target): one.before for one in changes if one.after is None}

    def entry(self, part: str, target: Any) -> Mapping[str, Any]:
        found = self._state[part].get(target) or self._gone.get((part, target))
        return found if isinstance(found, Mapping) else {}

    def rank(self, part: str, target: str) -> int:
        """The place of a stage or lane among its own, from 1."""
        own = self._state[part][target]
        return 1 + sum(
            (other["order"], other_id) < (own["order"], target)
            for other_id, other in self._state[part].items()
        )

    def place(self, entry: Mapping[str, Any]) -> Details:
        """Stage and lane by name; a lane without one by its kind."""
        found: Details = {}
        if "stage" in entry:
            found["stage"] = _short(self.entry("stages", entry["stage"]).get("name"))
        if "lane" in entry:
            lane = self.entry("lanes", entry["lane"])
            found |= {"lane": _short(lane.get("name")), "lane_kind": lane.get("kind", "text")}
        return found

    def details(self, part: str, entry: Mapping[str, Any]) -> Details:
        found: Details = {"name": _short(entry.get(_NAMED_BY.get(part, "name"))), **self.place(entry)}
        if part == "lanes":
            found["lane_kind"] = entry.get("kind", "text")
        if part == "cards" and not found["name"] and "touchpoint" in entry:
            found["touchpoint"] = entry["touchpoint"]
        if part == "emotions":
            found["value"] = entry.get("value")
            found["persona"] = _short(self.entry("personas", entry.get("persona")).get("name"))
        if part == "arrows":
            for end in ("from_card", "to_card"):
                found[end] = _short(self.entry("cards", entry.get(end)).get("text"))
        if part == "branches":
            for end in ("from_stage", "to_stage"):
                found[end] = _short(self.entry("stages", entry.get(end)).get("name"))
        return found


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1] + "…"


@dataclass
class Draft:
    """Rows of updates that are about to be stored; ``Recorder.keep`` when they are."""

    latest: dict[tuple[str, str], Row]
    rows: dict[str, Row] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    touched: dict[tuple[str, str], Row] = field(default_factory=dict)

    def note(self, user_id: str | None, changes: Sequence[Change], state: State, now: datetime) -> None:
        """Adds what one update did."""
        self.changes += changes
        for said in happenings(changes, state):
            key = (said.part, said.target)
            last = self.touched.get(key) or self.latest.get(key)
            if last is not None and last.user_id == user_id and now - last.at <= MERGE_WITHIN:
                merged = _merged(last.said, said)
                if merged is not None:
                    self._put(key, replace(last, at=now, said=merged))
                    continue
                if {last.said.verb, said.verb} == {"added", "deleted"}:  # one took the other back
                    self._put(key, replace(last, said=replace(last.said, listed=False)))
                    said = replace(said, listed=False)
            self._put(key, Row(new_id(), user_id, now, now, said))

    def _put(self, key: tuple[str, str], row: Row) -> None:
        self.touched[key] = self.rows[row.id] = row


class Recorder:
    """Remembers the last row of each thing, so that what one person goes on doing to it stays one row."""

    def __init__(self) -> None:
        self._latest: dict[tuple[str, str], Row] = {}

    def draft(self) -> Draft:
        return Draft(self._latest)

    def keep(self, draft: Draft, now: datetime) -> None:
        """The draft's rows are stored."""
        self._latest.update(draft.touched)
        self._latest = {key: row for key, row in self._latest.items() if now - row.at <= MERGE_WITHIN}


def _merged(last: Happening, said: Happening) -> Happening | None:
    """Both as one; None when they are two things. What ends where it began is not worth a line."""
    if last.verb == "added" and said.verb in ("changed", "moved"):
        return replace(last, details={**last.details, **_only_names(said.details)})
    if last.verb != said.verb or last.verb not in ("changed", "moved") or "counts" in said.details:
        return None
    details = {**last.details, **said.details}
    for first in ("from", "was"):
        if first in last.details:
            details[first] = last.details[first]
    if last.verb == "changed":
        details["fields"] = sorted({*last.details.get("fields", []), *said.details.get("fields", [])})
        back = "was" in details and details["was"] == details["now"] and len(details["fields"]) == 1
    else:
        back = "from" in details and details["from"] == details["to"]
    return replace(last, details=details, listed=not back)


def _only_names(details: Details) -> Details:
    names = ("name", "stage", "lane", "lane_kind", "touchpoint")
    return {name: details[name] for name in names if name in details}
