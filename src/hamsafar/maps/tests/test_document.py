# ruff: noqa: E501 (a case is one line)
from __future__ import annotations

import copy
import json
import subprocess
import sys
import weakref
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hamsafar.maps import commands, document, guard, json_schema
from hamsafar.maps.faults import MapInvalid
from hamsafar.maps.fields import LIBRARY

ROOT = Path(__file__).resolve().parents[4]

FULL: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "سفر خرید آنلاین",
    "kind": "service_blueprint",
    "language": "fa",
    "description": "از دیدن تا پیشنهاد دادن",
    "status": "draft",
    "owner": {"kind": "team", "id": "team1", "name": "بازاریابی"},
    "review_on": "2026-11-22",
    "level": 1,
    "instances": {"begin": "first_stage_again", "idle_seconds": 2592000},
    "personas": [{"id": "p1", "persona": "01ABC", "name": "سارا"}],
    "stages": [
        {
            "id": "s1",
            "name": "آگاهی",
            "exit_touchpoint": "t1",
            "open_after_seconds": 86400,
            "begins": "07:30",
            "width": 320,
        },
        {"id": "s2", "name": "خرید", "owner": {"kind": "text", "name": "مدیر فروش"}},
    ],
    "steps": [
        {"id": "st1", "stage": "s1", "name": "دیدن تبلیغ"},
        {"id": "st2", "stage": "s2", "name": "پرداخت", "description": "با کارت"},
    ],
    "lanes": [
        {"id": "l1", "kind": "touchpoints", "name": "نقاط تماس", "collapsed": True},
        {"id": "l2", "kind": "thoughts", "persona": "p1"},
    ],
    "cards": [
        {"id": "c2", "lane": "l2", "stage": "s2", "text": "«گران نیست؟»\nشاید…", "tags": ["قیمت"], "content": "k1"},
        {"id": "c1", "lane": "l1", "stage": "s1", "step": "st1", "text": "", "touchpoint": "t1", "need": "required"},
        {
            "id": "c3",
            "lane": "l2",
            "stage": "s1",
            "text": 'می‌خواهم "بدانم" \\ 🙂',
            "evidence": {"kind": "observed", "n": 42, "observed_at": "2026-11-22T08:00:00+03:30"},
            "link": "https://example.com/x",
            "moment_of_truth": True,
            "at": "23:59",
            "files": [{"id": "f1", "name": "عکس.png", "alt": "صف صندوق"}],
        },
    ],
    "emotions": [
        {"persona": None, "stage": "s1", "value": -1.5, "intensity": 0.5},
        {"persona": "p1", "stage": "s1", "step": "st1", "value": 2},
    ],
    "branches": [{"id": "b1", "name": "برگشت", "from_stage": "s2", "to_stage": "s1"}],
    "lines": [{"id": "i1", "kind": "visibility", "after_lane": "l1"}],
    "arrows": [{"id": "a1", "from_card": "c1", "to_card": "c2", "label": "بعد"}],
    "targets": [{"id": "g1", "metric": "completion", "scope": {"stage": "s1"}, "value": 0.4}],
    "touchpoints": [
        {
            "id": "t1",
            "name": "پست اینستاگرام",
            "channel": "ch1",
            "matcher": {
                "events": ["instagram_*"],
                "conditions": [
                    {"property": "amount", "op": ">", "value": 100},
                    {"property": "city", "op": "in", "value": ["تهران", "شیراز"]},
                    {"property": "campaign", "op": "exists"},
                ],
            },
        }
    ],
    "channels": [{"id": "ch1", "name": "اینستاگرام", "kind": "social"}],
    "contents": [{"id": "k1", "name": "راهنمای خرید", "kind": "guide", "question": "گران نیست؟"}],
}  # fmt: skip


def with_change(path: str, value: Any) -> dict[str, Any]:
    """FULL with one place changed: "stages.0.name"."""
    changed = copy.deepcopy(FULL)
    *parents, last = path.split(".")
    target: Any = changed
    for step in parents:
        target = target[int(step) if isinstance(target, list) else step]
    target[int(last) if isinstance(target, list) else last] = value
    return changed


