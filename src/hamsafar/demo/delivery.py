"""From the paid order to the survey, the review and the friend who is told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hamsafar.demo import calendar, comments, words
from hamsafar.demo.draw import DAY, HOUR, MINUTE, Bools, Dice, Ints
from hamsafar.demo.log import Log
from hamsafar.demo.missions import Missions
from hamsafar.demo.orders import Orders
from hamsafar.demo.people import People
from hamsafar.demo.visits import goods

# Which courier: elsewhere, and in the three provinces where TondRasan won the tender.
_COURIERS = ((40, 35, 25), (14, 68, 18))
_ON_THE_WAY = (DAY, 2 * DAY, 3 * DAY, 4 * DAY)
_LATE = (6 * DAY, 8 * DAY, 9 * DAY, 12 * DAY)
SURVEY_AFTER_SECONDS = 5 * DAY  # counted from the dispatch, whether the parcel has arrived or not

# Scores 1 to 5: all well, late, not there yet, damaged.
_SCORES = ((2, 4, 14, 39, 41), (20, 31, 27, 16, 6), (58, 26, 10, 4, 2), (42, 32, 16, 7, 3))
_WELL, _LATE_ROW, _WAITING, _BROKEN = range(4)


@dataclass(frozen=True)
class Delivered:
    """One entry per order: when sent and received, whether late or damaged, and sent by courier at all."""

    sent_at: Ints
    at: Ints
    by_courier: Bools
    late: Bools
    damaged: Bools


def deliver(dice: Dice, log: Log, people: People, missions: Missions, orders: Orders) -> Delivered:
    """Confirmation, dispatch, tracking, calls on the way, and the parcel in the customer's hands."""
    n = len(orders)
    number = np.arange(n)
    person = missions.person[orders.mission]
    province = people.province[person]
    pick_up = ~orders.in_store & (province == words.TEHRAN) & dice.chance(900, n)
    by_courier = ~orders.in_store & ~pick_up
    sms_at = orders.at + dice.delay((10, 30, 90), n)
    log.emit("order_sms_sent", "sms", orders.mission, sms_at, ~orders.in_store, order_id=number)

    in_late_province = np.isin(province, words.LATE_PROVINCES)
    courier = dice.pick_by(_COURIERS, in_late_province.astype(np.int64))
    sent_at = calendar.when_open(dice, orders.at + dice.delay((5 * HOUR, 18 * HOUR, 40 * HOUR), n))
    log.emit(
        "order_shipped", "courier", orders.mission, sent_at, by_courier, order_id=number, courier=courier
    )
    late = by_courier & in_late_province & (courier == words.TONDRASAN) & dice.chance(8_600, n)
    usual, slow = dice.delay(_ON_THE_WAY, n), dice.delay(_LATE, n)
    delivered_at = calendar.when_open(dice, sent_at + np.where(late, slow, usual))
    ready_at = calendar.when_open(dice, orders.at + dice.delay((DAY, 2 * DAY, 4 * DAY), n))
    received_at = np.where(by_courier, delivered_at, np.where(pick_up, ready_at, orders.at + 2 * MINUTE))

    _track(dice, log, orders, by_courier, late, sent_at, received_at)
    category = goods(orders.product)["category"]
    damaged = by_courier & dice.chance(np.where(category == words.BOOK, 110, 420), n)
    days = (received_at - sent_at) // DAY
    log.emit(
        "order_delivered",
        "courier",
        orders.mission,
        received_at,
        by_courier,
        order_id=number,
        courier=courier,
        days_on_the_way=days,
    )
    log.emit("store_handover", "store", orders.mission, received_at, ~by_courier, order_id=number)
    return Delivered(sent_at, received_at, by_courier, late, damaged)


