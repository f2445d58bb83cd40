"""Another address for somebody's mail: what was on its way follows them.

Links in letters to the address of before can do nothing any more: perhaps somebody else reads those.
Whoever opens one can have a new one sent, to the address of now.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks, links
from tussenstop.access.partnership import permission_to_manage
from tussenstop.core import audit, mail
from tussenstop.core.audit import Actor
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.core.mail_addresses import is_unreachable
from tussenstop.messages.delivery import coordinators_of
from tussenstop.people import notifications
from tussenstop.people.acting import By
from tussenstop.people.actions import NoCode, check_code, find_person, move_to
from tussenstop.people.models import Membership, Person

MOST_CONTACTS = 3


class Theirs(DomainError):
    """The address is somebody's already."""


class CameAlready(DomainError):
    """Who was here looks after their own address."""


def confirm(*, by: By, code: str, email: str, now: datetime) -> str:
    """The code of the new address: from now on it is mine. Gives the address. `email` is the one
    that was on the screen: who has it already taps twice. Raises NoCode, WrongCode, AddressTaken."""
    try:
        change = check_code(by=by, code=code, now=now)
    except NoCode:
        if Person.objects.filter(pk=by.person.pk, email=email).exists():
            return email
        raise
    _move(by.person, change.email, by.actor, now)
    return change.email


@transaction.atomic
def put_right(*, email: str, to: str, now: datetime) -> Person:
    """For who can't get in any more, or whose address another changed, by whoever looks after the
    installation: only a code to the new address signs them in from then on. Raises NotFound,
    Theirs, AddressTaken."""
    person, to = find_person(email), to.strip().lower()
    if person is None:
        raise NotFound
    _must_be_free(to, person)
    person.set_unusable_password()  # no session outlives it
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    _move(person, to, audit.SYSTEM, now)
    return person


def never_came(person: Person) -> bool:
    """Whether somebody never signed in and never did anything by a link: nothing of theirs is here
    yet, so that their address can be corrected by who invited them."""
    return person.last_login is None and not audit.did_anything(person.pk)


@transaction.atomic
def correct(*, by: By, membership: Membership, email: str, now: datetime) -> None:
    """The address of somebody who was never here was written wrong: who looks after the roles there
    corrects it, and they are invited anew. Raises NotFound, Refused, CameAlready, Theirs."""
    scope = membership.institution or membership.organisation
    checks.require_in(by.person, permission_to_manage(scope), scope, now=now)
    if membership.until and membership.until <= now:
        raise NotFound
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    email = email.strip().lower()
    if person.email == email:  # the same tap twice
        return
    if not never_came(person):
        raise CameAlready(_("They were here already: only they can change their address."))
    _must_be_free(email, person)
    _move(person, email, by.actor, now)
    membership.person = person
    notifications.role_given(membership, by=by.person, now=now)


def _must_be_free(email: str, person: Person) -> None:
    owner = find_person(email)
    if owner and owner.pk != person.pk:
        raise Theirs(
            _("%(email)s is the address of %(name)s.") % {"email": email, "name": owner.name},
            field="email",
        )


@transaction.atomic
def _move(person: Person, to: str, actor: Actor, now: datetime) -> None:
    reaches_them = not (is_unreachable(person.email) or never_came(person))
    was = move_to(person=person, email=to, actor=actor, now=now)
    if was == to:
        return
    links.retire(person=person, now=now)
    mail.follow(was, to)
    if reaches_them:
        contacts = coordinators_of(person, now)[:MOST_CONTACTS]
        notifications.address_changed(person, was=was, contacts=contacts)
