"""The sample workspaces are filled once, completely, through the rooms' own actions."""

from __future__ import annotations

from typing import Any

import pytest

from hamsafar.accounts.actions import create_local_owner, create_workspace, delete_workspace
from hamsafar.accounts.policies import owner
from hamsafar.accounts.queries import local_owner_id, setup_needed, workspaces_of
from hamsafar.accounts.tests.people import People
from hamsafar.demo.actions import NAME, fill_samples
from hamsafar.demo.log import Simulation
from hamsafar.demo.material import MAPS, map_document, personas
from hamsafar.events.queries import event_store
from hamsafar.maps import queries as maps
from hamsafar.maps.actions import create_map, create_persona

pytestmark = pytest.mark.django_db


def _samples() -> dict[str, str]:
    user_id = local_owner_id()
    assert user_id
    return {one.language: one.id for one in workspaces_of(user_id, "fa") if one.is_sample}


def test_both_samples_are_filled_for_a_local_owner(year: Simulation) -> None:
    assert setup_needed()
    filled = fill_samples("fa")
    assert [one.language for one in filled] == ["fa", "en"]
    assert [one.events for one in filled] == [year.events, year.events]
    for language, workspace_id in _samples().items():
        assert event_store(workspace_id).watermark().events == year.events
        titles = {map_document(name, language)["title"] for name in MAPS}  # type: ignore[arg-type]  # a key of the samples is a language
        found = maps.list_maps(workspace_id).items
        assert {one.title for one in found} == titles
        assert len(maps.list_personas(workspace_id).items) == 3
        # The two maps share their touchpoints and channels.
        touchpoints = maps.list_touchpoints(workspace_id, limit=100).items
        assert len({one.name for one in touchpoints}) == len(touchpoints) > 30
        assert len(maps.list_channels(workspace_id).items) == 9


def test_a_second_run_does_nothing_and_a_deleted_sample_stays_deleted() -> None:
    fill_samples("en")
    before = _samples()
    assert [one.events for one in fill_samples("en")] == [0, 0]
    assert _samples() == before
    assert [maps.list_maps(one).total for one in before.values()] == [2, 2]

    delete_workspace(owner(_owner(), before["fa"]))
    assert [one.language for one in fill_samples("en")] == ["en"]
    assert set(_samples()) == {"en"}


def test_a_run_that_was_stopped_is_completed(year: Simulation) -> None:
    user_id = create_local_owner("fa")
    half = create_workspace(user_id, name=NAME.fa, language="fa", is_sample=True)
    create_persona(owner(_owner(), half), personas("fa")[0])
    create_map(owner(_owner(), half), map_document("purchase", "fa"))

    assert [one.events for one in fill_samples("fa")] == [year.events, year.events]
    assert _samples()["fa"] == half
    assert len(maps.list_personas(half).items) == 3
    assert maps.list_maps(half).total == 2


def test_the_sample_belongs_to_the_first_user_and_to_nobody_else(people: People) -> None:
    for one in fill_samples("en"):
        address = f"/api/workspaces/{one.workspace_id}/maps"
        assert people.owner.get(address).json()["total"] == 2
        for stranger in (people.admin, people.viewer, people.outsider):
            assert stranger.get(address).status_code == 404


def _owner() -> Any:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(pk=local_owner_id())
