"""Correlates beside the naive twin, hand-computed odds ratios, any partition, and SQL on a real file."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from pathlib import Path as File
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hamsafar import journeys
from hamsafar.journeys import PathIndex
from hamsafar.journeys.correlates import correlates_persons
from hamsafar.journeys.correlates import question as correlates_question
from hamsafar.journeys.errors import BadNumber, BadWindow, UnknownEvent, UnknownProperty
from hamsafar.journeys.tests import naive, naive_correlates
from hamsafar.journeys.tests.naive import Event
from hamsafar.journeys.tests.scattered import Scattered

SECOND = 1_000_000
crowded = st.lists(
    st.builds(
        Event,
        person=st.sampled_from([f"p{n}" for n in range(7)]),
        name=st.sampled_from(["a", "b", "c", "d"]),
        at_us=st.integers(0, 9).map(lambda t: t * SECOND),
    ),
    min_size=6,
    max_size=40,
)
goals = st.sampled_from(["d", "c|d", "c -> d", "c -> ... -> d", "!a -> (c|d) within 3s"])
windows = st.one_of(st.none(), st.integers(1, 6))
known = [Event("zz", name, 0) for name in "abcd"]
CITIES = ["Qom", None, "Yazd", "Qom", 12, None]


def city(place: int) -> Any:
    return CITIES[place * 5 % len(CITIES)]


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
        {"city": [city(place) for place in range(len(events))]},
    )


def twin(
    events: list[Event], goal: str, window: float | None
) -> tuple[dict[str, set[str]], dict[naive_correlates.Feature, set[str]]]:
    """Persons by what becomes of them, and the compared persons with each feature."""
    data_end = max(event.at_us for event in events)
    # Events are told apart by where they came in, to find their properties again.
    marked = [(event.person, event.at_us, place) for place, event in enumerate(events)]
    groups: dict[str, set[str]] = defaultdict(set)
    having: dict[naive_correlates.Feature, set[str]] = defaultdict(set)
    for person, path in naive.paths(events).items():
        values = [city(place) for one, _, place in sorted(marked, key=lambda m: m[1]) if one == person]
        within_us = None if window is None else round(window * 1e6)
        group, places = naive_correlates.looked_at(path, goal, within_us, data_end)
        groups[group].add(person)
        if group in ("reached", "others"):
            for feature in naive_correlates.features(path, places, values):
                having[feature].add(person)
    return groups, having


@given(crowded, goals, windows)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("listed", [False, True], ids=["table", "list"])
def test_correlates_are_as_the_twin_says(
    listed: bool, events: list[Event], goal: str, window: float | None
) -> None:
    events = [*events, *known]
    groups, having = twin(events, goal, window)
    reached, others = groups["reached"], groups["others"]
    index = index_of(events)
    with pytest.MonkeyPatch.context() as patch:
        if listed:
            patch.setattr(correlates_question, "_TABLE_NAMES", 0)
        found = index.correlates(
            goal, properties=["city"], within_seconds=window, min_paths=1, top=1000
        ).to_dict()
    assert (found["reached"], found["others"], found["began_with_goal"], found["not_watched"]) == tuple(
        len(groups[name]) for name in ("reached", "others", "began", "not watched")
    )
    if not reached or not others:
        assert (found["rows"], found["empty"]) == (
            [],
            "all_reached" if reached else "nobody_reached",
        )
        return
    compared = reached | others
    wanted = {
        feature: (len(persons), len(persons & reached), len(compared - persons), len(reached - persons))
        for feature, persons in having.items()
        if persons != compared
    }
    rows = {(row["kind"], *row["name"]): row for row in found["rows"]}
    assert {
        feature: (row["paths"], row["reached_with"], row["without"], row["reached_without"])
        for feature, row in rows.items()
    } == wanted
    assert found["tested"] == len(wanted)
    for feature in list(rows)[:5]:
        for which, persons in ((True, reached), (False, others), (None, compared)):
            numbers = correlates_persons(
                index, goal, feature[0], feature[1:], within_seconds=window, reached=which
            )
            assert {index.persons[number] for number in numbers} == having[feature] & persons


@given(crowded, goals, windows, st.lists(st.integers(0, 2), min_size=8, max_size=8), st.booleans())
@settings(max_examples=30, deadline=None)
def test_any_partition_by_person_gives_the_same(
    events: list[Event], goal: str, window: float | None, places: list[int], cut: bool
) -> None:
    index = index_of([*events, *known])
    scattered: Any = Scattered.of(index, places[: index.n_persons])
    paths: Any = index
    if cut:
        paths, scattered = index.by_session(2), scattered.by_session(2)
    asked = {"properties": ["city"], "within_seconds": window, "min_paths": 1}
    for names in (1000, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(correlates_question, "_TABLE_NAMES", names)
            assert scattered.correlates(goal, **asked).to_dict() == paths.correlates(goal, **asked).to_dict()


@given(crowded, goals)
@settings(max_examples=30, deadline=None)
def test_tables_and_lists_count_the_same_persons_where_paths_are_cut(events: list[Event], goal: str) -> None:
    cut = index_of([*events, *known]).by_session(1)
    table = cut.correlates(goal, min_paths=1).to_dict()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(correlates_question, "_TABLE_NAMES", 0)
        assert cut.correlates(goal, min_paths=1).to_dict() == table
    assert all(row["persons"] <= row["paths"] for row in table["rows"])


def paths_of(*paths: tuple[str, int]) -> PathIndex:
    """Paths written as letters, each as many times as said."""
    events = [
        (f"p{number:04}", letter, place * SECOND)
        for number, path in enumerate(path for path, times in paths for _ in range(times))
        for place, letter in enumerate(path)
    ]
    return PathIndex.from_arrays(*map(list, zip(*events, strict=True)))


def test_odds_ratios_by_hand() -> None:
    """30 of 40 with a, 20 of 80 without: (30 * 60) / (10 * 20) = 9, and Woolf's interval of its logarithm."""
    index = paths_of(("xag", 30), ("xa", 10), ("xg", 20), ("xx", 60))
    row = next(row for row in index.correlates("g").to_dict()["rows"] if row["name"] == ["a"])
    spread = 1.959964 * math.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 60)
    assert row["odds_ratio"] == pytest.approx(9)
    assert (row["low"], row["high"]) == (
        pytest.approx(9 * math.exp(-spread), rel=1e-6),
        pytest.approx(9 * math.exp(spread), rel=1e-6),
    )
    assert row["p"] == pytest.approx(stats.chi2_contingency([[30, 10], [20, 60]], correction=False).pvalue)
    assert (row["share_with"], row["share_without"], row["half_added"]) == (0.75, 0.25, False)


