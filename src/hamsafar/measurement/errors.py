"""What can go wrong when a workspace's map is measured."""

from __future__ import annotations

from hamsafar.lib.errors import BadInput


class NothingWithheld(BadInput):
    code = "nothing_withheld"
    en = "A measured map is shown whole: small groups cannot be withheld from it. Ask for stages or deviations instead."
    fa = "نقشهٔ سنجیده یک‌جا نشان داده می‌شود و گروه‌های کوچک آن را نمی‌توان پنهان کرد. مرحله‌ها یا انحراف‌ها را بپرسید."
