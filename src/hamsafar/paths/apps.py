from django.apps import AppConfig


class PathsConfig(AppConfig):
    name = "hamsafar.paths"
    label = "paths"

    def ready(self) -> None:
        from hamsafar.accounts.signals import workspace_deleted
        from hamsafar.events.signals import events_changed
        from hamsafar.paths.following import follow_events
        from hamsafar.paths.queries import forget_index

        workspace_deleted.connect(forget_index)
        events_changed.connect(follow_events)
