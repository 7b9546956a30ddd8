"""From the cart to a paid order: on the site, in the app, by phone or in the store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hamsafar.demo import calendar, words
from hamsafar.demo.draw import DAY, HOUR, MINUTE, Bools, Dice, Ints
from hamsafar.demo.log import Log
from hamsafar.demo.missions import Missions
from hamsafar.demo.people import People
from hamsafar.demo.visits import Looks, choose_product, goods, platform

# The story of the gateway: MehrPay failed most payments in these two weeks.
OUTAGE_FIRST = calendar.jalali(1404, 11, 12)
OUTAGE_LAST = calendar.jalali(1404, 11, 25)
_FAILS_NORMALLY, _FAILS_IN_OUTAGE = 450, 7_200

# In ten-thousandths, by loyalty (none, bronze, silver, gold).
_WANTS = np.array((2_300, 3_500, 4_600, 5_800), dtype=np.int64)
_CALLS_FIRST = np.array((100, 250, 1_000, 3_800), dtype=np.int64)
# … and how the source changes the wish to buy, in per cent.
_WANTS_BY_SOURCE = np.array((72, 110, 115, 105, 100, 150, 0, 5), dtype=np.int64)
_AMOUNT_BY_LOYALTY = np.array((100, 104, 112, 128), dtype=np.int64)


@dataclass(frozen=True)
class Orders:
    """Paid orders, in the order in which they were paid; a position is the order's number."""

    mission: Ints
    at: Ints
    product: Ints
    amount: Ints  # Toman
    items: Ints
    in_store: Bools

    def __len__(self) -> int:
        return len(self.mission)


@dataclass(frozen=True)
class Charged:
    """Failed payments for which the bank had already taken the money."""

    mission: Ints
    at: Ints


def buy(dice: Dice, log: Log, people: People, missions: Missions, looks: Looks) -> tuple[Orders, Charged]:
    """Orders of the missions that looked around, and of those in the store."""
    loyalty = people.loyalty[missions.person[looks.mission]]
    source = missions.source[looks.mission]
    wish = _WANTS[loyalty] * _WANTS_BY_SOURCE[source] // 100
    wanted = (looks.product >= 0) & dice.chance(wish, len(loyalty))
    looks = looks.where(wanted)
    loyalty = loyalty[wanted]

    calls = dice.chance(_CALLS_FIRST[loyalty], len(loyalty))
    call_at = calendar.when_open(dice, looks.at + dice.delay((2 * MINUTE, HOUR, 20 * HOUR), len(loyalty)))
    log.emit("call_answered", "phone", looks.mission[calls], call_at[calls], topic=words.ADVICE)
    ready = Looks(looks.mission, np.where(calls, call_at, looks.at), looks.in_app, looks.product)
    by_phone = calls & dice.chance(4_600, len(loyalty))

    phoned = ready.where(by_phone)
    phoned_at = phoned.at + dice.delay((3 * MINUTE, 8 * MINUTE, 20 * MINUTE), len(phoned.at))
    paid, charged = _online(dice, log, ready.where(~by_phone))
    bought = _in_store(dice, log, missions)

    mission = np.concatenate([phoned.mission, paid.mission, bought.mission])
    at = np.concatenate([phoned_at, paid.at, bought.at])
    product = np.concatenate([phoned.product, paid.product, bought.product])
    sizes = (len(phoned.mission), len(paid.mission), len(bought.mission))
    way = np.repeat(np.arange(3), sizes)
    gateway = np.concatenate([np.full(sizes[0], -1), paid.gateway, np.full(sizes[2], -1)])
    channel = ["phone"] * sizes[0] + platform(paid.in_app) + ["store"] * sizes[2]

    order = np.argsort(at, kind="stable")
    mission, at, product, way, gateway = (c[order] for c in (mission, at, product, way, gateway))
    items = dice.pick((58, 24, 11, 5, 2), len(mission)) + 1
    extra = dice.between(60, 180, len(mission)) * 1_000
    raised = np.where(way == 0, 135, 100) * _AMOUNT_BY_LOYALTY[people.loyalty[missions.person[mission]]]
    amount = (goods(product)["price"] + (items - 1) * extra) * raised // 10_000 // 1_000 * 1_000
    orders = Orders(mission, at, product, amount, items, way == 2)
    channel = [channel[position] for position in order.tolist()]
    _emit_paid(log, orders, channel, gateway)
    return orders, charged


