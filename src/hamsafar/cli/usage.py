"""What click says of a command that cannot be read, in the language of the shell."""

from __future__ import annotations

import re

import click

_QUOTED = re.compile(r"'([^']*)'")
# What click says, and the same in Persian; what is not here stays English.
_SAID = [
    (r"Missing (?:option|parameter) '?(?P<a>[^'.]+)'?\..*", "گزینهٔ {a} لازم است."),
    (r"Missing argument '?(?P<a>[^'.]+)(?:\.\.\.)?'?\..*", "{a} لازم است."),
    (r"No such option '?(?P<a>[^'.\s]+)'?\.?.*", "گزینه‌ای به نام {a} وجود ندارد."),
    (r"No such command '(?P<a>[^']*)'\..*", "فرمانی به نام «{a}» وجود ندارد."),
    (r"Missing command\..*", "یکی از فرمان‌ها لازم است."),
    (r"Option '(?P<a>[^']*)' requires an argument\.", "گزینهٔ {a} مقدار می‌خواهد."),
    (r"Option '(?P<a>[^']*)' requires (?P<b>\d+) arguments\.", "گزینهٔ {a} به {b} مقدار نیاز دارد."),
    (r"Option '(?P<a>[^']*)' does not take a value\.", "گزینهٔ {a} مقدار نمی‌گیرد."),
    (r"Got unexpected extra arguments? \((?P<a>.*)\)", "این‌ها اضافی است: {a}"),
    (r"(?:File|Path|Directory) '(?P<a>.*)' does not exist\.", "فایل «{a}» وجود ندارد."),
    (r"(?:File|Path) '(?P<a>.*)' is a directory\.", "«{a}» پوشه است، نه فایل."),
    (r"(?:File|Path|Directory) '(?P<a>.*)' is not (?:readable|writable)\.", "دسترسی به «{a}» ممکن نیست."),
    (r"'(?P<a>.*)' is not a valid integer( range)?\.", "«{a}» عدد صحیح نیست."),
    (r"'(?P<a>.*)' is not a valid float( range)?\.", "«{a}» عدد نیست."),
    (r"(?P<a>\S+) is not in the range (?P<b>.*)\.", "{a} در این محدوده نیست: {b}"),
    (r"'(?P<a>.*)' is not one of (?P<b>.*)\.", "«{a}» هیچ‌یک از این‌ها نیست: {b}"),
]


def persian(error: click.UsageError) -> str:
    """The error in Persian sentences: what is wrong, the names it may have meant, and where the help is."""
    lines = [_sentence(error)]
    if meant := getattr(error, "possibilities", None):
        lines.append(f"منظورتان {' یا '.join(sorted(meant))} بود؟")
    if error.ctx is not None:
        lines.append(f"راهنما: {error.ctx.command_path} {error.ctx.help_option_names[-1]}")
    return "\n".join(lines)


def _sentence(error: click.UsageError) -> str:
    said = error.format_message()
    about = ""
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter):
        # «Invalid value for '--top': …»
        said = error.message
        if error.param is not None:
            about = f"{error.param.get_error_hint(error.ctx).strip(chr(39))}: "
    for pattern, sentence in _SAID:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            parts = {name: _QUOTED.sub(r"\1", part) for name, part in found.groupdict().items()}
            return about + sentence.format(**parts)
    return about + said
