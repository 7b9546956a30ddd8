"""What a persona of the library says; its name stands beside."""

from __future__ import annotations

import base64
import binascii
import re

from hamsafar.maps.fields import LONG, NAME, SHORT
from hamsafar.maps.files import pictures
from hamsafar.maps.files.errors import PictureUnreadable
from hamsafar.maps.shape import Choice, ListOf, Number, Object, Pattern

_PORTRAIT = re.compile(r"data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*")
PHOTO_LIMIT = 300_000
LINES = ListOf(NAME, 30)
_TRAIT = Object({"name": NAME, "value": Number(1, 5, whole=True)}, required=("name", "value"))

# What a drawn portrait is made of; the drawing itself is the web app's (web/src/library/portrait).
PORTRAIT = Object(
    {
        "hair": Choice(("none", "short", "side", "curly", "long", "bun")),
        "hair_color": Choice(("black", "brown", "light", "gray", "white")),
        "cover": Choice(("none", "scarf", "maghnae", "chador", "cap")),
        "cover_color": Choice(("navy", "teal", "plum", "sand", "gray", "black")),
        "glasses": Choice(("none", "round", "square")),
        "beard": Choice(("none", "stubble", "moustache", "full")),
        "skin": Choice(("light", "fair", "olive", "tan", "brown", "dark")),
        "clothes": Choice(("shirt", "jacket", "sweater", "manteau")),
        "clothes_color": Choice(("navy", "teal", "plum", "sand", "gray", "black")),
        "background": Choice(("mint", "sky", "rose", "sun", "stone", "lilac")),
    }
)

PROFILE = Object(
    {
        "photo": Pattern(_PORTRAIT, "bad_image", PHOTO_LIMIT),
        "portrait": PORTRAIT,
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

# A face is shown small; 200 kB as bytes stay within the characters of the field.
_PHOTO_SIDES = (384, 256)
_PHOTO_BYTES = 200_000


def clean_photo(address: str, name: str) -> str:
    """The picture of a data address, decoded and written anew as ``files.pictures`` does; ``name`` is the persona's.

    Raises the errors of ``files.pictures``.
    """
    made = picture_of(address, name)
    return f"data:{made.media};base64,{base64.b64encode(made.data).decode()}"


def picture_of(address: str, name: str) -> pictures.Small:
    """What a data address holds, small and without anything but pixels. Raises the errors of ``files.pictures``."""
    if len(address) > PHOTO_LIMIT or not _PORTRAIT.fullmatch(address):
        raise PictureUnreadable(name=name)
    try:
        data = base64.b64decode(address.partition(",")[2], validate=True)
    except binascii.Error as error:
        raise PictureUnreadable(name=name) from error
    return pictures.reduced(data, name, _PHOTO_SIDES, _PHOTO_BYTES)
