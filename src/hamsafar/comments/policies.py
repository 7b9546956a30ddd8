"""Who may do what with comments: every member reads them; who may change the map may also comment on it."""

from __future__ import annotations

from hamsafar.accounts.policies import editor, viewer

can_read_comments = viewer
can_comment = editor

__all__ = ["can_comment", "can_read_comments"]
