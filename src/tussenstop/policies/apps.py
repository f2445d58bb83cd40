from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "tussenstop.policies"

    def ready(self) -> None:
        from tussenstop.core import audit  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.policies import story  # noqa: PLC0415

        audit.tell(story.SENTENCES)
