"""Complaints: from the trouble to the answer, and to the customers who stay away after a bad one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hamsafar.demo import calendar, comments, words
from hamsafar.demo.delivery import Delivered
from hamsafar.demo.draw import DAY, HOUR, MINUTE, Bools, Dice, Ints
from hamsafar.demo.log import Log
from hamsafar.demo.missions import Missions
from hamsafar.demo.orders import Charged, Orders
from hamsafar.demo.people import People
from hamsafar.demo.visits import goods

NEVER = np.iinfo(np.int64).max
_SLOW_SECONDS = 3 * DAY

# By topic (late, charged, damaged, wrong item): how long until the answer, and which answer.
_UNTIL_ANSWER = (
    (2 * DAY, 3 * DAY, 4 * DAY, 6 * DAY, 9 * DAY),
    (12 * HOUR, DAY, 2 * DAY, 3 * DAY, 5 * DAY),
    (2 * HOUR, 6 * HOUR, 20 * HOUR, 2 * DAY, 3 * DAY),
    (2 * HOUR, 6 * HOUR, 20 * HOUR, 2 * DAY, 3 * DAY),
)
_ANSWERS = ((58, 12, 0, 30), (6, 94, 0, 0), (8, 26, 58, 8), (4, 14, 78, 4))
_OPENED_BY = ("phone", "website", "instagram", "email")
_COMPLAINTS = (
    "complaint_late",
    "complaint_charged",
    "complaint_damaged_craft",
    "complaint_wrong",
    "complaint_damaged_book",
)
_DAMAGED_BOOK = 4
_REPLIES = ("answer_apology", "answer_refund", "answer_replacement", "answer_voucher")
_CALL_ABOUT = np.array((words.DELIVERY, words.PAYMENT, words.FAULT, words.FAULT), dtype=np.int64)
# Scores 1 to 5 of an answer: quick and with amends, quick apology, slow.
_RATINGS = ((3, 6, 18, 38, 35), (14, 24, 32, 20, 10), (38, 30, 18, 9, 5))


@dataclass(frozen=True)
class _Complaints:
    mission: Ints
    at: Ints
    topic: Ints
    about_book: Bools


def complain(
    dice: Dice,
    log: Log,
    people: People,
    missions: Missions,
    orders: Orders,
    delivered: Delivered,
    charged: Charged,
) -> Ints:
    """All complaints. Returns for each person the moment after which they begin nothing new (or NEVER)."""
    opened = _gather(dice, orders, delivered, charged)
    n = len(opened.mission)
    by = [_OPENED_BY[way] for way in dice.pick((46, 30, 14, 10), n).tolist()]
    asks_before = dice.chance(3_000, n)
    before = opened.at - dice.delay((20 * MINUTE, 3 * HOUR, DAY), n)
    log.emit(
        "instagram_message_sent", "instagram", opened.mission, before, asks_before & dice.chance(4_500, n)
    )
    damaged_book = (opened.topic == words.DAMAGED) & opened.about_book
    theme = np.where(damaged_book, _DAMAGED_BOOK, opened.topic)
    log.emit(
        "complaint_opened",
        by,
        opened.mission,
        opened.at,
        complaint=opened.topic,
        comment=_texts(dice, _COMPLAINTS, theme),
    )
    delays = np.stack([dice.delay(spread, n) for spread in _UNTIL_ANSWER])
    delay = delays[opened.topic, np.arange(n)]
    answered_at = calendar.when_open(dice, opened.at + delay)
    slow = answered_at - opened.at > _SLOW_SECONDS
    answered = ~dice.chance(np.where(slow, 1_100, 300), n)
    follows_up = (slow | ~answered) & dice.chance(4_800, n)
    again_at = calendar.when_open(dice, opened.at + np.minimum(delay // 2, 2 * DAY))
    log.emit("call_answered", "phone", opened.mission, again_at, follows_up, topic=_CALL_ABOUT[opened.topic])
    answer = dice.pick_by(_ANSWERS, opened.topic)
    log.emit(
        "complaint_answered",
        "phone",
        opened.mission,
        answered_at,
        answered,
        complaint=opened.topic,
        answer=answer,
        comment=_texts(dice, _REPLIES, answer),
    )
    for kind, name in (
        (words.REFUND, "refund_paid"),
        (words.REPLACEMENT, "replacement_shipped"),
        (words.VOUCHER, "voucher_sent"),
    ):
        at = answered_at + dice.delay((30 * MINUTE, 4 * HOUR, DAY, 2 * DAY), n)
        channel = "courier" if kind == words.REPLACEMENT else "sms"
        log.emit(name, channel, opened.mission, at, answered & (answer == kind))
    mood = np.where(slow, 2, np.where(answer == words.APOLOGY, 1, 0))
    score = dice.pick_by(_RATINGS, mood) + 1
    contented = np.where(score >= 4, 0, 1)
    text = np.where(
        (score != 3) & dice.chance(6_000, n),
        _texts(dice, ("complaint_solved", "complaint_unsolved"), contented),
        -1,
    )
    log.emit(
        "complaint_rated",
        "sms",
        opened.mission,
        answered_at + dice.delay((2 * DAY, 3 * DAY, 4 * DAY), n),
        answered & dice.chance(4_600, n),
        complaint=opened.topic,
        score=score,
        comment=text,
    )
    leaves = dice.chance(np.where(~answered, 8_500, np.where(slow, 7_000, 1_500)), n)
    gone_at = np.full(len(people), NEVER, dtype=np.int64)
    np.minimum.at(gone_at, missions.person[opened.mission[leaves]], answered_at[leaves])
    return gone_at


def _gather(dice: Dice, orders: Orders, delivered: Delivered, charged: Charged) -> _Complaints:
    n = len(orders)
    late = delivered.late & dice.chance(3_800, n)
    late_at = delivered.sent_at + (delivered.at - delivered.sent_at) * 3 // 4
    damaged = delivered.damaged & dice.chance(8_200, n)
    wrong = delivered.by_courier & ~damaged & ~late & dice.chance(110, n)
    after = delivered.at + dice.delay((HOUR, 5 * HOUR, DAY, 2 * DAY), n)
    charged_at = charged.at + dice.delay((HOUR, 8 * HOUR, 2 * DAY, 4 * DAY), len(charged.at))
    is_book = goods(orders.product)["category"] == words.BOOK
    parts = (
        (orders.mission[late], late_at[late], words.LATE, is_book[late]),
        (charged.mission, charged_at, words.CHARGED, np.zeros(len(charged.at), dtype=bool)),
        (orders.mission[damaged], after[damaged], words.DAMAGED, is_book[damaged]),
        (orders.mission[wrong], after[wrong], words.WRONG, is_book[wrong]),
    )
    return _Complaints(
        np.concatenate([mission for mission, _, _, _ in parts]),
        calendar.when_open(dice, np.concatenate([at for _, at, _, _ in parts])),
        np.concatenate([np.full(len(mission), topic) for mission, _, topic, _ in parts]),
        np.concatenate([book for _, _, _, book in parts]),
    )


def _texts(dice: Dice, themes: tuple[str, ...], which: Ints) -> Ints:
    """One text for each entry, of the theme ``which`` names."""
    texts = np.empty(len(which), dtype=np.int64)
    for number, theme in enumerate(themes):
        on = np.flatnonzero(which == number)
        choices = np.asarray(comments.THEMES[theme])
        texts[on] = choices[dice.between(0, len(choices) - 1, len(on))]
    return texts
