from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "tussenstop.web"

    def ready(self) -> None:
        # Every form asks for what is missing in the same friendly words.
        forms.Field.default_error_messages["required"] = _("Please fill this in.")
