"""Drawings are whole SVG in both directions, and nothing of the data is taken for markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from hamsafar.journeys import PathIndex
from hamsafar.journeys.drawing import Bar, Cell, Line, Link, Node, bars, forest, heat, lines, ribbons

EVIL = '<script>"&'

DRAWINGS: dict[str, Callable[[str], str]] = {
    "bars": lambda language: bars(
        [Bar(EVIL, 3, EVIL), Bar("خرید", 1, "۱", low=0.5, high=2)], EVIL, language
    ),
    "forest": lambda language: forest(
        [Bar(EVIL, 3, EVIL, low=1.5, high=6), Bar("b", 0.5, "x")], EVIL, language, [(0.1, "0.1"), (10, EVIL)]
    ),
    "lines": lambda language: lines(
        [
            Line(EVIL, [(0, 1), (1, 0.5), (2, None), (3, 0.2)], [(0, 1, 1), (1, 0.4, 0.6)]),
            Line("b", [(0, 1), (2, 0.8)], stairs=True),
        ],
        EVIL,
        language,
        [(0, EVIL), (3, "3")],
        [(0, "0%"), (1, "100%")],
    ),
    "heat": lambda language: heat(
        [EVIL, "b"], ["0", EVIL], [[Cell(1, "100%"), Cell(0.2, EVIL, True)], [Cell(None, "–"), None]], EVIL, language
    ),
    "ribbons": lambda language: ribbons(
        [Node("a", 0, EVIL, 5, EVIL), Node("b", 1, "b", 4), Node("c", 1, "c", 0)],
        [Link("a", "b", 4), Link("a", "c", 1)],
        EVIL,
        language,
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_well_formed_and_escapes_what_it_shows(name: str, language: str) -> None:
    found = DRAWINGS[name](language)
    root = ElementTree.fromstring(found)
    assert root.get("aria-label") == EVIL
    assert any(EVIL in (text.text or "") or EVIL in "".join(text.itertext()) for text in root.iter("text"))
    assert not re.search(r"nan|inf\b|http", found, re.IGNORECASE)


def test_reading_from_the_right_mirrors_lengths() -> None:
    def ends(language: str) -> list[tuple[float, float]]:
        root = ElementTree.fromstring(bars([Bar("a", 2, "2"), Bar("b", 1, "1")], "t", language))
        width = float(root.get("width", 0))
        rects = [(float(r.get("x", 0)), float(r.get("width", 0))) for r in root.iter("rect")]
        return [(x, wide) if language == "en" else (width - x - wide, wide) for x, wide in rects]

    assert ends("en") == ends("fa")
    assert ends("en")[0][1] == 2 * ends("en")[1][1]


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars([], "t", "en") == forest([], "t", "en", []) == heat([], [], [], "t", "en") == ""
    assert lines([], "t", "en", [], []) == ribbons([], [], "t", "en") == ""


@pytest.mark.parametrize("language", ["en", "fa"])
def test_answers_are_drawn_in_notebooks(language: str) -> None:
    index = PathIndex.from_arrays(["p", "p", "q"], [EVIL, "buy", EVIL], [0, 60_000_000, 5])
    for result in (index.overview(), index.transitions(), index.variants(), index.funnel([EVIL, "buy"])):
        page = result.to_html(language)  # type: ignore[arg-type]
        assert "<svg" in page
        assert "<script" not in page
        ElementTree.fromstring(page)
    nobody = index.select(from_us=10**15)
    for result in (nobody.overview(), nobody.transitions(), nobody.variants()):
        assert "<svg" not in result.to_html("en")


def test_paths_signs_and_names_read_in_their_direction() -> None:
    steps = ["visit", "cart", "buy"]
    index = PathIndex.from_arrays(["p"] * 3 + ["q"], [*steps, "visit"], [0, 60_000_000, 120_000_000, 5])
    persian = index.variants().to_html("fa")
    assert "<bdi>visit</bdi> ← <bdi>cart</bdi> ← <bdi>buy</bdi>" in persian
    assert "<bdi>visit</bdi> → <bdi>cart</bdi>" in index.variants().to_html("en")
    flow = index.flow("cart").to_html("fa")
    assert "<td>\u200e-۱</td>" in flow, "the sign stays before the digits"
    notes = index.funnel(["visit", "buy"], 600).to_html("fa").split("</table>")[1]
    assert "«<bdi>visit</bdi>»" in notes
    assert not re.search(
        "[a-z]{2}", re.sub("<[^>]*>|<bdi>.*?</bdi>", "", re.sub("<bdi>.*?</bdi>", "", notes))
    )


def test_a_long_path_is_cut_and_said_in_full_when_pointed_at() -> None:
    names = [f"n{number:02}" for number in range(40)]
    page = PathIndex.from_arrays(["p"] * 40, names, list(range(40))).variants().to_html("en")
    assert page.count("<bdi>n") == 14
    assert f'title="{" → ".join(names)}"' in page


def test_labels_of_ribbons_leave_the_next_column_free() -> None:
    nodes = [Node(str(column), column, "a_rather_long_name", 1, "12.5%") for column in range(7)]
    root = ElementTree.fromstring(ribbons(nodes, [], "t", "en"))
    boxes = [float(rect.get("x", 0)) for rect in root.iter("rect")]
    for text, after in zip(root.iter("text"), boxes[1:], strict=False):
        title = text.find("title")
        shown = "" if title is None else title.tail or ""
        assert float(text.get("x", 0)) + 7 * len(shown) <= after + 7
    assert float(root.get("width", 0)) > boxes[-1] + 130
