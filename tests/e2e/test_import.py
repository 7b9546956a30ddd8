"""A file of one's own: dropped, read, imported, imported again, taken back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, latin

# As offices export it: Windows-1256, semicolons, Jalali dates, Toman amounts with separators, ي and ك.
OFFICE = """شناسه مشتري;رويداد;تاريخ;مبلغ (تومان)
001;بازديد سايت;1403/05/12 14:30;0
001;پرداخت;1403/05/12 14:45;1,250,000
002;بازديد سايت;1403/05/13 09:10;0
;پرداخت;1403/05/13 09:20;480,000
003;پرداخت;1403/13/40 10:00;90,000
"""


def figures(page: Page) -> dict[str, str]:
    """The result's four numbers by their Persian names."""
    totals = page.get_by_role("main").locator("dl > div")
    expect(totals.first).to_be_visible()
    return {
        total.locator("dt").inner_text(): latin(total.locator("dd").inner_text().split("\n")[0])
        for total in totals.all()
    }


def test_an_office_file_in_persian(empty_site: Site, new_page: NewPage, tmp_path: Path) -> None:
    file = tmp_path / "فروش مرداد.csv"
    file.write_bytes(OFFICE.replace("\n", "\r\n").encode("cp1256"))
    empty_site.hamsafar(
        *("createowner", "--name", "سارا", "--email", "sara@example.org"),
        *("--password", "a-long-way-together", "--language", "fa"),
    )
    page = new_page(locale="fa-IR", timezone="Asia/Tehran")
    page.goto(empty_site.link())
    page.wait_for_url("**/w/*/maps")
    workspace = page.url.split("/w/")[1].split("/")[0]

    page.goto(f"{empty_site.address}/w/{workspace}/imports/new")
    assert axe_violations(page) == []
    page.set_input_files("input[type=file]", file)
    preview = page.get_by_role("table")
    expect(preview.get_by_text("بازدید سایت").first).to_be_visible()
    assert "12 مرداد 1403، 14:30" in latin(preview.inner_text())
    assert axe_violations(page) == []
    page.get_by_role("button", name="ورود داده").click()
    expect(page.get_by_role("heading", name="فروش مرداد.csv")).to_be_visible()
    expect(page.get_by_role("link", name="دریافت این سطرها")).to_be_visible()
    assert figures(page) == {"خوانده‌شده": "5", "افزوده‌شده": "3", "تکراری": "0", "ناخوانا": "2"}
    assert axe_violations(page) == []

    with page.expect_download() as download:
        page.get_by_role("link", name="دریافت این سطرها").click()
    rejected = download.value.path().read_text(encoding="utf-8-sig")
    assert [line.split(",")[0] for line in rejected.splitlines()[1:]] == ["5", "6"]

    page.goto(f"{empty_site.address}/w/{workspace}/imports/new")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="ورود داده").click()
    expect(page.get_by_role("link", name="دریافت این سطرها")).to_be_visible()
    assert figures(page) == {"خوانده‌شده": "5", "افزوده‌شده": "0", "تکراری": "3", "ناخوانا": "2"}

    page.goto(f"{empty_site.address}/w/{workspace}/paths")
    expect(page.get_by_role("main").get_by_text("پرداخت").first).to_be_visible()
    page.goto(f"{empty_site.address}/w/{workspace}/imports")
    expect(page.get_by_role("button", name="برگرداندن").last).to_be_visible()
    page.get_by_role("button", name="برگرداندن").last.click()
    page.get_by_role("dialog").get_by_role("button", name="برگرداندن").click()
    expect(page.get_by_role("table").get_by_text("برگردانده شد")).to_be_visible()
    page.goto(f"{empty_site.address}/w/{workspace}/persons")
    expect(page.get_by_text("001")).to_have_count(0)


def test_a_hostile_file_is_refused_in_a_sentence(empty_site: Site, new_page: NewPage, tmp_path: Path) -> None:
    file = tmp_path / "one-column.csv"
    file.write_text("name\nsara\nnima\n", encoding="utf-8")
    empty_site.hamsafar(
        *("createowner", "--name", "Sara", "--email", "sara@example.org"),
        *("--password", "a-long-way-together", "--language", "en"),
    )
    page = new_page()
    page.goto(empty_site.link())
    page.wait_for_url("**/w/*/maps")
    page.goto(page.url.replace("/maps", "/imports/new"))
    page.set_input_files("input[type=file]", file)
    expect(page.get_by_role("alert").first).to_contain_text("column")
