"""The web app's one page, and the link that signs in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET

from hamsafar.accounts.actions import speak_language, spend_sign_in_link
from hamsafar.accounts.errors import LinkSpent
from hamsafar.api import problems
from hamsafar.api.security import EMBEDDED_POLICY
from hamsafar.maps.sharing.queries import may_be_embedded

NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Hamsafar</title>"
    "<p>The web app is not built yet. Run <code>make web</code> in the checkout.</p>"
    "<p lang=fa dir=rtl>رابط وب هنوز ساخته نشده است. در پوشهٔ پروژه <code>make web</code> را اجرا کنید.</p>"
)


@require_GET
@never_cache
@ensure_csrf_cookie
def app(request: HttpRequest, **_: str) -> HttpResponse:
    """Any address of the web app: the router in the browser takes it from there."""
    return _page()


def _page() -> HttpResponse:
    page = settings.WEBAPP_DIR / "index.html"
    if not page.is_file():
        return HttpResponse(NOT_BUILT, status=503)
    return HttpResponse(page.read_bytes())


@require_GET
@never_cache
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The public page of a map; other sites may frame it when whoever made the link allowed that."""
    answer = _page()
    if may_be_embedded(token):
        answer.headers["Content-Security-Policy"] = EMBEDDED_POLICY
    # The address is a secret: it goes into no log of another site, and no search engine keeps it.
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_GET
@never_cache
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Spends a one-time link. A spent one leads to the sign-in page, which says so."""
    try:
        user = spend_sign_in_link(token)
    except LinkSpent:
        if request.user.is_authenticated:
            return HttpResponseRedirect("/")  # the owner clicked the same link again
        return HttpResponseRedirect("/signin?link=spent")
    if user.last_login is None:
        # Made by the shell, whose language says little: the browser knows better what its user reads.
        speak_language(user.id, problems.language_of(request))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect("/")
