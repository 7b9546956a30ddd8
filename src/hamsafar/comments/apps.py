from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "hamsafar.comments"
    label = "comments"

    def ready(self) -> None:
        import hamsafar.comments.telling  # noqa: F401  declares its kinds of notices
