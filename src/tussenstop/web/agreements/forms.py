"""Forms of agreements. They check what was typed; the domain decides."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from tussenstop.agreements.proposal_queries import Part
from tussenstop.content import AgreementField
from tussenstop.core.errors import DomainError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from tussenstop.agreements.models import Revision

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
