"""A server that is killed in the middle of live edits: what it called stored is there after the next start."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from pathlib import Path

import websockets

from hamsafar.maps import document
from hamsafar.maps.tests.real_server import READ, SET_UP, Screen, environment_in, run, server

ROUNDS = 3
EDITORS = 3


async def edit_until_killed(
    process: subprocess.Popen[bytes], port: int, setting: dict[str, str], round_: int
) -> list[Screen]:
    """Several people add cards at once, and the first to have some stored kills the server."""
    screens = [await Screen(port, setting).open() for _ in range(EDITORS)]

    async def edit(number: int, screen: Screen) -> None:
        try:
            while True:
                while len(screen.sent) < len(screen.stored) + 6:
                    await screen.add_card(f"r{round_}e{number}n{len(screen.sent)}")
                known = len(screen.stored)
                await screen.until(lambda known=known: len(screen.stored) > known)
                if len(screen.stored) >= 4 + round_:
                    process.send_signal(signal.SIGKILL)
        except websockets.ConnectionClosed:
            return

    await asyncio.gather(*(edit(number, screen) for number, screen in enumerate(screens)))
    return screens


def test_what_was_called_stored_survives_a_kill(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    setting = run(environment, SET_UP)
    promised: list[str] = []
    for round_ in range(ROUNDS):
        with server(environment) as (process, port):
            screens = asyncio.run(edit_until_killed(process, port, setting, round_))
        promised += [name for screen in screens for name in screen.stored]
    exchange = run(environment, READ, setting["map"])
    kept = [card["text"] for card in exchange["cards"]]
    assert len(promised) >= ROUNDS * 4
    assert set(promised) <= set(kept)
    assert len(kept) == len(set(kept))
    document.check(exchange)


def test_after_a_kill_people_come_back_with_what_was_not_stored(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    setting = run(environment, SET_UP)
    with server(environment) as (process, port):
        screens = asyncio.run(edit_until_killed(process, port, setting, 0))

    async def come_back(port: int) -> None:
        for screen in screens:
            screen.port = port
            await screen.open()
            await screen.until(lambda screen=screen: len(screen.stored) == len(screen.sent))
        for screen in screens:
            await screen.until(lambda screen=screen: set(screen.cards) == everything)

    everything = {name for screen in screens for name in screen.sent}
    with server(environment) as (_, port):
        asyncio.run(come_back(port))
    exchange = run(environment, READ, setting["map"])
    assert sorted(card["text"] for card in exchange["cards"]) == sorted(everything)
