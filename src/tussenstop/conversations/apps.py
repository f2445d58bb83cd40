from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "tussenstop.conversations"

    def ready(self) -> None:
        from tussenstop.conversations import story  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.core import audit  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        for param, reader in story.READERS.items():
            audit.read_as(param, reader)
