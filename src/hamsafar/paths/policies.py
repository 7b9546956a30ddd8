"""Who may do what with questions about paths and saved views.

Every member asks, and keeps private views of their own, which nobody else sees. What is shared is the workspace's:
every member opens it; editors and above share, change and delete.
"""

from __future__ import annotations

from hamsafar.accounts.policies import Membership, editor, viewer
from hamsafar.paths.errors import ViewNotYours

can_ask = viewer
can_read_views = viewer

__all__ = ["can_ask", "can_change_view", "can_read_views", "can_save_view"]


def can_save_view(user: object, workspace_id: str, *, shared: bool) -> Membership:
    return editor(user, workspace_id) if shared else viewer(user, workspace_id)


def can_change_view(user: object, workspace_id: str, *, shared: bool, hiding: bool = False) -> Membership:
    """``hiding``: a shared view would become the private one of somebody else, out of sight of who does it.

    A private view is only ever given to its owner, who may do anything with it but share it.
    """
    member = editor(user, workspace_id) if shared else viewer(user, workspace_id)
    if hiding:
        raise ViewNotYours()
    return member
