from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "hamsafar.notices"
    label = "notices"

    def ready(self) -> None:
        import hamsafar.notices.tasks  # noqa: F401  declares its kind of job
