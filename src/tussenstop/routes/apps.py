from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "tussenstop.routes"
