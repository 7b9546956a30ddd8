"""The house in order: both languages everywhere, no machine's path, no registry's address."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide"

# Written in pieces, so that this file does not find itself.
_FORBIDDEN = [
    re.compile(pattern)
    for pattern in (
        "registry" + r"\.npmjs\.org",
        "registry" + r"\.yarnpkg\.com",
        "files" + r"\.pythonhosted\.org",
        r"\bpypi" + r"\.org/simple",
        r"(?<![\w.])/(?:work|home|Users)" + r"/\w+",
        r"(?<![\w.~])/root" + r"/\w+",
        r"/tmp" + r"/bash",
    )
]
_BINARY = {".png", ".jpg", ".ico", ".woff2", ".parquet", ".xlsx", ".gz", ".zip"}


def _kept_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is not a git checkout")
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file() and path.suffix not in _BINARY]


def test_no_file_names_a_machines_path_or_a_package_registry() -> None:
    found = []
    for path in _kept_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern in _FORBIDDEN:
            found.extend(f"{path.relative_to(ROOT)}: {hit.group()}" for hit in pattern.finditer(text))
    assert not found


def test_every_guide_page_exists_in_both_languages() -> None:
    pages = {path.name for path in GUIDE.glob("*.md")}
    topics = {name.split(".")[0] for name in pages}
    assert pages == {f"{topic}.{language}.md" for topic in topics for language in ("en", "fa")}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_guides_index_names_every_page(language: str) -> None:
    index = (GUIDE / f"index.{language}.md").read_text(encoding="utf-8")
    for page in GUIDE.glob(f"*.{language}.md"):
        assert page.name.startswith("index.") or f"({page.name})" in index, page.name


def test_both_languages_of_a_page_have_the_same_sections() -> None:
    for english in GUIDE.glob("*.en.md"):
        persian = english.with_name(english.name.replace(".en.", ".fa."))
        texts = [path.read_text(encoding="utf-8") for path in (english, persian)]
        levels = [re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text, flags=re.S), re.M) for text in texts]
        assert levels[0] == levels[1], english.name


def test_links_between_our_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = []
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_every_decision_is_in_the_index() -> None:
    folder = ROOT / "docs" / "adr"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for page in folder.glob("[0-9]*.md"):
        number, title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(" ", 1)
        assert f"| [{number}]({page.name}) | {title} |" in index


def _keys(texts: dict[str, object], prefix: str = "") -> set[str]:
    keys: set[str] = set()
    for key, value in texts.items():
        keys |= _keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
    return keys


def test_the_web_app_says_everything_in_both_languages() -> None:
    screens = sorted((ROOT / "web" / "src").glob("*/locale"))
    assert screens
    for folder in screens:
        english, persian = (
            json.loads((folder / f"{language}.json").read_text(encoding="utf-8")) for language in ("en", "fa")
        )
        assert _keys(english) == _keys(persian), folder.parent.name


def test_every_error_speaks_both_languages() -> None:
    pattern = re.compile(r'^    code = "(\w+)"$', re.M)
    for path in (ROOT / "src").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "HamsafarError" not in text and "hamsafar.lib.errors" not in text:
            continue
        for block in re.split(r"^class ", text, flags=re.M)[1:]:
            if pattern.search(block):
                assert re.search(r"^    en(:|\s*=)", block, re.M), (path.name, block.splitlines()[0])
                assert re.search(r"^    fa(:|\s*=)", block, re.M), (path.name, block.splitlines()[0])


def test_tests_keep_away_from_the_data_of_an_installation() -> None:
    from django.conf import settings

    assert Path(tempfile.gettempdir()) in settings.DATA_DIR.parents
