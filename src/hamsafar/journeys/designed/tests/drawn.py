"""Maps and events for the tests: written short by hand, or drawn by Hypothesis."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from hamsafar.journeys import PathIndex
from hamsafar.journeys.designed.tests.naive import DAY, Event

NAMES = ["seen", "seen twice", "basket", "paid", "call", "noise", "static"]
CITIES = ["تهران", "یزد", 3, None]


def document(
    stages: str,
    placed: dict[str, list[str]],
    matchers: dict[str, Any],
    *,
    exits: dict[str, str] | None = None,
    needs: dict[str, str] | None = None,
    open_after: dict[str, float] | None = None,
    instances: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A map: stages ``"a b c"``; ``placed`` stage -> touchpoints; ``matchers`` touchpoint -> events or
    matcher.

    The card of touchpoint t in stage s is ``s.t``; ``needs`` maps cards to ``required`` or ``any_of:group``.
    """
    cards = []
    for stage, touchpoints in placed.items():
        for touchpoint in touchpoints:
            need, _, group = (needs or {}).get(f"{stage}.{touchpoint}", "optional").partition(":")
            card = {"id": f"{stage}.{touchpoint}", "lane": "l", "stage": stage, "text": "", "need": need}
            cards.append({**card, "touchpoint": touchpoint, **({"group": group} if group else {})})
    return {
        "format": "hamsafar-map/1",
        "id": "map",
        "title": "A map",
        "kind": "current_state",
        "language": "en",
        "instances": instances or {"begin": "first_stage_again"},
        "lanes": [{"id": "l", "kind": "touchpoints"}],
        "stages": [
            {
                "id": stage,
                "name": stage.upper(),
                "exit_touchpoint": (exits or {}).get(stage),
                "open_after_seconds": (open_after or {}).get(stage),
            }
            for stage in stages.split()
        ],
        "cards": cards,
        "touchpoints": [
            {"id": touchpoint, "name": touchpoint, "matcher": matcher}
            if isinstance(matcher, dict) or matcher is None
            else {"id": touchpoint, "name": touchpoint, "matcher": {"events": matcher}}
            for touchpoint, matcher in matchers.items()
        ],
    }


def path(person: str, *steps: tuple[str, float] | tuple[str, float, dict[str, Any]]) -> list[Event]:
    """A person's events as (name, day, properties)."""
    return [Event(person, name, round(day * DAY), *rest) for name, day, *rest in steps]


