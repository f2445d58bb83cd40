"""A double yes: a student and a place chose each other, after a talk or in a round."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import F

from tussenstop.agreements.actions import drafts
from tussenstop.content import pack
from tussenstop.core import audit
from tussenstop.core.audit import SYSTEM
from tussenstop.core.ids import uuid7
from tussenstop.matching import catalogue, notifications
from tussenstop.matching.models import Acquaintance, Place, Taken
from tussenstop.matching.rules import PlaceState
from tussenstop.people.acting import By
from tussenstop.routes.actions import talks, workplace
from tussenstop.routes.actions.start import Mentor
from tussenstop.routes.actions.start import Place as Chosen
from tussenstop.routes.actions.state import set_state
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State

Ends = Callable[[Route, datetime], None]
_ends: list[Ends] = []


def register(ends: Ends) -> None:
    """Let a package end what it still had open for a route. Called once, at start-up."""
    if ends not in _ends:
        _ends.append(ends)


def choose(*, by: By, route: Route, place: Place, now: datetime) -> None:
    """Give the route its workplace and mentor, begin the start agreement, end the talks that still
    ran elsewhere. Whoever calls this made sure, in its transaction, that both sides said yes."""
    mentor = place.mentors.order_by("name").exclude(pk=route.student_id).first()
    form = next((form.key for form in pack().forms.values() if route.context in form.contexts), "")
    placement = workplace.settle(
        by=by,
        route=route,
        key=uuid7(),
        place=Chosen(place.workplace, place.starts_on, place.ends_on, form),
        mentors=[Mentor(mentor)] if mentor else [],
        now=now,
    )
    Taken.objects.create(place=place, placement=placement, at=now)
    audit.record(
        "acquaintance.chosen",
        actor=SYSTEM,
        now=now,
        route_id=route.pk,
        subject_id=place.pk,
        title=place.title,
    )
    if route.state in (State.PREPARING, State.SEEKING):
        set_state(route, State.ACQUAINTING, actor=by.actor, now=now)
    drafts.begin_start_agreement(
        by=By(route.student, by.means), route=route, placement=placement, now=now
    )
    _end_talks_elsewhere(route, now)
    for ends in _ends:
        ends(route, now)
    _fill(place, now)


def _end_talks_elsewhere(route: Route, now: datetime) -> None:
    others = Acquaintance.objects.filter(route=route, ended_at=None).select_related(
        "place__workplace__organisation", "route__student", "stop__route"
    )
    for other in others:
        Acquaintance.objects.filter(pk=other.pk).update(ended_at=now)
        if other.stop:
            talks.end_talk(other.stop, held=other.starts_at <= now, now=now)
        notifications.elsewhere(other, now=now)


def _fill(place: Place, now: datetime) -> None:
    """A place whose seats are taken is full."""
    if Taken.objects.filter(place=place, placement__ended_at=None).count() < place.seats:
        return
    if Place.objects.filter(pk=place.pk, state=PlaceState.PUBLISHED).update(
        state=PlaceState.FULL, version=F("version") + 1
    ):
        catalogue.forget()
        audit.record("place.full", actor=SYSTEM, now=now, subject_id=place.pk, title=place.title)
