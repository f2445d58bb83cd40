from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "tussenstop.rounds"

    def ready(self) -> None:
        from tussenstop.core import audit, daily  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.matching import fixed  # noqa: PLC0415
        from tussenstop.matching.actions import choosing  # noqa: PLC0415
        from tussenstop.rounds import deadlines, holding, reminders, story  # noqa: PLC0415
        from tussenstop.routes import deadlines as route_deadlines  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        fixed.register(holding.is_fixed)
        choosing.register(holding.end_matches)
        route_deadlines.register(deadlines.of_wishes)
        daily.register("rounds", reminders.remind)
