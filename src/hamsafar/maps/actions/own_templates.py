"""A workspace's own templates: maps to begin others from."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hamsafar.accounts.actions import audit
from hamsafar.accounts.policies import Membership
from hamsafar.maps import document, queries
from hamsafar.maps.actions.library import LibraryInvalid
from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import TemplateNotFound
from hamsafar.maps.faults import Fault
from hamsafar.maps.fields import LONG, NAME
from hamsafar.maps.models import OwnTemplate
from hamsafar.maps.shape import Faults, Object

MOST_TEMPLATES = 200  # of one workspace
_TEMPLATE = Object({"name": NAME, "description": LONG}, required=("name",))
# What is true of one map only.
_OF_THE_MAP = ("id", "status", "owner", "review_on", "review_off", "current_map", "research")
_OF_THE_CARD = ("evidence", "files")


def save_template(member: Membership, map_id: str, fields: dict[str, Any]) -> str:
    """Keeps a map as it is now as a template: ``name``, and ``description`` if there is more to say.

    What is true of that map only stays behind: its state, review and research, evidence, files, targets,
    detailed maps, and owners who are members (teams stay).
    """
    faults: Faults = []
    clean = _TEMPLATE.check(fields, "", faults)
    if faults:
        raise LibraryInvalid(faults)
    kept = document.check(_as_template(queries.exchange_document(map_id, member.workspace_id), clean["name"]))
    with transaction.atomic():
        if OwnTemplate.objects.filter(workspace_id=member.workspace_id).count() >= MOST_TEMPLATES:
            found = {"limit": MOST_TEMPLATES, "found": MOST_TEMPLATES + 1}
            raise LibraryInvalid([Fault("", "too_many", found)])
        made = OwnTemplate.objects.create(
            workspace_id=member.workspace_id,
            name=clean["name"],
            description=clean.get("description", ""),
            language=kept["language"],
            document=kept,
            created_by_id=member.user_id,
        )
        audit(member.workspace_id, member.user_id, "save_template", made.id, name=made.name)
    return made.id


def delete_template(member: Membership, template_id: str) -> None:
    """Maps that were made from it stay as they are. Raises TemplateNotFound."""
    with transaction.atomic():
        found = OwnTemplate.objects.filter(workspace_id=member.workspace_id, id=template_id).first()
        if found is None:
            raise TemplateNotFound(template=template_id[:60])
        audit(member.workspace_id, member.user_id, "delete_template", found.id, name=found.name)
        found.delete()


def _as_template(exchange: Exchange, title: str) -> Exchange:
    kept = {name: value for name, value in exchange.items() if name not in _OF_THE_MAP}
    return {
        **kept,
        "title": title,
        "stages": [_without_member(_without(stage, ("detail_map",))) for stage in exchange["stages"]],
        "cards": [_without_member(_without(card, _OF_THE_CARD)) for card in exchange["cards"]],
        "targets": [],
    }


def _without(entry: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in fields}


def _without_member(entry: dict[str, Any]) -> dict[str, Any]:
    return _without(entry, ("owner",)) if entry.get("owner", {}).get("kind") == "member" else entry
