from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "tussenstop.feedback"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.feedback import moves, story  # noqa: PLC0415
        from tussenstop.routes import moves as route_moves  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        route_moves.register(moves.feedback_open)