def test_an_empty_cell_gets_a_half() -> None:
    index = paths_of(("xag", 12), ("xg", 8), ("xx", 20))
    row = next(row for row in index.correlates("g").to_dict()["rows"] if row["name"] == ["a"])
    assert row["half_added"] is True
    assert row["odds_ratio"] == pytest.approx(12.5 * 20.5 / (0.5 * 8.5))
    assert row["high"] < math.inf


def test_what_merely_follows_the_goal_never_appears() -> None:
    index = paths_of(("xagth", 50), ("xg", 50), ("xa", 40), ("xx", 60))
    names = [row["name"] for row in index.correlates("g", min_paths=1, top=1000).to_dict()["rows"]]
    assert ["a"] in names
    assert not [name for name in names if {"g", "t", "h"} & set(name)]


def test_what_has_nothing_to_do_with_the_goal_is_rarely_found() -> None:
    """200 events that come by chance: a level of 0.05 after correction finds none of them."""
    rng = random.Random(4)
    persons, names, times = [], [], []
    for number in range(400):
        own = rng.sample(range(200), 40) + ([200] if number % 2 else [])
        for place, one in enumerate(own):
            persons.append(f"p{number:03}")
            names.append("goal" if one == 200 else f"e{one:03}")
            times.append(place)
    rows = PathIndex.from_arrays(persons, names, times).correlates("goal").to_dict()["rows"]
    events = [row for row in rows if row["kind"] == "event"]
    assert min(row["p"] for row in events) < 0.05
    assert min(row["p_corrected"] for row in rows) > 0.05


