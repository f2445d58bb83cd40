"""Forms of an institution's questionnaires."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.instruments.rules import (
    INTRODUCTION,
    ITEM,
    LABEL,
    LANGUAGES,
    LINE,
    MOST_ITEMS,
    MOST_LABELS,
    NAME,
    Held,
    Right,
    Text,
    Wording,
)
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm, Lines, VersionForm, text_area

IN = {"nl": _("Dutch"), "en": _("English")}
PARTS = ("name", "introduction", "items", "labels")


class TextForm(KeyForm, VersionForm):
    """The exact text in one language or both, and whose it is."""

    name_nl = forms.CharField(label=_("Name in Dutch"), max_length=NAME, required=False)
    introduction_nl = forms.CharField(
        label=_("Introduction in Dutch"),
        max_length=INTRODUCTION,
        required=False,
        widget=text_area(3),
    )
    items_nl = Lines(
        label=_("Sentences in Dutch, one a line"), each=ITEM, most=MOST_ITEMS, required=False
    )
    labels_nl = Lines(
        label=_("Answers in Dutch, one a line, in their order"),
        each=LABEL,
        most=MOST_LABELS,
        required=False,
        help_text=_("Two to seven, the same for every sentence. No numbers: nobody gets a score."),
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=NAME, required=False)
    introduction_en = forms.CharField(
        label=_("Introduction in English"),
        max_length=INTRODUCTION,
        required=False,
        widget=text_area(3),
    )
    items_en = Lines(
        label=_("Sentences in English, one a line"), each=ITEM, most=MOST_ITEMS, required=False
    )
    labels_en = Lines(
        label=_("Answers in English, one a line, in their order"),
        each=LABEL,
        most=MOST_LABELS,
        required=False,
    )
    rights_holder = forms.CharField(
        label=_("Whose is it?"),
        max_length=LINE,
        help_text=_("Who wrote it or owns the rights; your own school, if you wrote it."),
    )
    licence = forms.CharField(
        label=_("What does the licence say?"),
        max_length=1000,
        widget=text_area(2),
        help_text=_("Its name, or the words that allow you to use it."),
    )
    licence_url = forms.URLField(
        label=_("Where can one read the licence?"),
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    attribution = forms.CharField(
        label=_("What must stand with it?"),
        required=False,
        max_length=500,
        widget=text_area(2),
        help_text=_("The line that the licence asks for. Empty: whose it is, and the licence."),
    )

    def __init__(self, data: Any = None, *, row: Any = None) -> None:
        initial = initial_of(row) if row else {"version": 0}
        super().__init__(data, initial=initial)

    def languages(self) -> list[tuple[str, Any, list[forms.BoundField], bool]]:
        """Each language with its fields, and whether something stands in them."""
        found = []
        for code in LANGUAGES:
            bounds = [self[f"{part}_{code}"] for part in PARTS]
            filled = any(bound.value() or bound.errors for bound in bounds)
            found.append((code, IN[code], bounds, filled))
        return found

    def values(self) -> Text:
        data = self.cleaned_data
        return Text(
            wordings=tuple(
                Wording(code, *(data[f"{part}_{code}"] for part in PARTS)) for code in LANGUAGES
            ),
            rights_holder=data["rights_holder"],
            licence=data["licence"],
            licence_url=data["licence_url"],
            attribution=data["attribution"],
        )


def initial_of(row: Any) -> dict[str, Any]:
    """What the form begins with, and compares with when somebody else was first."""
    columns = ("rights_holder", "licence", "licence_url", "attribution", "version")
    found = {name: getattr(row, name) for name in columns}
    for one in row.wordings:
        found |= {f"{part}_{one.language}": getattr(one, part) for part in PARTS}
    return found


class UseForm(VersionForm):
    """By what right, for how long; and the word of who puts it in use."""

    how = forms.ChoiceField(
        label=_("How do you hold the right?"), choices=Right.choices, widget=forms.RadioSelect
    )
    held_by = forms.CharField(
        label=_("Who of you holds it?"),
        max_length=LINE,
        help_text=_("A service or a name, so that one knows whom to ask later."),
    )
    note = forms.CharField(
        label=_("What should one know about it?"),
        required=False,
        max_length=1000,
        widget=text_area(2),
        help_text=_(
            "For instance where the letter is kept. Only who keeps questionnaires reads it."
        ),
    )
    valid_from = day_field(_("From which day on may you use it?"))
    valid_until = day_field(
        _("Until which day?"),
        required=False,
        help_text=_("After that day nobody can fill it in any more. Empty: no last day."),
    )
    confirmed = forms.BooleanField(
        error_messages={"required": _("Only when you hold the right, and say so.")}
    )

    def __init__(self, data: Any = None, *, row: Any, today: Any, promise: str) -> None:
        initial = {
            "version": row.version,
            "how": row.right_how,
            "held_by": row.right_held_by,
            "note": row.right_note,
            "valid_from": today,
        }
        super().__init__(data, initial=initial)
        self.fields["confirmed"].label = promise

    def values(self) -> Held:
        data = self.cleaned_data
        return Held(
            how=data["how"],
            held_by=data["held_by"],
            note=data["note"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )
