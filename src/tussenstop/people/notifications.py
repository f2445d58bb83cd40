"""Letters about roles in the partnership, and about one's own address."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format

from tussenstop.core import letters
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role, last_moment


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")


def role_given(membership: Membership, *, by: Person, now: datetime) -> None:
    """Who got a role hears which, where and from whom, and how to sign in: by a code, at once."""
    person = membership.person
    where = membership.institution or membership.organisation
    with translation.override(person.language):
        letters.send(
            to=person.email,
            language=person.language,
            template="people/role_given",
            context={
                "name": person.first_name,
                "who": by.name,
                "role": str(Role(membership.role).label),
                "code": membership.role,
                "where": where.name if where else "",
                "since": _day(membership.since) if membership.since > now else "",
                "until": _day(last_moment(membership.until)) if membership.until else "",
                "email": person.email,
                "action_url": settings.BASE_URL,
            },
        )


def address_code(person: Person, *, to: str, code: str) -> None:
    """The code that proves an address, sent there. Without a name: it may be written wrong."""
    letters.send(
        to=to,
        language=person.language,
        template="people/address_code",
        context={
            "code": code,
            "action_url": f"{letters.address('address_code')}?code={code}",
        },
    )


def address_taken(owner: Person, *, to: str) -> None:
    """Somebody asked for an address that is in use: only its owner hears it."""
    letters.send(
        to=to,
        language=owner.language,
        template="people/address_taken",
        context={"name": owner.first_name, "email": to, "action_url": settings.BASE_URL},
    )


def address_changed(person: Person, *, was: str, contacts: Sequence[Person]) -> None:
    """The last mail to the address of before: what happened, and whom to tell when it is not right.
    The new address is nobody's business there."""
    letters.send(
        to=was,
        language=person.language,
        template="people/address_changed",
        context={
            "name": person.first_name,
            "contacts": [f"{one.name} ({one.email})" for one in contacts],
        },
    )
