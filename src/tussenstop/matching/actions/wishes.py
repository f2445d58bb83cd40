"""Wishing, from both sides: a student's favourite places in their own order, shown to a workplace
or not; and how much a workplace would like who showed interest."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.matching.models import Place, Preference, Wish
from tussenstop.matching.rules import MOST_WISHES, SHOWN, Grade
from tussenstop.people.acting import By
from tussenstop.routes.models import Route
from tussenstop.routes.rules import BEFORE_AGREED, Context


class CannotWish(DomainError):
    """This place can't be wished for on this route."""


def _hold(by: By, route: Route, now: datetime) -> list[Wish]:
    """The wishes of a route, one change at a time, the favourite first."""
    checks.require(by.person, OnRoute.WISH, route, now=now)
    Route.objects.filter(pk=route.pk).update(version=F("version"))
    return list(Wish.objects.filter(route=route).order_by("position", "made_at", "pk"))


def _renumber(wishes: list[Wish]) -> None:
    for position, wish in enumerate(wishes, start=1):
        wish.position = position
    Wish.objects.bulk_update(wishes, ["position"])


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
    Wish.objects.filter(route=route, place=place).delete()
    _renumber([wish for wish in wishes if wish.place_id != place.pk])


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
    _renumber(wishes)


@transaction.atomic
def show_wish(*, by: By, route: Route, place: Place, shown: bool, word: str, now: datetime) -> None:
    """Let the workplace know of it, with a word; or take that back."""
    _hold(by, route, now)
    Wish.objects.filter(route=route, place=place).update(shown=shown, word=word)


@transaction.atomic
def prefer(*, by: By, place: Place, route: Route, grade: Grade | None, now: datetime) -> None:
    """Say how much the workplace would like this student; None is no preference. Only about who
    showed interest, and read by nobody but the workplace."""
    checks.require_in(by.person, InScope.OFFER_PLACES, place.workplace.organisation, now=now)
    if not Wish.objects.filter(place=place, route=route, shown=True).exists():
        raise NotFound
    if grade is None:
        Preference.objects.filter(place=place, route=route).delete()
        return
    Preference.objects.update_or_create(
        place=place,
        route=route,
        defaults={"grade": grade, "given_by": by.person, "given_at": now},
    )
