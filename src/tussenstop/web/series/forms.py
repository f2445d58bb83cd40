"""What is asked of a series of conversations."""

from collections.abc import Sequence
from datetime import time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tussenstop.people.rules import Weekday
from tussenstop.series.actions import Wanted
from tussenstop.series.rules import MOST_ROOMS, Where
from tussenstop.web.partnership.forms.base import KeyForm
from tussenstop.web.stops.forms import LENGTHS

BETWEEN = (0, 5, 10, 15, 30)


def _minutes(numbers: Sequence[int]) -> list[tuple[int, Any]]:
    return [
        (one, ngettext_lazy("%(count)s minute", "%(count)s minutes", one) % {"count": one})
        for one in numbers
    ]


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, widget=widget, error_messages={"required": _("Choose a day.")}
    )


def _hour(label: Any, initial: time) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, initial=initial)


class SeriesForm(KeyForm):
    """Which conversations, in which days and hours, and where."""

    kind = forms.ChoiceField(label=_("For which conversation?"))
    programme = forms.ChoiceField(label=_("For which programme?"), required=False)
    from_on = _day(_("From which day?"))
    until_on = _day(_("Until which day?"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=Weekday.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        initial=[1, 2, 3, 4, 5],
        error_messages={"required": _("Tick at least one day.")},
    )
    starts_at = _hour(_("From what time?"), time(9))
    ends_at = _hour(_("Until what time?"), time(17))
    minutes = forms.TypedChoiceField(
        label=_("How long does a conversation last?"), choices=_minutes(LENGTHS), coerce=int
    )
    between = forms.TypedChoiceField(
        label=_("How long between two conversations?"), choices=_minutes(BETWEEN), coerce=int
    )
    where = forms.ChoiceField(
        label=_("Where?"), choices=Where.choices, widget=forms.RadioSelect, initial=Where.WORKPLACE
    )
    place = forms.CharField(
        label=_("Which place do people read in their invitation?"),
        max_length=200,
        required=False,
        help_text=_("A room, an address, a link. Empty: you agree on it yourselves."),
    )
    rooms = forms.IntegerField(
        label=_("How many conversations can be held at the same time?"),
        min_value=1,
        max_value=MOST_ROOMS,
        initial=1,
        help_text=_("With as many rooms, for instance. Nobody ever has two at once."),
    )
    holidays_free = forms.BooleanField(
        label=_("Not in school holidays"), required=False, initial=True
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kinds: Sequence[tuple[str, str]],
        programmes: Sequence[tuple[UUID, str]],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            ("", _("all of mine")),
            *((str(pk), name) for pk, name in programmes),
        ]
        if len(programmes) < 2:
            del self.fields["programme"]

    def wanted(self) -> Wanted:
        found = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        chosen = found.pop("programme", "")
        found["programme_id"] = UUID(chosen) if chosen else None
        found["place"] = found["place"].strip()
        found["where"] = Where(found["where"])
        return Wanted(**found)
