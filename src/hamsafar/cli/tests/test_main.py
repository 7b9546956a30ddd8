from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


@pytest.mark.parametrize(("language", "word"), [("en", "single column"), ("fa", "فقط یک ستون")])
def test_of_several_files_the_broken_one_is_named(language: str, word: str, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("customer,event,time\na,visit,2026-01-01\n")
    (tmp_path / "broken.csv").write_text("customer\na\n")
    files = [str(tmp_path / "good.csv"), str(tmp_path / "broken.csv")]
    columns = ["--person", "customer", "--event", "event", "--time", "time"]
    refused = CliRunner().invoke(
        cli, ["ask", "overview", *files, *columns], env={"HAMSAFAR_LANGUAGE": language}
    )
    assert refused.exit_code == 1
    assert refused.stderr.startswith("broken.csv: ")
    assert word in refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_what_is_kept_is_for_its_user_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)  # made by somebody before the first start
    subprocess.run(
        [sys.executable, "-m", "hamsafar.cli.main", "migrate"],
        env={**os.environ, "HAMSAFAR_DATA": str(tmp_path)},
        check=True,
    )
    modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert "hamsafar.sqlite3" in modes
    assert set(modes.values()) == {0}, modes


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "funnel", "{file}"], "گزینهٔ --steps لازم است."),
        (["ask", "funnel", "{file}", "--steps"], "گزینهٔ --steps مقدار می‌خواهد."),
        (["ask", "overview"], "FILES لازم است."),
        (["ask", "overview", "nowhere.csv"], "فایل «nowhere.csv» وجود ندارد."),
        (["ask", "overview", "{file}", "--nope"], "گزینه‌ای به نام --nope وجود ندارد."),
        (["ask", "overviw", "{file}"], "منظورتان overview بود؟"),
        (["ask", "variants", "{file}", "--top", "x"], "--top: «x» عدد صحیح نیست."),
        (["ask", "retention", "{file}", "--period", "year"], "«year» هیچ‌یک از این‌ها نیست: day, week"),
        (["nope"], "فرمانی به نام «nope» وجود ندارد."),
    ],
)
def test_a_command_that_cannot_be_read_is_answered_in_persian(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shop.csv"
    file.write_text("customer,event,time\na,visit,2026-01-01\n", encoding="utf-8")
    asked = [argument.format(file=file) for argument in arguments]
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", "fa")
    persian = CliRunner().invoke(cli, asked)
    assert persian.exit_code == 2
    assert said in persian.output
    assert "Error" not in persian.output
    monkeypatch.setenv("HAMSAFAR_LANGUAGE", "en")
    assert "Error: " in CliRunner().invoke(cli, asked).output
