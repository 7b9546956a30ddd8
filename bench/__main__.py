"""``python -m bench --scale 20e6``: the engine and its peers, the measured map, imports, the map board, live rooms."""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import board, child, imports, measure, peers, real, report, spark
from bench.paths import write_parquet
from bench.rooms.__main__ import SCENARIOS
from hamsafar.journeys.parts import thread_count

FOLDER = Path(__file__).parent / "results"
SIZES = (2_000_000, 20_000_000, 200_000_000, 1_000_000_000)
STEPS = ["visit", "cart_add", "checkout", "payment", "order_paid"]
LARGEST_MEASURED = 20_000_000  # the measured map and the comparison of imports go up to here


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--scale", type=float, default=20e6, help="the largest number of synthetic events")
    parser.add_argument(
        "--only", action="store_true", help="this size only, without the smaller ones and real files"
    )
    parser.add_argument(
        "--folder", type=Path, default=FOLDER, help="where events, stores and results are kept"
    )
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    scale = int(given.scale)
    sizes = [scale] if given.only else [*(size for size in SIZES if size < scale), scale]
    found: dict[str, Any] = {
        "machine": machine(),
        "began_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    results = given.folder / f"bench-{scale}.json"
    print(" · ".join(f"{key} {value}" for key, value in found["machine"].items()), end="\n\n", flush=True)

    def tell(title: str, measured: dict[str, Any], text: str) -> None:
        found[title] = measured
        results.write_text(json.dumps(found, indent=1, ensure_ascii=False))
        print(text, end="\n\n", flush=True)

    if not given.only:
        for title, file in real.files(given.folder).items():
            measured = dataset(file, given.folder, None)
            tell(title, measured, report.dataset(title, measured, thread_count()))
    for size in sizes:
        file = write_parquet(given.folder / f"paths-{size}.parquet", size)
        measured = dataset(file, given.folder, size)
        tell(f"synthetic {size}", measured, report.dataset(f"synthetic {size:,}", measured, thread_count()))
    size = min(scale, LARGEST_MEASURED)
    for name, benchmark in (("measured map", measure), ("imports", imports), ("spark", spark)):
        times = benchmark.run(given.folder, size)
        tell(name, vars(times), benchmark.report(times))
    for locale in ("fa-IR", "en-GB"):
        drawn = board.run(locale)
        tell(f"map board {locale}", asdict(drawn), board.report(drawn))
    for name, (scenario, told) in SCENARIOS.items():
        lived = scenario()
        tell(f"live rooms {name}", lived, told(lived))
    print(f"all figures: {results}")


def dataset(file: Path, folder: Path, events: int | None) -> dict[str, Any]:
    """Every step on one file; peers up to the size they can bear."""
    names = STEPS if events else child.run("names", file, folder)["names"]
    warm(file)
    found: dict[str, Any] = {step: child.run(step, file, folder) for step in ("build", "store")}
    found["ask"] = child.run("ask", file, folder, names)
    found["peers"] = {name: _peer(name, file, folder, names, events or 0) for name in peers.PEERS}
    return found


def _peer(name: str, file: Path, folder: Path, names: list[str], events: int) -> dict[str, Any]:
    if events > peers.LARGEST[name]:
        return {"skipped": f"not asked above {peers.LARGEST[name]:,} events"}
    python = os.environ.get(f"HAMSAFAR_BENCH_{name.upper()}")
    answer = child.run(f"peer:{name}", file, folder, names, python)
    if "failed" in answer:
        answer["failed"] += "; is it installed? (its own message is above)"
    return answer


def warm(file: Path) -> None:
    """Read a file once, so that all of them read it from the file system's cache (as far as it fits)."""
    with file.open("rb") as content:
        while content.read(1 << 24):
            pass


def machine() -> dict[str, Any]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return {
        "threads": thread_count(),
        "memory": f"{memory / 2**30:.0f} GiB",
        "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else 0,
        "Python": platform.python_version(),
        "system": platform.platform(),
    }


if __name__ == "__main__":
    main()
