from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "tussenstop.routes"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.messages import digests  # noqa: PLC0415
        from tussenstop.routes import moves, story, waiting  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        for param, reader in story.READERS.items():
            audit.read_as(param, reader)
        moves.register(moves.people_open)
        moves.register(moves.stops_open)
        digests.register_waiting(waiting.count_for)
