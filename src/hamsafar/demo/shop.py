"""The sample's shop: an invented bookshop and handicraft store that sells all over Iran.

One year of 20,000 customers, the same on every run. Four stories are planted in it for the user to find
(told in ``docs/guide/sample.en.md``):

1. a payment gateway that failed for two weeks (``orders.OUTAGE_FIRST``);
2. a courier that is late in three provinces (``words.LATE_PROVINCES``), and the low scores, calls and
   complaints that follow;
3. an Instagram campaign whose visitors do not buy (``people.CAMPAIGN_FIRST``);
4. loyal customers who call before they buy.
"""

from __future__ import annotations

from hamsafar.demo import calendar
from hamsafar.demo.delivery import ask_and_tell, deliver
from hamsafar.demo.draw import Dice
from hamsafar.demo.log import Log, Simulation
from hamsafar.demo.missions import missions
from hamsafar.demo.orders import buy
from hamsafar.demo.people import people
from hamsafar.demo.service import complain
from hamsafar.demo.visits import look_around, see

_SEED = 1404


def simulate() -> Simulation:
    """The year's events; the same on every run and machine."""
    dice = Dice(_SEED)
    everyone = people(dice)
    occasions = missions(dice, everyone)
    log = Log(occasions)
    arrived, at = see(dice, log, occasions)
    looks = look_around(dice, log, everyone, occasions, arrived, at)
    orders, charged = buy(dice, log, everyone, occasions, looks)
    delivered = deliver(dice, log, everyone, occasions, orders)
    ask_and_tell(dice, log, everyone, occasions, orders, delivered)
    gone_at = complain(dice, log, everyone, occasions, orders, delivered, charged)
    return log.close(everyone, end=calendar.END, gone_at=gone_at)
