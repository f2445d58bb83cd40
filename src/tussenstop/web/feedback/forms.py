"""Forms of feedback."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.feedback.actions.words import Words
from tussenstop.feedback.names import offered
from tussenstop.feedback.rules import LONG, OWN_STRENGTH, POINT, SHORT
from tussenstop.web.partnership.forms.base import KeyForm, text_area


class WordsFields(forms.Form):
    """Three short fields, and what one saw in somebody; `role` is the receiver's."""

    saw = forms.CharField(
        label=_("What I saw"),
        max_length=SHORT,
        widget=text_area(2),
        help_text=_("One moment, as it was. A few words are enough."),
    )
    did = forms.CharField(
        label=_("What it did"),
        required=False,
        max_length=SHORT,
        widget=text_area(2),
        help_text=_("To you, to others, to the work."),
    )
    next_step = forms.CharField(
        label=_("What could be next"),
        max_length=LONG,
        widget=text_area(3),
        help_text=_("Something to try, to keep doing, or to do more of."),
    )
    strengths = forms.MultipleChoiceField(
        label=_("Talents you saw"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own_strength = forms.CharField(
        label=_("Another talent, in your own words"), required=False, max_length=OWN_STRENGTH
    )

    def __init__(
        self, *args: Any, role: str, competences: Iterable[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["strengths"].choices = offered(role)  # type: ignore[attr-defined]
        choices = [(str(one.pk), f"{one.code} {one.text}") for one in competences]
        if choices:
            self.fields["competences"] = forms.MultipleChoiceField(
                label=_("Competences that it is about"),
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def words(self) -> Words:
        data = self.cleaned_data
        return Words(
            saw=data["saw"],
            did=data["did"],
            next_step=data["next_step"],
            strengths=data["strengths"],
            own_strength=data["own_strength"],
            competences=[_uuid(one) for one in data.get("competences", [])],
        )

    @property
    def more_open(self) -> bool:
        """Whether something was filled in below the three fields, or is wrong there."""
        names = ("strengths", "own_strength")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def competences_open(self) -> bool:
        bound = self["competences"] if "competences" in self.fields else None
        return bool(bound and (bound.value() or bound.errors))


def _uuid(text: str) -> Any:
    return forms.UUIDField().clean(text)


class GiveForm(KeyForm, WordsFields):
    pass


class OutsideForm(KeyForm, WordsFields):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    how = forms.CharField(
        label=_("How do you know each other?"),
        max_length=200,
        help_text=_("For example: colleague of the night shift."),
    )
    field_order = ("key", "name", "how", "saw", "did", "next_step", "strengths", "own_strength")


class CorrectForm(WordsFields):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class AskForm(KeyForm):
    giver = forms.ChoiceField(label=_("Whom do you ask?"), widget=forms.RadioSelect)
    point = forms.CharField(
        label=_("What would you like to hear about?"),
        max_length=POINT,
        widget=text_area(2),
        help_text=_("One point: what you did, or what you are working on."),
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].choices = people  # type: ignore[attr-defined]
        if len(people) == 1:
            self.fields["giver"].initial = people[0][0]


class LinkForm(KeyForm):
    point = forms.CharField(
        label=_("What would you like to hear about?"),
        max_length=POINT,
        widget=text_area(2),
        help_text=_("One point: what you did, or what you are working on."),
    )
    name = forms.CharField(
        label=_("For whom is it?"),
        required=False,
        max_length=120,
        help_text=_("So that you know later which link is whose."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Fill it in and we send the link. Leave it empty and you pass it on yourself."),
    )


class ReplyForm(KeyForm):
    text = forms.CharField(
        label=_("Your words"),
        required=False,
        max_length=1000,
        widget=text_area(3),
    )
