"""Compiling the measurement's kernels ahead."""

from __future__ import annotations

from hamsafar.journeys.designed.ad_hoc import Frequent
from hamsafar.journeys.designed.deviations import deviations
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Selection, measure
from hamsafar.journeys.designed.stages import stages
from hamsafar.journeys.designed.who import who
from hamsafar.journeys.warm import small_indexes
from hamsafar.journeys.what_if import what_if

_MAP = {
    "format": "hamsafar-map/1",
    "title": "warm",
    "kind": "current_state",
    "language": "en",
    "stages": [{"id": "s1", "name": "1"}, {"id": "s2", "name": "2", "exit_touchpoint": "t2"}],
    "lanes": [{"id": "l", "kind": "touchpoints"}],
    "cards": [
        {"id": "c1", "lane": "l", "stage": "s1", "text": "1", "touchpoint": "t1", "need": "required"},
        {"id": "c2", "lane": "l", "stage": "s2", "text": "2", "touchpoint": "t2"},
    ],
    "touchpoints": [
        {"id": "t1", "name": "1", "matcher": {"events": ["e000"]}},
        {
            "id": "t2",
            "name": "2",
            "matcher": {"events": ["e002"]},
            "failure": {"events": ["none"]},
            "target_seconds": 1,
        },
    ],
}


def warm() -> None:
    """Asks everything of a tiny map; see ``hamsafar.journeys.warm``."""
    model = MapModel.from_dict(_MAP)
    selection = Selection(frequent=Frequent(share=0.0, passages=1))  # e001 is looked at as an ad hoc event
    for index in small_indexes():
        measure(index, model, selection)
        stages(index, model)
        what_if(index, "t2", design=model)
        deviations(index, model, selection.frequent, persons=1)
        for bucket in ("went_on", "left"):
            who(index, model, {"kind": "stage", "stage": "s1", "bucket": bucket})
        who(index, model, {"kind": "move", "from": "s1", "to": "s2"})
