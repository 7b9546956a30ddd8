"""Who may measure: every member of the workspace."""

from __future__ import annotations

from hamsafar.accounts.policies import viewer

can_measure = viewer
