"""What happens to a workspace, for the rooms above that keep something of it outside the database."""

from __future__ import annotations

from django.dispatch import Signal

workspace_deleted = Signal()
"""Sent with ``workspace_id`` after the deletion is committed; again at every start of the server, so that a
receiver that was cut off finishes its work. Receivers must be harmless when repeated."""

membership_changed = Signal()
"""Sent with ``workspace_id`` and ``user_id`` after a member's role was changed, or the member removed."""
