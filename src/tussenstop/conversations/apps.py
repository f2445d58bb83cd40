from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "tussenstop.conversations"

    def ready(self) -> None:
        from tussenstop.calendars import sources  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.conversations import days, jobs, moves, story  # noqa: PLC0415
        from tussenstop.conversations.actions import succession  # noqa: PLC0415
        from tussenstop.core import audit, daily  # noqa: PLC0415
        from tussenstop.routes import joining  # noqa: PLC0415
        from tussenstop.routes import moves as route_moves  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        for param, reader in story.READERS.items():
            audit.read_as(param, reader)
        route_moves.register(moves.talks_open)
        joining.register(succession.take_over)
        sources.register(days.own_talks, fixed=True)
        daily.register("conversations", jobs.begin)
