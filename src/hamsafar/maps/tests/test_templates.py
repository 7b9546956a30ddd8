"""The stage models, in both languages."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from hamsafar.accounts.tests.people import People
from hamsafar.maps import document, templates
from hamsafar.maps.templates import GROUPS, TEMPLATES

STAGES = {
    "awareness_to_loyalty": ["آگاهی", "بررسی", "تصمیم‌گیری", "اقدام", "وفاداری"],
    "awareness_to_support": ["آگاهی", "بررسی", "تصمیم‌گیری", "خرید", "پشتیبانی پس از خرید"],
    "onboarding_and_use": [
        "آگاهی",
        "بررسی",
        "خرید",
        "شروع استفاده (آنبوردینگ)",
        "استفاده",
        "پس از خرید",
    ],
    "retention_and_advocacy": ["آگاهی", "بررسی", "خرید", "حفظ مشتری", "حمایت از برند"],
    "before_during_after": ["پیش از خرید", "هنگام خرید", "پس از خرید"],
    "need_to_loyalty": ["نیاز", "تحقیق", "کشف", "خرید", "وفاداری"],
    "service_blueprint": ["درخواست", "سفارش", "دریافت", "پس از دریافت"],
    "day_in_the_life": [
        "صبح · ۶ تا ۹",
        "پیش از ظهر · ۹ تا ۱۳",
        "بعدازظهر · ۱۳ تا ۱۷",
        "عصر · ۱۷ تا ۲۱",
        "شب · ۲۱ تا ۲۴",
    ],
}
KINDS = {"service_blueprint": "service_blueprint", "day_in_the_life": "day_in_the_life"}


def test_there_are_models_kinds_and_eight_trades_in_each_language() -> None:
    assert set(STAGES) == {*GROUPS["stages"], *GROUPS["kinds"]}
    assert len(GROUPS["trades"]) == 8
    for language in ("fa", "en"):
        assert [one.id for one in templates.list_templates(language)] == list(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_languages_have_the_same_parts(template: str) -> None:
    fa, en = (document.check(templates.exchange(template, language)) for language in ("fa", "en"))
    if template in STAGES:
        assert [stage["name"] for stage in fa["stages"]] == STAGES[template]
    assert fa["kind"] == en["kind"] == KINDS.get(template, "current_state")
    for part in ("stages", "lanes", "cards", "lines", "arrows"):
        assert [entry["id"] for entry in fa[part]] == [entry["id"] for entry in en[part]]
    assert [lane["kind"] for lane in fa["lanes"]] == [lane["kind"] for lane in en["lanes"]]
    assert {"touchpoints", "owner", "pains", "opportunities"} <= {lane["kind"] for lane in fa["lanes"]}


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_stage_and_lane_explains_itself(template: str, language: str) -> None:
    exchange = templates.exchange(template, language)
    texts = [exchange["description"]]
    texts += [entry["description"] for part in ("stages", "lanes") for entry in exchange[part]]
    assert all(len(text) > 15 for text in texts)
    if language == "fa":
        # Persian letters only: no Arabic ي or ك, and the half-space where a prefix wants it.
        assert not any(letter in text for text in texts for letter in "يكة")
        assert not any(f" {prefix} " in f" {text} " for text in texts for prefix in ("می", "نمی"))


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("trade", GROUPS["trades"])
def test_a_trade_is_filled_and_draws_its_actions_at_an_even_pace(trade: str, language: str) -> None:
    exchange = document.check(templates.exchange(trade, language))
    filled = {(card["stage"], card["lane"]) for card in exchange["cards"]}
    lanes = [lane["id"] for lane in exchange["lanes"] if lane["kind"] not in ("emotion", "owner")]
    assert filled == {(stage["id"], lane) for stage in exchange["stages"] for lane in lanes}
    assert all(stage["owner"]["name"] for stage in exchange["stages"])
    assert len(exchange["emotions"]) == len(exchange["stages"])
    levels = [card["commitment"] for card in exchange["cards"] if card["lane"] == "actions"]
    assert max(later - earlier for earlier, later in pairwise(levels)) <= 1
    assert any(card.get("complaint") for card in exchange["cards"])
    if language == "fa":
        words = " ".join(card["text"] for card in exchange["cards"])
        assert not any(letter in words for letter in "يكة")
        assert not any(f" {prefix} " in f" {words} " for prefix in ("می", "نمی"))


def test_a_template_may_be_changed_without_changing_the_next() -> None:
    templates.exchange("before_during_after", "en")["stages"].clear()
    assert len(templates.exchange("before_during_after", "en")["stages"]) == 3


OWN: dict[str, Any] = {
    "format": "hamsafar-map/1",
    "title": "Buying a kettle",
    "kind": "current_state",
    "language": "en",
    "status": "approved",
    "research": [{"title": "Interviews"}],
    "stages": [{"id": "s1", "name": "Look", "owner": {"kind": "team", "id": "t", "name": "Sales"}}],
    "lanes": [{"id": "l1", "kind": "touchpoints"}],
    "cards": [
        {
            "id": "c1",
            "stage": "s1",
            "lane": "l1",
            "touchpoint": "site",
            "evidence": {"kind": "observed", "n": 12},
            "owner": {"kind": "member", "id": "u", "name": "Sara"},
        }
    ],
    "targets": [{"id": "g", "metric": "completion", "scope": {"map": True}, "value": 40, "unit": "%"}],
    "touchpoints": [{"id": "site", "name": "Site", "matcher": {"events": ["visit"]}}],
}


class TestOwn:
    """Maps of a workspace as its own templates."""

    def save(self, people: People) -> str:
        map_id = people.editor.post("maps", {"document": OWN}).json()["id"]
        made = people.editor.post(f"maps/{map_id}/template", {"name": "کتری", "description": "To begin with"})
        assert made.status_code == 201, made.content
        return str(made.json()["id"])

    def test_a_map_is_kept_and_others_begin_from_it(self, people: People) -> None:
        template = self.save(people)
        [own] = [one for one in people.viewer.get("map-templates").json() if one["group"] == "own"]
        assert (own["id"], own["title"], own["stages"], own["language"]) == (template, "کتری", ["Look"], "en")
        made = people.editor.post("maps", {"template": template, "language": "fa", "title": "New one"})
        assert made.status_code == 201, made.content
        shown = people.viewer.get(f"maps/{made.json()['id']}/document").json()
        assert (shown["title"], shown["language"]) == ("New one", "en")
        assert people.viewer.get("touchpoints").json()["total"] == 1  # the same touchpoint, not another
        assert shown["stages"][0]["owner"]["name"] == "Sales"
        for own_only in ("research", "status"):
            assert own_only not in shown
        assert shown["targets"] == []
        assert {"evidence", "owner"}.isdisjoint(shown["cards"][0])

    def test_only_editors_keep_and_delete_and_no_other_workspace_sees_it(self, people: People) -> None:
        map_id = people.editor.post("maps", {"document": OWN}).json()["id"]
        path = f"maps/{map_id}/template"
        for refused, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
            assert refused.post(path, {"name": "x"}).status_code == status
        template = self.save(people)
        elsewhere = people.outsider.get("/api/session").json()["workspaces"][0]["id"]
        foreign = f"/api/workspaces/{elsewhere}"
        assert "own" not in {one["group"] for one in people.outsider.get(f"{foreign}/map-templates").json()}
        stolen = people.outsider.post(f"{foreign}/maps", {"template": template, "language": "en"})
        assert stolen.json()["code"] == "template_not_found"
        assert people.outsider.delete(f"{foreign}/map-templates/{template}").status_code == 404
        for refused, status in ((people.viewer, 403), (people.outsider, 404), (people.stranger, 401)):
            assert refused.delete(f"map-templates/{template}").status_code == status
        assert people.editor.delete(f"map-templates/{template}").status_code == 204
        assert people.editor.delete(f"map-templates/{template}").status_code == 404

    def test_a_template_needs_a_name(self, people: People) -> None:
        map_id = people.editor.post("maps", {"document": OWN}).json()["id"]
        refused = people.editor.post(f"maps/{map_id}/template", {"name": " "})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "name")

    def test_ready_templates_are_not_deleted(self, people: People) -> None:
        assert people.editor.delete("map-templates/bank").json()["code"] == "template_not_found"
