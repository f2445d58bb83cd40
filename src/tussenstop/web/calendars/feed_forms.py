"""Forms that bring much into a calendar at once: calendars from elsewhere, a whole week."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.calendars.actions import TypedWeek
from tussenstop.calendars.rules import Kind
from tussenstop.calendars.typing import stretches
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm


def _kind() -> forms.ChoiceField:
    choose = ("", gettext_lazy("Choose…"))
    return forms.ChoiceField(
        label=gettext_lazy("What stands in it?"), choices=[choose, *Kind.choices]
    )


def _whole_days() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("A whole day in this calendar is a day that I am not available"),
        required=False,
        help_text=gettext_lazy("Leave this open for birthdays and the like."),
    )


def _name(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("How do you call it?"),
        required=required,
        max_length=80,
        help_text=gettext_lazy("For instance: timetable, the shop, family."),
    )


def _file() -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("A calendar file; its name ends in .ics. At most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )


class FollowForm(KeyForm):
    """A calendar behind an address."""

    address = forms.CharField(
        label=gettext_lazy("The address of the calendar"),
        max_length=2000,
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        ),
        help_text=gettext_lazy("It begins with https:// or webcal:// and often ends in .ics."),
    )
    name = _name(required=True)
    kind = _kind()
    whole_days = _whole_days()


class FileForm(KeyForm):
    """A calendar out of a file."""

    file = _file()
    name = _name(required=True)
    kind = _kind()
    whole_days = _whole_days()


class ReplaceForm(forms.Form):
    file = _file()


class FeedForm(VersionForm):
    name = _name(required=True)
    kind = _kind()
    whole_days = _whole_days()


class DayHours(forms.CharField):
    """The hours of one day, as one types them."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=60,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return stretches(text)
        except ValueError:
            raise forms.ValidationError(
                _("We don't understand “%(text)s”. Type for instance 9-12:30 13-17.")
                % {"text": text}
            ) from None


class WeekForm(KeyForm):
    """A week, or up to four that take turns."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Kind.choices)
    title = forms.CharField(
        label=gettext_lazy("In your words"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Only you read this."),
    )
    first_on = day_field(gettext_lazy("From which day on?"))
    until = day_field(gettext_lazy("Until which day?"), required=False)
    movable = forms.BooleanField(label=gettext_lazy("This can move if need be"), required=False)

    def __init__(self, *args: Any, weeks: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weeks = weeks
        for week in range(weeks):
            for day, name in WEEKDAYS.items():
                self.fields[f"w{week}d{day}"] = DayHours(capfirst(name))

    def week_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """A heading for each week, and its seven days."""
        names = (
            [""]
            if self.weeks == 1
            else [_("First week"), _("Second week"), _("Third week"), _("Fourth week")]
        )
        return [
            (names[week], [self[f"w{week}d{day}"] for day in WEEKDAYS])
            for week in range(self.weeks)
        ]

    @property
    def typed(self) -> TypedWeek:
        data = self.cleaned_data
        return TypedWeek(
            kind=Kind(data["kind"]),
            title=data["title"],
            movable=data["movable"],
            first_on=data["first_on"],
            until=data["until"],
            weeks=[[data[f"w{week}d{day}"] for day in WEEKDAYS] for week in range(self.weeks)],
        )
