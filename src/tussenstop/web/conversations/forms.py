"""What is asked about conversations."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.conversations.actions.people import is_team
from tussenstop.conversations.actions.points import NewPoint
from tussenstop.conversations.actions.talking import Noted
from tussenstop.conversations.names import kinds
from tussenstop.conversations.rules import MEDIATION, OTHERS, UNPLANNED
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm
from tussenstop.web.stops.forms import Text


def key_of(key: UUID) -> UUID:
    """A second id out of one form, the same each time it is sent."""
    return uuid5(key, "point")


def kind_choices(*, mediates: bool, planned: bool = False) -> list[tuple[str, str]]:
    """Every kind by name, the unplanned talk first (which nobody plans); mediation for who
    mediates."""
    left_out = {UNPLANNED} if planned else set()
    left_out |= set() if mediates else {MEDIATION}
    found = [(key, str(kind.name)) for key, kind in kinds().items() if key not in left_out]
    return sorted(found, key=lambda one: one[0] != UNPLANNED)


def others_field(label: Any) -> forms.CharField:
    """Colleagues who are not on the route: in words, nobody by name."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=OTHERS,
        help_text=gettext_lazy("Colleagues in a few words, without names: the morning shift."),
    )


class TalkForm(forms.Form):
    """What a talk was, when and with whom."""

    who = forms.MultipleChoiceField(
        label=gettext_lazy("With whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("With whom did you talk?")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What was it?"), widget=forms.RadioSelect, initial=UNPLANNED
    )
    day = day_field(gettext_lazy("When?"))
    others = others_field(gettext_lazy("Who else was there?"))
    closed = forms.BooleanField(
        label=gettext_lazy("Only who was there may read this"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        others: Sequence[Any],
        mediates: bool,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        people = [(str(part.person_id), part.person.name) for part in others]
        self.fields["who"].choices = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = kind_choices(mediates=mediates)  # type: ignore[attr-defined]
        if data and is_team(data.get("kind", ""), data.get("others", "")):
            self.fields["who"].required = False

    @property
    def noted(self) -> Noted:
        found = self.cleaned_data
        return Noted(
            kind=found["kind"],
            day=found["day"],
            who={UUID(pk) for pk in found["who"]},
            words=found.get("words", ""),
            others=found["others"],
            closed=found["closed"],
            another="another" in self.data,
        )


class NoteForm(KeyForm, TalkForm):
    """We just talked: everything but the words is filled in already."""

    words = Text(label=gettext_lazy("A few words"), required=False, rows=4)
    point = forms.CharField(
        label=gettext_lazy("What will one of you do?"), required=False, max_length=300
    )
    owner = forms.ChoiceField(label=gettext_lazy("Who?"), required=False)
    due = day_field(gettext_lazy("By when?"), required=False)

    def __init__(self, data: Any = None, *, others: Sequence[Any], me: Any, **more: Any) -> None:
        super().__init__(data, others=others, **more)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (str(me.pk), _("I")),
            *((str(part.person_id), part.person.first_name) for part in others),
        ]

    @property
    def new_point(self) -> NewPoint | None:
        """The action point that was typed along; its key follows from that of the form."""
        found = self.cleaned_data
        if not found["point"]:
            return None
        return NewPoint(
            key=key_of(found["key"]),
            text=found["point"],
            owner=UUID(found["owner"]),
            due=found["due"],
        )


class WordsForm(VersionForm):
    text = Text(label=gettext_lazy("In your own words"), required=False, rows=6)
    differs = forms.BooleanField(label=gettext_lazy("I saw it differently"), required=False)


class PointForm(KeyForm):
    text = forms.CharField(label=gettext_lazy("What will one of you do?"), max_length=300)
    owner = forms.ChoiceField(label=gettext_lazy("Who?"))
    due = day_field(gettext_lazy("By when?"), required=False)

    def __init__(self, data: Any = None, *, attendees: Sequence[Any], me: Any) -> None:
        super().__init__(data, initial={"owner": str(me.pk)}, auto_id="point_%s")
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (str(one.person_id), _("I") if one.person_id == me.pk else one.person.first_name)
            for one in attendees
        ]
