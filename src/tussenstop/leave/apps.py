from django.apps import AppConfig


class LeaveConfig(AppConfig):
    name = "tussenstop.leave"

    def ready(self) -> None:
        from tussenstop.core import daily  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.leave import queries, reminders  # noqa: PLC0415
        from tussenstop.routes import deadlines  # noqa: PLC0415

        deadlines.register(queries.deadlines)
        daily.register("leave", reminders.remind)
