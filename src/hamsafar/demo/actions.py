"""Filling the sample workspaces through the rooms' own actions."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model

from hamsafar.accounts.actions import create_local_owner, create_workspace
from hamsafar.accounts.policies import Membership, editor
from hamsafar.accounts.queries import local_owner_id, sample_workspace, sample_workspace_deleted
from hamsafar.demo.material import MAPS, map_document, personas
from hamsafar.demo.words import Language, Word
from hamsafar.events.queries import event_store
from hamsafar.maps import queries as maps
from hamsafar.maps.actions import create_map, create_persona

LANGUAGES: tuple[Language, ...] = ("fa", "en")
NAME = Word("نمونه: فروشگاه ترنج", "Sample: the Toranj shop")

# The note in the store that the sample's events are whole; it commits with them.
_IMPORT_ID = "sample"


@dataclass(frozen=True)
class Filled:
    """What became of one sample: ``events`` is 0 when there was nothing left to do."""

    language: Language
    workspace_id: str
    events: int


def fill_samples(language: Language) -> list[Filled]:
    """Both samples for the installation's first user, who is made (a local owner) when there is none.

    What is there already stays as it is; a sample that somebody deleted does not come back.
    """
    user_id = local_owner_id() or create_local_owner(language)
    wanted = [each for each in LANGUAGES if not sample_workspace_deleted(user_id, each)]
    return [fill(user_id, each) for each in wanted]


def fill(user_id: str, language: Language) -> Filled:
    """One user's sample in one language. Stopped half-way and run again, it completes what is missing."""
    workspace_id = sample_workspace(user_id, language) or create_workspace(
        user_id, name=NAME.say(language), language=language, is_sample=True
    )
    events = event_store(workspace_id)
    if events.resume_point(_IMPORT_ID) is not None:
        return Filled(language, workspace_id, 0)
    member = editor(get_user_model().objects.get(pk=user_id), workspace_id)
    _add_personas(member, language)
    _add_maps(member, language)
    # The events come last: with them stands the note that all is done.
    from hamsafar.demo.shop import simulate

    table = simulate().table(language)
    added = events.append(table, import_id=_IMPORT_ID, resume_point=table.num_rows).added
    return Filled(language, workspace_id, added)


def measure_once(filled: Filled) -> None:
    """Measure a sample's maps, so that the index is built and the kernels compiled before anybody looks."""
    from hamsafar.journeys.designed.measure import Selection
    from hamsafar.measurement.queries import measured_map

    for one in maps.list_maps(filled.workspace_id).items:
        measured_map(filled.workspace_id, one.id, Selection())


def _add_personas(member: Membership, language: Language) -> None:
    there = {persona["name"] for persona in maps.list_personas(member.workspace_id).items}
    for persona in personas(language):
        if persona["name"] not in there:
            create_persona(member, persona)


def _add_maps(member: Membership, language: Language) -> None:
    there = {one.title for one in maps.list_maps(member.workspace_id).items}
    for name in reversed(MAPS):  # the list shows what was changed last first
        document = map_document(name, language)
        if document["title"] not in there:
            create_map(member, document)
