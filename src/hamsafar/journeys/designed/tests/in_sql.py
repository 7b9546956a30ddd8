"""A measured map in SQL, for maps whose touchpoints stand in one stage or in all of them.

In such maps the stage of an event needs no walk: it is its touchpoint's own, or that of the latest event before it
that has one. DuckDB's window functions then say everything else, over the raw files and without our code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

DAY = 86_400_000_000


@dataclass(frozen=True)
class SqlMap:
    """Stages are numbered; ``placed`` maps touchpoints to their stage, None: in all of them.

    ``exits`` is (stage, touchpoint); ``begins`` is ``idle`` (with ``idle_us``) or ``first_stage_again``, for which
    no touchpoint of the first stage may stand in all stages.
    """

    n_stages: int
    placed: dict[str, int | None]
    exits: dict[int, str]
    begins: str
    idle_us: int | None = None


def measure_in_sql(connection: duckdb.DuckDBPyConnection, plan: SqlMap) -> dict[str, Any]:
    """Figures of the table ``ev(person, at_us, seq, name, touchpoint)``; ``touchpoint`` null: on none."""
    _prepare(connection, plan)
    thresholds = [_threshold(connection, stage) for stage in range(plan.n_stages)]
    connection.execute("create or replace temp table threshold(stage int, us bigint)")
    connection.executemany(
        "insert into threshold values (?, ?)", [(s, t[0]) for s, t in enumerate(thresholds)]
    )
    connection.execute(
        """
        create or replace temp table ended as
        select i.*, completed = 0 and is_last and (select max(at_us) from ev) - last_us < t.us as recent
        from instance i join threshold t on t.stage = i.furthest
        """
    )
    return {
        "events": _one(connection, "select count(*) from ev"),
        "bound_events": _one(connection, "select count(*) from placed"),
        "persons": _one(connection, "select count(distinct person) from placed"),
        "whole": _row(
            connection,
            """
            select count(*) as begun, sum(completed)::int as completed,
                sum((completed = 0 and not recent)::int)::int as left,
                sum(recent::int)::int as still_open,
                median(completed_us - first_us) filter (completed = 1) / 1e6 as median_seconds_to_complete,
                count(*) filter (completed = 1) as n_time
            from ended
            """,
        ),
        "stages": [
            {**_stage(connection, stage), **_open_after(*thresholds[stage])} for stage in range(plan.n_stages)
        ],
        "touchpoints": {
            (touchpoint, stage): _touchpoint(connection, touchpoint, stage)
            for touchpoint, own in plan.placed.items()
            for stage in (range(plan.n_stages) if own is None else [own])
        },
        "between": {
            (row[0], row[1], row[2], row[3], row[4]): row[5:]
            for row in connection.execute(_BETWEEN).fetchall()
        },
    }


def _prepare(connection: duckdb.DuckDBPyConnection, plan: SqlMap) -> None:
    last = plan.n_stages - 1
    connection.execute("create or replace temp table own(touchpoint varchar, stage int)")
    connection.executemany("insert into own values (?, ?)", list(plan.placed.items()))
    connection.execute("create or replace temp table exits(stage int, touchpoint varchar)")
    if plan.exits:
        connection.executemany("insert into exits values (?, ?)", list(plan.exits.items()))
    begins = (
        f"at_us - before_us > {plan.idle_us}"
        if plan.begins == "idle"
        else "stage = 0 and reached_last > coalesce(reached_last_at_first, 0)"
    )
    connection.execute(
        f"""
        create or replace temp table placed as
        with bound as (
            select ev.*, own.stage from ev join own using (touchpoint)
        ), looked_back as (
            select *,
                row_number() over path as nth, lag(at_us) over path as before_us,
                coalesce(sum((stage = {last})::int) over (
                    partition by person order by at_us, seq rows between unbounded preceding and 1 preceding
                ), 0) as reached_last
            from bound window path as (partition by person order by at_us, seq)
        ), looked_back_again as (
            select *, lag(reached_last) over (partition by person, stage order by at_us, seq)
                as reached_last_at_first
            from looked_back
        ), numbered as (
            select *, sum((nth = 1 or ({begins}))::int) over (
                partition by person order by at_us, seq rows unbounded preceding) as instance
            from looked_back_again
        ), settled as (
            select * replace (coalesce(stage, last_value(stage ignore nulls) over (
                    partition by person, instance order by at_us, seq rows unbounded preceding), 0) as stage)
            from numbered
        )
        select person, instance, at_us, seq, name, touchpoint, stage, nth,
            touchpoint || '@' || stage as placement,
            lag(at_us) over steps as previous_us,
            lead(touchpoint || '@' || stage) over steps as following,
            lag(touchpoint || '@' || stage) over steps as previous,
            coalesce(max(stage) over (partition by person, instance order by at_us, seq
                rows between unbounded preceding and 1 preceding), -1) as furthest_before,
            row_number() over steps as step
        from settled window steps as (partition by person, instance order by at_us, seq)
        """
    )
    done = (
        f"bool_or(stage = {last} and touchpoint = '{plan.exits[last]}')"
        if last in plan.exits
        else f"bool_or(stage = {last})"
    )
    done_at = f"stage = {last}" + (f" and touchpoint = '{plan.exits[last]}'" if last in plan.exits else "")
    connection.execute(
        f"""
        create or replace temp table instance as
        select person, instance, max(stage) as furthest, min(at_us) as first_us, max(at_us) as last_us,
            max(instance) over (partition by person) = instance as is_last,
            ({done})::int as completed, min(at_us) filter ({done_at}) as completed_us
        from placed group by person, instance
        """
    )
    # For every instance and stage it entered: when it first entered, passed beyond, or did the exit action.
    connection.execute(
        """
        create or replace temp table visit as
        select person, instance, s.stage,
            min(at_us) filter (p.stage = s.stage) as entered_us,
            min(step) filter (p.stage = s.stage) as entered_step,
            min(at_us) filter (p.stage > s.stage) as beyond_us,
            min(step) filter (p.stage > s.stage) as beyond_step,
            min(step) filter (p.stage = s.stage and p.touchpoint = e.touchpoint) as exit_step,
            max(p.stage) as furthest
        from placed p cross join (select range as stage from range((select max(stage) + 1 from placed))) s
        left join exits e on e.stage = s.stage
        group by person, instance, s.stage
        """
    )
    connection.execute(
        """
        create or replace temp table gap as
        with going as (
            select person, instance, stage, least(beyond_step, exit_step) as going_step
            from visit where entered_step is not null
        )
        select g.person, g.instance, g.stage,
            max(p.at_us) filter (p.step = going_step) - max(p.at_us) filter (p.stage = g.stage and p.step < going_step)
                as us
        from going g join placed p using (person, instance)
        where going_step is not null
        group by g.person, g.instance, g.stage
        having max(p.at_us) filter (p.stage = g.stage and p.step < going_step) is not null
        """
    )


def _threshold(connection: duckdb.DuckDBPyConnection, stage: int) -> tuple[int, str, int]:
    gaps = [
        us
        for (us,) in connection.execute("select us from gap where stage = ? order by us", [stage]).fetchall()
    ]
    if len(gaps) < 20:
        return 30 * DAY, "default", len(gaps)
    return min(max(gaps[(95 * len(gaps) + 99) // 100 - 1], DAY), 90 * DAY), "measured", len(gaps)


def _open_after(us: int, source: str, gaps: int) -> dict[str, Any]:
    return {"open_after_seconds": us / 1e6, "open_after_source": source, "gap_n": gaps}


def _stage(connection: duckdb.DuckDBPyConnection, stage: int) -> dict[str, Any]:
    return _row(
        connection,
        f"""
        with here as (
            select v.*, e.completed, e.recent,
                v.furthest > {stage} or exit_step is not null
                    or (e.completed = 1 and v.furthest = {stage}) as went_on
            from visit v join ended e using (person, instance) where v.stage = {stage}
        )
        select count(*) filter (entered_us is not null) as entered,
            count(distinct person) filter (entered_us is not null) as persons,
            count(*) filter (entered_us is not null and went_on) as went_on,
            count(*) filter (furthest = {stage} and not went_on and not recent) as left,
            count(*) filter (furthest = {stage} and not went_on and recent) as still_open,
            count(*) filter (furthest = {stage} and went_on and completed = 0) as not_seen_after,
            count(*) filter (entered_us is null and furthest > {stage}) as skipped,
            case when exists (select * from exits where stage = {stage})
                then count(*) filter (exit_step is not null) end as achieved,
            median(beyond_us - entered_us) filter (entered_step < beyond_step) / 1e6 as median_seconds_to_next,
            count(*) filter (entered_step < beyond_step) as n_time
        from here
        """,
    )


def _touchpoint(connection: duckdb.DuckDBPyConnection, touchpoint: str, stage: int) -> dict[str, Any]:
    name = f"{touchpoint}@{stage}"
    figures = _row(
        connection,
        """
        select count(*) as visits, count(distinct person) as persons,
            count(distinct (person, instance)) as instances,
            median(at_us - previous_us) / 1e6 as median_seconds_since_previous,
            count(previous_us) as n_time,
            count(*) filter (following is null) as last,
            count(*) filter (furthest_before > stage) as late_events,
            count(distinct (person, instance)) filter (furthest_before > stage) as late_instances,
            count(distinct person) filter (furthest_before > stage) as late_persons
        from placed where placement = ?
        """,
        name,
    )
    following = connection.execute(
        """
        select coalesce(following, '(end)'), count(*), count(distinct person)
        from placed where placement = ? group by 1
        """,
        [name],
    ).fetchall()
    missing = connection.execute(
        """
        select count(*) filter (not seen), count(distinct person) filter (not seen), count(*)
        from (select i.person, exists (from placed p where p.person = i.person and p.instance = i.instance
                  and p.placement = ?) as seen
              from instance i where i.furthest > ?)
        """,
        [name, stage],
    ).fetchone()
    return {**figures, "next": {card: (n, persons) for card, n, persons in following}, "missing": missing}


_BETWEEN = """
    with stretch as (
        select person, instance, previous, placement, previous_us,
            nth - 1 as after_nth, row_number() over () as passage
        from placed where previous is not null
    ), marked as (
        select ev.person, ev.name, count(p.nth) over (partition by ev.person order by ev.at_us, ev.seq
            rows unbounded preceding) as after_nth, p.nth is null as unbound
        from ev left join placed p on p.person = ev.person and p.seq = ev.seq
    ), total as (
        select previous, placement, count(*) as passages from stretch group by all
    )
    select m.name, s.previous, s.placement, count(distinct s.passage), count(distinct (s.person, s.instance)),
        count(distinct s.person), any_value(t.passages)
    from stretch s join marked m on m.person = s.person and m.after_nth = s.after_nth and m.unbound
    join total t on t.previous = s.previous and t.placement = s.placement
    group by 1, 2, 3
"""


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> Any:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def _row(connection: duckdb.DuckDBPyConnection, sql: str, *params: Any) -> dict[str, Any]:
    cursor = connection.execute(sql, list(params))
    names = [column[0] for column in cursor.description or ()]
    values = cursor.fetchone()
    assert values is not None
    return dict(zip(names, values, strict=True))
