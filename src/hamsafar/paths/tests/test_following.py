from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import SHOP_CSV, SHOP_MAPPING, run
from hamsafar.paths.following import Follower, follow_events, start_follower
from hamsafar.paths.queries import workspace_index


@pytest.fixture
def follower() -> Iterator[Follower]:
    started = start_follower()
    yield started
    started.stop()
    started.join()


def becomes(happened: Callable[[], bool]) -> bool:
    until = time.monotonic() + 60
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)
    return happened()


def test_an_index_follows_an_import_and_its_undoing_before_anybody_asks(
    people: People, follower: Follower
) -> None:
    follow_events("no-such/workspace")  # what fails for one workspace is not the others' concern
    imported = run(people.editor, SHOP_CSV, SHOP_MAPPING)
    file = Path(settings.DATA_DIR) / "paths" / people.workspace_id / "index.paths"
    assert becomes(file.exists)
    assert workspace_index(people.workspace_id).n_events == 4
    written = file.stat().st_ino
    people.editor.post(f"imports/{imported['id']}/undo", {})
    assert becomes(lambda: file.stat().st_ino != written)
    assert workspace_index(people.workspace_id).n_events == 0


def test_without_a_server_an_index_follows_when_it_is_asked_for(people: People) -> None:
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    assert workspace_index(people.workspace_id).n_events == 4
