"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The first example of a property may wait for a compiler, a disk or a loaded machine.
settings.register_profile("hamsafar", deadline=None)
settings.load_profile("hamsafar")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; without it those tests say so and are skipped."""
    root = Path(__file__).resolve().parents[2]
    for candidate in (os.environ.get("HAMSAFAR_SHARED_DATA"), root.parent / "shared" / "data"):
        if candidate and Path(candidate).is_dir():
            return Path(candidate)
    pytest.skip("the real data sets are not beside this checkout (HAMSAFAR_SHARED_DATA names another place)")
