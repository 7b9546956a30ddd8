"""The web app's build on machines with an old Node, none, or an npm that fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "build_web.py"


@pytest.fixture
def build_web() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_web", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(("version", "counts"), [("v18.20.1", False), ("v20.0.0", True), ("v24.1.0", True)])
def test_an_old_node_counts_as_none(
    build_web: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, counts: bool
) -> None:
    program(tmp_path, "node", f"echo {version}")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (build_web.node_on_path() == tmp_path) is counts


def test_a_failed_npm_ends_in_one_clear_sentence(
    build_web: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    program(tmp_path, "node", "echo v22.0.0")
    program(tmp_path, "npm", "echo 'npm error network' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=r"^The web app's packages could not be installed"):
        build_web.npm("ci", failed="The web app's packages could not be installed.")
    assert "npm error network" in capfd.readouterr().err
