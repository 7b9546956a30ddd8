"""The sample's year is always the same, and looks like a shop's year."""

from __future__ import annotations

import hashlib
import json

import pytest

from hamsafar.demo import calendar, comments, words
from hamsafar.demo.log import PERSON_PROPERTIES, PROPERTIES, Simulation
from hamsafar.demo.shop import simulate
from hamsafar.demo.tests.conftest import Sql
from hamsafar.lib.persian import normalise


def _fingerprint(year: Simulation) -> str:
    digest = hashlib.sha256()
    for column in (year.person, year.name, year.channel, year.at, *year.properties.values()):
        digest.update(column.astype("<i8").tobytes())
    digest.update("\n".join(year.names).encode())
    return digest.hexdigest()


def test_the_year_is_the_same_on_every_run_and_machine(year: Simulation) -> None:
    # A change of the generator changes this on purpose: look at the stories again, then write the new one.
    assert _fingerprint(year) == "a056d0be547d0141f59f472b45e7d85b95035a6ddb4c631657b650bbc16a2612"
    assert _fingerprint(simulate()) == _fingerprint(year)


def test_there_are_twenty_thousand_persons_and_about_four_hundred_thousand_events(
    sql: Sql,
) -> None:
    [(persons, events)] = sql("select count(distinct person), count(*) from events")
    assert persons == 20_000
    assert 380_000 <= events <= 420_000


def test_events_stand_in_time_order_within_the_year(year: Simulation) -> None:
    assert (year.at[1:] >= year.at[:-1]).all()
    assert year.at[0] >= calendar.START
    assert year.at[-1] < calendar.END


def test_the_year_is_mehr_1404_to_shahrivar_1405() -> None:
    assert calendar.FIRST_DAY.isoformat() == "2025-09-23"
    assert calendar.START == 1_758_573_000  # 2025-09-22T20:30:00Z
    assert calendar.jalali(1405, 6, 31).toordinal() - calendar.FIRST_DAY.toordinal() == calendar.DAYS - 1


def test_every_event_carries_its_persons_properties_and_its_own(year: Simulation) -> None:
    table = year.table("fa").slice(0, 3_000).to_pylist()
    seen: set[str] = set()
    for row in table:
        properties = json.loads(row["properties"])
        seen |= set(properties)
        assert list(properties)[: len(PERSON_PROPERTIES)] == list(PERSON_PROPERTIES)
        assert ("currency" in properties) == ("amount" in properties)
    assert (
        {"source", "product", "amount", "order_id"} <= seen <= {*PERSON_PROPERTIES, *PROPERTIES, "currency"}
    )


def test_both_languages_tell_the_same_events_in_their_own_words(year: Simulation) -> None:
    persian, english = year.table("fa"), year.table("en")
    for column in ("person", "name", "at_us", "row"):
        assert persian[column].equals(english[column])
    assert set(persian["channel"].unique().to_pylist()) == {word.fa for word in words.CHANNELS.values()}
    assert set(english["channel"].unique().to_pylist()) == {word.en for word in words.CHANNELS.values()}
    first = json.loads(persian["properties"][0].as_py()), json.loads(english["properties"][0].as_py())
    assert list(first[0]) == list(first[1])


def test_all_channels_of_the_shop_are_used(sql: Sql) -> None:
    rows = sql("select channel, count(*) from events group by all")
    assert {channel for channel, _ in rows} == {word.en for word in words.CHANNELS.values()}
    assert min(count for _, count in rows) > 1_000


def test_people_look_around_more_at_the_weekend_and_at_night(sql: Sql) -> None:
    days = dict(sql("select dayname(local_at), count(*) from events where name = 'web_visit' group by all"))
    assert days["Friday"] > days["Thursday"] > days["Monday"]
    hours = dict(sql("select hour(local_at), count(*) from events where name = 'web_visit' group by all"))
    assert hours[22] > 1.5 * hours[15]
    assert hours[22] > 6 * hours[4]


@pytest.mark.parametrize("name", ["call_answered", "order_shipped", "order_delivered", "complaint_answered"])
def test_nobody_works_on_fridays_and_holidays(sql: Sql, name: str) -> None:
    found = sql(
        """select count(*) from events where name = ?
           and (dayname(local_at) = 'Friday' or local_at::date = '2026-03-21')""",
        name,
    )
    assert found == [(0,)]


def test_yalda_is_busy_and_nowruz_is_quiet(sql: Sql) -> None:
    def visits(first: str, last: str) -> float:
        [(share,)] = sql(
            """select count(*) / (date_diff('day', ?::date, ?::date) + 1) from events
               where name in ('web_visit', 'app_opened') and local_at::date between ? and ?""",
            first,
            last,
            first,
            last,
        )
        return float(share)

    ordinary = visits("2026-05-10", "2026-06-10")
    assert visits("2025-12-13", "2025-12-19") > 1.5 * ordinary
    assert visits("2026-03-21", "2026-04-01") < 0.6 * ordinary


def test_orders_have_distinct_numbers_and_amounts_in_toman(sql: Sql) -> None:
    [(orders, numbers, low, high, median)] = sql(
        """select count(*), count(distinct order_id), min(amount), max(amount), median(amount)
           from events where name in ('order_paid', 'store_purchase')"""
    )
    assert orders == numbers > 8_000
    assert 150_000 < low < median < high < 20_000_000


def test_a_parcel_is_sent_before_it_arrives_and_only_once(sql: Sql) -> None:
    found = sql(
        """with parcel as (
             select order_id, min(local_at) filter (name = 'order_paid') as paid_at,
                    min(local_at) filter (name = 'order_shipped') as sent_at,
                    min(local_at) filter (name = 'order_delivered') as delivered_at,
                    count(*) filter (name = 'order_delivered') as deliveries
             from events where order_id is not null group by order_id)
           select count(*) from parcel
           where paid_at >= sent_at or sent_at >= delivered_at or deliveries > 1"""
    )
    assert found == [(0,)]


def test_comments_are_clean_persian_and_varied(year: Simulation) -> None:
    used = {int(code) for code in set(year.properties["comment"].tolist()) if code >= 0}
    assert len(used) > 150
    for text in comments.TEXTS:
        assert normalise(text) == text
        assert not set(text) & set("0123456789?,;")
