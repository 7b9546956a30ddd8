"""A small cluster of real processes, one for all tests that ask it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
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


@contextmanager
def connect_server() -> Iterator[str]:
    """The address of a server of Spark Connect, which is a process of its own."""
    if (java_version() or 0) < LEAST_JAVA:
        pytest.skip(f"Spark needs Java {LEAST_JAVA} or newer on this machine")
    import pyspark

    home = Path(pyspark.__file__).parent
    settings = {
        "spark.ui.enabled": "false",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": "0",
        "spark.driver.extraJavaOptions": _JAVA,
    }
    command = [
        str(home / "bin" / "spark-submit"), "--master", "local[2]",
        "--class", "org.apache.spark.sql.connect.service.SparkConnectServer",
        *(word for name, value in settings.items() for word in ("--conf", f"{name}={value}")),
        "spark-internal",
    ]  # fmt: skip
    package = str(Path(spark.__file__).resolve().parents[3])
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": package,
    }
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        port = next(
            (
                found[1]
                for line in server.stderr
                if (found := re.search(r"ConnectService' on port (\d+)", line))
            ),
            None,
        )
        try:
            assert port, "the server did not start"
            # What it says later has to go somewhere, or it would wait for a reader.
            threading.Thread(target=server.stderr.read, daemon=True).start()
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.kill()
