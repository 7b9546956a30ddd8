"""Files of cards over HTTP and on disk: who may, what is kept, how much."""

from __future__ import annotations

import io
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from hamsafar.accounts import actions as accounts
from hamsafar.accounts.models import User
from hamsafar.accounts.policies import editor
from hamsafar.accounts.tests.people import People, Person
from hamsafar.maps.files import actions, keeping
from hamsafar.maps.files.errors import FilesFull
from hamsafar.maps.files.tests.test_hostile import HOSTILE_SVG, bomb, picture
from hamsafar.maps.models import MapFile
from hamsafar.maps.tests.test_api import change, document_of, make_map

PDF = b"%PDF-1.7\n" + b"x" * 1000


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "files"


def send(person: Person, map_id: str, name: str, data: bytes) -> Any:
    return person.upload(f"maps/{map_id}/files", SimpleUploadedFile(name, data))


def added(people: People, map_id: str, name: str, data: bytes) -> dict[str, Any]:
    answer = send(people.editor, map_id, name, data)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def contents(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def test_an_editor_uploads_and_every_member_sees(people: People) -> None:
    map_id = make_map(people)
    made = added(people, map_id, "shop.webp", picture("WEBP", (1000, 500)))
    assert (made["name"], made["media"], made["width"]) == ("shop.png", "image/png", 1000)
    address = f"files/{made['id']}"
    for path, wide in ((address, 1000), (f"{address}/thumbnail", 480)):
        answer = people.viewer.get(path)
        assert Image.open(io.BytesIO(answer.content)).width == wide
        assert answer["Content-Type"] == "image/png"
        assert answer["Content-Disposition"] == "inline; filename*=UTF-8''shop.png"
        assert answer["Cache-Control"].startswith("private")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        again = people.viewer.client.get(people.viewer._path(path), headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_nobody_else_gets_in_or_out(people: People) -> None:
    map_id = make_map(people)
    made = added(people, map_id, "shop.png", picture())
    elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    for refused, up, down in (
        (people.viewer, 403, 200),
        (people.outsider, 404, 404),
        (people.stranger, 401, 401),
    ):
        assert send(refused, map_id, "a.png", picture()).status_code == up
        assert refused.get(f"files/{made['id']}").status_code == down
        assert refused.get(f"files/{made['id']}/thumbnail").status_code == down
    assert people.outsider.get(f"/api/workspaces/{elsewhere}/files/{made['id']}").status_code == 404
    foreign = people.outsider.upload(
        f"/api/workspaces/{elsewhere}/maps/{map_id}/files", SimpleUploadedFile("a.png", picture())
    )
    assert foreign.status_code == 404
    assert MapFile.objects.count() == 1


def test_a_document_is_only_downloaded(people: People) -> None:
    map_id = make_map(people)
    made = added(people, map_id, "../../گزارش\u202e.PDF", PDF)
    assert (made["name"], made["width"]) == ("گزارش.pdf", None)
    answer = people.viewer.get(f"files/{made['id']}")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert people.viewer.get(f"files/{made['id']}/thumbnail").status_code == 404


def test_a_drawing_is_kept_clean_and_in_a_cage(people: People) -> None:
    made = added(people, make_map(people), "x.svg", HOSTILE_SVG.encode())
    answer = people.viewer.get(f"files/{made['id']}")
    assert b"script" not in answer.content.replace(b"&lt;script", b"")
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("a.png", b"", 400, "file_empty"),
        ("a.pdf", bytes(21 * 1024**2), 413, "file_too_large"),
        ("a.png", bomb(), 413, "picture_too_large"),
        ("a.jpg", picture("JPEG", (900, 900))[:-200], 400, "picture_unreadable"),
        ("a.png", b"<script>", 400, "picture_unreadable"),
        ("a.pdf", b"<script>", 400, "file_not_what_it_says"),
        ("a.html", b"<script>", 400, "file_kind_refused"),
        ("a.svg", b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg/>", 400, "drawing_refused"),
    ],
    ids=["empty", "21 MB", "bomb", "cut off", "page as png", "page as pdf", "page", "entity"],
)
def test_what_is_refused_leaves_nothing(
    people: People, folder: Path, name: str, data: bytes, status: int, code: str
) -> None:
    answer = send(people.editor, make_map(people), name, data)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (MapFile.objects.count(), contents(folder)) == (0, [])


def test_the_same_file_again_is_the_one_that_is_there(people: People, folder: Path) -> None:
    map_id = make_map(people)
    first = added(people, map_id, "a.pdf", PDF)
    assert added(people, map_id, "a.pdf", PDF) == first
    assert added(people, make_map(people), "a.pdf", PDF) == first
    other = added(people, map_id, "b.pdf", PDF)
    assert other["id"] != first["id"]
    assert len(contents(folder)) == 1


def test_a_kill_between_file_and_row_is_made_good_by_the_next_try(people: People, folder: Path) -> None:
    keeping.keep(people.workspace_id, keeping.digest_of(PDF), PDF)
    assert MapFile.objects.count() == 0
    made = added(people, make_map(people), "a.pdf", PDF)
    assert people.viewer.get(f"files/{made['id']}").content == PDF
    assert len(contents(folder)) == 1


def test_a_full_disk_leaves_no_row(people: People, folder: Path) -> None:
    folder.write_bytes(b"a file where the folder should be")
    map_id = make_map(people)
    people.editor.client.raise_request_exception = False
    assert send(people.editor, map_id, "a.pdf", PDF).status_code == 500
    assert MapFile.objects.count() == 0


def test_the_quota_holds_to_the_byte(people: People, settings: Any, folder: Path) -> None:
    map_id = make_map(people)
    settings.MAX_FILES_BYTES = 2 * len(PDF)
    added(people, map_id, "a.pdf", PDF)
    # The same content under another name takes no room.
    added(people, map_id, "b.pdf", PDF)
    added(people, map_id, "c.pdf", PDF[:-1] + b"y")
    answer = send(people.editor, map_id, "d.pdf", PDF[:-1] + b"z")
    assert (answer.status_code, answer.json()["code"]) == (409, "files_full")
    assert "d.pdf" in answer.json()["detail"]
    added(people, map_id, "e.pdf", PDF)
    assert len(contents(folder)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_take_the_last_room(people: People, settings: Any, folder: Path) -> None:
    map_id = make_map(people)
    settings.MAX_FILES_BYTES = 5 * len(PDF)
    member = editor(User.objects.get(id=people.editor.user_id), people.workspace_id)
    start = threading.Barrier(12)
    kept: list[str] = []
    refused: list[str] = []
    problems: list[Exception] = []

    def put(number: int) -> None:
        try:
            start.wait()
            # Of every content there are two, so that one who is refused meets one who is let in.
            data = PDF[:-2] + b"%02d" % (number // 2)
            kept.append(actions.add_file(member, map_id, "a.pdf", data).id)
        except FilesFull:
            refused.append("full")
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=put, args=[number]) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(set(kept)) == 5 == MapFile.objects.count()
    assert len(kept) + len(refused) == 12
    assert {one.name for one in contents(folder)} == set(MapFile.objects.values_list("digest", flat=True))


def test_files_go_with_their_workspace(
    people: People, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = added(people, make_map(people), "a.pdf", PDF)
    with django_capture_on_commit_callbacks(execute=True):
        accounts.delete_workspace(_owner(people))
    assert people.viewer.get(f"files/{made['id']}").status_code == 404
    assert (MapFile.objects.count(), contents(folder)) == (0, [])


def _owner(people: People) -> Any:
    return editor(User.objects.get(id=people.owner.user_id), people.workspace_id)


def card_with(people: People, map_id: str, *files: dict[str, Any]) -> None:
    named = [{"id": one["id"], "name": one["name"], "alt": "The shop"} for one in files]
    answer = change(
        people,
        map_id,
        {"do": "add_stage", "id": "s1", "name": "Buy"},
        {"do": "add_lane", "id": "l1", "kind": "text", "name": "Notes"},
        {"do": "add_card", "id": "c1", "stage": "s1", "lane": "l1", "text": "Shop", "files": named},
    )
    assert answer.status_code == 200, answer.content


def test_exports_draw_the_pictures_of_cards(people: People) -> None:
    map_id = make_map(people)
    shop, report = added(people, map_id, "shop.png", picture()), added(people, map_id, "a.pdf", PDF)
    foreign = {"id": "of-another-workspace", "name": "x.png"}
    card_with(people, map_id, shop, report, foreign)
    assert [one["name"] for one in document_of(people, map_id)["cards"][0]["files"]] == [
        "shop.png", "a.pdf", "x.png",
    ]  # fmt: skip
    drawn = people.viewer.get(f"maps/{map_id}/export/svg").content
    assert drawn.count(b"data:image/png;base64,") == 1
    for kind in ("pdf", "png", "infographic_png"):
        assert people.viewer.get(f"maps/{map_id}/export/{kind}").status_code == 200
    deck = zipfile.ZipFile(io.BytesIO(people.viewer.get(f"maps/{map_id}/export/pptx").content))
    assert [name for name in deck.namelist() if name.startswith("ppt/media/")] != []
