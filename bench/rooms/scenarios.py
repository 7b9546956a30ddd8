"""Three hard days for the live rooms; each returns what was measured, after checking that nothing was lost.

Editors share one process beside the server's, and with it the machine: on two cores they take their part of the time.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bench.rooms.editor import Editor
from bench.rooms.installation import Installation, Server, installation, server
from hamsafar.maps import document

_MARK = re.compile(rb"#(\d+)#")
_WAIT_SECONDS = 120


def one_map(
    *, editors: int = 20, cards: int = 1_000, seconds: float = 60, pause: float = 1.0, warm: bool = True
) -> dict[str, Any]:
    """Everyone in one map, each writing every ``pause`` seconds and pointing all the time.

    ``delays`` are seconds from the sending of an edit until another editor's document has it, for each of the others.
    """
    with installation(people=editors, maps=1, cards=cards) as made, server(made, warm=warm) as running:
        delays, measured = asyncio.run(_one_map(made, running, seconds, pause))
    return {
        "editors": editors,
        "cards": cards,
        **spread(delays),
        **measured,
    }


async def _one_map(
    made: Installation, running: Server, seconds: float, pause: float
) -> tuple[list[float], dict[str, Any]]:
    sent_at: list[float] = []
    writers: list[int] = []
    delays: list[float] = []

    def seen_by(reader: int) -> Callable[[bytes], None]:
        def seen(update: bytes) -> None:
            now = time.perf_counter()
            # Changes that came close together come as one, to their own writers too.
            others = (mark for mark in map(int, _MARK.findall(update)) if writers[mark] != reader)
            delays.extend(now - sent_at[mark] for mark in others)

        return seen

    [map_id] = made.maps
    people = [
        Editor(running.port, map_id, session, f"e{n}", seen_by(n)) for n, session in enumerate(made.sessions)
    ]
    await asyncio.gather(*(one.open() for one in people))
    until = time.perf_counter() + seconds

    async def write(number: int, editor: Editor) -> None:
        card = f"c{number}"
        await asyncio.sleep(pause * number / len(people))
        while time.perf_counter() < until:
            sent_at.append(time.perf_counter())
            writers.append(number)
            editor.texts[card] = f"#{len(sent_at) - 1}# written by {editor.name}"
            await editor.write(card, editor.texts[card])
            await asyncio.sleep(pause)

    async def point(editor: Editor) -> None:
        while time.perf_counter() < until:
            await editor.point()
            await asyncio.sleep(0.25)

    watch = _Watch(running)
    await asyncio.gather(
        *(write(number, one) for number, one in enumerate(people)), *(point(one) for one in people)
    )
    measured = watch.told()
    measured |= await _end(made, {map_id: people})
    return delays, measured | {
        "edits": len(sent_at),
        "seen": len(delays),
        "expected": len(sent_at) * (len(people) - 1),
    }


def many_maps(
    *, maps: int = 200, cards: int = 300, seconds: float = 60, pause: float = 2.0, warm: bool = True
) -> dict[str, Any]:
    """Two editors in each of many maps, at a human pace: a change every ``pause`` seconds, two moves a second.

    The figures in seconds are from the sending of a change until its author is told that it is stored.
    """
    with installation(people=40, maps=maps, cards=cards) as made, server(made, warm=warm) as running:
        return {"maps": maps, "cards": cards, **asyncio.run(_many_maps(made, running, seconds, pause))}


async def _many_maps(made: Installation, running: Server, seconds: float, pause: float) -> dict[str, Any]:
    rooms = {
        map_id: [
            Editor(running.port, map_id, made.sessions[(2 * n + k) % len(made.sessions)], f"r{n}e{k}")
            for k in range(2)
        ]
        for n, map_id in enumerate(made.maps)
    }
    people = [editor for room in rooms.values() for editor in room]
    before = running.memory()
    began = time.perf_counter()
    for start in range(0, len(people), 20):
        await asyncio.gather(*(one.open() for one in people[start : start + 20]))
    opened = time.perf_counter() - began
    acknowledged: list[float] = []
    until = time.perf_counter() + seconds

    async def live(editor: Editor, place: float) -> None:
        await asyncio.sleep(pause * place)
        while time.perf_counter() < until:
            sent_at = time.perf_counter()
            await editor.change()
            await editor.stored_at_least(editor.own_clock)
            acknowledged.append(time.perf_counter() - sent_at)
            rest = sent_at + pause - time.perf_counter()
            for _ in range(4):
                await editor.point()
                await asyncio.sleep(max(0, rest) / 4)

    watch = _Watch(running)
    await asyncio.gather(*(live(one, n / len(people)) for n, one in enumerate(people)))
    measured = watch.told()
    measured |= await _end(made, rooms)
    return {
        "edits": sum(one.sent for one in people),
        "open_seconds": opened,
        "memory_before": before,
        **spread(acknowledged),
        **measured,
    }


def an_hour(
    *, editors: int = 20, cards: int = 300, edits: int = 36_000, samples: int = 12, warm: bool = True
) -> dict[str, Any]:
    """As many changes as twenty people make in an hour, one every two seconds each, as fast as the server takes them.

    On the way people point, take changes back, leave and come back. ``samples`` are (changes, bytes of memory,
    stored bytes, rows of the log), the memory as it is while everyone is at work.
    """
    with installation(people=editors, maps=1, cards=cards) as made, server(made, warm=warm) as running:
        return {
            "editors": editors,
            "cards": cards,
            **asyncio.run(_an_hour(made, running, edits, samples)),
        }


async def _an_hour(made: Installation, running: Server, edits: int, samples: int) -> dict[str, Any]:
    [map_id] = made.maps
    people = [Editor(running.port, map_id, session, f"e{n}") for n, session in enumerate(made.sessions)]
    await asyncio.gather(*(one.open() for one in people))
    each = edits // len(people)
    table: list[tuple[int, int, int, int]] = []

    async def sample() -> None:
        [stored] = await asyncio.to_thread(made.stored, [map_id])
        table.append((sum(one.sent for one in people), running.memory(), stored["bytes"], stored["rows"]))

    async def live(editor: Editor) -> None:
        away_at = each // 3 + 40 * people.index(editor)
        for number in range(each):
            await editor.change()
            if number % 20 == 19:
                await editor.undo()
            if number % 3 == 0:
                await editor.point()
            if number % 4 == 3:
                await editor.stored_at_least(editor.own_clock)
            if number == away_at:
                await editor.leave()
                editor.change_unseen()
                await editor.open()

    watch = _Watch(running)
    await sample()
    work = asyncio.gather(*(live(one) for one in people))
    for step in range(1, samples):
        while not work.done() and sum(one.sent for one in people) < edits * step / samples:
            await asyncio.sleep(0.1)
        if not work.done():
            await sample()
    await work
    await sample()
    measured = watch.told()
    measured |= await _end(made, {map_id: people})
    return {"edits": sum(one.sent for one in people), "samples": table, **measured}


class _Watch:
    """The server's share of the processor between two moments, and its memory."""

    def __init__(self, running: Server) -> None:
        self._running = running
        self._cpu, self._at = running.cpu_seconds(), time.perf_counter()

    def told(self) -> dict[str, Any]:
        seconds = time.perf_counter() - self._at
        return {
            "seconds": seconds,
            "cpu": (self._running.cpu_seconds() - self._cpu) / seconds,
            "memory": self._running.memory(),
        }


