"""Who is in a room and what they point at: awareness states, relayed and never stored.

A browser says where its person is; *who* that is, the server says. A state that passes on has only these fields:

    user      {"id", "name"}: of the session that the connection came with, whatever the browser wrote
    cursor    {"in": part, "x", "y"}: a place within a part, as shares of its size from its reading start and top
    selected  the part that is selected
    editing   the part whose text is being written; never of somebody who may not write

A part is ``stage:id``, ``lane:id``, ``card:id``, ``cell:stage|lane``, ``cell:stage|lane|step`` or ``map:``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hamsafar.maps import frames
from hamsafar.maps.client import Client

LARGEST_STATE = 2_000  # bytes of JSON, as a browser sends it
MOST_STATES_OF_A_CLIENT = 4
MOST_STATES_OF_AN_UPDATE = 100
_PART = re.compile(
    r"^(?:map:|(?:stage|lane|card):[\w.-]{1,64}|cell:[\w.-]{1,64}(?:\|[\w.-]{1,64}){1,2})$", re.ASCII
)


@dataclass
class _State:
    clock: int
    shown: Mapping[str, Any] | None
    owner: Client


@dataclass
class Presence:
    """The last state of every Yjs client id; a connection speaks only for ids that it brought."""

    _states: dict[int, _State] = field(default_factory=dict)
    _news: set[int] = field(default_factory=set)

    def take(self, owner: Client, update: bytes) -> None:
        """Notes a connection's update, to be told with the next ``news``. Raises frames.Malformed."""
        reader = frames.Reader(update)
        count = reader.number()
        if count > MOST_STATES_OF_AN_UPDATE:
            raise frames.Malformed
        for _ in range(count):
            client, clock, state = reader.number(), reader.number(), reader.payload()
            known = self._states.get(client)
            if known is not None and (known.owner is not owner or clock <= known.clock):
                continue
            shown = _shown(state, owner)
            if known is None:
                if shown is None:
                    continue
                if sum(state.owner is owner for state in self._states.values()) >= MOST_STATES_OF_A_CLIENT:
                    raise frames.Malformed
            self._states[client] = _State(clock, shown, owner)
            self._news.add(client)

    def leave(self, owner: Client) -> None:
        """Forgets a connection, which the next ``news`` tells."""
        for client, state in self._states.items():
            if state.owner is owner:
                # Under the same number: the browser that comes back goes on from it with the next.
                self._states[client] = _State(state.clock, None, owner)
                self._news.add(client)

    def news(self) -> bytes | None:
        """What changed since it was last asked, for everyone; None when nothing did."""
        told = self._encode(sorted(self._news))
        for client in self._news:
            if self._states[client].shown is None:
                del self._states[client]
        self._news.clear()
        return told

    def everyone(self) -> bytes | None:
        """All states, for somebody who has just come."""
        return self._encode([client for client, state in self._states.items() if state.shown is not None])

    def _encode(self, clients: list[int]) -> bytes | None:
        if not clients:
            return None
        parts = [frames.number(len(clients))]
        for client in clients:
            state = self._states[client]
            told = json.dumps(state.shown, ensure_ascii=False, separators=(",", ":")).encode()
            parts += [frames.number(client), frames.number(state.clock), frames.payload(told)]
        return b"".join(parts)


def _shown(state: bytes, owner: Client) -> Mapping[str, Any] | None:
    """What the others see of a state; None for one that says good-bye. Raises frames.Malformed."""
    if len(state) > LARGEST_STATE:
        raise frames.Malformed
    try:
        found = json.loads(state)
    except (ValueError, RecursionError):
        raise frames.Malformed from None
    if found is None:
        return None
    if not isinstance(found, dict):
        raise frames.Malformed
    shown: dict[str, Any] = {"user": {"id": str(owner.user.pk), "name": str(owner.user.name)}}
    for name in ("selected", "editing"):
        if _is_part(found.get(name)) and (name != "editing" or owner.can_write):
            shown[name] = found[name]
    cursor = found.get("cursor")
    if isinstance(cursor, dict) and _is_part(cursor.get("in")):
        place: list[Any] = [cursor.get(axis) for axis in ("x", "y")]
        if all(type(share) in (int, float) and 0 <= share <= 1 for share in place):
            shown["cursor"] = {"in": cursor["in"], "x": place[0], "y": place[1]}
    return shown


def _is_part(value: Any) -> bool:
    return isinstance(value, str) and _PART.match(value) is not None
