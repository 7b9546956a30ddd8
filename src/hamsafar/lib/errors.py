"""Errors that a user may see.

Every error has a stable ``code``, an HTTP ``status`` and its sentence in both languages right beside it,
so that the API, the CLI and the web app say the same thing and nobody keeps a second catalogue.

    HamsafarError
    ├── BadInput (400)
    ├── NotAllowed (403)
    ├── NotFound (404)
    ├── Conflict (409)
    └── TooLarge (413)

A room subclasses one of these; ``en`` and ``fa`` are ``str.format`` templates over the keyword arguments.
"""

from __future__ import annotations

from typing import Any, ClassVar

from hamsafar.lib.persian import localise_digits

_GROUPED_FROM = 10_000


class HamsafarError(Exception):
    """Base of all errors with a sentence for the user."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 500
    en: ClassVar[str] = "Something went wrong."
    fa: ClassVar[str] = "مشکلی پیش آمد."

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.sentence("en"))

    def sentence(self, language: str = "en") -> str:
        """The error's sentence in ``"fa"`` or ``"en"``; numbers follow the language, a tuple is a quoted list."""
        template = self.fa if language == "fa" else self.en
        return template.format(**{key: _shown(value, language) for key, value in self.params.items()})

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors travel between processes whole, whatever their own ``__init__`` takes."""
        return _restored, (type(self), self.args, self.__dict__)

    def errors(self, language: str = "en") -> list[dict[str, Any]]:
        """The single places that are wrong, ``{"field", "code", "detail"}`` each; empty: no more to say."""
        return []


def _restored(kind: type[HamsafarError], args: tuple[Any, ...], state: dict[str, Any]) -> HamsafarError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def _shown(value: Any, language: str) -> Any:
    """A parameter as a reader of the language writes it."""
    if isinstance(value, int | float):
        # Long numbers are grouped; short ones may be years.
        text = f"{value:,}" if abs(value) >= _GROUPED_FROM else str(value)
        return localise_digits(text.replace(",", "٬").replace(".", "٫"), "fa") if language == "fa" else text
    if isinstance(value, tuple):
        quoted = [f"«{each}»" if language == "fa" else f"“{each}”" for each in value]
        return ("، " if language == "fa" else ", ").join(quoted)
    return value


class BadInput(HamsafarError):
    code = "bad_input"
    status = 400
    en = "This cannot be used as it is."
    fa = "این ورودی قابل استفاده نیست."


class NotAllowed(HamsafarError):
    code = "not_allowed"
    status = 403
    en = "Your role in this workspace does not allow this."
    fa = "نقش شما در این فضای کاری اجازهٔ این کار را نمی‌دهد."


class NotFound(HamsafarError):
    code = "not_found"
    status = 404
    en = "There is nothing here by that name."
    fa = "چیزی با این نام اینجا نیست."


class Conflict(HamsafarError):
    code = "conflict"
    status = 409
    en = "This has changed in the meantime. Reload and try again."
    fa = "در این فاصله تغییری رخ داده است. صفحه را تازه کنید و دوباره تلاش کنید."


class TooLarge(HamsafarError):
    code = "too_large"
    status = 413
    en = "This is larger than the limit."
    fa = "حجم این ورودی بیش از حد مجاز است."
