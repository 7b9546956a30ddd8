"""Patterns: what is read, what is refused and where, and that the automata find what the definition says."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import PathIndex
from hamsafar.journeys.parts import split
from hamsafar.journeys.patterns import tables
from hamsafar.journeys.patterns.language import parse
from hamsafar.journeys.patterns.matching import matches
from hamsafar.journeys.patterns.tables import compile_pattern
from hamsafar.journeys.tests import naive, naive_pattern
from hamsafar.journeys.tests.naive import Event
from hamsafar.lib.errors import HamsafarError

SECOND = 1_000_000


def path_of(names: str, times: list[int] | None = None) -> list[Event]:
    """``"abc"``: a, b and c, a second apart."""
    return [
        Event("p", name, (times[place] if times else place) * SECOND) for place, name in enumerate(names)
    ]


def index_of(events: list[Event]) -> PathIndex:
    # Somebody has every name, so that patterns may speak of all of them.
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
    )


def found(text: str, names: str, times: list[int] | None = None) -> list[str]:
    """The stretches of one path that the pattern fits; ``|`` shows where the path's own events are cut out."""
    index = index_of([*path_of(names, times), *(Event("z", name, 0) for name in "abcde")])
    part = split(index, 1)[0]
    spans = matches(compile_pattern(text, index.names, index._code_of), part)
    return ["".join(names[begin:end]) for path, begin, end in spans.tolist() if path == 0]


@pytest.mark.parametrize(
    ("text", "names", "stretches"),
    [
        ("a", "abab", ["a", "a"]),
        ("a -> b", "abcab", ["ab", "ab"]),
        ("a -> c", "abc", []),
        ("a -> ... -> c", "abbcac", ["abbc", "ac"]),
        ("a -> .{0,3} -> b", "acccb accccb", ["acccb"]),
        ("a -> (!b)* -> (end)", "acacc", ["acacc"]),
        ("a -> (!b)* -> (end)", "acbac", ["ac"]),
        ("a -> (!b)* -> (end)", "aaab", []),
        ("(start) -> a", "aab", ["a"]),
        ("(start) -> !a", "ba", ["b"]),
        ("(start) -> a -> (end)", "aa", []),
        ("a -> b | c", "abac", ["ab", "ac"]),
        ("(a -> b) | c", "abc", ["ab", "c"]),
        ("!(a | b)", "abcd", ["c", "d"]),
        ("!!a", "ab", ["a"]),
        ("a+", "aab", ["a", "a"]),
        ("a+ -> (!a | (end))", "aabaa", ["aab", "aa"]),
        ("a{2}", "aaaaa", ["aa", "aa"]),
        ("a{2,} -> b", "aaab ab", ["aaab"]),
        ("(a -> b){2}", "abab", ["abab"]),
        ("b? -> a", "ba", ["ba"]),
        ('"a"->«b»→“c”', "abc", ["abc"]),
        ('~"*" -> b', "ab", ["ab"]),
        ("(آغاز) -> a", "a", ["a"]),
    ],
)
def test_examples(text: str, names: str, stretches: list[str]) -> None:
    assert found(text, names.replace(" ", "d")) == [one.replace(" ", "d") for one in stretches]


@pytest.mark.parametrize(
    ("text", "names", "times", "stretches"),
    [
        ("a -> ... -> b within 2s", "acb", [0, 1, 2], ["acb"]),
        ("a -> ... -> b within 2s", "acb", [0, 1, 3], []),
        # The first "a" is too old for "b", the second one is not.
        ("a -> ... -> b within 2s", "aab", [0, 2, 3], ["ab"]),
        ("a -> within 1s b", "abab", [0, 2, 3, 4], ["ab"]),
        ("(a -> b within 1s) -> c", "abc", [0, 1, 50], ["abc"]),
        ("a -> (b -> ... -> c within 1s) -> ... -> d within 5s", "abccd", [0, 1, 2, 3, 6], []),
        ("a -> (b -> ... -> c within 1s) -> ... -> d within 5s", "abccd", [0, 1, 2, 3, 5], ["abccd"]),
        ("(a -> a within 1s)+ -> b", "aaaab", [0, 1, 9, 10, 90], ["aaaab"]),
        ("a -> b? -> within 1s c", "abc", [0, 5, 6], ["abc"]),
        ("a -> within 1s b? -> c", "ac", [0, 5], []),
    ],
)
def test_time_limits(text: str, names: str, times: list[int], stretches: list[str]) -> None:
    assert found(text, names, times) == stretches


single = st.recursive(
    st.sampled_from(["a", "b", "c", "."]),
    lambda inner: st.one_of(
        inner.map(lambda one: f"!({one})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} | {two[1]})"),
    ),
    max_leaves=3,
)
parts = st.recursive(
    st.one_of(single, single, st.just("..."), st.just("(start)"), st.just("(end)")),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda two: f"({two[0]} -> {two[1]})"),
        st.tuples(inner, st.integers(1, 3), inner).map(
            lambda three: f"({three[0]} -> within {three[1]}s {three[2]})"
        ),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} | {two[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,}", "{,3}"])).map(
            lambda two: f"({two[0]}){two[1]}"
        ),
        st.tuples(inner, st.integers(1, 4)).map(lambda two: f"({two[0]} within {two[1]}s)"),
    ),
    max_leaves=6,
)
# Most need at least one event, or they would nearly all be refused.
texts = st.one_of(
    parts,
    st.tuples(single, parts).map(lambda two: f"{two[0]} -> {two[1]}"),
    st.tuples(parts, single).map(lambda two: f"{two[0]} -> {two[1]}"),
    st.tuples(single, parts, single).map(lambda three: f"{three[0]} -> {three[1]} -> {three[2]} within 4s"),
)
events = st.lists(
    st.builds(
        Event, st.sampled_from("pqr"), st.sampled_from("abcd"), st.integers(0, 5).map(lambda s: s * SECOND)
    ),
    max_size=14,
)


@given(texts, events, st.booleans(), st.booleans())
@settings(max_examples=120)
def test_matches_are_as_the_twin_says(text: str, some: list[Event], states: bool, first: bool) -> None:
    known = [*some, *(Event("z", name, 0) for name in "abcd")]
    index = index_of(known)
    with pytest.MonkeyPatch.context() as patch:
        if not states:  # too large for a table of states: the places are followed themselves
            patch.setattr(tables, "MOST_STATES", 0)
        try:
            matcher = compile_pattern(text, index.names, index._code_of)
        except HamsafarError as error:
            assert error.code in ("pattern_matches_nothing", "pattern_never_matches", "bad_pattern")  # noqa: PT017
            return
    tree = parse(text)
    wanted = [
        (person, begin, end)
        for person, path in enumerate(naive.paths(known).values())
        for begin, end in naive_pattern.matches(tree, path)[: 1 if first else None]
    ]
    spans = np.concatenate([matches(matcher, part, only_first=first) for part in split(index, 2)])
    spans[:, 1:] -= index.offset[spans[:, 0]][:, None]
    assert [tuple(row) for row in spans.tolist()] == wanted
