"""Survival beside its naive twin, beside lifelines, over any partition, and beside SQL on a real file."""

from __future__ import annotations

import warnings
from collections import defaultdict
from itertools import pairwise
from pathlib import Path as File
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import median_survival_times

from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.errors import BadNumber, UnknownEvent, UnknownProperty
from hamsafar.journeys.kernels.histogram import RELATIVE_ERROR
from hamsafar.journeys.survival import question as survival_question
from hamsafar.journeys.survival import survival_persons
from hamsafar.journeys.survival.kaplan_meier import Curve, log_rank
from hamsafar.journeys.tests import naive, naive_survival
from hamsafar.journeys.tests.naive import Event
from hamsafar.journeys.tests.scattered import Scattered

SECOND = 1_000_000
PERSONS = ["p0", "p1", "p2", "p3", "p4", "p5"]

few_times = st.lists(
    st.builds(
        Event,
        person=st.sampled_from(PERSONS),
        name=st.sampled_from(["a", "b", "c"]),
        at_us=st.one_of(st.integers(0, 6).map(lambda t: t * SECOND), st.integers(0, 10**13)),
    ),
    min_size=2,
    max_size=24,
)
ends = st.sampled_from(
    [
        ("a", "b"),
        ("a", "a"),
        ("a|b", "c"),
        ("c", "a|b|c"),
        ("a -> b", "c"),
        ("a", "b -> ... -> c"),
        ("(a|b) -> .", "!a -> a within 2s"),
        ("a -> a", "a -> a"),
    ]
)
known = [Event("zz", name, 0) for name in "abc"]


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
        {"city": [event.person if event.person < "p3" else None for event in events]},
    )


def watched(events: list[Event], start: str, end: str) -> dict[str, tuple[int, bool, int]]:
    paths = naive.paths(events)
    data_end = max(event.at_us for event in events)
    found = naive_survival.watched(list(paths.values()), start, end, data_end)
    return {list(paths)[number]: row for number, row in found.items()}


@given(few_times, ends)
@settings(max_examples=60, deadline=None)
def test_curves_are_as_the_twin_says(events: list[Event], ends: tuple[str, str]) -> None:
    events = [*events, *known]
    found = index_of(events).survival(*ends)
    times = [row[:2] for row in watched(events, *ends).values()]
    assert found.started == len(times)
    wanted = naive_survival.survival(times)
    curve = found.curves[0]
    assert {
        int(time): (int(n), int(d), pytest.approx(s))
        for time, n, d, s in zip(curve.times, curve.at_risk, curve.reached, curve.survival, strict=True)
    } == {time: (n, d, float(s)) for time, (n, d, s) in wanted.items()}
    half = [time for time, (_, _, share) in wanted.items() if share <= 0.5]
    (group,) = found.to_dict()["groups"]
    assert group["median_seconds"] == (half[0] / 1e6 if half else None)
    assert (group["paths"], group["reached"]) == (len(times), sum(reached for _, reached in times))
    for row in found.to_dict()["rows"]:
        last = [share for time, (_, _, share) in wanted.items() if time <= row["seconds"] * 1e6 + 0.5]
        assert row["survival"] == pytest.approx(float(last[-1]) if last else 1)
    assert sum(row["reached"] for row in found.to_dict()["rows"]) == group["reached"]
    for row in found.to_dict()["at_risk"]:
        assert row["at_risk"] == sum(time >= row["seconds"] * 1e6 for time, _ in times)


@given(few_times, ends)
@settings(max_examples=30, deadline=None)
def test_groups_are_told_by_the_value_at_the_start(events: list[Event], ends: tuple[str, str]) -> None:
    events = [*events, *known]
    index = index_of(events)
    found = index.survival(*ends, by="city", top=2)
    members: dict[str, list[str]] = defaultdict(list)
    times = watched(events, *ends)
    for person in times:
        members[person if person < "p3" else "(none)"].append(person)
    largest = sorted({"p0", "p1", "p2"} & members.keys())[:2]
    wanted = {group: members[group] for group in largest}
    if rest := [person for group in {"p0", "p1", "p2"} - set(largest) for person in members[group]]:
        wanted["(other)"] = rest
    if members["(none)"]:
        wanted["(none)"] = members["(none)"]
    assert {row["group"]: row["paths"] for row in found.to_dict()["groups"]} == {
        group: len(persons) for group, persons in wanted.items()
    }
    for group, persons in wanted.items():
        for bucket, expected in (
            ("started", persons),
            ("reached", [person for person in persons if times[person][1]]),
            ("open", [person for person in persons if not times[person][1]]),
        ):
            numbers = survival_persons(index, *ends, bucket, by="city", top=2, group=group)
            assert sorted(index.persons[number] for number in numbers) == sorted(expected)


