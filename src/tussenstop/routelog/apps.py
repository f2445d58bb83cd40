from django.apps import AppConfig


class RouteLogConfig(AppConfig):
    name = "tussenstop.routelog"

    def ready(self) -> None:
        from tussenstop.messages import rules  # noqa: PLC0415 - as the other packages do

        rules.name_kinds({"routelog": rules.Kind.LOG, "routelog/named": rules.Kind.ASKS})
