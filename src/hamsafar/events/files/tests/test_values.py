"""Numbers as people write them, and what only looks like one."""

import json
import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.events.files.blocks import column_of
from hamsafar.events.files.values import clean_person, members, number_text, texts


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", "5"), ("-5", "-5"), ("+5", "5"), ("5.50", "5.5"), ("0", "0"), ("-0.0", "0"), ("0.25", "0.25"),
        ("۱٬۲۵۰٬۰۰۰", "1250000"), ("1,250,000", "1250000"), ("١٢٫٥", "12.5"), (" 7 ", "7"), (".5", "0.5"),
        ("1.5e-05", "1.5e-05"), ("123456789012345", "123456789012345"),
    ],
)  # fmt: skip
def test_numbers(text, number):
    got = number_text(text)
    assert got is not None
    assert json.loads(got) == json.loads(number)


@pytest.mark.parametrize(
    "text",
    ["", "x", "007", "۰۹۱۲۳۴۵۶۷۸۹", "1234567890123456", "1,25,000", "12,5", "1.2.3", "۵ تومان", "10%", "1e5", "--1",
     "inf", "nan", "0x10", "1_000"],
)  # fmt: skip
def test_codes_and_texts_are_no_numbers(text):
    assert number_text(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False, width=32) | st.integers(-(10**15) + 1, 10**15 - 1))
def test_what_python_writes_is_read_back(number):
    text = repr(number)
    got = number_text(text)
    assert got is None or json.loads(got) == number
    assert got is not None or "e" in text or len(text.lstrip("-").split(".")[0]) > 15


@given(st.lists(st.none() | st.text()), st.booleans())
def test_members_are_always_json(values, number):
    values = [None if value is None else value.encode("utf-8", "ignore").decode() for value in values]
    for part, value in zip(
        members(pa.array(values, pa.string()), 'na"me', number).to_pylist(), values, strict=True
    ):
        if part is None:
            assert value is None or not value.replace("\x00", "").strip() or not value.isprintable()
        else:
            assert list(json.loads("{" + part + "}")) == ['na"me']


@given(st.lists(st.none() | st.floats() | st.integers(-(2**53), 2**53).map(float)))
def test_typed_numbers_keep_their_value(values):
    for part, value in zip(
        members(pa.array(values, pa.float64()), "n", False).to_pylist(), values, strict=True
    ):
        if value is None or not math.isfinite(value):
            assert part is None
        else:
            assert json.loads("{" + part + "}") == {"n": value}
            assert value % 1 or abs(value) >= 1e15 or part == f'"n":{int(value)}'


cells = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))
    | st.from_regex(r"-?\d{1,3}([,٬]\d{3})*([.٫]\d{1,3})?0*", fullmatch=True) | st.lists(st.integers(), max_size=2)
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(cells, max_size=30), st.booleans())
def test_a_value_reads_the_same_whatever_stands_around_it(values, number):
    """Or else an import that resumes in other batches would not recognise its own events."""
    alone = [members(column_of([value]), "n", number).to_pylist()[0] for value in values]
    assert members(column_of(values), "n", number).to_pylist() == alone
    keys = [texts(column_of([value]), clean_person).to_pylist()[0] for value in values]
    assert texts(column_of(values), clean_person).to_pylist() == keys
    plain = [value for value in values if isinstance(value, str)] * 40  # few values, often; then each once
    assert members(pa.array(plain, pa.string()), "n", number).to_pylist() == [
        members([value], "n", number).to_pylist()[0] for value in plain
    ]


def test_a_persons_key():
    assert clean_person(" ۱۷۸۵۰ ") == clean_person("17850") == clean_person("17850.0") == "17850"
    assert clean_person("علي  رضايي") == "علی رضایی"
    assert clean_person("v1.0") == "v1.0"
