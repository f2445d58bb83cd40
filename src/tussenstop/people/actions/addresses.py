"""Another e-mail address for somebody: asked for, proven by a code that was sent there, taken.

The library for signing in has pages for this too. They say whether an address is in use here, keep
the code in one browser, and change what others read without their turn or a trace; so only its
codes are used.
"""

from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from tussenstop.core import audit
from tussenstop.core.audit import Actor
from tussenstop.core.errors import DomainError
from tussenstop.people import notifications
from tussenstop.people.acting import By
from tussenstop.people.actions.accounts import find_person
from tussenstop.people.models import AddressChange, Person

CODE_LIVES = timedelta(minutes=15)
MOST_TRIES = 5


class SameAddress(DomainError):
    """It is theirs already."""


class NoCode(DomainError):
    """No code waits for an answer."""


class WrongCode(DomainError):
    """Not the code that was sent."""


class AddressTaken(DomainError):
    """Somebody else was first."""


def _sealed(code: str) -> str:
    """As it is kept; spaces, dashes and capitals don't matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("tussenstop.address", plain, algorithm="sha256").hexdigest()


@transaction.atomic
def ask_for_address(*, by: By, email: str, now: datetime) -> None:
    """Send a code to another address; the last one asked for counts. When it is somebody else's the
    asker can't tell: only who reads the mail there hears it. Raises SameAddress."""
    email = email.strip().lower()
    if email == by.person.email.lower():
        raise SameAddress(_("This is your address already."), field="email")
    code = get_adapter().generate_email_verification_code()
    AddressChange.objects.update_or_create(
        person=by.person,
        defaults={"email": email, "code": _sealed(code), "asked_at": now, "tries": 0},
    )
    owner = find_person(email)
    if owner and owner.pk != by.person.pk:
        notifications.address_taken(owner, to=email)
    else:
        notifications.address_code(by.person, to=email, code=code)


def waiting_address(person: Person, *, now: datetime) -> str:
    """The address that waits for its code; empty when there is none."""
    found = AddressChange.objects.filter(person=person, asked_at__gt=now - CODE_LIVES).first()
    return found.email if found else ""


def check_code(*, by: By, code: str, now: datetime) -> AddressChange:
    """The change that this code proves. Every try is counted, whatever comes of it, so this stands
    outside the transaction of the change. Raises NoCode, WrongCode."""
    mine = AddressChange.objects.filter(person=by.person)
    tried = mine.filter(tries__lt=MOST_TRIES, asked_at__gt=now - CODE_LIVES)
    change = mine.first() if tried.update(tries=F("tries") + 1) else None
    if change is None:
        raise NoCode(_("This code no longer works. Ask for a new one."), field="code")
    if not constant_time_compare(change.code, _sealed(code)):
        raise WrongCode(_("This is not the code we sent. Look again?"), field="code")
    return change


@transaction.atomic
def move_to(*, person: Person, email: str, actor: Actor, now: datetime) -> str:
    """From now on this is their address, by which they sign in; gives the one of before. Twice is
    once. Raises AddressTaken."""
    there = Person.objects.select_for_update().get(pk=person.pk)
    was = there.email
    AddressChange.objects.filter(person=there, email=email).delete()
    if was == email:
        return was
    EmailAddress.objects.filter(user=there).delete()
    try:
        with transaction.atomic():
            Person.objects.filter(pk=there.pk).update(email=email)
            EmailAddress.objects.create(user=there, email=email, verified=True, primary=True)
    except IntegrityError as error:
        raise AddressTaken(
            _("This address is in use here by now. Sign in with it, or choose another one."),
            field="code",
        ) from error
    person.email = email
    # The address of before is kept with it: by that, whoever says that it was not them is known.
    audit.record(
        "person.address_changed",
        actor=actor,
        now=now,
        subject_id=there.pk,
        name=there.name,
        was=was,
    )
    return was
