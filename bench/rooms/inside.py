"""``python -m bench.rooms.inside WHAT ...``: what needs the product's own settings, answered as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import Any

from hamsafar.cli import django


def fill(people: int, maps: int, cards: int) -> dict[str, Any]:
    """A workspace of so many editors with so many maps."""
    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from hamsafar.accounts import actions, policies
    from hamsafar.accounts.models import Member, Role, User
    from hamsafar.maps.actions import create_map

    owner_id, workspace_id = actions.set_up(
        name="Owner", email="owner@example.org", password="a-long-way-together", workspace="W", language="en"
    )
    users = [User(name=f"Editor {n}", email=f"editor{n}@example.org") for n in range(people)]
    for user in users:
        user.set_unusable_password()
    User.objects.bulk_create(users)
    Member.objects.bulk_create(
        Member(workspace_id=workspace_id, user=user, role=Role.EDITOR) for user in users
    )
    sessions = []
    for user in users:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = user.pk, settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        sessions.append(session.session_key)
    member = policies.editor(User.objects.get(id=owner_id), workspace_id)
    exchange = large_map(cards)
    return {"sessions": sessions, "maps": [create_map(member, exchange)[0] for _ in range(maps)]}


def large_map(cards: int) -> dict[str, Any]:
    """Twelve stages and twenty lanes, the cards spread over them."""
    return {
        "format": "hamsafar-map/1",
        "title": "Buying a phone",
        "kind": "current_state",
        "language": "en",
        "stages": [{"id": f"s{n}", "name": f"Stage {n}"} for n in range(12)],
        "lanes": [
            {"id": f"l{n}", "kind": ("actions", "thoughts", "pains", "text")[n % 4]} for n in range(20)
        ],
        "cards": [
            {
                "id": f"c{n}",
                "stage": f"s{n % 12}",
                "lane": f"l{n // 12 % 20}",
                "text": f"Compares the price with two other shops and reads what buyers say ({n})",
            }
            for n in range(cards)
        ],
    }


def stored(*map_ids: str) -> list[dict[str, Any]]:
    """Of each map ``update``: the document in hex; ``rows``: updates after the snapshot; ``bytes``: of both."""
    django.setup(migrate=False)
    from hamsafar.maps import document, log
    from hamsafar.maps.models import MapUpdate

    answers = []
    for map_id in map_ids:
        updates = log.load(map_id).updates
        answers.append(
            {
                "update": document.open_doc(updates).get_update().hex(),
                "rows": MapUpdate.objects.filter(map_id=map_id).count(),
                "bytes": sum(map(len, updates)),
            }
        )
    return answers


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    print(json.dumps(fill(*map(int, given)) if what == "fill" else stored(*given)))
