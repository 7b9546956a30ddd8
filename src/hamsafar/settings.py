"""Placeholder until accounts lands; lets the test runner start."""

SECRET_KEY = "tests"  # noqa: S105
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