async def _end(made: Installation, rooms: dict[str, list[Editor]]) -> dict[str, Any]:
    """Lets everything come to rest, and compares: every screen, what is stored, and what each one remembers writing.

    Changes of one editor are stored in their order, so when the last one is, all are.
    """
    people = [editor for room in rooms.values() for editor in room]
    for editor in people:
        card = f"{editor.name}-last"
        await editor.add(card, "the last one")
    await _before_long(lambda: _each(people, Editor.saved), "something was never stored")
    for room in rooms.values():
        await _before_long(lambda room=room: _same_state(room), "a screen never saw everything")
    different, lost = [], []
    stored = await asyncio.to_thread(made.stored, list(rooms))
    for (map_id, room), one in zip(rooms.items(), stored, strict=True):
        kept = document.project(document.read(document.open_doc([bytes.fromhex(one["update"])])))
        if any(editor.map != kept for editor in room):
            different.append(map_id)
        lost += [card for editor in room for card in editor.lost(kept)]
    await _each(people, Editor.leave)
    if different or lost:
        raise AssertionError(f"{len(different)} maps differ from their screens; lost: {lost[:10]}")
    return {"compared": len(people), "lost": len(lost)}


async def _each(people: Sequence[Editor], what: Callable[[Editor], Awaitable[None]]) -> None:
    await asyncio.gather(*(what(one) for one in people))


async def _same_state(room: Sequence[Editor]) -> None:
    while len({frozenset(editor.clocks.items()) for editor in room}) > 1:
        await asyncio.sleep(0.02)


async def _before_long(what: Callable[[], Awaitable[None]], otherwise: str) -> None:
    try:
        await asyncio.wait_for(what(), _WAIT_SECONDS)
    except TimeoutError:
        raise AssertionError(otherwise) from None


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """The middle, the 95th hundredth and the worst."""
    ordered = sorted(seconds)
    return {
        "median": ordered[len(ordered) // 2],
        "most": ordered[int(len(ordered) * 0.95)],
        "worst": ordered[-1],
    }
