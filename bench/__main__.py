"""``python -m bench --scale 20e6``: every benchmark with its peers in the same run."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import engine, imports, measure

FOLDER = Path(__file__).parent / "results"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--scale", type=float, default=2e6, help="number of synthetic events (default 2e6)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the events are written and kept")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for benchmark in (engine, measure, imports):
        print(benchmark.report(benchmark.run(given.folder, int(given.scale))), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
