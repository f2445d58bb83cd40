from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tussenstop.documents"

    def ready(self) -> None:
        from tussenstop.core import audit, daily  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.documents import gates, reminders, story  # noqa: PLC0415
        from tussenstop.routes import gates as route_gates  # noqa: PLC0415
        from tussenstop.routes import moves  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        audit.read_as("document", story.name_of)
        route_gates.register(gates.missing)
        moves.register(gates.papers_open)
        daily.register("documents", reminders.remind)
