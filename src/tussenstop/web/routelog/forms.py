"""A word to the partners, and for whom it is meant most of all."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.routelog.rules import LONGEST
from tussenstop.web.partnership.forms.base import KeyForm, text_area


class WordForm(KeyForm):
    text = forms.CharField(label=_("Your words"), max_length=LONGEST, widget=text_area(3))
    mentions = forms.TypedMultipleChoiceField(
        label=_("For whom most of all?"),
        help_text=_("They get a mail. The others find it when they look."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, others: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {str(one.pk): one for one in others}
        field = self.fields["mentions"]
        field.choices = [(key, f"@{one.name}") for key, one in people.items()]  # type: ignore[attr-defined]
        field.coerce = lambda key: people[key].pk  # type: ignore[attr-defined]

    @property
    def may_mention(self) -> bool:
        """Whether there is somebody to choose."""
        return bool(self.fields["mentions"].choices)  # type: ignore[attr-defined]
