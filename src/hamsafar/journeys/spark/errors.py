"""What can go wrong on the way to Spark and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hamsafar.lib.errors import BadInput, HamsafarError

_SHOWN = 300  # characters of what Spark says


class SparkMissing(BadInput):
    code = "spark_missing"
    en = 'Spark is not installed in this Python. Expected: pip install "hamsafar[spark]".'
    fa = 'اسپارک در این پایتون نصب نیست. با این دستور نصب می‌شود: pip install "hamsafar[spark]"'


class JavaMissing(BadInput):
    code = "java_missing"
    en = (
        "Spark needs Java {least} or newer on this machine, and none was found ({found}). "
        "Install it or set JAVA_HOME; a master sc://… needs no Java here."
    )
    fa = (
        "اسپارک روی این دستگاه به جاوای {least} یا تازه‌تر نیاز دارد و پیدا نشد ({found}). "
        "جاوا را نصب کنید یا JAVA_HOME را تنظیم کنید؛ نشانی‌های sc://… اینجا به جاوا نیازی ندارند."
    )


class BadMaster(BadInput):
    code = "bad_master"
    en = (
        "“{given}” is not the address of a Spark master. "
        "Expected local[*], local-cluster[2,1,2048], spark://host:7077, sc://host:15002 or yarn."
    )
    fa = (
        "«{given}» نشانی یک سرور اسپارک نیست. "
        "نشانی‌های پذیرفتنی: local[*]، local-cluster[2,1,2048]، spark://host:7077، sc://host:15002 یا yarn."
    )


class BadSetting(BadInput):
    code = "bad_spark_setting"
    en = "“{given}” is not a setting of Spark. Expected name=value, e.g. spark.executor.memory=4g."
    fa = "«{given}» تنظیم اسپارک نیست. صورت درست: نام=مقدار؛ مثلاً spark.executor.memory=4g"


class OtherMaster(BadInput):
    code = "other_spark_master"
    status = 409
    en = "This process already works with Spark at {there}, not {given}. Stop that session first or pass it on."
    fa = "این پردازش هم‌اکنون با اسپارک در {there} کار می‌کند، نه {given}. اول آن را متوقف کنید یا همان را بدهید."


class MasterUnreachable(BadInput):
    code = "spark_unreachable"
    en = "No Spark answers at {master}: {reason}"
    fa = "اسپارکی در {master} پاسخ نمی‌دهد: {reason}"


class PathNotThere(BadInput):
    code = "path_not_there"
    en = "Spark finds nothing at {path}. Expected a Parquet file or a folder of them."
    fa = "اسپارک در {path} چیزی پیدا نمی‌کند. یک فایل Parquet یا پوشه‌ای از آن‌ها لازم است."


class NotParquet(BadInput):
    code = "not_parquet"
    en = "Spark cannot read {path} as Parquet: {reason}"
    fa = "اسپارک نمی‌تواند {path} را به‌صورت Parquet بخواند: {reason}"


class ExecutorsWithoutHamsafar(BadInput):
    code = "executors_without_hamsafar"
    en = (
        "The executors' Python cannot load what the engine needs ({reason}). "
        "Install the same hamsafar ({version}) there, or send an environment along (spark.archives)."
    )
    fa = (
        "پایتون اجراکننده‌ها آنچه را موتور لازم دارد ندارد ({reason}). "
        "همین نسخهٔ hamsafar ({version}) را آنجا نصب کنید یا محیط پایتون را همراه بفرستید (spark.archives)."
    )


class SparkFailed(HamsafarError):
    code = "spark_failed"
    en = "Spark could not finish: {reason}"
    fa = "اسپارک کار را به پایان نرساند: {reason}"


class NotOnSpark(BadInput):
    code = "not_on_spark"
    en = (
        "“{asked}” is about single persons and needs all paths in one place; events on Spark stay where they are. "
        "Ask it of the persons you are interested in, read without engine=spark."
    )
    fa = (
        "«{asked}» دربارهٔ تک‌تک اشخاص است و همهٔ مسیرها را یک‌جا می‌خواهد؛ رویدادها روی اسپارک پخش می‌مانند. "
        "آن را از همان اشخاص موردنظر و بدون engine=spark بپرسید."
    )


@contextmanager
def told(path: str | None = None) -> Iterator[None]:
    """Turns what Spark raises into one sentence; ``path`` is what is being opened."""
    try:
        yield
    except Exception as error:
        # They have no common base, and Spark Connect does without the first of them.
        if type(error).__module__.partition(".")[0] not in ("py4j", "pyspark", "grpc"):
            raise
        raise _sentence(error, path) from error


def first_line(error: BaseException) -> str:
    """What an error says, on one line and not too long."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    line = next((line for line in lines if not line.startswith("An error occurred while calling")), "")
    line = line.removeprefix(": ") or type(error).__name__
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _sentence(error: Exception, path: str | None) -> HamsafarError:
    from hamsafar import __version__

    said = str(error)
    for line in said.splitlines():
        # The last line of a traceback from an executor.
        if line.strip().startswith(("ModuleNotFoundError:", "ImportError:")):
            return ExecutorsWithoutHamsafar(reason=line.strip(), version=__version__)
    if path is None:
        return SparkFailed(reason=first_line(error))
    if "PATH_NOT_FOUND" in said:
        return PathNotThere(path=path)
    return NotParquet(path=path, reason=first_line(error))
