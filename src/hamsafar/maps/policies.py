"""Who may do what with maps: every member reads, editors and above change, admins and above choose how they look.

The roles are the workspace's.
"""

from __future__ import annotations

from hamsafar.accounts.policies import admin, editor, viewer

can_read_maps = viewer
can_edit_maps = editor
can_style_maps = admin

__all__ = ["can_edit_maps", "can_read_maps", "can_style_maps"]
