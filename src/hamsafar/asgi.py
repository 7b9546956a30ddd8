"""The server: HTTP by Django, live maps by websocket, and what starts and stops with the process."""

from __future__ import annotations

import os
import warnings
from typing import Any

# WhiteNoise hands Django files to read; under ASGI Django reads them whole in a thread, and would say so each time.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")

from django.core.asgi import get_asgi_application

django_app = get_asgi_application()

from hamsafar.api.lifespan import lifespan  # needs the app registry
from hamsafar.api.limits import limit_bodies
from hamsafar.maps.socket import application as sockets

http = limit_bodies(django_app)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Sends each kind of connection where it belongs."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "websocket":
        await sockets(scope, receive, send)
    else:
        await http(scope, receive, send)
