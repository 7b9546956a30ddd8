"""A small cluster of real processes, one for all tests that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from hamsafar.journeys import spark
from hamsafar.journeys.spark.session import LEAST_JAVA, java_version

SPARK_MASTER = "local-cluster[2,1,2048]"
ON_SPARK = pytest.mark.xdist_group("spark")
"""One worker has all of these tests, and with them the cluster."""

# Optimising takes Java longer than the few rows of a test take.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_SETTINGS = {"spark.driver.extraJavaOptions": _JAVA, "spark.executor.extraJavaOptions": _JAVA}


@contextmanager
def started(folder: Path) -> Iterator[Any]:
    """The cluster's session; its executors write what they do into ``folder``."""
    if (java_version() or 0) < LEAST_JAVA:
        pytest.skip(f"Spark needs Java {LEAST_JAVA} or newer on this machine")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_WORKER_DIR", str(folder))
        session = spark.connected(SPARK_MASTER, _SETTINGS)
    yield session
    session.stop()
