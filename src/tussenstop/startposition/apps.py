from django.apps import AppConfig


class StartPositionConfig(AppConfig):
    name = "tussenstop.startposition"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.routes import knowing  # noqa: PLC0415
        from tussenstop.routes import moves as route_moves  # noqa: PLC0415
        from tussenstop.startposition import moves, story  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        route_moves.register(moves.position_open)
        knowing.register(moves.KNOWN)
