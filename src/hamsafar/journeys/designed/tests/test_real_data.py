"""Real customers, read as a user would, measured, and compared with SQL over the raw files: every number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hamsafar import journeys
from hamsafar.journeys.designed.map_model import MapModel
from hamsafar.journeys.designed.measure import Selection, measure
from hamsafar.journeys.designed.tests.drawn import document
from hamsafar.journeys.designed.tests.in_sql import SqlMap, measure_in_sql
from hamsafar.journeys.designed.who import who
from hamsafar.journeys.scope import Scope
from hamsafar.lib.conditions import Condition

DAY = 86_400


def compare(measured: dict[str, Any], expected: dict[str, Any], stages: list[str]) -> None:
    """Every figure of the measured map but the rates' intervals, which follow from counts that are compared."""
    for name in ("events", "bound_events", "persons"):
        assert measured[name] == expected[name], name
    error = measured["medians"]["relative_error"]
    _same(measured["whole"], expected["whole"], error)
    whole = measured["whole"]
    assert whole["completion"]["n"] == whole["completed"] + whole["left"]
    for stage, wanted in zip(measured["stages"], expected["stages"], strict=True):
        _same(stage, wanted, error)
        assert stage["share_went_on"]["n"] == wanted["went_on"] + wanted["left"]
        if stage["share_went_on"]["n"]:
            share = wanted["went_on"] / (wanted["went_on"] + wanted["left"])
            assert stage["share_went_on"]["value"] == pytest.approx(share)
    assert len(measured["touchpoints"]) == len(expected["touchpoints"])
    for touchpoint in measured["touchpoints"]:
        wanted = expected["touchpoints"][touchpoint["name"], stages.index(touchpoint["stage"])]
        _touchpoint(touchpoint, wanted, stages, measured["persons"], error)
    _ad_hoc(measured["ad_hoc"], expected["between"], stages)


def _touchpoint(
    touchpoint: dict[str, Any], wanted: dict[str, Any], stages: list[str], persons: int, error: float
) -> None:
    plain = {name: wanted[name] for name in wanted if name in touchpoint and name != "next"}
    assert len(plain) == 6
    _same(touchpoint, plain, error)
    assert touchpoint["share_of_persons"]["value"] == pytest.approx(wanted["persons"] / persons)
    late = touchpoint["deviations"]["out_of_sequence"]
    assert (late["events"], late["instances"], late["persons"]) == (
        wanted["late_events"],
        wanted["late_instances"],
        wanted["late_persons"],
    )
    following = {_in_sql(row["card"], stages): (row["count"], row["persons"]) for row in touchpoint["next"]}
    assert following == wanted["next"]
    for row in touchpoint["next"]:
        assert row["share"] == pytest.approx(row["count"] / wanted["visits"])
    if (missing := touchpoint["deviations"]["missing"]) is not None:
        assert (missing["instances"], missing["persons"], missing["of"]) == wanted["missing"]


def _ad_hoc(found: list[dict[str, Any]], between: dict[Any, Any], stages: list[str]) -> None:
    told = {
        (row["event"], _in_sql(row["from_card"], stages), _in_sql(row["to_card"], stages)): (
            row["passages"],
            row["instances"],
            row["persons"],
            row["of"],
        )
        for row in found
    }
    assert told == {
        (name, source, target): (passages, instances, persons, of)
        for (name, source, target, passages, instances), (persons, of) in between.items()
        if passages >= 10 and passages >= 0.05 * of
    }


def _same(found: dict[str, Any], wanted: dict[str, Any], error: float) -> None:
    for name, value in wanted.items():
        close = pytest.approx(value, rel=error + 1e-12, abs=1e-9) if isinstance(value, float) else value
        assert found[name] == close, name


def _in_sql(card: str, stages: list[str]) -> str:
    """``stage.touchpoint`` as SQL calls it."""
    if card == "(end)":
        return card
    stage, _, touchpoint = card.partition(".")
    return f"{touchpoint}@{stages.index(stage)}"


# --- online retail: invoice lines of a gift shop, a quarter of them without a customer --------------------

