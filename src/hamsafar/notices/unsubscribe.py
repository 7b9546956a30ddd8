"""The way out of mails, for whoever holds the address: no sign-in, no scripts.

A mail program that ends mails for its user posts to the address (RFC 8058). A person who opens it sees what they
would end and presses the button: looking at an address must change nothing, because programs look at them too.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hamsafar.accounts.queries import user_view
from hamsafar.notices import actions, kinds, mail


@csrf_exempt  # the address itself is the permission, and mail programs have no cookie of ours
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """``GET`` asks, ``POST`` does."""
    found = mail.unsubscribed(token)
    reader = user_view(found[0]) if found else None
    if found is None or reader is None:
        both = {"language": "en", "direction": "ltr", "state": "unknown"}
        return render(request, "notices/unsubscribe.html", both, status=404)
    user_id, keys = found
    if request.method == "POST":
        actions.no_more_mail(user_id, keys)
    declared = [one for one in map(kinds.kind, keys) if one is not None]
    context = {
        "language": reader.language,
        "direction": "rtl" if reader.language == "fa" else "ltr",
        "state": "done" if request.method == "POST" else "ask",
        "labels": [one.label(reader.language) for one in declared],
    }
    return render(request, "notices/unsubscribe.html", context)
