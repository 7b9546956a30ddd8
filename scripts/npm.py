"""Runs npm in web/ with the Node that the build uses, its output as it comes: `npm.py run check`, `npm.py test`."""

from __future__ import annotations

import subprocess
import sys

from build_web import WEB, environment, npm_command

if __name__ == "__main__":
    env = environment()
    done = subprocess.run([*npm_command(env), *sys.argv[1:]], cwd=WEB, env=env, check=False)
    sys.exit(done.returncode)
