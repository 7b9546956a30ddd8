"""Finds Chromium for the browser tests; as root on Debian it installs the system package.

Prints the path of the executable, or ends with a line that says what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    named = os.environ.get("HAMSAFAR_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    if not find() and os.geteuid() == 0 and (apt := shutil.which("apt-get")):
        quiet = {"stdout": subprocess.DEVNULL, "check": False}
        subprocess.run([apt, "update"], **quiet)
        subprocess.run([apt, "install", "-y", "--no-install-recommends", "chromium"], **quiet)
    path = find()
    if path is None:
        sys.exit(
            "The browser tests need Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium) "
            "or name it: HAMSAFAR_CHROMIUM=/path/to/chrome"
        )
    print(path)


if __name__ == "__main__":
    main()