def _track(
    dice: Dice, log: Log, orders: Orders, by_courier: Bools, late: Bools, sent_at: Ints, received_at: Ints
) -> None:
    n = len(orders)
    number = np.arange(n)
    way = received_at - sent_at
    for look, (usually, when_late) in enumerate(((2_300, 8_500), (250, 6_000), (0, 4_000))):
        looks = by_courier & dice.chance(np.where(late, when_late, usually), n)
        at = sent_at + way * (look + 1) // 4 + dice.below(np.maximum(way // 5, 1))
        days = (at - sent_at) // DAY
        log.emit(
            "tracking_checked", "website", orders.mission, at, looks, order_id=number, days_on_the_way=days
        )
    calls = by_courier & dice.chance(np.where(late, 3_600, 160), n)
    at = calendar.when_open(dice, sent_at + way * 6 // 10)
    log.emit("call_answered", "phone", orders.mission, at, calls & (at < received_at), topic=words.DELIVERY)


def ask_and_tell(
    dice: Dice, log: Log, people: People, missions: Missions, orders: Orders, delivered: Delivered
) -> None:
    """The survey, then reviews, stories and invitations of those who are glad."""
    n = len(orders)
    number = np.arange(n)
    category = goods(orders.product)["category"]
    start = np.where(delivered.by_courier, delivered.sent_at, delivered.at)
    sent_at = calendar.when_open(dice, start + SURVEY_AFTER_SECONDS)
    log.emit("survey_sent", "sms", orders.mission, sent_at, order_id=number)
    answers = dice.chance(3_500, n)
    at = sent_at + dice.delay((3 * MINUTE, 40 * MINUTE, 6 * HOUR, 36 * HOUR), n)
    case = np.where(delivered.late, _LATE_ROW, np.where(delivered.damaged, _BROKEN, _WELL))
    case = np.where(at < delivered.at, _WAITING, case)
    score = dice.pick_by(_SCORES, case) + 1
    text = _comment(dice, case, score, category)
    text = np.where(dice.chance(5_600, n), text, -1)
    log.emit(
        "survey_answered", "sms", orders.mission, at, answers, order_id=number, score=score, comment=text
    )

    glad = (case == _WELL) & (score >= 4)
    loyalty = people.loyalty[missions.person[orders.mission]]
    young = people.age_group[missions.person[orders.mission]] <= 1
    pretty = category != words.BOOK

    reviews = glad & dice.chance(1_000, n)
    at = delivered.at + dice.delay((4 * DAY, 5 * DAY, 7 * DAY, 11 * DAY), n)
    praise = _comment(dice, case, np.full(n, 5), category)
    log.emit(
        "review_written",
        "website",
        orders.mission,
        at,
        reviews,
        order_id=number,
        score=dice.pick((0, 0, 0, 30, 70), n) + 1,
        comment=praise,
    )
    shares = glad & dice.chance(np.where(young, 700, 260) * np.where(pretty, 2, 1), n)
    at = delivered.at + dice.delay((4 * DAY, 5 * DAY, 6 * DAY, 9 * DAY), n)
    log.emit("instagram_story_shared", "instagram", orders.mission, at, shares, order_id=number)
    invites = glad & dice.chance(np.array((380, 700, 1_000, 1_700), dtype=np.int64)[loyalty], n)
    at = delivered.at + dice.delay((5 * DAY, 7 * DAY, 9 * DAY, 12 * DAY), n)
    log.emit("friend_invited", "sms", orders.mission, at, invites)
    joins = glad & (loyalty > 0) & dice.chance(900, n)
    at = delivered.at + dice.delay((4 * DAY, 6 * DAY, 8 * DAY, 12 * DAY), n)
    log.emit("loyalty_points_used", "app", orders.mission, at, joins)


def _comment(dice: Dice, case: Ints, score: Ints, category: Ints) -> Ints:
    """A comment that suits what happened, the score and the goods."""
    is_book, well, broken = category == words.BOOK, case == _WELL, case == _BROKEN
    glad = well & (score >= 4)
    occasions = {
        "late": case == _LATE_ROW,
        "not_arrived": case == _WAITING,
        "damaged_book": broken & is_book,
        "damaged_craft": broken & ~is_book,
        "poor": well & (score <= 2),
        "so_so": well & (score == 3),
        "book_praised": glad & is_book,
        "craft_praised": glad & (category == words.HANDICRAFT),
        "box_praised": glad & (category == words.GIFT_BOX),
    }
    text = np.full(len(case), -1, dtype=np.int64)
    for theme, chosen in occasions.items():
        on = np.flatnonzero(chosen)
        choices = np.asarray(comments.THEMES[theme])
        text[on] = choices[dice.between(0, len(choices) - 1, len(on))]
    return text
