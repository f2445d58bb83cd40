"""Letters about roles in the partnership."""

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