RETAIL_STAGES = ["buy", "return", "settle"]
SPECIAL = ["D", "M", "POST", "DOT", "CRUK", "BANK CHARGES", "C2", "PADS"]
RETAIL = document(
    "buy return settle",
    {"buy": ["order", "gift"], "return": ["order", "cancellation"], "settle": ["order", "settlement"]},
    {
        "order": {
            "events": ["invoice line"],
            "conditions": [
                {"property": "Quantity", "op": ">", "value": 0},
                {"property": "UnitPrice", "op": ">", "value": 0},
            ],
        },
        "gift": {"events": ["invoice*"], "conditions": [{"property": "UnitPrice", "op": "=", "value": 0}]},
        "cancellation": {
            "events": ["invoice line"],
            "conditions": [{"property": "Quantity", "op": "<", "value": 0}],
        },
        "settlement": {
            "events": ["invoice line"],
            "conditions": [
                {"property": "StockCode", "op": "in", "value": SPECIAL},
                {"property": "UnitPrice", "op": "exists"},
                {"property": "Quantity", "op": "exists"},
            ],
        },
    },
    exits={"return": "cancellation"},
    needs={"buy.gift": "required", "return.cancellation": "required"},
    instances={"begin": "idle", "idle_seconds": 60 * DAY},
)
# Specificity by hand: exact before wildcard, then three conditions, two, one.
RETAIL_TOUCHPOINT = f"""case
    when StockCode in ({", ".join(f"'{code}'" for code in SPECIAL)}) then 'settlement'
    when Quantity > 0 and UnitPrice > 0 then 'order'
    when Quantity < 0 then 'cancellation'
    when UnitPrice = 0 then 'gift' end"""


@pytest.fixture(scope="module")
def retail(shared_data: Path) -> journeys.PathIndex:
    return journeys.read(
        shared_data / "online_retail" / "onlineretail.parquet",
        person="CustomerID",
        time="InvoiceDate",
        event_constant="invoice line",
        properties=["Quantity", "UnitPrice", "StockCode", "Country"],
    )


@pytest.mark.parametrize(
    ("where", "selection"),
    [
        ("true", Selection()),
        ("InvoiceDate >= '2011-02-01' and InvoiceDate < '2011-09-15 12:00'",
         Selection(Scope(from_us=1_296_518_400_000_000, to_us=1_316_088_000_000_000))),
        ("Country in ('Germany', 'France')",
         Selection(Scope(conditions=(Condition("Country", "in", ["germany", "France"]),)))),
    ],
)  # fmt: skip
def test_online_retail(
    retail: journeys.PathIndex, shared_data: Path, where: str, selection: Selection
) -> None:
    raw = shared_data / "online_retail" / "onlineretail.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create temp table ev as
            select CustomerID::bigint::varchar as person, epoch_us(InvoiceDate) as at_us,
                file_row_number as seq, 'invoice line' as name, {RETAIL_TOUCHPOINT} as touchpoint
            from read_parquet('{raw}', file_row_number = true)
            where CustomerID is not null and {where}
            """
        )
        plan = SqlMap(
            n_stages=3,
            placed={"order": None, "gift": 0, "cancellation": 1, "settlement": 2},
            exits={1: "cancellation"},
            begins="idle",
            idle_us=60 * DAY * 1_000_000,
        )
        expected = measure_in_sql(connection, plan)
        measured = measure(retail, MapModel.from_dict(RETAIL), selection).to_dict()
        compare(measured, expected, RETAIL_STAGES)
        shared = connection.execute(
            f"""
            select count(*) from read_parquet('{raw}') where CustomerID is not null and {where}
            and ({RETAIL_TOUCHPOINT}) = 'settlement' and (Quantity < 0 or UnitPrice = 0 or Quantity > 0)
            """
        ).fetchone()
        told = [row for row in measured["overlaps"] if row["given_to"] == "settlement"]
        assert [row["events"] for row in told] == list(shared or ())


def test_rows_without_a_customer_are_told_not_dropped(retail: journeys.PathIndex) -> None:
    (row,) = retail.rejected
    assert (row.code, row.count) == ("missing_person", 135_080)
    assert retail.n_events == 541_909 - 135_080


def test_who_cancelled_late_in_online_retail(retail: journeys.PathIndex, shared_data: Path) -> None:
    raw = shared_data / "online_retail" / "onlineretail.parquet"
    found = who(
        retail,
        MapModel.from_dict(RETAIL),
        {"kind": "touchpoint", "card": "return.cancellation", "bucket": "visited"},
    )
    expected = duckdb.execute(
        f"""
        select distinct CustomerID::bigint::varchar as person from read_parquet('{raw}')
        where CustomerID is not null and ({RETAIL_TOUCHPOINT}) = 'cancellation' order by person
        """
    ).fetchall()
    assert [(person,) for person, _ in found.page(None, 10_000)] == expected


# --- complete journey: campaigns, coupons and baskets of households, joined by the user's SQL --------------

JOURNEY_STAGES = ["reach", "redeem", "buy"]
JOURNEY = document(
    "reach redeem buy",
    {"reach": ["typea", "others"], "redeem": ["coupon"], "buy": ["basket", "big"]},
    {
        "typea": {"events": ["campaign"], "conditions": [{"property": "type", "op": "=", "value": "Type A"}]},
        "others": ["camp*"],
        "coupon": ["coupon redeemed"],
        "basket": ["basket"],
        "big": {"events": ["basket"], "conditions": [{"property": "value", "op": ">", "value": 20}]},
    },
    exits={"redeem": "coupon"},
    needs={
        "redeem.coupon": "required",
        "reach.typea": "any_of:campaigns",
        "reach.others": "any_of:campaigns",
    },
)
JOURNEY_SQL = """
    select household_id as who, 'campaign' as what, start_date::timestamp as moment, campaign_type as type,
        null::double as value, 1 as part, row_number() over (order by household_id, campaign_id) as nth
    from '{0}/campaigns.parquet' join '{0}/campaign_descriptions.parquet' using (campaign_id)
    union all
    select household_id, 'coupon redeemed', redemption_date::timestamp, null, null, 2,
        row_number() over (order by household_id, redemption_date, coupon_upc, campaign_id)
    from '{0}/coupon_redemptions.parquet'
    union all
    select household_id, case when count(*) = 1 and sum(sales_value) < 1 then 'small change' else 'basket' end,
        min(transaction_timestamp), null, round(sum(sales_value), 2), 3,
        row_number() over (order by household_id, basket_id)
    from '{0}/transactions_sample.parquet' group by household_id, basket_id
    order by part, nth
