"""When a version is kept by itself, and which are let go."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hamsafar.maps.versions.keeping import (
    DAILY,
    MOST_UNNAMED,
    MOST_UNNAMED_BYTES,
    WHOLE_DAY,
    Aged,
    Left,
    Outline,
    is_large,
    surplus,
    wanted_before,
)

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CARDS = [f"c{number}" for number in range(20)]


def outline(stages: str = "ab", lanes: str = "x", cards: int = 20) -> Outline:
    return Outline(frozenset(stages), frozenset(lanes), frozenset(CARDS[:cards]))


def test_a_stage_or_lane_with_cards_and_ten_cards_at_once_are_large() -> None:
    assert is_large(outline(), outline(stages="a", cards=19))
    assert is_large(outline(), outline(lanes="", cards=19))
    assert is_large(outline(), outline(cards=10))
    assert not is_large(outline(), outline(cards=11))
    assert not is_large(outline(), outline(stages="a"))
    assert not is_large(outline(cards=1), outline(stages="abc", cards=20))


def test_the_first_change_after_an_hour_keeps_the_map_as_it_was_left() -> None:
    left = Left(lambda: {"meta": {}}, outline(), 7, NOW - timedelta(minutes=60), "sara")
    kept = wanted_before(left, outline(), now=NOW, by="ali")
    assert kept is not None
    assert (kept.reason, kept.seq, kept.at, kept.user_id) == ("quiet", 7, NOW - timedelta(hours=1), "sara")
    busy = Left(left.state, outline(), 7, NOW - timedelta(minutes=59), "sara")
    assert wanted_before(busy, outline(), now=NOW, by="ali") is None
    large = wanted_before(busy, outline(stages="a", cards=5), now=NOW, by="ali")
    assert large is not None
    assert (large.reason, large.at, large.user_id) == ("before_large", NOW, "ali")


def aged(*hours: float, size: int = 10) -> list[Aged]:
    return [Aged(f"v{hour}", NOW - timedelta(hours=hour), size) for hour in hours]


def kept(versions: list[Aged]) -> list[str]:
    gone = surplus(versions, NOW)
    return [one.id for one in versions if one.id not in gone]


def test_all_of_the_last_day_then_the_last_of_each_day_then_of_each_week() -> None:
    # Noon of 30 November: 13 hours ago is 29 November, 36 to 59 hours ago are the 28th and 29th.
    assert kept(aged(0.5, 1, 13, 23)) == ["v0.5", "v1", "v13", "v23"]
    assert kept(aged(37, 40, 58, 61)) == ["v37", "v61"]
    week = 24 * 7
    assert kept(aged(24 * 40, 24 * 40 + 1, 24 * 40 + week)) == [f"v{24 * 40}", f"v{24 * 40 + week}"]


def test_number_and_size_are_bounded_and_the_newest_is_always_kept() -> None:
    assert len(kept(aged(*(number / 100 for number in range(MOST_UNNAMED + 50))))) == MOST_UNNAMED
    assert kept(aged(1, 2, 3, size=MOST_UNNAMED_BYTES // 2)) == ["v1", "v2"]
    assert kept(aged(1, 2, size=MOST_UNNAMED_BYTES * 2)) == ["v1"]


@given(st.lists(st.floats(0, 24 * 400), unique=True, max_size=60), st.floats(0, 24 * 90))
def test_thinning_early_and_late_is_the_same_as_late(hours: list[float], wait: float) -> None:
    """Else what is kept would depend on how often somebody edits."""
    versions = aged(*hours)
    later = NOW + timedelta(hours=wait)
    early = [one for one in versions if one.id not in surplus(versions, NOW)]
    at_once = {one.id for one in versions} - surplus(versions, later)
    assert {one.id for one in early} - surplus(early, later) == at_once


@given(st.lists(st.floats(0, 24 * 400), unique=True, min_size=1, max_size=60))
def test_no_two_of_a_day_after_the_first_and_no_two_of_a_week_after_a_month(hours: list[float]) -> None:
    versions = aged(*hours)
    gone = surplus(versions, NOW)
    left = [one for one in versions if one.id not in gone]
    assert {one for one in versions if NOW - one.at <= WHOLE_DAY} <= set(left)
    days = [one.at.date() for one in left if WHOLE_DAY < NOW - one.at <= DAILY]
    weeks = [one.at.toordinal() // 7 for one in left if NOW - one.at > DAILY]
    assert len(days) == len(set(days))
    assert len(weeks) == len(set(weeks))
