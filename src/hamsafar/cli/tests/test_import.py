"""``hamsafar import``: directly, and through a real server that has the events open."""

from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hamsafar.accounts.actions import create_owner, create_workspace
from hamsafar.accounts.queries import workspaces_of
from hamsafar.cli.main import cli
from hamsafar.cli.through_server import Server
from hamsafar.events.queries import event_store

CSV = """مشتری;رویداد;تاریخ;مبلغ
ali;visit;1403/05/12 14:30;
ali;buy;1403/05/12 14:45;۱٬۲۵۰٬۰۰۰
;visit;1403/05/13 10:00;
"""


@pytest.fixture
def owner(transactional_db: Any) -> str:
    return create_owner(name="Sara", email="sara@example.org", password="a-long-way-together", language="en")


@pytest.fixture
def file(tmp_path: Path) -> str:
    (tmp_path / "shop.csv").write_text(CSV, encoding="utf-8")
    return str(tmp_path / "shop.csv")


def run(*arguments: str, language: str = "en") -> Result:
    return CliRunner().invoke(cli, ["import", *arguments], env={"HAMSAFAR_LANGUAGE": language})


def test_columns_are_guessed_and_the_outcome_told(owner: str, file: str) -> None:
    workspace = workspaces_of(owner, "en")[0].id
    first = run(file)
    assert first.exit_code == 0, first.output
    assert "3 rows; 2 added, 0 already there, 1 not readable" in first.output
    assert "“مشتری” is empty" in first.output
    assert "first in line 4" in first.output
    again = run(file, language="fa")
    assert "۳ سطر خوانده شد؛ ۰ رویداد تازه، ۲ تکراری، ۱ ناخوانا" in again.output
    events = event_store(workspace).events_of("ali")
    assert [one.properties for one in events] == [{}, {"مبلغ": 1250000}]


