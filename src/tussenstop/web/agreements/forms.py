"""Forms of agreements. They check what was typed; the domain decides."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from tussenstop.agreements.queries import Part, Proposal, StopChoice, placements_of
from tussenstop.agreements.rules import Kind
from tussenstop.content import AgreementField
from tussenstop.core.errors import DomainError
from tussenstop.core.ids import uuid7

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from tussenstop.agreements.models import Revision
    from tussenstop.routes.models import Route

SPARE_ROWS = 3
MOST_ROWS = 60


def typed(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when it is nothing; None for who only looks."""
    return request.POST if request.method == "POST" else None


def show_refusal(form: forms.Form, refusal: DomainError) -> None:
    """What the domain refused, beside its field or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.text))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DayInput())


def words_field(
    label: Any, *, required: bool = False, help_text: Any = "", most: int = 4000
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PartForm(forms.Form):
    """One part of a start agreement: the questions of its section, rows as repeated inputs."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, part: Part, data: Any = None, *, version: int | None = None) -> None:
        self.part = part
        written = {f.key: value for f, value in part.fields}
        initial: dict[str, Any] = {"version": part.draft.version}
        if data is not None and version is not None:
            data = data.copy()
            data["version"] = str(version)
        super().__init__(data, initial=initial)
        self._counts: dict[str, int] = {}
        for question in part.section.fields.values():
            if question.columns:
                self._add_rows(question, written[question.key], data)
            else:
                self.fields[question.key] = forms.CharField(
                    label=str(question.label),
                    help_text=str(question.hint),
                    required=False,
                    initial=written[question.key],
                    max_length=400 if question.kind == "text" else 4000,
                    widget=forms.TextInput
                    if question.kind == "text"
                    else forms.Textarea(attrs={"rows": 4}),
                )

    def _add_rows(self, question: AgreementField, rows: list[dict[str, str]], data: Any) -> None:
        count = len(rows) + SPARE_ROWS
        first = next(iter(question.columns))
        while data is not None and f"{question.key}-{count}-{first}" in data and count < MOST_ROWS:
            count += 1
        self._counts[question.key] = count
        for number in range(count):
            for key, column in question.columns.items():
                self.fields[f"{question.key}-{number}-{key}"] = forms.CharField(
                    label=str(column.label),
                    required=False,
                    max_length=300,
                    initial=rows[number].get(key, "") if number < len(rows) else "",
                )

    def questions(self) -> list[dict[str, Any]]:
        """Each question with its field, or with its rows of fields."""
        return [
            {
                "key": question.key,
                "label": str(question.label),
                "hint": str(question.hint),
                "bound": None if question.columns else self[question.key],
                "columns": len(question.columns),
                "rows": [
                    [self[f"{question.key}-{number}-{key}"] for key in question.columns]
                    for number in range(self._counts.get(question.key, 0))
                ],
            }
            for question in self.part.section.fields.values()
        ]

    def values(self) -> dict[str, Any]:
        """What was written, rows without the empty ones."""
        found: dict[str, Any] = {}
        for question in self.part.section.fields.values():
            if not question.columns:
                found[question.key] = self.cleaned_data[question.key]
                continue
            rows = [
                {
                    key: self.cleaned_data[f"{question.key}-{number}-{key}"]
                    for key in question.columns
                }
                for number in range(self._counts[question.key])
            ]
            found[question.key] = [row for row in rows if any(row.values())]
        return found


