"""Reads: saved views that a member may see, which are those shared and those of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hamsafar.lib.paging import Page, page_of
from hamsafar.lib.persian import search_key, sort_key
from hamsafar.paths.errors import ViewNotFound
from hamsafar.paths.models import SavedView


@dataclass(frozen=True)
class ViewOfPaths:
    """A saved view; ``mine``: the reader made it; ``owner_name`` is None when that account is gone."""

    id: str
    name: str
    question: str
    request: dict[str, Any]
    address: str
    shared: bool
    mine: bool
    owner_name: str | None
    updated_at: datetime


def views_page(
    workspace_id: str, user_id: str, *, search: str, question: str | None, cursor: str | None, limit: int
) -> Page[ViewOfPaths]:
    """By name; ``search`` in the name, as ``lib.persian.search_key`` compares."""
    rows = _seen_by(workspace_id, user_id).filter(name_search__contains=search_key(search))
    if question:
        rows = rows.filter(question=question)
    views = [_view(row, user_id) for row in rows]
    return page_of(views, lambda view: (sort_key(view.name), view.id), cursor, limit)


def view(workspace_id: str, user_id: str, view_id: str) -> ViewOfPaths:
    """Raises ``ViewNotFound``, also for somebody else's own view."""
    row = _seen_by(workspace_id, user_id).filter(id=view_id).first()
    if row is None:
        raise ViewNotFound()
    return _view(row, user_id)


def _seen_by(workspace_id: str, user_id: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(
        Q(shared=True) | Q(owner_id=user_id), workspace_id=workspace_id
    ).select_related("owner")


def _view(row: SavedView, user_id: str) -> ViewOfPaths:
    return ViewOfPaths(
        id=row.id,
        name=row.name,
        question=row.question,
        request=row.request,
        address=row.address,
        shared=row.shared,
        mine=row.owner_id == user_id,
        owner_name=row.owner.name if row.owner else None,
        updated_at=row.updated_at,
    )
