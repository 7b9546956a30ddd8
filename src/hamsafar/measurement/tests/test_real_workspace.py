"""Real customers imported into a workspace and measured there: the numbers of the plain library."""

from __future__ import annotations

from pathlib import Path

import duckdb

from hamsafar import journeys
from hamsafar.accounts.tests.people import People
from hamsafar.events.tests.importing import run
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import measure
from hamsafar.journeys.designed.tests.test_real_data import JOURNEY, JOURNEY_SQL


def test_complete_journey_imported_and_measured_in_a_workspace(
    people: People, shared_data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "events.parquet"
    sql = JOURNEY_SQL.format(shared_data / "complete_journey")
    duckdb.execute(f"copy (select * exclude (part, nth) from ({sql})) to '{file}' (format parquet)")
    columns = {"person": "who", "event": "what", "time": "moment", "properties": ["type", "value"]}
    imported = run(people.editor, file.read_bytes(), columns, "events.parquet")
    made = people.editor.post("maps", {"document": JOURNEY}).json()
    document = people.viewer.get(f"maps/{made['id']}/document").json()
    expected = measure(journeys.read(file, **columns), MapModel.from_dict(document)).to_dict()
    assert imported["rows_added"] == expected["events"]
    measured = people.viewer.post(f"maps/{made['id']}/measure").json()
    assert measured == expected
    body = {"selector": {"kind": "touchpoint", "card": "redeem.coupon", "bucket": "missing"}, "limit": 1}
    missing = measured["touchpoints"][2]["deviations"]["missing"]
    assert people.viewer.post(f"maps/{made['id']}/who", body).json()["total"] == missing["persons"]
