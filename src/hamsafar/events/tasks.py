"""Long work: the import of a file."""

from __future__ import annotations

import pyarrow as pa

from hamsafar.events import actions
from hamsafar.events.files import Rejected, read_batches
from hamsafar.events.files.bulk import bulk_select
from hamsafar.events.queries import event_store
from hamsafar.events.signals import events_changed
from hamsafar.events.store import REJECTED_SCHEMA, Appended, WorkspaceEvents
from hamsafar.jobs.actions import Handle, job


@job("import", queue="long")
def run_import(handle: Handle) -> None:
    """Reads a file into the store; killed and run again, it goes on where its last commit was.

    Whatever stops it for good leaves the events as they were before.
    """
    import_id = handle.params["import_id"]
    events = event_store(handle.workspace_id)
    appended = events.finished(import_id)
    if appended is None:
        actions.discard_abandoned(handle.workspace_id)
        try:
            appended = _take_in(handle, actions.import_work(handle.workspace_id, import_id), events)
        except Exception:
            events.undo_import(import_id)
            raise
    actions.note_finished(import_id, appended, events.rejected_counts(import_id))
    events_changed.send_robust(run_import, workspace_id=handle.workspace_id)


def _take_in(handle: Handle, work: actions.ImportWork, events: WorkspaceEvents) -> Appended:
    resume_point = events.resume_point(work.import_id)
    if resume_point is None:
        bulk = bulk_select(work.path, work.mapping)
        if bulk is not None:
            sql, params = bulk
            size = work.path.stat().st_size

            def told(share_done: float) -> None:
                handle.progress(round(share_done * size), size)

            return events.append_from_sql(sql, params, import_id=work.import_id, watch=told)
    unreadable = sum(reason.count for reason in events.rejected_counts(work.import_id))
    for batch in read_batches(work.path, work.mapping, start_row=resume_point or 0):
        events.stage(
            batch.table,
            import_id=work.import_id,
            resume_point=batch.next_row,
            rejected=_rejected_table(batch.rejected),
        )
        unreadable += len(batch.rejected)
        actions.note_rows(work.import_id, read=batch.next_row, rejected=unreadable)
        handle.progress(batch.bytes_done, batch.bytes_total)
    return events.finish_import(work.import_id, watch=lambda _: handle.check_cancelled())


def _rejected_table(rejected: list[Rejected]) -> pa.Table:
    return pa.table(
        {name: [getattr(row, name) for row in rejected] for name in REJECTED_SCHEMA.names},
        schema=REJECTED_SCHEMA,
    )
