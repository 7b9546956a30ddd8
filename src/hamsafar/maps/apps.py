from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "hamsafar.maps"
    label = "maps"
