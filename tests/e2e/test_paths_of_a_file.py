"""A file imported in the browser and asked about in Persian: three questions, a comparison, a saved view, its files."""

from __future__ import annotations

import csv
import io
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, latin, sign_in

VISIT, CART, PAID = "بازدید", "سبد خرید", "پرداخت"
CITIES = ("تهران", "مشهد")
PERSONS = 1_200
MINUS, PLUS = "−", "+"


def shop() -> tuple[str, dict[str, list[tuple[str, str]]]]:
    """A shop's export with semicolons, and each person's city and events in order."""
    chance = random.Random(7)
    lines, paths = ["شناسه مشتری;رویداد;تاریخ;شهر"], {}
    for number in range(PERSONS):
        city = CITIES[number % 2]
        at = datetime(2026, 1, 3, 8, tzinfo=UTC) + timedelta(hours=chance.randrange(2_000))
        names = [VISIT]
        # Those from Tehran go on more often: the comparison has something to find.
        if chance.random() < (0.7 if city == CITIES[0] else 0.4):
            names.append(CART)
            if chance.random() < 0.5:
                names.append(PAID)
        person = f"m{number:04}"
        paths[person] = [(city, name) for name in names]
        for step, name in enumerate(names):
            lines.append(f"{person};{name};{at + timedelta(minutes=20 * step):%Y-%m-%d %H:%M};{city}")
    return "\n".join(lines) + "\n", paths


def persian(number: int) -> str:
    return f"{number:,}".translate(str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬"))


def bare(text: str) -> str:
    """Without the marks that only say in which direction to read."""
    return re.sub("[\u200e\u200f\u2066-\u2069]", "", text)


def bring_in(page: Page, site: Site, file: Path) -> str:
    """Imports the file; the address of the workspace."""
    workspace = page.url.split("/maps")[0]
    page.goto(f"{workspace}/imports/new")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="ورود داده", exact=True).click()
    page.get_by_role("link", name="دیدن مسیرها").wait_for()
    return workspace


def test_a_shops_file_is_asked_compared_saved_and_taken_along(
    empty_site: Site, new_page: NewPage, tmp_path: Path
) -> None:
    content, paths = shop()
    file = tmp_path / "فروشگاه.csv"
    file.write_text(content, encoding="utf-8")
    had = Counter(name for path in paths.values() for _, name in path)
    empty_site.hamsafar(
        *("createowner", "--name", "سارا", "--email", "sara@example.org"),
        *("--password", "a-long-way-together", "--language", "fa"),
    )
    page = new_page(locale="fa-IR", timezone="Asia/Tehran")
    sign_in(page, empty_site, "fa")
    workspace = bring_in(page, empty_site, file)

    page.goto(f"{workspace}/paths")
    row = page.get_by_role("row").filter(has_text=CART)
    expect(row).to_contain_text(persian(had[CART]))
    assert not re.search("[0-9]", page.get_by_role("main").inner_text()), "all digits are Persian"
    row.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text(persian(had[CART]))
    page.keyboard.press("Escape")

    page.goto(f"{workspace}/paths/variants")
    alone = sum(len(path) == 1 for path in paths.values())
    expect(page.locator("main ol > li").first).to_contain_text(persian(alone))

    steps = f"step={VISIT}&step={CART}&step={PAID}"
    page.goto(f"{workspace}/paths/funnel?{steps}&within=7d")
    expect(page.locator("main figure > ol")).to_contain_text(persian(had[PAID]))
    shown = [
        latin(text).replace("٬", "") for text in page.locator("main figure > ol strong").all_inner_texts()
    ]
    assert [number for number in map(str, (had[VISIT], had[CART], had[PAID])) if number not in shown] == []
    assert axe_violations(page) == []

    page.get_by_role("button", name="مقایسه", exact=True).click()
    page.wait_for_url("**compare=1**")
    page.goto(f"{page.url}&a=شهر:=:{CITIES[0]}&b=شهر:=:{CITIES[1]}")
    table = page.get_by_role("table", name="مقایسهٔ دو سگمنت")
    in_cart = table.get_by_role("row").filter(has_text=CART).first
    share = {city: sum((city, CART) in path for path in paths.values()) / (PERSONS / 2) for city in CITIES}
    points = round(100 * (share[CITIES[0]] - share[CITIES[1]]))
    expect(in_cart).to_contain_text(f"{PLUS}{persian(points)} واحد درصد")
    asked = f"{steps}&within=7d&compare=1&a=شهر:=:{CITIES[1]}&b=شهر:=:{CITIES[0]}"
    page.goto(f"{workspace}/paths/funnel?{asked}")
    expect(in_cart).to_contain_text(f"{MINUS}{persian(points)} واحد درصد")
    sign = in_cart.get_by_text(re.compile(f"{MINUS}.*واحد درصد")).first
    assert sign.inner_text().startswith("\u200e"), (
        "before Persian digits a sign needs a mark to stay in front"
    )

    page.get_by_role("button", name="ذخیرهٔ نما").click()
    page.get_by_label("نام", exact=True).fill("دو شهر")
    page.get_by_role("dialog").get_by_role("button", name="ذخیرهٔ نما").click()
    page.wait_for_url("**view=*")
    page.goto(f"{workspace}/paths/views")
    page.get_by_role("link", name="دو شهر").click()
    expect(in_cart).to_contain_text(f"{MINUS}{persian(points)} واحد درصد")

    def taken(item: str, name: str) -> bytes:
        page.get_by_role("button", name="خروجی").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=item).click()
        download.value.save_as(tmp_path / name)
        return (tmp_path / name).read_bytes()

    lines = list(csv.reader(io.StringIO(taken("جدول (CSV)", "a.csv").decode("utf-8-sig"))))
    assert lines[0][:3] == ["چه چیز مقایسه می‌شود", "عدد", "الف"]
    assert float(lines[2][2]) == round(share[CITIES[1]], 12)
    book = openpyxl.load_workbook(io.BytesIO(taken("اکسل (XLSX)", "a.xlsx")))
    assert [bool(sheet.sheet_view.rightToLeft) for sheet in book.worksheets] == [True, True]
    facts = {name.value: value.value for name, value in book.worksheets[1].iter_rows()}
    assert bare(facts["خواسته از هر دو"]) == f"گام‌ها: {VISIT} ← {CART} ← {PAID}؛ بازه (ثانیه): ۶۰۴٬۸۰۰"
    assert facts["سگمنت الف"] == f"فیلتر اشخاص: شهر = {CITIES[1]}"
    assert taken("تصویر (PNG)", "a.png").startswith(b"\x89PNG")
