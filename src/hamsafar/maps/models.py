"""Tables: maps with their update logs, and the libraries that maps share.

A map's truth is its Yjs document: ``MapSnapshot`` and the ``MapUpdate`` rows after it. The other columns of
``Map`` and the ``PlacedTouchpoint`` rows are a projection, written with every update and only by ``log.py``.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamsafar.lib.ids import new_id
from hamsafar.lib.persian import search_key

ID_LENGTH = 26
# How long a deleted map can be brought back.
BIN_LIFE = timedelta(days=30)


class Named(models.Model):
    """A row of a workspace that is found by its name, the same on every database."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    name_search = models.CharField(max_length=200, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        self.name_search = search_key(self.name)[:200]
        super().save(**options)


class Channel(Named):
    kind = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["workspace", "name_search"], name="one_channel_of_a_name")
        ]


class Touchpoint(Named):
    channel = models.ForeignKey(Channel, on_delete=models.SET_NULL, null=True)
    description = models.TextField(blank=True)
    # {"events": [...], "conditions": [...]}; null: not bound to events
    matcher = models.JSONField(null=True)
    # Like a matcher; what it fits are visits that failed. Null: none are known.
    failure = models.JSONField(null=True)
    # A visit that comes later is late; counted since the touchpoint before, or since one of target_from.
    target_seconds = models.FloatField(null=True)
    target_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True)
    # The fields of ``fields.TOUCHPOINT_PROFILE``; what is not said is absent.
    profile = models.JSONField(default=dict)


class Persona(Named):
    # The fields of ``personas.PROFILE``; what is not said is absent.
    profile = models.JSONField(default=dict)


class Content(Named):
    """Something we publish; on maps it answers a customer's question."""

    kind = models.CharField(max_length=12)
    link = models.TextField(blank=True)
    persona = models.ForeignKey(Persona, on_delete=models.SET_NULL, null=True)
    # In words: every map has its own stages.
    stage = models.CharField(max_length=200, blank=True)
    question = models.TextField(blank=True)


class Map(models.Model):
    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    seq = models.BigIntegerField(default=0)
    title = models.CharField(max_length=200)
    title_search = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    status = models.CharField(max_length=10)
    stages = models.JSONField(default=list)
    card_count = models.PositiveIntegerField(default=0)
    # The current state that this map draws the future of. No foreign key: either may go, the other stays whole.
    current_map = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["workspace", "-updated_at", "-id"]),
            models.Index(fields=["workspace", "current_map"]),
        ]


class MapSnapshot(models.Model):
    """The document as it was after update ``seq``."""

    map = models.OneToOneField(Map, on_delete=models.CASCADE, primary_key=True)
    seq = models.BigIntegerField()
    state = models.BinaryField()


class MapVersion(models.Model):
    """The whole map as it was after update ``seq``; without a name it was kept by itself, and goes with age."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    seq = models.BigIntegerField()
    reason = models.CharField(max_length=20)  # one of versions.keeping.REASONS
    name = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    # When the map was so, and who had made it so (or, before a large change, who made that).
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    stages = models.PositiveIntegerField()
    cards = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    document = models.BinaryField()  # see versions.packing

    class Meta:
        indexes: ClassVar = [models.Index(fields=["map", "-at", "-id"])]


class MapUpdate(models.Model):
    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    seq = models.BigIntegerField()
    update = models.BinaryField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["map", "seq"], name="one_update_of_a_seq")]


class MapRequest(models.Model):
    """An answered list of commands: the same request again gets the same answer and changes nothing."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    request_id = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "request_id"], name="one_answer_of_a_request")
        ]


class MapActivity(models.Model):
    """What somebody did to a map, in the names it had then; see ``activity.py``."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    began_at = models.DateTimeField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=8)
    part = models.CharField(max_length=10)
    target = models.CharField(max_length=200)
    listed = models.BooleanField()
    details = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["map", "-at", "-id"]),
            models.Index(fields=["map", "target", "-at"]),
        ]


class OwnedPart(models.Model):
    """A part of a map that somebody answers for, or should: see ``owned.parts_of``. Without a kind nobody does."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    part = models.CharField(max_length=5)
    part_id = models.CharField(max_length=64)
    # Grows in reading order: by stage, lane and place in the cell.
    position = models.BigIntegerField()
    lane_kind = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=300)
    stage_name = models.CharField(max_length=200, blank=True)
    owner_kind = models.CharField(max_length=6, blank=True)
    owner_id = models.CharField(max_length=64, blank=True)
    owner_name = models.CharField(max_length=200, blank=True)
    owner_search = models.CharField(max_length=200, blank=True)
    text_search = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "part", "part_id"], name="one_row_of_an_owned_part")
        ]
        indexes: ClassVar = [
            models.Index(fields=["map", "position"]),
            models.Index(fields=["owner_kind", "owner_id"]),
        ]


class PlacedTouchpoint(models.Model):
    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "touchpoint"], name="one_row_of_a_placed_touchpoint")
        ]


class PlacedContent(models.Model):
    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    content = models.ForeignKey(Content, on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "content"], name="one_row_of_a_placed_content")
        ]


class MapShare(models.Model):
    """A public link to a map. Its secret is made from the id (``sharing.links``), so none is kept here."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    name = models.CharField(max_length=200, blank=True)
    password = models.CharField(max_length=128, blank=True)  # hashed; blank: none is asked for
    expires_at = models.DateTimeField(null=True)
    # Ids of the lanes that are shown; null: all that are not hidden.
    lanes = models.JSONField(null=True)
    measured = models.BooleanField(default=False)
    embeddable = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["map", "-created_at"])]


class MapFile(models.Model):
    """A picture or document that cards name by its id; the content is on disk under its hash (``files.keeping``)."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept, in hex
    name = models.CharField(max_length=200)
    media = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # in bytes, with the thumbnail
    # In pixels; only pictures that have a thumbnail.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Since when a sweep has found nothing that names it; null: it is in use, or no sweep has looked yet.
    unused_since = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "digest", "name", "media"], name="one_file_of_a_content_and_name"
            )
        ]


class DetailMap(models.Model):
    """A stage that opens a map of its own. ``detail`` may name a map that is deleted or was never here."""

    map = models.ForeignKey(Map, on_delete=models.CASCADE)
    stage = models.CharField(max_length=64)
    stage_name = models.CharField(max_length=200)
    detail = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "stage"], name="one_detail_map_of_a_stage")
        ]


class OwnTemplate(Named):
    """A map that a workspace begins others from; ``document`` is in the exchange format."""

    description = models.TextField(blank=True)
    language = models.CharField(max_length=2)
    document = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)


class Logo(models.Model):
    """A logo as it was drawn anew when it came; the newest ones stay, so that a change can be taken back."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    media = models.CharField(max_length=20)
    data = models.BinaryField()
    # In pixels.
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # On which ground much of it is not seen: light, dark or both; empty: it is seen on any.
    lost_on = models.CharField(max_length=5, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-created_at"])]


class WorkspaceStyle(models.Model):
    """How a workspace's maps look; without a row as the product does. Colours are as they were chosen."""

    workspace = models.OneToOneField("accounts.Workspace", on_delete=models.CASCADE, primary_key=True)
    logo = models.ForeignKey(Logo, on_delete=models.SET_NULL, null=True)
    accent = models.CharField(max_length=7, blank=True)
    palette = models.JSONField(default=list)  # a colour or null for each place of the series
    text = models.CharField(max_length=6, default="normal")
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
