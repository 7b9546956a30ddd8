"""Tables of cards: what is written comes back the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamsafar.lib.persian import search_key
from hamsafar.lib.spreadsheet import plain_text, safe_cell
from hamsafar.maps import document, formats
from hamsafar.maps.faults import MapInvalid
from hamsafar.maps.fields import FITS, LANE_KINDS
from hamsafar.maps.tests.large import everything

# Letters of both scripts, signs of formulas, of tables and of XML, spaces and lines.
WORDS = st.text(alphabet="abسلام۱2 ;؛,'\"=+-@\t\n<&\\_x0041_😀\u200c", max_size=24).map(
    lambda one: one.strip()
)
NAMES = WORDS.filter(search_key)


def unique(names: st.SearchStrategy[str], **size: int) -> st.SearchStrategy[list[str]]:
    return st.lists(names, unique_by=search_key, **size)  # type: ignore[arg-type]


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


SCORE = optional(st.integers(1, 5))
CARD = st.fixed_dictionaries(
    {
        "text": WORDS, "tags": optional(st.lists(NAMES, unique=True, min_size=1, max_size=3)),
        "owner": optional(NAMES.map(lambda name: {"kind": "text", "name": name})),
        "commitment": optional(st.integers(1, 6)), "complaint": optional(st.just(True)),
        "moment_of_truth": optional(st.just(True)), "hidden_need": optional(st.just(True)),
        "impact": SCORE, "effort": SCORE, "confidence": SCORE, "fit": optional(st.sampled_from(FITS)),
        "at": optional(st.sampled_from(["00:00", "07:30", "23:59"])), "color": optional(st.just("#86518f")),
        "link": optional(st.just("https://example.org/a;b?c=d")), "emoji": optional(st.sampled_from(["😀", "👩‍💻"])),
        "evidence": optional(
            st.fixed_dictionaries(
                {"kind": st.sampled_from(["assumption", "observed", "stale"]), "n": optional(st.integers(0, 10**12))}
            )
        ),
    }
)  # fmt: skip


@st.composite
def maps(draw: st.DrawFn) -> dict[str, Any]:
    stages = draw(unique(NAMES, min_size=1, max_size=3))
    kinds = draw(
        st.lists(st.sampled_from(sorted(set(LANE_KINDS) - {"owner", "emotion"})), max_size=3, unique=True)
    )
    lanes: list[dict[str, Any]] = [
        {"id": f"l{i}", "kind": kind, "name": draw(WORDS)} for i, kind in enumerate(kinds)
    ]
    lanes.insert(draw(st.integers(0, len(lanes))), {"id": "e", "kind": "emotion"})
    personas = [{"id": f"p{i}", "name": name} for i, name in enumerate(draw(unique(NAMES, max_size=2)))]
    steps = [
        {"id": f"t{s}{i}", "stage": f"s{s}", "name": name}
        for s in range(len(stages))
        for i, name in enumerate(draw(unique(NAMES, max_size=2)))
    ]
    cards = []
    for place in range(draw(st.integers(0, 6)) if kinds else 0):
        stage = draw(st.sampled_from([f"s{i}" for i in range(len(stages))]))
        step = draw(st.sampled_from([None, *(one["id"] for one in steps if one["stage"] == stage)]))
        lane = draw(st.sampled_from([f"l{i}" for i in range(len(kinds))]))
        cards.append({"id": f"c{place}", "lane": lane, "stage": stage, "step": step, **draw(CARD)})
    points = {
        (draw(st.sampled_from([None, *(one["id"] for one in personas)])), f"s{s}")
        for s in range(len(stages))
        if draw(st.booleans())
    }
    emotions = [
        {"persona": persona, "stage": stage, "value": draw(st.floats(-2, 2))}
        for persona, stage in sorted(points, key=str)
    ]
    return document.check(
        {
            "format": "hamsafar-map/1", "title": "T", "kind": "current_state",
            "language": draw(st.sampled_from(["fa", "en"])),
            "stages": [{"id": f"s{i}", "name": name} for i, name in enumerate(stages)],
            "steps": steps, "lanes": lanes, "personas": personas, "cards": cards, "emotions": emotions,
        }
    )  # fmt: skip


def told(exchange: dict[str, Any]) -> dict[str, Any]:
    """What a map says, whatever its ids are; what has no name is not told apart from what is not there."""
    stage = {one["id"]: one["name"] for one in exchange["stages"]}
    lane = {one["id"]: (one["kind"], one.get("name") or "") for one in exchange["lanes"]}
    step = {one["id"]: one["name"] for one in exchange["steps"]}
    persona = {one["id"]: one["name"] for one in exchange["personas"]}
    order = {one["id"]: place for place, one in enumerate(exchange["stages"])}
    rank = {one["id"]: place for place, one in enumerate(exchange["lanes"])}
    cards = sorted(exchange["cards"], key=lambda one: (order[one["stage"]], rank[one["lane"]]))
    ids = ("id", "stage", "lane", "step")
    return {
        "stages": list(stage.values()),
        "lanes": list(lane.values()),
        "steps": [(stage[one["stage"]], one["name"]) for one in exchange["steps"]],
        "cards": [
            (
                stage[c["stage"]], lane[c["lane"]], step.get(c.get("step", "")),
                {k: v for k, v in c.items() if k not in ids},
            )
            for c in cards
            if len(c) > 4 + ("step" in c) or c["text"]
        ],
        "emotions": {
            (persona.get(one["persona"]), stage[one["stage"]], step.get(one.get("step", "")), one["value"])
            for one in exchange["emotions"]
        },
    }  # fmt: skip


@given(maps())
@settings(max_examples=150, deadline=None)
def test_a_table_comes_back_as_it_was_written(exchange: dict[str, Any]) -> None:
    for kind in ("csv", "xlsx"):
        back = document.check(formats.read(f"m.{kind}", formats.write(exchange, kind), exchange["language"]))
        assert told(back) == told(exchange)


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_map_with_everything_comes_back_but_for_what_was_said(kind: str, language: str) -> None:
    exchange = everything(language)
    back = document.check(formats.read(f"m.{kind}", formats.write(exchange, kind), language))
    assert formats.left_out(exchange, kind) == [
        "descriptions", "about", "touchpoints", "emotion_notes", "branches", "arrows", "targets", "colors",
    ]  # fmt: skip
    plain = [{k: v for k, v in one.items() if k not in ("touchpoint", "need")} for one in exchange["cards"]]
    owners = [one["owner"]["name"] for one in back["stages"]]
    assert owners == [one["owner"]["name"] for one in exchange["stages"]]
    for one in plain:
        if one.get("owner"):
            one["owner"] = {"kind": "text", "name": one["owner"]["name"]}
    assert told(back)["cards"] == told({**exchange, "cards": plain})["cards"]
    assert told(back)["emotions"] == told(exchange)["emotions"]


def test_same_names_are_said() -> None:
    exchange = document.check(
        {
            "format": "hamsafar-map/1", "title": "T", "kind": "current_state", "language": "en",
            "stages": [{"id": "a", "name": "Buy"}, {"id": "b", "name": "buy "}],
        }
    )  # fmt: skip
    assert formats.left_out(exchange, "csv") == ["same_names"]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [("fit", "maybe", "not_one_of"), ("evidence", "rumour", "not_one_of"), ("impact", "9", "out_of_range")],
)
def test_what_is_no_answer_is_refused_with_its_row(column: str, value: str, code: str) -> None:
    with pytest.raises(MapInvalid) as refused:
        formats.read("m.csv", f"stage,kind,text,{column}\nBuy,goals,x,{value}\n".encode(), "en")
    assert (refused.value.faults[0].place, refused.value.faults[0].code) == ("row 2", code)


def test_words_of_either_language_and_digits_of_either_are_understood() -> None:
    found = formats.read(
        "m.csv", "مرحله,نوع ردیف,متن,شاهد,ساعت,اثر\nخرید,goals,الف,مشاهده شده,۷:۳۰,۵\n".encode(), "fa"
    )
    (card,) = document.check(found)["cards"]
    assert (card["evidence"], card["at"], card["impact"]) == ({"kind": "observed"}, "07:30", 5)


@given(st.text(alphabet="'=+-@\t\r\nab", max_size=8))
def test_apostrophes_come_and_go(content: str) -> None:
    safe = str(safe_cell(content))
    assert plain_text(safe) == content
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
