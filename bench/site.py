"""A server of its own with an owner, and a browser, for what is measured from a screen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@contextmanager
def signed_in(data: Path, locale: str, width: int = 1366, height: int = 768) -> Iterator[tuple[str, Page]]:
    """An address, and a page in it where the owner of a new server is signed in; both are gone after."""
    environment = {**os.environ, "HAMSAFAR_DATA": str(data), "PYTHONPATH": str(ROOT / "src")}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "hamsafar.cli.main"]

    def run(*arguments: str) -> str:
        return subprocess.run(
            [*command, *arguments], env=environment, check=True, capture_output=True, text=True
        ).stdout

    run("createowner", "--name", "Sara", "--email", "sara@example.org", "--password", "a-long-way-together")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environment)
    try:
        _wait(server, address)
        with sync_playwright() as playwright:
            executable = os.environ.get("HAMSAFAR_CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
            page = browser.new_page(locale=locale, viewport={"width": width, "height": height})
            page.set_default_timeout(120_000)
            page.goto(run("link", "--address", address).strip())
            page.wait_for_url("**/w/*/maps")
            yield address, page
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/api/session", timeout=5)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
