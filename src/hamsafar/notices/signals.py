"""That there is something new to hear, for the rooms that can say it at once."""

from __future__ import annotations

from django.dispatch import Signal

notice_told = Signal()
"""Sent with ``user_id`` after a notice is stored."""
