"""What is asked on the pages about a route."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.access.rules import RouteRole
from tussenstop.routes.queries import RouteFilter
from tussenstop.routes.rules import State


class FilterForm(forms.Form):
    words = forms.CharField(label=_("Name or programme"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("live", _("all that are going on")), *State.choices],
    )
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    waiting = forms.BooleanField(label=_("Only where something waits"), required=False)

    def __init__(self, data: Any, *, programmes: list[tuple[UUID, str]]) -> None:
        super().__init__(data)
        self.fields["programme"].choices = [("", _("all")), *programmes]  # type: ignore[attr-defined]

    def wanted(self) -> RouteFilter:
        """The filter; what was typed wrongly in the address is passed over."""
        self.is_valid()
        found = self.cleaned_data
        programme = found.get("programme")
        return RouteFilter(
            words=found.get("words", ""),
            state=found.get("state", ""),
            programme=UUID(programme) if programme else None,
            only_waiting=bool(found.get("waiting")),
        )


class StopForm(forms.Form):
    learned = forms.CharField(
        label=_("What was learned, or why it stops here"),
        help_text=_("Without blame. Whoever starts again later will be glad with these words."),
        widget=forms.Textarea,
        max_length=4000,
    )


class PersonForm(forms.Form):
    """Somebody to ask: known here or not, they get a mail that brings them straight in."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=[("nl", "Nederlands"), ("en", "English")],
        initial="nl",
        widget=forms.RadioSelect,
    )


class InviteForm(PersonForm):
    role = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect)
    placement = forms.ChoiceField(label=_("At which workplace?"), required=False)
    is_manager = forms.BooleanField(label=_("This mentor also manages the student"), required=False)
    note = forms.CharField(
        label=_("What you agreed for a godparent"),
        required=False,
        max_length=400,
        help_text=_("For instance: eats along in the first weeks and shows where everything is."),
    )
    field_order = ("role", "name", "email", "language", "placement", "is_manager", "note")

    def __init__(
        self, data: Any, *, roles: list[RouteRole], placements: list[tuple[UUID, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]
        if placements:
            self.fields["placement"].choices = placements  # type: ignore[attr-defined]
        else:
            del self.fields["placement"]
        if RouteRole.MENTOR not in roles:
            del self.fields["is_manager"]
        if RouteRole.GODPARENT not in roles:
            del self.fields["note"]