class WhyForm(forms.Form):
    """Putting a text before everybody; a later one says why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why a new text?"),
        help_text=_("One sentence. Everybody reads it above the text."),
        max_length=400,
    )

    def __init__(self, data: Any, *, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        if not seen:
            del self.fields["why"]


class SignatoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"))
    capacity = forms.CharField(
        label=_("In which capacity?"),
        max_length=80,
        help_text=_("For instance: manager of the care team."),
    )


class ReasonForm(forms.Form):
    """Saying no to one exact text, with a reason."""

    revision = forms.UUIDField(widget=forms.HiddenInput)
    reason = words_field(
        _("Why not?"),
        required=True,
        help_text=_("Everybody this text names reads what you write here."),
        most=2000,
    )


class AskForm(forms.Form):
    """Asking for a change to one part of one exact text."""

    WHOLE = "whole"

    revision = forms.UUIDField(widget=forms.HiddenInput)
    section = forms.ChoiceField(label=_("Which part?"), widget=forms.RadioSelect)
    reason = words_field(
        _("What would you like to see changed?"),
        required=True,
        help_text=_("Everybody this text names reads what you write here."),
        most=2000,
    )

    def __init__(self, data: Any, *, revision: "Revision", wanted: str = "") -> None:
        super().__init__(data, initial={"revision": revision.pk, "section": wanted})
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            *((part["key"], part["title"]) for part in revision.body["sections"]),
            (self.WHOLE, _("Something else, or the whole text")),
        ]

    def clean_section(self) -> str:
        section: str = self.cleaned_data["section"]
        return "" if section == self.WHOLE else section


class ScanForm(forms.Form):
    """The page that somebody signed on paper."""

    revision = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Scan or photo of the signed page"),
        help_text=_(
            "A PDF or a photo. It stays with the agreement, for everybody who may read it."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )


class VerifyForm(forms.Form):
    file = forms.FileField(
        label=_("The PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
    digest = forms.CharField(
        label=_("Or its digest"),
        required=False,
        max_length=200,
        help_text=_("The 64 characters at the end of the PDF; spaces don't matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )

    def clean_file(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data.get("file")
        if file and file.size and file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(_("This file is too large to be one of ours."))
        return file

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not found.get("file") and not found.get("digest"):
            self.add_error("file", _("Choose a PDF, or paste a digest."))
        return found


class ProposalForm(forms.Form):
    """What every proposal shares; each kind adds what changes. `key` is sent along once, so that
    a form sent twice proposes once."""

    kind: Kind
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, route: "Route", before: Proposal | None = None) -> None:
        super().__init__(data, initial={"key": uuid7(), **self.begin(route, before)})
        self.prepare(route)

    def begin(self, route: "Route", before: Proposal | None) -> dict[str, Any]:  # noqa: ARG002 - other kinds begin from the route
        """What stands in the form before anything is typed."""
        if before is None:
            return {}
        return {"text": before.text, "title": before.title, **before.data}

    def prepare(self, route: "Route") -> None:
        """Choices that depend on the route."""

    def wanted_title(self) -> str:
        return str(self.cleaned_data.get("title", ""))

    def wanted_text(self) -> str:
        return str(self.cleaned_data.get("text", ""))

    def wanted(self) -> dict[str, Any]:
        """What changes on the route, as the domain takes it."""
        return {}

    def again(self, seen: int) -> None:
        """Make this the form of a later text of the same agreement."""
        del self.fields["key"]
        self.fields.pop("title", None)
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=seen)
        self.fields["why"] = WhyForm.base_fields["why"]


class PeriodForm(ProposalForm):
    kind = Kind.PERIOD
    placement = forms.ChoiceField(label=_("At which workplace?"), widget=forms.RadioSelect)
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    hours_target = forms.IntegerField(
        label=_("Hours on the workplace"), min_value=1, max_value=20000
    )
    text = words_field(_("In words"), help_text=_("Why, and what else you agree about it."))

    def begin(self, route: "Route", before: Proposal | None) -> dict[str, Any]:
        if before:
            return super().begin(route, before)
        first = next(iter(placements_of(route)), None)
        if first is None:
            return {"hours_target": route.hours_target}
        return {
            "placement": str(first.pk),
            "starts_on": first.starts_on,
            "ends_on": first.ends_on,
            "hours_target": route.hours_target,
        }

    def prepare(self, route: "Route") -> None:
        placements = [(str(p.pk), p.workplace.name) for p in placements_of(route)]
        self.fields["placement"].choices = placements  # type: ignore[attr-defined]
        if len(placements) == 1:
            self.fields["placement"].widget = forms.HiddenInput()

    def wanted(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "placement": found["placement"],
            "starts_on": found["starts_on"].isoformat(),
            "ends_on": found["ends_on"].isoformat(),
            "hours_target": found["hours_target"],
        }


class PauseForm(ProposalForm):
    kind = Kind.PAUSE
    starts_on = day_field(_("Pause from"))
    back_on = day_field(
        _("Probably back on"),
        required=False,
        help_text=_("Leave it open when nobody can know yet."),
    )
    text = words_field(
        _("In words"),
        help_text=_("What you agree for the meantime. You need not say why: life happens."),
    )

    def wanted(self) -> dict[str, Any]:
        back = self.cleaned_data["back_on"]
        return {
            "starts_on": self.cleaned_data["starts_on"].isoformat(),
            "back_on": back.isoformat() if back else None,
        }


class ResumeForm(ProposalForm):
    kind = Kind.RESUME
    on = day_field(_("Going on from"))
    text = words_field(
        _("In words"), help_text=_("What is different after the pause, if anything.")
    )

    def wanted(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"].isoformat()}


class ClosingForm(ProposalForm):
    kind = Kind.CLOSING
    text = words_field(
        _("What was learned"),
        required=True,
        help_text=_("A few sentences to look back on: what works now, and what comes next."),
    )


class StoppingForm(ProposalForm):
    kind = Kind.STOPPING
    text = words_field(
        _("What was learned, and why it stops here"),
        required=True,
        help_text=_("Without blame: what was learned stays learned."),
    )


class FreeForm(ProposalForm):
    kind = Kind.FREE
    title = forms.CharField(
        label=_("What is it about?"), max_length=160, help_text=_("For instance: working at home.")
    )
    text = words_field(_("What you agree on"), required=True)


class StopsForm(ProposalForm):
    """One new stop, stops to skip, one stop to move: what people change in practice."""

    kind = Kind.STOPS
    name = forms.CharField(label=_("Name of the new stop"), max_length=80, required=False)
    purpose = forms.CharField(
        label=_("What is it for?"), max_length=400, required=False, widget=forms.Textarea
    )
    after = forms.ChoiceField(label=_("Where does it come?"), required=False)
    skip = forms.MultipleChoiceField(
        label=_("Stops to skip"), required=False, widget=forms.CheckboxSelectMultiple
    )
    move = forms.ChoiceField(label=_("Stop to move"), required=False)
    move_after = forms.ChoiceField(label=_("Where does it come now?"), required=False)
    text = words_field(_("In words"), help_text=_("Why this suits you better."))

    def __init__(
        self,
        data: Any,
        *,
        route: "Route",
        stops: list[StopChoice],
        before: Proposal | None = None,
    ) -> None:
        self.stops = stops
        behind = [stop.id for stop in stops if not stop.ahead]
        self.next_place = behind[-1] if behind else ""
        super().__init__(data, route=route, before=before)

    def begin(self, route: "Route", before: Proposal | None) -> dict[str, Any]:  # noqa: ARG002
        found: dict[str, Any] = {
            "skip": [],
            **dict.fromkeys(["after", "move_after"], self.next_place),
        }
        if before is None:
            return found
        found["text"] = before.text
        for operation in before.data["operations"]:
            if operation["do"] == "add":
                found |= {k: operation.get(k) or "" for k in ("name", "purpose", "after")}
            elif operation["do"] == "skip":
                found["skip"].append(operation["stop"])
            else:
                found |= {"move": operation["stop"], "move_after": operation.get("after") or ""}
        return found

    def prepare(self, route: "Route") -> None:  # noqa: ARG002
        ahead = [(stop.id, stop.name) for stop in self.stops if stop.ahead]
        places = [
            ("", _("at the beginning")),
            *((stop.id, _("after “%(stop)s”") % {"stop": stop.name}) for stop in self.stops),
        ]
        choices: Mapping[str, Any] = {
            "skip": ahead,
            "move": [("", _("none")), *ahead],
            "after": places,
            "move_after": places,
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("purpose") and not found.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the new stop a name."))
        return found

    def wanted(self) -> dict[str, Any]:
        found = self.cleaned_data
        operations: list[dict[str, Any]] = []
        if found["name"]:
            operations.append(
                {
                    "do": "add",
                    "name": found["name"],
                    "purpose": found["purpose"],
                    "after": found["after"] or None,
                }
            )
        operations.extend({"do": "skip", "stop": stop} for stop in found["skip"])
        if found["move"]:
            operations.append(
                {"do": "move", "stop": found["move"], "after": found["move_after"] or None}
            )
        return {"operations": operations}


FORMS: dict[Kind, type[ProposalForm]] = {
    form.kind: form
    for form in (
        PeriodForm,
        StopsForm,
        PauseForm,
        ResumeForm,
        ClosingForm,
        StoppingForm,
        FreeForm,
    )
}


def proposal_form(
    kind: Kind,
    data: Any,
    *,
    route: "Route",
    stops: list[StopChoice],
    before: Proposal | None = None,
) -> ProposalForm:
    """The form of this kind of agreement, filled with an earlier text when there is one."""
    if kind == Kind.STOPS:
        return StopsForm(data, route=route, stops=stops, before=before)
    return FORMS[kind](data, route=route, before=before)


def one_time(form: ProposalForm) -> UUID:
    """The key that came with the form."""
    key: UUID = form.cleaned_data["key"]
    return key
