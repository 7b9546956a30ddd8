"""Bringing a document to the state of an exchange dict, by as few writes as that takes. Free of Django.

What is the same already is not written, so that an edit made meanwhile on another screen, of something the
restoring did not touch, stays; of something it did touch, one of the two wins, the same on every screen. A card
that was added meanwhile to a stage that the restoring took away goes with the stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from hamsafar.maps.commands import OwnCommand
from hamsafar.maps.comparison.chain import longest_chain
from hamsafar.maps.document import Exchange, State, in_order, to_state
from hamsafar.maps.drafting import Change
from hamsafar.maps.fields import COLLECTIONS
from hamsafar.maps.order import keys_between


@dataclass(frozen=True)
class Replace(OwnCommand):
    """The map becomes this document, whose references are to rows of the workspace; the present is kept before.

    ``keeps`` is the reason of that version, ``told`` what the audit log says besides.
    """

    do: ClassVar[str] = "replace_map"
    document: Exchange
    keeps: str
    told: dict[str, Any]

    def changes(self, state: State) -> list[Change]:
        return becoming(state, self.document)


def becoming(state: State, exchange: Exchange) -> list[Change]:
    """The writes after which ``project`` gives ``exchange``."""
    target = to_state(exchange)
    changes = [Change("meta", "", fields)] if (fields := _differing(state["meta"], target["meta"])) else []
    for name in COLLECTIONS:
        now, then = state[name], target[name]
        changes += [Change(name, identifier, None) for identifier in sorted(now) if identifier not in then]
        if name != "emotions":
            _keep_order(now, then)
        for identifier, entry in then.items():
            if identifier not in now:
                changes.append(Change(name, identifier, entry, new=True))
            elif fields := _differing(now[identifier], entry):
                changes.append(Change(name, identifier, fields))
    return changes


def _differing(now: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """The fields to write; None for one to go."""
    names = dict.fromkeys((*then, *now))
    return {name: then.get(name) for name in names if now.get(name) != then.get(name)}


def _keep_order(now: dict[str, Any], then: dict[str, Any]) -> None:
    """Gives the entries of ``then``, which are in reading order, keys of ``now`` wherever their order is the same."""
    wanted = list(then)
    rank = {identifier: place for place, identifier in enumerate(in_order(now))}
    both = [identifier for identifier in wanted if identifier in now]
    chain = longest_chain([rank[identifier] for identifier in both], both)
    stays: set[str] = set()
    last = ""
    for index in sorted(chain):
        key = now[both[index]]["order"]
        if key > last:  # two screens may have given neighbours the same key: nothing fits between those
            stays.add(both[index])
            last = key
    low: str | None = None
    gap: list[str] = []
    for identifier in (*wanted, None):
        if identifier is not None and identifier not in stays:
            gap.append(identifier)
            continue
        high = None if identifier is None else now[identifier]["order"]
        for one, key in zip(gap, keys_between(low, high, len(gap)), strict=True):
            then[one]["order"] = key
        if identifier is not None:
            then[identifier]["order"] = high
        low, gap = high, []
