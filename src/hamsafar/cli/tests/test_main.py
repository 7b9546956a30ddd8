from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from hamsafar.accounts.models import User
from hamsafar.cli.main import COMMANDS, cli


def test_help_names_every_command_without_loading_django() -> None:
    code = "import sys; from hamsafar.cli.main import cli; cli(['--help'], standalone_mode=False); "
    code += "sys.exit('django' in sys.modules or 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for name in COMMANDS:
        assert name in done.stdout


def test_every_command_can_be_loaded_and_explains_itself() -> None:
    for name in COMMANDS:
        result = CliRunner().invoke(cli, [name, "--help"])
        assert result.exit_code == 0, (name, result.output)


@pytest.mark.django_db
def test_createowner_and_a_weak_password_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ["createowner", "--name", "سارا", "--email", "sara@example.org", "--password"]
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", "fa")
    refused = CliRunner().invoke(cli, [*arguments, "1234"])
    assert refused.exit_code == 1
    assert "رمز عبور دیگری" in refused.stderr
    assert not User.objects.exists()
    assert CliRunner().invoke(cli, [*arguments, "a-long-way-together"]).exit_code == 0
    assert User.objects.get().email == "sara@example.org"
    again = CliRunner().invoke(cli, [*arguments, "a-long-way-together"], env={"HAMSAFAR_LANGUAGE": "en"})
    assert again.exit_code == 1
