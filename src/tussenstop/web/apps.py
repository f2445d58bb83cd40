from django import forms
from django.apps import AppConfig
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class WebConfig(AppConfig):
    name = "tussenstop.web"

    def ready(self) -> None:
        # Every form says what is missing or does not fit in the same friendly words.
        forms.Field.default_error_messages["required"] = _("Please fill this in.")
        for field in (forms.ChoiceField, forms.ModelChoiceField, forms.ModelMultipleChoiceField):
            field.default_error_messages["invalid_choice"] = _("Choose one of these.")
        validators.MinValueValidator.message = _("At least %(limit_value)s, please.")
        validators.MaxValueValidator.message = _("At most %(limit_value)s, please.")
        validators.MaxLengthValidator.message = ngettext_lazy(
            "A little shorter, please: at most %(limit_value)d character (now %(show_value)d).",
            "A little shorter, please: at most %(limit_value)d characters (now %(show_value)d).",
            "limit_value",
        )
