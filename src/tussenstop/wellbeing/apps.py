from django.apps import AppConfig


class WellbeingConfig(AppConfig):
    name = "tussenstop.wellbeing"

    def ready(self) -> None:
        from tussenstop.core import daily, sealed  # noqa: PLC0415 - tables must be loaded first
        from tussenstop.wellbeing import aggregate  # noqa: PLC0415
        from tussenstop.wellbeing.actions import own  # noqa: PLC0415

        daily.register("wellbeing", own.forget_old)
        daily.register("wellbeing quarters", aggregate.close_quarter)
        daily.register("sealed values", sealed.reseal_daily)
