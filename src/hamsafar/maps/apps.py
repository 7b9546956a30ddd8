from typing import Any

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "hamsafar.maps"
    label = "maps"

    def ready(self) -> None:
        from hamsafar.accounts.signals import membership_changed
        from hamsafar.maps.rooms import rooms

        def check(user_id: str, **_: Any) -> None:
            rooms.check_user(user_id)

        membership_changed.connect(check, weak=False)
