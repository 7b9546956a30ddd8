"""Starting Django for the commands that need it."""

from __future__ import annotations

import os


def setup(*, migrate: bool = True) -> None:
    """Loads the app registry; brings the database up to date unless told otherwise."""
    os.umask(os.umask(0o077) | 0o077)  # what is kept of customers is for this user alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamsafar.settings")
    import django

    django.setup()
    if migrate:
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
