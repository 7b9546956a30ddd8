"""Reads: what a new map may begin from."""

from __future__ import annotations

from hamsafar.lib.persian import sort_key
from hamsafar.maps import document, templates
from hamsafar.maps.document import Exchange
from hamsafar.maps.models import OwnTemplate
from hamsafar.maps.templates import Template


def own_templates(workspace_id: str, language: str | None = None) -> list[Template]:
    """The workspace's own templates by name, as the ready ones are offered; their group is ``own``."""
    rows = OwnTemplate.objects.filter(workspace_id=workspace_id)
    shown = [row for row in rows if language in (None, row.language)]
    return [
        Template(
            id=row.id,
            group="own",
            language=row.language,
            title=row.name,
            description=row.description,
            stages=[stage["name"] for stage in row.document["stages"]],
            lanes=[lane.get("name", "") for lane in row.document["lanes"]],
        )
        for row in sorted(shown, key=lambda row: (sort_key(row.name), row.id))
    ]


def template_document(workspace_id: str, template: str, language: str) -> Exchange:
    """The map of a ready template in a language, or of one of the workspace's own. Raises TemplateNotFound."""
    own = OwnTemplate.objects.filter(workspace_id=workspace_id, id=template).first()
    if own is None:
        return templates.exchange(template, language)
    # Lists that a later version of the format added are empty.
    return document.check(own.document)