def test_json_chosen_columns_and_rejected_rows(owner: str, file: str, tmp_path: Path) -> None:
    rejected = tmp_path / "rejected.csv"
    done = run(
        file, "--person", "مشتری", "--event-constant", "purchase", "--time", "تاریخ", "--json",
        "--timezone", "Asia/Tehran", "--rejected", str(rejected),
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    (outcome,) = json.loads(done.output)
    assert (outcome["status"], outcome["rows_added"], outcome["rows_rejected"]) == ("done", 2, 1)
    workspace = workspaces_of(owner, "en")[0].id
    first = event_store(workspace).events_of("ali")[0]
    assert (first.name, first.properties) == ("purchase", {"رویداد": "visit"})
    rows = list(csv.reader(rejected.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["line", "4"]


def test_a_query_joins_files(owner: str, tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("id,customer,made\n1,7,2026-01-01\n2,8,2026-01-02\n")
    (tmp_path / "lines.csv").write_text("id,what\n1,book\n1,cup\n2,book\n")
    sql = "select customer, 'bought ' || what as event, made::timestamp as time from orders join lines using (id)"
    done = run(str(tmp_path / "orders.csv"), str(tmp_path / "lines.csv"), "--sql", sql, "--json")
    assert done.exit_code == 0, done.output
    (outcome,) = json.loads(done.output)
    assert (outcome["filename"], outcome["rows_added"]) == ("orders-query.parquet", 3)


def test_which_workspace_must_be_clear(owner: str, file: str) -> None:
    create_workspace(owner, name="فروشگاه", language="fa")
    refused = run(file)
    assert refused.exit_code == 1
    assert "فروشگاه" in refused.output
    assert run(file, "--workspace", "فروشگاه").exit_code == 0
    assert run(file, "--workspace", "nowhere").exit_code == 1


def test_what_cannot_be_read_is_one_sentence(owner: str, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("only\n1\n")
    refused = run(str(tmp_path / "one.csv"))
    assert refused.exit_code == 1
    assert "single column" in refused.output
    assert "Traceback" not in refused.output


SERVE = [sys.executable, "-m", "hamsafar.cli.main", "serve", "--port"]


class Installation:
    """A data folder of its own, with an owner, and a real server on it."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        ours = {
            "HAMSAFAR_DATA": str(data),
            "HAMSAFAR_LANGUAGE": "en",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        self.environment = {
            name: value for name, value in os.environ.items() if name != "DATABASE_URL"
        } | ours
        made = self.shell(
            "createowner", "--name", "Sara", "--email", "sara@example.org",
            "--password", "a-long-way-together", "--language", "en",
        )  # fmt: skip
        assert made.returncode == 0, made.stderr

    def shell(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hamsafar.cli.main", *arguments],
            env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    @contextmanager
    def server(self, end: signal.Signals = signal.SIGINT) -> Iterator[Server]:
        """While inside, the server runs; its API, signed in as the owner."""
        process = subprocess.Popen([*SERVE, str(self.port)], env=self.environment, stdout=subprocess.DEVNULL)
        try:
            until(self.answers)
            token = self.shell("link").stdout.strip().rsplit("/", 1)[-1]
            yield Server(f"http://127.0.0.1:{self.port}", token)
        finally:
            process.send_signal(end)
            process.wait(timeout=60)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to become true."""
    pause, end = threading.Event(), time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        pause.wait(0.05)


def test_through_a_running_server(tmp_path: Path, file: str) -> None:
    here = Installation(tmp_path / "data")
    with here.server() as api:
        done = here.shell("import", file, "--rejected", str(tmp_path / "rejected.csv"))
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "rejected.csv").read_text("utf-8-sig").splitlines()[1].startswith("4,مشتری,")
        assert "3 rows; 2 added, 0 already there, 1 not readable" in done.stdout
        workspace = api.get("/api/session")["workspaces"][0]["id"]
        assert api.get(f"/api/workspaces/{workspace}/events/names")["total"] == 2
        missing = here.shell("import", file, "--person", "nobody")
        assert (missing.returncode, "nobody" in missing.stderr) == (1, True)
        assert missing.stderr.startswith("shop.csv: ")
    (outcome,) = json.loads(here.shell("import", file, "--json").stdout)
    assert outcome["rows_duplicate"] == 2, "the same store, now without a server"


MANY = (300_000, 1_200_000, 4_800_000)  # a fast machine may be through with the smaller ones too early


class Import:
    """The import of a file of so many visits, none of which is in a file of another length."""

    def __init__(self, api: Server, folder: Path, rows: int) -> None:
        file = folder / f"many-{rows}.csv"
        with file.open("w") as into:
            into.write("customer,what,when\n")
            into.writelines(f"p{n % 5000}-{rows},visit,{1_700_000_000 + n // 2}\n" for n in range(rows))
        self.workspace = f"/api/workspaces/{api.get('/api/session')['workspaces'][0]['id']}"
        uploaded = api.upload(f"{self.workspace}/imports/uploads", file, file.name)
        mapping = {"person": "customer", "event": "what", "time": "when", "time_format": "unix_s"}
        asked = {"upload_id": uploaded["id"], "mapping": mapping}
        self.path = f"{self.workspace}/imports/{api.post(f'{self.workspace}/imports', asked)['id']}"
        until(lambda: api.get(self.path)["rows_read"] > 0)

    def ended(self, api: Server) -> dict[str, Any]:
        until(lambda: api.get(self.path)["status"] in ("done", "cancelled", "failed"))
        return api.get(self.path)

    def events(self, api: Server) -> int:
        return sum(name["events"] for name in api.get(f"{self.workspace}/events/names")["items"])


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_an_import_goes_on_after_the_server_ended_in_its_middle(tmp_path: Path, end: signal.Signals) -> None:
    here = Installation(tmp_path / "data")
    stored = 0
    for rows in MANY:
        with here.server(end) as api:
            started = Import(api, tmp_path, rows)
            seen = started.events(api)
            running = api.get(started.path)["status"] == "running"
            assert not running or seen == stored, "an import is there as a whole or not at all"
        with here.server() as api:
            done = started.ended(api)
            assert (done["rows_read"], done["rows_added"], done["rows_duplicate"]) == (rows, rows, 0)
            stored += rows
            assert started.events(api) == stored
            if api.get(f"{started.workspace}/jobs/{done['job_id']}")["attempt"] == 2:
                return
    pytest.fail("the end never fell into the middle of an import")


def test_a_cancelled_import_leaves_no_trace(tmp_path: Path) -> None:
    here = Installation(tmp_path / "data")
    with here.server() as api:
        stored = 0
        for rows in MANY:
            started = Import(api, tmp_path, rows)
            api.post(f"{started.path}/cancel")
            cancelled = started.ended(api)["status"] == "cancelled"
            stored += 0 if cancelled else rows
            assert started.events(api) == stored
            if cancelled:
                return
    pytest.fail("every import was through before it could be cancelled")
