"""How letters reach somebody, as a form."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tussenstop.messages.preferences import Wanted
from tussenstop.messages.rules import CHOICES, Kind, Quiet, Way
from tussenstop.push.rules import LONGEST_ADDRESS, Subscription
from tussenstop.web.partnership.forms.base import VersionForm


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class PreferenceForm(VersionForm):
    """One choice for each kind of letter, and when there is no mail."""

    everything = forms.ChoiceField(
        label=_("Everything in the same way"),
        help_text=_("What you choose here holds for all of them, whatever stands below."),
        required=False,
    )
    quiet_from = _time(_("No mail from"))
    quiet_until = _time(_("Until"))
    quiet_weekend = forms.BooleanField(label=_("No mail in the weekend"), required=False)
    quiet_busy = forms.BooleanField(
        label=_("No mail while I work or study"),
        required=False,
        help_text=_("By your own calendar. Nobody else learns why a mail comes later."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(way.value, capfirst(str(way.label))) for way in Way]
        self.fields["everything"].choices = [("", _("No, as it stands below")), *ways]  # type: ignore[attr-defined]
        for kind in CHOICES:
            self.fields[kind.value] = forms.ChoiceField(
                label=capfirst(str(kind.label)), choices=ways
            )

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[kind.value] for kind in CHOICES]

    @property
    def ways(self) -> dict[str, str]:
        data = self.cleaned_data
        return {kind.value: data["everything"] or data[kind.value] for kind in CHOICES}

    @property
    def quiet(self) -> Quiet:
        data = self.cleaned_data
        return Quiet(
            data["quiet_from"],
            data["quiet_until"],
            weekend=data["quiet_weekend"],
            busy=data["quiet_busy"],
        )


def typed_of(wanted: Wanted) -> dict[str, Any]:
    """A choice as its form shows it."""
    return {
        **{kind: way for kind, way in wanted.ways.items() if kind != Kind.ALWAYS},
        "quiet_from": wanted.quiet.from_,
        "quiet_until": wanted.quiet.until,
        "quiet_weekend": wanted.quiet.weekend,
        "quiet_busy": wanted.quiet.busy,
    }


class SubscriptionForm(forms.Form):
    """What a browser gives to whoever may send it signs; a script fills it in. `was` is its address
    of before, when it has another now."""

    endpoint = forms.CharField(max_length=LONGEST_ADDRESS)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)
    server_key = forms.CharField(max_length=100)
    was = forms.CharField(max_length=LONGEST_ADDRESS, required=False)

    @property
    def subscription(self) -> Subscription:
        data = self.cleaned_data
        return Subscription(data["endpoint"], data["p256dh"], data["auth"], data["server_key"])
