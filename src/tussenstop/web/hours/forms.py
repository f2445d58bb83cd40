"""Forms of hours."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.hours.actions import Hours
from tussenstop.hours.rules import LONGEST_PAUSE
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class HoursFields(forms.Form):
    """A day, from when until when, and a word."""

    day = day_field(_("Day"))
    starts_at = _time(_("From"))
    ends_at = _time(_("Until"))
    pause = forms.IntegerField(
        label=_("Pause, in minutes"),
        required=False,
        min_value=0,
        max_value=LONGEST_PAUSE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    done = forms.CharField(
        label=_("What did you do?"),
        required=False,
        max_length=300,
        help_text=_("A few words are enough."),
    )

    @property
    def hours(self) -> Hours:
        data = self.cleaned_data
        return Hours(
            data["day"], data["starts_at"], data["ends_at"], data["pause"] or 0, data["done"]
        )


class AddForm(KeyForm, HoursFields):
    block = forms.UUIDField(required=False, widget=forms.HiddenInput)


class CorrectForm(VersionForm, HoursFields):
    pass


class SayForm(KeyForm):
    text = forms.CharField(
        label=_("Your words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
