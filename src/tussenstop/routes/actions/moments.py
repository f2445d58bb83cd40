"""Planning a stop: somebody proposes a date, everybody it needs says whether it suits."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.core import audit
from tussenstop.core.audit import SYSTEM
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes import moves, notifications
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Moment, MomentAnswer, Route, Stop
from tussenstop.routes.names import kept_name
from tussenstop.routes.rules import ENDED


class CannotPlan(DomainError):
    """This date can't be proposed or answered."""


def attendants(stop: Stop, *, now: datetime) -> list[Person]:
    """Who takes part in this stop: the people who hold the roles it needs."""
    parts = Participation.objects.filter(
        checks.taking_part(now), route_id=stop.route_id, role__in=stop.attends
    ).select_related("person")
    return list({part.person_id: part.person for part in parts}.values())


def _require_ahead(stop: Stop) -> None:
    if stop.route.state in ENDED or stop.done_at or stop.skipped_at:
        raise CannotPlan(_("This stop is behind us; it needs no date any more."))


def _require(by: By, stop: Stop, now: datetime) -> Route:
    checks.require(by.person, OnRoute.SET_DATES, stop.route, now=now)
    lock(stop.route_id)
    _require_ahead(stop)
    return stop.route


@transaction.atomic
def propose_moment(
    *,
    by: By,
    stop: Stop,
    key: UUID,
    starts_at: datetime,
    minutes: int,
    place: str,
    now: datetime,
) -> Moment:
    """Propose a date. An earlier proposal, and a date that held, give way to the new one once it
    holds. When the proposer is the only one it needs, it holds at once."""
    route = _require(by, stop, now)
    if already := Moment.objects.filter(pk=key, stop=stop).first():
        return already
    if starts_at <= now:
        raise CannotPlan(
            _("This moment has passed. Choose one that is still to come."), field="day"
        )
    Moment.objects.filter(stop=stop, ended_at=None).update(ended_at=now)
    try:
        with transaction.atomic():
            moment = Moment.objects.create(
                pk=key,
                stop=stop,
                starts_at=starts_at,
                minutes=minutes,
                place=place.strip(),
                proposed_by=by.person,
                proposed_at=now,
            )
    except IntegrityError as error:
        if already := Moment.objects.filter(pk=key, stop=stop).first():
            return already
        raise Stale(_("Somebody else just proposed a date. Look at that one first.")) from error
    others = [person for person in attendants(stop, now=now) if person.pk != by.person.pk]
    MomentAnswer.objects.bulk_create(MomentAnswer(moment=moment, person=p) for p in others)
    audit.record(
        "moment.proposed",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=stop.pk,
        stop=kept_name(stop),
        when=starts_at.isoformat(),
    )
    if others:
        notifications.moment_proposed(moment, others, now=now)
    else:
        _hold(moment, stop, now=now)
    moves.rebuild(route)
    return moment


def _hold(moment: Moment, stop: Stop, *, now: datetime) -> None:
    """Everybody said yes: the stop has its date."""
    if not Moment.objects.filter(pk=moment.pk, ended_at=None).update(ended_at=now):
        return
    Stop.objects.filter(pk=stop.pk).update(
        starts_at=moment.starts_at, minutes=moment.minutes, place=moment.place
    )
    audit.record(
        "moment.set",
        actor=SYSTEM,
        now=now,
        route_id=stop.route_id,
        subject_id=stop.pk,
        stop=kept_name(stop),
        when=moment.starts_at.isoformat(),
    )
    notifications.moment_set(moment, attendants(stop, now=now), now=now)


@transaction.atomic
def answer_moment(*, by: By, moment: Moment, suits: bool, now: datetime, word: str = "") -> None:
    """Say whether a proposed date suits. When it does not, the proposal ends and the proposer is
    told, with the word that was given along. Twice the same answer is one answer."""
    stop = moment.stop
    route = stop.route
    checks.require(by.person, OnRoute.SEE, route, now=now)
    mine = MomentAnswer.objects.filter(moment=moment, person=by.person)
    if not mine.exists():
        raise NotFound
    lock(stop.route_id)
    _require_ahead(stop)
    # Touching the moment first makes two answers at the same moment follow each other.
    if not Moment.objects.filter(pk=moment.pk, ended_at=None).update(minutes=moment.minutes):
        if mine.filter(suits=suits).exists():
            return
        raise Stale(_("This date is no longer on the table. Look at how things stand now."))
    if mine.filter(suits=suits).exists():
        return
    mine.update(suits=suits, word=word.strip(), at=now)
    audit.record(
        "moment.accepted" if suits else "moment.declined",
        actor=by.actor,
        now=now,
        route_id=route.pk,
        subject_id=stop.pk,
        stop=kept_name(stop),
    )
    if not suits:
        Moment.objects.filter(pk=moment.pk).update(ended_at=now)
        notifications.moment_declined(moment, by.person, word, now=now)
    elif not moment.answers.exclude(suits=True).exists():
        _hold(moment, stop, now=now)
    moves.rebuild(route)


@transaction.atomic
def withdraw_moment(*, by: By, moment: Moment, now: datetime) -> None:
    """Take one's own proposal back."""
    route = _require(by, moment.stop, now)
    if moment.proposed_by_id != by.person.pk:
        raise CannotPlan(_("Only the person who proposed this date can take it back."))
    if Moment.objects.filter(pk=moment.pk, ended_at=None).update(ended_at=now):
        audit.record(
            "moment.withdrawn",
            actor=by.actor,
            now=now,
            route_id=route.pk,
            subject_id=moment.stop_id,
            stop=kept_name(moment.stop),
        )
        moves.rebuild(route)
