"""Tables: threads on the parts of a map, their comments, whom they name, and who has seen them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamsafar.lib.ids import new_id

ID_LENGTH = 26


class Thread(models.Model):
    class Part(models.TextChoices):
        MAP = "map"
        STAGE = "stage"
        LANE = "lane"
        CELL = "cell"
        CARD = "card"

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    map = models.ForeignKey("maps.Map", on_delete=models.CASCADE)
    part = models.CharField(max_length=5, choices=Part.choices)
    # The part's id; a cell's is "stage|lane", the map's is empty.
    target = models.CharField(max_length=130)
    # What the part was called when the thread was begun; its later names are the map's to tell.
    details = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # Set while all its comments are deleted.
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["map", "-updated_at", "-id"])]


class Comment(models.Model):
    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    # A person is named as <@user id>.
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    # The same request again is answered with the same comment.
    request_id = models.CharField(max_length=64, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "request_id"], name="one_comment_of_a_request")
        ]
        indexes: ClassVar = [models.Index(fields=["thread", "created_at", "id"])]


class Mention(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "user"], name="one_mention_in_a_comment")
        ]


class Seen(models.Model):
    """Until when a person has read a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="seen")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "user"], name="one_seen_of_a_reader")
        ]
