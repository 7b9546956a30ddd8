"""Writes ``docs/schema/hamsafar-map-1.json`` from the fields:  python -m hamsafar.maps.json_schema FILE"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hamsafar.maps.fields import FORMAT, MAP
from hamsafar.maps.shape import JsonSchema


def json_schema() -> JsonSchema:
    """The JSON Schema (2020-12) of a map file. References and unique ids are checked beyond it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": FORMAT,
        "title": "Hamsafar map",
        "description": (
            "A designed customer journey. Ids are unique in their list (an emotion: by persona, stage "
            "and step); references name an entry of the list in their description. null for an optional "
            "field is the same as leaving it out."
        ),
        **MAP.schema(),
    }


def text() -> str:
    """The file's content."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
