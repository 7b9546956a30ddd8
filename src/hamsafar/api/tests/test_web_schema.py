"""The web app's types are made from this API's document; the copy it is made from must be the present one."""

from __future__ import annotations

import json
from pathlib import Path

from hamsafar.api.main import api

CHECKOUT = Path(__file__).resolve().parents[4]


def test_the_web_app_knows_the_present_api() -> None:
    kept = json.loads((CHECKOUT / "web" / "openapi.json").read_text("utf-8"))
    present = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))

    assert kept == present, "run: hamsafar openapi > web/openapi.json && npm --prefix web run api"