def test_an_unknown_property_names_the_nearest_of_all_parts() -> None:
    index = index_of([Event("p0", "a", 0), Event("p1", "b", 0)])
    for paths in (index, Scattered.of(index, [0, 1])):
        with pytest.raises(UnknownProperty, match="Did you mean “city”"):
            paths.survival("a", "b", by="citty")
        with pytest.raises(UnknownProperty, match="Did you mean “city”"):
            paths.correlates("b", properties=["citty"])


@given(few_times, ends, st.lists(st.integers(0, 2), min_size=7, max_size=7), st.booleans())
@settings(max_examples=30, deadline=None)
def test_any_partition_by_person_gives_the_same(
    events: list[Event], ends: tuple[str, str], places: list[int], exact: bool
) -> None:
    index = index_of([*events, *known])
    scattered = Scattered.of(index, places[: index.n_persons])
    with pytest.MonkeyPatch.context() as patch:
        if not exact:
            patch.setattr(survival_question, "_EXACT_TIMES", 0)
        for by in (None, "city"):
            one, other = (paths.survival(*ends, by=by) for paths in (index, scattered))
            assert one.to_dict() == other.to_dict()
            assert one.time_relative_error == (0 if exact else RELATIVE_ERROR)
        if not exact and one.started:
            middle = one.to_dict()["groups"][0]["median_seconds"]
            patch.setattr(survival_question, "_EXACT_TIMES", 10**6)
            whole = index.survival(*ends, by="city").to_dict()["groups"][0]["median_seconds"]
            assert middle == (None if whole is None else pytest.approx(whole, rel=RELATIVE_ERROR))


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30),
        min_size=2,
        max_size=4,
    )
)
@settings(max_examples=40, deadline=None)
def test_intervals_medians_and_log_rank_are_those_of_lifelines(groups: list[list[tuple[int, bool]]]) -> None:
    curves = []
    for times in groups:
        curve = Curve.of(
            np.array([time for time, reached in times if reached], dtype=np.int64),
            np.array([time for time, reached in times if not reached], dtype=np.int64),
        )
        curves.append(curve)
        fitted = KaplanMeierFitter().fit([time for time, _ in times], [reached for _, reached in times])
        low, high = curve.bounds
        for place, time in enumerate(curve.times):
            assert curve.survival[place] == pytest.approx(fitted.survival_function_at_times(time).iloc[0])
            if 0 < curve.survival[place] < 1:
                bounds = fitted.confidence_interval_survival_function_.loc[time]
                assert (low[place], high[place]) == (
                    pytest.approx(bounds.iloc[0]),
                    pytest.approx(bounds.iloc[1]),
                )
        middle, _, _ = curve.median()
        if np.any(np.abs(curve.survival - 0.5) < 1e-9):
            continue  # lifelines takes what is one half but for a rounding error for more
        assert (np.inf if middle is None else middle) == fitted.median_survival_time_
    flat = [(group, *time) for group, times in enumerate(groups) for time in times]
    found = log_rank(curves)
    if found is None:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = multivariate_logrank_test(
            [time for _, time, _ in flat],
            [group for group, _, _ in flat],
            [reached for _, _, reached in flat],
        )
    assume(np.isfinite(wanted.test_statistic))
    assert found["chi_square"] == pytest.approx(wanted.test_statistic, abs=1e-8)
    assert found["p"] == pytest.approx(wanted.p_value, abs=1e-8)


def test_the_interval_of_a_median_is_that_of_lifelines() -> None:
    rng = np.random.default_rng(3)
    times, reached = rng.integers(1, 60, 200), rng.random(200) < 0.7
    fitted = KaplanMeierFitter().fit(times, reached)
    low, high = median_survival_times(fitted.confidence_interval_).iloc[0]
    assert Curve.of(times[reached], times[~reached]).median() == (fitted.median_survival_time_, low, high)


