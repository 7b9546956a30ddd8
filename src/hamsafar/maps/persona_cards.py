"""A persona of the library as a card that is downloaded."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from django.http import HttpResponse

from hamsafar.maps import apart, queries
from hamsafar.maps.files.pictures import Small
from hamsafar.maps.formats import persona_card
from hamsafar.maps.personas import picture_of
from hamsafar.maps.style.queries import brand_of

Format = Literal["pdf", "png", "svg"]


def download(
    workspace_id: str, persona_id: str, language: str, written: Format, portrait: str
) -> HttpResponse:
    """The persona's photo is drawn, else ``portrait`` (a data address of a PNG), else their initial.

    Raises PersonaNotFound, and what is raised for pictures that are none.
    """
    persona = queries.get_persona(workspace_id, persona_id)
    address = persona.get("photo") or portrait
    face: Small | None = picture_of(address, persona["name"]) if address else None
    data = apart.run(
        persona_card.write,
        persona["name"],
        persona,
        language,
        face.data if face else None,
        brand_of(workspace_id),
        written,
    )
    answer = HttpResponse(data, content_type=persona_card.WRITTEN[written])
    name = f"{persona['name'][:80]}.{written}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