def index_of(events: list[Event]) -> PathIndex:
    properties = sorted({name for event in events for name in event.properties})
    return PathIndex.from_arrays(
        [event.person for event in events],
        [event.name for event in events],
        [event.at_us for event in events],
        {name: [event.properties.get(name) for event in events] for name in properties},
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Maps of up to four stages, touchpoints in several, all kinds of need, exits and instance rules."""
    stages = [f"s{number}" for number in range(draw(st.integers(1, 4)))]
    touchpoints = [f"t{number}" for number in range(draw(st.integers(1, 5)))]
    patterns = st.sampled_from([*NAMES[:5], "*", "se*", "seen*", "*e*", "never"])
    conditions = st.sampled_from(
        [
            [],
            [],
            [{"property": "city", "op": "=", "value": "تهران"}],
            [{"property": "city", "op": "exists"}, {"property": "amount", "op": ">", "value": 2}],
            [{"property": "amount", "op": "in", "value": ["۱", 3]}],
            [{"property": "nothing", "op": "exists"}],
        ]
    )
    # Half of the maps are orderly, so that paths get far: every touchpoint has an event name of its own.
    orderly = draw(st.booleans())
    matchers = {
        touchpoint: {"events": [NAMES[number]]}
        if orderly
        else {
            "events": draw(st.lists(patterns, max_size=2, unique=True)),
            "conditions": draw(conditions),
        }
        for number, touchpoint in enumerate(touchpoints)
    }
    some = st.lists(st.sampled_from(touchpoints), min_size=int(orderly), max_size=3)
    placed = {stage: draw(some) for stage in stages}
    needs = st.sampled_from(["optional", "required", "required", "any_of:g", "any_of:h", "any_of"])
    cards = []
    for stage in draw(st.permutations(stages)):
        for touchpoint in placed[stage]:
            need, _, group = draw(needs).partition(":")
            card = {
                "id": f"c{len(cards)}",
                "lane": "l",
                "stage": stage,
                "touchpoint": touchpoint,
                "need": need,
            }
            cards.append({**card, **({"group": group} if group else {})})
    plain = document(" ".join(stages), {}, matchers)
    failures = st.none() | st.builds(
        lambda events, conditions: {"events": events, "conditions": conditions},
        st.lists(patterns, min_size=1, max_size=2, unique=True),
        conditions,
    )
    for touchpoint in plain["touchpoints"]:
        touchpoint["failure"] = draw(failures)
        touchpoint["target_seconds"] = draw(st.sampled_from([None, 0.001, 86_400, 3 * 86_400]))
        touchpoint["target_from"] = draw(st.sampled_from([None, None, *touchpoints]))
    plain["cards"] = cards
    for stage in plain["stages"]:
        stage["exit_touchpoint"] = draw(st.sampled_from([None, *touchpoints, *placed[stage["id"]] * 2]))
        stage["open_after_seconds"] = draw(st.sampled_from([None, None, None, 86_400]))
    plain["instances"] = draw(
        st.sampled_from(
            [
                {"begin": "first_stage_again"},
                {"begin": "idle"},
                {"begin": "first_stage_again", "idle_seconds": 2 * 86_400},
                {"begin": "idle", "idle_seconds": 86_400},
            ]
        )
    )
    return plain


# Few different times, so that many are equal; spread over enough days for some to have left.
times = st.sampled_from([0, 0, 1, 1_000, DAY // 2, DAY, DAY, 2 * DAY, 5 * DAY, 40 * DAY, 41 * DAY, 130 * DAY])


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    least = draw(st.sampled_from([0, 0, 10, 40]))
    one = st.builds(
        Event,
        person=st.sampled_from(["p1", "p2", "p3", "p4"] if least < 40 else ["p1", "p2"]),
        name=st.sampled_from(NAMES),
        at_us=times,
        properties=st.fixed_dictionaries(
            {"city": st.sampled_from(CITIES), "amount": st.sampled_from([1, 2, 3, "3", None])}
        ),
    )
    return draw(st.lists(one, min_size=least, max_size=least + 30))


def lively(seed: int) -> tuple[dict[str, Any], list[Event]]:
    """A map and long paths that come and go between its stages: what Hypothesis, fond of the small, rarely draws."""
    chance = Random(seed)
    stages = [f"s{number}" for number in range(chance.randint(2, 4))]
    touchpoints = NAMES[: chance.randint(3, 5)]
    placed: dict[str, list[str]] = {stage: [] for stage in stages}
    for touchpoint in touchpoints:
        for stage in chance.sample(stages, chance.choice([1, 1, 2])):
            placed[stage].append(touchpoint)
    needs = {
        f"{stage}.{touchpoint}": chance.choice(["required", "required", "optional", "any_of:g"])
        for stage, names in placed.items()
        for touchpoint in names
    }
    exits = {
        stage: chance.choice(names) for stage, names in placed.items() if names and chance.random() < 0.5
    }
    day = 86_400
    rules = [
        {"begin": "first_stage_again"},
        {"begin": "first_stage_again"},
        {"begin": "first_stage_again", "idle_seconds": 3 * day},
        {"begin": "idle", "idle_seconds": day},
    ]
    plain = document(
        " ".join(stages),
        placed,
        {name: [name] for name in touchpoints},
        exits=exits,
        needs=needs,
        instances=chance.choice(rules),
    )
    for card in plain["cards"]:  # an id has no spaces, a touchpoint's name here may
        card["id"], card["touchpoint"] = card["id"].replace(" ", "_"), card["touchpoint"].replace(" ", "_")
    for touchpoint in plain["touchpoints"]:
        touchpoint["id"] = touchpoint["id"].replace(" ", "_")
    for touchpoint in plain["touchpoints"]:
        touchpoint["failure"] = chance.choice(
            [None, {"events": ["static"]}, {"events": [touchpoint["name"]]}]
        )
        touchpoint["target_seconds"] = chance.choice([None, 3_600, day, 2 * day])
        touchpoint["target_from"] = chance.choice([None, *(other["id"] for other in plain["touchpoints"])])
    for stage in plain["stages"]:
        stage["exit_touchpoint"] = stage["exit_touchpoint"] and stage["exit_touchpoint"].replace(" ", "_")
    drawn = []
    for person in range(4):
        at_us = chance.randint(0, 20) * DAY
        for _ in range(chance.randint(1, 30)):
            at_us += chance.choice([0, 0, 1, 3_600_000_000, DAY, DAY, 3 * DAY, 40 * DAY])
            drawn.append(Event(f"p{person}", chance.choice([*touchpoints, "noise", "static"]), at_us))
    chance.shuffle(drawn)
    return plain, drawn
