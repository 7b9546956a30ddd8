"""All writes of maps and their libraries. Permission has been checked by the caller; each is one transaction."""

from hamsafar.maps.actions.library import (
    create_channel,
    create_content,
    create_persona,
    create_touchpoint,
    delete_channel,
    delete_content,
    delete_persona,
    delete_touchpoint,
    update_channel,
    update_content,
    update_persona,
    update_touchpoint,
)
from hamsafar.maps.actions.maps import create_map, delete_map, notify_map, restore_map, run_commands
from hamsafar.maps.actions.merge import merge_touchpoints
from hamsafar.maps.actions.own_templates import delete_template, save_template
from hamsafar.maps.actions.versions import draw_future, keep_version, rename_version, restore_version

__all__ = [
    "create_channel",
    "create_content",
    "create_map",
    "create_persona",
    "create_touchpoint",
    "delete_channel",
    "delete_content",
    "delete_map",
    "delete_persona",
    "delete_template",
    "delete_touchpoint",
    "draw_future",
    "keep_version",
    "merge_touchpoints",
    "notify_map",
    "rename_version",
    "restore_map",
    "restore_version",
    "run_commands",
    "save_template",
    "update_channel",
    "update_content",
    "update_persona",
    "update_touchpoint",
]
