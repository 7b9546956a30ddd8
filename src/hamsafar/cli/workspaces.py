"""Which workspace a command is about."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput


class WorkspaceNotSaid(BadInput):
    code = "workspace_not_said"
    en = "Say which workspace with --workspace: {names}"
    fa = "با ‎--workspace بگویید کدام فضای کاری: {names}"


def find_workspace(user_id: str, wanted: str | None) -> str:
    """The id of the workspace of this name or id; of the only one when nothing is said. Raises WorkspaceNotSaid."""
    from hamsafar.accounts.queries import workspaces_of
    from hamsafar.cli.main import language
    from hamsafar.lib.persian import search_key

    known = workspaces_of(user_id, language())
    if wanted is None:
        own = [one for one in known if not one.is_sample]
        found = own if len(own) == 1 else []
    else:
        found = [one for one in known if one.id == wanted or search_key(one.name) == search_key(wanted)]
    if len(found) != 1:
        raise WorkspaceNotSaid(names=", ".join(f"{one.name} ({one.id})" for one in known))
    return found[0].id
