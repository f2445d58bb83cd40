"""Opening a round, changing its days, calling it off."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Programme
from tussenstop.rounds import jobs
from tussenstop.rounds.members import take_in
from tussenstop.rounds.models import Round
from tussenstop.rounds.rules import Phase, Requirement, RoundState

LOTTERY = 1_000_000


class CannotOpen(DomainError):
    """The round can't be like this."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is about, and its days. The last days of wishes and preferences are whole."""

    name: str
    programmes: Sequence[Programme]
    starts_on: date
    ends_on: date
    wishes_until: date
    preferences_until: date
    result_on: date
    requirements: Sequence[str]

    def columns(self) -> dict[str, object]:
        """What stands in the row itself."""
        return {
            "name": self.name,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "wishes_until": self.wishes_until,
            "preferences_until": self.preferences_until,
            "result_on": self.result_on,
            "requirements": [code for code in Requirement.values if code in self.requirements],
        }


def _check(plan: Plan, institution: Institution) -> None:
    if not plan.programmes:
        raise CannotOpen(_("Choose at least one programme."), field="programmes")
    if any(programme.institution_id != institution.pk for programme in plan.programmes):
        raise CannotOpen(_("Choose programmes of your institution."), field="programmes")
    if plan.ends_on < plan.starts_on:
        raise CannotOpen(_("The last day lies before the first."), field="ends_on")
    if plan.preferences_until < plan.wishes_until:
        raise CannotOpen(
            _("Organisations need at least as long as the students."), field="preferences_until"
        )
    if plan.result_on <= plan.preferences_until:
        raise CannotOpen(
            _("The result comes after the organisations said what they prefer."), field="result_on"
        )


@transaction.atomic
def open_round(*, by: By, institution: Institution, key: UUID, plan: Plan, now: datetime) -> Round:
    """Open a round: its students and places are taken in and told. `key` came with the form: sent
    twice, opened once."""
    checks.require_in(by.person, InScope.LEAD_ROUNDS, institution, now=now)
    rows = Round.objects.filter(pk=key, institution=institution)
    if already := rows.first():
        return already
    _check(plan, institution)
    if plan.wishes_until < timezone.localdate(now):
        raise CannotOpen(_("Choose a day that is still to come."), field="wishes_until")
    try:
        with transaction.atomic():
            round_ = Round.objects.create(
                pk=key,
                institution=institution,
                seed=secrets.randbelow(LOTTERY),
                opened_by=by.person,
                opened_at=now,
                **plan.columns(),
            )
    except IntegrityError:
        return rows.get()
    round_.programmes.set(plan.programmes)
    take_in(round_, now=now)
    _tell("round.opened", by, round_, now)
    transaction.on_commit(partial(jobs.tell_opened.enqueue, str(round_.pk)))
    return round_


@transaction.atomic
def change_round(*, by: By, round_: Round, seen: int, plan: Plan, now: datetime) -> None:
    """Change what a round is about. A day that is past stays past: nobody loses their turn, and
    nobody gets it twice, without knowing. Raises Stale when somebody else did so meanwhile."""
    checks.require_in(by.person, InScope.LEAD_ROUNDS, round_.institution, now=now)
    _check(plan, round_.institution)
    today = timezone.localdate(now)
    if plan.wishes_until != round_.wishes_until and plan.wishes_until < today:
        raise CannotOpen(_("Choose a day that is still to come."), field="wishes_until")
    if plan.preferences_until != round_.preferences_until and plan.preferences_until < today:
        raise CannotOpen(_("Choose a day that is still to come."), field="preferences_until")
    changed = {"version": F("version") + 1, **plan.columns()}
    # Another last day is another reminder.
    if plan.wishes_until != round_.wishes_until:
        changed["wishes_reminded_at"] = None
    if plan.preferences_until != round_.preferences_until:
        changed["preferences_reminded_at"] = None
    if not Round.objects.filter(pk=round_.pk, version=seen, state=RoundState.OPEN).update(
        **changed
    ):
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))
    round_.refresh_from_db()
    round_.programmes.set(plan.programmes)
    if round_.phase(today) == Phase.WISHES:
        take_in(round_, now=now)
    _tell("round.changed", by, round_, now)


@transaction.atomic
def cancel_round(*, by: By, round_: Round, now: datetime) -> None:
    """Call a round off: nobody gets a result, favourites stay with their students."""
    checks.require_in(by.person, InScope.LEAD_ROUNDS, round_.institution, now=now)
    if Round.objects.filter(pk=round_.pk, state=RoundState.OPEN).update(
        state=RoundState.CANCELLED, version=F("version") + 1
    ):
        _tell("round.cancelled", by, round_, now)
        transaction.on_commit(partial(jobs.tell_cancelled.enqueue, str(round_.pk)))


def _tell(code: str, by: By, round_: Round, now: datetime) -> None:
    audit.record(code, actor=by.actor, now=now, subject_id=round_.pk, name=round_.name)
