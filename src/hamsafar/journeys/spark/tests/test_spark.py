"""Real executors in processes of their own give the numbers that this process gives."""

from __future__ import annotations

import inspect
import math
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hamsafar import journeys
from hamsafar.events.files import reader
from hamsafar.journeys import Condition, PathIndex, spark
from hamsafar.journeys.askable import Askable
from hamsafar.journeys.errors import UnknownEvent, UnknownProperty
from hamsafar.journeys.parts import Part
from hamsafar.journeys.spark import paths as spark_paths
from hamsafar.journeys.spark.errors import (
    BadMaster,
    JavaMissing,
    NotOnSpark,
    NotParquet,
    OtherMaster,
    PathNotThere,
    SparkMissing,
)
from hamsafar.journeys.spark.session import check_java
from hamsafar.journeys.spark.tests.cluster import ON_SPARK, SPARK_MASTER

pytestmark = ON_SPARK

COLUMNS = {"person": "who", "event": "what", "time": "at", "properties": ("city", "order", "price")}
NAMES = ["ad", "visit", "cart", "paid", "call me"]
MAP = {
    "format": "hamsafar-map/1",
    "title": "A shop",
    "kind": "current_state",
    "language": "en",
    "stages": [{"id": "look", "name": "Look"}, {"id": "buy", "name": "Buy"}],
    "lanes": [{"id": "t", "kind": "touchpoints", "name": "Touchpoints"}],
    "cards": [
        {"id": f"c-{name}", "lane": "t", "stage": stage, "touchpoint": name, "need": need}
        for stage, name, need in [
            ("look", "ad", "optional"), ("look", "visit", "required"),
            ("buy", "cart", "required"), ("buy", "paid", "required"),
        ]
    ],
    "touchpoints": [
        {"id": name, "name": name, "channel": "site", "matcher": {"events": [name]}}
        for name in ("ad", "visit", "cart", "paid")
    ],
}  # fmt: skip

