"""Files that nothing names any more go after a time of grace; those of versions, the bin and undo stay."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from hamsafar.accounts.models import AuditEntry
from hamsafar.accounts.tests.people import People
from hamsafar.jobs.queries import last_job
from hamsafar.maps.files import keeping, sweeping
from hamsafar.maps.files.queries import used_bytes
from hamsafar.maps.files.sweeping import sweep
from hamsafar.maps.files.tasks import SWEEP_JOB
from hamsafar.maps.files.tests.test_files import added, contents
from hamsafar.maps.files.tests.test_hostile import picture
from hamsafar.maps.models import MapFile, MapSnapshot, MapUpdate
from hamsafar.maps.tests.test_api import change, make_map

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def on_card(people: People, map_id: str, file: dict[str, Any]) -> None:
    answer = change(
        people, map_id,
        {"do": "add_stage", "id": "s", "name": "Buy"}, {"do": "add_lane", "id": "l", "kind": "actions"},
        {"do": "add_card", "id": "c", "stage": "s", "lane": "l", "text": "Pays",
         "files": [{field: file[field] for field in ("id", "name")}]},
    )  # fmt: skip
    assert answer.status_code == 200, answer.content


def swept(people: People, *days: int) -> set[str]:
    """The files that are left after a sweep on each of these days from now."""
    for day in days:
        sweep(people.editor.workspace_id, timezone.now() + day * DAY)
    return set(MapFile.objects.values_list("id", flat=True))


def forget_updates(map_id: str) -> None:
    """As when the updates of a map are made one: what is deleted in it has left no trace."""
    MapUpdate.objects.filter(map_id=map_id).delete()
    MapSnapshot.objects.filter(map_id=map_id).update(state=b"\x00\x00")


def test_a_file_on_a_card_stays_and_one_on_none_goes_after_the_grace(people: People, folder: Path) -> None:
    map_id = make_map(people)
    used = added(people, map_id, "used.png", picture(size=(30, 30)))
    lost = added(people, map_id, "lost.png", picture(size=(40, 40)))
    on_card(people, map_id, used)
    assert swept(people, 0, 29) == {used["id"], lost["id"]}
    full = used_bytes(people.editor.workspace_id)
    assert swept(people, 31) == {used["id"]}
    assert used_bytes(people.editor.workspace_id) == full - lost["size"]
    assert {one.name[:64] for one in contents(folder)} == {MapFile.objects.get().digest}
    assert AuditEntry.objects.get(action="sweep_files").details == {"count": 1, "names": ["lost.png"]}
    assert people.viewer.get(f"files/{used['id']}").status_code == 200
    assert people.viewer.get(f"files/{lost['id']}").status_code == 404


def test_the_grace_begins_anew_when_it_was_used_in_between(people: People) -> None:
    map_id = make_map(people)
    file = added(people, map_id, "a.png", picture())
    swept(people, 0)
    on_card(people, map_id, file)
    assert swept(people, 20, 60) == {file["id"]}
    assert MapFile.objects.get().unused_since is None
    forget_updates(map_id)
    assert swept(people, 61, 90) == {file["id"]}
    assert swept(people, 92) == set()


def test_a_version_and_a_map_in_the_bin_keep_their_pictures(people: People) -> None:
    map_id, binned = make_map(people), make_map(people, title="Binned")
    old = added(people, map_id, "old.png", picture(size=(30, 30)))
    thrown = added(people, binned, "thrown.png", picture(size=(40, 40)))
    on_card(people, map_id, old)
    on_card(people, binned, thrown)
    kept = people.editor.post(f"maps/{map_id}/versions", {"name": "With the picture"})
    assert kept.status_code == 201, kept.content
    forget_updates(map_id)
    people.editor.delete(f"maps/{binned}")
    assert swept(people, 0, 31, 62) == {old["id"], thrown["id"]}


def test_the_same_upload_again_takes_the_mark_away(people: People) -> None:
    map_id = make_map(people)
    file = added(people, map_id, "a.png", picture())
    swept(people, 0)
    again = added(people, map_id, "a.png", picture())
    assert again["id"] == file["id"]
    assert MapFile.objects.get().unused_since is None


def test_a_kill_between_row_and_content_leaves_a_content_that_the_next_sweep_removes(
    people: People, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    map_id = make_map(people)
    added(people, map_id, "a.png", picture())
    swept(people, 0)

    def killed(_: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_drop_contents", killed)
        with pytest.raises(KeyboardInterrupt):
            swept(people, 31)
    assert not MapFile.objects.exists()
    assert contents(folder)
    swept(people, 31)
    assert contents(folder) == []


def test_two_names_of_one_content_keep_it_until_both_go(people: People, folder: Path) -> None:
    map_id = make_map(people)
    used = added(people, map_id, "used.png", picture())
    added(people, map_id, "other.png", picture())
    on_card(people, map_id, used)
    assert swept(people, 0, 31) == {used["id"]}
    assert people.viewer.get(f"files/{used['id']}").status_code == 200


def test_what_a_killed_upload_left_goes_after_a_day_and_what_is_being_written_stays(
    people: People, folder: Path
) -> None:
    added(people, make_map(people), "a.png", picture())
    place = contents(folder)[0].parent
    old, new = place / ".new-old", place / ".new-new"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    swept(people, 0)
    assert not old.exists()
    assert new.exists()


def test_another_workspace_is_left_alone(people: People) -> None:
    file = added(people, make_map(people), "a.png", picture())
    elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    for day in (0, 31):
        assert sweep(elsewhere, timezone.now() + day * DAY) == 0
    assert keeping.digests(people.editor.workspace_id)
    assert MapFile.objects.get().id == file["id"]


def test_an_upload_asks_for_a_sweep_once_a_day(people: People) -> None:
    map_id = make_map(people)
    added(people, map_id, "a.png", picture())
    first = last_job(people.editor.workspace_id, SWEEP_JOB)
    assert first is not None
    added(people, map_id, "b.png", picture(size=(50, 50)))
    assert last_job(people.editor.workspace_id, SWEEP_JOB) == first
