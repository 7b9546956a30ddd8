"""Addresses: /api, signing in and out under /_allauth, the one-time link, and the web app for all else."""

from __future__ import annotations

from django.urls import include, path, re_path

from hamsafar.api import pages, problems
from hamsafar.api.main import api
from hamsafar.notices.unsubscribe import unsubscribe

# Of allauth only signing in and out: its other addresses change e-mail addresses and passwords past
# ``accounts.actions``, or send mail that nobody would get.
SIGNING_IN = r"browser/v1/auth/(login|session)"

urlpatterns = [
    path("api/", api.urls),
    re_path(r"^api/.*$", problems.unknown_address),
    re_path(rf"^_allauth/(?!{SIGNING_IN}$)", problems.unknown_address),
    path("_allauth/", include("allauth.headless.urls")),
    path("link/<str:token>", pages.sign_in_by_link),
    path("shared/<str:token>", pages.shared),
    path("unsubscribe/<str:token>", unsubscribe),
    re_path(r"^(?!_allauth/|ws/|assets/).*$", pages.app),
]
handler400 = "hamsafar.api.problems.bad_request"
handler404 = "hamsafar.api.problems.unknown_address"
handler500 = "hamsafar.api.problems.server_error"