# Every question of ``Askable``, asked as broadly as it can be.
QUESTIONS: dict[str, Callable[[Askable], Any]] = {
    "overview": lambda paths: paths.overview(),
    "transitions": lambda paths: paths.transitions(),
    "variants": lambda paths: paths.variants(50),
    "funnel": lambda paths: paths.funnel(["visit", "cart", "paid"], 20),
    "attribution": lambda paths: paths.attribution("paid", over="city", value="price"),
    "what_if": lambda paths: paths.what_if("paid", ["visit->cart=+0.05"]),
    "retention": lambda paths: paths.retention("day"),
    "survival": lambda paths: paths.survival("visit", "paid", by="city"),
    "survival, between patterns": lambda paths: paths.survival("ad -> visit", "cart -> ... -> paid"),
    "correlates": lambda paths: paths.correlates("paid"),
    "correlates, of a pattern": lambda paths: paths.correlates("cart -> ... -> paid within 20s"),
    "compare": lambda paths: paths.where("cart").compare(paths.where("cart", matched=False), "transitions"),
    "pattern": lambda paths: paths.pattern("visit -> (!cart)* -> paid within 9s"),
    "flow": lambda paths: paths.flow("cart"),
    "next_step": lambda paths: paths.next_step("p25"),
    "next_step_evaluation": lambda paths: paths.next_step_evaluation(),
    "measure": lambda paths: paths.measure(MAP),
    "what_if, on a map": lambda paths: paths.what_if("paid", ["visit->cart=+0.05"], design=MAP),
    "stages": lambda paths: paths.stages(MAP),
    "deviations": lambda paths: paths.deviations(MAP),
}
# What changes the paths rather than asking.
CHANGES = {
    "select", "derive", "by_session", "by_instance", "where", "persons_where", "only_persons", "without_persons"
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Events of sixty persons within half a minute, in files whose order is not that of their sizes."""
    chance = np.random.default_rng(7)
    folder = tmp_path_factory.mktemp("رویدادها 1%20")
    for name, n in {"b 10%": 200, "a": 300, "c": 400, "b": 350}.items():
        persons = [f"p{number}" if number else None for number in chance.integers(0, 60, n)]
        table = {
            "who": pa.array([person and person.replace("p1", "پ١") for person in persons], pa.string()),
            "what": pa.array([NAMES[place] for place in chance.integers(0, len(NAMES), n)], pa.string()),
            "at": pa.array(chance.integers(0, 30, n) * 1_000_000 + 1_700_000_000_000_000, pa.timestamp("us")),
            "city": pa.array(
                [["تهران", "قم", None][place] for place in chance.integers(0, 3, n)], pa.string()
            ),
            "order": pa.array(chance.integers(0, 9, n)),
            "price": pa.array(chance.integers(0, 40, n) / 4),
        }
        pq.write_table(pa.table(table), folder / f"{name}.parquet", row_group_size=64)
    return folder


@pytest.fixture(scope="module")
def here(folder: Path) -> PathIndex:
    return journeys.read(sorted(folder.glob("*.parquet")), **COLUMNS)


@pytest.fixture(scope="module")
def there(spark_session: Any, folder: Path) -> spark.SparkPaths:
    return spark.read(spark_session, folder, **COLUMNS, part_events=500)


def alike(one: Any, other: Any) -> bool:
    """Equal, but for the last digits of sums that were added up in another order."""
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)


def test_what_was_read_is_the_same(there: spark.SparkPaths, here: PathIndex) -> None:
    assert there.rejected == here.rejected
    assert sum(row.count for row in there.rejected) > 10
    for known in ("n_events", "n_persons", "n_paths", "span_us", "names", "unit"):
        assert getattr(there, known) == getattr(here, known)
    assert there._kept.n_parts > 2


@pytest.fixture(scope="module")
def sessions(there: spark.SparkPaths, here: PathIndex) -> list[Askable]:
    """The same sessions of a selection, there and here."""
    city = [Condition("city", "exists")]
    return [paths.select(1_700_000_005_000_000, None, city).by_session(4, "order") for paths in (there, here)]


def test_paths_are_chosen_and_cut_alike(sessions: list[Askable]) -> None:
    there, here = sessions
    assert there.unit == here.unit == "session"
    assert there.n_paths == here.n_paths > there.n_persons == here.n_persons


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gives_the_same_answer(sessions: list[Askable], question: str) -> None:
    answers = [QUESTIONS[question](paths).to_dict() for paths in sessions]
    assert alike(*answers)


@pytest.mark.parametrize("question", ["transitions", "variants", "measure"])
def test_so_it_does_of_whole_paths(there: spark.SparkPaths, here: PathIndex, question: str) -> None:
    assert alike(*(QUESTIONS[question](paths).to_dict() for paths in (there, here)))


def test_every_question_is_asked_here() -> None:
    public = {name for name, _ in inspect.getmembers(Askable, inspect.isfunction) if not name.startswith("_")}
    assert public - CHANGES - {"reduce", "code_of"} == {title.split(",")[0] for title in QUESTIONS}


def test_answers_of_many_parts_are_merged_on_executors_first(
    there: spark.SparkPaths, here: PathIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_paths, "MERGED_BY_DRIVER", 2)
    assert there.variants(100).to_dict() == here.variants(100).to_dict()
    with pytest.raises(UnknownProperty):
        there.select(conditions=[Condition("cty", "exists")]).overview()


def test_nobody_left_is_an_empty_answer(there: spark.SparkPaths, here: PathIndex) -> None:
    empty = [paths.select(to_us=0) for paths in (there, here)]
    assert empty[0].n_persons == 0
    assert empty[0].transitions().to_dict() == empty[1].transitions().to_dict()


def test_wrong_questions_are_told_as_they_are_here(there: spark.SparkPaths) -> None:
    with pytest.raises(UnknownEvent) as event:
        there.funnel(["vist"])
    assert event.value.params["near"] == ["visit"]
    with pytest.raises(UnknownProperty) as column:
        there.select(conditions=[Condition("cty", "exists")]).overview()
    assert column.value.params["near"] == ["city"]
    with pytest.raises(NotOnSpark, match="transitions_persons"):
        there.transitions_persons("visit", "paid")  # type: ignore[operator]  # that is what is tested
    with pytest.raises(AttributeError):
        there.nonsense  # noqa: B018


def test_times_and_columns_are_read_as_they_are_from_files(
    spark_session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each path has another kind of times; only its last row tells the day from the month."""
    monkeypatch.setattr(reader, "SAMPLE_ROWS", 3)
    moments = [datetime(2026, 3, day, 10, 30) for day in (1, 2, 3, 25)]  # noqa: DTZ001  (in no zone)
    kinds = {
        "aware": pa.array([moment.replace(tzinfo=UTC) for moment in moments], pa.timestamp("ms", "UTC")),
        "fine": pa.array(moments, pa.timestamp("ns")),
        "text": pa.array(["01/03/2026 10:30", "۲/۳/۲۰۲۶", None, "25/03/2026 24:00"]),
        "unix": pa.array([1_772_000_000, 1_772_000_001, None, 17]),
    }
    files = []
    for kind, times in kinds.items():
        table = {
            "شناسه": pa.array(["۷", "علي ", "7.0", "x" * 300]),
            "at": times,
            "amount": pa.array(["1,250", "۳", None, "4"]),
            "u": pa.array([2**63, 1, None, 3], pa.uint64()),
            "list": pa.array([[1, 2], None, [], [3]]),
            "hour": pa.array([3_600_000_000, None, 0, 1], pa.time64("us")),
        }
        files.append(tmp_path / f"{kind} [1]*.parquet")
        pq.write_table(pa.table(table), files[-1])
    how = {
        "person": "شناسه", "time": "at", "event_constant": "seen", "timezone": "Asia/Tehran",
        "properties": ("amount", "u", "list"), "channel": "amount",
    }  # fmt: skip
    here, there = journeys.read(files, **how), spark.read(spark_session, files, **how)
    assert (there.names, there.n_events, there.rejected) == (here.names, here.n_events, here.rejected)
    assert _events(there) == _events(here)


def _events(paths: Askable) -> list[Any]:
    return sorted(paths.reduce(_events_of, list.__add__))


def _events_of(part: Part) -> list[Any]:
    index = part.index
    values = {name: index.properties[name] for name in ("amount", "u", "list", "channel")}
    return [
        (
            index.persons[person],
            int(index.at_us[event]),
            [
                repr(column.values[column.code[event]]) if column.code[event] >= 0 else ""
                for column in values.values()
            ],
        )
        for person in range(index.n_persons)
        for event in range(index.offset[person], index.offset[person + 1])
    ]


def test_rows_that_cannot_be_read_are_no_paths(spark_session: Any, tmp_path: Path) -> None:
    table = {
        "who": pa.array([None, None], pa.string()),
        "what": ["a", "b"],
        "at": pa.array([1, 2], pa.timestamp("s")),
    }
    pq.write_table(pa.table(table), tmp_path / "x.parquet")
    there = spark.read(spark_session, tmp_path, "who", "what", "at", ["what"])
    assert [(row.code, row.count, row.first_line) for row in there.rejected] == [("missing_person", 2, 1)]
    assert there.by_instance(column="what").overview().to_dict()["events"] == 0


def test_files_that_changed_are_read_anew(spark_session: Any, tmp_path: Path) -> None:
    """While the parts of the first reading are still kept."""
    kept = []
    for names in (["a"], ["b", "b"]):
        table = {
            "who": ["x"] * len(names),
            "what": names,
            "at": pa.array([1] * len(names), pa.timestamp("s")),
        }
        pq.write_table(pa.table(table), tmp_path / "x.parquet")
        kept.append(spark.read(spark_session, tmp_path / "x.parquet", "who", "what", "at"))
    assert [paths.names for paths in kept] == [("a",), ("b",)]
    assert [paths.n_events for paths in kept] == [1, 2]


def test_a_killed_executor_changes_nothing(there: spark.SparkPaths, here: PathIndex, tmp_path: Path) -> None:
    """It dies in the middle of a question, and what it kept dies with it."""
    marker = tmp_path / "killed"
    assert there.reduce(partial(_count_or_kill, str(marker)), int.__add__) == here.n_events
    assert marker.read_text() == "CoarseGrainedExecutorBackend"
    assert there.transitions().to_dict() == here.transitions().to_dict()


def _count_or_kill(marker: str, part: Part) -> int:
    """Counts; whoever comes first kills the executor whose Python this is: its parent's parent."""
    try:
        with open(marker, "x") as file:
            above = int(Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[1])
            command = Path(f"/proc/{above}/cmdline").read_text()
            assert "CoarseGrainedExecutorBackend" in command
            file.write("CoarseGrainedExecutorBackend")
    except FileExistsError:
        return part.n_events
    os.kill(above, signal.SIGKILL)
    raise AssertionError("this process should be gone")


def test_what_is_not_there_or_not_parquet_is_said(spark_session: Any, tmp_path: Path) -> None:
    with pytest.raises(PathNotThere, match="nowhere"):
        spark.read(spark_session, tmp_path / "nowhere", "who", "what", "at")
    (tmp_path / "x.parquet").write_text("who,what,at\n")
    with pytest.raises(NotParquet, match=r"x\.parquet"):
        spark.read(spark_session, tmp_path / "x.parquet", "who", "what", "at")


def test_a_master_that_is_none_or_another_is_said(
    spark_session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spark.connected() is spark.connected(SPARK_MASTER) is spark_session
    with pytest.raises(OtherMaster):
        spark.connected("local[*]")
    with pytest.raises(BadMaster):
        spark.connected("localhost:7077")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(SparkMissing, match=r"hamsafar\[spark\]"):
        spark.connected("local[*]")


def test_without_java_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(JavaMissing, match="17"):
        check_java()
