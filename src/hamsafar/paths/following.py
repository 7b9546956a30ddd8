"""Bringing indexes up to their events in the background, so that nobody's first question waits for it."""

from __future__ import annotations

import logging
import threading
from typing import Any

from hamsafar.paths.queries import workspace_index

log = logging.getLogger(__name__)


class Follower(threading.Thread):
    """Opens the index of every workspace whose events have changed: what is new is merged, or it is built anew.

    A question that comes meanwhile waits for the same work, and one workspace after the other has its turn.
    """

    def __init__(self) -> None:
        super().__init__(name="hamsafar-paths-follower", daemon=True)
        self._changed = threading.Condition()
        self._waiting: list[str] = []
        self._stopping = False

    def follow(self, workspace_id: str) -> None:
        with self._changed:
            if workspace_id not in self._waiting:
                self._waiting.append(workspace_id)
            self._changed.notify()

    def stop(self) -> None:
        """Nothing new is begun."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def run(self) -> None:
        while True:
            with self._changed:
                while not self._waiting and not self._stopping:
                    self._changed.wait()
                if self._stopping:
                    return
                workspace_id = self._waiting.pop(0)
            try:
                workspace_index(workspace_id)
            except Exception:
                log.exception("the index of workspace %s could not follow its events", workspace_id)


_follower: Follower | None = None


def start_follower() -> Follower:
    """For the server's start; without it, an index follows when a question is asked."""
    global _follower
    _follower = Follower()
    _follower.start()
    return _follower


def follow_events(workspace_id: str, **_: Any) -> None:
    """The receiver of ``events_changed``."""
    if _follower is not None and _follower.is_alive():
        _follower.follow(workspace_id)
