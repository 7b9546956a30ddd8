"""What crosses HTTP for jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema


class JobOut(Schema):
    id: str
    kind: str
    status: Literal["queued", "running", "done", "failed", "cancelled"]
    done: int
    total: int | None
    error: dict[str, Any] | None
    attempt: int
    created_at: datetime
    finished_at: datetime | None
