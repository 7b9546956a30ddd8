"""Who the customers are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hamsafar.demo import calendar, words
from hamsafar.demo.draw import Bools, Dice, Ints

PERSONS = 20_000
CAMPAIGN_VISITORS = 2_400
CAMPAIGN_FIRST = calendar.jalali(1404, 8, 1)
CAMPAIGN_LAST = calendar.jalali(1404, 8, 30)

_LOYALTY = (5_700, 2_150, 1_300, 850)
_AGE_BY_LOYALTY = ((24, 36, 22, 11, 7), (15, 36, 27, 14, 8), (9, 31, 31, 18, 11), (6, 26, 33, 21, 14))
_AGE_OF_CAMPAIGN = (52, 34, 10, 3, 1)
# How many of a hundred were customers before the year began.
_OLD_CUSTOMERS = (1_200, 6_500, 8_500, 9_500)


@dataclass(frozen=True)
class People:
    """One entry per person in every column; ``joined_day`` is the first day on which they may come."""

    province: Ints
    age_group: Ints
    gender: Ints
    device: Ints
    loyalty: Ints
    joined_day: Ints
    old_customer: Bools
    from_campaign: Bools
    uses_app: Bools

    def __len__(self) -> int:
        return len(self.province)

    def ids(self) -> list[str]:
        """The shop's customer numbers."""
        return [f"T{10_001 + number}" for number in range(len(self))]


def people(dice: Dice) -> People:
    """The shop's customers of the year."""
    n = PERSONS
    loyalty = dice.pick(_LOYALTY, n)
    # The campaign's visitors are strangers: the first of those without a card, in drawn order.
    strangers = np.flatnonzero(loyalty == 0)
    from_campaign = np.zeros(n, dtype=bool)
    from_campaign[strangers[:CAMPAIGN_VISITORS]] = True
    age_group = dice.pick_by(_AGE_BY_LOYALTY, loyalty)
    age_group = np.where(from_campaign, dice.pick(_AGE_OF_CAMPAIGN, n), age_group)
    old_customer = dice.chance(np.asarray(_OLD_CUSTOMERS)[loyalty], n) & ~from_campaign
    device = dice.pick((58, 22, 20), n)
    first = calendar.FIRST_DAY.toordinal()
    campaign_day = dice.between(CAMPAIGN_FIRST.toordinal() - first, CAMPAIGN_LAST.toordinal() - first, n)
    joined = calendar.day_after(dice, np.zeros(n, dtype=np.int64))
    joined_day = np.where(from_campaign, campaign_day, np.where(old_customer, 0, joined))
    app_share = np.asarray((1_200, 3_500, 6_000, 6_500))[loyalty]
    return People(
        province=dice.pick([share for _, share in words.PROVINCES], n),
        age_group=age_group,
        gender=dice.pick((58, 42), n),
        device=device,
        loyalty=loyalty,
        joined_day=joined_day,
        old_customer=old_customer,
        from_campaign=from_campaign,
        uses_app=dice.chance(app_share, n) & (device != words.DESKTOP) & ~from_campaign,
    )
