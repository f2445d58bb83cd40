"""What is asked to start a route, in small portions."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.people.actions import Invited
from tussenstop.routes.rules import Context

if TYPE_CHECKING:
    from tussenstop.people.models import Person

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]


def _explained(name: object, text: object) -> SafeString:
    return format_html("<strong>{}</strong><br>{}", str(name), str(text))


def context_choices(*, placed: bool, own: bool) -> list[tuple[str, SafeString]]:
    """The contexts in words, briefly for the student's `own` route; an own employee needs a
    workplace."""
    return [
        (key, _explained(context.name, context.short if own else context.description))
        for key, context in pack().contexts.items()
        if key in set(Context) and (placed or key != Context.OWN_EMPLOYEE)
    ]


def form_choices(context: str) -> list[tuple[str, str]]:
    """The forms of contract that fit a context."""
    return [(key, str(form.name)) for key, form in pack().forms.items() if context in form.contexts]


class KeyForm(forms.Form):
    """A form that makes something: its key is the id of what it makes."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)


class ContextForm(KeyForm):
    context = forms.ChoiceField(
        label=gettext_lazy("Why do you learn at a workplace?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )

    def __init__(self, data: Any = None, *, placed: bool, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["context"].choices = context_choices(  # type: ignore[attr-defined]
            placed=placed, own=True
        )


class PersonForm(KeyForm):
    """Somebody who is asked: known here or not, they get a letter that brings them in."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the e-mail"), choices=LANGUAGES, initial="nl"
    )

    @property
    def whom(self) -> Invited:
        found = self.cleaned_data
        return Invited(found["email"], found["name"], found["language"])


class StudentForm(PersonForm):
    context = forms.ChoiceField(
        label=gettext_lazy("Why does this student learn at a workplace?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    teacher = forms.ChoiceField(label=gettext_lazy("Teacher"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        placed: bool,
        teachers: "Sequence[Person]",
        usual: str | Promise,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.fields["context"].choices = context_choices(  # type: ignore[attr-defined]
            placed=placed, own=False
        )
        self.fields["teacher"].choices = [  # type: ignore[attr-defined]
            ("", usual),
            *((str(teacher.pk), teacher.name) for teacher in teachers),
        ]


class PlaceForm(KeyForm):
    """When, under which form of contract, and with which mentor."""

    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": gettext_lazy("Choose the first day.")},
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(
            attrs={"type": "date", "aria-describedby": "ends-hint"}, format="%Y-%m-%d"
        ),
        required=False,
    )
    form = forms.ChoiceField(label=gettext_lazy("Form of contract"))
    mentor_name = forms.CharField(
        label=gettext_lazy("Name of the mentor"), max_length=120, required=False
    )
    mentor_email = forms.EmailField(
        label=gettext_lazy("E-mail address of the mentor"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        required=False,
    )
    mentor_language = forms.ChoiceField(
        label=gettext_lazy("Language of the e-mail"), choices=LANGUAGES, initial="nl"
    )
    is_manager = forms.ChoiceField(
        label=gettext_lazy("Does this mentor also manage the student?"),
        choices=[
            ("no", gettext_lazy("No, somebody else does")),
            ("yes", gettext_lazy("Yes, mentor and manager are one person")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, context: str, weeks: int, today: date, **more: Any
    ) -> None:
        monday = today + timedelta(days=14 + (7 - today.weekday()) % 7)
        super().__init__(data, initial={"starts_on": monday, **more.pop("initial", {})}, **more)
        self.weeks = weeks
        self.own_employee = context == Context.OWN_EMPLOYEE
        self.fields["form"].choices = form_choices(context)  # type: ignore[attr-defined]
        if not self.own_employee:
            del self.fields["is_manager"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        starts_on = found.get("starts_on")
        if starts_on and not found.get("ends_on") and "ends_on" not in self.errors:
            # Counted in whole weeks: from a Monday to a Friday.
            found["ends_on"] = starts_on + timedelta(weeks=self.weeks, days=-3)
        if found.get("ends_on") and starts_on and found["ends_on"] < starts_on:
            self.add_error("ends_on", _("The last day comes before the first day."))
        name, email = found.get("mentor_name"), found.get("mentor_email")
        if name and not email and "mentor_email" not in self.errors:
            self.add_error("mentor_email", _("Fill in the address, so that the mentor is asked."))
        if email and not name:
            self.add_error("mentor_name", _("Fill in the name that goes with this address."))
        if email and self.own_employee and not found.get("is_manager"):
            self.add_error("is_manager", _("Choose yes or no."))
        return found

    @property
    def mentor(self) -> Invited | None:
        found = self.cleaned_data
        if not found.get("mentor_email"):
            return None
        return Invited(found["mentor_email"], found["mentor_name"], found["mentor_language"])

    @property
    def mentor_is_manager(self) -> bool:
        return self.mentor is not None and self.cleaned_data.get("is_manager") == "yes"

    @property
    def needs_warning(self) -> bool:
        """Mentor and manager are one person, and this was not pointed out yet."""
        return self.mentor_is_manager and not self.cleaned_data["sure"]
