"""Forms of one's own calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.calendars.actions import Entry
from tussenstop.calendars.rules import Kind, Repeat
from tussenstop.people.rules import Weekday
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _hour(label: Any, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class EntryFields(forms.Form):
    """What fills the days: once, or every so many weeks."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices)
    title = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=120,
        help_text=_("Only you read this."),
    )
    first_on = day_field(_("On which day, or from which day on?"))
    starts_at = _hour(_("From"), _("Leave the hours open for a whole day."))
    ends_at = _hour(_("Until"), _("Earlier than the beginning is on the next day: a night shift."))
    last_on = day_field(_("Last day, if it takes several whole days"), required=False)
    every_weeks = forms.TypedChoiceField(
        label=_("Does it come back?"), choices=Repeat.choices, coerce=int, initial=Repeat.ONCE
    )
    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only when it comes back. None chosen: the day on which it begins."),
    )
    until = day_field(_("Until which day does it come back?"), required=False)
    movable = forms.BooleanField(label=_("This can move if need be"), required=False)

    @property
    def entry(self) -> Entry:
        data = self.cleaned_data
        return Entry(
            kind=Kind(data["kind"]),
            title=data["title"],
            movable=data["movable"],
            first_on=data["first_on"],
            last_on=data["last_on"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            every_weeks=Repeat(data["every_weeks"]),
            days=data["days"],
            until=data["until"],
        )


class AddForm(KeyForm, EntryFields):
    pass


class ChangeForm(VersionForm, EntryFields):
    pass


class MoveForm(forms.Form):
    """One day otherwise."""

    new_day = day_field(_("Which day instead?"))
    starts_at = _hour(_("From"))
    ends_at = _hour(_("Until"))


class LimitForm(forms.Form):
    hours = forms.IntegerField(
        label=_("How many hours a week at most, all together?"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Work, lessons, learning, studying, care. Yours alone: nobody else sees it."),
    )
