"""Tables: views of questions that were saved under a name. All else of this room is derived from events."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hamsafar.lib.ids import new_id
from hamsafar.lib.persian import search_key

ID_LENGTH = 26
LONGEST_NAME = 200


class SavedView(models.Model):
    """A question with all that is asked, under a name; shared with the workspace, or its owner's own."""

    id = models.CharField(primary_key=True, max_length=ID_LENGTH, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    name = models.CharField(max_length=LONGEST_NAME)
    name_search = models.CharField(max_length=LONGEST_NAME, editable=False)
    question = models.CharField(max_length=40)
    # What is asked, scope included: the question's own request, as its schema reads it.
    request = models.JSONField(default=dict)
    # The search of the page's address that shows it, with what only the screen knows (graph or table).
    address = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    # None: the account of who made it is gone; a private one is then nobody's, and seen by nobody.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["workspace", "name_search"],
                condition=Q(shared=True),
                name="one_shared_view_of_a_name",
            ),
            models.UniqueConstraint(
                fields=["workspace", "owner", "name_search"],
                condition=Q(shared=False),
                name="one_own_view_of_a_name",
            ),
        ]

    def save(self, **options: Any) -> None:
        self.name_search = search_key(self.name)[:LONGEST_NAME]
        super().save(**options)
