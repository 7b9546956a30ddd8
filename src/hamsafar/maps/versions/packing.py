"""A version's document: the whole exchange dict with the library's touchpoints as of then, compressed.

About a tenth of its JSON. A document's updates are bounded (``writer.LARGEST_DOCUMENT``), and so is what is packed.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Sequence

from hamsafar.maps import document, queries
from hamsafar.maps.document import Exchange
from hamsafar.maps.versions.keeping import Packed, Wanted

logger = logging.getLogger(__name__)


def pack(map_id: str, workspace_id: str, wanted: Wanted) -> Packed:
    """Reads the library; takes a tenth of a second for a map of 5,000 cards, so never inside a transaction."""
    library = queries.exchange_library(workspace_id)
    exchange = document.tidy({"id": map_id, **document.project(wanted.state, library)})
    text = json.dumps(exchange, ensure_ascii=False, separators=(",", ":")).encode()
    return Packed(wanted, zlib.compress(text), len(exchange["stages"]), len(exchange["cards"]))


def pack_all(map_id: str, workspace_id: str, wanted: Sequence[Wanted]) -> list[Packed]:
    """``pack`` for each; one that fails is only missed, unless it is needed: nobody's editing waits for it."""
    packed = []
    for one in wanted:
        try:
            packed.append(pack(map_id, workspace_id, one))
        except Exception:
            if one.needed:
                raise
            logger.exception("a version of map %s could not be made", map_id)
    return packed


def unpack(data: bytes) -> Exchange:
    """The exchange dict of a stored version, brought to the form of today."""
    return document.check(json.loads(zlib.decompress(data)))
