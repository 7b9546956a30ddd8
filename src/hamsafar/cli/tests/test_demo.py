from __future__ import annotations

import pytest
from click.testing import CliRunner

from hamsafar.cli.main import cli


@pytest.mark.django_db
def test_demo_fills_both_samples_once_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", "fa")
    first = CliRunner().invoke(cli, ["demo"])
    assert first.exit_code == 0, first.output
    assert "نمونه: فروشگاه ترنج (۳۹۰٬۸۰۵ رویداد)" in first.output
    assert "Sample: the Toranj shop" in first.output
    again = CliRunner().invoke(cli, ["demo"])
    assert again.output.count("از پیش آماده است") == 2
