"""Forms about training leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.leave.reckoning import Facts
from tussenstop.leave.rules import Region, Sector, What
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm


def _whole(label: Any, most: int, *, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


def _hours(label: Any, most: float, *, least: float = 0) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=least,
        max_value=most,
        max_digits=4,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )


class FactsForm(VersionForm):
    """Job and programme in one school year."""

    region = forms.ChoiceField(
        label=_("Where is the place where you work?"),
        choices=Region.choices,
        widget=forms.RadioSelect,
        help_text=_("Not where you live."),
    )
    sector = forms.ChoiceField(
        label=_("Whom do you work for?"), choices=Sector.choices, widget=forms.RadioSelect
    )
    percent = _whole(
        _("How much do you work, in percent of full time?"),
        100,
        least=1,
        help_text=_("As in your contract; several jobs together."),
    )
    week_hours = _hours(_("How many hours a week is that?"), 60, least=0.25)
    points = _whole(
        _("How many study points do you take this year?"),
        90,
        help_text=_("0 when your programme has none."),
    )
    contact_hours = _whole(
        _("And without study points: how many hours of lessons?"),
        1500,
        help_text=_("Only hours in class, not at a distance."),
    )
    number = forms.CharField(
        label=_("Number of the programme in the Flemish list"),
        required=False,
        max_length=30,
        help_text=_("It begins with ODB. Your school knows it, and it may come later."),
    )
    enrolled_on = day_field(_("On which day did you enrol?"))
    with_year = forms.BooleanField(
        label=_("The programme goes with the school year, from September or October"),
        required=False,
    )
    starts_on = day_field(_("First day of the programme"))
    ends_on = day_field(_("Last day, with exams"))
    credit = forms.BooleanField(
        label=_("I take time credit for this programme"),
        required=False,
        help_text=_("Then we also remind you of the proof of attendance of every quarter."),
    )

    def facts(self, year: int) -> Facts:
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        data["region"], data["sector"] = Region(data["region"]), Sector(data["sector"])
        return Facts(year=year, **data)


class CreditForm(KeyForm):
    """A stretch of time credit."""

    starts_on = day_field(_("First day"))
    months = forms.IntegerField(
        label=_("How many months?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("As many as on the form of your employer or the RVA, full time or in part."),
    )


class TakeForm(KeyForm):
    """Hours of leave on a day."""

    day = day_field(_("Which day?"))
    hours = _hours(_("How many hours?"), 12, least=0.25)
    what = forms.ChoiceField(label=_("What for?"), choices=What.choices)
