from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "hamsafar.events"
    label = "events"

    def ready(self) -> None:
        import hamsafar.events.tasks  # noqa: F401  declares its kinds of jobs
