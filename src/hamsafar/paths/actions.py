"""Writes: saved views. Permission is already checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from hamsafar.lib.persian import normalise
from hamsafar.paths import errors
from hamsafar.paths.models import LONGEST_NAME, SavedView
from hamsafar.paths.questions import QUESTIONS

LONGEST_REQUEST = 20_000  # letters of JSON


def save_view(
    workspace_id: str,
    owner_id: str,
    *,
    name: str,
    question: str,
    request: Mapping[str, Any],
    address: str = "",
    shared: bool = False,
) -> str:
    """A new view; returns its id.

    Raises ``QuestionUnknown``, ``ViewUnreadable`` (the request is none of the question), ``ViewTooLarge``,
    ``ViewNameMissing`` and ``ViewNameTaken``: names are unique among what is shared, and among what is one's own.
    """
    view = SavedView(
        workspace_id=workspace_id,
        owner_id=owner_id,
        name=_clean_name(name),
        question=question,
        request=clean_request(question, request),
        address=_clean_address(address),
        shared=shared,
    )
    _write(view)
    return view.id


def change_view(view_id: str, fields: Mapping[str, Any]) -> None:
    """Sets those of ``name``, ``request``, ``address`` and ``shared`` that are given; raises as ``save_view``."""
    with transaction.atomic():
        view = SavedView.objects.select_for_update().filter(id=view_id).first()
        if view is None:
            raise errors.ViewNotFound()
        if "name" in fields:
            view.name = _clean_name(fields["name"])
        if "request" in fields:
            view.request = clean_request(view.question, fields["request"])
        if "address" in fields:
            view.address = _clean_address(fields["address"])
        if "shared" in fields:
            view.shared = fields["shared"]
        view.updated_at = timezone.now()
        _write(view)


def delete_view(view_id: str) -> None:
    SavedView.objects.filter(id=view_id).delete()


def clean_request(question: str, request: Mapping[str, Any]) -> dict[str, Any]:
    """A request as the question's schema reads it, with what was said and nothing else."""
    asked = QUESTIONS.get(question)
    if asked is None:
        raise errors.QuestionUnknown(question=question[:40], known=", ".join(QUESTIONS))
    if len(json.dumps(request, ensure_ascii=False, default=str)) > LONGEST_REQUEST:
        raise errors.ViewTooLarge(most=LONGEST_REQUEST)
    try:
        read = asked.body.model_validate(request)
    except ValidationError as problem:
        found = [
            {
                "field": ".".join(["request", *(str(part) for part in one["loc"])]),
                "code": one["type"],
                "detail": one["msg"],
            }
            for one in problem.errors()
        ]
        raise errors.ViewUnreadable(question=question, found=found) from None
    clean: dict[str, Any] = read.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return clean


def _clean_name(name: str) -> str:
    clean = normalise(name).strip()
    if not 1 <= len(clean) <= LONGEST_NAME:
        raise errors.ViewNameMissing(most=LONGEST_NAME)
    return clean


def _clean_address(address: str) -> str:
    if len(address) > LONGEST_REQUEST:
        raise errors.ViewTooLarge(most=LONGEST_REQUEST)
    return address.removeprefix("?")


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as problem:
        raise errors.ViewNameTaken(name=view.name) from problem
