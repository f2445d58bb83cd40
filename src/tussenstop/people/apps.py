from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tussenstop.people"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.people import story  # noqa: PLC0415

        audit.tell(story.SENTENCES)
