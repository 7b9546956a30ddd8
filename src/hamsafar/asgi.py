"""The server: HTTP by Django, live maps by websocket, and what starts and stops with the process."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")

from django.core.asgi import get_asgi_application

django_app = get_asgi_application()

from hamsafar.api.lifespan import lifespan  # needs the app registry


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Sends each kind of connection where it belongs."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    else:
        await django_app(scope, receive, send)
