"""The event store: nothing lost, nothing doubled, and an import is there as a whole or not at all."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hamsafar.events.store import (
    REJECTED_SCHEMA,
    SCHEMA,
    Appended,
    EventStores,
    StoreDamaged,
    StoreInUse,
    WorkspaceEvents,
    reading,
    taking,
)
from hamsafar.lib.ids import new_id

Row = tuple[str, str, int]


def rows_table(rows: list[Row], *, first_row: int = 0, properties: str | None = None) -> pa.Table:
    return pa.table(
        {
            "person": [row[0] for row in rows],
            "name": [row[1] for row in rows],
            "at_us": [row[2] for row in rows],
            "channel": [None] * len(rows),
            "properties": [properties] * len(rows),
            "row": list(range(first_row, first_row + len(rows))),
        },
        schema=SCHEMA,
    )


def stored(events: WorkspaceEvents) -> list[Row]:
    with events.snapshot() as snapshot:
        return snapshot.rows("select person, name, at_us from events order by seq")


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[EventStores]:
    with EventStores.open(tmp_path, memory_limit="512MB") as opened:
        yield opened


@pytest.fixture
def events(stores: EventStores) -> WorkspaceEvents:
    return stores.workspace("w1")


A, B = ("ali", "visit", 10), ("ali", "buy", 20)


def test_appended_rows_are_stored_in_their_order(events: WorkspaceEvents) -> None:
    assert events.append(rows_table([B, A]), import_id="i1") == Appended(2, 0)
    assert stored(events) == [B, A]


def test_appending_again_adds_nothing(events: WorkspaceEvents) -> None:
    events.append(rows_table([A, B]), import_id="i1")
    before = events.watermark()
    assert events.append(rows_table([B, A]), import_id="i2") == Appended(0, 2)
    assert stored(events) == [A, B]
    assert events.watermark() == before


def test_rows_repeated_within_a_file_are_all_kept_and_still_recognised(events: WorkspaceEvents) -> None:
    assert events.append(rows_table([A, A, B, A]), import_id="i1") == Appended(4, 0)
    assert events.append(rows_table([A, A, B, A]), import_id="i2") == Appended(0, 4)
    assert events.append(rows_table([A, A, A, A, A]), import_id="i3") == Appended(2, 3)


@pytest.mark.parametrize(
    "other",
    [("ali", "visi", 10), ("aliv", "isit", 10), ("ali", "visit", 11)],
    ids=["name", "a letter moved", "time"],
)
def test_rows_that_differ_anywhere_are_different_events(events: WorkspaceEvents, other: Row) -> None:
    events.append(rows_table([A]), import_id="i1")
    assert events.append(rows_table([other]), import_id="i2").added == 1


def test_properties_and_channel_are_part_of_what_an_event_is(events: WorkspaceEvents) -> None:
    events.append(rows_table([A]), import_id="i1")
    assert events.append(rows_table([A], properties='{"amount": 5}'), import_id="i2").added == 1
    with_channel = rows_table([A]).set_column(3, "channel", pa.array(["web"], pa.string()))
    assert events.append(with_channel, import_id="i3").added == 1
    assert events.append(rows_table([A], properties="{}"), import_id="i4").added == 0, "no properties = {}"


def test_a_staged_import_is_invisible_until_it_is_finished(events: WorkspaceEvents) -> None:
    events.stage(rows_table([A, B]), import_id="i1", resume_point=2)
    events.stage(rows_table([A], first_row=2), import_id="i1", resume_point=3)
    assert stored(events) == []
    assert events.resume_point("i1") == 3
    assert events.finished("i1") is None
    assert events.finish_import("i1") == Appended(3, 0)
    assert stored(events) == [A, B, A], "the repeat is in another part of the same file"
    assert events.finish_import("i1") == Appended(3, 0), "asked again it says the same"
    assert events.finished("i1") == Appended(3, 0)
    assert len(stored(events)) == 3


def test_re_import_in_other_parts_adds_nothing(events: WorkspaceEvents) -> None:
    events.append(rows_table([A, B, A]), import_id="i1")
    for place, row in enumerate([A, B, A]):
        events.stage(rows_table([row], first_row=place), import_id="i2", resume_point=place + 1)
    assert events.finish_import("i2") == Appended(0, 3)


def test_a_large_import_is_compared_stretch_by_stretch(
    events: WorkspaceEvents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answers as at once: stretches of a few rows, with ties across where they would be cut."""
    monkeypatch.setattr(taking, "_ROWS_AT_ONCE", 7)
    first = [(f"p{n % 3}", "visit", n // 4) for n in range(100)]
    second = [*first[10:], *[(f"p{n % 3}", "visit", n // 4) for n in range(90, 130)]]
    assert events.append(rows_table(first), import_id="i1") == Appended(100, 0)
    # By hand: of each event, those in the second file beyond those in the first are new.
    new = sum((Counter(second) - Counter(first)).values())
    assert events.append(rows_table(second), import_id="i2") == Appended(new, len(second) - new)
    assert Counter(stored(events)) == Counter(first) | Counter(second)
    assert events.append(rows_table(first), import_id="i3") == Appended(0, 100)


def test_an_import_without_rows_finishes(events: WorkspaceEvents) -> None:
    assert events.finish_import("i1") == Appended(0, 0)


def test_undo_takes_back_an_import_as_a_whole(events: WorkspaceEvents) -> None:
    events.append(rows_table([A]), import_id="i1")
    events.append(rows_table([A, B, ("sara", "visit", 5)]), import_id="i2")
    version = events.watermark().version
    assert events.undo_import("i2") == 2
    assert stored(events) == [A]
    assert events.watermark().version > version
    assert events.append(rows_table([B]), import_id="i3") == Appended(1, 0), "and it can be imported again"


def test_after_an_undo_all_is_as_if_the_import_had_never_run(events: WorkspaceEvents) -> None:
    """A cumulative export after a partial one, and the partial one is taken back."""
    c, d = ("sara", "visit", 5), ("sara", "buy", 6)
    events.append(rows_table([A, B, A]), import_id="i1")
    events.append(rows_table([A, A, A, B, c]), import_id="i2")
    events.append(rows_table([A, c, d]), import_id="i3")
    assert events.undo_import("i1") == 0, "the second had all of the first"
    assert sorted(stored(events)) == sorted([A, A, A, B, c, d])
    assert events.undo_import("i2") == 3
    assert sorted(stored(events)) == sorted([A, c, d])
    assert events.undo_import("i3") == 3
    assert stored(events) == []


def test_the_same_file_again_keeps_nothing_from_being_undone(events: WorkspaceEvents) -> None:
    events.append(rows_table([A, B]), import_id="i1")
    events.append(rows_table([A, B]), import_id="i2")
    assert events.undo_import("i1") == 2
    assert stored(events) == []


FEW = st.lists(st.sampled_from([A, B, ("sara", "visit", 10), ("sara", "visit", 11)]), max_size=6)


@given(files=st.lists(FEW, min_size=1, max_size=4), data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_files_in_any_order_with_any_undone(
    stores: EventStores, files: list[list[Row]], data: st.DataObject
) -> None:
    """The store holds each row as often as the file that has it most often, of the files that added something
    and are not undone."""
    events = stores.workspace(new_id())
    added = {
        number
        for number, rows in enumerate(files)
        if events.append(rows_table(rows), import_id=f"i{number}").added
    }
    undone = data.draw(st.sets(st.sampled_from(range(len(files)))))
    for number in data.draw(st.permutations(sorted(undone))):
        events.undo_import(f"i{number}")
    kept = Counter[Row]()
    for number, rows in enumerate(files):
        if number in added - undone:
            kept |= Counter(rows)
    assert Counter(stored(events)) == kept


def test_undo_of_a_staged_import_leaves_the_events_alone(events: WorkspaceEvents) -> None:
    events.append(rows_table([A]), import_id="i1")
    before = events.watermark()
    events.stage(rows_table([B]), import_id="i2", resume_point=1)
    assert events.undo_import("i2") == 0
    assert events.resume_point("i2") is None
    assert events.finish_import("i2") == Appended(0, 0)
    assert events.watermark() == before


def test_rows_from_sql_are_the_same_events_as_rows_from_arrow(
    stores: EventStores, events: WorkspaceEvents, tmp_path: Path
) -> None:
    rows = [A, B, A, ("سارا", "خرید", 7), A]
    pq.write_table(rows_table(rows), tmp_path / "rows.parquet")
    sql = "select * from read_parquet(?)"
    params = [str(tmp_path / "rows.parquet")]
    assert events.append_from_sql(sql, params, import_id="i1") == Appended(5, 0)
    assert stored(events) == rows
    assert events.append_from_sql(sql, params, import_id="i1") == Appended(5, 0), "the same import: no change"
    assert len(stored(events)) == 5
    assert events.append(rows_table(rows), import_id="i2") == Appended(0, 5)
    assert events.append_from_sql(sql, params, import_id="i3") == Appended(0, 5)
    other = stores.workspace("w2")
    other.append(rows_table(rows[:2]), import_id="i1")
    assert other.append_from_sql(sql, params, import_id="i2") == Appended(3, 2)


def test_a_failed_write_changes_nothing_and_harms_nobody(events: WorkspaceEvents) -> None:
    events.append(rows_table([A]), import_id="i1")
    before = events.watermark()
    with pytest.raises(Exception, match="NOT NULL"):
        events.append_from_sql(
            "select null::varchar person, 'x' as name, 1::bigint at_us, null::varchar channel, "
            "null::varchar properties, 0::bigint as row",
            import_id="i2",
        )
    nameless = rows_table([B]).set_column(0, "person", pa.array([None], pa.string()))
    with pytest.raises(Exception, match="NOT NULL"):
        events.append(nameless, import_id="i2")
    assert events.watermark() == before
    assert events.append(rows_table([B]), import_id="i3") == Appended(1, 0)


def test_many_writers_lose_and_double_nothing(stores: EventStores) -> None:
    def write(writer: int) -> None:
        for number in range(20):
            events = stores.workspace(f"w{number % 2}")
            events.append(rows_table([(f"p{writer}", "visit", number)]), import_id=f"i{writer}-{number}")

    threads = [threading.Thread(target=write, args=[writer]) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for half in range(2):
        expected = [(f"p{w}", "visit", n) for w in range(8) for n in range(20) if n % 2 == half]
        assert sorted(stored(stores.workspace(f"w{half}"))) == sorted(expected)


def test_readers_see_whole_appends_while_others_write(stores: EventStores) -> None:
    """Readers of two workspaces, and workspaces that are opened meanwhile, beside busy writers."""
    done = threading.Event()
    seen: list[int] = []
    wrong: list[object] = []

    def write(workspace: str) -> None:
        for number in range(30):
            rows = [(f"p{number}", "visit", number * 10 + n) for n in range(10)]
            stores.workspace(workspace).append(rows_table(rows), import_id=f"i{number}")

    def read(workspace: str) -> None:
        try:
            while not done.is_set():
                with stores.workspace(workspace).snapshot() as snapshot:
                    mark = snapshot.watermark()
                    times = snapshot.arrow("select at_us from events order by seq").read_all()
                seen.append(mark.events)
                if len(times) != mark.events or mark.events != mark.version * 10:
                    wrong.append((mark, len(times)))
                stores.workspace(f"new{threading.get_ident() % 97}-{len(seen) % 7}").watermark()
        except Exception as error:
            wrong.append(error)

    readers = [threading.Thread(target=read, args=[f"w{n % 2}"]) for n in range(4)]
    writers = [threading.Thread(target=write, args=[f"w{n}"]) for n in range(2)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert not wrong
    assert len(set(seen)) > 1, "they did read while it grew"


def test_the_watermark_counts_and_a_snapshot_stays(events: WorkspaceEvents) -> None:
    empty = events.watermark()
    assert empty.events == 0
    with events.snapshot() as snapshot:
        assert snapshot.watermark() == empty
        events.append(rows_table([A, B]), import_id="i1")
        assert snapshot.watermark() == empty
    after = events.watermark()
    assert (after.events, after.version > empty.version) == (2, True)


def test_an_arrow_stream_outlives_the_call(events: WorkspaceEvents) -> None:
    events.append(rows_table([(f"p{n}", "visit", n) for n in range(5000)]), import_id="i1")
    stream = events.arrow("select at_us from events where at_us >= ? order by at_us", [10], batch_rows=1000)
    events.append(rows_table([("new", "visit", 99999)]), import_id="i2")
    assert stream.read_all().column("at_us").to_pylist() == list(range(10, 5000))


def test_properties_and_persons(events: WorkspaceEvents) -> None:
    events.append(
        rows_table([A, B, ("sara", "visit", 5)], properties='{"city": "یزد", "amount": 12}'), import_id="i1"
    )
    events.append(
        rows_table([("sara", "خرید", 6)], properties='{"amount": "زیاد", "vip": true, "x": null}'),
        import_id="i2",
    )
    assert [(p.name, p.kind, p.events, p.values) for p in events.property_names()] == [
        ("amount", "mixed", 4, (12, "زیاد")),
        ("city", "text", 3, ("یزد",)),
        ("vip", "boolean", 1, (True,)),
    ]
    assert events.person("nobody") is None
    sara = events.events_of("sara")
    assert [(e.at_us, e.name) for e in sara] == [(5, "visit"), (6, "خرید")]
    assert events.events_of("sara", cursor=(sara[0].at_us, sara[0].seq)) == sara[1:]
    events.append(rows_table([("sara", "visit", 7)], properties='{"vip": false}'), import_id="i3")
    assert events.property_names()[-1].values == (False, True), "kept only until the events change"


def test_equal_times_keep_the_order_of_arrival(events: WorkspaceEvents) -> None:
    events.append(rows_table([("ali", name, 1) for name in "dacb"]), import_id="i1")
    assert [e.name for e in events.events_of("ali")] == list("dacb")


def test_workspaces_do_not_see_each_other_and_can_be_deleted(stores: EventStores) -> None:
    stores.workspace("w1").append(rows_table([A]), import_id="i1")
    stores.workspace("w2").append(rows_table([B]), import_id="i1")
    stores.delete("w1")
    stores.delete("never-was")
    assert stored(stores.workspace("w1")) == []
    assert stored(stores.workspace("w2")) == [B]
    with pytest.raises(ValueError, match="not a workspace id"):
        stores.workspace("../w2")


def test_a_second_process_is_told_that_the_store_is_in_use(stores: EventStores, tmp_path: Path) -> None:
    script = (
        "import sys; from hamsafar.events.store import EventStores, StoreInUse\n"
        "try: EventStores.open(sys.argv[1])\n"
        "except StoreInUse as error: print(error.code, error.sentence('fa'))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )
    assert answer.stdout.startswith("store_in_use رویدادهای")
    assert StoreInUse.status == 409


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "w1.duckdb").write_bytes(b"this is not a database" * 1000)
    with EventStores.open(tmp_path) as stores, pytest.raises(StoreDamaged, match=r"w1\.duckdb"):
        stores.workspace("w1")


def test_events_are_there_after_closing(tmp_path: Path) -> None:
    with EventStores.open(tmp_path) as stores:
        stores.workspace("w1").append(rows_table([A, B]), import_id="i1", resume_point=7)
    with EventStores.open(tmp_path) as stores:
        assert stored(stores.workspace("w1")) == [A, B]
        assert stores.workspace("w1").resume_point("i1") == 7


def test_rejected_rows_commit_with_the_part_they_stand_in(events: WorkspaceEvents) -> None:
    rejected = pa.table(
        {
            "line": [4, 2, 9],
            "code": ["bad_time", "missing_person", "bad_time"],
            "column": ["تاریخ", "customer", "تاریخ"],
            "value_excerpt": ["دیروز", "", "32/13/1403"],
        },
        schema=REJECTED_SCHEMA,
    )
    events.stage(rows_table([A]), import_id="i1", resume_point=4, rejected=rejected)
    assert events.staged_imports() == ["i1"]
    assert [(r.code, r.column, r.count, r.first_line) for r in events.rejected_counts("i1")] == [
        ("bad_time", "تاریخ", 2, 4),
        ("missing_person", "customer", 1, 2),
    ]
    events.finish_import("i1")
    assert events.staged_imports() == []
    rows = events.rejected_rows("i1").read_all().to_pylist()
    assert [(row["line"], row["value_excerpt"]) for row in rows] == [(2, ""), (4, "دیروز"), (9, "32/13/1403")]
    events.undo_import("i1")
    assert events.rejected_counts("i1") == []


class ChangedMind(Exception):
    pass


def change_of_mind(_: float) -> None:
    raise ChangedMind


def test_a_long_write_tells_how_far_it_is(events: WorkspaceEvents) -> None:
    long = (
        "select 'p' || i as person, 'visit' as name, i as at_us, null::varchar as channel, "
        "null::varchar as properties, i as row from range(500000000) t(i)"
    )
    told = [0.0]

    def until_it_is_on_its_way(share: float) -> None:
        told.append(share)
        if share > 0.01:
            raise ChangedMind

    with pytest.raises(ChangedMind):
        events.append_from_sql(long, import_id="i1", watch=until_it_is_on_its_way)
    assert told == sorted(told)
    assert told[-1] <= 1


def test_a_long_write_can_be_given_up(events: WorkspaceEvents) -> None:
    endless = (
        "select 'p' || i as person, 'visit' as name, i as at_us, null::varchar as channel, "
        "null::varchar as properties, i as row from range(1000000000000) t(i)"
    )
    before = events.watermark()
    with pytest.raises(ChangedMind):
        events.append_from_sql(endless, import_id="i1", watch=change_of_mind)
    assert events.watermark() == before
    assert events.append(rows_table([A]), import_id="i2") == Appended(1, 0), "the writer goes on"


def test_no_two_states_share_a_stamp(tmp_path: Path) -> None:
    """Not even when the file is put back to an older state and goes on from there."""
    with EventStores.open(tmp_path) as stores:
        stores.workspace("w1").append(rows_table([A]), import_id="i1")
    copy = (tmp_path / "events" / "w1.duckdb").read_bytes()
    marks = []
    for row in (B, ("sara", "visit", 5)):
        (tmp_path / "events" / "w1.duckdb").write_bytes(copy)
        with EventStores.open(tmp_path) as stores:
            stores.workspace("w1").append(rows_table([row]), import_id="i2")
            marks.append(stores.workspace("w1").watermark())
    assert (marks[0].version, marks[0].events) == (marks[1].version, marks[1].events)
    assert marks[0].stamp != marks[1].stamp


def test_properties_of_very_many_events_are_told_from_a_sample(
    events: WorkspaceEvents, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "SAMPLED_EVENTS", 100)
    events.append(
        rows_table([("ali", "visit", n) for n in range(1000)], properties='{"a": 1}'), import_id="i1"
    )
    assert [(p.name, p.events, p.sampled) for p in events.property_names()] == [("a", 1000, True)]
