from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "hamsafar.jobs"
    label = "jobs"