def test_the_rarest_are_left_out_and_each_kind_has_its_share() -> None:
    index = paths_of(("xag", 30), ("xbg", 9), ("xa", 10), ("xx", 60))
    rows = index.correlates("g", min_paths=10, top=1).to_dict()["rows"]
    assert sorted(row["kind"] for row in rows) == ["event", "transition"]
    assert ["b"] not in [row["name"] for row in index.correlates("g").to_dict()["rows"]]
    assert ["b"] in [row["name"] for row in index.correlates("g", min_paths=9).to_dict()["rows"]]


def test_nobody_and_bad_questions() -> None:
    index = index_of([Event("p", "visit", 0), Event("p", "buy", 1), Event("q", "visit", 5)])
    for empty, reason in (
        (index.select(from_us=9).correlates("buy"), "nobody_reached"),
        (index.select(to_us=5).correlates("buy"), "all_reached"),
        (index.correlates("buy"), "no_feature"),
    ):
        assert (empty.to_dict()["rows"], empty.reason) == ([], reason)
        for language in ("en", "fa"):
            assert "nan" not in empty.to_html(language).lower()
    for arguments, error in (
        ({"goal": "by"}, UnknownEvent),
        ({"goal": "buy", "properties": ["town"]}, UnknownProperty),
        ({"goal": "buy", "within_seconds": 0}, BadWindow),
        ({"goal": "buy", "within_seconds": float("nan")}, BadWindow),
        ({"goal": "buy", "min_paths": 0}, BadNumber),
        ({"goal": "buy", "top": 1001}, BadNumber),
    ):
        with pytest.raises(error):
            index.correlates(**arguments)  # type: ignore[arg-type]


def test_a_real_file_beside_sql(shared_data: File) -> None:
    """What goes with a purchase in a click stream: counts by joins over all events."""
    file = shared_data / "ecom_clickstream" / "ecom.csv.gz"
    index = journeys.read(file, "user_id", "event", "timestamp")
    goal = "purchase" if "purchase" in index.names else index.names[0]
    sql = duckdb.connect()
    sql.execute(
        f"""
        create table events as
        select user_id as person, event as name, row_number() over (partition by user_id order by timestamp, row) as n
        from (select *, row_number() over () as row from read_csv('{file}', parallel = false));
        create table goals as select person, min(n) as n from events where name = '{goal}' group by person;
        create table before as
        select e.*, g.n is not null as reached,
               lag(name, 1, '(start)') over (partition by person order by e.n) as source
        from events e left join goals g using (person) where e.n < g.n or g.n is null
        """
    )
    wanted = sql.execute(
        """
        select 'event', name, null, count(distinct person), count(distinct person) filter (reached)
        from before group by all having count(distinct person) >= 10
        union all
        select 'transition', source, name, count(distinct person), count(distinct person) filter (reached)
        from before group by all having count(distinct person) >= 10
        """
    ).fetchall()
    totals = sql.execute("select count(distinct person), count(distinct person) filter (reached) from before")
    n, reached = totals.fetchall()[0]
    found = index.correlates(goal, top=1000).to_dict()
    assert (found["reached"] + found["others"], found["reached"]) == (n, reached)
    assert {(row["kind"], *row["name"]): (row["paths"], row["reached_with"]) for row in found["rows"]} == {
        tuple(one for one in row[:3] if one): row[3:] for row in wanted if row[3] < n
    }