def _emit_paid(log: Log, orders: Orders, channel: list[str], gateway: Ints) -> None:
    number = np.arange(len(orders))
    about = {
        "product": orders.product,
        "category": goods(orders.product)["category"],
        "order_id": number,
        "items": orders.items,
        "amount": orders.amount,
        "gateway": gateway,
    }
    for name, chosen in (("order_paid", ~orders.in_store), ("store_purchase", orders.in_store)):
        on = np.flatnonzero(chosen)
        log.emit(
            name,
            [channel[position] for position in on.tolist()],
            orders.mission[on],
            orders.at[on],
            **{key: column[on] for key, column in about.items()},
        )


@dataclass(frozen=True)
class _Paid:
    mission: Ints
    at: Ints
    in_app: Bools
    product: Ints
    gateway: Ints


def _online(dice: Dice, log: Log, looks: Looks) -> tuple[_Paid, Charged]:
    """Cart, checkout and up to three attempts to pay."""
    n = len(looks.mission)
    mission, in_app, product = looks.mission, looks.in_app, looks.product
    at = looks.at + dice.delay((10, 60, 5 * MINUTE, 20 * MINUTE), n)
    log.emit("added_to_cart", looks.channel, mission, at, **goods(product))

    goes_on = dice.chance(7_300, n)
    reminded = ~goes_on & dice.chance(7_000, n)
    reminder_at = calendar.when_open(dice, at + DAY)
    log.emit("cart_reminder_sent", "sms", mission[reminded], reminder_at[reminded])
    comes_back = reminded & dice.chance(1_700, n)
    at = np.where(comes_back, reminder_at, at) + dice.delay((15, 90, 6 * MINUTE), n)
    log.emit("checkout_started", looks.channel, mission, at, goes_on | comes_back, **goods(product))

    trying = (goes_on | comes_back) & dice.chance(9_300, n)
    gateway = dice.pick((58, 42), n)
    begins, ends = calendar.midnight(OUTAGE_FIRST), calendar.midnight(OUTAGE_LAST) + DAY
    paid = np.zeros(n, dtype=bool)
    charged = np.zeros(n, dtype=bool)
    for attempt in range(3):
        at = np.where(trying, at + dice.delay((40, 90, 4 * MINUTE), n), at)
        outage = (gateway == words.MEHRPAY) & (at >= begins) & (at < ends)
        failed = trying & dice.chance(np.where(outage, _FAILS_IN_OUTAGE, _FAILS_NORMALLY), n)
        paid |= trying & ~failed
        charged |= failed & dice.chance(np.where(outage, 3_600, 800), n)
        log.emit("payment_failed", looks.channel, mission, at, failed, gateway=gateway)
        again = failed & dice.chance(4_200 - 1_200 * attempt, n)
        asks = failed & ~again & dice.chance(1_500, n)
        call_at = calendar.when_open(dice, at + dice.delay((5 * MINUTE, HOUR, 8 * HOUR), n))
        log.emit("call_answered", "phone", mission, call_at, asks, topic=words.PAYMENT)
        helped = asks & dice.chance(6_000, n)
        gateway = np.where(helped | (again & dice.chance(3_500, n)), 1 - gateway, gateway)
        at = np.where(helped, call_at, at)
        trying = again | helped
    last_failed = charged & ~paid
    return (
        _Paid(mission[paid], at[paid], in_app[paid], product[paid], gateway[paid]),
        Charged(mission[last_failed], at[last_failed]),
    )


def _in_store(dice: Dice, log: Log, missions: Missions) -> _Paid:
    """Visits to the two stores; half of them buy."""
    mission = np.flatnonzero(missions.source == words.STORE)
    at = missions.start[mission]
    log.emit("store_visited", "store", mission, at)
    buys = dice.chance(5_200, len(mission))
    mission, at = mission[buys], at[buys]
    at = at + dice.delay((6 * MINUTE, 18 * MINUTE, 45 * MINUTE), len(mission))
    nobody = np.full(len(mission), -1, dtype=np.int64)
    return _Paid(mission, at, np.zeros(len(mission), dtype=bool), choose_product(dice, at), nobody)
