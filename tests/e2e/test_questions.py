"""A question of Paths from asking to keeping: compared, saved as a view, exported as a table and as a picture."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in

WORDS = {
    "en": {
        "save": "Save view",
        "name": "Name",
        "export": "Export",
        "csv": "Table (CSV)",
        "xlsx": "Excel (XLSX)",
        "png": "Picture (PNG)",
        "views": "Saved views",
        "changed": "changed",
        "step": "step",
        "compare": "Compare",
        "comparison": "Comparison of two segments",
        "stop": "Stop comparing",
        "questions": "Questions about paths",
    },
    "fa": {
        "save": "ذخیرهٔ نما",
        "name": "نام",
        "export": "خروجی",
        "csv": "جدول (CSV)",
        "xlsx": "اکسل (XLSX)",
        "png": "تصویر (PNG)",
        "views": "نماهای ذخیره‌شده",
        "changed": "تغییر کرده",
        "step": "گام",
        "compare": "مقایسه",
        "comparison": "مقایسهٔ دو سگمنت",
        "stop": "پایان مقایسه",
        "questions": "پرسش‌هایی دربارهٔ مسیرها",
    },
}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_question_is_kept_and_taken_along(
    sample_site: Site, new_page: NewPage, tmp_path: Path, language: str
) -> None:
    words = WORDS[language]
    dark = language == "en"
    page = new_page(locale="fa-IR" if language == "fa" else "en-GB", dark=dark)
    sign_in(page, sample_site, language)
    paths = page.url.replace("/maps", "/paths")
    page.goto(f"{paths}/funnel?step=web_visit&step=order_paid&within=7d")
    expect(page.get_by_role("figure")).to_be_visible()
    assert axe_violations(page) == []

    page.get_by_role("button", name=words["save"]).click()
    page.get_by_label(words["name"], exact=True).fill(f"web {language}")
    page.get_by_role("dialog").get_by_role("button", name=words["save"]).click()
    page.wait_for_url("**view=*")

    def saved(item: str, name: str) -> Path:
        page.get_by_role("button", name=words["export"]).click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=item).click()
        download.value.save_as(tmp_path / name)
        return tmp_path / name

    rows = list(csv.reader(saved(words["csv"], "a.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == words["step"]
    assert [row[0] for row in rows[1:3]] == ["web_visit", "order_paid"]
    book = openpyxl.load_workbook(saved(words["xlsx"], "a.xlsx"))
    assert len(book.worksheets) == 2
    assert bool(book.worksheets[0].sheet_view.rightToLeft) == (language == "fa")
    picture = saved(words["png"], "a.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    shade = page.evaluate(
        """async (bytes) => {
            const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: 'image/png'}))
            const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
            const pen = canvas.getContext('2d')
            pen.drawImage(bitmap, 0, 0)
            return [...pen.getImageData(4, 4, 1, 1).data]
        }""",
        list(picture),
    )
    assert shade == [255, 255, 255, 255], "pictures are light, also of a dark page"

    page.locator("main ol").first.get_by_role("listitem").last.focus()
    page.keyboard.press("Delete")
    expect(page.get_by_text(words["changed"], exact=True)).to_be_visible()
    page.get_by_role("navigation", name=words["questions"]).get_by_role("link", name=words["views"]).click()
    page.get_by_role("link", name=f"web {language}").wait_for()
    assert axe_violations(page) == []
    page.get_by_role("link", name=f"web {language}").click()
    page.wait_for_url("**step=order_paid**")
    expect(page.get_by_text(words["changed"], exact=True)).to_have_count(0)

    page.get_by_role("button", name=words["compare"]).click()
    page.wait_for_url("**compare=1**")
    page.goto(f"{page.url}&a=age_group:=:25-34&b=age_group:=:45-54")
    table = page.get_by_role("table", name=words["comparison"])
    expect(table).to_be_visible(timeout=60_000)  # a new machine compiles first
    assert axe_violations(page) == []
    page.get_by_role("button", name=words["stop"]).click()
    expect(table).to_have_count(0)


def test_the_questions_are_at_hand_on_a_phone(sample_site: Site, new_page: NewPage) -> None:
    page = new_page(locale="fa-IR", width=360, height=720)
    sign_in(page, sample_site, "fa")
    page.goto(page.url.replace("/maps", "/paths/variants"))
    nav = page.get_by_role("navigation", name=WORDS["fa"]["questions"])
    nav.get_by_role("button").click()
    page.get_by_role("link", name="قیف").click()
    page.wait_for_url("**/paths/funnel")
    assert axe_violations(page) == []
    spill = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert spill <= 0, "nothing is wider than the screen"
