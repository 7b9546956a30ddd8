"""Ready maps to begin with: one JSON file for a model and a language."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hamsafar.maps.document import Exchange
from hamsafar.maps.errors import TemplateNotFound

# In the order they are offered.
TEMPLATES = (
    "awareness_to_loyalty",
    "awareness_to_support",
    "onboarding_and_use",
    "retention_and_advocacy",
    "before_during_after",
    "need_to_loyalty",
    "service_blueprint",
    "day_in_the_life",
)
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Template:
    """A template as it is offered: ``stages`` and ``lanes`` are names, in order."""

    id: str
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
        (template, one, _read(template, one))
        for template in TEMPLATES
        for one in ("fa", "en")
        if language in (None, one)
    ]
    return [
        Template(
            id=template,
            language=one,
            title=read["title"],
            description=read["description"],
            stages=[stage["name"] for stage in read["stages"]],
            lanes=[lane["name"] for lane in read["lanes"]],
        )
        for template, one, read in found
    ]
