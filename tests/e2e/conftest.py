"""A real server with its own data, and a real browser."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
expect.set_options(timeout=20_000)  # a new machine compiles the kernels first
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Site:
    """A running server: where it listens and where its data are."""

    address: str
    data: Path

    def hamsafar(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "hamsafar.cli.main", *arguments],
            env=environment(self.data),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def link(self) -> str:
        return self.hamsafar("link", "--address", self.address).strip()


def environment(data: Path) -> dict[str, str]:
    return {
        **{key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "LANG", "LC_ALL")},
        "HAMSAFAR_DATA": str(data),
        "PYTHONPATH": str(ROOT / "src"),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(data: Path) -> Iterator[Site]:
    """A server on a free port of the loopback, up when this yields and ended after."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "hamsafar.cli.main", "serve", "--port", str(port)],
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    site = Site(f"http://127.0.0.1:{port}", data)
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{site.address}/api/session", timeout=5)
            break
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert process.poll() is None, process.stdout and process.stdout.read()
            assert time.monotonic() < deadline, "the server did not come up within a minute"
            time.sleep(0.1)  # a poll of a process outside, not a guess at how long something takes
    try:
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with the sample workspaces."""
    data = tmp_path_factory.mktemp("sample")
    Site("", data).hamsafar("demo")
    yield from serve(data)


@pytest.fixture
def empty_site() -> Iterator[Site]:
    """A server that nobody has set up."""
    with tempfile.TemporaryDirectory(prefix="hamsafar-e2e-") as folder:
        yield from serve(Path(folder))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        executable = os.environ.get("HAMSAFAR_CHROMIUM", "/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """``new_page(locale="fa-IR", width=1366, dark=False, touch=False)``: a fresh browser profile.

    A page that throws, or answers with a server error, fails its test.
    """
    contexts, faults = [], []

    def make(
        locale: str = "en-GB",
        width: int = 1366,
        height: int = 768,
        dark: bool = False,
        timezone: str = "UTC",
        touch: bool = False,
    ) -> Page:
        context = browser.new_context(
            locale=locale,
            timezone_id=timezone,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "response",
            lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def axe_violations(page: Page) -> list[str]:
    """What axe finds at WCAG 2.2 AA: rule, and the first element of each."""
    page.evaluate(AXE.read_text())  # not a script tag: the page forbids inline scripts
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {{runOnly: {{type: 'tag', values: {tags}}}}})")
    return [
        f"{violation['id']}: {violation['nodes'][0]['html'][:160]} ({len(violation['nodes'])})"
        for violation in found["violations"]
    ]


def latin(text: str) -> str:
    """Digits of any script as 0-9, to compare what a Persian screen shows."""
    return re.sub(r"[۰-۹]", lambda digit: str(ord(digit[0]) - ord("۰")), text)


def sign_in(page: Page, site: Site, language: str) -> None:
    """Signs in as the local owner, who then reads ``language``, and goes to the list of maps."""
    page.goto(site.link())
    page.wait_for_url("**/w/*/maps")
    page.evaluate(
        """async (language) => {
            const token = document.cookie.match(/csrftoken=([^;]+)/)[1]
            localStorage.clear()
            await fetch('/api/me', {method: 'PATCH', body: JSON.stringify({language}),
                headers: {'Content-Type': 'application/json', 'X-CSRFToken': token}})
        }""",
        language,
    )
    page.goto(site.address)
    page.wait_for_url("**/w/*/maps")
