"""Retention beside its naive twin, over any partition, in calendars that people use."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.errors import BadNumber, UnknownChoice, UnknownCohort, UnknownEvent
from hamsafar.journeys.retention import Retention, retention_persons
from hamsafar.journeys.tests import naive_retention
from hamsafar.journeys.tests.naive import Event
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.lib.intervals import wilson
from hamsafar.lib.periods import PERIODS, WEEKDAYS, UnknownZone
from hamsafar.lib.times import to_us

HOUR = 3_600_000_000
NOON = to_us(datetime(2022, 3, 1, 12, tzinfo=UTC))  # before summer time in Iran began, for the last time

events_in_time = st.lists(
    st.builds(
        Event,
        person=st.sampled_from(["p1", "p2", "p3", "آرش"]),
        name=st.sampled_from(["a", "b", "c"]),
        at_us=st.one_of(
            st.integers(0, 20).map(lambda n: NOON + n * 12 * HOUR),
            st.integers(0, 100).map(lambda n: NOON + n * 77 * HOUR),
        ),
    ),
    min_size=1,
    max_size=30,
)
asked = st.fixed_dictionaries(
    {
        "period": st.sampled_from(PERIODS),
        "timezone": st.sampled_from(["UTC", "Asia/Tehran", "America/Havana"]),
        "week_starts": st.sampled_from(WEEKDAYS),
        "mode": st.sampled_from(["exact", "unbounded"]),
        "first": st.sampled_from([None, "a", "a|b"]),
        "returning": st.sampled_from([None, "b", "a|c"]),
        "periods": st.integers(0, 5),
    }
)
known = [Event("zz", name, NOON + 50 * 24 * HOUR) for name in "abc"]


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


def twin(
    events: list[Event], given: dict[str, Any]
) -> dict[tuple[str, int], tuple[set[str], set[str], bool]]:
    first, returning = (given[side].split("|") if given[side] else None for side in ("first", "returning"))
    return naive_retention.retention(
        events,
        given["period"],
        given["timezone"],
        given["week_starts"],
        first,
        returning,
        given["mode"] == "unbounded",
        given["periods"],
    )


def same(found: Retention, wanted: dict[tuple[str, int], tuple[set[str], set[str], bool]]) -> None:
    rows = found.to_dict()["rows"]
    assert {
        (row["cohort"], row["period"]): (row["size"], row["persons"], row["complete"]) for row in rows
    } == {key: (len(members), len(back), complete) for key, (members, back, complete) in wanted.items()}
    for row in rows:
        rate = wilson(row["persons"], row["size"])
        whole = (rate.value, rate.low, rate.high) if row["complete"] else (None, None, None)
        assert (row["share"], row["low"], row["high"]) == whole
    overall: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (_, k), (members, back, complete) in wanted.items():
        if complete:
            overall[k] = [x + y for x, y in zip(overall[k], (1, len(members), len(back)), strict=True)]
    assert {
        row["period"]: [row["cohorts"], row["size"], row["persons"]] for row in found.to_dict()["overall"]
    } == overall


@given(events_in_time, asked)
@settings(max_examples=60, deadline=None)
def test_retention_is_as_the_twin_says(events: list[Event], given: dict[str, Any]) -> None:
    events = [*events, *known]
    index, wanted = index_of(events), twin(events, given)
    found = index.retention(**given)
    same(found, wanted)
    assert found.began == sum(len(members) for (_, k), (members, _, _) in wanted.items() if k == 0)
    for (cohort, k), (members, back, _) in list(wanted.items())[:4]:
        asking = {name: value for name, value in given.items() if name != "periods"}
        for came_back, persons in ((True, back), (False, members - back)):
            numbers = retention_persons(index, cohort, k, came_back=came_back, **asking)
            assert {index.persons[number] for number in numbers} == persons
        whole = retention_persons(index, cohort, **asking)
        assert {index.persons[number] for number in whole} == members


@given(events_in_time, asked, st.lists(st.integers(0, 2), min_size=5, max_size=5))
@settings(max_examples=30, deadline=None)
def test_any_partition_by_person_gives_the_same(
    events: list[Event], given: dict[str, Any], places: list[int]
) -> None:
    index = index_of([*events, *known])
    scattered = Scattered.of(index, places[: index.n_persons])
    assert scattered.retention(**given).to_dict() == index.retention(**given).to_dict()


@given(events_in_time, asked)
@settings(max_examples=30, deadline=None)
def test_paths_that_are_cut_are_joined_again(events: list[Event], given: dict[str, Any]) -> None:
    index = index_of([*events, *known])
    cut = index.by_session(gap_seconds=86_400)
    assert cut.retention(**given).to_dict() == index.retention(**given).to_dict() | {"paths": cut.n_paths}
    # Instances may lie in each other, so that the paths of a person are not one after the other.
    mixed = PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
        {"order": [place % 3 for place in range(len(events))]},
    )
    unnamed = given | {"first": None, "returning": None}
    found = mixed.by_instance(column="order").retention(**unnamed)
    assert found.to_dict()["rows"] == mixed.retention(**unnamed).to_dict()["rows"]


def test_jalali_months_in_tehran() -> None:
    """The months of 1400: Esfand ends, and Farvardin 1401 begins, at Tehran's midnight, which is 20:30 UTC."""
    index = PathIndex.from_arrays(
        ["early", "early", "late", "late", "end"],
        ["visit"] * 5,
        [
            to_us(datetime.fromisoformat(at))
            for at in (
                "2022-03-20T20:29:59+00:00",  # 29 Esfand 1400
                "2022-04-20T19:30:00+00:00",  # 1 Ordibehesht 1401, in summer time
                "2022-03-20T20:30:00+00:00",  # 1 Farvardin 1401
                "2022-04-20T19:29:59+00:00",  # 31 Farvardin
                "2022-06-25T00:00:00+00:00",
            )
        ],
    )
    rows = index.retention("jalali_month", timezone="Asia/Tehran", periods=2).to_dict()["rows"]
    assert [(row["cohort"], row["period"], row["persons"], row["complete"]) for row in rows] == [
        ("1400-12", 0, 0, True),
        ("1400-12", 1, 0, True),
        ("1400-12", 2, 1, True),
        ("1401-01", 0, 1, True),
        ("1401-01", 1, 0, True),
        ("1401-01", 2, 0, True),
        ("1401-04", 0, 0, False),
    ]
    assert rows[0]["begins_at"] == "2022-02-19T20:30:00Z"
    page = index.retention("jalali_month", timezone="Asia/Tehran").to_html("fa")
    assert "اسفند ۱۴۰۰" in page


