"""Reads: a workspace's style as it was chosen, and as it is shown in light and dark."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hamsafar.maps.formats.drawing import brand as brands
from hamsafar.maps.formats.drawing.brand import PALETTE, TEXT_SIZES, Brand
from hamsafar.maps.formats.drawing.theme import THEMES, Theme
from hamsafar.maps.models import Logo, WorkspaceStyle
from hamsafar.maps.shape import ID, Choice, Faults, ListOf, Object, Pattern
from hamsafar.maps.style.errors import LogoNotFound, StyleInvalid

_COLOR = Pattern(re.compile(r"#[0-9a-fA-F]{6}"), "bad_color", 7)
_COLOR_OR_NONE = Pattern(re.compile(r"(#[0-9a-fA-F]{6})?"), "bad_color", 7)
STYLE = Object(
    {
        "logo": ID,
        "accent": _COLOR,
        "palette": ListOf(_COLOR_OR_NONE, PALETTE),
        "text": Choice(tuple(TEXT_SIZES)),
    }
)
# Places of the palette and the grey, by the names that cards keep.
_CARDS = ("cardTeal", "cardBlue", "cardAmber", "cardViolet", "cardGreen", "cardRed", "cardGrey")


@dataclass(frozen=True)
class LogoView:
    """``address`` has the picture in it. ``plates``: the ground it needs on light and on dark, if any."""

    id: str
    address: str
    width: int
    height: int
    plates: dict[str, str | None]


@dataclass(frozen=True)
class Hint:
    """A chosen colour that would not be readable: what it was, and what is shown in its place.

    ``place`` is accent or a place of the palette, counted from 0; ``contrast`` is the least it would have had.
    """

    place: str
    scheme: str
    chosen: str
    shown: str
    contrast: float
    needed: float


@dataclass(frozen=True)
class StyleView:
    """``accent`` and ``palette`` as chosen, "" being the product's own; ``tokens`` and ``stages`` are by scheme.

    ``scale`` is how large letters of maps are, 1 being the usual.
    """

    logo: LogoView | None
    accent: str
    palette: list[str]
    text: str
    scale: float
    tokens: dict[str, dict[str, str]]
    stages: dict[str, list[str]]
    hints: list[Hint]


def checked(fields: Any) -> dict[str, Any]:
    """The fields that are there, cleaned. Raises StyleInvalid."""
    faults: Faults = []
    if not isinstance(fields, dict):
        STYLE.check(fields, "", faults)
        raise StyleInvalid(faults)
    clean = STYLE.check_some(fields, "", faults)
    if faults:
        raise StyleInvalid(faults)
    if clean.get("accent"):
        clean["accent"] = clean["accent"].lower()
    if clean.get("palette"):
        clean["palette"] = [color.lower() for color in clean["palette"]]
    return clean


def style_of(workspace_id: str) -> StyleView:
    return _view(_row(workspace_id))


def previewed(workspace_id: str, fields: dict[str, Any]) -> StyleView:
    """How it would look with these fields; nothing is kept. Raises StyleInvalid and LogoNotFound."""
    row, clean = _row(workspace_id), checked(fields)
    if "logo" in clean:
        row.logo = Logo.objects.filter(workspace_id=workspace_id, id=clean["logo"]).first()
        if clean["logo"] and row.logo is None:
            raise LogoNotFound()
    row.accent = (clean["accent"] or "") if "accent" in clean else row.accent
    row.palette = (clean["palette"] or []) if "palette" in clean else row.palette
    row.text = (clean["text"] or "normal") if "text" in clean else row.text
    return _view(row)


def brand_of(workspace_id: str) -> Brand:
    """For drawings."""
    return _brand(_row(workspace_id))


def logo_view(row: Logo) -> LogoView:
    logo = _logo(row)
    return LogoView(
        row.id,
        f"data:{logo.media};base64,{b64encode(logo.data).decode()}",
        logo.width,
        logo.height,
        {scheme: logo.plate(theme.surface) for scheme, theme in THEMES.items()},
    )


def _row(workspace_id: str) -> WorkspaceStyle:
    found = WorkspaceStyle.objects.filter(workspace_id=workspace_id).select_related("logo").first()
    return found or WorkspaceStyle(workspace_id=workspace_id)


def _logo(row: Logo) -> brands.Logo:
    return brands.Logo(bytes(row.data), row.media, row.width, row.height, row.lost_on)


def _brand(row: WorkspaceStyle) -> Brand:
    chosen = [color or None for color in row.palette][:PALETTE]
    return Brand(
        accent=row.accent or None,
        palette=(*chosen, *(None,) * (PALETTE - len(chosen))),
        text=row.text,  # type: ignore[arg-type]  # one of TEXT_SIZES: checked when it was written
        logo=_logo(row.logo) if row.logo else None,
    )


def _view(row: WorkspaceStyle) -> StyleView:
    brand = _brand(row)
    themes = {scheme: brand.theme(scheme) for scheme in ("light", "dark")}
    return StyleView(
        logo=logo_view(row.logo) if row.logo else None,
        accent=row.accent,
        palette=[color or "" for color in brand.palette],
        text=brand.text,
        scale=brand.scale,
        tokens={scheme: _tokens(theme, THEMES[scheme]) for scheme, theme in themes.items()},
        stages={scheme: list(theme.stages) for scheme, theme in themes.items()},
        hints=[hint for scheme, theme in themes.items() for hint in _hints(brand, scheme, theme)],
    )


def _tokens(theme: Theme, plain: Theme) -> dict[str, str]:
    """By the names they have on screen (``web/src/ui/tokens.ts``), as far as they differ."""
    pairs = [
        ("accent", theme.accent, plain.accent),
        ("accentSoft", theme.accent_soft, plain.accent_soft),
        ("onAccent", theme.on_accent, plain.on_accent),
        *(
            (f"series{place}", *both)
            for place, both in enumerate(zip(theme.series, plain.series, strict=True), 1)
        ),
        *zip(_CARDS, theme.cards, plain.cards, strict=True),
    ]
    return {name: own for name, own, usual in pairs if own != usual}


def _hints(brand: Brand, scheme: str, theme: Theme) -> list[Hint]:
    plain = THEMES[scheme]
    text_grounds = (plain.ground, plain.surface, plain.sunk, plain.measured, *plain.cards)
    places: list[tuple[str, str | None, str, Sequence[str], float]] = [
        ("accent", brand.accent, theme.accent, text_grounds, brands.TEXT_CONTRAST),
        *(
            (str(place), color, theme.series[place], (plain.ground, plain.surface), brands.DRAWING_CONTRAST)
            for place, color in enumerate(brand.palette)
        ),
    ]
    return [
        Hint(place, scheme, color, shown, round(brands.least_contrast(color, grounds), 2), needed)
        for place, color, shown, grounds, needed in places
        if color and color != shown
    ]
