from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hamsafar.accounts"
    label = "accounts"
