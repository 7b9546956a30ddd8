"""Working through the server that has the events open: signed in by a one-time link, over its own HTTP API."""

from __future__ import annotations

import http.cookiejar
import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hamsafar.lib.errors import BadInput, HamsafarError

_PIECE = 1024 * 1024


class ServerUnreachable(BadInput):
    code = "server_unreachable"
    en = "Another process has the events open, but no server answers at {address}: {reason}"
    fa = "رویدادها در پردازش دیگری باز است، اما سروری در {address} پاسخ نمی‌دهد: {reason}"


class Refused(HamsafarError):
    """What the server answered, in its own words."""

    code = "refused"
    en = "{detail}"
    fa = "{detail}"


class Server:
    """The server's API, as the user whom the link signs in."""

    def __init__(self, address: str, link_token: str) -> None:
        self._address = address
        self._cookies = http.cookiejar.CookieJar()
        # No proxy: the server is on this machine.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._cookies), _NoRedirect()
        )
        self._send(f"/link/{link_token}")

    def get(self, path: str) -> Any:
        return json.loads(self._send(path))

    def get_bytes(self, path: str) -> bytes:
        return self._send(path)

    def post(self, path: str, body: Any = None) -> Any:
        data = json.dumps(body or {}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token()}
        return json.loads(self._send(path, data, headers))

    def upload(self, path: str, file: Path, filename: str) -> Any:
        """Send a file as a form's field ``file``, piece by piece."""
        boundary = secrets.token_hex(16)
        name = filename.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        tail = f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(len(head) + file.stat().st_size + len(tail)),
            "X-CSRFToken": self._token(),
        }

        def pieces() -> Iterator[bytes]:
            yield head
            with file.open("rb") as source:
                while piece := source.read(_PIECE):
                    yield piece
            yield tail

        return json.loads(self._send(path, pieces(), headers))

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self._cookies if cookie.name == "csrftoken"), "")

    def _send(self, path: str, data: bytes | Iterable[bytes] | None = None, headers: Any = None) -> bytes:
        # The address is the one our own server wrote down.
        request = urllib.request.Request(self._address + path, data, headers or {})  # noqa: S310
        try:
            with self._opener.open(request) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            if error.code == 302:
                return b""
            raise Refused(detail=_detail(error.read(), error.code)) from error
        except urllib.error.URLError as error:
            raise ServerUnreachable(address=self._address, reason=error.reason) from error


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The page after signing in is of no use here."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _detail(body: bytes, status: int) -> str:
    try:
        return str(json.loads(body)["detail"])
    except (ValueError, KeyError):
        return f"HTTP {status}"
