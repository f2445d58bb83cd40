from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "tussenstop.matching"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.matching import story  # noqa: PLC0415

        audit.tell(story.SENTENCES)
