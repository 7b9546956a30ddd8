"""How often the password of a link may be tried: it is the only thing between a stranger and the map."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from hamsafar.maps.sharing.errors import ShareTriedTooOften

WITHIN_SECONDS = 600
# One address guesses; many addresses guess together.
MOST_FROM_ONE = 10
MOST_FROM_ALL = 300


def count_try(request: HttpRequest, token: str) -> None:
    """Call it before a password is looked at. Raises ShareTriedTooOften."""
    address = request.META.get("REMOTE_ADDR", "")
    for key, most in ((f"{token}:{address}", MOST_FROM_ONE), (token, MOST_FROM_ALL)):
        kept = f"share-tries:{key}"
        cache.add(kept, 0, WITHIN_SECONDS)
        if cache.incr(kept) > most:
            raise ShareTriedTooOften()


def forget_tries(request: HttpRequest, token: str) -> None:
    """The right password was given: whoever opens the page often is no guesser."""
    cache.delete(f"share-tries:{token}:{request.META.get('REMOTE_ADDR', '')}")
