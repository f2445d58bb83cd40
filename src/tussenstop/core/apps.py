from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tussenstop.core"

    def ready(self) -> None:
        from tussenstop.core import mail, often  # noqa: PLC0415 - tables must be loaded first

        often.register("mail", mail.sweep)
