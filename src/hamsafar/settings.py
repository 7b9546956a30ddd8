"""Django's settings. A person sets only these, by environment:

HAMSAFAR_DATA    the folder that holds everything (default: ./data in a checkout, else the user's data folder)
DATABASE_URL     postgres://user:password@host:port/name instead of SQLite in the data folder
HAMSAFAR_HOSTS   host names besides localhost, comma-separated
HAMSAFAR_HTTPS   "1" behind a TLS proxy: secure cookies
HAMSAFAR_ADDRESS where people reach this server, for links in mails (default: the first of HAMSAFAR_HOSTS)
HAMSAFAR_MAIL_URL   smtp://user:password@host:587 or smtps://user:password@host:465; without it no mail is sent
HAMSAFAR_MAIL_FROM  the sender of mails, e.g. Hamsafar <hamsafar@example.org>
HAMSAFAR_EVENT_MEMORY  memory limit of the event store (default: 2GB)
HAMSAFAR_MAX_UPLOAD_BYTES  the largest file of events that may be uploaded (default: 2 GiB)
HAMSAFAR_MAX_FILES_BYTES   what the files on the cards of one workspace may take of the disk (default: 1 GiB)
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parents[1]
IN_CHECKOUT = (CHECKOUT / "pyproject.toml").is_file()


def _data_dir() -> Path:
    if named := os.environ.get("HAMSAFAR_DATA"):
        return Path(named).expanduser().resolve()
    if IN_CHECKOUT:
        return CHECKOUT / "data"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "hamsafar"


DATA_DIR = _data_dir()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def _secret_key() -> str:
    path = DATA_DIR / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text().strip()


def _database(url: str | None) -> dict[str, Any]:
    if not url:
        return {
            "ENGINE": "hamsafar.db.sqlite",
            "NAME": DATA_DIR / "hamsafar.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
            # A file, because the in-memory database of the tests has neither WAL nor several connections.
            "TEST": {"NAME": DATA_DIR / f"test-{os.getpid()}.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must begin with postgres:// (it begins with {parts.scheme}://)")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket's folder cannot stand in the place of a host name, so libpq takes it from the query.
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        # psycopg's default is four, which the server's own threads (jobs, live maps) nearly fill.
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 40, "timeout": 15}},
    }


@dataclass(frozen=True)
class _MailServer:
    """Where mail is handed over: TLS unless it is switched off by ``?tls=none``, for a relay on this machine."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    start_tls: bool


def _mail_server(url: str | None) -> _MailServer | None:
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("HAMSAFAR_MAIL_URL must look like smtp://user:password@host:587 or smtps://…:465")
    implicit = parts.scheme == "smtps"
    return _MailServer(
        host=parts.hostname,
        port=parts.port or (465 if implicit else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        start_tls=not implicit and dict(parse_qsl(parts.query)).get("tls") != "none",
    )


SECRET_KEY = _secret_key()
DEBUG = False
HTTPS = os.environ.get("HAMSAFAR_HTTPS") == "1"
_HOSTS = [host.strip() for host in os.environ.get("HAMSAFAR_HOSTS", "").split(",") if host.strip()]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_HOSTS]
CSRF_TRUSTED_ORIGINS = [f"http{'s' if HTTPS else ''}://{host}" for host in _HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "django_tasks",
    "django_tasks_db",
    "hamsafar.accounts",
    "hamsafar.jobs",
    "hamsafar.notices",
    "hamsafar.events",
    "hamsafar.maps",
    "hamsafar.comments",
    "hamsafar.paths",
    "hamsafar.measurement",
]
MIDDLEWARE = [
    "hamsafar.api.security.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hamsafar.api.problems.wrong_method",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
ROOT_URLCONF = "hamsafar.urls"
ASGI_APPLICATION = "hamsafar.asgi.application"
DATABASES = {"default": _database(os.environ.get("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]

# Sign-in is Django's and allauth's; nobody can sign up by themselves, members are invited.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "hamsafar.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/",
    "account_reset_password": "/signin",
    "account_reset_password_from_key": "/signin",
    "account_signup": "/signin",
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_FAILURE_VIEW = "hamsafar.api.problems.csrf_failure"

# Mail: notices only. Without a server they are kept in the app.
_MAIL = _mail_server(os.environ.get("HAMSAFAR_MAIL_URL"))
MAIL_AVAILABLE = _MAIL is not None
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _MAIL else 'dummy'}.EmailBackend"
if _MAIL:
    EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
    EMAIL_USE_SSL, EMAIL_USE_TLS = _MAIL.implicit_tls, _MAIL.start_tls
EMAIL_TIMEOUT = 15
_FIRST_HOST = _HOSTS[0] if _HOSTS else "localhost"
DEFAULT_FROM_EMAIL = os.environ.get("HAMSAFAR_MAIL_FROM", f"Hamsafar <hamsafar@{_FIRST_HOST.split(':')[0]}>")
PUBLIC_ADDRESS = os.environ.get(
    "HAMSAFAR_ADDRESS", CSRF_TRUSTED_ORIGINS[0] if _HOSTS else "http://127.0.0.1:8000"
).rstrip("/")

# allauth counts failed sign-ins here; one process serves, so its memory is enough.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["short", "long"]}}

# Of the event store, in DuckDB's words; larger sorts go to the disk.
EVENT_MEMORY_LIMIT = os.environ.get("HAMSAFAR_EVENT_MEMORY", "2GB")

# What the pictures and files on the cards of one workspace may take of the disk.
MAX_FILES_BYTES = int(os.environ.get("HAMSAFAR_MAX_FILES_BYTES", 1024**3))
MAX_UPLOAD_BYTES = int(os.environ.get("HAMSAFAR_MAX_UPLOAD_BYTES", 2 * 1024**3))
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024**2  # of JSON bodies; uploaded files are streamed to disk
FILE_UPLOAD_HANDLERS = ["hamsafar.events.uploads.LimitedUploadHandler"]

# The built web app: inside the package when installed, in web/dist in a checkout.
WEBAPP_DIR = (
    PACKAGE / "webapp" if (PACKAGE / "webapp" / "index.html").is_file() else CHECKOUT / "web" / "dist"
)
WHITENOISE_ROOT = WEBAPP_DIR if WEBAPP_DIR.is_dir() else None
WHITENOISE_INDEX_FILE = False


def _never_changes(path: str, url: str) -> bool:
    return url.startswith("/assets/")  # Vite puts a content hash into every name there


WHITENOISE_IMMUTABLE_FILE_TEST = _never_changes

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
