"""Offering places: describing, opening, closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, Stale
from tussenstop.matching import catalogue
from tussenstop.matching.models import Place
from tussenstop.matching.rules import NEXT, PlaceState, mask_of
from tussenstop.people.acting import By
from tussenstop.people.models import Competence, Person, Programme, Workplace
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role


class CannotOffer(DomainError):
    """The place can't be like this."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a place offers. `days` are numbers from 1, Monday; `tasks` a line each."""

    title: str
    programmes: Sequence[Programme]
    competences: Sequence[Competence]
    mentors: Sequence[Person]
    starts_on: date
    ends_on: date
    days: Sequence[int]
    hours_a_week: int
    seats: int
    seats_lowest: int
    languages: Sequence[str]
    requirements: str
    tasks: Sequence[str]
    story: str
    practical: str

    def columns(self) -> dict[str, object]:
        """What stands in the row itself."""
        return {
            "title": self.title,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "days": mask_of(self.days),
            "hours_a_week": self.hours_a_week,
            "seats": self.seats,
            "seats_lowest": self.seats_lowest,
            "languages": list(self.languages),
            "requirements": self.requirements,
            "tasks": list(self.tasks),
            "story": self.story,
            "practical": self.practical,
        }


def _check(offer: Offer, workplace: Workplace, *, now: datetime) -> None:
    if offer.ends_on < offer.starts_on:
        raise CannotOffer(_("The last day lies before the first."), field="ends_on")
    if offer.seats_lowest > offer.seats:
        raise CannotOffer(_("This is more than there are places."), field="seats_lowest")
    if not offer.days:
        raise CannotOffer(_("Choose at least one day."), field="days")
    if not offer.programmes:
        raise CannotOffer(_("Choose at least one programme."), field="programmes")
    of_programmes = {programme.pk for programme in offer.programmes}
    if any(one.programme_id not in of_programmes for one in offer.competences):
        raise CannotOffer(
            _("A competence belongs to a programme that is not chosen."), field="competences"
        )
    known = set(
        holders(workplace.organisation, [Role.MENTOR], now=now).values_list("pk", flat=True)
    )
    if any(mentor.pk not in known for mentor in offer.mentors):
        raise CannotOffer(_("Choose mentors of your organisation."), field="mentors")


def _relate(place: Place, offer: Offer) -> None:
    place.programmes.set(offer.programmes)
    place.competences.set(offer.competences)
    place.mentors.set(offer.mentors)


@transaction.atomic
def add_place(*, by: By, workplace: Workplace, key: UUID, offer: Offer, now: datetime) -> Place:
    """Describe a place, as a draft. `key` came with the form: sent twice, made once."""
    checks.require_in(by.person, InScope.OFFER_PLACES, workplace.organisation, now=now)
    return put_place(by=by, workplace=workplace, key=key, offer=offer, now=now)


@transaction.atomic
def put_place(*, by: By, workplace: Workplace, key: UUID, offer: Offer, now: datetime) -> Place:
    """Write a place down as a draft. The permission was checked by the caller."""
    if already := Place.objects.filter(pk=key, workplace=workplace).first():
        return already
    _check(offer, workplace, now=now)
    try:
        with transaction.atomic():
            place = Place.objects.create(
                pk=key, workplace=workplace, created_at=now, **offer.columns()
            )
    except IntegrityError:
        return Place.objects.get(pk=key, workplace=workplace)
    _relate(place, offer)
    audit.record("place.added", actor=by.actor, now=now, subject_id=place.pk, title=place.title)
    return place


@transaction.atomic
def edit_place(*, by: By, place: Place, seen: int, offer: Offer, now: datetime) -> None:
    """Describe a place anew. Raises Stale when somebody else did so meanwhile."""
    workplace = place.workplace
    checks.require_in(by.person, InScope.OFFER_PLACES, workplace.organisation, now=now)
    _check(offer, workplace, now=now)
    changed = Place.objects.filter(pk=place.pk, version=seen).update(
        version=F("version") + 1, **offer.columns()
    )
    if not changed:
        raise Stale(_("Somebody else changed this while you were busy. Look, and save again."))
    _relate(place, offer)
    catalogue.forget()
    audit.record("place.changed", actor=by.actor, now=now, subject_id=place.pk, title=offer.title)


@transaction.atomic
def set_state(*, by: By, place: Place, to: PlaceState, now: datetime) -> None:
    """Open a place for students, say that it is full, or close it. Twice the same is once."""
    checks.require_in(by.person, InScope.OFFER_PLACES, place.workplace.organisation, now=now)
    put_state(by=by, place=place, to=to, now=now)


@transaction.atomic
def put_state(*, by: By, place: Place, to: PlaceState, now: datetime) -> None:
    """Write down how a place stands from now on. The permission was checked by the caller."""
    before = [state for state, following in NEXT.items() if to in following]
    if to == PlaceState.PUBLISHED and place.workplace.closed_at:
        raise CannotOffer(_("This workplace takes no new students. Open it again first."))
    if not Place.objects.filter(pk=place.pk, state__in=before).update(
        state=to, version=F("version") + 1
    ):
        return
    catalogue.forget()
    audit.record(
        f"place.{to.value}", actor=by.actor, now=now, subject_id=place.pk, title=place.title
    )
