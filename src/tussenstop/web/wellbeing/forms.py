"""Forms about how one is doing."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm, for_oneself, text_area
from tussenstop.wellbeing.rules import WORD, Answer, Rhythm, Urgency


class CheckInForm(KeyForm):
    """Five sentences and a word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, item in pack().check_in.items():
            self.fields[key] = forms.TypedChoiceField(
                label=str(item.text),
                choices=Answer.choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose what fits best.")},
            )
        self.fields["word"] = forms.CharField(
            label=_("One word for how it goes"),
            required=False,
            max_length=WORD,
            widget=for_oneself(),
        )

    @property
    def items(self) -> dict[str, int]:
        return {key: self.cleaned_data[key] for key in pack().check_in}


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("How often do you want to find the invitation on Today?"), choices=Rhythm.choices
    )


def _coach_field(coaches: Iterable[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("With whom?"),
        choices=[(str(coach.pk), coach.name) for coach in coaches],
        widget=forms.RadioSelect,
    )


class ShareForm(forms.Form):
    """With whom, and how much."""

    def __init__(self, *args: Any, coaches: Iterable[Any], one: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"] = _coach_field(coaches)
        if one:
            self.fields["how"] = forms.ChoiceField(
                label=_("What do you share?"),
                choices=[
                    ("one", _("only this one")),
                    ("on", _("this one, and whatever I fill in from now on")),
                ],
                widget=forms.RadioSelect,
            )


class AskForm(KeyForm):
    """What, how urgent, how to reach me."""

    what = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=2000,
        widget=text_area(4),
        help_text=_("A few words are enough, such as: “Can we talk?”"),
    )
    urgency = forms.ChoiceField(
        label=_("How soon would you like to hear?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        initial=Urgency.THIS_WEEK,
    )
    reach = forms.CharField(
        label=_("How can you best be reached?"),
        max_length=200,
        required=False,
        widget=for_oneself(),
        help_text=_("For example: call me after 17:00, or answer here."),
    )

    def __init__(self, *args: Any, coaches: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coach"] = _coach_field(coaches)
        self.fields["coach"].label = _("Whom do you ask?")
        self.order_fields(["key", "coach", "what", "urgency", "reach"])


class ReplyForm(KeyForm):
    text = forms.CharField(label=_("Your words"), max_length=2000, widget=text_area(4))


class PromiseForm(KeyForm):
    what = forms.CharField(
        label=_("What will you do?"),
        max_length=300,
        widget=for_oneself(),
        help_text=_("Both of you see this."),
    )
    due_on = day_field(_("By when?"))


class NoteForm(KeyForm):
    text = forms.CharField(label=_("Note for yourself"), max_length=4000, widget=text_area(4))


class ChangeNoteForm(VersionForm):
    text = forms.CharField(label=_("Note for yourself"), max_length=4000, widget=text_area(8))


class AnswerTimeForm(forms.Form):
    days = forms.IntegerField(
        label=_("Within how many days do you answer?"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=_("Who asks something reads this. Empty: nothing is promised."),
    )
