"""Roles in the partnership: given to a person for a period, ended, kept as history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit
from tussenstop.core.audit import Actor
from tussenstop.core.errors import DomainError
from tussenstop.people import notifications
from tussenstop.people.acting import By
from tussenstop.people.actions._writing import hold
from tussenstop.people.actions.accounts import find_or_create_person
from tussenstop.people.models import (
    Institution,
    Membership,
    Organisation,
    Person,
    Programme,
    Workplace,
)
from tussenstop.people.queries import Scope, in_force, not_over, roles_in, within
from tussenstop.people.rules import Role

LEADING = (Role.ADMINISTRATOR, Role.PROGRAMME_COORDINATOR, Role.ORGANISATION_COORDINATOR)


class CannotGive(DomainError):
    """This person can't get this role like this."""


class NoSuccessor(DomainError):
    """Somebody has to stay to look after things."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who gets a role. The name and language count only for somebody who is not known yet."""

    email: str
    name: str
    language: str = "nl"


def _one_at_a_time(scope: Scope) -> None:
    """Two people who change roles in one place wait for each other."""
    if scope is None:
        Membership.objects.filter(within(None), until=None).update(role=F("role"))
    else:
        hold(scope)


def _give(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    scope: Scope,
    now: datetime,
    since: datetime,
    until: datetime | None,
    workplace: Workplace | None,
    key: UUID | None,
) -> Membership:
    if role not in roles_in(scope):
        raise CannotGive(_("This role does not exist here."), field="role")
    if until and until <= max(since, now):
        raise CannotGive(_("The last day comes too early."), field="until")
    if workplace and (scope is None or workplace.organisation_id != scope.pk):
        raise CannotGive(_("Choose one of your own workplaces."), field="workplace")
    overlapping = Membership.objects.filter(
        not_over(max(since, now)), within(scope), person=person, role=role
    )
    if until:
        overlapping = overlapping.filter(since__lt=until)
    if overlapping.exists():
        raise CannotGive(
            _("%(name)s has this role here already.") % {"name": person.name}, field="email"
        )
    membership = Membership(
        person=person,
        role=role,
        institution=scope if isinstance(scope, Institution) else None,
        organisation=scope if isinstance(scope, Organisation) else None,
        workplace=workplace,
        since=since,
        until=until,
    )
    if key:
        membership.pk = key
    membership.save(force_insert=True)
    audit.record(
        "role.given",
        actor=actor,
        now=now,
        subject_id=membership.pk,
        name=person.name,
        role=role.value,
        where=scope.name if scope else "",
    )
    return membership


@transaction.atomic
def create_administrator(*, email: str, name: str, language: str, now: datetime) -> Person:
    """The first way in: somebody who may set up the partnership. Twice is once."""
    _one_at_a_time(None)
    person = find_or_create_person(email=email, name=name, language=language, now=now)
    held = Membership.objects.filter(
        in_force(now), within(None), person=person, role=Role.ADMINISTRATOR
    )
    if not held.exists():
        _give(
            actor=audit.SYSTEM,
            person=person,
            role=Role.ADMINISTRATOR,
            scope=None,
            now=now,
            since=now,
            until=None,
            workplace=None,
            key=None,
        )
    return person


@transaction.atomic
def give_role(
    *,
    by: By,
    to: Invited,
    role: Role,
    scope: Scope,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    workplace: Workplace | None = None,
    key: UUID | None = None,
) -> Membership:
    """Give somebody a role, from now or from `since` on; they are told by a letter. `key` came
    with the form: the same form sent twice gives one role."""
    _one_at_a_time(scope)
    if key and (already := Membership.objects.filter(within(scope), pk=key).first()):
        return already
    person = find_or_create_person(email=to.email, name=to.name, language=to.language, now=now)
    membership = _give(
        actor=by.actor,
        person=person,
        role=role,
        scope=scope,
        now=now,
        since=since or now,
        until=until,
        workplace=workplace,
        key=key,
    )
    if person.pk != by.person.pk:
        notifications.role_given(membership, by=by.person, now=now)
    return membership


@transaction.atomic
def end_role(*, by: By, membership: Membership, now: datetime) -> None:
    """End a role today; it stays in the history. Who coordinates alone names a successor first."""
    scope = membership.institution or membership.organisation
    _one_at_a_time(scope)
    role = Role(membership.role)
    if role in LEADING and membership.person_id == by.person.pk:
        others = Membership.objects.filter(in_force(now), within(scope), role=role)
        if not others.exclude(person=by.person).exists():
            raise NoSuccessor(
                _(
                    "You are the only one with this role here. Give it to somebody else first, "
                    "so that nobody is left without help."
                )
            )
    # A role that was still to begin ends where it would have begun, and so never holds.
    end = max(now, membership.since)
    ended = Membership.objects.filter(not_over(now), pk=membership.pk).update(until=end)
    if not ended:
        return
    if role == Role.TEACHER:
        Programme.objects.filter(
            institution=membership.institution, default_teacher=membership.person
        ).update(default_teacher=None, version=F("version") + 1)
    audit.record(
        "role.ended",
        actor=by.actor,
        now=now,
        subject_id=membership.pk,
        name=membership.person.name,
        role=role.value,
        where=scope.name if scope else "",
    )
