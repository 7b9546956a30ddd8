"""Uploading and importing over HTTP: who may, what it does, what it refuses."""

from __future__ import annotations

import csv
import gzip
import io
import os
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hamsafar.accounts.tests.people import People
from hamsafar.events import uploads
from hamsafar.events.actions import KEEP_UPLOADS
from hamsafar.events.models import Import, Upload
from hamsafar.events.queries import event_store
from hamsafar.events.tests.importing import SHOP_CSV, SHOP_MAPPING, run, start, upload
from hamsafar.jobs.actions import run_now
from hamsafar.lib.filenames import plain_name


def counts(found: dict[str, Any]) -> tuple[int, int, int, int]:
    return tuple(found[f"rows_{what}"] for what in ("read", "added", "duplicate", "rejected"))  # type: ignore[return-value]  # four of them


def kept_files() -> int:
    return len(list(uploads.folder().iterdir()))


def test_an_editor_uploads_previews_and_imports(people: People) -> None:
    uploaded = upload(people.editor, SHOP_CSV).json()
    assert uploaded["filename"] == "shop.csv"
    assert uploaded["inspection"]["format"] == "csv"
    assert uploaded["inspection"]["guess"]["person"] == "customer"

    preview = people.editor.post(f"imports/uploads/{uploaded['id']}/preview", {"mapping": SHOP_MAPPING})
    assert preview.json()["rows"][0] == {
        "line": 2,
        "person": "ali",
        "event": "visit",
        "at": "2026-03-21T10:00:00+00:00",
        "channel": None,
        "properties": {"city": "یزد"},
        "error": None,
    }
    assert event_store(people.workspace_id).watermark().events == 0, "looking changes nothing"

    started = people.editor.post("imports", {"upload_id": uploaded["id"], "mapping": SHOP_MAPPING})
    assert (started.status_code, started.json()["status"]) == (202, "queued")
    run_now(started.json()["job_id"])

    done = people.viewer.get(f"imports/{started.json()['id']}").json()
    assert done["status"] == "done"
    assert counts(done) == (4, 4, 0, 0), "a row that is there twice is two events"
    assert done["created_by"] == "Editor"
    assert done["progress"] == 1.0
    assert [one["id"] for one in people.viewer.get("imports").json()["items"]] == [done["id"]]


def test_a_file_is_looked_at_again_as_the_user_says_it_is(people: People) -> None:
    book = openpyxl.Workbook()
    for row in (["customer", "what", "when"], ["ali", "visit", "2026-03-21"]):
        book.active.append(row)
    calls = book.create_sheet("تماس‌ها")
    for row in (["شماره مشتری", "تاریخ", "مدت"], ["ali", "1405/01/02", 30], ["sara", "1405/01/03", 40]):
        calls.append(row)
    book.create_sheet("empty")
    content = io.BytesIO()
    book.save(content)
    uploaded = upload(people.editor, content.getvalue(), "crm.xlsx").json()
    assert uploaded["inspection"]["guess"]["person"] == "customer"

    address = f"imports/uploads/{uploaded['id']}/inspect"
    found = people.editor.post(address, {"sheet": "تماس‌ها"}).json()
    assert [column["name"] for column in found["columns"]] == ["شماره مشتری", "تاریخ", "مدت"]
    guess = found["guess"]
    assert (guess["sheet"], guess["person"], guess["time"]) == ("تماس‌ها", "شماره مشتری", "تاریخ")
    assert (guess["event_constant"], guess["time_format"], found["rows_estimate"]) == ("crm", "jalali_ymd", 2)
    assert people.editor.post(address, {}).json() == uploaded["inspection"]
    codes = [people.editor.post(address, {"sheet": name}).json()["code"] for name in ("empty", "none")]
    assert codes == ["sheet_not_a_table", "sheet_missing"]

    text = upload(people.editor, "کد,what;when\n1,a;2026-03-21\n".encode("windows-1256")).json()
    said = {"delimiter": ";", "encoding": "windows-1256"}
    again = people.editor.post(f"imports/uploads/{text['id']}/inspect", said).json()
    assert [column["name"] for column in again["columns"]] == ["کد,what", "when"]
    assert (again["delimiter"], again["encoding"]) == (";", "windows-1256")


