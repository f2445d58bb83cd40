"""Adding a questionnaire, putting it in use, succeeding it, and withdrawing it.

Whoever writes first holds the institution, then its rows. What is in use is never changed and never
deleted, whether or not anybody filled it in: so nothing here can tell that somebody did.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit, once
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.core.ids import uuid7
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import Held, Right, State, Text, leads_to, problem_in
from tussenstop.people.acting import By
from tussenstop.people.models import Institution


class CannotKeep(DomainError):
    """This is no questionnaire yet, or no longer one that can be changed."""


class CannotUse(DomainError):
    """This can't be put in use as it is."""


class CannotDelete(DomainError):
    """It has been in use."""


@transaction.atomic
def add(*, by: By, institution: Institution, key: UUID, text: Text, now: datetime) -> Instrument:
    """A questionnaire that nobody sees yet. Sent twice, there once."""
    _hold(by, institution, now)
    mine = Instrument.objects.filter(pk=key, institution=institution)
    if there := mine.first():
        return there
    columns = _columns(text)
    made, new = once.make(mine, pk=key, institution=institution, family=key, made_at=now, **columns)
    if new:
        _tell("instrument.added", by, made, now)
    return made


@transaction.atomic
def edit(*, by: By, instrument: Instrument, seen: int, text: Text, now: datetime) -> None:
    """Write a draft anew. Raises Stale."""
    _hold(by, instrument.institution, now)
    columns = _columns(text)
    draft = Instrument.objects.filter(pk=instrument.pk, state=State.DRAFT)
    if draft.filter(version=seen).update(version=F("version") + 1, **columns):
        return
    if draft.exists():
        raise Stale(_("Somebody changed this meanwhile. Look at how it stands now."))
    raise CannotKeep(_("It is in use now, and stays as it is. Make a new version."))


@transaction.atomic
def put_in_use(
    *, by: By, instrument: Instrument, seen: int, held: Held, confirmed: bool, now: datetime
) -> None:
    """Offer it to the people of the institution, on the word of who does this that the right is
    held. The version before it is withdrawn. Raises Stale. Sent twice, done once."""
    _hold(by, instrument.institution, now)
    row = Instrument.objects.filter(pk=instrument.pk).first()
    if row is None:
        raise NotFound
    if (
        row.state == State.IN_USE
        and row.version == seen + 1
        and row.confirmed_by_id == by.person.pk
    ):
        return
    if not leads_to(row.state, State.IN_USE):
        raise CannotUse(_("It was put in use already."))
    if row.version != seen:
        raise Stale(_("Somebody changed this meanwhile. Look at how it stands now."))
    _check_right(held, confirmed, now)
    if problem := problem_in(row.wordings):
        raise CannotUse(problem.text)
    Instrument.objects.filter(family=row.family, state=State.IN_USE).update(
        state=State.WITHDRAWN, withdrawn_at=now
    )
    Instrument.objects.filter(pk=row.pk).update(
        state=State.IN_USE,
        version=F("version") + 1,
        right_how=held.how,
        right_held_by=held.held_by.strip(),
        right_note=held.note.strip(),
        valid_from=held.valid_from,
        valid_until=held.valid_until,
        confirmed_by=by.person,
        confirmed_at=now,
    )
    _tell("instrument.in_use", by, row, now)


@transaction.atomic
def withdraw(*, by: By, instrument: Instrument, now: datetime) -> None:
    """Offer it no longer; what people keep stays theirs. Twice is once."""
    _hold(by, instrument.institution, now)
    rows = Instrument.objects.filter(pk=instrument.pk, state=State.IN_USE)
    if rows.update(state=State.WITHDRAWN, withdrawn_at=now):
        _tell("instrument.withdrawn", by, instrument, now)


@transaction.atomic
def new_version(*, by: By, instrument: Instrument, now: datetime) -> Instrument:
    """A draft with the same text, to succeed it. When there is one, that one."""
    _hold(by, instrument.institution, now)
    family = Instrument.objects.filter(family=instrument.family).order_by("-edition")
    newest = family.first()
    if newest is None:
        raise NotFound
    if newest.state == State.DRAFT:
        return newest
    return Instrument.objects.create(
        pk=uuid7(),
        institution=newest.institution,
        family=newest.family,
        edition=newest.edition + 1,
        use=newest.use,
        wording=newest.wording,
        rights_holder=newest.rights_holder,
        licence=newest.licence,
        licence_url=newest.licence_url,
        attribution=newest.attribution,
        right_how=newest.right_how,
        right_held_by=newest.right_held_by,
        right_note=newest.right_note,
        made_at=now,
    )


@transaction.atomic
def delete(*, by: By, instrument: Instrument, now: datetime) -> None:
    """Away with a draft. What has been in use stays, whether or not anybody filled it in. Twice is
    once."""
    _hold(by, instrument.institution, now)
    rows = Instrument.objects.filter(pk=instrument.pk)
    if rows.exclude(state=State.DRAFT).exists():
        raise CannotDelete(_("It has been in use, so it stays. You can withdraw it."))
    if rows.exists():
        rows.delete()
        _tell("instrument.deleted", by, instrument, now)


def _hold(by: By, institution: Institution, now: datetime) -> None:
    checks.require_in(by.person, InScope.MAKE_INSTRUMENTS, institution, now=now)
    Institution.objects.select_for_update().get(pk=institution.pk)


def _columns(text: Text) -> dict[str, object]:
    if problem := problem_in(text.wordings):
        raise CannotKeep(problem.text, field=problem.field)
    if not text.rights_holder.strip():
        raise CannotKeep(_("Write whose it is."), field="rights_holder")
    if not text.licence.strip():
        raise CannotKeep(_("Write what the licence says."), field="licence")
    return {
        "wording": {one.language: one.kept() for one in text.wordings if not one.is_empty},
        "rights_holder": text.rights_holder.strip(),
        "licence": text.licence.strip(),
        "licence_url": text.licence_url,
        "attribution": text.attribution.strip(),
    }


def _check_right(held: Held, confirmed: bool, now: datetime) -> None:
    if not confirmed:
        raise CannotUse(_("Only when you hold the right, and say so."), field="confirmed")
    if held.how not in set(Right):
        raise CannotUse(_("Choose how you hold the right."), field="how")
    if not held.held_by.strip():
        raise CannotUse(_("Write who of you holds the right."), field="held_by")
    if held.valid_until and held.valid_until < held.valid_from:
        raise CannotUse(_("The last day comes before the first."), field="valid_until")
    if held.valid_until and held.valid_until < timezone.localdate(now):
        raise CannotUse(_("That day is over already."), field="valid_until")


def _tell(code: str, by: By, instrument: Instrument, now: datetime) -> None:
    audit.record(
        code,
        actor=by.actor,
        now=now,
        subject_id=instrument.pk,
        name=f"{instrument.wordings[0].name} ({instrument.edition})",
    )
