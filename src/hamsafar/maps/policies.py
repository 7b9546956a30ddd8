"""Who may do what with maps: every member reads, editors and above change. The roles are the workspace's."""

from __future__ import annotations

from hamsafar.accounts.policies import editor, viewer

can_read_maps = viewer
can_edit_maps = editor

__all__ = ["can_edit_maps", "can_read_maps"]