@pytest.mark.parametrize("who", ["viewer", "outsider", "stranger"])
def test_others_import_nothing(people: People, who: str) -> None:
    status = {"viewer": 403, "outsider": 404, "stranger": 401}[who]
    person = getattr(people, who)
    done = run(people.editor, SHOP_CSV, SHOP_MAPPING)
    uploaded = upload(people.editor, SHOP_CSV).json()["id"]
    files = kept_files()
    answers = [
        upload(person, SHOP_CSV),
        person.post(f"imports/uploads/{uploaded}/preview", {"mapping": SHOP_MAPPING}),
        person.post(f"imports/uploads/{uploaded}/inspect", {"delimiter": ";"}),
        person.post("imports", {"upload_id": uploaded, "mapping": SHOP_MAPPING}),
        person.post(f"imports/{done['id']}/cancel"),
        person.post(f"imports/{done['id']}/undo"),
    ]
    assert [answer.status_code for answer in answers] == [status] * 6
    assert kept_files() == files
    reads = ["imports", f"imports/{done['id']}", f"imports/{done['id']}/rejected.csv"]
    assert [person.get(path).status_code for path in reads] == [200 if who == "viewer" else status] * 3
    assert event_store(people.workspace_id).watermark().events == 4


def test_imports_of_another_workspace_are_out_of_reach(people: People) -> None:
    done = run(people.editor, SHOP_CSV, SHOP_MAPPING)
    own = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
    for path in ("", "/rejected.csv"):
        answer = people.outsider.get(f"/api/workspaces/{own}/imports/{done['id']}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "import_not_found")
    foreign = people.outsider.post(
        f"/api/workspaces/{own}/imports",
        {"upload_id": Upload.objects.get().id, "mapping": SHOP_MAPPING},
    )
    assert foreign.json()["code"] == "upload_not_found"


def test_importing_again_adds_nothing(people: People) -> None:
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    before = event_store(people.workspace_id).watermark()
    again = run(people.editor, SHOP_CSV, SHOP_MAPPING, "renamed.csv")
    assert counts(again) == (4, 0, 4, 0)
    longer = run(people.editor, SHOP_CSV + "sara,buy,2026-03-23T09:00:00Z,\n", SHOP_MAPPING)
    assert counts(longer) == (5, 1, 4, 0)
    assert event_store(people.workspace_id).watermark().events == before.events + 1


def test_an_import_is_undone_as_a_whole(people: People) -> None:
    first = run(people.editor, SHOP_CSV, SHOP_MAPPING)
    more = run(people.editor, SHOP_CSV + "sara,buy,2026-03-23T09:00:00Z,\n", SHOP_MAPPING)
    undone = people.editor.post(f"imports/{more['id']}/undo")
    assert undone.json()["status"] == "undone"
    assert event_store(people.workspace_id).watermark().events == 4
    twice = people.editor.post(f"imports/{more['id']}/undo")
    assert (twice.status_code, twice.json()["code"]) == (409, "import_not_done")
    people.editor.post(f"imports/{first['id']}/undo")
    assert event_store(people.workspace_id).watermark().events == 0
    assert counts(run(people.editor, SHOP_CSV, SHOP_MAPPING))[1] == 4, "and it can be imported again"


def test_a_cancelled_import_leaves_everything_as_it_was(people: People) -> None:
    run(people.editor, SHOP_CSV, SHOP_MAPPING)
    queued = start(
        people.editor, "customer,what,when\nnima,visit,2026-01-01T00:00Z\n", SHOP_MAPPING | {"properties": []}
    )
    assert people.editor.post(f"imports/{queued['id']}/undo").json()["code"] == "import_running"
    assert people.editor.post(f"imports/{queued['id']}/cancel").json()["status"] == "cancelled"
    run_now(queued["job_id"])
    assert people.editor.get(f"imports/{queued['id']}").json()["status"] == "cancelled"
    assert event_store(people.workspace_id).watermark().events == 4
    assert event_store(people.workspace_id).staged_imports() == []


def test_rows_left_by_an_attempt_that_never_came_back_are_cleared_away(people: People) -> None:
    events = event_store(people.workspace_id)
    queued = start(people.editor, SHOP_CSV, SHOP_MAPPING)
    people.editor.post(f"imports/{queued['id']}/cancel")
    done = run(people.editor, SHOP_CSV, SHOP_MAPPING)
    with events.snapshot() as snapshot:
        table = snapshot.arrow("select person, name, at_us, channel, properties, row from events").read_all()
    events.stage(table, import_id=queued["id"], resume_point=4)
    assert events.staged_imports() == [queued["id"]]
    people.editor.post(f"imports/{done['id']}/undo")
    assert counts(run(people.editor, SHOP_CSV, SHOP_MAPPING)) == (4, 4, 0, 0)
    assert events.staged_imports() == []


BAD_ROWS = """customer,what,when
ali,visit,2026-03-21T10:00:00Z
,visit,2026-03-21T10:00:00Z
sara,visit,yesterday
=HYPERLINK("x"),visit,tomorrow
nima,,2026-03-21T10:00:00Z
"""


def test_unreadable_rows_are_counted_by_reason_and_can_be_downloaded(people: People) -> None:
    mapping = SHOP_MAPPING | {"properties": [], "time_format": "iso"}
    done = run(people.editor, BAD_ROWS.replace("tomorrow", "=1+2"), mapping)
    assert counts(done) == (5, 1, 0, 4)
    assert [(r["code"], r["column"], r["count"], r["first_line"]) for r in done["reasons"]] == [
        ("bad_time", "when", 2, 4),
        ("missing_event", "what", 1, 6),
        ("missing_person", "customer", 1, 3),
    ]
    assert "customer" in done["reasons"][2]["detail"]

    answer = people.viewer.get(f"imports/{done['id']}/rejected.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["line", "column", "reason", "value"]
    assert [row[0] for row in rows[1:]] == ["3", "4", "5", "6"]
    assert rows[3][3] == "'=1+2", "a spreadsheet must not run it"

    people.viewer.patch("/api/me", {"language": "fa"})
    answer = people.viewer.get(f"imports/{done['id']}/rejected.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "خط,ستون,علت,مقدار"
    assert "خالی است" in text


def test_a_file_in_which_no_row_is_readable_is_imported_with_reasons(people: People) -> None:
    lines = "".join(f",visit,2026-01-0{day}T00:00:00Z\n" for day in range(1, 6))
    done = run(people.editor, "customer,what,when\n" + lines, SHOP_MAPPING | {"properties": []})
    assert done["status"] == "done"
    assert counts(done) == (5, 0, 0, 5)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "empty.csv", None),
        (b"only\n1\n2\n", "one.csv", "one_column"),
        (b"a,a,b\n1,2,3\n", "twice.csv", "duplicate_columns"),
        (b"a,b,c\n", "header.csv", "no_rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture.csv", "unknown_file_type"),
        (b"PK\x03\x04" + bytes(100), "sheet.xlsx", None),
        (gzip.compress(b"a,b,c\n" * 100, mtime=0)[:20], "half.csv.gz", None),
        (b"a,b,c\n" + b"x" * 3_000_000 + b",1,2\n", "line.csv", "line_too_long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_told_and_not_kept(
    people: People, content: bytes, name: str, code: str | None
) -> None:
    files = kept_files()
    answer = people.editor.client.post(
        f"/api/workspaces/{people.workspace_id}/imports/uploads", {"file": SimpleUploadedFile(name, content)}
    )
    assert 400 <= answer.status_code < 500, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    if code:
        assert answer.json()["code"] == code
    assert kept_files() == files
    assert not Upload.objects.exists()


def test_an_upload_over_the_limit_is_refused(people: People, settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    files = kept_files()
    answer = upload(people.editor, SHOP_CSV * 20)
    assert (answer.status_code, answer.json()["code"]) == (413, "upload_too_large")
    assert kept_files() == files


def test_a_request_without_a_file_names_the_field(people: People) -> None:
    answer = people.editor.client.post(f"/api/workspaces/{people.workspace_id}/imports/uploads", {})
    assert (answer.status_code, "file" in answer.json()["errors"][0]["field"]) == (422, True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\فروش.csv", "فروش.csv"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("می‌خواهم.csv", "می‌خواهم.csv"),
        ("x" * 400 + ".csv", "x" * 251 + ".csv"),
        ("\x00\x01", "file"),
    ],
)
def test_a_file_name_is_only_for_showing(name: str, shown: str) -> None:
    assert plain_name(name) == shown


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ({"person": "nobody", "event": "what", "time": "when"}, "column_missing"),
        ({"person": "customer", "event": "what", "time": "city"}, "time_not_recognised"),
        ({"person": "customer", "event": "what"}, "role_missing"),
        ({"person": "customer", "event": "what", "time": "when", "timezone": "Mars"}, "unknown_timezone"),
        ({"person": ["customer"], "event": "what", "time": "when"}, "bad_mapping"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told_before_anything_starts(
    people: People, mapping: dict[str, Any], code: str
) -> None:
    uploaded = upload(people.editor, SHOP_CSV).json()["id"]
    answer = people.editor.post("imports", {"upload_id": uploaded, "mapping": mapping})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert not Import.objects.exists()


def test_an_ambiguous_date_order_is_asked(people: People) -> None:
    content = "customer,what,when\nali,visit,01/02/2026\nali,buy,03/04/2026\n"
    uploaded = upload(people.editor, content).json()
    assert "ambiguous_date_order" in [q["code"] for q in uploaded["inspection"]["questions"]]
    mapping = SHOP_MAPPING | {"properties": []}
    preview = people.editor.post(f"imports/uploads/{uploaded['id']}/preview", {"mapping": mapping}).json()
    assert preview["questions"] == [
        {"code": "ambiguous_date_order", "column": "when", "options": ["dmy", "mdy"]}
    ]
    refused = people.editor.post("imports", {"upload_id": uploaded["id"], "mapping": mapping})
    assert refused.json()["code"] == "ambiguous_date_order"
    answered = run(people.editor, content, mapping | {"time_format": "dmy"})
    assert answered["rows_added"] == 2


def test_a_page_of_imports_goes_on_where_the_last_one_ended(people: People) -> None:
    made = [run(people.editor, SHOP_CSV, SHOP_MAPPING)["id"] for _ in range(3)]
    first = people.viewer.get("imports", limit=2).json()
    second = people.viewer.get("imports", limit=2, cursor=first["next"]).json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    assert second["next"] is None


def test_an_import_whose_file_is_gone_fails_with_a_sentence(people: People) -> None:
    queued = start(people.editor, SHOP_CSV, SHOP_MAPPING)
    for path in uploads.folder().iterdir():
        path.unlink()
    run_now(queued["job_id"])
    failed = people.viewer.get(f"imports/{queued['id']}").json()
    assert failed["status"] == "failed"
    assert failed["error"]["code"] == "upload_not_found"
    assert event_store(people.workspace_id).watermark().events == 0


def uploaded_files() -> set[str]:
    return {path.name for path in uploads.folder().iterdir()}


def test_files_nobody_needs_any_more_are_deleted_after_a_while(people: People) -> None:
    of_others = uploaded_files()  # tests leave theirs in the folder

    def kept() -> set[str]:
        return uploaded_files() - of_others

    done = run(people.editor, SHOP_CSV, SHOP_MAPPING)
    waiting = start(people.editor, SHOP_CSV, SHOP_MAPPING)
    cut_off = uploads.folder() / "cut-off"
    cut_off.write_bytes(b"half a fi")
    recent = kept()
    upload(people.editor, SHOP_CSV)
    assert recent < kept(), "none of them is old yet"

    long_ago = timezone.now() - KEEP_UPLOADS * 2
    Upload.objects.update(created_at=long_ago)
    os.utime(cut_off, (long_ago.timestamp(), long_ago.timestamp()))
    last = upload(people.editor, SHOP_CSV).json()["id"]
    needed = Import.objects.get(id=waiting["id"]).upload_id
    assert kept() == {needed, last}
    assert people.viewer.get(f"imports/{done['id']}").json()["status"] == "done"


def test_an_office_export_is_read_as_the_office_means_it(people: People) -> None:
    """Windows-1256, semicolons, Jalali dates, Persian digits, both kinds of ی and ک, amounts in Toman."""
    content = (
        "کد مشتری;نوع فعاليت;تاریخ ثبت;مبلغ (تومان)\r\n"
        "۱۰۰۲;خرید كتاب;۱۴۰۳/۰۵/۱۲ ۱۴:۳۰;۱,۲۵۰,۰۰۰\r\n"
        "1002;تماس با پشتيباني;1403/05/13 09:00;\r\n"
        "۱۰۰۳;خريد کتاب;۱۴۰۳/۱۳/۰۱ ۱۰:۰۰;۸۰,۰۰۰\r\n"
    )
    # Office programs write Persian digits and ی as the code page has them: ASCII digits, the Arabic letter.
    ascii_digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹ی", "0123456789ي")
    uploaded = upload(people.editor, content.translate(ascii_digits).encode("cp1256"), "خروجی.csv").json()
    assert uploaded["filename"] == "خروجی.csv"
    assert uploaded["inspection"]["questions"] == []
    guess = uploaded["inspection"]["guess"] | {"timezone": "Asia/Tehran"}
    started = people.editor.post("imports", {"upload_id": uploaded["id"], "mapping": guess}).json()
    run_now(started["job_id"])
    done = people.viewer.get(f"imports/{started['id']}").json()
    assert counts(done) == (3, 2, 0, 1)
    assert [(r["code"], r["first_line"]) for r in done["reasons"]] == [("bad_time", 4)]
    path = people.viewer.get("persons/1002/path").json()["items"]
    assert [(one["at"], one["name"], one["properties"]) for one in path] == [
        ("2024-08-02T11:00:00Z", "خرید کتاب", {"مبلغ (تومان)": 1250000}),
        ("2024-08-03T05:30:00Z", "تماس با پشتیبانی", {}),
    ]
