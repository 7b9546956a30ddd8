"""An editor as the server sees one: a Yjs document on a websocket, with a pointer, undo, and a notion of "saved"."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from typing import Any

import websockets
from pycrdt import Doc, Map, UndoManager

from hamsafar.maps import document, frames

_NOTHING = b"\x00\x00"
_OWN = "own"
_MOST_OWN = 20


class Editor:
    """Make it, ``await open()``, change things; ``seen`` is called with every update from others, applied."""

    def __init__(
        self, port: int, map_id: str, session: str, name: str, seen: Callable[[bytes], None] | None = None
    ) -> None:
        self.name = name
        self.doc: Doc[Any] = document.new_doc()
        self.texts: dict[str, str] = {}  # cards that only this editor writes, and what it wrote last
        self.sent = 0
        self.refused: str | None = None
        self._address = f"ws://127.0.0.1:{port}/ws/maps/{map_id}"
        self._origin, self._cookie = f"http://127.0.0.1:{port}", f"sessionid={session}"
        self._seen = seen
        self._random = random.Random(name)
        self._clock = 0
        self._stored = _NOTHING[:1]
        self._moved = asyncio.Event()
        self._made: list[bytes] = []
        self._applying = False
        self.doc.observe(self._note)
        self._undo: UndoManager | None = None

    def _note(self, event: Any) -> None:
        if not self._applying:
            self._made.append(event.update)

    async def open(self) -> Editor:
        """Connects, again after a ``leave`` with what was changed meanwhile; returns when all is synced."""
        self._socket = await websockets.connect(
            self._address,
            additional_headers={"Cookie": self._cookie},
            origin=self._origin,  # type: ignore[arg-type]  # Origin is a NewType of theirs, a plain text at run time
            open_timeout=60,
            max_size=None,
        )
        self._synced = False
        self._reading = asyncio.create_task(self._read())
        await self._socket.send(frames.sync(frames.STEP_1, self.doc.get_state()))
        await self._until(lambda: self._synced)
        if self._undo is None:
            self._undo = UndoManager(scopes=[self._cards], capture_timeout_millis=0)
            self._undo.include_origin(_OWN)
        return self

    async def leave(self) -> None:
        await self._socket.close()
        await self._reading

    @property
    def _cards(self) -> Any:
        return self.doc.get("cards", type=Map)

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                await self._take(bytes(message))  # type: ignore[arg-type]  # the server sends only binary frames
                self._moved.set()
        except websockets.ConnectionClosedError as closed:
            self.refused = str(closed)
        self._moved.set()

    async def _take(self, message: bytes) -> None:
        reader = frames.Reader(message)
        kind = reader.number()
        if kind == frames.SYNC:
            step, data = reader.number(), reader.payload()
            if step == frames.STEP_1:
                await self._socket.send(frames.sync(frames.STEP_2, self.doc.get_update(data)))
                return
            self._applying = True
            self.doc.apply_update(data)
            self._applying = False
            self._synced = True
            if self._seen is not None:
                self._seen(data)
        elif kind == frames.STORED:
            self._stored = reader.payload()

    async def _until(self, true: Callable[[], bool]) -> None:
        while not true():
            if self.refused is not None or self._reading.done():
                raise RuntimeError(f"{self.name} was sent away: {self.refused}")
            self._moved.clear()
            await self._moved.wait()

    # What people do

    async def write(self, card: str, text: str) -> float:
        """Writes a card's text; returns when it was sent (``time.perf_counter``)."""
        with self._own():
            self._cards[card]["text"] = text
        return await self._send()

    async def change(self) -> None:
        """One change, as people make them: mostly writing in a card of one's own, some moving, adding and deleting.

        Nobody has more than twenty cards of their own, so that a map stays as large as it is.
        """
        dice = self._random.random()
        own = [card for card in self.texts if card in self._cards]
        if not own or (dice < 0.15 and len(own) < _MOST_OWN):
            self._put(f"{self.name}-{self.sent}", f"written by {self.name}")
        elif 0.15 <= dice < 0.3:
            moved = self._cards[self._random.choice(list(self._cards.keys()))]
            with self._own():
                for field, value in self._cell().items():
                    moved[field] = value
        elif dice < 0.15:
            self.texts.pop(own[0])
            with self._own():
                del self._cards[own[0]]
        else:
            card = self._random.choice(own)
            self.texts[card] = f"{self.name} wrote {self.sent}"
            with self._own():
                self._cards[card]["text"] = self.texts[card]
        await self._send()

    async def add(self, card: str, text: str) -> None:
        """A card of one's own."""
        self._put(card, text)
        await self._send()

    def change_unseen(self) -> None:
        """A change while away; it is sent on coming back."""
        self._put(f"{self.name}-away{self.sent}", "written while away")
        self._made.clear()

    def _put(self, card: str, text: str) -> None:
        self.texts[card] = text
        with self._own():
            self._cards[card] = Map({"text": text, **self._cell()})

    def _own(self) -> Any:
        return self.doc.transaction(origin=_OWN)

    async def undo(self) -> None:
        """Takes one's last change back; what one wrote is then not known any more by ``texts``."""
        if self._undo is not None and self._undo.can_undo():
            self._undo.undo()
            self.texts = {card: str(self._cards[card]["text"]) for card in self.texts if card in self._cards}
            await self._send()

    async def point(self) -> None:
        """Moves the pointer."""
        self._clock += 1
        place = {"in": "map:", "x": round(self._random.random(), 4), "y": round(self._random.random(), 4)}
        state = json.dumps({"cursor": place, "selected": "card:c1"}).encode()
        told = frames.number(self.doc.client_id) + frames.number(self._clock) + frames.payload(state)
        await self._socket.send(frames.awareness(frames.number(1) + told))

    def _cell(self) -> dict[str, str]:
        dice = self._random
        return {
            "stage": f"s{dice.randrange(12)}",
            "lane": f"l{dice.randrange(20)}",
            "order": dice.choice("abcxyz"),
        }

    async def _send(self) -> float:
        made, self._made = self._made, []
        sent_at = time.perf_counter()
        for update in made:
            self.sent += 1
            await self._socket.send(frames.sync(frames.UPDATE, update))
        return sent_at

    # What became of it

    async def saved(self) -> None:
        """Waits until the server has stored all that was changed here; what came from others was stored before."""
        await self.stored_at_least(self.own_clock)

    async def stored_at_least(self, own_clock: int) -> None:
        """Waits until the server has stored this editor's own items up to a clock."""
        await self._until(lambda: _clocks(self._stored).get(self.doc.client_id, 0) >= own_clock)

    @property
    def own_clock(self) -> int:
        return self.clocks.get(self.doc.client_id, 0)

    @property
    def clocks(self) -> dict[int, int]:
        """How many items of every editor are here."""
        return _clocks(self.doc.get_state())

    @property
    def map(self) -> dict[str, Any]:
        return document.project(document.read(self.doc))

    def lost(self, exchange: dict[str, Any]) -> list[str]:
        """The cards that only this editor writes and that are not in the map as it last left them."""
        texts = {card["id"]: card["text"] for card in exchange["cards"]}
        return [card for card, text in self.texts.items() if texts.get(card) != text]


def _clocks(state_vector: bytes) -> dict[int, int]:
    reader = frames.Reader(state_vector)
    return {reader.number(): reader.number() for _ in range(reader.number())}
