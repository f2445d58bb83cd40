from django.apps import AppConfig


class ReflectionConfig(AppConfig):
    name = "tussenstop.reflection"

    def ready(self) -> None:
        from tussenstop.core import audit, daily  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.reflection import moves, reminders, story  # noqa: PLC0415
        from tussenstop.reflection.rules import HOURS  # noqa: PLC0415
        from tussenstop.routes import moves as route_moves  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        route_moves.register(moves.reflection_open)
        for hour in HOURS:
            daily.register(
                f"reflection-{hour}", reminders.at(hour), since=reminders.clock_time(hour)
            )
