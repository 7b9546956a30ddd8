"""Values nested deeply enough would end the process inside the Yjs library; they are stopped before it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

from hamsafar.maps import document, guard, wire
from hamsafar.maps.frames import Malformed
from hamsafar.maps.tests.test_document import FULL


def nested(depth: int) -> bytes:
    """An update that sets the title to a text within so many lists."""
    doc = document.new_doc()
    doc.get("meta", type=Map)["title"] = "A"
    plain = doc.get_update()
    assert plain.count(b"w\x01A") == 1
    return plain.replace(b"w\x01A", b"u\x01" * depth + b"w\x01A")


@pytest.mark.parametrize("depth", [33, 1_000, 490_000])
def test_a_deeply_nested_value_is_refused(depth: int) -> None:
    trial = guard.Trial(document.from_exchange(document.check(FULL)).get_update())
    with pytest.raises(guard.Refused) as refused:
        trial.apply(nested(depth))
    assert refused.value.fault.code == "not_an_update"
    trial.close()


def test_a_shallow_value_is_the_documents_business() -> None:
    wire.check_update(nested(32))


@given(st.integers(33, 200), st.integers(1, 3))
def test_objects_and_siblings_do_not_hide_the_depth(depth: int, siblings: int) -> None:
    level = b"v" + bytes([siblings]) + b"\x01k" + b"~\x01k" * (siblings - 1)
    deep = nested(1).replace(b"u\x01w\x01A", level * depth + b"w\x01A")
    with pytest.raises(Malformed):
        wire.check_update(deep)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False), st.text()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=30,
)


@given(st.lists(values, max_size=6))
def test_what_the_library_writes_can_be_walked(given_values: list[Any]) -> None:
    doc: Doc[Any] = Doc()
    root = doc.get("meta", type=Map)
    for index, value in enumerate(given_values):
        root[f"k{index % 3}"] = value
    root["map"], root["list"], root["text"] = Map({"a": [1]}), Array([1, {"b": 2}]), Text("ab")
    root["text"].insert(1, "x", {"bold": True})
    root["list"].append(b"bytes")
    del root["map"]
    wire.check_update(doc.get_update())
    other: Doc[Any] = Doc()
    other.apply_update(doc.get_update())
    other.get("meta", type=Map)["more"] = "x"
    wire.check_update(other.get_update())


@pytest.mark.parametrize(
    "promise",
    [
        b"\x80\x8d\xff\x89\x00",
        b"\xff\xff\xff\xff\xff\xff\x7f",
        b"\x02\x01\x01",
        b"\x01\x01\x01\x01",
        b"",
    ],
)
def test_a_state_vector_may_not_promise_more_than_it_has(promise: bytes) -> None:
    with pytest.raises(Malformed):
        wire.check_state_vector(promise)


@given(st.binary(max_size=60))
def test_no_bytes_make_the_walk_stumble(data: bytes) -> None:
    for check in (wire.check_update, wire.check_state_vector):
        try:
            check(data)
        except Malformed:
            continue


def test_a_real_state_vector_passes() -> None:
    doc = document.from_exchange(document.check(FULL))
    wire.check_state_vector(doc.get_state())
    wire.check_state_vector(document.new_doc().get_state())
    wire.check_update(document.new_doc().get_update())


def test_a_big_map_can_be_walked() -> None:
    cards = [
        {"id": f"c{n}", "lane": "l1", "stage": "s1", "text": "vu " * 20, "tags": ["u"]} for n in range(300)
    ]
    doc = document.from_exchange(document.check({**FULL, "cards": cards, "arrows": []}))
    wire.check_update(doc.get_update())
