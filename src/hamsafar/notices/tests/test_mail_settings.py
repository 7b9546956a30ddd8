"""The address of a mail server, as the environment gives it."""

from __future__ import annotations

import pytest

from hamsafar.settings import _mail_server


def test_an_address_says_host_user_and_how_it_is_encrypted() -> None:
    submission = _mail_server("smtp://me%40here:p%3Aw@mail.example.org")
    assert submission is not None
    assert (submission.host, submission.port) == ("mail.example.org", 587)
    assert (submission.user, submission.password) == ("me@here", "p:w")
    assert (submission.start_tls, submission.implicit_tls) == (True, False)
    implicit = _mail_server("smtps://mail.example.org")
    assert implicit is not None
    assert (implicit.port, implicit.start_tls, implicit.implicit_tls) == (465, False, True)
    relay = _mail_server("smtp://localhost:25?tls=none")
    assert relay is not None
    assert (relay.port, relay.start_tls, relay.implicit_tls) == (25, False, False)
    assert _mail_server(None) is None


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="HAMSAFAR_MAIL_URL"):
        _mail_server(url)
