"""A Spark session for a master's address."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from hamsafar.journeys.spark.errors import (
    BadMaster,
    JavaMissing,
    MasterUnreachable,
    OtherMaster,
    SparkMissing,
    first_line,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LEAST_JAVA = 17
DEFAULT_MASTER = "local[*]"
_PORTS = {"spark": 7077, "sc": 15002}
_SECONDS_TO_ANSWER = 5
# A server of Spark Connect tells its own master, not the address it was reached by.
_made: WeakKeyDictionary[SparkSession, str] = WeakKeyDictionary()
_ADDRESS = re.compile(r"(spark|sc)://([^/;]+)")
_LOCAL = re.compile(r"local(\[[^\]]+\])?|local-cluster\[\d+,\d+,\d+\]")
_KNOWN = re.compile(r"spark://.+|sc://.+|yarn|k8s://.+")

_SETTINGS = {
    "spark.app.name": "hamsafar",
    "spark.log.level": "FATAL",  # what goes wrong is said in one sentence, not in traces
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.timeType.enabled": "true",  # else a file with hours of the day is not read at all
    # An Arrow batch of rows to be read or sorted; built parts are one row each and far larger.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "50000",
}
# A master in this process: nobody else looks at its page, so no port is opened for it.
_LOCAL_SETTINGS = {"spark.ui.enabled": "false", "spark.driver.memory": "2g"}


def connected(master: str | None = None, conf: Mapping[str, str] | None = None) -> SparkSession:
    """The session at ``master``, made if need be; the one this process has when ``master`` is None.

    ``master`` is ``local[*]`` (the default), ``local-cluster[executors,cores,megabytes]``, ``spark://host:port``,
    ``sc://host:port`` (Spark Connect), ``yarn`` or ``k8s://…``; ``conf`` are further settings of Spark, which count
    more than ours. Raises ``SparkMissing``, ``JavaMissing``, ``BadMaster``, ``OtherMaster``, ``MasterUnreachable``.
    """
    if not importlib.util.find_spec("pyspark"):
        raise SparkMissing()
    from pyspark.sql import SparkSession

    local = bool(_LOCAL.fullmatch(master or DEFAULT_MASTER))
    if master is not None and not local and not _KNOWN.fullmatch(master):
        raise BadMaster(given=master)
    active = SparkSession.getActiveSession()
    if active is not None:
        there = _made.get(active) or str(active.conf.get("spark.master"))
        if master not in (None, there):
            raise OtherMaster(there=there, given=master)
        return active
    master = master or DEFAULT_MASTER
    _check_answers(master)
    remote = master.startswith("sc://")
    if not remote:
        check_java()
    builder: Any = SparkSession.builder
    builder = builder.remote(master) if remote else builder.master(master)
    shown = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    for name, value in (_SETTINGS | shown | (_LOCAL_SETTINGS if local else {}) | dict(conf or {})).items():
        if not remote or name.startswith("spark.sql."):  # the others are the server's own affair
            builder = builder.config(name, value)
    try:
        with _environment(local):
            session: SparkSession = builder.getOrCreate()
    except Exception as error:  # py4j, gRPC and Spark have no common base
        raise MasterUnreachable(master=master, reason=first_line(error)) from error
    _made[session] = master
    return session


def _check_answers(master: str) -> None:
    """Asked first, for Spark itself tries for minutes and then says something else."""
    found = _ADDRESS.match(master)
    if not found:
        return
    reason: OSError | None = None
    for address in found[2].split(","):  # several masters may stand by for each other
        host, _, port = address.rpartition(":") if ":" in address else (address, "", "")
        try:
            with socket.create_connection((host, int(port or _PORTS[found[1]])), _SECONDS_TO_ANSWER):
                return
        except ValueError:
            raise BadMaster(given=master) from None
        except OSError as error:
            reason = error
    raise MasterUnreachable(master=master, reason=str(reason))


def java_version() -> int | None:
    """The major version of the Java that Spark will start, None without one."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not java:
        return None
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    except OSError:
        return None
    found = re.search(r'version "(\d+)', said.stderr + said.stdout)
    return int(found[1]) if found else None


def check_java() -> None:
    """Raises ``JavaMissing`` unless Spark can start on this machine."""
    version = java_version()
    if version is None or version < LEAST_JAVA:
        raise JavaMissing(least=LEAST_JAVA, found="java" if version is None else f"java {version}")


@contextmanager
def _environment(local: bool) -> Iterator[None]:
    """What executors on this machine inherit: this Python, this package, and no name that has to be resolved."""
    if not local:
        yield
        return
    import pyspark

    package = str(Path(__file__).resolve().parents[3])
    search = [package, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    wanted = {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(search)),
        "PYSPARK_PYTHON": os.environ.get("PYSPARK_PYTHON") or sys.executable,
        "SPARK_HOME": os.environ.get("SPARK_HOME") or str(Path(pyspark.__file__).parent),
        "SPARK_LOCAL_IP": os.environ.get("SPARK_LOCAL_IP") or "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": os.environ.get("SPARK_LOCAL_HOSTNAME") or "localhost",
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
