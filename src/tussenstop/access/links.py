"""Links sent by e-mail: signed, expiring, revocable, bound to one person and one purpose.

Opening a link changes nothing, so mail scanners may open it as often as they like. The address is
made from the row's id and the installation's secret: a reminder carries the same working link.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.access.models import Link
from tussenstop.core import letters
from tussenstop.people.models import Person

_signer = Signer(salt="tussenstop.link", sep=".")


class Purpose(models.TextChoices):
    ROLE = "role", _("say whether you take part")
    AGREEMENT = "agreement", _("read and answer an agreement")
    MOMENT = "moment", _("answer a proposed date")
    HOURS = "hours", _("confirm hours")
    PLAN = "plan", _("answer proposed days at the workplace")
    LOG = "log", _("read and answer what was written on the route")
    TALK = "talk", _("answer moments for a conversation, and note it afterwards")
    FEEDBACK = "feedback", _("give feedback that was asked for")


def token_of(link: Link) -> str:
    return _signer.sign(link.pk.hex)


def url_of(link: Link) -> str:
    return settings.BASE_URL + _path_of(link)


def _path_of(link: Link) -> str:
    return f"/d/{token_of(link)}/"


def path_to(*, person: Person, purpose: Purpose, subject_id: UUID) -> str:
    """Where letters to this person about this subject lead; empty when none was sent."""
    link = Link.objects.filter(person=person, purpose=purpose, subject_id=subject_id).first()
    return _path_of(link) if link else ""


def issue(
    *, person: Person, purpose: Purpose, subject_id: UUID, route_id: UUID | None, now: datetime
) -> Link:
    """The link of this person to this subject: made when it is new, longer valid when it isn't.
    One that was too old or revoked stays so; what is asked anew gets another address."""
    old = Link.objects.filter(person=person, purpose=purpose, subject_id=subject_id)
    old.filter(Q(expires_at__lte=now) | Q(revoked_at__isnull=False)).delete()
    link, made = Link.objects.get_or_create(
        person=person,
        purpose=purpose,
        subject_id=subject_id,
        defaults={
            "route_id": route_id,
            "created_at": now,
            "expires_at": now + timedelta(days=settings.LINK_DAYS),
        },
    )
    if not made:
        link.expires_at = now + timedelta(days=settings.LINK_DAYS)
        Link.objects.filter(pk=link.pk).update(expires_at=link.expires_at)
    return link


@transaction.atomic
def send(
    *, person: Person, purpose: Purpose, subject_id: UUID, route_id: UUID | None, now: datetime
) -> None:
    """Mail somebody their working link again: the one thing to do, and nothing else."""
    link = issue(person=person, purpose=purpose, subject_id=subject_id, route_id=route_id, now=now)
    letters.send(
        to=person.email,
        language=person.language,
        template="access/link",
        context={"name": person.first_name, "purpose": purpose, "action_url": url_of(link)},
    )


def find(token: str) -> Link | None:
    """The link of a token, also when it has expired or was revoked; None for a made-up token."""
    try:
        link_id = UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Link.objects.select_related("person").filter(pk=link_id).first()


def works(link: Link, *, now: datetime) -> bool:
    return link.revoked_at is None and link.expires_at > now and link.person.is_active


def retire(*, person: Person, now: datetime) -> None:
    """Links in letters to an address that is no longer somebody's can do nothing any more. Whoever
    opens one can have a new one sent, to the address that is."""
    Link.objects.filter(person=person, expires_at__gt=now).update(expires_at=now)


def revoke(*, person: Person, route_id: UUID, now: datetime) -> None:
    """When a role on a route ends, its links end with it."""
    Link.objects.filter(person=person, route_id=route_id, revoked_at=None).update(revoked_at=now)
