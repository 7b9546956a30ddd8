"""The guide's files, commands and Python are run, and must give what the guide shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hamsafar.cli.main import cli
from hamsafar.journeys.spark.tests.cluster import ON_SPARK, SPARK_MASTER

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide"
# The page on the screens has nothing to run: a browser test walks through it.
PAGES = sorted({"measure", *(path.name.split(".")[0] for path in GUIDE.glob("paths*.md"))} - {"paths-screen"})
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("page", PAGES)
def test_the_guide_shows_what_comes_out(
    page: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", language)
    ran = run_page((GUIDE / f"{page}.{language}.md").read_text("utf-8"))
    assert {"csv", "console", "python"} <= ran


@ON_SPARK
@pytest.mark.parametrize("language", ["en", "fa"])
def test_so_does_the_page_on_spark(
    language: str, spark_session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the tests' own cluster, of which a process can have only one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", language)
    page = (GUIDE / f"spark.{language}.md").read_text("utf-8")
    assert {"console", "python"} <= run_page(page.replace("local[*]", SPARK_MASTER))


def run_page(text: str) -> set[str]:
    """Write the page's files and run its commands in their order; which kinds there were."""
    ran = set()
    for kind, name, content in FENCE.findall(text):
        ran.add(kind)
        if kind in ("csv", "json"):
            Path(name).write_text(content, "utf-8")
        elif kind == "console":
            command, shown = content.split("\n", 1)
            result = CliRunner().invoke(cli, shlex.split(command)[2:])
            assert result.output.splitlines() == shown.splitlines(), command
        elif kind == "python":
            test = doctest.DocTestParser().get_doctest(content, {}, "guide", None, 0)
            assert doctest.DocTestRunner().run(test).failed == 0
    return ran
