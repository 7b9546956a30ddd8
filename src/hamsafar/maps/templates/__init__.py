"""Ready maps to begin with: one JSON file for a template and a language.

Stage models and kinds of map are outlines; trades are filled with the cards of a typical map, to learn from and to
write over.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import TemplateNotFound

# In the order they are offered.
GROUPS = {
    "stages": (
        "awareness_to_loyalty",
        "awareness_to_support",
        "onboarding_and_use",
        "retention_and_advocacy",
        "before_during_after",
        "need_to_loyalty",
    ),
    "kinds": ("service_blueprint", "day_in_the_life"),
    "trades": (
        "online_shop",
        "software_service",
        "bank",
        "clinic",
        "cafe",
        "travel",
        "school",
        "insurance",
    ),
}
TEMPLATES = tuple(template for group in GROUPS.values() for template in group)
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    """A template as it is offered: ``stages`` and ``lanes`` are names, in order; ``group`` as in ``GROUPS``."""

    id: str
    group: str
    language: str
    title: str
    description: str
    stages: list[str]
    lanes: list[str]


@cache
def _read(template: str, language: str) -> Exchange:
    exchange: Exchange = json.loads((_FOLDER / f"{template}.{language}.json").read_text(encoding="utf-8"))
    return exchange


def exchange(template: str, language: str) -> Exchange:
    """The template's map, to be changed at will. Raises TemplateNotFound."""
    if template not in TEMPLATES or language not in ("fa", "en"):
        raise TemplateNotFound(template=template[:60])
    return copy.deepcopy(_read(template, language))


def list_templates(language: str | None = None) -> list[Template]:
    """All templates, or those of one language."""
    found = [
        (template, group, one, _read(template, one))
        for group, templates in GROUPS.items()
        for template in templates
        for one in ("fa", "en")
        if language in (None, one)
    ]
    return [
        Template(
            id=template,
            group=group,
            language=one,
            title=read["title"],
            description=read["description"],
            stages=[stage["name"] for stage in read["stages"]],
            lanes=[lane["name"] for lane in read["lanes"]],
        )
        for template, group, one, read in found
    ]
