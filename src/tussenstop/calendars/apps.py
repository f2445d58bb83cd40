from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "tussenstop.calendars"

    def ready(self) -> None:
        from tussenstop.calendars.incoming import jobs  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.core import often  # noqa: PLC0415

        often.register("calendars from elsewhere", jobs.read_what_is_due)
