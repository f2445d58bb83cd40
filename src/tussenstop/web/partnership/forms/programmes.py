"""Programmes, their competences and their route template."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now_text
from django.utils.translation import gettext_lazy as _

from tussenstop.content import pack
from tussenstop.people.actions import Outline
from tussenstop.web.partnership.forms.base import KeyForm, VersionForm, text_area


class ProgrammeFields(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("As your administration knows it."),
    )
    about = forms.CharField(label=_("About"), max_length=4000, required=False, widget=text_area())
    hours_target = forms.IntegerField(
        label=_("Hours on the workplace"),
        min_value=0,
        max_value=10_000,
        help_text=_("How many hours a student learns on the workplace, all together."),
    )
    weeks = forms.IntegerField(
        label=_("Usual length in weeks"), min_value=1, max_value=400, initial=26
    )
    lesson_hours = forms.IntegerField(
        label=_("Hours of lessons in an ordinary week"),
        required=False,
        min_value=0,
        max_value=60,
    )
    study_hours = forms.IntegerField(
        label=_("Hours of study at home in an ordinary week"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_("Be honest: students plan with it before they say yes."),
    )
    self_start = forms.BooleanField(
        label=_("Students may start a route themselves"),
        required=False,
        initial=True,
        help_text=_("Otherwise a programme coordinator starts it for them."),
    )
    default_teacher = forms.ChoiceField(
        label=_("Usual teacher"),
        required=False,
        help_text=_("Is asked for every new route, unless somebody chooses another."),
    )

    def __init__(self, *args: Any, teachers: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teachers = {str(person.pk): person for person in teachers}
        self.fields["default_teacher"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody yet")),
            *((key, person.name) for key, person in self.teachers.items()),
        ]

    def outline(self) -> Outline:
        data = self.cleaned_data
        return Outline(
            default_teacher=self.teachers.get(data["default_teacher"]),
            **{
                name: data[name]
                for name in (
                    "name",
                    "code",
                    "about",
                    "hours_target",
                    "weeks",
                    "lesson_hours",
                    "study_hours",
                    "self_start",
                )
            },
        )


class ProgrammeForm(ProgrammeFields, VersionForm):
    pass


class AddProgrammeForm(ProgrammeFields, KeyForm):
    pass


class CompetenceForm(VersionForm):
    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("Your own, for instance 1 or 1.2.")
    )
    text = forms.CharField(label=_("Competence"), max_length=400, widget=text_area(2))
    parent = forms.ChoiceField(label=_("Part of"), required=False)

    def __init__(self, *args: Any, tops: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tops = {str(top.pk): top for top in tops}
        self.fields["parent"].choices = [  # type: ignore[attr-defined]
            ("", _("nothing: it stands on its own")),
            *((key, f"{top.code} {top.text}") for key, top in self.tops.items()),
        ]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "code": data["code"],
            "text": " ".join(data["text"].split()),
            "parent": self.tops.get(data["parent"]),
        }


class PasteForm(VersionForm):
    pasted = forms.CharField(
        label=_("Competences, one on each line"),
        max_length=120_000,
        widget=text_area(12),
        help_text=_(
            "Begin each line with its code: “1 Works safely”, below it “1.1 Wears gloves”."
        ),
    )


class StopForm(VersionForm):
    """A stop of the template. One that is built in may do without a name and purpose of its own."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=1000,
        required=False,
        widget=text_area(3),
        help_text=_("Why do the partners meet here, and what should come out of it?"),
    )
    week = forms.IntegerField(
        label=_("Week, counted from the start"),
        required=False,
        min_value=-52,
        max_value=400,
        help_text=_("0 is the week of the first day; what comes before is negative."),
    )
    optional = forms.BooleanField(label=_("May be skipped"), required=False)

    def __init__(self, *args: Any, usual_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if usual_name:
            self.fields["name"].help_text = _now_text(
                "Leave empty for the usual name: %(name)s."
            ) % {"name": usual_name}

    def values(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in ("name", "purpose", "week", "optional")}


class AddStopForm(StopForm, KeyForm):
    kind = forms.ChoiceField(label=_("Which stop?"), required=False)
    after = forms.ChoiceField(label=_("Comes after"), required=False)
    field_order = ("kind", "name", "purpose", "after", "week", "optional")

    def __init__(self, *args: Any, stops: Iterable[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = list(stops)
        self.stops = {str(stop.pk): stop for stop, _name in named}
        self.fields["name"].help_text = _(
            "A built-in stop may keep its usual name: leave this empty."
        )
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("a stop of your own")),
            *((kind.key, str(kind.name)) for kind in pack().stops.values()),
        ]
        self.fields["after"].choices = [  # type: ignore[attr-defined]
            ("", _("nothing: it is the first stop")),
            *((str(stop.pk), name) for stop, name in named),
        ]
        if named and not self.is_bound:
            self.initial.setdefault("after", str(named[-1][0].pk))

    def after_stop(self) -> Any:
        return self.stops.get(self.cleaned_data["after"])

    def values(self) -> dict[str, Any]:
        return {**super().values(), "kind": self.cleaned_data["kind"]}
