"""Forms about calendars of a route."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.people.rules import Weekday
from tussenstop.planning.actions.searching import Wanted
from tussenstop.planning.rules import DayPart, Strength
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm

MOMENTS = [
    (f"{day.value}-{part.value}", f"{day.value}-{part.value}")
    for day in Weekday
    for part in DayPart
]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def _hour(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


def _number(
    label: Any, most: int, *, least: int = 0, help_text: Any = "", required: bool = True
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=help_text, required=required
    )


class TermsForm(VersionForm):
    """What a student asks of their weeks."""

    from_on = _day(_("From which day?"))
    until_on = _day(_("Until which day?"))
    workplace_hours = _number(
        _("How many hours at the workplace?"), 2000, help_text=_("In all those weeks together.")
    )
    study_hours = _number(
        _("How many hours of studying at home?"),
        2000,
        help_text=_("In all. Nobody but you sees when you study."),
    )
    talks = _number(
        _("How many conversations with your mentor?"),
        45,
        help_text=_("Spread evenly, on days when your mentor is there for an hour at least."),
    )
    travel_minutes = _number(_("How many minutes are you on the way to the workplace?"), 240)
    week_most = _number(
        _("How many hours a week at most, everything together?"),
        120,
        least=1,
        required=False,
        help_text=_("Your job, lessons, the workplace, studying and care. Empty: no limit."),
    )
    exam_most = _number(_("And in weeks with exams?"), 120, least=1, required=False)
    day_most = _number(_("How many hours a day at most?"), 16, least=2)
    rest = _number(
        _("How many hours of rest between two working days?"),
        16,
        help_text=_("The law asks 11 hours, with exceptions."),
    )
    least_block = _number(
        _("How many hours should a day at the workplace last at least?"), 10, least=1
    )
    most_block = _number(_("And at most?"), 12, least=1)
    free_day = forms.ChoiceField(
        label=_("One whole free day every week"), choices=Strength.choices, widget=forms.RadioSelect
    )
    free_evening = forms.ChoiceField(
        label=_("One free evening every week"), choices=Strength.choices, widget=forms.RadioSelect
    )
    holidays_free = forms.ChoiceField(
        label=_("No days at the workplace in school holidays"),
        choices=Strength.choices,
        widget=forms.RadioSelect,
    )
    liked = forms.MultipleChoiceField(choices=MOMENTS, required=False)
    disliked = forms.MultipleChoiceField(choices=MOMENTS, required=False)

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The fields above the table of moments, under their headings."""
        parts = [
            (
                _("Which weeks, and how many hours"),
                "from_on until_on workplace_hours study_hours talks travel_minutes",
            ),
            (
                _("How heavy it may get"),
                "week_most exam_most day_most rest least_block most_block",
            ),
            (_("What stays free"), "free_day free_evening holidays_free"),
        ]
        return [(title, [self[name] for name in names.split()]) for title, names in parts]

    def moments(self) -> list[dict[str, Any]]:
        """For the table: every weekday with its parts, and what was chosen."""
        likes = set(self["liked"].value() or [])
        dislikes = set(self["disliked"].value() or [])
        return [
            {
                "day": day.label,
                "parts": [
                    {
                        "code": code,
                        "label": part.label,
                        "liked": code in likes,
                        "disliked": code in dislikes,
                    }
                    for part in DayPart
                    for code in [f"{day.value}-{part.value}"]
                ],
            }
            for day in Weekday
        ]

    @property
    def wanted(self) -> Wanted:
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("free_day", "free_evening", "holidays_free"):
            data[name] = Strength(data[name])
        return Wanted(**data)


class MoveForm(KeyForm):
    """Another day, or left out."""

    new_day = forms.DateField(
        label=_("Which day instead?"),
        required=False,
        help_text=_("Leave it empty to leave this day out."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts_at = _hour(_("From"))
    ends_at = _hour(_("Until"))
    why = forms.CharField(label=_("Why, in a few words"), required=False, max_length=200)


class AnswerForm(VersionForm):
    word = forms.CharField(
        label=_("What would suit better?"),
        required=False,
        max_length=400,
        help_text=_("Only needed when you would rather see another calendar."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