"""


@pytest.fixture(scope="module")
def households(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``--sql`` makes of the three files: one file of events."""
    file = tmp_path_factory.mktemp("journey") / "events.parquet"
    sql = JOURNEY_SQL.format(shared_data / "complete_journey")
    duckdb.execute(f"copy (select * exclude (part, nth) from ({sql})) to '{file}' (format parquet)")
    return file


@pytest.fixture(scope="module")
def households_in_sql(shared_data: Path) -> Iterator[tuple[dict[str, Any], Any]]:
    """The figures in SQL, and of the any-of group: instances without it, their persons, instances past it."""
    sql = JOURNEY_SQL.format(shared_data / "complete_journey")
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create temp table ev as
            select who as person, epoch_us(moment) as at_us, what as name,
                row_number() over (order by part, nth) as seq,
                case what when 'campaign' then if(type = 'Type A', 'typea', 'others')
                    when 'coupon redeemed' then 'coupon'
                    when 'basket' then if(value > 20, 'big', 'basket') end as touchpoint
            from ({sql})
            """
        )
        plan = SqlMap(
            n_stages=3,
            placed={"typea": 0, "others": 0, "coupon": 1, "basket": 2, "big": 2},
            exits={1: "coupon"},
            begins="first_stage_again",
        )
        expected = measure_in_sql(connection, plan)
        group = connection.execute(
            """
            select count(*) filter (not seen), count(distinct person) filter (not seen), count(*)
            from (select i.person, exists (from placed p where p.person = i.person
                      and p.instance = i.instance and p.stage = 0) as seen
                  from instance i where i.furthest > 0)
            """
        ).fetchone()
        moves = connection.execute(
            """
            with stays as (
                select person, instance, stage,
                    lag(stage) over (partition by person, instance order by at_us, seq) as before
                from placed
            )
            select before, stage, count(*), count(distinct (person, instance)), count(distinct person)
            from stays where before <> stage group by all order by all
            """
        ).fetchall()
        late = connection.execute(
            f"""
            select count(*) filter (us > {WEEK * 1_000_000}), count(*),
                count(distinct person) filter (us > {WEEK * 1_000_000})
            from (select person, at_us - lag(at_us) over (partition by person, instance order by at_us, seq) as us,
                touchpoint from placed) where touchpoint = 'basket' and us is not null
            """
        ).fetchone()
        yield expected, (group, moves, late)


WEEK = 7 * DAY


def test_moves_and_late_baskets_of_households(
    households: Path, households_in_sql: tuple[dict[str, Any], Any]
) -> None:
    _, (_, moves, late) = households_in_sql
    index = journeys.read(households, person="who", event="what", time="moment", properties=["type", "value"])
    found = index.stages(JOURNEY)
    between = [
        (JOURNEY_STAGES.index(m.source), JOURNEY_STAGES.index(m.target), m.count, m.instances, m.persons)
        for m in found.moves
        if m.source in JOURNEY_STAGES and m.target in JOURNEY_STAGES
    ]
    assert sorted(between) == moves
    timed = {**JOURNEY, "touchpoints": [{**row} for row in JOURNEY["touchpoints"]]}
    basket = next(row for row in timed["touchpoints"] if row["id"] == "basket")
    basket["target_seconds"] = WEEK
    (row,) = (row for row in index.deviations(timed).rows if row.kind == "late")
    assert (row.count, row.of, row.persons) == late


def test_complete_journey(households: Path, households_in_sql: tuple[dict[str, Any], Any]) -> None:
    expected, (group, _, _) = households_in_sql
    index = journeys.read(households, person="who", event="what", time="moment", properties=["type", "value"])
    measured = measure(index, MapModel.from_dict(JOURNEY)).to_dict()
    compare(measured, expected, JOURNEY_STAGES)
    missing = measured["groups"][0]["missing"]
    assert (missing["instances"], missing["persons"], missing["of"]) == group
    assert measured["ad_hoc"]  # 'small change' is on no touchpoint
