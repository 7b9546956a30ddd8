"""Very long paths, very many names, hostile texts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from hamsafar.journeys import Condition, PathIndex, transitions
from hamsafar.journeys.index import code_type
from hamsafar.journeys.text_column import TextColumn

DAY = 86_400


def test_one_path_of_a_million_events() -> None:
    """a b a b ... at every second, beside a person with one event."""
    n = 1_000_000
    index = PathIndex.from_arrays(
        ["long"] * n + ["short"], ["a", "b"] * (n // 2) + ["a"], [s * 1_000_000 for s in range(n)] + [0]
    )
    rows = {(row["source"], row["target"]): row for row in index.transitions().to_dict()["rows"]}
    assert (rows["a", "b"]["count"], rows["a", "b"]["persons"]) == (n // 2, 1)
    assert (rows["b", "a"]["count"], rows["b", "a"]["median_gap_seconds"]) == (n // 2 - 1, 1.0)
    assert rows["(start)", "a"]["persons"] == 2
    variants = index.variants()
    assert [len(row["path"]) for row in variants.to_dict()["rows"]] == [1, n]
    funnel = index.funnel(["a", "b", "a"], within_seconds=2).to_dict()["rows"]
    assert [row["persons"] for row in funnel] == [2, 1, 1]
    assert index.overview().events_per_person["max"] == n


def test_sixty_thousand_names() -> None:
    """Every name once, in order, in the path of everybody; too many for a table of all pairs."""
    n_names, n_persons = 60_000, 5
    names = tuple(sorted(f"name {n}" for n in range(n_names)))
    index = PathIndex(
        code=np.tile(np.arange(n_names, dtype=code_type(n_names)), n_persons),
        at_us=np.tile(np.arange(n_names, dtype=np.int64) * 1_000_000, n_persons),
        offset=np.arange(n_persons + 1, dtype=np.int64) * n_names,
        names=names,
        persons=TextColumn.of([f"p{n}" for n in range(n_persons)]),
        properties={},
        version="test",
    )
    found = index.transitions()
    assert transitions.plan(index).edges is None
    assert len(found.rows) == n_names - 1 + 2
    assert {row["count"] for row in found.to_dict()["rows"]} == {n_persons}
    inner = {(row["source"], row["target"]) for row in found.to_dict()["rows"]}
    assert set(pairwise(names)) < inner
    assert index.variants().to_dict()["rows"][0]["persons"] == n_persons
    assert index.overview().event_names == n_names
    steps = [names[0], names[1000], names[-1]]
    assert [row["persons"] for row in index.funnel(steps).to_dict()["rows"]] == [n_persons] * 3


def test_an_answer_as_html_is_escaped_and_speaks_both_languages() -> None:
    hostile = "<script>alert('x')</script>"
    index = PathIndex.from_arrays(
        ["p", "p", "p"], [hostile, "b & c", "b & c"], [0, 2 * DAY * 10**6, 3 * DAY * 10**6]
    )
    for result in (index.overview(), index.transitions(), index.variants(), index.funnel([hostile, "b & c"])):
        for html in (result._repr_html_(), result.to_html("fa")):
            assert "<script>" not in html
            assert "&lt;script&gt;" in html
            assert "b & c" not in html
    english, persian = index.transitions().to_html("en"), index.transitions().to_html("fa")
    assert 'dir="ltr" lang="en"' in english
    assert "<td>2 d</td>" in english
    assert 'dir="rtl" lang="fa"' in persian
    assert "<td>۲ روز</td>" in persian
    assert "(آغاز)" in persian


def test_rows_that_are_not_shown_are_counted() -> None:
    index = PathIndex.from_arrays(["p"] * 61, [f"n{n:02}" for n in range(61)], range(61))
    assert "12 more rows." in index.transitions().text("en")
    assert "و ۱۲ سطر دیگر." in index.transitions().text("fa")
    assert "more rows" not in index.transitions().to_html()


@pytest.mark.parametrize(
    ("seconds", "en", "fa"),
    [
        (0, "0 s", "۰ ثانیه"),
        (0.25, "0.2 s", "۰٫۲ ثانیه"),
        (59.96, "60 s", "۶۰ ثانیه"),
        (61, "1 min 1 s", "۱ دقیقه و ۱ ثانیه"),
        (3_600, "1 h", "۱ ساعت"),
        (3_599.9, "60 min", "۶۰ دقیقه"),
        (90_000, "1 d 1 h", "۱ روز و ۱ ساعت"),
        (1_000_000_000, "11,574 d 2 h", "۱۱٬۵۷۴ روز و ۲ ساعت"),
    ],
)
def test_durations_are_told_in_their_two_largest_units(seconds: float, en: str, fa: str) -> None:
    from hamsafar.journeys.view import duration

    assert (duration(seconds, "en"), duration(seconds, "fa")) == (en, fa)


def test_texts_of_persons_are_found_and_taken() -> None:
    texts = sorted(["", "a", "b\u200cc", "é", "آرش", "𝔊"])
    column = TextColumn.of(texts)
    assert list(column) == texts
    assert column[-1] == texts[-1]
    assert column[1:3] == texts[1:3]
    assert [column.find(text) for text in texts] == list(range(len(texts)))
    assert column.find("zz") is None
    assert list(column.take(np.array([4, 0, 4]))) == [texts[4], texts[0], texts[4]]
    with pytest.raises(IndexError):
        column[6]


def test_a_condition_nobody_meets_leaves_an_index_that_answers() -> None:
    index = PathIndex.from_arrays(["p"], ["a"], [0], {"x": [1]}).select(conditions=[Condition("x", "=", 2)])
    assert index.overview().to_dict()["events_per_person"]["median"] is None
    assert index.properties["x"].values == (1,)