def test_groups_that_never_arrive_are_not_told_apart() -> None:
    open_only = Curve.of(np.array([]), np.array([3, 4]))
    assert log_rank([open_only, open_only]) is None
    assert log_rank([open_only]) is None
    assert log_rank([]) is None


def test_long_curves_are_thinned_by_how_far_they_fall() -> None:
    n = 3000
    names = ["start", "end"] * n
    persons = [f"p{number // 2:05}" for number in range(2 * n)]
    times = [0 if number % 2 == 0 else (number + 1) * SECOND for number in range(2 * n)]
    found = PathIndex.from_arrays(persons, names, times).survival("start", "end")
    rows = found.to_dict()["rows"]
    assert len(rows) <= 202
    falls = [one["survival"] - other["survival"] for one, other in pairwise(rows)]
    assert max(falls) <= 1 / 200 + 2 / n
    assert (rows[0]["seconds"], rows[0]["at_risk"], rows[-1]["survival"]) == (0, n, 0)


def test_within_a_time_and_beyond_it() -> None:
    index = PathIndex.from_arrays(
        ["fast", "fast", "slow", "slow", "open", "late"],
        ["a", "b", "a", "b", "a", "a"],
        [0, SECOND, 0, 9 * SECOND, 0, 8 * SECOND],
    )
    found = {
        bucket: [index.persons[n] for n in survival_persons(index, "a", "b", bucket, within_seconds=5)]
        for bucket in ("started", "reached", "open")
    }
    assert found == {
        "started": ["fast", "late", "open", "slow"],
        "reached": ["fast"],
        "open": ["open", "slow"],
    }


def test_sessions_are_watched_one_by_one() -> None:
    day = 86_400 * SECOND
    index = PathIndex.from_arrays(["p"] * 3, ["a", "b", "a"], [0, 60 * SECOND, day]).by_session(1800)
    found = index.survival("a", "b").to_dict()
    (group,) = found["groups"]
    assert (found["unit"], group["paths"], group["persons"], group["reached"]) == ("session", 2, 1, 1)


def test_nobody_and_bad_questions() -> None:
    index = index_of([Event("p", "visit", 0), Event("p", "buy", 1)])
    for empty in (
        index.select(from_us=5).survival("visit", "buy"),
        index.survival("buy", "visit").curves and None,
    ):
        if empty is not None:
            assert empty.to_dict()["rows"] == []
            assert empty.to_dict()["groups"][0]["median_seconds"] is None
            assert "nan" not in empty.to_html("fa").lower()
    for arguments, error in (
        ({"start": "vizit", "end": "buy"}, UnknownEvent),
        ({"start": "visit", "end": "buy", "by": "town"}, UnknownProperty),
        ({"start": "visit", "end": "buy", "by": "city", "top": 0}, BadNumber),
    ):
        with pytest.raises(error):
            index.survival(**arguments)  # type: ignore[arg-type]


def test_a_real_file_beside_sql_and_lifelines(shared_data: File) -> None:
    """From a household's first shop to its next purchase in the same chain, each beside raw SQL."""
    file = shared_data / "ecom_clickstream" / "ecom.csv.gz"
    index = journeys.read(file, "user_id", "event", "timestamp")
    names = [row["event"] for row in index.overview().to_dict()["rows"]][:2]
    sql = duckdb.connect()
    rows: list[Any] = sql.execute(
        f"""
        with events as (
            select user_id as person, event as name, timestamp as ts, row_number() over () as row
            from read_csv('{file}', parallel = false)
        ), begun as (
            select person, min(ts) as ts, min_by(row, (ts, row)) as row from events where name = ? group by person
        )
        select epoch_us(coalesce(min(e.ts), (select max(ts) from events))) - epoch_us(any_value(b.ts)),
               count(e.ts) > 0
        from begun b left join events e
          on e.person = b.person and e.name = ? and (e.ts, e.row) > (b.ts, b.row)
        group by b.person
        """,
        names,
    ).fetchall()
    found = index.survival(*names)
    fitted = KaplanMeierFitter().fit([us / 1e6 for us, _ in rows], [reached for _, reached in rows])
    assert found.started == len(rows)
    assert found.to_dict()["groups"][0]["reached"] == sum(reached for _, reached in rows)
    for row in found.to_dict()["rows"]:
        wanted = fitted.survival_function_at_times(row["seconds"]).iloc[0]
        assert row["survival"] == pytest.approx(wanted, abs=1e-9)
