"""``python -m bench.child STEP FILE FOLDER [NAMES]``: one step, its result as JSON, its memory and its time."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

_MARK = "\x1e"


def run(
    step: str, file: Path, folder: Path, names: list[str] | None = None, python: str | None = None
) -> dict[str, Any]:
    """Run a step in a process of its own; ``{"failed": why}`` when it does not end well."""
    command = [
        python or sys.executable,
        "-m",
        "bench.child",
        step,
        str(file),
        str(folder),
        json.dumps(names or []),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    answer = done.stdout.rpartition(_MARK)[2]
    if done.returncode or not answer:
        return {"failed": f"ended with {done.returncode}"}
    return json.loads(answer)  # type: ignore[no-any-return]


def main() -> None:
    step, file, folder, names = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), json.loads(sys.argv[4])
    begun = time.perf_counter()
    answer = _work(step, file, folder, names)
    answer["peak_bytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    answer["whole_seconds"] = time.perf_counter() - begun
    print(_MARK + json.dumps(answer))


def _work(step: str, file: Path, folder: Path, names: list[str]) -> dict[str, Any]:
    if step.startswith("peer:"):
        from bench import peers

        return peers.PEERS[step.removeprefix("peer:")](file, names)
    from bench import engine

    if step == "ask":
        return engine.ask(file, folder, names)
    return {"build": engine.build, "store": engine.store, "names": engine.names_of}[step](file, folder)


if __name__ == "__main__":
    main()
