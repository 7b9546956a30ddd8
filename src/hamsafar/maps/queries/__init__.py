"""All reads of maps and their libraries."""

from hamsafar.maps.queries.library import (
    ChannelView,
    ContentView,
    TouchpointView,
    duplicate_touchpoints,
    exchange_library,
    get_channel,
    get_content,
    get_persona,
    get_touchpoint,
    library_ids,
    list_channels,
    list_contents,
    list_personas,
    list_touchpoints,
    persona_profiles,
)
from hamsafar.maps.queries.maps import (
    MapView,
    PartView,
    exchange_document,
    get_map,
    list_maps,
    map_title,
    part_of,
)
from hamsafar.maps.queries.templates import (
    own_templates,
    template_document,
)

__all__ = [
    "ChannelView",
    "ContentView",
    "MapView",
    "PartView",
    "TouchpointView",
    "duplicate_touchpoints",
    "exchange_document",
    "exchange_library",
    "get_channel",
    "get_content",
    "get_map",
    "get_persona",
    "get_touchpoint",
    "library_ids",
    "list_channels",
    "list_contents",
    "list_maps",
    "list_personas",
    "list_touchpoints",
    "map_title",
    "own_templates",
    "part_of",
    "persona_profiles",
    "template_document",
]
