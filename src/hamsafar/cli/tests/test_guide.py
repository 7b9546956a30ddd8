"""The guide's files, commands and Python are run, and must give what the guide shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from hamsafar.cli.main import cli

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "guide"
PAGES = sorted({"measure", *(path.name.split(".")[0] for path in GUIDE.glob("paths*.md"))})
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("page", PAGES)
def test_the_guide_shows_what_comes_out(
    page: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", language)
    ran = []
    for kind, name, content in FENCE.findall((GUIDE / f"{page}.{language}.md").read_text("utf-8")):
        ran.append(kind)
        if kind in ("csv", "json"):
            Path(name).write_text(content, "utf-8")
        elif kind == "console":
            command, shown = content.split("\n", 1)
            result = CliRunner().invoke(cli, shlex.split(command)[2:])
            assert result.output.splitlines() == shown.splitlines(), command
        elif kind == "python":
            test = doctest.DocTestParser().get_doctest(content, {}, f"{page}.{language}", None, 0)
            assert doctest.DocTestRunner().run(test).failed == 0
    assert {"csv", "console", "python"} <= set(ran)
