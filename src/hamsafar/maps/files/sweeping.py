"""Files that nothing names any more: found, waited for, removed.

A file is named by maps (those in the bin too), by their versions and by templates. What is stored there is searched
for the ids as it lies: documents keep an id as its plain letters, so nothing has to be opened, and what once stood
in a map's updates counts until they are made one. Too much is kept rather than too little.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit, lock_workspace
from hamsafar.maps.files import keeping
from hamsafar.maps.models import MapFile, MapSnapshot, MapUpdate, MapVersion, OwnTemplate

# So long nothing has named a file before it goes: as long as the bin, and longer than anybody's undo.
GRACE = timedelta(days=30)
# Overlapping: letters before an id do not hide it.
_ID = re.compile(rb"(?=([0-9A-Z]{26}))")


def sweep(workspace_id: str, now: datetime | None = None) -> int:
    """Marks what nothing names, unmarks what something names again, removes what was marked for ``GRACE``.

    Returns how many files went. Stopped anywhere and run again it does the rest: a row goes before its content, and
    contents without a row go at the end.
    """
    now = now or timezone.now()
    rows = MapFile.objects.filter(workspace_id=workspace_id)
    unused = _unused(workspace_id, set(rows.values_list("id", flat=True)))
    for ids in _lots(sorted(set(rows.exclude(unused_since=None).values_list("id", flat=True)) - unused)):
        rows.filter(id__in=ids).update(unused_since=None)
    for ids in _lots(sorted(unused)):
        # A file that came while the others were looked at is not among these.
        rows.filter(id__in=ids, unused_since=None).update(unused_since=now)
    gone = 0
    for ids in _lots(sorted(unused)):
        with transaction.atomic():
            lock_workspace(workspace_id)
            # Whoever uploads the same again unmarks it under the same lock.
            due = rows.filter(id__in=ids, unused_since__lte=now - GRACE)
            names = sorted(due.values_list("name", flat=True))
            if names:
                due.delete()
                audit(workspace_id, None, "sweep_files", count=len(names), names=names[:20])
                gone += len(names)
    _drop_contents(workspace_id)
    return gone


def _unused(workspace_id: str, ids: set[str]) -> set[str]:
    """The newest things first: most files are found there, and then nothing else is read."""
    missing = {one.encode() for one in ids}
    for data in _stored(workspace_id):
        if not missing:
            break
        missing.difference_update(_ID.findall(data))
    return {one.decode() for one in missing}


def _stored(workspace_id: str) -> Iterator[bytes]:
    for state in (
        MapSnapshot.objects.filter(map__workspace_id=workspace_id)
        .values_list("state", flat=True)
        .iterator(50)
    ):
        yield bytes(state)
    updates = MapUpdate.objects.filter(map__workspace_id=workspace_id).values_list("update", flat=True)
    for update in updates.iterator(500):
        yield bytes(update)
    versions = MapVersion.objects.filter(map__workspace_id=workspace_id).order_by("-at")
    for packed in versions.values_list("document", flat=True).iterator(20):
        yield zlib.decompress(bytes(packed))
    templates = OwnTemplate.objects.filter(workspace_id=workspace_id)
    for document in templates.values_list("document", flat=True).iterator(20):
        yield json.dumps(document).encode()


def _drop_contents(workspace_id: str) -> None:
    """Contents on the disk that no row names: of rows that have just gone, and of uploads that were cut off."""
    kept = set(MapFile.objects.filter(workspace_id=workspace_id).values_list("digest", flat=True))
    keeping.drop_unfinished(workspace_id)
    for digest in keeping.digests(workspace_id) - kept:
        with transaction.atomic():
            # An upload stores its row under this lock, and looks there again whether the content lies in its place.
            lock_workspace(workspace_id)
            if not MapFile.objects.filter(workspace_id=workspace_id, digest=digest).exists():
                keeping.forget(workspace_id, digest)


def _lots(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]
