"""Every error under /api as a problem document (RFC 9457), in the user's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import ValidationError as PydanticError

from hamsafar.accounts.policies import CsrfMissing, NotSignedIn
from hamsafar.lib.errors import BadInput, HamsafarError, NotFound

log = logging.getLogger(__name__)


class FieldsUnreadable(BadInput):
    code = "fields_unreadable"
    status = 422
    en = "The request cannot be read at: {places}."
    fa = "این درخواست در این جاها خوانا نیست: {places}."


class BodyUnreadable(BadInput):
    code = "body_unreadable"
    en = "The request's body is not JSON."
    fa = "متن درخواست JSON نیست."


class TextUnkeepable(BadInput):
    code = "text_unkeepable"
    en = "The request has a character that cannot be kept (U+{character}). Remove it and send the rest again."
    fa = "در این درخواست نویسه‌ای هست که نگه‌داشتنی نیست (U+{character}). آن را بردارید و دوباره بفرستید."


class AddressUnknown(NotFound):
    code = "address_unknown"
    en = "There is nothing at this address."
    fa = "چیزی در این نشانی نیست."


class MethodWrong(BadInput):
    code = "method_wrong"
    status = 405
    en = "This address does not take {method} requests."
    fa = "این نشانی درخواست {method} را نمی‌پذیرد."


class Unexpected(HamsafarError):
    code = "unexpected"
    en = "Something went wrong on the server. Nothing was changed by this request that is not shown."
    fa = "خطایی در سرور رخ داد. جز آنچه می‌بینید چیزی تغییر نکرده است."


def language_of(request: HttpRequest) -> str:
    """The user's setting; for strangers the first of fa/en that their browser asks for."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return str(user.language)
    for part in request.headers.get("Accept-Language", "").lower().split(","):
        if (tag := part.strip()[:2]) in ("fa", "en"):
            return tag
    return "en"


def problem(request: HttpRequest, error: HamsafarError, **extra: Any) -> HttpResponse:
    language = language_of(request)
    sentence = error.sentence(language)
    document = {
        "type": "about:blank",
        "title": sentence,
        "status": error.status,
        "detail": sentence,
        "code": error.code,
        "params": error.params,
        **extra,
    }
    # "replace": what was asked may hold half a surrogate pair, and sentences quote it.
    text = json.dumps(document, ensure_ascii=False, default=str).encode(errors="replace")
    return HttpResponse(text, status=error.status, content_type="application/problem+json")


def install(api: NinjaAPI) -> None:
    """Turns whatever can go wrong inside an endpoint into a problem document."""

    def expected(request: HttpRequest, error: HamsafarError) -> HttpResponse:
        places = error.errors(language_of(request))
        return problem(request, error, **({"errors": places} if places else {}))

    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        found = [
            {
                "field": ".".join(str(part) for part in item["loc"] if part not in ("body", "query", "path")),
                "code": item["type"],
                "detail": item["msg"],
            }
            for item in error.errors
        ]
        places = ", ".join(item["field"] or "body" for item in found)
        return problem(request, FieldsUnreadable(places=places), errors=found)

    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        # ninja itself raises two: a body that is no JSON, and a session without its CSRF token
        return problem(request, CsrfMissing() if error.status_code == 403 else BodyUnreadable())

    def unkeepable(request: HttpRequest, error: UnicodeEncodeError) -> HttpResponse:
        # JSON can say half a surrogate pair ("\\ud800"), which no database and no answer can hold.
        return problem(request, TextUnkeepable(character=f"{ord(error.object[error.start]):04X}"))

    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        log.exception("unexpected error at %s", request.path, exc_info=error)
        return problem(request, Unexpected())

    api.exception_handler(HamsafarError)(expected)
    api.exception_handler(ValidationError)(unreadable)
    api.exception_handler(AuthenticationError)(lambda request, error: problem(request, NotSignedIn()))
    api.exception_handler(HttpError)(http_error)
    api.exception_handler(Http404)(lambda request, error: problem(request, AddressUnknown()))
    api.exception_handler(UnicodeEncodeError)(unkeepable)
    api.exception_handler(MultiPartParserError)(lambda request, error: problem(request, RequestRefused()))
    api.exception_handler(SuspiciousOperation)(lambda request, error: problem(request, RequestRefused()))
    api.exception_handler(PydanticError)(unexpected)
    api.exception_handler(Exception)(unexpected)


def wrong_method(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: ninja answers a wrong method with a bare 405, which is not a problem document."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.path.startswith("/api/"):
            document = problem(request, MethodWrong(method=request.method))
            document["Allow"] = response["Allow"]
            return document
        return response

    return handle


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return problem(request, CsrfMissing())


class HostUnknown(BadInput):
    code = "host_unknown"
    en = "This server does not answer to that host name. Its owner adds names to HAMSAFAR_HOSTS, then restarts it."
    fa = "این سرور برای این نام میزبان تنظیم نشده است. نام را در HAMSAFAR_HOSTS بنویسید و سرور را دوباره اجرا کنید."


class RequestRefused(BadInput):
    code = "request_refused"
    en = "The request cannot be read."
    fa = "این درخواست خوانا نیست."


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400: what it refuses before any endpoint is asked."""
    known = isinstance(exception, DisallowedHost)
    return problem(request, HostUnknown() if known else RequestRefused())


def unknown_address(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What no route takes; also Django's handler404."""
    return problem(request, AddressUnknown())


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500."""
    return problem(request, Unexpected())
