"""Writes: choosing a style and taking in logos. Permission has been checked by the caller."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps.models import Logo, WorkspaceStyle
from hamsafar.maps.style import logos, queries
from hamsafar.maps.style.errors import LogoNotFound

# Of one workspace, besides the chosen one: as far as changes can be taken back.
MOST_LOGOS = 8


def add_logo(member: Membership, name: str, data: bytes) -> queries.LogoView:
    """Keeps a logo to be chosen by ``set_style``. Raises the errors of ``logos.make``."""
    made = logos.make(name, data)
    with transaction.atomic():
        row = Logo.objects.create(
            workspace_id=member.workspace_id,
            media=made.media,
            data=made.data,
            width=made.width,
            height=made.height,
            lost_on=made.lost_on,
            created_by_id=member.user_id,
        )
        others = Logo.objects.filter(workspace_id=member.workspace_id, workspacestyle=None)
        newest = others.order_by("-created_at", "-id").values_list("id", flat=True)[:MOST_LOGOS]
        others.exclude(id__in=list(newest)).delete()
        audit(member.workspace_id, member.user_id, "add_logo", row.id)
    return queries.logo_view(row)


def set_style(member: Membership, fields: dict[str, Any]) -> None:
    """Changes the given fields of ``queries.STYLE``; None or an empty one is the product's own.

    Raises StyleInvalid and LogoNotFound.
    """
    clean = queries.checked(fields)
    with transaction.atomic():
        row, _ = WorkspaceStyle.objects.select_for_update().get_or_create(workspace_id=member.workspace_id)
        if "logo" in clean:
            logo_id = clean["logo"]
            own = Logo.objects.filter(workspace_id=member.workspace_id, id=logo_id)
            if logo_id is not None and not own.exists():
                raise LogoNotFound()
            row.logo_id = logo_id
        if "accent" in clean:
            row.accent = clean["accent"] or ""
        if "palette" in clean:
            row.palette = clean["palette"] or []
        if "text" in clean:
            row.text = clean["text"] or "normal"
        row.updated_at, row.updated_by_id = timezone.now(), member.user_id
        row.save()
        told = {name: value for name, value in clean.items() if name != "logo"}
        audit(member.workspace_id, member.user_id, "set_style", clean.get("logo") or "", **told)
