"""Forms in which a change is proposed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tussenstop.agreements.proposal_queries import Proposal, StopChoice, placements_of
from tussenstop.agreements.rules import Kind
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.rules import SUGGESTED
from tussenstop.core.ids import uuid7
from tussenstop.web.agreements.forms import WhyForm, day_field, words_field

if TYPE_CHECKING:
    from tussenstop.routes.models import Route


RHYTHM_CHOICES = [
    (0, _("when it suits")),
    (7, _("at least every week")),
    (14, _("at least every two weeks")),
    (28, _("at least every four weeks")),
    (56, _("at least every eight weeks")),
    (84, _("at least every twelve weeks")),
    (182, _("at least every half year")),
]


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


class RhythmForm(ProposalForm):
    """How often at least, for each kind of conversation that has a rhythm."""

    kind = Kind.RHYTHM
    text = words_field(_("In words"), help_text=_("How you want to talk with each other."))

    def begin(self, route: "Route", before: Proposal | None) -> dict[str, Any]:  # noqa: ARG002
        rhythm = before.data["rhythm"] if before else SUGGESTED
        days = {f"every_{key}": rhythm.get(key, 0) for key in SUGGESTED}
        return {**days, "text": before.text if before else ""}

    def prepare(self, route: "Route") -> None:  # noqa: ARG002
        words = self.fields.pop("text")
        for key in SUGGESTED:
            self.fields[f"every_{key}"] = forms.TypedChoiceField(
                label=kind_name(key), coerce=int, choices=RHYTHM_CHOICES
            )
        self.fields["text"] = words

    def wanted(self) -> dict[str, Any]:
        return {"rhythm": {key: self.cleaned_data[f"every_{key}"] for key in SUGGESTED}}


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
        RhythmForm,
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
