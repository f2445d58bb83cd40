"""Forms of journal, sharing and what is written together."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.content import pack
from tussenstop.people.rules import Weekday
from tussenstop.reflection.readers import Reader
from tussenstop.reflection.reading import Part
from tussenstop.reflection.rules import FREE, HOURS, LONGEST, MOST_STEPS
from tussenstop.reflection.shapes import Step
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm, for_oneself, text_area


def theme_choices(nothing: Any) -> list[tuple[str, str]]:
    themes = pack().reflection_themes.values()
    return [("", str(nothing)), *((theme.key, str(theme.name)) for theme in themes)]


def see_both(form: forms.Form, text: Any, version: int) -> None:
    """Somebody was first: what was typed stays, and sending it again is done knowing their text."""
    form.add_error(None, str(text))
    typed = QueryDict(mutable=True)
    typed.update(form.data)
    typed["version"] = str(version)
    form.data = typed


class WriteForm(VersionForm):
    """The steps of a form, and what was written in other forms before. `pen` and `stroke` tell a
    window what it saved itself."""

    pen = forms.UUIDField(widget=forms.HiddenInput)
    stroke = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    form = forms.CharField(widget=forms.HiddenInput, max_length=60, initial=FREE)
    prompt = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    theme = forms.ChoiceField(label=gettext_lazy("What is it about?"), required=False)
    route = forms.ChoiceField(label=gettext_lazy("Which route?"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        steps: Sequence[Step],
        texts: Mapping[str, str],
        routes: Iterable[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.steps = list(steps)
        self.fields["theme"].choices = theme_choices(_("no theme"))  # type: ignore[attr-defined]
        names = [(str(one.pk), f"{one.student.name}, {one.programme.name}") for one in routes]
        self.fields["route"].choices = [("", _("not about a route")), *names]  # type: ignore[attr-defined]
        for step in self.steps:
            free = step.key == FREE
            self.fields[f"t-{step.key}"] = forms.CharField(
                label=step.question,
                help_text=step.hint,
                required=False,
                max_length=LONGEST,
                initial=texts.get(step.key, ""),
                widget=text_area(9 if free else 4),
            )

    def bounds(self) -> list[tuple[Step, Any]]:
        """Each step with its field."""
        return [(step, self[f"t-{step.key}"]) for step in self.steps]

    @property
    def texts(self) -> dict[str, str]:
        """What was on the screen: a step that was not there is not emptied."""
        return {
            step.key: self.cleaned_data[f"t-{step.key}"]
            for step in self.steps
            if f"t-{step.key}" in self.data
        }


class FileForm(KeyForm):
    file = forms.FileField(
        label=gettext_lazy("A photo or a sound file"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,audio/*"}),
    )
    caption = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=200,
        required=False,
        widget=for_oneself(),
    )

    @classmethod
    def beside(cls, form_id: str) -> "FileForm":
        """Sent together with another form of the page, so that nothing typed there is lost."""
        made = cls(use_required_attribute=False)
        for field in made.fields.values():
            field.widget.attrs["form"] = form_id
        return made


class ShareForm(forms.Form):
    """For each person of the route, which parts they read. Nothing is ticked that was not chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Any = None,
        *,
        readers: Sequence[Reader],
        parts: Sequence[Part],
        shared: Mapping[UUID, set[str]],
        version: int,
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.readers = list(readers)
        choices = [("", _("All of it, also what you add later"))]
        choices += [(part.key, part.name) for part in parts]
        for reader in self.readers:
            self.fields[f"r_{reader.person.pk.hex}"] = forms.MultipleChoiceField(
                label=reader.person.name,
                choices=[(key or "all", name) for key, name in choices],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=[key or "all" for key in shared.get(reader.person.pk, set())],
            )

    def rows(self) -> list[tuple[Reader, Any]]:
        return [(reader, self[f"r_{reader.person.pk.hex}"]) for reader in self.readers]

    @property
    def chosen(self) -> dict[UUID, set[str]]:
        return {
            reader.person.pk: {
                "" if key == "all" else key
                for key in self.cleaned_data[f"r_{reader.person.pk.hex}"]
            }
            for reader in self.readers
        }


