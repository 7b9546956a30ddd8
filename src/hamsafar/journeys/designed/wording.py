"""Sentences that the questions about a map share."""

from __future__ import annotations

from hamsafar.journeys.view import Language, number


def nothing_on_the_map() -> dict[str, str]:
    """Why an answer is empty."""
    return {
        "en": "None of these events is on a touchpoint of the map.",
        "fa": "هیچ‌یک از این رویدادها روی نقاط تماس نقشه نیست.",
    }


def basis(bound_events: int, instances: int, persons: int, language: Language) -> str:
    """What the numbers rest on."""
    if language == "fa":
        return (
            f"بر پایهٔ {number(bound_events, 'fa')} رویداد روی نقشه، در {number(instances, 'fa')} سفر "
            f"از {number(persons, 'fa')} شخص."
        )
    return (
        f"Events on the map: {number(bound_events, 'en')}; "
        f"instances: {number(instances, 'en')}; persons: {number(persons, 'en')}."
    )
