from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "tussenstop.calendars"

    def ready(self) -> None:
        from tussenstop.calendars import working  # noqa: PLC0415
        from tussenstop.calendars.incoming import jobs as incoming  # noqa: PLC0415 - needs tables
        from tussenstop.calendars.outgoing import jobs as outgoing  # noqa: PLC0415
        from tussenstop.core import often  # noqa: PLC0415
        from tussenstop.messages import preferences  # noqa: PLC0415

        often.register("calendars from elsewhere", incoming.read_what_is_due)
        often.register("links for calendar programs", outgoing.write_what_is_due)
        preferences.register_busy(working.stretches)
