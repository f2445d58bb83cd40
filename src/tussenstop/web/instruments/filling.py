"""The form of a questionnaire: the same for who fills it in and for who looks how that will be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.instruments.rules import Wording
from tussenstop.web.partnership.forms.base import KeyForm, for_oneself

WORD = 40


class FillInForm(KeyForm):
    """Every sentence with the same answers, and a word of one's own that is no part of it."""

    word = forms.CharField(
        label=_("One word of your own"),
        required=False,
        max_length=WORD,
        widget=for_oneself(),
        help_text=_("Not part of the questionnaire."),
    )

    def __init__(self, *args: Any, wording: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(enumerate(wording.labels, start=1))
        self.sentence_names = [f"q{number}" for number in range(1, len(wording.items) + 1)]
        for name, item in zip(self.sentence_names, wording.items, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=item,
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what fits best.")},
            )
        self.order_fields(["key", *self.sentence_names, "word"])

    def sentences(self) -> list[forms.BoundField]:
        return [self[name] for name in self.sentence_names]

    @property
    def answers(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.sentence_names]
