from typing import Any

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "hamsafar.maps"
    label = "maps"

    def ready(self) -> None:
        import hamsafar.maps.files.tasks  # noqa: F401  declares its kind of job
        from hamsafar.accounts.signals import membership_changed, workspace_deleted
        from hamsafar.maps.files.actions import forget_workspace
        from hamsafar.maps.rooms import rooms
        from hamsafar.notices.signals import notice_told

        def check(user_id: str, **_: Any) -> None:
            rooms.check_user(user_id)

        def tell(user_id: str, **_: Any) -> None:
            rooms.notify_user(user_id, {"about": "notices"})

        def forget(workspace_id: str, **_: Any) -> None:
            forget_workspace(workspace_id)

        workspace_deleted.connect(forget, weak=False)
        membership_changed.connect(check, weak=False)
        notice_told.connect(tell, weak=False)
