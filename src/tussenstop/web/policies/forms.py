"""Forms of an institution's own values."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.policies.rules import day_of_year
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm

YEAR = 2026  # any: the days that are asked are the same in every school year
FIRST_MONTH = 9


class SchoolDayField(forms.CharField):
    """A day of the school year as people write it, kept as days after its first one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=12, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        day = day_of_year(YEAR, value)
        return f"{day.day}/{day.month}"

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if text in self.empty_values:
            return ""
        typed = re.fullmatch(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})", text)
        if typed is None:
            raise forms.ValidationError(_("Write the day and the month, for instance 31/10."))
        day, month = map(int, typed.groups())
        try:
            found = date(YEAR if month >= FIRST_MONTH else YEAR + 1, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                _("There is no %(day)s in the calendar.") % {"day": f"{day}/{month}"}
            ) from error
        return Decimal((found - day_of_year(YEAR, Decimal(0))).days)

    def validate(self, value: Any) -> None:
        if value in self.empty_values:
            super().validate(value)

    def run_validators(self, value: Any) -> None:
        """What was typed was checked while it was read."""


class OwnForm(KeyForm):
    """An own value of one rule."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    number: Any = forms.DecimalField(
        label=gettext_lazy("What do you reckon with?"),
        max_digits=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.25", "inputmode": "decimal"}),
    )
    valid_from = day_field(gettext_lazy("From which day on?"))
    why = forms.CharField(
        label=gettext_lazy("Why, or where does it come from?"),
        max_length=300,
        help_text=gettext_lazy("Students and colleagues read this."),
    )


class OwnDayForm(OwnForm):
    """An own day of the school year."""

    number = SchoolDayField(
        label=gettext_lazy("Which day do you reckon with?"),
        help_text=gettext_lazy("The day and the month, for instance 31/10."),
    )
