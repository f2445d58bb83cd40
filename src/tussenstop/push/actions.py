"""What somebody can do about signs on a device, and what a session does to them."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tussenstop.core.errors import DomainError, NotFound
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.push import keys, webpush
from tussenstop.push.models import Device
from tussenstop.push.rules import MOST_DEVICES, Subscription, bytes_of, is_allowed, names_of
from tussenstop.push.sessions import Standing, standing_of
from tussenstop.push.webpush import mark_of


class CannotSwitchOn(DomainError):
    """This browser can't get signs from here."""


def _mark(subscription: Subscription) -> str:
    """The mark of our key it was made with, when all of it can be used. Raises CannotSwitchOn."""
    if not settings.PUSH or not is_allowed(subscription.endpoint, settings.PUSH_HOSTS):
        raise CannotSwitchOn(_("This installation can't reach the push service of your browser."))
    key, auth = bytes_of(subscription.p256dh), bytes_of(subscription.auth)
    mark = mark_of(subscription.server_key)
    try:
        webpush.browser_key(key or b"")
    except ValueError as error:
        raise CannotSwitchOn(_("Your browser gave no key that works. Try again.")) from error
    if auth is None or len(auth) != 16 or keys.by_mark(mark) is None:
        raise CannotSwitchOn(_("Your browser gave no key that works. Try again."))
    return mark


@transaction.atomic
def switch_on(
    *,
    by: By,
    subscription: Subscription,
    session: str,
    until: datetime,
    user_agent: str,
    now: datetime,
) -> Device:
    """From now on a sign on the device with this session. The same browser twice is one device; of
    somebody who used it before nothing stays. Raises CannotSwitchOn."""
    mark = _mark(subscription)
    browser, system = names_of(user_agent)
    Person.objects.select_for_update().get(pk=by.person.pk)  # one after the other
    theirs = list(Device.objects.select_related("person").filter(person=by.person))
    gone = [pk for pk, one in standing_of(theirs, now).items() if one == Standing.GONE]
    same = Q(endpoint=subscription.endpoint)
    Device.objects.filter(Q(pk__in=gone) | Q(session=session) | same).exclude(
        same, person=by.person
    ).delete()
    columns = {
        "p256dh": subscription.p256dh.rstrip("="),
        "auth": subscription.auth.rstrip("="),
        "key": mark,
        "browser": browser,
        "system": system,
        "session": session,
        "until": until,
    }
    known = Device.objects.filter(same, person=by.person).first()
    if known is None and Device.objects.filter(person=by.person).count() >= MOST_DEVICES:
        raise CannotSwitchOn(
            _("You get signs on %(count)s devices already. Remove one first.")
            % {"count": MOST_DEVICES}
        )
    try:
        with transaction.atomic():
            return Device.objects.update_or_create(
                person=by.person,
                endpoint=subscription.endpoint,
                defaults=columns,
                create_defaults={**columns, "made_at": now},
            )[0]
    except IntegrityError as error:  # somebody else, at this very moment
        raise CannotSwitchOn(_("That did not work. Try again.")) from error


@transaction.atomic
def renew(
    *,
    by: By,
    was: str,
    subscription: Subscription,
    session: str,
    until: datetime,
    user_agent: str,
    now: datetime,
) -> Device:
    """Signed in again on a device that was known, or its browser changed its address. What was
    removed meanwhile stays so. Raises NotFound, CannotSwitchOn."""
    before = Device.objects.filter(person=by.person, endpoint=was)
    if not before.exists():
        raise NotFound
    if was != subscription.endpoint:
        before.delete()
    return switch_on(
        by=by,
        subscription=subscription,
        session=session,
        until=until,
        user_agent=user_agent,
        now=now,
    )


def switch_off(*, by: By, device: Device) -> None:
    """No more signs there. Twice is once."""
    Device.objects.filter(pk=device.pk, person=by.person).delete()


def session_ended(session: str) -> None:
    """Whoever signs out on a device gets no more signs there."""
    Device.objects.filter(session=session).delete()


def session_renamed(session: str, to: str) -> None:
    """The same person goes on under another key, as after a new password."""
    Device.objects.filter(session=session).update(session=to)
