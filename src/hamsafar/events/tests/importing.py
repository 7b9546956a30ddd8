"""Importing as a user does it, over HTTP; the job runs here instead of in the server's worker."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from hamsafar.accounts.tests.people import Person
from hamsafar.jobs.actions import run_now

SHOP_CSV = """customer,what,when,city
ali,visit,2026-03-21T10:00:00Z,یزد
ali,buy,2026-03-21T10:05:00Z,یزد
sara,visit,2026-03-22T09:00:00Z,
ali,visit,2026-03-21T10:00:00Z,یزد
"""
SHOP_MAPPING = {"person": "customer", "event": "what", "time": "when", "properties": ["city"]}


def upload(person: Person, content: str | bytes, name: str = "shop.csv") -> Any:
    """The answer to uploading a file of this content."""
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    file.name = name
    return person.upload("imports/uploads", file)


def start(person: Person, content: str | bytes, mapping: dict[str, Any], name: str = "shop.csv") -> Any:
    """Upload and start; the import as it was answered, still queued."""
    uploaded = upload(person, content, name)
    assert uploaded.status_code == 201, uploaded.content
    started = person.post("imports", {"upload_id": uploaded.json()["id"], "mapping": mapping})
    assert started.status_code == 202, started.content
    return started.json()


def run(person: Person, content: str | bytes, mapping: dict[str, Any], name: str = "shop.csv") -> Any:
    """Upload, start and run; the import as it is in the end."""
    started = start(person, content, mapping, name)
    run_now(started["job_id"])
    return person.get(f"imports/{started['id']}").json()
