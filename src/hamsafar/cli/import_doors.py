"""The two ways of ``hamsafar import``: the rooms' own actions, or the API of the running server."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection

from hamsafar.accounts import policies
from hamsafar.cli.main import language
from hamsafar.cli.through_server import Server
from hamsafar.events import actions, queries, rejected_csv
from hamsafar.events.files import Mapping
from hamsafar.jobs.actions import run_now


class Direct:
    """Nobody else has the store open: this process does the work itself."""

    def __init__(self, user_id: str, workspace_id: str) -> None:
        policies.editor(get_user_model().objects.get(pk=user_id), workspace_id)
        self._user_id, self._workspace_id = user_id, workspace_id

    def upload(self, path: Path, filename: str) -> dict[str, Any]:
        return asdict(actions.receive_file(self._workspace_id, self._user_id, path, filename))

    def start(self, upload_id: str, mapping: Mapping) -> str:
        started = actions.start_import(self._workspace_id, self._user_id, upload_id, mapping)
        threading.Thread(target=self._run, args=[started.job_id], daemon=True).start()
        return started.id

    def _run(self, job_id: str) -> None:
        run_now(job_id)
        connection.close()

    def look(self, import_id: str) -> dict[str, Any]:
        found = queries.get_import(self._workspace_id, import_id)
        plain = asdict(found) | {"created_at": found.created_at.isoformat()}
        plain["error"] = found.error and {"code": found.error["code"], "detail": found.error[language()]}
        return plain

    def cancel(self, import_id: str) -> None:
        actions.cancel_import(self._workspace_id, import_id)

    def rejected(self, import_id: str) -> bytes:
        rows = queries.rejected_rows(self._workspace_id, import_id)
        return "".join(rejected_csv.lines(rows, language())).encode()


class Remote:
    """A server has the store open: it does the work."""

    def __init__(self, server: Server, workspace_id: str) -> None:
        self._server, self._path = server, f"/api/workspaces/{workspace_id}/imports"

    def upload(self, path: Path, filename: str) -> dict[str, Any]:
        return dict(self._server.upload(f"{self._path}/uploads", path, filename))

    def start(self, upload_id: str, mapping: Mapping) -> str:
        body = {"upload_id": upload_id, "mapping": mapping.to_dict()}
        return str(self._server.post(self._path, body)["id"])

    def look(self, import_id: str) -> dict[str, Any]:
        return dict(self._server.get(f"{self._path}/{import_id}"))

    def cancel(self, import_id: str) -> None:
        self._server.post(f"{self._path}/{import_id}/cancel")

    def rejected(self, import_id: str) -> bytes:
        return self._server.get_bytes(f"{self._path}/{import_id}/rejected.csv")