class TieForm(forms.Form):
    """Which route an entry belongs to, asked before it can be shared."""

    route = forms.ChoiceField(label=gettext_lazy("Which route?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, routes: Iterable[Any]) -> None:
        super().__init__(data)
        self.fields["route"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.student.name}, {one.programme.name}") for one in routes
        ]


class SayForm(KeyForm):
    text = forms.CharField(label=gettext_lazy("Your words"), max_length=1000, widget=text_area(3))


class PromptForm(KeyForm):
    text = forms.CharField(label=gettext_lazy("The question"), max_length=300, widget=text_area(2))
    theme = forms.ChoiceField(label=gettext_lazy("What is it about?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = theme_choices(_("no theme"))  # type: ignore[attr-defined]


class ReminderForm(forms.Form):
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day"), choices=Weekday.choices, coerce=int)
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Hour"),
        choices=[(hour, f"{hour}:00") for hour in HOURS],
        coerce=int,
    )


class LoopForm(KeyForm):
    about = forms.CharField(
        label=gettext_lazy("What do you want to look back on?"),
        max_length=200,
        help_text=gettext_lazy("A few words, such as: my first time alone at the desk."),
    )
    mentor = forms.ChoiceField(label=gettext_lazy("Mentor"), widget=forms.RadioSelect)
    coach = forms.ChoiceField(label=gettext_lazy("Coach"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, mentors: Sequence[Any], coaches: Sequence[Any]) -> None:
        first = {
            "mentor": str(mentors[0].pk) if len(mentors) == 1 else None,
            "coach": str(coaches[0].person_id) if len(coaches) == 1 else None,
        }
        super().__init__(data, initial=first)
        self.fields["mentor"].choices = [(str(one.pk), one.name) for one in mentors]  # type: ignore[attr-defined]
        self.fields["coach"].choices = [  # type: ignore[attr-defined]
            (str(one.person_id), f"{one.person.name} ({one.get_role_display()})") for one in coaches
        ]


class PlaceForm(forms.Form):
    """Who goes on in the place of somebody who left, and what they read. Nothing is chosen
    beforehand."""

    person = forms.ChoiceField(
        label=gettext_lazy("Who goes on with you?"), widget=forms.RadioSelect
    )
    before = forms.ChoiceField(
        label=gettext_lazy("What do they read?"),
        widget=forms.RadioSelect,
        choices=[
            ("no", gettext_lazy("only what is handed on from now on")),
            ("yes", gettext_lazy("also what was handed on until now")),
        ],
    )

    def __init__(self, data: Any = None, *, empty: Any) -> None:
        super().__init__(data, prefix=empty.seat)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (str(one.person_id), f"{one.person.name} ({one.get_role_display()})")
            for one in empty.candidates
        ]


class StepForm(VersionForm):
    step = forms.CharField(widget=forms.HiddenInput, max_length=40)
    text = forms.CharField(label=gettext_lazy("Your text"), max_length=LONGEST, widget=text_area(8))


class InviteForm(KeyForm):
    about = forms.CharField(label=gettext_lazy("What do you want to look back on?"), max_length=200)
    mentor = forms.ChoiceField(label=gettext_lazy("With whom?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, mentors: Sequence[Any]) -> None:
        first = str(mentors[0].pk) if len(mentors) == 1 else None
        super().__init__(data, initial={"mentor": first})
        self.fields["mentor"].choices = [(str(one.pk), one.name) for one in mentors]  # type: ignore[attr-defined]
        if len(mentors) == 1:
            self.fields["mentor"].widget = forms.HiddenInput()


class ColumnForm(VersionForm):
    text = forms.CharField(
        label=gettext_lazy("Your text"), required=False, max_length=LONGEST, widget=text_area(9)
    )


class OwnFormForm(KeyForm):
    """A form to look back with: a name, and steps in one language or both."""

    name_nl = forms.CharField(label=gettext_lazy("Name in Dutch"), max_length=80, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80, required=False)
    about = forms.CharField(
        label=gettext_lazy("Where it comes from, or when it suits"),
        max_length=300,
        required=False,
    )
    STEP = (
        ("question_nl", gettext_lazy("Question in Dutch")),
        ("question_en", gettext_lazy("Question in English")),
        ("hint_nl", gettext_lazy("Hint in Dutch")),
        ("hint_en", gettext_lazy("Hint in English")),
    )

    def __init__(self, data: Any = None, *, row: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        steps = row.steps if row else []
        if row:
            self.initial = {
                **self.initial,
                "name_nl": row.name.get("nl", ""),
                "name_en": row.name.get("en", ""),
                "about": row.about,
            }
        for number in range(MOST_STEPS):
            step = steps[number] if number < len(steps) else {"question": {}, "hint": {}}
            for name, label in self.STEP:
                part, _line, language = name.partition("_")
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label,
                    max_length=300,
                    required=False,
                    initial=step[part].get(language, ""),
                )

    def steps(self) -> list[tuple[int, list[Any]]]:
        """The fields of each step, for the page."""
        return [
            (number + 1, [self[f"{name}_{number}"] for name, _label in self.STEP])
            for number in range(MOST_STEPS)
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data

        def spoken(name: str, number: str = "") -> dict[str, str]:
            return {lang: data[f"{name}_{lang}{number}"].strip() for lang in ("nl", "en")}

        return {
            "name": spoken("name"),
            "about": data["about"],
            "steps": [
                (spoken("question", f"_{n}"), spoken("hint", f"_{n}")) for n in range(MOST_STEPS)
            ],
        }
