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

SPARK_MASTER = "local-cluster[2,1,2048]"
ON_SPARK = pytest.mark.xdist_group("spark")
"""One cluster for all of these tests: one worker has them all."""


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
    """Two executors in processes of their own; for tests marked ``ON_SPARK``."""
    from hamsafar.journeys import spark
    from hamsafar.journeys.spark.session import LEAST_JAVA, java_version

    if (java_version() or 0) < LEAST_JAVA:
        pytest.skip(f"Spark needs Java {LEAST_JAVA} or newer on this machine")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_WORKER_DIR", str(tmp_path_factory.mktemp("spark-workers")))
        # Optimising takes a compiler longer than these few rows take.
        java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
        sides = ("spark.driver.extraJavaOptions", "spark.executor.extraJavaOptions")
        session = spark.connected(SPARK_MASTER, dict.fromkeys(sides, java))
    yield session
    session.stop()


@pytest.fixture
def people(db: Any) -> People:
    """A workspace in English with a member of each role, and an outsider."""
    from hamsafar.accounts.tests.people import make_people

    return make_people()
