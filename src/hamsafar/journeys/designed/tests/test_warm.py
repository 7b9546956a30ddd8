from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CODE = """
import os, sys
from pathlib import Path
cache = Path(os.environ["XDG_CACHE_HOME"])
from hamsafar.journeys import PathIndex
from hamsafar.journeys import warm as warming
from hamsafar.journeys.warm import warm as warm_questions
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import measure
from hamsafar.journeys.designed.who import who
from hamsafar.journeys.designed.warm import warm as warm_measurement

warming._NAMES = (3, 60)  # wider codes would compile all of it once more
warm_questions(); warm_measurement()
compiled = set(cache.rglob("*.nbc"))
assert compiled

day = 86_400_000_000
path = ["ad", "visit", "chat", "cart", "pay"] * 4
index = PathIndex.from_arrays(
    [f"p{p:02}" for p in range(30) for _ in path], path * 30, [n * day for n in range(len(path))] * 30,
    {"city": ["Qom", "Yazd"] * 300},
)
fails = {"target_seconds": 9, "failure": {"events": ["x"]}}
touchpoints = [{"id": n, "name": n, "matcher": {"events": [n]}, **fails} for n in ("ad", "visit", "cart", "pay")]
stages = [{"id": s, "name": s} for s in ("s1", "s2")]
cards = [{"id": n, "lane": "l", "stage": s, "text": n, "touchpoint": n, "need": "required"}
         for n, s in (("ad", "s1"), ("visit", "s1"), ("cart", "s2"), ("pay", "s2"))]
model = MapModel.from_dict({"format": "hamsafar-map/1", "title": "m", "kind": "current_state", "language": "en",
    "stages": stages, "lanes": [{"id": "l", "kind": "touchpoints"}], "cards": cards, "touchpoints": touchpoints})
measured = measure(index, model)
assert measured.ad_hoc
index.stages(model); index.deviations(model, persons=5)
who(index, model, {"kind": "stage", "stage": "s1", "bucket": "left"})
index.overview(); index.transitions(); index.variants(); index.funnel(["ad", "pay"], 86_400)
index.pattern("ad -> ... -> pay within 9d"); index.flow("cart"); index.retention("day"); index.survival("ad", "pay")
index.correlates("pay", properties=["city"]); index.attribution("pay", "city"); index.what_if("pay")
index.next_step("p01"); index.by_session().variants(); index.by_instance(column="city").transitions()
late = set(cache.rglob("*.nbc")) - compiled
sys.exit("compiled late: " + ", ".join(sorted(path.name for path in late)) if late else 0)
"""


def test_nothing_is_left_to_compile_after_warming_up(tmp_path: Path) -> None:
    source = Path(__file__).resolve().parents[4]
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(source)}
    done = subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
