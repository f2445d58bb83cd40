from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "tussenstop.hours"

    def ready(self) -> None:
        from tussenstop.core import audit, daily  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.hours import moves, reminders, story  # noqa: PLC0415
        from tussenstop.routes import moves as route_moves  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        route_moves.register(moves.hours_open)
        daily.register("hours", reminders.remind)
