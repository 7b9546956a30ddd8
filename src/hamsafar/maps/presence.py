"""Who is in a room and what they point at: awareness states, relayed and never stored."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import dataclass, field

from hamsafar.maps import frames

LARGEST_STATE = 16_000  # bytes of JSON
MOST_STATES_OF_A_CLIENT = 4
_GONE = b"null"


@dataclass
class _State:
    clock: int
    json: bytes
    owner: Hashable


@dataclass
class Presence:
    """The last state of every Yjs client id; a connection speaks only for ids that it brought."""

    _states: dict[int, _State] = field(default_factory=dict)

    def take(self, owner: Hashable, update: bytes) -> bytes | None:
        """Notes a connection's update; returns what to tell the others. Raises frames.Malformed."""
        reader = frames.Reader(update)
        changed = []
        for _ in range(min(reader.number(), 1_000)):
            client, clock, state = reader.number(), reader.number(), reader.payload()
            known = self._states.get(client)
            if known is None:
                if state == _GONE:
                    continue
                own = sum(state.owner == owner for state in self._states.values())
                if own >= MOST_STATES_OF_A_CLIENT:
                    raise frames.Malformed
            elif known.owner != owner or clock <= known.clock:
                continue
            if len(state) > LARGEST_STATE or not _is_state(state):
                raise frames.Malformed
            self._states[client] = _State(clock, state, owner)
            changed.append(client)
        told = self._encode(changed) if changed else None
        for client in changed:
            if self._states[client].json == _GONE:
                del self._states[client]
        return told

    def leave(self, owner: Hashable) -> bytes | None:
        """Forgets a connection; returns what to tell the others."""
        gone = [client for client, state in self._states.items() if state.owner == owner]
        for client in gone:
            self._states[client] = _State(self._states[client].clock + 1, _GONE, owner)
        told = self._encode(gone) if gone else None
        for client in gone:
            del self._states[client]
        return told

    def everyone(self) -> bytes | None:
        """All states, for somebody who has just come."""
        return self._encode(list(self._states)) if self._states else None

    def _encode(self, clients: list[int]) -> bytes:
        parts = [frames.number(len(clients))]
        for client in clients:
            state = self._states[client]
            parts += [frames.number(client), frames.number(state.clock), frames.payload(state.json)]
        return b"".join(parts)


def _is_state(state: bytes) -> bool:
    """Whether other browsers can read it: they would stumble over anything but a JSON object or null."""
    try:
        found = json.loads(state)
    except (ValueError, RecursionError):
        return False
    return found is None or isinstance(found, dict)
