"""What happens to events, for the rooms above that derive something from them."""

from __future__ import annotations

from django.dispatch import Signal

events_changed = Signal()
"""Sent with ``workspace_id`` after an import has added events or one was undone. Receivers must be quick."""
