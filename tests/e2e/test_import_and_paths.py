"""From a file as offices have it to its paths; the paths of the sample; and what the first screen weighs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Response, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in

OFFICE_EXPORT = """شماره مشتري;رويداد;تاريخ;مبلغ (تومان)
1001;بازديد سايت;1403/05/12 14:30;
1001;خريد;1403/05/12 14:45;250,000
1002;بازديد سايت;1403/05/13 09:10;
;خريد;1403/05/13 09:40;90,000
1003;خريد;نامشخص;120,000
"""
BUDGET_BYTES = 250_000


def test_an_office_export_becomes_paths(empty_site: Site, new_page: NewPage, tmp_path: Path) -> None:
    file = tmp_path / "فروش.csv"
    file.write_bytes(OFFICE_EXPORT.encode("windows-1256"))
    page = new_page(locale="fa-IR", timezone="Asia/Tehran")
    page.goto(empty_site.address)
    page.get_by_label("نام شما").fill("سارا احمدی")
    page.get_by_label("ایمیل").fill("sara@example.org")
    page.get_by_label("رمز عبور", exact=True).fill("یک رمز عبور بلند")
    page.get_by_label("فضای کاری").fill("فروشگاه من")
    page.get_by_role("button", name="شروع کنیم").click()
    page.get_by_role("heading", name="نقشه‌ها").wait_for()
    page.get_by_role("link", name="ورود داده", exact=True).click()
    page.get_by_role("link", name="ورود یک فایل").first.click()

    page.get_by_text("فایل رویدادها را اینجا رها کنید").wait_for()
    page.set_input_files("input[type=file]", file)

    preview = page.get_by_role("table", name="نخستین سطرها، همان‌طور که خوانده خواهند شد")
    expect(preview.get_by_text("۱۲ مرداد ۱۴۰۳، ۱۴:۳۰")).to_be_visible()
    expect(preview.get_by_text("شناسهٔ مشتری لازم است")).to_be_visible()
    assert axe_violations(page) == []
    page.get_by_role("button", name="ورود داده", exact=True).click()

    expect(page.get_by_text("چرا سطرهایی کنار گذاشته شدند")).to_be_visible()
    added = page.locator("[data-part=added] dd")
    expect(added).to_contain_text("۳")
    page.get_by_role("link", name="دیدن مسیرها").click()
    expect(page.get_by_text("بازدید سایت")).to_be_visible()
    page.get_by_role("link", name="مشتریان", exact=True).click()
    page.get_by_role("link", name="1001").click()
    expect(page.get_by_role("heading", name="جمعه ۱۲ مرداد ۱۴۰۳")).to_be_visible()
    assert axe_violations(page) == []


@pytest.mark.parametrize("locale", ["fa-IR", "en-GB"])
def test_the_paths_of_the_sample(sample_site: Site, new_page: NewPage, locale: str) -> None:
    page = new_page(locale=locale, dark=locale == "en-GB")
    sign_in(page, sample_site, locale[:2])
    paths = page.url.replace("/maps", "/paths")

    page.goto(f"{paths}/transitions")
    node = page.locator(".react-flow__node", has_text="web_visit")
    node.click()
    expect(page.get_by_role("complementary")).to_contain_text("web_visit")
    start = page.locator('[data-id="(start)"]')
    first, later = start.bounding_box(), node.bounding_box()
    assert first
    assert later
    assert (first["x"] > later["x"]) == (locale == "fa-IR"), "time flows from the reading start"
    assert axe_violations(page) == []

    page.goto(f"{paths}/funnel?step=web_visit&step=order_paid&within=7d")
    expect(page.locator("main figure > ol > li")).to_have_count(3)
    assert axe_violations(page) == []
    page.goto(f"{paths}/variants")
    page.locator("main ol button").first.click()
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
    assert axe_violations(page) == []


def test_the_list_of_maps_is_light(sample_site: Site, new_page: NewPage) -> None:
    page = new_page(locale="fa-IR")
    sign_in(page, sample_site, "fa")
    scripts: list[Response] = []
    page.on("response", lambda answer: scripts.append(answer) if answer.url.endswith(".js") else None)

    page.reload()
    page.get_by_role("heading", name="نقشه‌ها").wait_for()
    page.wait_for_load_state("networkidle")

    weight = sum(len(gzip.compress(script.body(), 6)) for script in scripts)
    assert 0 < weight <= BUDGET_BYTES, f"{weight} bytes of gzipped JavaScript"
