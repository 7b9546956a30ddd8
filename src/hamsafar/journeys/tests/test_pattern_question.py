"""The question "pattern": its figures, who is behind them, parts, extremes, real files."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar import journeys
from hamsafar.journeys import PathIndex, spread
from hamsafar.journeys.errors import BadNumber, UnknownEvent
from hamsafar.journeys.index import code_type
from hamsafar.journeys.parts import Part
from hamsafar.journeys.pattern import pattern_persons, pattern_spans
from hamsafar.journeys.patterns import tables
from hamsafar.journeys.patterns.language import parse
from hamsafar.journeys.patterns.matching import matches
from hamsafar.journeys.patterns.tables import compile_pattern
from hamsafar.journeys.scope import Scope
from hamsafar.journeys.tests import naive, naive_pattern
from hamsafar.journeys.tests.naive import Event
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.text_column import TextColumn

SECOND = 1_000_000
PATTERNS = [
    "a",
    ".",
    "a -> b",
    "a -> (!b)* -> (end)",
    "a -> ... -> b within 2s",
    "(a -> .? -> b within 1s) -> .",
    "c+ -> !c",
]

events = st.lists(
    st.builds(
        Event, st.sampled_from("pqrs"), st.sampled_from("abc"), st.integers(0, 5).map(lambda s: s * SECOND)
    ),
    max_size=25,
)
known = [Event("z", name, 0) for name in "abc"]


def index_of(events: list[Event]) -> PathIndex:
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


@given(events, st.sampled_from(PATTERNS), st.integers(1, 5), st.booleans())
@settings(max_examples=60)
def test_a_pattern_is_as_the_twin_says(some: list[Event], find: str, top: int, exact: bool) -> None:
    some = [*some, *known]
    by_person = naive.paths(some)
    spans = naive_pattern.spans(list(by_person.values()), parse(find))
    paths = list(by_person.values())
    sequences = Counter(tuple(event.name for event in paths[n][begin:end]) for n, begin, end in spans)
    persons = Counter(path for path, _ in {(tuple(e.name for e in paths[n][b:d]), n) for n, b, d in spans})
    index = index_of(some)
    with pytest.MonkeyPatch.context() as patch:
        if not exact:
            patch.setattr(spread, "MOST_EXACT", 2)
        found = index.pattern(find, top)
    listed = sorted(sequences.items(), key=lambda item: (-item[1], item[0]))[:top]
    assert found.to_dict()["rows"] == [
        {"path": list(path), "occurrences": n, "persons": persons[path]} for path, n in listed
    ]
    assert found.occurrences == len(spans)
    assert found.sequences == len(sequences)
    assert found.other_occurrences == len(spans) - sum(n for _, n in listed)
    assert found.matched_paths == found.matched_persons == len({n for n, _, _ in spans})
    assert (found.share.value, found.share.n) == (found.matched_paths / len(paths), len(paths))
    durations = [(paths[n][end - 1].at_us - paths[n][begin].at_us) / 1e6 for n, begin, end in spans]
    lengths = [end - begin for _, begin, end in spans]
    for values, shown in ((durations, found.duration_seconds), (lengths, found.length)):
        for name, quantile in spread.QUANTILES.items():
            if not values:
                assert shown[name] is None
                continue
            error = found.median_relative_error or 1e-9
            assert shown[name] == pytest.approx(float(np.quantile(values, quantile)), rel=error)
    assert [index.persons[n] for n in pattern_persons(index, find)] == sorted(
        {list(by_person)[n] for n, _, _ in spans}
    )
    for path in sequences:
        behind = pattern_persons(index, find, sequence=list(path))
        assert len(behind) == persons[path]


@given(events, st.sampled_from(PATTERNS), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_any_partition_by_person_gives_the_same_answer(
    some: list[Event], find: str, chance: random.Random
) -> None:
    index = index_of([*some, *known])
    scattered = Scattered.of(index, [chance.randrange(3) for _ in range(index.n_persons)])
    assert scattered.pattern(find).to_dict() == index.pattern(find).to_dict()
    assert scattered.where(find).variants().to_dict() == index.where(find).variants().to_dict()


@given(events, st.sampled_from(PATTERNS))
@settings(max_examples=40)
def test_paths_with_a_pattern_and_without_it_are_all_paths(some: list[Event], find: str) -> None:
    index = index_of([*some, *known])
    having, lacking = index.where(find), index.where(find, matched=False)
    assert list(having.persons) == [index.persons[n] for n in pattern_persons(index, find)]
    assert list(lacking.persons) == [index.persons[n] for n in pattern_persons(index, find, matched=False)]
    assert sorted([*having.persons, *lacking.persons]) == list(index.persons)
    assert having.n_events + lacking.n_events == index.n_events
    assert having.pattern(find).occurrences == index.pattern(find).occurrences
    if lacking.n_events:
        assert lacking.pattern(find).occurrences == 0


@pytest.mark.parametrize("cut", [{"gap_seconds": 1.5}])
@given(some=events, find=st.sampled_from(PATTERNS))
@settings(max_examples=40)
def test_paths_that_are_cut_count_as_paths_and_their_persons_once(
    cut: dict[str, Any], some: list[Event], find: str
) -> None:
    whole = index_of([*some, *known])
    index = whole.by_session(**cut)
    paths = [
        [
            Event(index.persons[owner], index.names[index.code[place]], int(index.at_us[place]))
            for place in range(index.offset[number], index.offset[number + 1])
        ]
        for number, owner in enumerate(index.owners.tolist())
    ]
    spans = naive_pattern.spans(paths, parse(find))
    found = index.pattern(find)
    assert (found.unit, found.paths, found.persons) == ("session", len(paths), whole.n_persons)
    assert (found.occurrences, found.matched_paths) == (len(spans), len({number for number, _, _ in spans}))
    persons = {paths[number][0].person for number, _, _ in spans}
    assert found.matched_persons == len(persons)
    assert [index.persons[number] for number in pattern_persons(index, find)] == sorted(persons)
    having = index.where(find)
    assert (having.n_paths, sorted(having.persons)) == (found.matched_paths, sorted(persons))
    of_z = [(begin, end) for number, begin, end in spans if paths[number][0].person == "z"]
    assert len(pattern_spans(index, find, "z")) == len(of_z)


def test_what_few_persons_have_is_withheld() -> None:
    several = [Event(person, "a", 0) for person in "pqrs"] + [Event("s", "b", SECOND), Event("t", "b", 0)]
    index = index_of(several)
    shown = index.pattern("a").withhold(2).to_dict()
    assert (shown["matched_persons"], shown["withheld"]) == (None, 1), "one person has it not"
    shown = index.pattern("a | b").withhold(3).to_dict()
    assert shown["matched_persons"] == 5
    assert (shown["rows"], shown["other_occurrences"]) == ([], 6), "the smaller sequence, and so the other"
    for language in ("en", "fa"):
        assert index.pattern("b").withhold(3).text(language)  # type: ignore[arg-type]


def test_a_pattern_is_part_of_a_scope() -> None:
    index = index_of([*(Event("p", name, n * SECOND) for n, name in enumerate("abc")), *known])
    assert Scope(pattern="a -> b -> c").of(index).n_persons == 2
    assert Scope(pattern="a -> b -> c within 1s").of(index).n_persons == 1
    assert Scope(without_pattern="a -> b -> c within 1s").of(index).n_persons == 1
    assert Scope(unit="session", session_gap_seconds=0.5, pattern="a -> b").of(index).n_paths == 1


def test_the_spans_of_a_person() -> None:
    index = index_of([Event("p", name, place * SECOND) for place, name in enumerate("abcab")] + known)
    number = int(index.offset[index.person_number("p")])
    assert (pattern_spans(index, "a -> b", "p") - number).tolist() == [[0, 2], [3, 5]]


def test_bad_questions_are_refused() -> None:
    index = index_of([Event("p", "visit", 0)])
    with pytest.raises(UnknownEvent, match="Did you mean “visit”") as told:
        index.pattern(". -> vsit")
    assert (told.value.params["position"], told.value.params["length"]) == (5, 4)
    for top in (0, 1_001):
        with pytest.raises(BadNumber):
            index.pattern("visit", top)


def test_nothing_is_found_in_nothing() -> None:
    nobody = index_of([Event("p", "a", 0)]).select(from_us=1)
    for found in (nobody.pattern("a"), index_of([]).pattern(". -> .")):
        answer = found.to_dict()
        assert (answer["occurrences"], answer["share"]["value"], answer["rows"]) == (0, None, [])
        assert set(answer["duration_seconds"].values()) == {None}
        for language in ("en", "fa"):
            assert "nan" not in found.to_html(language).lower()  # type: ignore[arg-type]
    assert nobody.where("a").n_paths == 0


def straight(names: list[str], codes: list[int], seconds: Any) -> PathIndex:
    """One path, its events by their codes."""
    return PathIndex(
        code=np.array(codes, dtype=code_type(len(names))),
        at_us=np.asarray(seconds, dtype=np.int64) * SECOND,
        offset=np.array([0, len(codes)], dtype=np.int64),
        names=tuple(names),
        persons=TextColumn.of(["p"]),
        properties={},
        version="test",
    )


@pytest.mark.parametrize(
    ("find", "occurrences"),
    [
        ("a -> (!b)* -> b", 0),  # looked for from every event, it would take years
        ("(a -> ... -> b within 5s) | (a -> ... -> a -> b)", 0),
        ("a{50}", 19_999),
        (". -> .{0,30} -> (end)", 1),
        ("((a+)+)+ -> b", 0),
        ("c -> ... -> c within 1d", 0),
        ("c -> ... -> c -> (a -> ... -> a within 2s)", 0),
        ("c -> ... -> a within 1s", 1),
    ],
)
def test_a_path_of_a_million_events(find: str, occurrences: int) -> None:
    """c, then "a" every second; a name "b" that nobody has."""
    n = 1_000_000
    index = straight(["a", "b", "c"], [2] + [0] * (n - 1), range(n))
    assert index.pattern(find).occurrences == occurrences


def test_a_path_that_is_given_up_is_finished_by_threads() -> None:
    """After one "a", a "b" every second: each of them is too late for the "a", and looks back for another one."""
    n = 4_000
    codes = ([0] + [1] * n + [0, 1]) * 2
    index = straight(["a", "b"], codes, range(len(codes)))
    part = Part(index, 0, 1)
    find = "(a | b) -> ... -> a -> ... -> b within 2000s"
    quick = matches(compile_pattern(find, index.names, index.code_by_name), part)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "MOST_STATES", 0)
        threads = matches(compile_pattern(find, index.names, index.code_by_name), part)
    assert quick.tolist() == threads.tolist()
    assert len(quick) > 0


def test_sixty_thousand_names() -> None:
    names = sorted(f"name {n}" for n in range(60_000))
    index = straight(names, list(range(60_000)) * 2, range(120_000))
    quoted = f'"{names[10]}" -> "{names[11]}" -> (!"{names[10]}"){{0,4}}'
    assert index.pattern(quoted).occurrences == 2
    assert index.pattern('~"name 1*" -> !~"name 1*"').occurrences == 2


@pytest.fixture(scope="module")
def shop(shared_data: Path) -> tuple[PathIndex, duckdb.DuckDBPyConnection]:
    """Page views of a shop, beside SQL over the raw rows."""
    file = shared_data / "ecom_clickstream" / "ecom.csv.gz"
    sql = duckdb.connect()
    sql.execute(
        f"""
        create table events as select *, row_number() over (partition by user_id order by timestamp, row) as place
        from (select user_id, event, timestamp, row_number() over () as row
              from read_csv('{file}', parallel = false))
        """
    )
    return journeys.read(file, "user_id", "event", "timestamp"), sql


def test_one_directly_after_the_other(shop: tuple[PathIndex, duckdb.DuckDBPyConnection]) -> None:
    index, sql = shop
    one, other = index.transitions().to_dict()["rows"][0]["target"], index.names[0]
    wanted = sql.execute(
        """
        select count(*), count(distinct a.user_id), median(epoch_us(b.timestamp - a.timestamp)) / 1e6
        from events a join events b on a.user_id = b.user_id and b.place = a.place + 1
        where a.event = ? and b.event = ?
        """,
        [one, other],
    ).fetchone()
    found = index.pattern(f'"{one}" -> within 10000w "{other}"')
    assert (found.occurrences, found.matched_persons, found.duration_seconds["median"]) == wanted


def test_never_after(shop: tuple[PathIndex, duckdb.DuckDBPyConnection]) -> None:
    index, sql = shop
    rows = index.overview().to_dict()["rows"]
    often, other = rows[0]["event"], rows[1]["event"]
    wanted = sql.execute(
        """
        select count(*) from (
          select user_id, max(place) filter (event = $often) as seen, max(place) filter (event = $other) as last
          from events group by user_id
        ) where seen is not null and coalesce(last, 0) < seen
        """,
        {"often": often, "other": other},
    ).fetchone()
    found = index.pattern(f'"{often}" -> (!"{other}")* -> (end)')
    assert (found.matched_persons,) == wanted
