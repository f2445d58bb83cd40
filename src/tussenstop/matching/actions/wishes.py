"""Wishing, from both sides: a student's favourite places in their own order, shown to a workplace
or not; and how much a workplace would like who showed interest."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.matching import fixed
from tussenstop.matching.models import Place, Preference, Wish
from tussenstop.matching.rules import MOST_WISHES, SHOWN, Grade
from tussenstop.people.acting import By
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.rules import BEFORE_AGREED, Context


class CannotWish(DomainError):
    """This place can't be wished for on this route."""


def _hold(by: By, route: Route, now: datetime, *, order: bool = True) -> list[Wish]:
    """The wishes of a route, one change at a time, the favourite first. Their `order` may be
    fixed for a while: then it can't be changed."""
    checks.require(by.person, OnRoute.WISH, route, now=now)
    if order and (reason := fixed.why(route, None, now)):
        raise CannotWish(reason)
    lock(route.pk)
    return list(Wish.objects.filter(route=route).order_by("position", "made_at", "pk"))


def _renumber(wishes: list[Wish]) -> None:
    for position, wish in enumerate(wishes, start=1):
        wish.position = position
        wish.tied = wish.tied and position > 1
    Wish.objects.bulk_update(wishes, ["position", "tied"])


@transaction.atomic
def add_wish(*, by: By, route: Route, place: Place, now: datetime) -> Wish:
    """Keep a place as a favourite, after the others. Twice is once."""
    wishes = _hold(by, route, now)
    if already := next((wish for wish in wishes if wish.place_id == place.pk), None):
        return already
    if route.state not in BEFORE_AGREED:
        raise CannotWish(_("There is a start agreement already: you found your workplace."))
    if route.context == Context.OWN_EMPLOYEE:
        raise CannotWish(_("An own employee learns with their own employer."))
    if place.state not in SHOWN:
        raise CannotWish(_("This place is not open any more."))
    if len(wishes) >= MOST_WISHES:
        raise CannotWish(
            _("You keep %(count)s favourites already. Let one go first.") % {"count": MOST_WISHES}
        )
    try:
        with transaction.atomic():
            return Wish.objects.create(
                route=route, place=place, position=len(wishes) + 1, made_at=now
            )
    except IntegrityError:
        return Wish.objects.get(route=route, place=place)


@transaction.atomic
def drop_wish(*, by: By, route: Route, place: Place, now: datetime) -> None:
    """Let a favourite go; the workplace no longer sees it."""
    wishes = _hold(by, route, now)
    here = next((i for i, wish in enumerate(wishes) if wish.place_id == place.pk), None)
    if here is None:
        return
    gone = wishes.pop(here)
    if not gone.tied and here < len(wishes):
        wishes[here].tied = False
    Wish.objects.filter(pk=gone.pk).delete()
    _renumber(wishes)


@transaction.atomic
def move_wish(*, by: By, route: Route, place: Place, up: bool, now: datetime) -> None:
    """Put a favourite one place higher or lower."""
    wishes = _hold(by, route, now)
    here = next((i for i, wish in enumerate(wishes) if wish.place_id == place.pk), None)
    if here is None:
        return
    there = here - 1 if up else here + 1
    if 0 <= there < len(wishes):
        wishes[here], wishes[there] = wishes[there], wishes[here]
        wishes[here].tied = wishes[there].tied = False
    _renumber(wishes)


@transaction.atomic
def tie_wish(*, by: By, route: Route, place: Place, tied: bool, now: datetime) -> None:
    """Say that a favourite is as dear as the one before it, or is not. The first has none."""
    wishes = _hold(by, route, now)
    for wish in wishes[1:]:
        if wish.place_id == place.pk:
            wish.tied = tied
    _renumber(wishes)


@transaction.atomic
def show_wish(*, by: By, route: Route, place: Place, shown: bool, word: str, now: datetime) -> None:
    """Let the workplace know of it, with a word; or take that back."""
    _hold(by, route, now, order=False)
    Wish.objects.filter(route=route, place=place).update(shown=shown, word=word)


@transaction.atomic
def prefer(*, by: By, place: Place, route: Route, grade: Grade | None, now: datetime) -> None:
    """Say how much the workplace would like this student; None is no preference. Only about who
    showed interest, and read by nobody but the workplace."""
    checks.require_in(by.person, InScope.OFFER_PLACES, place.workplace.organisation, now=now)
    if not Wish.objects.filter(place=place, route=route, shown=True).exists():
        raise NotFound
    if reason := fixed.why(route, place, now):
        raise CannotWish(reason)
    if grade is None:
        Preference.objects.filter(place=place, route=route).delete()
        return
    Preference.objects.update_or_create(
        place=place,
        route=route,
        defaults={"grade": grade, "given_by": by.person, "given_at": now},
    )
