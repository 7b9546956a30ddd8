"""A picture of a map with its measured numbers: only when asked for, with n, and for members."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from hamsafar.accounts.tests.people import People
from hamsafar.measurement.tests.test_measurement_api import map_id, team

__all__ = ["map_id", "team"]  # fixtures


def words(answer: Any) -> str:
    root = ET.fromstring(answer.content)
    texts = (one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text"))
    return re.sub("[\u2066-\u2069\u00a0]", " ", " ".join(texts))


def test_numbers_are_drawn_only_when_they_are_asked_for(team: People, map_id: str) -> None:
    measured = team.viewer.post(f"maps/{map_id}/measure").json()["stages"]
    plain = team.viewer.get(f"maps/{map_id}/export/svg")
    assert plain.status_code == 200
    assert "What happened" not in words(plain)
    said = words(team.viewer.post(f"maps/{map_id}/export/svg/measured"))
    assert "What happened" in said
    for stage in measured:
        assert f"Instances that entered: {stage['entered']}" in said
        assert f"Went on: {stage['went_on']}" in said
    timed = next(stage for stage in measured if stage["median_seconds_to_next"] is not None)
    assert f"n = {timed['n_time']}" in said
    assert not {"ali", "sara", "nima", "mina"} & set(said.split())


def test_the_range_and_the_wishes_are_heeded(team: People, map_id: str) -> None:
    body = {"from": "2026-03-23T00:00:00Z", "scheme": "dark", "paper": "a4"}
    said = words(team.viewer.post(f"maps/{map_id}/export/svg/measured", body))
    whole = words(team.viewer.post(f"maps/{map_id}/export/svg/measured"))
    assert said != whole
    pdf = team.viewer.post(f"maps/{map_id}/export/pdf/measured", body)
    assert pdf.content.startswith(b"%PDF")
    refused = team.viewer.post(f"maps/{map_id}/export/pdf/measured", {"paper": "a0"})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad_export_choice")


def test_outsiders_get_none(team: People, map_id: str) -> None:
    path = f"maps/{map_id}/export/svg/measured"
    assert [getattr(team, who).post(path).status_code for who in ("outsider", "stranger")] == [404, 401]
