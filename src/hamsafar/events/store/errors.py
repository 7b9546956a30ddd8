"""What can be wrong with a store as a whole."""

from __future__ import annotations

from hamsafar.lib.errors import Conflict, HamsafarError


class StoreInUse(Conflict):
    code = "store_in_use"
    en = (
        "Another Hamsafar process has the events in “{path}” open. If the server is running, "
        "work through it, or stop it first."
    )
    fa = (
        "رویدادهای «{path}» در یک پردازش دیگر همسفر باز است. اگر سرور روشن است کار را از راه آن انجام دهید "
        "یا نخست آن را خاموش کنید."
    )


class StoreDamaged(HamsafarError):
    code = "store_damaged"
    status = 500
    en = "The event file “{path}” cannot be opened: {reason}"
    fa = "فایل رویدادهای «{path}» باز نمی‌شود: {reason}"
