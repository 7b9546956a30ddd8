"""A disk that takes nothing more: nobody is told "saved", and when there is room again nothing is missing."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest
import websockets

from hamsafar.maps.tests.real_server import READ, SET_UP, Screen, environment_in, run, server

resource = pytest.importorskip("resource")
if not hasattr(resource, "prlimit"):
    pytest.skip("another process's limits can be set on Linux only", allow_module_level=True)


def limit_files(process: subprocess.Popen[bytes], size: int) -> None:
    """From now on the process writes no file beyond this size; the system refuses as a full disk does."""
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, hard))


async def edit_on_a_full_disk(process: subprocess.Popen[bytes], port: int, setting: dict[str, str]) -> None:
    one, two = [await Screen(port, setting).open() for _ in range(2)]
    await one.add_card("before")
    await one.until(lambda: one.stored == ["before"])

    limit_files(process, 0)
    await one.add_card("meanwhile")
    with pytest.raises(websockets.ConnectionClosed) as closed:
        await one.until(lambda: "meanwhile" in one.stored)
    assert closed.value.rcvd is not None
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4500, "not_stored")
    reader = await Screen(port, setting).open()  # the map can still be read
    assert reader.cards == ["before"]

    limit_files(process, resource.RLIM_INFINITY)
    await one.open()
    await one.until(lambda: one.stored == ["before", "meanwhile"])
    await two.add_card("after")
    await two.until(lambda: two.stored == ["after"])
    for screen in (one, two, reader):
        await screen.until(lambda screen=screen: len(screen.cards) == 3)
        await screen.close()


def test_nothing_is_called_stored_on_a_full_disk_and_nothing_is_lost(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    setting = run(environment, SET_UP)
    with server(environment) as (process, port):
        asyncio.run(edit_on_a_full_disk(process, port, setting))
    kept = [card["text"] for card in run(environment, READ, setting["map"])["cards"]]
    assert sorted(kept) == ["after", "before", "meanwhile"]
