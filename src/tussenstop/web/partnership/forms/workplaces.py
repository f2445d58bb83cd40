"""Workplaces: where, when, what it is like, and photos."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _now_text
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.people.actions import About, Stretch
from tussenstop.people.rules import Weekday
from tussenstop.web.partnership.forms.base import KeyForm, Lines, VersionForm, text_area


class WorkplaceFields(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=160,
        help_text=_("The team or the place, as people there say it."),
    )
    street = forms.CharField(
        label=_("Street and number"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    city = forms.CharField(label=_("City"), max_length=80, required=False)
    about = forms.CharField(
        label=_("What happens here"), max_length=4000, required=False, widget=text_area()
    )
    culture_types = forms.MultipleChoiceField(
        label=_("What is the culture like?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what a new colleague would notice; more than one is fine."),
    )
    own_culture_types = Lines(
        label=_("In your own words"),
        required=False,
        each=60,
        most=8,
        help_text=_("One on each line, for instance: we laugh a lot."),
    )
    culture_story = forms.CharField(
        label=_("A normal day here"),
        max_length=4000,
        required=False,
        widget=text_area(),
        help_text=_("How does a day begin, what do people do at noon, when is it busy?"),
    )

    at_once = forms.IntegerField(
        label=_("How many students can be here at the same time?"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Calendars are planned around this. Empty: no limit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["culture_types"].choices = [  # type: ignore[attr-defined]
            (
                kind.key,
                format_html(
                    '<strong>{}</strong> <span class="meta">{}</span>',
                    str(kind.name),
                    str(kind.description),
                ),
            )
            for kind in pack().cultures.values()
        ]

    def about_it(self) -> About:
        data = self.cleaned_data
        return About(
            culture_types=tuple(data["culture_types"]),
            own_culture_types=data["own_culture_types"],
            **{
                name: data[name]
                for name in (
                    "name",
                    "street",
                    "postal_code",
                    "city",
                    "about",
                    "culture_story",
                    "at_once",
                )
            },
        )


class WorkplaceForm(WorkplaceFields, VersionForm):
    pass


class AddWorkplaceForm(WorkplaceFields, KeyForm):
    pass


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class HoursForm(VersionForm):
    """A row for each weekday, with two stretches."""

    same = forms.BooleanField(label=_("Tuesday to Friday have the hours of Monday"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in Weekday:
            for number in (1, 2):
                # The weekday is part of the label for who hears the form rather than sees it.
                where = {"day": day.label, "number": number}
                self.fields[f"opens{day.value}_{number}"] = _time(
                    _now_text("%(day)s, from (%(number)s)") % where
                )
                self.fields[f"closes{day.value}_{number}"] = _time(
                    _now_text("%(day)s, until (%(number)s)") % where
                )

    @staticmethod
    def from_stretches(hours: Iterable[Any]) -> dict[str, time]:
        """The initial values for what a workplace has now."""
        initial: dict[str, time] = {}
        for row in hours:
            number = 2 if f"opens{row.weekday}_1" in initial else 1
            initial[f"opens{row.weekday}_{number}"] = row.opens
            initial[f"closes{row.weekday}_{number}"] = row.closes
        return initial

    def days(self) -> list[dict[str, Any]]:
        """For the template: each weekday with its two pairs of fields."""
        return [
            {
                "label": day.label,
                "pairs": [
                    (self[f"opens{day.value}_{n}"], self[f"closes{day.value}_{n}"]) for n in (1, 2)
                ],
            }
            for day in Weekday
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day in Weekday:
            ends: time | None = None
            for number in (1, 2):
                first, last = f"opens{day.value}_{number}", f"closes{day.value}_{number}"
                if first in self.errors or last in self.errors:
                    continue
                opens, closes = data.get(first), data.get(last)
                if opens and not closes:
                    self.add_error(last, _now_text("Until when?"))
                elif closes and not opens:
                    self.add_error(first, _now_text("From when?"))
                elif opens and closes and closes <= opens:
                    self.add_error(last, _now_text("The end comes before the beginning."))
                elif opens and ends and opens < ends:
                    self.add_error(first, _now_text("The two stretches overlap."))
                ends = closes or ends
        return data

    def stretches(self) -> list[Stretch]:
        data = self.cleaned_data
        found = []
        for day in Weekday:
            copied = data["same"] and Weekday.MONDAY < day <= Weekday.FRIDAY
            source = Weekday.MONDAY if copied else day
            for number in (1, 2):
                opens = data.get(f"opens{source.value}_{number}")
                closes = data.get(f"closes{source.value}_{number}")
                if opens and closes:
                    found.append(Stretch(day.value, opens, closes))
        return found


class PhotoForm(KeyForm):
    file = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP. Ask the people in the picture first."),
    )
    caption = forms.CharField(
        label=_("What the photo shows"),
        max_length=200,
        help_text=_("For who can't see it, and for who was never there."),
    )
