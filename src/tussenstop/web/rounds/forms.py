"""Forms of rounds: their days, the seats of a place, an answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.rounds.actions.opening import Plan
from tussenstop.rounds.rules import Requirement
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class RoundFields(forms.Form):
    name = forms.CharField(
        label=_("What is this round called?"),
        max_length=120,
        help_text=_("For instance: workplaces from February."),
    )
    programmes = forms.MultipleChoiceField(
        label=_("For which programmes?"), widget=forms.CheckboxSelectMultiple
    )
    starts_on = _day(_("First day at the workplace"), _("Places in this period take part."))
    ends_on = _day(_("Last day at the workplace"))
    wishes_until = _day(_("Students choose up to and including"))
    preferences_until = _day(
        _("Organisations say what they prefer up to and including"),
        _("At least as long as the students; a week more gives them time to meet."),
    )
    result_on = _day(_("The result comes on"), _("You publish it yourself, on or around this day."))
    requirements = forms.MultipleChoiceField(
        label=_("What keeps a student from a place?"),
        choices=Requirement.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "From what students told themselves. Only they read why a wish does not count. "
            "Programme and period always count."
        ),
    )

    def __init__(self, *args: Any, programmes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._programmes = {str(one.pk): one for one in programmes}
        self.fields["programmes"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self._programmes.items()
        ]

    @property
    def plan(self) -> Plan:
        data = self.cleaned_data
        return Plan(
            name=data["name"],
            programmes=[self._programmes[key] for key in data["programmes"]],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            wishes_until=data["wishes_until"],
            preferences_until=data["preferences_until"],
            result_on=data["result_on"],
            requirements=data["requirements"],
        )


class OpenForm(KeyForm, RoundFields):
    pass


class ChangeForm(VersionForm, RoundFields):
    pass


class PlaceForm(forms.Form):
    """What one place gives in a round, and its organisation over all its places."""

    takes_part = forms.BooleanField(label=_("This place takes part"), required=False)
    seats = forms.IntegerField(label=_("Seats in this round"), min_value=0, max_value=500)
    lowest = forms.IntegerField(
        label=_("Only if there are at least"),
        min_value=0,
        max_value=500,
        help_text=_("0 when one student alone is welcome too."),
    )
    most = forms.IntegerField(
        label=_("At most so many students in the whole organisation"),
        required=False,
        min_value=0,
        max_value=5000,
        help_text=_("Over all its places in this round together. Empty: no limit."),
    )
