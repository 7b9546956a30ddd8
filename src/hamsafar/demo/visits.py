"""From seeing the shop somewhere to looking at its goods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hamsafar.demo import calendar, words
from hamsafar.demo.draw import DAY, HOUR, MINUTE, Bools, Dice, Ints
from hamsafar.demo.log import Log
from hamsafar.demo.missions import Missions
from hamsafar.demo.people import People

_PRICES = np.array([price * 1_000 for _, _, price, _ in words.PRODUCTS], dtype=np.int64)
_CATEGORIES = np.array([category for _, category, _, _ in words.PRODUCTS], dtype=np.int64)
_LOOKS = np.array([share for _, _, _, share in words.PRODUCTS], dtype=np.int64)
_YALDA_BOX, _HAFT_SIN, _TEA_BOX = 20, 21, 22

# After seeing something, how many of ten thousand come to the site or app, by source.
_ARRIVE = np.array((6_400, 10_000, 10_000, 5_200, 5_500, 8_300, 10_000, 7_800), dtype=np.int64)
_VISITS = ((48, 27, 16, 9), (100, 0, 0, 0))  # of others, of the campaign's visitors
_VIEWS = ((7, 29, 30, 20, 14), (46, 44, 10, 0, 0))


@dataclass(frozen=True)
class Looks:
    """The missions that came to site or app: when they had looked enough, where, and at what last.

    ``product`` is -1 for those who looked at none.
    """

    mission: Ints
    at: Ints
    in_app: Bools
    product: Ints

    def where(self, chosen: Bools) -> Looks:
        return Looks(self.mission[chosen], self.at[chosen], self.in_app[chosen], self.product[chosen])

    @property
    def channel(self) -> list[str]:
        return platform(self.in_app)


def platform(in_app: Bools) -> list[str]:
    """The channel of each: app or website."""
    return ["app" if app else "website" for app in in_app.tolist()]


def goods(product: Ints) -> dict[str, Ints]:
    """The properties of an event about a product."""
    return {"product": product, "category": _CATEGORIES[product], "price": _PRICES[product]}


def choose_product(dice: Dice, at: Ints) -> Ints:
    """A product for each moment; the Yalda and Nowruz boxes only in their season."""
    product = dice.pick(_LOOKS, len(at))
    yalda = calendar.midnight(calendar.jalali(1404, 9, 5)), calendar.midnight(calendar.jalali(1404, 10, 1))
    nowruz = calendar.midnight(calendar.jalali(1404, 12, 1)), calendar.midnight(calendar.jalali(1405, 1, 1))
    early = (product == _YALDA_BOX) & ((at < yalda[0]) | (at >= yalda[1]))
    late = (product == _HAFT_SIN) & ((at < nowruz[0]) | (at >= nowruz[1]))
    return np.asarray(np.where(early | late, _TEA_BOX, product), dtype=np.int64)


def see(dice: Dice, log: Log, missions: Missions) -> tuple[Ints, Ints]:
    """What brings people. Returns the missions that arrive, and when."""
    every = np.arange(len(missions))
    at = missions.start.copy()

    def of(source: int) -> Ints:
        return np.flatnonzero(missions.source == source)

    posts = of(words.INSTAGRAM)
    log.emit("instagram_post_seen", "instagram", posts, at[posts])
    again = posts[dice.chance(3_800, len(posts))]
    at[again] = _come_back(dice, at[again])
    log.emit("instagram_post_seen", "instagram", again, at[again])
    ads = of(words.AD)
    log.emit("instagram_ad_seen", "instagram", ads, at[ads])
    log.emit("search_result_clicked", "search", of(words.SEARCH), at[of(words.SEARCH)])
    log.emit("invitation_opened", "sms", of(words.FRIEND), at[of(words.FRIEND)])
    for source, name, channel in ((words.SMS, "sms_offer", "sms"), (words.EMAIL, "newsletter", "email")):
        sent = of(source)
        at[sent] = calendar.when_open(dice, at[sent])
        log.emit(f"{name}_sent", channel, sent, at[sent])
        at[sent] += dice.delay((30, 10 * MINUTE, 2 * HOUR, 8 * HOUR), len(sent))
        opened = sent[dice.chance(8_200, len(sent))]
        log.emit(f"{name}_opened", channel, opened, at[opened])

    arrives = dice.chance(_ARRIVE[missions.source], len(missions)) & (missions.source != words.STORE)
    tapped = every[arrives & np.isin(missions.source, (words.INSTAGRAM, words.AD))]
    at[tapped] += dice.delay((5, 20, 60, 180), len(tapped))
    log.emit("instagram_link_tapped", "instagram", tapped, at[tapped])
    arrived = every[arrives]
    return arrived, at[arrived] + dice.delay((2, 6, 15, 40), len(arrived))


def _come_back(dice: Dice, at: Ints) -> Ints:
    """The next visit: within hours, or at another hour of a day in the same week."""
    days = dice.pick((30, 26, 18, 12, 7, 4, 3), len(at))
    later_day = calendar.moment(dice, (at - calendar.START) // DAY + days)
    return np.where(days == 0, at + dice.delay((30 * MINUTE, HOUR, 3 * HOUR), len(at)), later_day)


def look_around(dice: Dice, log: Log, people: People, missions: Missions, mission: Ints, at: Ints) -> Looks:
    """One to four visits, with searches, product pages, reviews and wishes."""
    n = len(mission)
    in_app = people.uses_app[missions.person[mission]] & dice.chance(7_800, n)
    stranger = (missions.source[mission] == words.AD).astype(np.int64)
    visits = dice.pick_by(_VISITS, stranger) + 1
    at = at.copy()
    product = np.full(n, -1, dtype=np.int64)

    def step(chosen: Bools, name: str, quantiles: tuple[int, ...], of_product: bool = False) -> None:
        on = np.flatnonzero(chosen)
        at[on] += dice.delay(quantiles, len(on))
        about = goods(product[on]) if of_product else {}
        log.emit(name, platform(in_app[on]), mission[on], at[on], **about)

    for visit in range(len(_VISITS[0])):
        there = visits > visit
        if visit:
            at = np.where(there, _come_back(dice, at), at)
        step(there & in_app, "app_opened", (0, 1))
        step(there & ~in_app, "web_visit", (0, 1))
        step(there & dice.chance(2_700, n), "product_searched", (5, 15, 60, 180))
        views = dice.pick_by(_VIEWS, stranger)
        for view in range(len(_VIEWS[0]) - 1):
            viewing = there & (views > view)
            product = np.where(viewing, choose_product(dice, at), product)
            step(viewing, "product_viewed", (8, 25, 70, 240), of_product=True)
        looked = there & (product >= 0)
        step(looked & dice.chance(2_000, n), "reviews_read", (10, 40, 120), of_product=True)
        step(looked & dice.chance(700, n), "wishlist_added", (3, 20, 60), of_product=True)
    return Looks(mission, at, in_app, product)
