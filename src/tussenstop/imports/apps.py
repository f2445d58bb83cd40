from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tussenstop.imports"

    def ready(self) -> None:
        from tussenstop.core import audit, daily  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.imports import forgetting, story  # noqa: PLC0415

        audit.tell(story.SENTENCES)
        daily.register("imports", forgetting.forget_old)
