"""The web app's types are made from this API's document; the copy it is made from must be the present one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, TypeAdapter

from hamsafar.api.main import api

CHECKOUT = Path(__file__).resolve().parents[4]


def test_the_web_app_knows_the_present_api() -> None:
    kept = json.loads((CHECKOUT / "web" / "openapi.json").read_text("utf-8"))
    present = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))

    assert kept == present, "run: hamsafar openapi > web/openapi.json && npm --prefix web run api"


def test_no_two_shapes_share_a_name() -> None:
    """The document keeps one shape per name; a second one would silently take its place."""
    shapes: dict[str, dict[str, str]] = {}
    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for model in (*operation.models, *operation.response_models.values()):
                    for kind in _named(model):
                        shape = json.dumps(TypeAdapter(kind).json_schema(), sort_keys=True, default=str)
                        shapes.setdefault(kind.__name__, {})[shape] = kind.__module__
    assert {name: sorted(found.values()) for name, found in shapes.items() if len(found) > 1} == {}


def _named(kind: Any) -> Iterator[Any]:
    """The models and dataclasses that an annotation is made of, whatever they are wrapped in."""
    for inner in get_args(kind):
        yield from _named(inner)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind.__module__.startswith("hamsafar."):  # not ninja's wrappers of bodies and answers
            yield kind
        for field in kind.model_fields.values():
            yield from _named(field.annotation)
    elif isinstance(kind, type) and is_dataclass(kind):
        yield kind
        for annotation in get_type_hints(kind).values():
            yield from _named(annotation)
