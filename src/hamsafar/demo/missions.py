"""Missions: the occasions on which a customer comes with something in mind, and what brought them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hamsafar.demo import calendar, words
from hamsafar.demo.draw import DAY, Dice, Ints
from hamsafar.demo.people import People

_APART_SECONDS = 26 * DAY

# How many missions a year, by loyalty: weights of 1, 2, 3 …
_HOW_MANY = (
    (40, 30, 20, 10, 0, 0, 0, 0, 0, 0),
    (4, 12, 22, 24, 18, 12, 6, 2, 0, 0),
    (0, 0, 4, 9, 15, 20, 20, 16, 10, 6),
    (0, 0, 0, 2, 6, 10, 16, 22, 24, 20),
)
# Instagram, search, direct, SMS, e-mail, friend, store, ad — a newcomer's first time, then by loyalty.
_SOURCES = (
    (36, 38, 8, 0, 0, 9, 9, 0),
    (30, 34, 14, 9, 4, 2, 7, 0),
    (22, 22, 24, 14, 8, 1, 9, 0),
    (17, 16, 31, 15, 10, 1, 10, 0),
    (14, 12, 37, 14, 11, 1, 11, 0),
)


@dataclass(frozen=True)
class Missions:
    """One entry per mission: whose, when it begins (seconds since the epoch), source and campaign codes."""

    person: Ints
    start: Ints
    source: Ints
    campaign: Ints

    def __len__(self) -> int:
        return len(self.person)


def missions(dice: Dice, people: People) -> Missions:
    """Every mission of the year, in order of person and time, a person's at least 26 days apart."""
    many = dice.pick_by(_HOW_MANY, people.loyalty) + 1
    many = np.where(people.from_campaign, 1, many)
    person = np.repeat(np.arange(len(people)), many)
    first = np.concatenate([[True], person[1:] != person[:-1]])
    newcomer = first & ~people.old_customer[person]
    day = calendar.day_after(dice, people.joined_day[person])
    day = np.where(newcomer, people.joined_day[person], day)

    source = dice.pick_by(_SOURCES, np.where(newcomer, 0, people.loyalty[person] + 1))
    near_a_store = np.isin(people.province[person], (words.TEHRAN, words.ISFAHAN))
    source = np.where((source == words.STORE) & ~near_a_store, words.DIRECT, source)
    source = np.where(people.from_campaign[person], words.AD, source)

    start = calendar.moment(dice, day)
    start = np.where(source == words.STORE, calendar.moment(dice, day, in_store=True), start)
    order = np.lexsort((start, person))
    person, start, source = person[order], start[order], source[order]
    close = (person[1:] == person[:-1]) & (start[1:] - start[:-1] < _APART_SECONDS)
    kept = np.concatenate([[True], ~close])
    person, start, source = person[kept], start[kept], source[kept]
    return Missions(person, start, source, _campaign(start, source))


def _campaign(start: Ints, source: Ints) -> Ints:
    """Which campaign a mission answers; -1: none."""

    def within(first: tuple[int, int, int], last: tuple[int, int, int]) -> np.ndarray:
        begins = calendar.midnight(calendar.jalali(*first))
        ends = calendar.midnight(calendar.jalali(*last)) + DAY
        return (start >= begins) & (start < ends)

    message = np.isin(source, (words.SMS, words.EMAIL))
    campaign = np.where(message, words.WEEKLY, -1)
    campaign = np.where(message & within((1404, 9, 10), (1404, 9, 30)), words.YALDA, campaign)
    campaign = np.where(message & within((1404, 12, 1), (1404, 12, 29)), words.NOWRUZ, campaign)
    return np.where(source == words.AD, words.AUTUMN_WINDOW, campaign)
