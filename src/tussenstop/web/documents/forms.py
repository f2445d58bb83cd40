"""Forms of documents: to give one, to open a gate without, to ask for one."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.documents.rules import PROVIDERS, Gate, Proof
from tussenstop.web.partnership.forms.base import KeyForm, text_area


class GiveForm(forms.Form):
    """What shows that a document is in order: only what its kind of proof asks."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(
        label=_("The document"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
        help_text=_("A PDF or a photo. No medical papers, please."),
    )
    may_start = forms.TypedChoiceField(
        label=_("May the student start?"),
        choices=[("yes", _("yes")), ("no", _("no"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=_("On which day was this so?"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, proof: Proof, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proof != Proof.FILE:
            del self.fields["file"]
        if proof != Proof.FITNESS:
            del self.fields["may_start"]


class OpenForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Why can it start without?"),
        max_length=600,
        widget=text_area(3),
        help_text=_("Everybody who sees the documents of this route reads it."),
    )


class AskForm(KeyForm):
    """A document that a programme asks beside the built-in ones."""

    name = forms.CharField(label=_("What is it called?"), max_length=120)
    description = forms.CharField(
        label=_("What is this document for?"), max_length=600, required=False, widget=text_area(3)
    )
    provider = forms.ChoiceField(
        label=_("Who sees to it?"), choices=[(role.value, role.label) for role in PROVIDERS]
    )
    gate = forms.ChoiceField(
        label=_("When must it be in order?"), choices=Gate.choices, initial=Gate.START
    )
    proof = forms.ChoiceField(
        label=_("How does one show it?"),
        choices=[(proof.value, proof.label) for proof in Proof if proof != Proof.FITNESS],
        initial=Proof.WORD,
    )
    months = forms.IntegerField(
        label=_("For how many months does it hold?"),
        required=False,
        min_value=1,
        max_value=240,
        help_text=_("Empty when it holds for the whole route."),
    )
    contexts = forms.MultipleChoiceField(
        label=_("For whom?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked means everybody."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contexts"].choices = [  # type: ignore[attr-defined]
            (key, str(context.name)) for key, context in pack().contexts.items()
        ]
