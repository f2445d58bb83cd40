"""Whether mail arrives: for administrators, who see addresses and what went wrong, and never a body.
Letters that could say something about how somebody is doing have no kind of their own here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.access.models import Participation
from tussenstop.access.partnership import permission_to_manage
from tussenstop.core import letters, mail, mail_addresses
from tussenstop.core.errors import NotFound
from tussenstop.core.models import OutgoingMail
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Membership, Organisation, Person
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role

COUNTED_DAYS = 7
SEEN = (
    "pk",
    "to",
    "kind",
    "created_at",
    "leave_at",
    "attempts",
    "sending_at",
    "failed_at",
    "returned_at",
    "error",
)


class Show(StrEnum):
    """Which mails an administrator looks at."""

    FAILED = "failed"
    RETURNED = "returned"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Counts:
    """How it goes with mail: what left in the last days, what waits for its moment, what is being
    handed over, what failed, what came back, and at how many addresses mail does not arrive."""

    sent: int
    waiting: int
    sending: int
    failed: int
    returned: int
    unreachable: int


def _open() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(sent_at=None, failed_at=None)


def _failed() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(sent_at=None).exclude(failed_at=None)


def _returned() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(returned_at__isnull=False)


def counts(person: Person, *, now: datetime) -> Counts:
    """Raises NotFound."""
    checks.require_in(person, InScope.SEE_DELIVERY, None, now=now)
    return Counts(
        sent=OutgoingMail.objects.filter(sent_at__gt=now - timedelta(days=COUNTED_DAYS)).count(),
        waiting=_open().filter(sending_at=None).count(),
        sending=_open().exclude(sending_at=None).count(),
        failed=_failed().count(),
        returned=_returned().count(),
        unreachable=mail_addresses.unreachable(),
    )


def mails(person: Person, *, show: Show, now: datetime) -> QuerySet[OutgoingMail]:
    """What failed or came back, newest first; or what waits. Never what stands in it. Raises
    NotFound."""
    checks.require_in(person, InScope.SEE_DELIVERY, None, now=now)
    if show == Show.WAITING:
        return _open().order_by("created_at", "pk").only(*SEEN)
    if show == Show.RETURNED:
        return _returned().order_by("-returned_at", "-pk").only(*SEEN)
    return _failed().order_by("-failed_at", "-pk").only(*SEEN)


def again(*, by: By, mail_id: UUID, now: datetime) -> bool:
    """Try once more; False when it no longer stands among what failed or came back. Raises
    NotFound."""
    checks.require_in(by.person, InScope.SEE_DELIVERY, None, now=now)
    if not OutgoingMail.objects.filter(pk=mail_id).exists():
        raise NotFound
    return mail.again(mail_id, now=now)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Mail to somebody came back; `stopped` when nothing more is sent there."""

    address: str
    stopped: bool


def trouble_of(person: Person) -> Trouble | None:
    """Whether somebody's own mail arrives."""
    found = mail_addresses.trouble_with(person.email)
    return Trouble(person.email, found.is_stopped) if found else None


def try_mine_again(*, by: By) -> None:
    """My address is right: mail may come there again. Twice is once."""
    mail_addresses.try_again(by.person.email)


def tell_unreachable(address: str, now: datetime) -> None:
    """Somebody who works with this person hears that mail does not arrive, and how to mend it."""
    person = Person.objects.filter(email__iexact=address, is_active=True).first()
    if person is None:
        return
    for one in coordinators_of(person, now):
        letters.send(
            to=one.email,
            language=one.language,
            template="messages/unreachable",
            context={
                "name": one.first_name,
                "who": person.name,
                "address": person.email,
                "action_url": _where_to_mend(person, one, now),
            },
        )


def _where_to_mend(person: Person, coordinator: Person, now: datetime) -> str:
    """The page about this person's address, where the coordinator looks after one of their roles."""
    held = Membership.objects.filter(checks.current(now), person=person)
    for one in held.select_related("institution", "organisation").order_by("pk"):
        scope = one.institution or one.organisation
        if checks.may_in(coordinator, permission_to_manage(scope), scope, now=now):
            return letters.address("role_address", one.pk)
    return letters.address("partnership")


def coordinators_of(person: Person, now: datetime) -> list[Person]:
    """Who coordinates where this person belongs or takes part; the administrators when nobody."""
    held = Membership.objects.filter(checks.current(now), person=person)
    parts = Participation.objects.filter(person=person, ended_at=None, declined_at=None)
    schools = Institution.objects.filter(
        Q(pk__in=held.values("institution")) | Q(pk__in=parts.values("route__institution"))
    )
    employers = Organisation.objects.filter(pk__in=held.values("organisation"))
    scopes: list[tuple[Institution | Organisation, Role]] = [
        *((school, Role.PROGRAMME_COORDINATOR) for school in schools),
        *((employer, Role.ORGANISATION_COORDINATOR) for employer in employers),
    ]
    found = {
        one.pk: one
        for scope, role in scopes
        for one in holders(scope, [role], now=now)
        if one.pk != person.pk and one.is_active
    }
    return list(found.values()) or list(holders(None, [Role.ADMINISTRATOR], now=now))
