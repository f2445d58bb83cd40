from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    name = "tussenstop.instruments"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.instruments import story  # noqa: PLC0415

        audit.tell(story.SENTENCES)
