"""Pictures on a card: chosen, pasted and dropped, seen by somebody else at once, and in the PDF."""

from __future__ import annotations

import io
from base64 import b64encode

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPage, Site, axe_violations, sign_in
from tests.e2e.test_versions import WORDS as MAP_WORDS
from tests.e2e.test_versions import draw

ADD = {"fa": "افزودن فایل", "en": "Add files"}
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script>'
    b'<rect width="40" height="20" fill="#c00000"/></svg>'
)


def picture(color: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (320, 180), color).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_pictures_come_onto_a_card_in_three_ways(sample_site: Site, new_page: NewPage, language: str) -> None:
    page, other = (new_page(locale="fa-IR" if language == "fa" else "en-GB") for _ in range(2))
    for one in (page, other):
        sign_in(one, sample_site, language)
    address = draw(page, MAP_WORDS[language], language)
    for one in (page, other):
        one.goto(address)
        expect(one.locator("[data-card=c]")).to_be_visible()

    page.locator("[data-card=c]").click()
    panel = page.get_by_role("complementary")
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name=ADD[language]).click()
    chooser.value.set_files({"name": "blue.png", "mimeType": "image/png", "buffer": picture("#0000c0")})
    for one in (page, other):
        expect(one.get_by_role("img", name="blue.png")).to_be_visible()
        assert shows(one, "blue.png")

    page.locator("[data-card=c]").click()
    bring(page, "paste", "green.png", picture("#00c000"))
    expect(panel.get_by_role("listitem").filter(has_text="green.png")).to_be_visible()
    bring(page, "drop", "red.svg", DRAWING)
    expect(panel.get_by_role("listitem").filter(has_text="red.svg")).to_be_visible()
    expect(panel.get_by_role("progressbar")).to_have_count(0)
    assert axe_violations(page) == []

    workspace, map_id = page.url.split("/w/")[1].split("?")[0].split("/maps/")
    answer = page.context.request.get(
        f"{sample_site.address}/api/workspaces/{workspace}/maps/{map_id}/export/pdf"
    )
    colors = colors_of(answer.body())
    for color in ((0, 0, 192), (0, 192, 0), (192, 0, 0)):
        assert colors[color] > 1000, "each picture is drawn"


def shows(page: Page, name: str) -> bool:
    """Whether the picture has come and is drawn, not only its frame."""
    loaded = "(image) => image.decode().then(() => image.naturalWidth > 0)"
    return bool(page.get_by_role("img", name=name).evaluate(loaded))


def bring(page: Page, how: str, name: str, data: bytes) -> None:
    """A file from outside the browser, as the clipboard or a drag brings it."""
    page.locator("[data-card=c]").evaluate(
        """(card, [how, name, data]) => {
            const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0))
            const brought = new DataTransfer()
            const type = name.endsWith('.svg') ? 'image/svg+xml' : 'image/png'
            brought.items.add(new File([bytes], name, {type}))
            const common = {bubbles: true, cancelable: true}
            const events = how === 'paste'
                ? [new ClipboardEvent('paste', {...common, clipboardData: brought})]
                : ['dragover', 'drop'].map((kind) => new DragEvent(kind, {...common, dataTransfer: brought}))
            for (const event of events) card.dispatchEvent(event)
        }""",
        [how, name, b64encode(data).decode()],
    )


def colors_of(pdf: bytes) -> dict[tuple[int, int, int], int]:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil().convert("RGB")
    return {color: count for count, color in page.getcolors(1 << 24) if isinstance(color, tuple)}
