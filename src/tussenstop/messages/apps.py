from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "tussenstop.messages"
    label = "notices"  # Django's own messages have the other name

    def ready(self) -> None:
        from tussenstop.core import daily, letters, mail_addresses, often  # noqa: PLC0415 - needs tables
        from tussenstop.messages import delivery, desk, digests, tidying  # noqa: PLC0415

        letters.hand_to(desk.receive)
        mail_addresses.when_unreachable(delivery.tell_unreachable)
        daily.register("messages", tidying.tidy)
        often.register("digests", digests.write_what_is_due)
