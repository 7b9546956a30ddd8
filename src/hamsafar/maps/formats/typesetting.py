"""typst, given a program of ours and data for it: what an author wrote is never its markup."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal

from hamsafar.maps.formats.drawing import fonts

# The same map gives the same file.
_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def typeset(program: bytes, job: dict[str, Any], form: Literal["pdf", "png"]) -> bytes:
    """A typst program of ours with data for it, as ``pdf`` or ``png``. It finds no fonts but ours, and no files."""
    import typst

    compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    written = compiler.compile(
        input=program,
        format=form,
        ppi=72,
        sys_inputs={"job": json.dumps(job, ensure_ascii=False)},
        timestamp=_NO_MOMENT,
    )
    assert isinstance(written, bytes), "several pages only as PDF"
    return written


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )
