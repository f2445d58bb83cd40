from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "tussenstop.push"

    def ready(self) -> None:
        from tussenstop.core import daily, often  # noqa: PLC0415 - needs tables
        from tussenstop.messages import desk  # noqa: PLC0415
        from tussenstop.push import arriving, sending, tidying  # noqa: PLC0415

        desk.when_noticed(arriving.noticed)
        often.register("push", sending.sweep)
        daily.register("push", tidying.tidy)
