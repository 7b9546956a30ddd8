"""What waits in a room to be written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from hamsafar.maps.client import Client
from hamsafar.maps.drafting import LibraryIds


@dataclass(frozen=True)
class Edit:
    """An update from a browser."""

    client: Client
    update: bytes


@dataclass(frozen=True)
class Request:
    """Commands over HTTP; ``answer`` is given when they are stored."""

    user_id: str
    commands: Any
    request_id: str | None
    library: LibraryIds
    answer: asyncio.Future[dict[str, Any]]

    def succeed(self, answer: dict[str, Any]) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


@dataclass(frozen=True)
class CatchUp:
    """Others may have stored updates past this room."""


@dataclass(frozen=True)
class Stop:
    """The end of the queue."""


Work = Edit | Request | CatchUp | Stop
