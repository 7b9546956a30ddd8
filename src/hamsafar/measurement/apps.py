from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    name = "hamsafar.measurement"
    label = "measurement"

    def ready(self) -> None:
        from hamsafar.measurement.questions import register_questions

        register_questions()
