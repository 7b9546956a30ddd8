from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from hamsafar.accounts.tests.people import People
from hamsafar.jobs import actions, queries
from hamsafar.jobs.models import Job
from hamsafar.jobs.workers import QueueThread
from hamsafar.lib.errors import BadInput


class Spoiled(BadInput):
    code = "spoiled"
    en = "Line {line} is spoiled."
    fa = "سطر {line} خراب است."


@pytest.fixture
def kinds() -> Iterator[list[int]]:
    """Three kinds of job; the list receives the attempts of those that ran."""
    ran: list[int] = []

    @actions.job("test-count", queue="short")
    def count(handle: actions.Handle) -> None:
        ran.append(handle.attempt)
        handle.progress(3, 10)

    @actions.job("test-spoiled", queue="short")
    def spoiled(handle: actions.Handle) -> None:
        raise Spoiled(line=12)

    @actions.job("test-broken", queue="short")
    def broken(handle: actions.Handle) -> None:
        raise RuntimeError("secret detail")

    yield ran
    for kind in ("test-count", "test-spoiled", "test-broken"):
        actions._KINDS.pop(kind)


def empty_the_queue() -> None:
    QueueThread("short")._empty_the_queue()


@pytest.mark.django_db(transaction=True)
def test_a_job_runs_and_tells_its_progress(kinds: list[int], people: People) -> None:
    job = actions.start(people.workspace_id, "test-count", {}, people.editor.user_id)
    assert people.viewer.get(f"jobs/{job.id}").json()["status"] == "queued"
    empty_the_queue()
    seen = people.viewer.get(f"jobs/{job.id}").json()
    assert (seen["status"], seen["done"], seen["total"], kinds) == ("done", 3, 10, [1])
    assert people.outsider.get(f"jobs/{job.id}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_failed_job_says_why_in_both_languages(kinds: list[int], people: People) -> None:
    spoiled = actions.start(people.workspace_id, "test-spoiled", {}, None)
    broken = actions.start(people.workspace_id, "test-broken", {}, None)
    empty_the_queue()
    error: Any = queries.get_job(people.workspace_id, spoiled.id).error
    assert (error["code"], error["en"], error["fa"]) == (
        "spoiled",
        "Line 12 is spoiled.",
        "سطر ۱۲ خراب است.",
    )
    unexpected: Any = queries.get_job(people.workspace_id, broken.id).error
    assert "secret" not in str(unexpected)


@pytest.mark.django_db(transaction=True)
def test_a_queued_job_is_cancelled_at_once(kinds: list[int], people: People) -> None:
    job = actions.start(people.workspace_id, "test-count", {}, None)
    assert people.viewer.post(f"jobs/{job.id}/cancel").status_code == 403
    assert people.editor.post(f"jobs/{job.id}/cancel").json()["status"] == "cancelled"
    empty_the_queue()
    assert kinds == []


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_server_left_running_runs_again(kinds: list[int], people: People) -> None:
    job = actions.start(people.workspace_id, "test-count", {}, None)
    # As kill -9 leaves them: claimed by a worker that is no more.
    DBTaskResult.objects.update(status="RUNNING")
    Job.objects.update(status="running", attempt=1)
    empty_the_queue()
    assert kinds == []
    assert actions.requeue_interrupted() == 1
    empty_the_queue()
    assert kinds == [2]
    assert queries.get_job(people.workspace_id, job.id).status == "done"


@pytest.mark.django_db(transaction=True)
def test_a_finished_job_is_not_run_twice(kinds: list[int], people: People) -> None:
    job = actions.start(people.workspace_id, "test-count", {}, None)
    empty_the_queue()
    DBTaskResult.objects.update(status="READY")  # the note of its end was lost
    empty_the_queue()
    assert kinds == [1]
    assert queries.get_job(people.workspace_id, job.id).attempt == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_interrupted_by_the_servers_end_goes_on_at_the_next_start(people: People) -> None:
    attempts: list[int] = []
    running = threading.Event()

    @actions.job("test-long", queue="short")
    def long(handle: actions.Handle) -> None:
        attempts.append(handle.attempt)
        running.set()
        while len(attempts) == 1:  # the first attempt never ends by itself
            handle.progress(1, 2)

    try:
        job = actions.start(people.workspace_id, "test-long", {}, people.editor.user_id)
        first = QueueThread("short")
        first.start()
        assert running.wait(timeout=30)
        first.stop()
        first.join(timeout=30)
        assert not first.is_alive()
        assert people.viewer.get(f"jobs/{job.id}").json()["status"] == "queued"
        actions.stop_running(stop=False)
        actions.requeue_interrupted()
        empty_the_queue()
        assert (people.viewer.get(f"jobs/{job.id}").json()["status"], attempts) == ("done", [1, 2])
    finally:
        actions.stop_running(stop=False)
        actions._KINDS.pop("test-long")
