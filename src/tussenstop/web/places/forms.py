"""Forms of places: to look for one, to offer one, to show interest."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.matching.actions.places import Offer
from tussenstop.people.rules import Weekday
from tussenstop.web.partnership.forms.base import KeyForm, Lines, VersionForm, text_area

if TYPE_CHECKING:
    from tussenstop.people.models import Competence, Person, Programme

MOST_TRAVEL = (15, 30, 45, 60, 90)


def day_choices() -> list[tuple[int, Any]]:
    return [(day.value, day.label) for day in Weekday]


class FilterForm(forms.Form):
    """What a student looks for. Everything may stay open."""

    q = forms.CharField(label=_("Name, town or organisation"), required=False, max_length=80)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    travel = forms.TypedChoiceField(
        label=_("Travelling at most"), required=False, coerce=int, empty_value=None
    )
    day = forms.TypedMultipleChoiceField(
        label=_("On these days"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    culture = forms.ChoiceField(label=_("Culture"), required=False)
    competence = forms.ChoiceField(label=_("Where one learns"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        programmes: "Sequence[Programme]",
        competences: "Sequence[Competence]",
        travels: bool,
    ) -> None:
        super().__init__(data)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "programme": [(str(p.pk), p.name) for p in programmes],
            "travel": [(n, _("%(n)s minutes") % {"n": n}) for n in MOST_TRAVEL],
            "culture": [(key, str(one.name)) for key, one in pack().cultures.items()],
            "competence": [(str(c.pk), f"{c.code} {c.text}") for c in competences],
        }
        for name, some in choices.items():
            self.fields[name].choices = [("", _("no matter")), *some]  # type: ignore[attr-defined]
        self.fields["day"].choices = day_choices()  # type: ignore[attr-defined]
        if not travels:
            del self.fields["travel"]
        if not competences:
            del self.fields["competence"]

    def found(self, name: str) -> Any:
        """What was asked for; nothing when it can't be."""
        return self.cleaned_data.get(name) if self.is_valid() or self.cleaned_data else None


class PlaceFields(forms.Form):
    """What a place offers."""

    title = forms.CharField(
        label=_("What is this place called?"),
        max_length=120,
        help_text=_("For instance: learning to care in a small team."),
    )
    programmes = forms.MultipleChoiceField(
        label=_("For which programmes?"), widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    days = forms.TypedMultipleChoiceField(
        label=_("On which days can one learn here?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    hours_a_week = forms.IntegerField(
        label=_("At most how many hours a week?"), min_value=1, max_value=50
    )
    seats = forms.IntegerField(
        label=_("How many students can come?"), min_value=0, max_value=500, initial=1
    )
    seats_lowest = forms.IntegerField(
        label=_("Only if there are at least"),
        min_value=0,
        max_value=500,
        initial=0,
        help_text=_("0 when one student alone is welcome too."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages are spoken at work?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    tasks = Lines(
        label=_("What can one do here?"),
        each=200,
        most=20,
        required=False,
        help_text=_("One thing on each line, small and large."),
    )
    story = forms.CharField(
        label=_("A normal Tuesday here"),
        required=False,
        max_length=4000,
        widget=text_area(6),
        help_text=_("Tell it as you would to somebody who starts tomorrow. The messy parts too."),
    )
    requirements = forms.CharField(
        label=_("What does one need to begin?"),
        required=False,
        max_length=2000,
        widget=text_area(3),
    )
    practical = forms.CharField(
        label=_("Practical"),
        required=False,
        max_length=2000,
        widget=text_area(3),
        help_text=_("Parking, bus, clothes, lunch."),
    )
    mentors = forms.MultipleChoiceField(
        label=_("Who can be mentor?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    competences = forms.MultipleChoiceField(
        label=_("Which competences can one practise here?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        programmes: "Sequence[Programme]",
        mentors: "Sequence[Person]",
        competences: "Sequence[Competence]" = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._rows: dict[str, dict[str, Any]] = {
            "programmes": {str(p.pk): p for p in programmes},
            "mentors": {str(p.pk): p for p in mentors},
            "competences": {str(c.pk): c for c in competences},
        }
        languages = pack().starting_position["talents"].questions["languages"].options
        several = len({p.programme_id for p in competences}) > 1
        choices: dict[str, list[tuple[Any, Any]]] = {
            "programmes": [(str(p.pk), f"{p.name} ({p.institution.name})") for p in programmes],
            "mentors": [(str(p.pk), p.name) for p in mentors],
            "competences": [
                (str(c.pk), f"{c.code} {c.text}" + (f" ({c.programme.name})" if several else ""))
                for c in competences
            ],
            "languages": [(key, str(option.text)) for key, option in languages.items()],
            "days": day_choices(),
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]
        for name in ("mentors", "competences"):
            if not choices[name]:
                del self.fields[name]

    def _chosen(self, name: str) -> list[Any]:
        return [self._rows[name][key] for key in self.cleaned_data.get(name, [])]

    @property
    def offer(self) -> Offer:
        """What was filled in."""
        data = self.cleaned_data
        return Offer(
            title=data["title"],
            programmes=self._chosen("programmes"),
            competences=self._chosen("competences"),
            mentors=self._chosen("mentors"),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            days=data["days"],
            hours_a_week=data["hours_a_week"],
            seats=data["seats"],
            seats_lowest=data["seats_lowest"],
            languages=data["languages"],
            requirements=data["requirements"],
            tasks=data["tasks"],
            story=data["story"],
            practical=data["practical"],
        )


class AddPlaceForm(KeyForm, PlaceFields):
    pass


class EditPlaceForm(VersionForm, PlaceFields):
    pass


class InterestForm(forms.Form):
    """Showing a workplace that one is interested, or taking it back."""

    word = forms.CharField(
        label=_("A word to the workplace"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeetForm(forms.Form):
    """A moment to get acquainted; `seen` is the version of what it replaces."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day.")},
    )
    hour = forms.TimeField(
        label=_("Hour"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose an hour.")},
    )
    where = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=200,
        help_text=_("A room, an address, or how you call each other."),
    )
    word = forms.CharField(
        label=_("A word to go with it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def moment(self) -> dict[str, Any]:
        """What is proposed, where the installation stands."""
        data = self.cleaned_data
        return {
            "starts_at": timezone.make_aware(datetime.combine(data["day"], data["hour"])),
            "where": data["where"],
            "word": data["word"],
        }


class AnswerForm(forms.Form):
    """Saying whether it suits, or yes or no, about what one saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    word = forms.CharField(
        label=_("A kind word"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side reads it, also when it is no."),
    )
