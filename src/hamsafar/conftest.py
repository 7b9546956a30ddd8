"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

# The first example of a property may wait for a compiler, a disk or a loaded machine.
settings.register_profile("hamsafar", deadline=None)
settings.load_profile("hamsafar")

if TYPE_CHECKING:
    from hamsafar.accounts.tests.people import People


def pytest_configure() -> None:
    """Quick hashes: hundreds of users are made, and none of them is worth a second of the processor's time."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the checkout; without it those tests say so and are skipped."""
    root = Path(__file__).resolve().parents[2]
    beside = [parent / "shared" / "data" for parent in root.parents[:2]]
    for candidate in (os.environ.get("HAMSAFAR_SHARED_DATA"), *beside):
        if candidate and Path(candidate).is_dir():
            return Path(candidate)
    pytest.skip("the real data sets are not beside this checkout (HAMSAFAR_SHARED_DATA names another place)")


@pytest.fixture(scope="session")
def spark_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two executors in processes of their own; for tests marked ``cluster.ON_SPARK``."""
    from hamsafar.journeys.spark.tests.cluster import started

    with started(tmp_path_factory.mktemp("spark-workers")) as session:
        yield session


@pytest.fixture
def people(db: Any) -> People:
    """A workspace in English with a member of each role, and an outsider."""
    from hamsafar.accounts.tests.people import make_people

    return make_people()
