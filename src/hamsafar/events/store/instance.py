"""One DuckDB instance for the process, one attached file for each workspace."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

import duckdb

from hamsafar.events.store.errors import StoreDamaged, StoreInUse
from hamsafar.events.store.running import run
from hamsafar.events.store.workspace import WorkspaceEvents
from hamsafar.events.store.writer import Writer

_WORKSPACE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class EventStores:
    """All workspaces' events under one folder, one memory limit and one writer.

    Only one process can have the folder open; the next one gets ``StoreInUse``.
    """

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self._connection = connection
        self._lock = threading.Lock()
        self._workspaces: dict[str, WorkspaceEvents] = {}
        self._writer = Writer(connection.cursor())

    @classmethod
    def open(cls, data_dir: str | Path, *, memory_limit: str = "2GB") -> EventStores:
        """Open (or make) the stores in ``data_dir/events``; ``memory_limit`` in DuckDB's words ("2GB")."""
        folder = Path(data_dir) / "events"
        folder.mkdir(parents=True, exist_ok=True)
        # DuckDB's own lock on this empty file is what keeps a second process out, on every system.
        lock_file = folder / "instance.duckdb"
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": str(folder / "tmp"),
            "autoinstall_known_extensions": False,
        }
        try:
            connection = duckdb.connect(str(lock_file), config=config)
        except duckdb.IOException as error:
            raise _why(error, lock_file) from error
        shutil.rmtree(folder / "tmp", ignore_errors=True)  # what a killed process was sorting
        return cls(folder, connection)

    def close(self) -> None:
        """Finish waiting writes and release the files."""
        self._writer.close()
        with self._lock:
            self._workspaces.clear()
            self._connection.close()

    def __enter__(self) -> EventStores:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def workspace(self, workspace_id: str) -> WorkspaceEvents:
        """The events of one workspace; its file is made at first use."""
        with self._lock:
            events = self._workspaces.get(workspace_id)
            if events is None:
                events = self._workspaces[workspace_id] = self._attach(workspace_id)
            return events

    def delete(self, workspace_id: str) -> None:
        """Forget a workspace's events for good. Nothing happens when there are none."""
        path = self._path(workspace_id)
        with self._lock:
            if self._workspaces.pop(workspace_id, None) is not None:
                run(self._connection, f'detach "{_database(workspace_id)}"')
            path.unlink(missing_ok=True)
            path.with_name(path.name + ".wal").unlink(missing_ok=True)

    def _attach(self, workspace_id: str) -> WorkspaceEvents:
        path, database = self._path(workspace_id), _database(workspace_id)
        quoted = str(path).replace("'", "''")
        try:
            run(self._connection, f"attach '{quoted}' as \"{database}\"")
        except duckdb.Error as error:
            raise _why(error, path) from error
        events = WorkspaceEvents(database, self._connection, self._writer)
        events.prepare()
        return events

    def _path(self, workspace_id: str) -> Path:
        if not _WORKSPACE_ID.fullmatch(workspace_id):
            raise ValueError(f"not a workspace id: {workspace_id!r}")
        return self.folder / f"{workspace_id}.duckdb"


def _database(workspace_id: str) -> str:
    return f"w_{workspace_id}"


def _why(error: duckdb.Error, path: Path) -> StoreInUse | StoreDamaged:
    if "lock" in str(error).lower():
        return StoreInUse(path=str(path.parent))
    return StoreDamaged(path=str(path), reason=str(error))
