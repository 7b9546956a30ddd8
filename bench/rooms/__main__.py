"""``python -m bench.rooms``: the live rooms alone, all three scenarios or those that are named."""

from __future__ import annotations

import argparse
import os

from bench.rooms import report, scenarios

SCENARIOS = {
    "one-map": (scenarios.one_map, report.one_map),
    "many-maps": (scenarios.many_maps, report.many_maps),
    "an-hour": (scenarios.an_hour, report.an_hour),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rooms", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*SCENARIOS, []], help="which; all when none is named")
    given = parser.parse_args()
    for name in given.names or SCENARIOS:
        run, told = SCENARIOS[name]
        load = os.getloadavg()[0]
        print(f"{told(run())}\n  load of the machine when it began  {load:.1f}", end="\n\n", flush=True)


if __name__ == "__main__":
    main()
