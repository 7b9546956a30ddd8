"""The guide says what the code does: reasons, formats, limits, and its example."""

import json
import re
from pathlib import Path

import pytest

from hamsafar.events.files import REASONS, TIME_FORMATS, Rejected, inspect, preview
from hamsafar.events.files.blocks import MAX_COLUMNS
from hamsafar.events.files.recognise import recognise
from hamsafar.events.files.tests.reading import write
from hamsafar.events.files.text import ENCODINGS, MAX_LINE
from hamsafar.lib.persian import localise_digits

GUIDE = Path(__file__).resolve().parents[5] / "docs" / "guide"
pytestmark = pytest.mark.skipif(not GUIDE.is_dir(), reason="installed without the guide")


@pytest.fixture(params=["en", "fa"])
def page(request):
    return request.param, (GUIDE / f"import.{request.param}.md").read_text(encoding="utf-8")


def test_the_reasons(page):
    language, text = page
    column = {"en": "column", "fa": "ستون"}[language]
    told = dict(re.findall(r"^\| `([a-z_]+)` \| (.+) \|$", text.split("bad_time*")[1], re.M))
    formats = [name for name in told if name in TIME_FORMATS]
    sentences = {code: Rejected(1, code, column, "").sentence(language) for code in REASONS}
    assert {code: sentence for code, sentence in told.items() if code not in formats} == sentences


def test_formats_encodings_and_limits(page):
    language, text = page
    for name in (*TIME_FORMATS, *ENCODINGS):
        assert f"`{name}`" in text
    for limit in (MAX_LINE, MAX_COLUMNS):
        shown = f"{limit:,}" if language == "en" else localise_digits(f"{limit:,}".replace(",", "٬"), "fa")
        assert shown in text


def test_the_examples_of_formats_are_recognised_as_such(page):
    rows = re.findall(r"^\| `(iso|jalali_ymd|jalali_dmy|named_month)` \| (.+) \|$", page[1], re.M)
    assert len(rows) == 4
    for name, examples in rows:
        for example in examples.split(" · "):
            found = recognise([example], numbers=True)
            assert found is not None
            assert found.format == name


def test_the_example(page, tmp_path):
    text = page[1]
    path = write(tmp_path / "f.csv", re.search(r"```csv\n(.*?)```", text, re.S)[1])
    shown = preview(path, inspect(path).guess)
    told = [json.loads(line) for line in re.search(r"```json\n(.*?)```", text, re.S)[1].splitlines()]
    read = [row.to_dict() for row in shown if not row.error]
    assert [{name: row[name] for name in ("person", "event", "at", "properties")} for row in read] == told
    assert [row.error.code for row in shown if row.error] == ["missing_person", "bad_time"]
