from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "hamsafar.events"
    label = "events"

    def ready(self) -> None:
        import hamsafar.events.tasks  # noqa: F401  declares its kinds of jobs
        from hamsafar.accounts.signals import workspace_deleted
        from hamsafar.events.actions import delete_events

        workspace_deleted.connect(delete_events)
