from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "tussenstop.planning"

    def ready(self) -> None:
        from tussenstop.calendars import sources  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.core import audit  # noqa: PLC0415
        from tussenstop.planning import days, moves, story  # noqa: PLC0415
        from tussenstop.routes import moves as route_moves  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        route_moves.register(moves.planning_open)
        sources.register(days.own_days)
