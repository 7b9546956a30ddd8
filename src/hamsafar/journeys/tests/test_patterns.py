"""Patterns: what is read, what is refused and where, and that the automata find what the definition says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.journeys import PathIndex
from hamsafar.journeys.parts import split
from hamsafar.journeys.patterns import matching, tables
from hamsafar.journeys.patterns.faults import BadPattern, MatchesNothing, NeverMatches
from hamsafar.journeys.patterns.language import MOST_BRACKETS, MOST_CHARACTERS, parse
from hamsafar.journeys.patterns.matching import matches
from hamsafar.journeys.patterns.tables import compile_pattern
from hamsafar.journeys.tests import naive, naive_pattern
from hamsafar.journeys.tests.naive import Event
from hamsafar.lib.errors import HamsafarError

SECOND = 1_000_000


def path_of(names: str, times: list[int] | None = None) -> list[Event]:
    """``"abc"``: a, b and c, a second apart."""
    return [Event("p", name, (times[place] if times else place) * SECOND) for place, name in enumerate(names)]


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
    spans = matches(compile_pattern(text, index.names, index.code_by_name), part)
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


@pytest.mark.parametrize("text", ["a", "(a | b)", "a -> b", "(a -> b within 1s) -> ..."])
def test_room_is_made_for_more_matches_than_expected(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of([Event(person, "ab"[at % 2], at * SECOND) for person in "pqr" for at in range(40)])
    matcher = compile_pattern(text, index.names, index.code_by_name)
    part = split(index, 1)[0]
    wanted = matches(matcher, part)
    monkeypatch.setattr(matching, "_LEAST_ROOM", -29)  # one row to begin with
    assert len(wanted) >= 3
    assert matches(matcher, part).tolist() == wanted.tolist()


@given(texts, events, st.booleans(), st.booleans())
@settings(max_examples=120)
def test_matches_are_as_the_twin_says(text: str, some: list[Event], states: bool, first: bool) -> None:
    known = [*some, *(Event("z", name, 0) for name in "abcd")]
    index = index_of(known)
    refused: HamsafarError | None = None
    with pytest.MonkeyPatch.context() as patch:
        if not states:  # too large for a table of states: the places are followed themselves
            patch.setattr(tables, "MOST_STATES", 0)
        try:
            matcher = compile_pattern(text, index.names, index.code_by_name)
        except (MatchesNothing, NeverMatches, BadPattern) as error:
            refused = error
    paths = list(naive.paths(known).values())
    if isinstance(refused, BadPattern):
        assert refused.params["why"].startswith("this time limit needs an event")
        return
    tree = parse(text)
    assert isinstance(refused, MatchesNothing) == naive_pattern.fits_nothing(tree, paths)
    if isinstance(refused, MatchesNothing):
        return
    wanted = [
        (person, begin, end)
        for person, path in enumerate(paths)
        for begin, end in naive_pattern.matches(tree, path)[: 1 if first else None]
    ]
    if refused:
        assert wanted == []
        return
    spans = np.concatenate([matches(matcher, part, only_first=first) for part in split(index, 2)])
    spans[:, 1:] -= index.offset[spans[:, 0]][:, None]
    assert [tuple(row) for row in spans.tolist()] == wanted


@pytest.mark.parametrize(
    ("text", "position", "length", "expected"),
    [
        ("", 0, 1, "empty"),
        ("   ", 0, 1, "empty"),
        ("a ->", 4, 1, "an event is expected"),
        ("-> a", 0, 2, "an event is expected"),
        ("add to cart", 4, 1, "goes in quotes"),
        ("(a -> b", 0, 1, "not closed"),
        ("a -> (b c)", 8, 1, "“->” or “)”"),
        ("a)", 1, 1, "“->” or the end"),
        ('a -> "b', 5, 1, "not closed"),
        ('""', 0, 2, "cannot be empty"),
        ("a{3,1}", 1, 5, "number of times"),
        ("a{0}", 1, 3, "number of times"),
        ("a{,}", 1, 1, "number of times"),
        ("a within 2", 9, 1, "length of time"),
        ("a within 0d", 9, 1, "length of time"),
        ("a -> b within 2d -> c", 17, 2, "ends a group"),
        ("a -> within 2d (end)", 4, 16, "needs an event"),
        ("within 2d", 0, 6, "time limit"),
        ("!(a -> b)", 0, 9, "single events"),
        ("!a*", 0, 1, ""),
        ("~page", 1, 1, "in quotes"),
        ("(" * (MOST_BRACKETS + 1) + "a", MOST_BRACKETS, 1, "too deep"),
        ("a" * (MOST_CHARACTERS + 1), 80, 1, "at most"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    text: str, position: int, length: int, expected: str
) -> None:
    if not expected:
        parse(text)
        return
    with pytest.raises(BadPattern) as told:
        parse(text)
    assert (told.value.params["position"], told.value.params["length"]) == (position, length)
    assert expected in told.value.sentence("en")
    assert f"نویسهٔ {position + 1}" in told.value.sentence("fa").translate(
        {ord(digit): str(n) for n, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")}
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a*", "pattern_matches_nothing"),
        ("...", "pattern_matches_nothing"),
        ("(start) -> (end)", "pattern_matches_nothing"),
        ("(a | b?)", "pattern_matches_nothing"),
        ("a -> (start)", "pattern_never_matches"),
        ("(end) -> a", "pattern_never_matches"),
        ("a{251}", "pattern_too_large"),
        ("a{1000000}", "pattern_too_large"),
        ("(a{16}){16}", "pattern_too_large"),
        (" -> ".join(["(a within 1d)"] * 9), "pattern_too_large"),
        ('~"x*"', "no_name_like"),
        ("bb", "unknown_event"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(text: str, code: str) -> None:
    with pytest.raises(HamsafarError) as told:
        compile_pattern(text, ["a", "b"], {"a": 0, "b": 1})
    assert told.value.code == code


@given(st.text(alphabet='ab-> ()!.*+?{}1,|~"«»within2d', max_size=30))
@settings(max_examples=200)
def test_any_text_is_read_or_refused_at_a_place_of_it(text: str) -> None:
    place = 0
    try:
        parse(text)
    except BadPattern as error:
        place = error.params["position"]
    assert 0 <= place <= len(text)


def test_names_are_found_however_they_are_typed() -> None:
    names = ["خرید", "ثبت‌نام", "order/paid", "page.view-2"]
    codes = {name: code for code, name in enumerate(names)}
    for text in ("خريد", "ثبت‌نام", "order/paid", "page.view-2", "page.view-2->خرید"):
        compile_pattern(text, names, codes)
