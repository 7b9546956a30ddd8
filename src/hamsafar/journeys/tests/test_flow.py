"""The question "flow": its columns add up, the twin agrees, who is behind a node and a link."""

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
from hamsafar.journeys.errors import BadNumber, UnknownEvent
from hamsafar.journeys.flow import BadOccurrence, NoStepsAround, flow_persons
from hamsafar.journeys.patterns.language import parse
from hamsafar.journeys.tests import naive, naive_flow
from hamsafar.journeys.tests.naive import Event
from hamsafar.journeys.tests.scattered import Scattered
from hamsafar.journeys.tests.test_pattern_question import events, index_of, known, straight

asked = st.fixed_dictionaries(
    {
        "anchor": st.sampled_from(["a", "b -> .", "a -> ... -> c", "."]),
        "before": st.integers(0, 3),
        "after": st.integers(1, 3),
        "top": st.integers(1, 3),
        "occurrence": st.sampled_from(["first", "last", "every"]),
        "collapse": st.booleans(),
    }
)


def rows(answer: dict[str, Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Nodes and links as the twin gives them."""
    anchor = answer["anchor"]

    def name(step: int, node: str) -> str:
        return "anchor" if step == 0 and node == anchor else node

    nodes = {
        (row["step"], name(row["step"], row["node"])): (row["count"], row["persons"])
        for row in answer["nodes"]
    }
    links = {
        (row["step"], name(row["step"], row["source"]), name(row["step"] + 1, row["target"])): (
            row["count"],
            row["persons"],
        )
        for row in answer["links"]
    }
    return nodes, links


@given(events, asked)
@settings(max_examples=60)
def test_a_flow_is_as_the_twin_says(some: list[Event], arguments: dict[str, Any]) -> None:
    some = [*some, *known]
    paths = list(naive.paths(some).values())
    wanted_nodes, wanted_links, n = naive_flow.flow(
        paths, **{**arguments, "anchor": parse(arguments["anchor"])}
    )
    index = index_of(some)
    answer = index.flow(**arguments).to_dict()
    nodes, links = rows(answer)
    if n == 0:  # the anchor stands there all the same
        assert nodes == {(0, "anchor"): (0, 0)}
        wanted_nodes = nodes
    assert (nodes, links, answer["occurrences"]) == (wanted_nodes, wanted_links, n)
    per_step = Counter[int]()
    for row in answer["nodes"]:
        per_step[row["step"]] += row["count"]
        behind = flow_persons(index, step=row["step"], node=row["node"], **arguments)
        assert len(behind) == row["persons"]
    assert n == 0 or per_step == dict.fromkeys(range(-arguments["before"], arguments["after"] + 1), n)
    for row in answer["links"]:
        link = {"step": row["step"], "node": row["source"], "target": row["target"]}
        assert len(flow_persons(index, **link, **arguments)) == row["persons"]


@given(events, asked, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_any_partition_by_person_gives_the_same_answer(
    some: list[Event], arguments: dict[str, Any], chance: random.Random
) -> None:
    index = index_of([*some, *known])
    scattered = Scattered.of(index, [chance.randrange(3) for _ in range(index.n_persons)])
    assert scattered.flow(**arguments).to_dict() == index.flow(**arguments).to_dict()
    cut, scattered_cut = index.by_session(1.5), scattered.by_session(1.5)
    answer = cut.flow(**arguments).to_dict()
    assert scattered_cut.flow(**arguments).to_dict() == answer
    for row in answer["nodes"]:
        assert row["persons"] == len(flow_persons(cut, step=row["step"], node=row["node"], **arguments))


def test_what_has_ended_stays_ended() -> None:
    index = index_of([Event("p", "a", 0), Event("q", "a", 0), Event("q", "b", 1)])
    answer = index.flow("a", before=2, after=2).to_dict()
    shares = {(row["step"], row["node"]): row["share"] for row in answer["nodes"]}
    assert shares == {
        (-2, "(start)"): 1.0,
        (-1, "(start)"): 1.0,
        (0, "a"): 1.0,
        (1, "b"): 0.5,
        (1, "(end)"): 0.5,
        (2, "(end)"): 1.0,
    }
    assert {"step": 1, "source": "(end)", "target": "(end)", "count": 1, "persons": 1} in answer["links"]


def test_an_event_called_other_is_not_the_others() -> None:
    next_events = zip("pqrs", ["(other)", "b", "b", "c"], strict=True)
    index = index_of(
        [*(Event(person, "a", 0) for person in "pqrs"), *known]
        + [Event(person, name, 1) for person, name in next_events]
    )
    nodes = {row["node"]: row["count"] for row in index.flow("a", 0, 1, top=2).to_dict()["nodes"]}
    assert nodes == {"a": 5, "b": 3, "event (other)": 1, "(other)": 1}
    assert len(flow_persons(index, "a", 1, "(other)", before=0, after=1, top=2)) == 1


def test_an_event_whose_name_looks_like_a_pattern_can_be_the_anchor() -> None:
    index = index_of([Event("p", "a -> b", 0), Event("p", 'say "hi"', 1)])
    assert index.flow("a -> b").occurrences == 1
    assert index.flow('say "hi"').occurrences == 1


def test_bad_questions_are_refused() -> None:
    index = index_of(known)
    for arguments in ({"before": -1}, {"after": 21}, {"top": 0}, {"top": 51}, {"before": True}):
        with pytest.raises(BadNumber):
            index.flow("a", **arguments)  # type: ignore[arg-type]
    with pytest.raises(NoStepsAround):
        index.flow("a", 0, 0)
    with pytest.raises(BadOccurrence):
        index.flow("a", occurrence="second")  # type: ignore[arg-type]
    with pytest.raises(UnknownEvent):
        index.flow("nothing")
    with pytest.raises(UnknownEvent):
        flow_persons(index, "a", 1, "nothing")
    with pytest.raises(BadNumber):
        flow_persons(index, "a", 4, "b")


def test_nothing_flows_from_nothing() -> None:
    nobody = index_of(known).select(from_us=10)
    answer = nobody.flow("a").to_dict()
    assert (answer["occurrences"], answer["links"]) == (0, [])
    assert [(row["step"], row["share"]) for row in answer["nodes"]] == [(0, None)]
    for language in ("en", "fa"):
        assert "nan" not in nobody.flow("a").to_html(language).lower()  # type: ignore[arg-type]


def test_what_few_persons_do_is_withheld_so_that_no_difference_tells_it() -> None:
    index = index_of(
        [Event(f"p{n}", "a", 0) for n in range(20)]
        + [Event(f"p{n}", name, 1) for n, name in enumerate(["b"] * 10 + ["c"] * 6 + ["d"] * 2)]
    )
    answer = index.flow("a", 1, 1).withhold(3).to_dict()
    # Two had "d", two had nothing more; one link of each side of "a" would tell.
    assert {row["node"] for row in answer["nodes"] if row["step"] == 1} == {"b", "c"}
    assert {row["target"] for row in answer["links"] if row["step"] == 0} == {"b", "c"}
    assert index.flow("d", 1, 1).withhold(3).to_dict()["nodes"] == []


def test_drawing_and_table_speak_both_languages() -> None:
    answer = index_of(known).flow("a", 1, 1)
    assert "(start)" in answer.text("en")
    assert "(آغاز)" in answer.text("fa")
    assert "<svg" in answer.to_html("fa")


def test_a_path_of_a_million_events_and_sixty_thousand_names() -> None:
    n = 1_000_000
    names = sorted(f"name {code}" for code in range(60_000))
    index = straight(names, [place % 60_000 for place in range(n)], range(n))
    answer = index.flow(names[5], 3, 3, top=2).to_dict()
    assert answer["occurrences"] == 17
    assert [row["node"] for row in answer["nodes"] if row["step"] in (-1, 1)] == [names[4], names[6]]
    every = index.flow(".", 1, 1, top=2)
    assert every.occurrences == n


def test_the_next_step_in_a_real_file(shared_data: Path) -> None:
    """After the first purchase of everybody, beside SQL over the raw rows."""
    file = shared_data / "ecom_clickstream" / "ecom.csv.gz"
    sql = duckdb.connect()
    sql.execute(
        f"""
        create table events as select *, row_number() over (partition by user_id order by timestamp, row) as place
        from (select user_id, event, timestamp, row_number() over () as row
              from read_csv('{file}', parallel = false))
        """
    )
    index = journeys.read(file, "user_id", "event", "timestamp")
    anchor = index.overview().to_dict()["rows"][1]["event"]
    wanted = sql.execute(
        """
        with first as (select user_id, min(place) as place from events where event = ? group by user_id)
        select s.step, coalesce(e.event, '(end)'), count(*)
        from first cross join (values (1), (2)) s(step)
        left join events e on e.user_id = first.user_id and e.place = first.place + s.step
        group by all
        """,
        [anchor],
    ).fetchall()
    answer = index.flow(anchor, 0, 2, top=50, occurrence="first").to_dict()
    found = [(row["step"], row["node"], row["count"]) for row in answer["nodes"] if row["step"]]
    assert sorted(found) == sorted(wanted)
    assert np.isclose(sum(row["share"] for row in answer["nodes"] if row["step"] == 1), 1)
