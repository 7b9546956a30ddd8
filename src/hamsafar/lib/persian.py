"""Persian text as people really type it.

Two keyboards and three sets of digits write the same word in different code points. ``normalise`` makes
them one without touching what the author meant; ``search_key`` goes further, for comparing only.
"""

from __future__ import annotations

import unicodedata

ZWNJ = "\u200c"

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_TO_ASCII = {ord(d): str(i) for digits in (_PERSIAN_DIGITS, _ARABIC_DIGITS) for i, d in enumerate(digits)}
_TO_PERSIAN = {ord(str(i)): d for i, d in enumerate(_PERSIAN_DIGITS)}

# Arabic letters to the Persian ones; tatweel and invisible direction marks say nothing.
_LETTERS = {
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ك"): "ک",
    ord("ـ"): None,
    ord("\u200e"): None,
    ord("\u200f"): None,
    ord("\ufeff"): None,
    ord("\xa0"): " ",
}

# For comparing only: half-space, the hamza carriers and the madda are typed or left out at will.
_FOLD = {
    ord(ZWNJ): " ",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("آ"): "ا",
    ord("ؤ"): "و",
    ord("ئ"): "ی",
    ord("ة"): "ه",
    ord("ۀ"): "ه",
}

# The Persian alphabet in dictionary order; code points alone would put پ چ ژ گ after ی.
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANK = {letter: chr(0x0621 + rank) for rank, letter in enumerate(_ALPHABET)}


def ascii_digits(text: str) -> str:
    """Persian and Arabic digits as 0-9."""
    return text.translate(_TO_ASCII)


def localise_digits(text: str, language: str) -> str:
    """0-9 as Persian digits when ``language`` is ``"fa"``."""
    return text.translate(_TO_PERSIAN) if language == "fa" else text


def normalise(text: str) -> str:
    """One spelling for one text: NFC, Persian ی and ک, no invisible marks, trimmed.

    Half-spaces and digits stay as the author wrote them.
    """
    return unicodedata.normalize("NFC", text).translate(_LETTERS).strip()


def search_key(text: str) -> str:
    """The key by which two texts are the same to a searcher.

    ي/ی, ك/ک, digits of any script, half-space, space, hamza carriers, vowel marks and letter case are
    treated alike: ``search_key("می‌خواهم ۱۲") == search_key("مي خواهم 12")``.
    """
    folded = unicodedata.normalize("NFC", text).translate(_LETTERS).translate(_FOLD)
    folded = "".join(ch for ch in folded if not unicodedata.combining(ch))
    return "".join(ascii_digits(folded).casefold().split())


def sort_key(text: str) -> str:
    """A key that sorts Persian by its alphabet, the same on every database."""
    folded = ascii_digits(normalise(text)).replace(ZWNJ, " ").casefold()
    return "".join(_RANK.get(ch, ch) for ch in folded)