def library_of(exchange: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The touchpoints and channels that a file carries, as a workspace would have them."""
    return {name: {entry["id"]: entry for entry in exchange[name]} for name in LIBRARY}


def through_a_document(exchange: dict[str, Any]) -> dict[str, Any]:
    """Import and export: file, Yjs document, its bytes, another Yjs document, file."""
    doc = document.from_exchange(document.check(exchange))
    other = document.new_doc()
    other.apply_update(doc.get_update())
    return document.project(document.read(other), library_of(document.check(exchange)))


def test_a_map_comes_back_as_it_went_in() -> None:
    assert through_a_document(FULL) == FULL


def test_the_text_form_is_read() -> None:
    assert document.parse(json.dumps(FULL, ensure_ascii=False)) == FULL
    assert document.parse(json.dumps(FULL).encode()) == FULL
    assert document.parse("\ufeff" + json.dumps(FULL)) == FULL
    assert document.parse(json.dumps(FULL).encode("utf-8-sig")) == FULL


def test_nulls_and_absent_lists_mean_nothing_said() -> None:
    small = {"format": "hamsafar-map/1", "title": "A", "kind": "current_state", "language": "en"}
    cleaned = document.check(
        {**small, "description": None, "stages": [{"id": "s", "name": "A", "owner": None}]}
    )
    assert "description" not in cleaned
    assert cleaned["stages"] == [{"id": "s", "name": "A"}]
    assert cleaned["cards"] == []


BAD = [
    ("stages.1.name", "", "stages[1].name", "blank"),
    ("stages.1.name", 7, "stages[1].name", "wrong_type"),
    ("stages.1.id", "s1", "stages[1].id", "duplicate_id"),
    ("stages.0.begins", "7:30", "stages[0].begins", "bad_time_of_day"),
    ("stages.0.begins", "۰۷:۳۰", "stages[0].begins", "bad_time_of_day"),
    ("steps.1.id", "st1", "steps[1].id", "duplicate_id"),
    ("steps.1.stage", "s9", "steps[1].stage", "dangling_reference"),
    ("cards.0.content", "k9", "cards[0].content", "dangling_reference"),
    ("cards.0.impact", 6, "cards[0].impact", "out_of_range"),
    ("cards.0.fit", "perhaps", "cards[0].fit", "not_one_of"),
    ("stages.0.exit_touchpoint", "t9", "stages[0].exit_touchpoint", "dangling_reference"),
    ("stages.0.open_after_seconds", "soon", "stages[0].open_after_seconds", "wrong_type"),
    ("stages", {"s1": {}}, "stages", "wrong_type"),
    ("stages", [{"id": f"s{n}", "name": "x"} for n in range(101)], "stages", "too_many"),
    ("lanes.0.kind", "swim", "lanes[0].kind", "not_one_of"),
    ("lanes.1.persona", "p9", "lanes[1].persona", "dangling_reference"),
    ("cards.0.stage", "s9", "cards[0].stage", "dangling_reference"),
    ("cards.0.lane", "l9", "cards[0].lane", "dangling_reference"),
    ("cards.1.touchpoint", "t9", "cards[1].touchpoint", "dangling_reference"),
    ("cards.0.step", "st9", "cards[0].step", "dangling_reference"),
    ("cards.0.step", "st1", "cards[0].step", "step_of_another_stage"),
    ("emotions.1.step", "st2", "emotions[1].step", "step_of_another_stage"),
    ("cards.0.text", "x" * 5001, "cards[0].text", "too_long"),
    ("cards.0.text", "a\x00b", "cards[0].text", "bad_text"),
    ("cards.0.text", "half \ud800", "cards[0].text", "bad_text"),
    ("cards.0.link", "javascript:alert(1)", "cards[0].link", "bad_link"),
    ("cards.0.color", "url(x)", "cards[0].color", "bad_color"),
    ("cards.0.tags.0", None, "cards[0].tags[0]", "wrong_type"),
    ("cards.0.colour", "red", "cards[0].colour", "unknown_field"),
    ("cards.2.evidence", {"kind": "guess"}, "cards[2].evidence.kind", "not_one_of"),
    ("cards.2.evidence.observed_at", "2026-11-22T08:00:00", "cards[2].evidence.observed_at", "bad_date"),
    ("emotions.0.value", 2.5, "emotions[0].value", "out_of_range"),
    ("emotions.0.value", float("nan"), "emotions[0].value", "out_of_range"),
    ("emotions.0.value", True, "emotions[0].value", "wrong_type"),
    ("emotions.1", {"persona": None, "stage": "s1", "value": 0}, "emotions[1]", "duplicate_id"),
    ("branches.0.to_stage", "s9", "branches[0].to_stage", "dangling_reference"),
    ("lines.0.after_lane", "l9", "lines[0].after_lane", "dangling_reference"),
    ("arrows.0.to_card", "c9", "arrows[0].to_card", "dangling_reference"),
    ("targets.0.scope", {"stage": "s9"}, "targets[0].scope.stage", "dangling_reference"),
    ("targets.0.scope", {"map": True, "stage": "s1"}, "targets[0].scope", "not_one_of"),
    ("targets.0.value", 10**400, "targets[0].value", "out_of_range"),
    ("touchpoints.0.channel", "ch9", "touchpoints[0].channel", "dangling_reference"),
    ("touchpoints.0.matcher.conditions.0.value", "much", "touchpoints[0].matcher.conditions[0].value", "wrong_type"),
    ("touchpoints.0.matcher.conditions.1.value", "Shiraz", "touchpoints[0].matcher.conditions[1].value", "wrong_type"),
    ("touchpoints.0.matcher.conditions.0.value", None, "touchpoints[0].matcher.conditions[0].value", "required"),
    ("touchpoints.0.matcher.conditions.0.op", "!=", "touchpoints[0].matcher.conditions[0].op", "not_one_of"),
    ("review_on", "1404-08-01x", "review_on", "bad_date"),
    ("review_on", "2026-02-30", "review_on", "bad_date"),
    ("level", 1.5, "level", "wrong_type"),
    ("format", "hamsafar-map/2", "format", "not_one_of"),
    ("title", None, "title", "wrong_type"),
    ("instances", {"begin": "whenever"}, "instances.begin", "not_one_of"),
    ("owner", {"kind": "member"}, "owner.name", "required"),
    ("kind", ["current_state"], "kind", "wrong_type"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "place", "code"), BAD, ids=[f"{b[2]} {b[3]}" for b in BAD])
def test_a_fault_is_named_with_its_place(path: str, value: Any, place: str, code: str) -> None:
    with pytest.raises(MapInvalid) as invalid:
        document.check(with_change(path, value))
    first = invalid.value.faults[0]
    assert (first.place, first.code) == (place, code)
    for language in ("en", "fa"):
        assert place in invalid.value.sentence(language)
        assert invalid.value.errors(language)[0]["field"] == place


def test_every_fault_of_a_file_is_told_at_once() -> None:
    bad = with_change("stages.0.name", "")
    bad["lanes"][0]["kind"] = "swim"
    del bad["title"]
    with pytest.raises(MapInvalid) as invalid:
        document.check(bad)
    assert {fault.place for fault in invalid.value.faults} == {"stages[0].name", "lanes[0].kind", "title"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "too_deep"),
        ('{"a":' * 100_000, "too_deep"),
        (b"\xff\xfe\x00", "not_json"),
        ('{"level": NaN}', "not_json"),
        ('{"level": ' + "9" * 5000 + "}", "not_json"),
        ("[]", "wrong_type"),
        ("null", "wrong_type"),
        (" " * 5_000_001, "too_long"),
    ],
)
def test_hostile_text_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(MapInvalid) as invalid:
        document.parse(text)
    assert invalid.value.faults[0].code == code


def test_a_file_of_nothing_but_faults_has_a_short_answer() -> None:
    with pytest.raises(MapInvalid) as invalid:
        document.check(with_change("cards", [{"nonsense": 1}] * 5000))
    assert len(invalid.value.errors()) == 50


def test_crossed_edits_leave_out_what_leads_nowhere() -> None:
    one, two = document.from_exchange(FULL), document.new_doc()
    two.apply_update(one.get_update())
    for doc, command in (
        (one, {"do": "delete_stage", "id": "s2"}),
        (two, {"do": "add_card", "id": "late", "stage": "s2", "lane": "l1", "text": "!"}),
    ):
        commands.perform(doc, commands.plan(document.read(doc), [command]))
    one.apply_update(two.get_update())
    two.apply_update(one.get_update())
    assert document.read(one) == document.read(two)
    shown = document.project(document.read(one), library_of(FULL))
    assert "late" not in {card["id"] for card in shown["cards"]}
    assert document.check(shown) == shown


def test_a_touchpoint_gone_from_the_library_is_left_out() -> None:
    shown = document.project(document.to_state(FULL), {"touchpoints": {}, "channels": {}, "contents": {}})
    assert "exit_touchpoint" not in shown["stages"][0]
    assert "touchpoint" not in shown["cards"][1]
    assert document.check(shown) == shown


def test_the_schema_file_is_the_one_the_fields_make() -> None:
    path = ROOT / "docs" / "schema" / "hamsafar-map-1.json"
    assert path.read_text(encoding="utf-8") == json_schema.text(), (
        "run: python -m hamsafar.maps.json_schema FILE"
    )


def test_the_schema_accepts_the_full_map_and_refuses_what_the_check_refuses() -> None:
    validator = jsonschema.Draft202012Validator(json_schema.json_schema())
    validator.validate(FULL)
    beyond = {
        "duplicate_id",
        "dangling_reference",
        "step_of_another_stage",
        "bad_text",
    }  # what a schema cannot say
    for path, value, place, code in BAD:
        if code in beyond or "date" in code or "nan" in repr(value) or "much" in repr(value):
            continue
        if place.endswith("conditions[1].value") or (place.endswith("conditions[0].value") and value is None):
            continue
        assert not validator.is_valid(with_change(path, value)), place


def test_the_document_is_free_of_django() -> None:
    code = "import sys, hamsafar.maps.document, hamsafar.maps.commands; sys.exit(any(m.startswith('django') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_tried_copy_is_let_go() -> None:
    state = document.from_exchange(document.check(FULL)).get_update()
    trial = guard.Trial(state)
    first = weakref.ref(trial.doc)
    trial.restart(state)
    second = weakref.ref(trial.doc)
    trial.close()
    del trial
    assert first() is None
    assert second() is None