def test_what_is_not_over_is_never_a_low_share() -> None:
    day = 24 * HOUR
    index = PathIndex.from_arrays(["p", "q", "q"], ["a"] * 3, [0, 0, 8 * day])
    rows = index.retention("week", week_starts="monday", periods=3).to_dict()["rows"]
    # 1970-01-01 was a Thursday: the second event is in the next week, which is the last one and still running.
    assert [(row["period"], row["persons"], row["share"], row["complete"]) for row in rows] == [
        (0, 0, 0.0, True),
        (1, 1, None, False),
    ]
    assert "1+" in index.retention("week").text("en")


def test_nobody_and_bad_questions() -> None:
    index = PathIndex.from_arrays(["p", "p"], ["visit", "buy"], [0, 1])
    nobody = index.select(from_us=5).retention()
    assert (nobody.to_dict()["rows"], nobody.began, nobody.data_end_at) == ([], 0, None)
    for language in ("en", "fa"):
        assert "nan" not in nobody.to_html(language).lower()  # type: ignore[arg-type]
    for bad, error in (
        ({"period": "year"}, UnknownChoice),
        ({"mode": "soft"}, UnknownChoice),
        ({"week_starts": "sunday"}, UnknownChoice),
        ({"timezone": "Mars/Base"}, UnknownZone),
        ({"periods": -1}, BadNumber),
        ({"periods": 401}, BadNumber),
        ({"first": "vizit"}, UnknownEvent),
        ({"returning": "visit|by"}, UnknownEvent),
    ):
        with pytest.raises(error):
            index.retention(**bad)  # type: ignore[arg-type]
    with pytest.raises(UnknownCohort):
        retention_persons(index, "2020-01-01")


def test_a_real_file_beside_sql(shared_data: Path) -> None:
    """Customers of a shop by the month of their first invoice, in London."""
    file = shared_data / "online_retail" / "onlineretail.parquet"
    index = journeys.read(file, "CustomerID", "StockCode", "InvoiceDate")
    sql = duckdb.connect()
    wanted = sql.execute(
        f"""
        with events as (
            select CustomerID as person, InvoiceDate as ts from read_parquet('{file}') where CustomerID is not null
        ), begun as (select person, min(ts) as began from events group by person),
        months as (
            select distinct person, strftime(began, '%Y-%m') as cohort,
                   datediff('month', date_trunc('month', began), date_trunc('month', ts)) as k
            from events join begun using (person)
        )
        select cohort, k, count(*) from months where k > 0 group by all
        """
    ).fetchall()
    rows = index.retention("month", periods=12).to_dict()["rows"]
    found = {
        (row["cohort"], row["period"]): row["persons"] for row in rows if row["period"] and row["persons"]
    }
    assert found == {(cohort, k): n for cohort, k, n in wanted}
    assert [row["period"] for row in rows if not row["complete"]] == list(range(12, -1, -1))
