"""A real-sized file, imported and asked over HTTP as a user does, beside SQL over its raw rows."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from hamsafar.accounts.tests.people import People, Person
from hamsafar.events.tests.importing import run

FILE = "ecom_clickstream/ecom.csv.gz"
MAPPING = {
    "person": "user_id",
    "event": "event",
    "time": "timestamp",
    "properties": ["session_id", "platform", "acquisition_channel"],
}
EVENTS = """
create table events as
select user_id as person, event as name, timestamp as ts, session_id, platform, acquisition_channel as channel,
       row_number() over () as row
from read_csv('{}', parallel = false)
"""


class Shop(NamedTuple):
    """Who asks, and the raw rows as SQL sees them; ``steps``: each event with the one before and the one after."""

    asker: Person
    sql: duckdb.DuckDBPyConnection

    def ask(self, question: str, /, **asked: Any) -> dict[str, Any]:
        answer = self.asker.post(f"paths/{question}", asked)
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def who(self, question: str, selector: dict[str, Any], **scope: Any) -> int:
        return int(self.ask("who", question=question, selector=selector, **scope)["total"])

    def rows(self, query: str) -> list[Any]:
        return self.sql.execute(query).fetchall()

    def one(self, query: str) -> Any:
        (found,) = self.rows(query)
        return found[0] if len(found) == 1 else found


@pytest.fixture
def shop(people: People, shared_data: Path) -> Shop:
    path = shared_data / FILE
    assert run(people.editor, path.read_bytes(), MAPPING, "ecom.csv.gz")["rows_added"] == 31_106
    sql = duckdb.connect()
    sql.execute(EVENTS.format(path))
    sql.execute(
        """
        create table steps as
        select *, lag(name) over path as before, lead(name) over path as after, lead(ts) over path - ts as gap
        from events window path as (partition by person order by ts, row)
        """
    )
    return Shop(people.viewer, sql)


def test_how_much_there_is_and_what_follows_what(shop: Shop) -> None:
    overview = shop.ask("overview")
    assert [overview[name] for name in ("events", "persons", "event_names")] == list(
        shop.one("select count(*), count(distinct person), count(distinct name) from events")
    )
    assert {(row["event"], row["events"], row["persons"]) for row in overview["rows"]} == set(
        shop.rows("select name, count(*), count(distinct person) from events group by name")
    )
    found = {(row["source"], row["target"]): row for row in shop.ask("transitions")["rows"]}
    wanted = shop.rows(
        """
        select name, coalesce(after, '(end)'), count(*), count(distinct person), median(epoch(gap))
        from steps group by all
        """
    )
    assert len(wanted) > 300
    for source, target, count, persons, gap in wanted:
        row = found[source, target]
        assert (row["count"], row["persons"]) == (count, persons), (source, target)
        assert row["median_gap_seconds"] == (None if gap is None else pytest.approx(gap, rel=0.01))


def test_a_funnel_with_a_window_of_some_persons(shop: Shop) -> None:
    mobile = {"person_conditions": [{"property": "platform", "op": "=", "value": "mobile"}]}
    asked = {"steps": ["add_to_cart", "purchase"], "within_seconds": 86_400}
    rows = shop.ask("funnel", **asked, **mobile)["rows"]
    started, arrived = shop.one(
        """
        with mobile as (from events where person in (select person from events where platform = 'mobile'))
        select count(distinct one.person), count(distinct other.person)
        from mobile as one left join mobile as other
          on other.person = one.person and other.name = 'purchase'
         and (other.ts, other.row) > (one.ts, one.row) and other.ts <= one.ts + interval 1 day
        where one.name = 'add_to_cart'
        """
    )
    assert [row["persons"] for row in rows] == [started, arrived]
    assert 0 < arrived < started
    assert shop.who("funnel", {**asked, "step": 2}, **mobile) == arrived
    assert shop.who("funnel", {**asked, "step": 2, "reached": False}, **mobile) == started - arrived
    answer = shop.asker.post("paths/export/funnel?format=csv", {**asked, **mobile})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # of streamed answers
    assert [row["persons"] for row in csv.DictReader(io.StringIO(text))] == [str(started), str(arrived)]


def test_paths_by_session(shop: Shop) -> None:
    by_session = {"unit": "session", "session_column": "session_id"}
    overview = shop.ask("overview", **by_session)
    sessions = shop.one("select count(distinct (person, session_id)) from events")
    assert (overview["paths"], overview["persons"]) == (sessions, 600)
    paths = """
        select list(name order by ts, row) as path, count(*) over () as n, person
        from events group by person, session_id
    """
    path, count, persons = shop.rows(
        f"select path, count(*), count(distinct person) from ({paths}) group by path order by 2 desc, 1 limit 1"
    )[0]
    first = shop.ask("variants", top=1, **by_session)["rows"][0]
    assert (first["path"], first["paths"], first["persons"]) == (path, count, persons)
    assert shop.who("variants", {"path": path}, **by_session) == persons


def test_what_comes_before_and_after_a_moment(shop: Shop) -> None:
    nodes = shop.ask("flow", anchor="purchase", before=1, after=1, top=50)["nodes"]
    for step, side, edge in ((-1, "before", "(start)"), (1, "after", "(end)")):
        wanted = shop.rows(
            f"select coalesce({side}, '{edge}'), count(*) from steps where name = 'purchase' group by 1"
        )
        assert {(node["node"], node["count"]) for node in nodes if node["step"] == step} == set(wanted)
        shares = [node["share"] for node in nodes if node["step"] == step]
        assert sum(shares) == pytest.approx(1)
    found = shop.ask("pattern", find="cart -> shipping_details")
    wanted = shop.one(
        "select count(*), count(distinct person) from steps where name = 'cart' and after = 'shipping_details'"
    )
    assert (found["occurrences"], found["matched_persons"]) == wanted
    assert shop.who("pattern", {"find": "cart -> shipping_details", "matched": False}) == 600 - wanted[1]


def test_who_comes_back_and_how_long_it_takes(shop: Shop) -> None:
    rows = shop.ask("retention", period="month", timezone="Asia/Tehran")["rows"]
    wanted = shop.rows(
        """
        with local as (select *, date_trunc('month', ts + interval 210 minute) as month from events),
             born as (select person, min(month) as cohort, min((ts, row)) as birth from local group by person)
        select strftime(cohort, '%Y-%m'), datediff('month', cohort, month), count(distinct person)
        from local join born using (person) where (ts, row) > birth group by all
        """
    )
    assert {(row["cohort"], row["period"], row["persons"]) for row in rows if row["persons"]} == set(wanted)
    group = shop.ask("survival", start="home", end="purchase")["groups"][0]
    started, reached = shop.one(
        """
        with begun as (select person, min((ts, row)) as start from events where name = 'home' group by person)
        select count(distinct begun.person), count(distinct events.person)
        from begun left join events
          on events.person = begun.person and name = 'purchase' and (ts, row) > start
        """
    )
    assert (group["persons"], group["reached"], group["censored"]) == (started, reached, started - reached)


def test_what_goes_with_a_goal_and_who_is_credited(shop: Shop) -> None:
    found = shop.ask("correlates", goal="purchase", top=200)
    row = next(row for row in found["rows"] if (row["kind"], row["name"]) == ("event", ["payment_details"]))
    with_it, reached_with, without, reached_without = shop.one(
        """
        with goal as (select person, min((ts, row)) as at from events where name = 'purchase' group by person),
             seen as (select person, goal.at is not null as reached,
                             bool_or(name = 'payment_details' and (goal.at is null or (ts, row) < goal.at)) as had
                      from events left join goal using (person) group by all)
        select count(*) filter (had), count(*) filter (had and reached),
               count(*) filter (not had), count(*) filter (not had and reached) from seen
        """
    )
    assert (row["paths"], row["reached_with"], row["without"], row["reached_without"]) == (
        with_it,
        reached_with,
        without,
        reached_without,
    )
    odds = (reached_with / (with_it - reached_with)) / (reached_without / (without - reached_without))
    assert row["odds_ratio"] == pytest.approx(odds)
    credits = shop.ask("attribution", conversion="purchase", over="acquisition_channel", models=["last"])
    # Every person of this file came by one channel, so whatever was touched last was touched by it.
    wanted = shop.rows(
        "select channel, count(*) from steps where name = 'purchase' and before is not null group by channel"
    )
    assert {(row["channel"], row["conversions"]) for row in credits["rows"]} == set(wanted)
