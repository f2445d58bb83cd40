from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "tussenstop.agreements"
