"""Which touchpoint an event is."""

from __future__ import annotations

from typing import Any, NamedTuple

from hamsafar.journeys.designed.kernels import FAILED
from hamsafar.journeys.kernels import kernel

DEPENDS = -2


class Matching(NamedTuple):
    """All matchers over the names of one index.

    - ``simple`` int16 [n_names]: the touchpoint of every event of that name (with ``FAILED``, if so), -1 none,
      ``DEPENDS`` look at the slots;
    - ``first_slot`` int32 [n_names + 1]: the slots of a name are its candidate touchpoints, best first;
    - ``slot_touchpoint`` int16 [n_slots]; ``slot_fails`` uint8 [n_slots]: the matcher is that of failures;
    - ``first_condition`` int32 [n_slots + 1] into ``condition`` int32;
    - ``condition_property`` int32 [n_conditions]: row in the chunk's property codes;
    - ``first_answer`` int64 [n_conditions] into ``answer`` uint8: place 0 for an absent property, then one
      per value.
    """

    simple: Any
    first_slot: Any
    slot_touchpoint: Any
    slot_fails: Any
    first_condition: Any
    condition: Any
    condition_property: Any
    first_answer: Any
    answer: Any


@kernel
def bind(
    code: Any, properties: Any, matching: Matching, touchpoint: Any, overlapping: Any, also: Any
) -> None:
    """Writes the touchpoint of every event to ``touchpoint`` int16 [n], with ``FAILED`` where the visit failed.

    ``properties`` int32 [n_properties, n]. Events that several matchers want are added to ``overlapping``
    int64 [n_slots] at the slot that got them, and to ``also`` int64 [n_slots, most slots of a name] at the
    others.
    """
    for event in range(len(code)):
        name = code[event]
        found = matching.simple[name]
        if found == DEPENDS:
            found = -1
            winner = -1
            shared = False
            fails = False
            begin = matching.first_slot[name]
            for slot in range(begin, matching.first_slot[name + 1]):
                holds = True
                for place in range(matching.first_condition[slot], matching.first_condition[slot + 1]):
                    condition = matching.condition[place]
                    value = properties[matching.condition_property[condition], event]
                    if matching.answer[matching.first_answer[condition] + 1 + value] == 0:
                        holds = False
                        break
                if not holds:
                    continue
                if winner < 0:
                    winner = slot
                    found = matching.slot_touchpoint[slot]
                    fails = matching.slot_fails[slot] != 0
                elif matching.slot_touchpoint[slot] == found:
                    fails = fails or matching.slot_fails[slot] != 0
                else:
                    shared = True
                    also[winner, slot - begin] += 1
            if shared:
                overlapping[winner] += 1
            if fails:
                found |= FAILED
        touchpoint[event] = found
