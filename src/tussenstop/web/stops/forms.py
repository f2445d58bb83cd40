"""What is asked on the pages of a stop."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tussenstop.access.rules import RouteRole
from tussenstop.core.ids import uuid7
from tussenstop.routes.preparation_queries import Question

LENGTHS = (15, 30, 45, 60, 90, 120, 180)
FREE = "free"  # where one writes what no question asks


def one_line(value: str) -> str:
    return " ".join(value.split())


class Text(forms.CharField):
    """Some lines of text: one kind of line end, so that two versions can be compared."""

    def __init__(self, *, rows: int = 10, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": rows}), max_length=8000, strip=True, **kwargs
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class PointForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    text = forms.CharField(
        label=_("What do you want to talk about?"),
        max_length=300,
        error_messages={"required": _("Write what you want to talk about.")},
    )


class ItemForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    text = forms.CharField(
        label=_("What else must be in order?"),
        max_length=300,
        error_messages={"required": _("Write what must be in order.")},
    )
    who = forms.ChoiceField(label=_("Who sees to it?"), required=False)

    def __init__(self, data: Any = None, *, roles: Sequence[str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            ("", _("all of us")),
            *((role, RouteRole(role).label) for role in roles),
        ]


class WordForm(forms.Form):
    """The answer to a proposed date."""

    suits = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
    )
    word = forms.CharField(max_length=300, required=False)


class DateForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
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
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int)
    place = forms.CharField(
        label=_("Where"),
        required=False,
        max_length=200,
        help_text=_("A room, an address, or how you call each other."),
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any], **more: Any) -> None:
        super().__init__(data, initial=dict(initial), **more)
        lengths = sorted({*LENGTHS, int(initial["minutes"])})
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (n, ngettext_lazy("%(count)s minute", "%(count)s minutes", n) % {"count": n})
            for n in lengths
        ]

    @property
    def starts_at(self) -> datetime:
        """Day and hour where the installation stands."""
        found = self.cleaned_data
        return timezone.make_aware(datetime.combine(found["day"], found["hour"]))


class SharedTextForm(forms.Form):
    """A text that several people write; `version` is what the writer had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = Text(required=False)


class PrepareForm(forms.Form):
    """A field for each question, and free space."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[Question],
        answers: Mapping[str, str],
        **more: Any,
    ) -> None:
        initial = {**{f"q_{key}": text for key, text in answers.items()}, **more.pop("initial", {})}
        super().__init__(data, initial=initial, **more)
        for question in questions:
            self.fields[f"q_{question.key}"] = Text(label=question.text, required=False, rows=3)
        label = _("What else you want to remember") if questions else _("Your notes")
        self.fields[f"q_{FREE}"] = Text(label=label, required=False, rows=4)

    @property
    def answers(self) -> dict[str, str]:
        """What was written, by the key of its question."""
        return {
            name.removeprefix("q_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("q_")
        }
