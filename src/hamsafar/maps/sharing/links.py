"""The secret of a public link: the share's id, signed.

Nothing secret is stored, and the link can be shown again; a copy of the database alone opens no map.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(sep=".", salt="map-share")


def token_of(share_id: str) -> str:
    """What stands in the address of the public page."""
    return _SIGNER.sign(share_id)


def share_id_of(token: str) -> str | None:
    """The share a token opens; None for one that was not made here."""
    try:
        return _SIGNER.unsign(token)
    except BadSignature:
        return None
