"""Each story that was planted can be found with plain SQL, and only where it was planted."""

from __future__ import annotations

from typing import Any

from hamsafar.demo.tests.conftest import Sql


def _one(sql: Sql, query: str) -> tuple[Any, ...]:
    [row] = sql(query)
    return row


def test_a_gateway_failed_for_two_weeks(sql: Sql) -> None:
    attempts = """
        select gateway, local_at::date between '2026-02-01' and '2026-02-14' as outage,
               count(*) filter (name = 'payment_failed') / count(*) as failed, count(*) as attempts
        from events where gateway is not null group by all"""
    rates = {(gateway, outage): failed for gateway, outage, failed, _ in sql(attempts)}
    assert rates["MehrPay", True] > 0.6
    assert rates["MehrPay", False] < 0.08
    assert rates["Sepid", True] < 0.08
    # Of those who reached the checkout, fewer paid.
    (during, otherwise) = _one(
        sql,
        """with checkout as (
             select local_at::date between '2026-02-01' and '2026-02-14' as outage,
                    exists (select 1 from events p where p.person = c.person and p.name = 'order_paid'
                            and p.local_at between c.local_at and c.local_at + interval 2 day) as paid
             from events c where name = 'checkout_started')
           select avg(paid::int) filter (outage), avg(paid::int) filter (not outage) from checkout""",
    )
    assert during < otherwise - 0.2


def test_one_courier_is_late_in_three_provinces(sql: Sql) -> None:
    days = dict(
        sql(
            """select (courier, province in ('Khuzestan', 'Hormozgan', 'Bushehr')),
                      avg((properties->>'$.days_on_the_way')::int)
               from events where name = 'order_delivered' group by all"""
        )
    )
    assert days.pop(("TondRasan", True)) > 7
    assert max(days.values()) < 4


def test_late_parcels_bring_low_scores_calls_and_complaints(sql: Sql) -> None:
    (late_score, other_score, late_complaints, other_complaints, late_calls, other_calls) = _one(
        sql,
        """with parcel as (
             select person, order_id, local_at as at,
                    courier = 'TondRasan' and province in ('Khuzestan', 'Hormozgan', 'Bushehr') as story
             from events where name = 'order_delivered'),
           scored as (select story, score from parcel join events using (order_id)
                      where name = 'survey_answered'),
           near as (
             select story,
                    exists (select 1 from events e where e.person = p.person and e.name = 'complaint_opened'
                            and e.local_at between p.at - interval 10 day and p.at + interval 5 day) as complains,
                    exists (select 1 from events e where e.person = p.person and e.name = 'call_answered'
                            and e.topic = 'delivery' and e.local_at between p.at - interval 10 day and p.at) as calls
             from parcel p)
           select (select avg(score) from scored where story), (select avg(score) from scored where not story),
                  avg(complains::int) filter (story), avg(complains::int) filter (not story),
                  avg(calls::int) filter (story), avg(calls::int) filter (not story)
           from near""",
    )
    assert late_score < 2.6 < 3.8 < other_score
    assert late_complaints > 5 * other_complaints
    assert late_calls > 8 * other_calls


def test_in_late_cases_the_survey_asks_before_the_parcel_is_there(sql: Sql) -> None:
    (early, all_late, early_elsewhere) = _one(
        sql,
        """with parcel as (
             select order_id, max(local_at) filter (name = 'order_delivered') as delivered_at,
                    max(local_at) filter (name = 'survey_answered') as answered_at,
                    max(courier) = 'TondRasan' and max(province) in ('Khuzestan', 'Hormozgan', 'Bushehr') as story
             from events where order_id is not null group by order_id)
           select count(*) filter (story and answered_at < delivered_at),
                  count(*) filter (story and answered_at is not null),
                  count(*) filter (not story and answered_at < delivered_at)
           from parcel""",
    )
    assert early > 0.5 * all_late
    assert early > 5 * early_elsewhere


def test_an_instagram_campaign_brings_visitors_who_do_not_buy(sql: Sql) -> None:
    shares = {
        campaign: (visitors, buyers / visitors)
        for campaign, visitors, buyers in sql(
            """select coalesce(campaign, '-'),
                      count(distinct person) filter (name in ('web_visit', 'app_opened')),
                      count(distinct person) filter (name = 'order_paid')
               from events group by all"""
        )
    }
    visitors, share = shares.pop("Autumn window")
    assert visitors > 1_500
    assert share < 0.01
    assert all(other > 0.1 for _, other in shares.values())


def test_loyal_customers_call_and_their_orders_are_larger(sql: Sql) -> None:
    calls = dict(
        sql(
            """select loyalty, count(*) filter (topic = 'advice') / count(*) filter (name = 'order_paid')
               from events group by all"""
        )
    )
    assert calls["gold"] > 0.35
    assert calls["gold"] > 2 * calls["silver"] > 10 * calls["none"]
    (by_phone, online) = _one(
        sql,
        """select avg(amount) filter (channel = 'Phone'), avg(amount) filter (channel <> 'Phone')
           from events where name = 'order_paid' and loyalty = 'gold'""",
    )
    assert by_phone > 1.2 * online


def test_slow_answers_cost_customers(sql: Sql) -> None:
    answers = dict(
        sql(
            """with case_ as (
                 select o.person, o.local_at as opened_at, min(a.local_at) as answered_at
                 from events o join events a on a.person = o.person and a.name = 'complaint_answered'
                      and a.local_at > o.local_at
                 where o.name = 'complaint_opened' and o.local_at < '2026-06-01' group by all)
               select answered_at - opened_at > interval 3 day,
                      avg(exists (select 1 from events e where e.person = case_.person and e.name = 'order_paid'
                                  and e.local_at > answered_at)::int)
               from case_ group by all"""
        )
    )
    assert answers[False] > 1.5 * answers[True]
