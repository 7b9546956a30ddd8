"""Runs npm in web/ with the Node that the build uses, its output as it comes: `npm.py run check`, `npm.py test`."""

from __future__ import annotations

import shutil
import subprocess
import sys

from build_web import WEB, environment

if __name__ == "__main__":
    env = environment()
    command = [shutil.which("npm", path=env["PATH"]) or "npm", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=WEB, env=env, check=False).returncode)
