"""What may come in from a live editor: an update is tried on a copy before it touches the document.

A browser sends whatever it likes. The copy takes the update, says which entries changed, and those are checked
against ``fields``. The real document only ever gets updates that passed here and are stored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from pycrdt import Doc, Map, get_update
from pycrdt._base import BaseType

from hamsafar.maps import document, wire
from hamsafar.maps.activity import Change
from hamsafar.maps.commands import NOTHING, perform
from hamsafar.maps.document import ROOTS, identity
from hamsafar.maps.drafting import Plan
from hamsafar.maps.faults import Fault
from hamsafar.maps.fields import LIMITS, META, PARTS
from hamsafar.maps.shape import ID, Faults, Pattern, name_of_type

# A key grows by one digit for every six items put at the same place.
_ORDER = Pattern(re.compile(r"^[0-9A-Za-z]{1,2000}$"), "bad_order")


class Refused(Exception):
    """An update that must not reach the document; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(f"{fault.place}: {fault.sentence()}")


class Trial:
    """A copy of a document on which updates and commands are tried.

    ``state`` is the copy as plain dicts, kept in step; ``changes`` are the entries that the last update changed.
    After a refusal or a failed store the copy is worthless: ``restart`` it.
    """

    def __init__(self, state: bytes) -> None:
        self._stop_watching: list[Callable[[], None]] = []
        self.restart(state)

    def restart(self, state: bytes) -> None:
        """Begins again from a whole state of the real document."""
        self.close()
        self.doc: Doc[Any] = document.open_doc([state])
        # Roots are kept, because a subscription ends with the object it was made on.
        self._roots = {name: self.doc.get(name, type=Map) for name in ROOTS}
        self.state = document.read(self.doc)
        self.changes: list[Change] = []
        self._changed: set[tuple[str, str]] = set()
        self._updates: list[bytes] = []
        watching = self.doc.observe(lambda event: self._updates.append(event.update))
        self._stop_watching.append(partial(self.doc.unobserve, watching))
        for name, root in self._roots.items():
            seen = root.observe_deep(partial(self._note, name))
            self._stop_watching.append(partial(root.unobserve, seen))

    def close(self) -> None:
        """Lets go of the copy: what watches a document keeps it in memory for ever otherwise."""
        for stop in self._stop_watching:
            stop()
        self._stop_watching.clear()

    def _note(self, root: str, events: Any) -> None:
        for event in events:
            ids = [str(event.path[0])] if event.path else list(event.keys)
            self._changed.update((root, identifier) for identifier in ids)

    def apply(self, update: bytes) -> bytes:
        """Takes an update; returns what of it was new (``NOTHING`` when all was known). Raises Refused."""
        self._changed.clear()
        self._updates.clear()
        try:
            wire.check_update(update)
            self.doc.apply_update(update)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # the Yjs library says no by ValueError, or by a panic that is no Exception
            raise Refused(Fault("", "not_an_update")) from None
        new = self._updates[-1] if self._updates else NOTHING
        if get_update(update, self.doc.get_state())[0] != 0:  # items left over: they stand on absent ones
            raise Refused(Fault("", "update_incomplete"))
        faults = self._faults()
        if faults:
            raise Refused(faults[0])
        self._settle()
        return new

    def perform(self, made: Plan) -> bytes:
        """Carries out commands that were planned on ``state``; returns the Yjs update that does the same elsewhere."""
        self._changed.clear()
        update = perform(self.doc, made)
        self._settle()
        return update

    def _settle(self) -> None:
        """Brings ``state`` in step with what changed: only those entries are read."""
        self.changes = []
        meta = {}
        if any(name == "meta" for name, _ in self._changed):
            meta = json.loads(str(self._roots["meta"]))
        for name, identifier in sorted(self._changed):
            entries = self.state[name]
            before = entries.get(identifier)
            if name == "meta":
                after = meta.get(identifier)
            else:
                value = self._roots[name].get(identifier)
                after = None if value is None else json.loads(str(value))
            if before == after:
                continue
            if after is None:
                del entries[identifier]
            else:
                entries[identifier] = after
            if name == "meta":  # its entries are plain values
                before, after = {identifier: before}, {identifier: after}
            self.changes.append(Change(name, identifier, before, after))

    def _faults(self) -> Faults:
        unknown = next((name for name in self.doc.keys() if name not in ROOTS), None)  # noqa: SIM118 (a Doc is no dict)
        if unknown is not None:
            return [Fault("", "unknown_field", {"field": unknown[:60]})]
        faults: Faults = []
        for name in {name for name, _ in self._changed if name != "meta"}:
            held = len(self._roots[name])
            if held > LIMITS[name]:
                faults.append(Fault(name, "too_many", {"limit": LIMITS[name], "found": held}))
        for name, identifier in sorted(self._changed):
            if name != "meta":
                _check_entry(name, identifier, self._roots[name], faults)
        if any(name == "meta" for name, _ in self._changed):
            META.check(dict(self._roots["meta"].items()), "meta", faults)
        return faults


def _check_entry(name: str, identifier: str, root: Any, faults: Faults) -> None:
    place = f"{name}.{identifier[:64]}"
    value = root.get(identifier)
    if identifier not in root:
        return  # deleted
    if not isinstance(value, Map):
        faults.append(Fault(place, "wrong_type", {"expected": "object", "found": name_of_type(value)}))
        return
    fields: dict[str, Any] = dict(value.items())
    for field, one in fields.items():
        if isinstance(one, BaseType):
            found = {"expected": "text", "found": "shared_type"}
            faults.append(Fault(f"{place}.{field[:64]}", "wrong_type", found))
    if faults:
        return
    if name == "emotions":
        cleaned = PARTS[name].check(fields, place, faults)
    else:
        ID.check(identifier, place, faults)
        order = fields.pop("order", None)
        _ORDER.check(order, f"{place}.order", faults)
        cleaned = PARTS[name].check({**fields, "id": identifier}, place, faults)
        if "id" in fields:
            faults.append(Fault(f"{place}.id", "unknown_field", {"field": "id"}))
    if not faults and name == "emotions" and identity(name, cleaned) != identifier:
        faults.append(Fault(place, "bad_id", {"found": identifier[:64]}))
