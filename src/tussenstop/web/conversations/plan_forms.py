"""What is asked to plan a conversation: with whom, and which moments."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from tussenstop.conversations.actions.people import NOT_THREE
from tussenstop.conversations.rules import (
    LENGTHS,
    MOST_SLOTS,
    USUAL_MINUTES,
    is_short_of_partners,
)
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.components import role_name
from tussenstop.web.conversations.forms import kind_choices, others_field
from tussenstop.web.partnership.forms.base import KeyForm

ROWS = 3


def length_choices() -> list[tuple[int, Any]]:
    return [
        (n, ngettext_lazy("%(count)s minute", "%(count)s minutes", n) % {"count": n})
        for n in LENGTHS
    ]


class PlanForm(forms.Form):
    """With whom, what kind, how long: enough to look into the calendars."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind?"), widget=forms.RadioSelect)
    who = forms.MultipleChoiceField(
        label=gettext_lazy("With whom?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("With whom do you want to talk?")},
    )
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("How long?"), coerce=int, required=False, empty_value=None
    )

    def __init__(
        self,
        data: Any = None,
        *,
        talkers: Sequence[Any],
        me: Any,
        mediates: bool,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, initial=initial)
        self.roles = {str(part.person_id): part.role for part in talkers}
        self.me = str(me.pk)
        others = [part for part in talkers if part.person_id != me.pk]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "who": [
                (str(part.person_id), f"{part.person.name} ({role_name(part.role)})")
                for part in others
            ],
            "kind": list(kind_choices(mediates=mediates, planned=True)),
            "minutes": [("", gettext_lazy("as long as usual")), *length_choices()],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        chosen = found.get("who", [])
        there = {role for pk, role in self.roles.items() if pk in chosen or pk == self.me}
        if chosen and is_short_of_partners(found.get("kind", ""), there, self.roles.values()):
            self.add_error("who", NOT_THREE)
        return found

    @property
    def length(self) -> int:
        """In minutes: as chosen, or as usual for the kind."""
        usual = USUAL_MINUTES.get(self.cleaned_data["kind"], 30)
        return int(self.cleaned_data["minutes"] or usual)

    @property
    def people(self) -> set[UUID]:
        return {UUID(pk) for pk in self.cleaned_data["who"]}


def in_words(moment: datetime) -> str:
    """A moment as people say it."""
    return capfirst(formats.date_format(timezone.localtime(moment), "l j F, H:i"))


def _read(text: str) -> datetime | None:
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return found if timezone.is_aware(found) else None
    return None


class MomentsField(forms.MultipleChoiceField):
    """At least one moment is needed, and those typed by hand count too: the form looks at both."""

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


class MomentsFields(forms.Form):
    """Moments that were found, and moments typed by hand."""

    moments = MomentsField(
        label=gettext_lazy("Which moments do you propose?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        found: Sequence[datetime],
        initial: dict[str, Any] | None = None,
    ) -> None:
        chosen = [one.isoformat() for one in found[:ROWS]]
        super().__init__(data, initial={"moments": chosen, **(initial or {})})
        # What was on the screen stays a choice, also when calendars changed meanwhile.
        sent = [one for text in (data.getlist("moments") if data else []) if (one := _read(text))]
        offered = sorted({one.isoformat(): one for one in [*found, *sent]}.values())
        self.fields["moments"].choices = [  # type: ignore[attr-defined]
            (one.isoformat(), in_words(one)) for one in offered
        ]
        for number in range(1, ROWS + 1):
            self.fields[f"day_{number}"] = day_field(gettext_lazy("Day"), required=False)
            self.fields[f"hour_{number}"] = forms.TimeField(
                label=gettext_lazy("Hour"),
                required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"day_{n}"], self[f"hour_{n}"]) for n in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for number in range(1, ROWS + 1):
            day, hour = found.get(f"day_{number}"), found.get(f"hour_{number}")
            if day and hour is None and f"hour_{number}" not in self.errors:
                self.add_error(f"hour_{number}", _("Choose an hour."))
            if hour and day is None and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Choose a day."))
        if not self.errors and not self.starts:
            self.add_error("moments", _("Propose at least one moment."))
        if not self.errors and len(self.starts) > MOST_SLOTS:
            text = _("At most %(count)s moments: choosing among fewer is easier.")
            self.add_error("moments", text % {"count": MOST_SLOTS})
        return found

    @property
    def starts(self) -> list[datetime]:
        found = self.cleaned_data
        chosen = [one for text in found.get("moments", []) if (one := _read(text))]
        for number in range(1, ROWS + 1):
            day, hour = found.get(f"day_{number}"), found.get(f"hour_{number}")
            if day and hour is not None:
                chosen.append(timezone.make_aware(datetime.combine(day, hour)))
        return sorted(set(chosen))


class InviteForm(MomentsFields, KeyForm):
    """The moments, and where and about what."""

    place = forms.CharField(
        label=gettext_lazy("Where"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("A room, an address, or how you call each other."),
    )
    about = forms.CharField(label=gettext_lazy("What is it about?"), required=False, max_length=200)
    others = others_field(gettext_lazy("Who else will be there?"))
    closed = forms.BooleanField(
        label=gettext_lazy("Only who takes part may know of this"), required=False
    )


class OtherMomentsForm(MomentsFields):
    """Other moments, in place of those on the table."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def look_at(self, seen: str) -> None:
        """Sent again, the form is about what is on the table by now: the page shows it."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = seen
        self.data = data


def read_ids(text: str) -> list[UUID]:
    """The ids in a hidden field; what is none is left out, and then nothing matches."""
    found = []
    for one in text.split()[:20]:
        with suppress(ValueError):
            found.append(UUID(one))
    return found
