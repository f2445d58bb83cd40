"""Giving somebody a role for a period."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.people.rules import Role
from tussenstop.web.partnership.forms.base import KeyForm
from tussenstop.web.partnership.forms.places import InvitedForm


def _day(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def beginning_of(day: date) -> datetime:
    """The first moment of a day where the installation stands."""
    return timezone.make_aware(datetime.combine(day, time.min))


class RoleForm(InvitedForm, KeyForm):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    workplace = forms.ChoiceField(label=_("Workplace"), required=False)
    since = _day(_("From"), _("Leave empty for today."))
    until = _day(_("Up to and including"), _("Leave empty when the end is not known."))
    field_order = ("email", "person_name", "language", "role", "workplace", "since", "until")

    def __init__(
        self, *args: Any, roles: Iterable[Role], workplaces: Iterable[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        roles = list(roles)
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]
        self.fields["person_name"].help_text = _(
            "Somebody who is known here already keeps their own name and language."
        )
        self.workplaces = {str(place.pk): place for place in workplaces}
        if self.workplaces:
            self.fields["workplace"].choices = [  # type: ignore[attr-defined]
                ("", _("no workplace in particular")),
                *((key, place.name) for key, place in self.workplaces.items()),
            ]
        else:
            del self.fields["workplace"]
        if len(roles) == 1:
            self.fields["role"].widget = forms.HiddenInput()
            self.fields["role"].initial = roles[0].value

    def values(self, *, today: date) -> dict[str, Any]:
        """What the action wants: a day becomes a moment."""
        data = self.cleaned_data
        since, until = data["since"], data["until"]
        return {
            "role": Role(data["role"]),
            "workplace": self.workplaces.get(data.get("workplace", "")),
            "since": beginning_of(since) if since and since != today else None,
            "until": beginning_of(until + timedelta(days=1)) if until else None,
        }
