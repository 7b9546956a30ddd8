"""What can go wrong when a question is asked over HTTP."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput


class BadSelector(BadInput):
    code = "bad_selector"
    en = "These persons cannot be chosen from “{question}”: expected {expected}."
    fa = "این اشخاص را نمی‌توان از «{question}» برگزید: {expected} لازم است."
