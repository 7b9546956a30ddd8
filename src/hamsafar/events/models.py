"""Tables: files that were uploaded, and their imports. The events themselves are in the event store."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from hamsafar.lib.ids import new_id


class Upload(models.Model):
    """A file waiting to be imported; its bytes are at ``uploads.path_of(id)``."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    filename = models.CharField(max_length=255)
    size = models.BigIntegerField()
    inspection = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)


class Import(models.Model):
    """One reading of one file; whether it runs, is done or failed is its job's to say."""

    id = models.CharField(primary_key=True, max_length=26, default=new_id, editable=False)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.CASCADE)
    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True)
    job_id = models.CharField(max_length=26)
    filename = models.CharField(max_length=255)
    size = models.BigIntegerField()
    mapping = models.JSONField()
    rows_read = models.BigIntegerField(default=0)
    rows_added = models.BigIntegerField(default=0)
    rows_duplicate = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    reasons = models.JSONField(default=list)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["workspace", "-id"])]
