"""The sample's maps and personas, as files in both languages."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from hamsafar.demo.words import Language

MAPS = ("purchase", "service")


def map_document(name: str, language: Language) -> dict[str, Any]:
    """One of ``MAPS`` as a ``hamsafar-map/1`` document."""
    document: dict[str, Any] = json.loads(_text(f"{name}.{language}.json"))
    return document


def personas(language: Language) -> list[dict[str, Any]]:
    """The three personas, each with its name and profile fields."""
    fields: list[dict[str, Any]] = json.loads(_text(f"personas.{language}.json"))
    return fields


def _text(name: str) -> str:
    return (resources.files("hamsafar.demo") / "maps" / name).read_text(encoding="utf-8")
