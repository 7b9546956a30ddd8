"""Maps in other formats: there and back, real files, and files that are none."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hamsafar.accounts.tests.people import People
from hamsafar.maps import document, formats, templates
from hamsafar.maps.errors import UnknownMapFormat
from hamsafar.maps.faults import MapInvalid
from hamsafar.maps.templates import GROUPS, TEMPLATES


def read(name: str, data: bytes | str, language: str = "en") -> dict[str, Any]:
    return document.check(formats.read(name, data.encode() if isinstance(data, str) else data, language))


def drawn(exchange: dict[str, Any]) -> dict[str, Any]:
    """What a table keeps of a map, whatever its ids are."""
    stage = {one["id"]: one["name"] for one in exchange["stages"]}
    lane = {one["id"]: (one["kind"], one.get("name", "")) for one in exchange["lanes"]}
    return {
        "stages": [(one["name"], one.get("owner", {}).get("name")) for one in exchange["stages"]],
        "lanes": set(lane.values()),
        "cards": [
            (stage[c["stage"]], lane[c["lane"]], c["text"], c.get("owner", {}).get("name"), c.get("tags", []),
             c.get("commitment"), c.get("complaint", False), c.get("link"), c.get("emoji"))
            for c in exchange["cards"]
        ],
        "emotions": {(stage[one["stage"]], one["value"]) for one in exchange["emotions"]},
    }  # fmt: skip


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_holds_the_whole_drawing(template: str, language: str, kind: str) -> None:
    exchange = document.check(templates.exchange(template, language))
    back = read(f"map.{kind}", formats.write(exchange, kind), language)
    assert drawn(back) == drawn(exchange)


def test_texts_that_look_like_formulas_stay_texts() -> None:
    cards = [
        {"id": "a", "lane": "l", "stage": "s", "text": "=HYPERLINK(1)"},
        {"id": "b", "lane": "l", "stage": "s", "text": "-5 percent"},
        {"id": "c", "lane": "l", "stage": "s", "text": "'quoted'"},
    ]
    exchange = document.check(
        {
            "format": "hamsafar-map/1", "title": "T", "kind": "current_state", "language": "en",
            "stages": [{"id": "s", "name": "@home"}], "lanes": [{"id": "l", "kind": "pains"}], "cards": cards,
        }
    )  # fmt: skip
    written = formats.write(exchange, "csv")
    table = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert [row[3] for row in table[1:]] == ["'=HYPERLINK(1)", "'-5 percent", "'quoted'"]
    assert table[1][0] == "'@home"
    sheet = openpyxl.load_workbook(io.BytesIO(formats.write(exchange, "xlsx"))).active
    assert [sheet.cell(row, 4).data_type for row in (2, 3, 4)] == ["s"] * 3
    for kind in ("csv", "xlsx"):
        assert drawn(read(f"m.{kind}", formats.write(exchange, kind))) == drawn(exchange)


def test_a_table_from_an_office_is_read_by_its_heads_in_any_order() -> None:
    found = read(
        "m.csv",
        "متن;مرحله;نوع ردیف;ميزان تعهد;شكايت\nزنگ می‌زند;پس از خريد;actions;۵;بله\n۱-;پس از خرید;emotion;;\n",
        "fa",
    )
    assert [stage["name"] for stage in found["stages"]] == ["پس از خريد"]
    assert [(c["text"], c["commitment"], c["complaint"]) for c in found["cards"]] == [("زنگ می‌زند", 5, True)]


@pytest.mark.parametrize(
    ("name", "data", "place", "code"),
    [
        ("m.csv", "", "", "no_cards"),
        ("m.csv", "a,b\n1,2\n", "row 1", "column_missing"),
        ("m.csv", "stage,kind,text\nA,wishes,x\n", "row 2", "not_one_of"),
        ("m.csv", "stage,kind,text,commitment\nA,actions,x,9\n", "row 2", "out_of_range"),
        ("m.csv", b"\xff\xfe\x00", "", "not_utf8"),
        ("m.xlsx", b"PK\x03\x04nothing", "", "not_a_table"),
        ("m.mmd", "flowchart LR\n a --> b\n", "", "not_a_journey"),
        ("m.mmd", "journey\n section A\n  no score here\n", "", "not_a_task"),
        ("m.yaml", "kind: sbp\n", "kind", "not_a_journey"),
        ("m.yaml", "kind: cjm\nphases: [{id: a}]\nactions: []\n", "phases[0].name", "required"),
        ("m.yaml", "kind: [", "", "not_yaml"),
        ("m.yaml", "a: &a [x, x]\nb: *a\n", "", "not_yaml"),
        ("m.yaml", "[" * 5000, "", "not_yaml"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_with_its_place(
    name: str, data: bytes | str, place: str, code: str
) -> None:
    with pytest.raises(MapInvalid) as refused:
        read(name, data)
    assert (refused.value.faults[0].place, refused.value.faults[0].code) == (place, code)
    assert all(refused.value.sentence(language) for language in ("fa", "en"))


def test_a_bomb_of_a_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 80_000_000)
    with pytest.raises(MapInvalid) as refused:
        read("m.xlsx", packed.getvalue())
    assert refused.value.faults[0].code == "too_long"


def test_other_files_are_named() -> None:
    with pytest.raises(UnknownMapFormat, match="pptx"):
        read("map.pptx", b"")


def test_mermaid_of_others_and_our_own(shared_data: Path) -> None:
    folder = shared_data / "journey_maps" / "mermaid"
    for path in sorted(folder.glob("*.mmd")):
        found = read(path.name, path.read_bytes())
        again = read("m.mmd", formats.write(found, "mermaid"))
        assert [stage["name"] for stage in again["stages"]] == [stage["name"] for stage in found["stages"]]
        assert [card["text"] for card in again["cards"]] == [card["text"] for card in found["cards"]]
        assert [card.get("tags") for card in again["cards"]] == [card.get("tags") for card in found["cards"]]
    day = read("m.mmd", (folder / "journey-basic.mmd").read_bytes())
    assert (day["title"], [stage["name"] for stage in day["stages"]]) == (
        "My working day",
        ["Go to work", "Go home"],
    )
    assert [(c["text"], c["tags"]) for c in day["cards"]][2] == ("Do work", ["Me", "Cat"])
    # Scores 5, 3, 1 are 2, 0, -2; 5 and 5 are 2.
    assert [point["value"] for point in day["emotions"]] == [0, 2]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("trade", GROUPS["trades"])
def test_mermaid_has_every_action_of_a_trade(trade: str, language: str) -> None:
    exchange = document.check(templates.exchange(trade, language))
    text = formats.write(exchange, "mermaid").decode()
    back = read("m.mmd", text)
    actions = [card["text"] for card in exchange["cards"] if card["lane"] == "actions"]
    assert [card["text"] for card in back["cards"]] == actions
    assert [stage["name"] for stage in back["stages"]] == [
        stage["name"].replace(":", "") for stage in exchange["stages"]
    ]
    assert formats.left_out(exchange, "mermaid") == ["lanes", "descriptions", "about", "owners", "marks"]


def test_yaml_journeys(shared_data: Path) -> None:
    for path in sorted((shared_data / "journey_maps" / "cjm_yaml").glob("*.yaml")):
        found = read(path.name, path.read_bytes())
        assert len(found["stages"]) == 5
        assert len(found["personas"]) == 1
        by_lane = {
            lane["id"]: [c for c in found["cards"] if c["lane"] == lane["id"]] for lane in found["lanes"]
        }
        journey = path.read_text(encoding="utf-8").split("\n---")[0]
        assert len(by_lane["actions"]) == journey.count("- id: cjm:action:")
        assert len(found["emotions"]) == 5
    text = (shared_data / "journey_maps" / "cjm_yaml" / "ai-dev-org-standardization.yaml").read_bytes()
    first = read("a.yaml", text)
    # The trial phase has two actions with -1 and -2.
    assert [point["value"] for point in first["emotions"]] == [-2, -1.5, 1, 2, 1]


def test_a_map_comes_in_and_goes_out_over_http(people: People) -> None:
    table = "stage,kind,text\nBuy,actions,Pays\nBuy,pains,=1+1\n"
    made = people.editor.upload("maps/import", SimpleUploadedFile("sale.csv", table.encode()))
    assert made.status_code == 201, made.content
    own = made.json()["id"]
    exports = people.viewer.get(f"maps/{own}/exports").json()
    assert [one["format"] for one in exports] == list(formats.WRITTEN)
    written = people.viewer.get(f"maps/{own}/export/csv")
    assert written["Content-Disposition"].startswith("attachment")
    assert "'=1+1" in written.content.decode("utf-8-sig")
    assert people.viewer.get(f"maps/{own}/export/doc").json()["code"] == "format_not_written"
    before = len(people.viewer.get("maps").json()["items"])
    refused = people.editor.upload("maps/import", SimpleUploadedFile("sale.csv", b"x\n1\n"))
    assert (refused.status_code, refused.json()["code"]) == (400, "map_invalid")
    assert len(people.viewer.get("maps").json()["items"]) == before


def test_only_editors_bring_maps_in_and_only_members_take_them_out(people: People) -> None:
    file = b"stage,kind,text\nBuy,actions,Pays\n"
    assert people.viewer.upload("maps/import", SimpleUploadedFile("a.csv", file)).status_code == 403
    assert people.outsider.upload("maps/import", SimpleUploadedFile("a.csv", file)).status_code in (
        403,
        404,
    )
    own = people.editor.upload("maps/import", SimpleUploadedFile("a.csv", file)).json()["id"]
    assert people.outsider.get(f"maps/{own}/export/csv").status_code in (403, 404)
    assert people.outsider.get(f"maps/{own}/exports").status_code in (403, 404)
