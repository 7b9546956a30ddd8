"""What a persona of the library says; its name stands beside."""

from __future__ import annotations

import re

from hamsafar.maps.fields import LONG, NAME, SHORT
from hamsafar.maps.shape import ListOf, Number, Object, Pattern

_PORTRAIT = re.compile(r"data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*")
LINES = ListOf(NAME, 30)
_TRAIT = Object({"name": NAME, "value": Number(1, 5, whole=True)}, required=("name", "value"))

PROFILE = Object(
    {
        "photo": Pattern(_PORTRAIT, "bad_image", 300_000),
        "quote": LONG,
        "description": LONG,
        "archetype": SHORT,
        "gender": SHORT,
        "age_range": SHORT,
        "job_title": SHORT,
        "education": SHORT,
        "location": SHORT,
        "income": SHORT,
        "lifestyle": LONG,
        "scenario": LONG,
        "values": LINES,
        "goals": LINES,
        "motivations": LINES,
        "needs": LINES,
        "pains": LINES,
        "barriers": LINES,
        "channels": LINES,
        "brands": LINES,
        "traits": ListOf(_TRAIT, 30),
    }
)
PERSONA = Object({"name": NAME, **PROFILE.fields}, required=("name",))
