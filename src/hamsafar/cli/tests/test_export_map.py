"""``hamsafar export-map``: from a file, from a workspace, and what cannot be done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hamsafar.accounts.tests.people import People
from hamsafar.cli.main import cli
from hamsafar.maps.tests.large import everything


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["export-map", *map(str, arguments)])


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    path = tmp_path / "map.json"
    path.write_text(json.dumps(everything("fa", cards=12, stages=3, lanes=4)), "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "begin"),
    [("m.pdf", b"%PDF"), ("m.png", b"\x89PNG"), ("m.svg", b"<svg"), ("m.pptx", b"PK"), ("m.html", b"<!doctype"),
     ("m.csv", b"\xef\xbb\xbf"), ("m.mmd", b"journey")],
)  # fmt: skip
def test_a_file_becomes_another(map_file: Path, tmp_path: Path, name: str, begin: bytes) -> None:
    done = run(map_file, tmp_path / name)
    assert (done.exit_code, done.output.strip()) == (0, str(tmp_path / name))
    assert (tmp_path / name).read_bytes().startswith(begin)


def test_the_format_may_be_said_and_wishes_are_heeded(map_file: Path, tmp_path: Path) -> None:
    post = tmp_path / "post.bin"
    assert run(map_file, post, "--to", "infographic_svg", "--paper", "square", "--dark").exit_code == 0
    assert 'width="540" height="540"' in post.read_text("utf-8")
    lanes = tmp_path / "lanes.svg"
    assert run(map_file, lanes, "--lane", "l1").exit_code == 0
    assert "اقدامات مشتری" in lanes.read_text("utf-8")
    assert "اهداف" not in lanes.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["out.docx"], "--to"), (["out.pdf", "--paper", "letter"], "letter"), (["x", "--to", "docx"], "docx")],
)
def test_what_is_not_written_is_said(
    map_file: Path, tmp_path: Path, arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run(map_file, *arguments)
    assert refused.exit_code == 1
    assert said in refused.output
    assert not (tmp_path / arguments[0]).exists()


def test_a_map_of_a_workspace_is_found_by_its_title_or_id(
    people: People, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path  # where no server says it runs
    made = people.owner.post("maps", {"template": "cafe", "language": "en"}).json()
    as_owner = ("--as", people.owner.email, "--workspace", people.workspace_id)
    for named in (made["title"].upper(), made["id"]):
        target = tmp_path / "map.svg"
        done = run(named, target, *as_owner)
        assert done.exit_code == 0, done.output
        assert target.read_bytes().startswith(b"<svg")
        target.unlink()
    missing = run("no such map", tmp_path / "map.svg", *as_owner)
    assert missing.exit_code == 1
    assert made["title"] in missing.output
