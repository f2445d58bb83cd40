"""Getting acquainted: either side proposes, the other says whether it suits, and after the talk
both say yes or no. A double yes is the choice of a workplace, and opens the start agreement."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.core import audit
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.matching import notifications
from tussenstop.matching.actions import choosing
from tussenstop.matching.models import Acquaintance, Place, Wish
from tussenstop.matching.rules import MOST_WISHES, SHOWN, Side
from tussenstop.people.acting import By
from tussenstop.routes.actions import talks
from tussenstop.routes.actions.state import set_state
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.rules import BEFORE_AGREED, Context, State

TALK_MINUTES = 60


class CannotMeet(DomainError):
    """These two can't get acquainted like this."""


def side_of(*, by: By, route: Route, place: Place, now: datetime) -> Side:
    """On which side this person stands. Raises NotFound for who stands on neither."""
    if checks.may(by.person, OnRoute.WISH, route, now=now):
        return Side.STUDENT
    if checks.may_in(by.person, InScope.OFFER_PLACES, place.workplace.organisation, now=now):
        return Side.WORKPLACE
    raise NotFound


def _check_moment(starts_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise CannotMeet(_("Choose a moment that is still to come."), field="day")


def _check_seeking(route: Route) -> None:
    """Only who still looks for a workplace gets acquainted; an own employee stays at their own."""
    if route.state not in BEFORE_AGREED:
        raise CannotMeet(_("This student found a workplace already, or the route rests."))
    if route.context == Context.OWN_EMPLOYEE:
        raise CannotMeet(_("An own employee learns with their own employer."))


def _hold(route: Route) -> None:
    """One change at a time on a route: whoever acts at the same moment waits here."""
    lock(route.pk)
    route.refresh_from_db()


@transaction.atomic
def propose(
    *,
    by: By,
    route: Route,
    place: Place,
    starts_at: datetime,
    where: str,
    word: str,
    now: datetime,
) -> Acquaintance:
    """Propose to get acquainted, at a moment. A workplace can only ask who showed interest; a
    student who asks shows it by asking."""
    side = side_of(by=by, route=route, place=place, now=now)
    wish = Wish.objects.filter(route=route, place=place).first()
    if side == Side.WORKPLACE and (wish is None or not wish.shown):
        raise NotFound
    _hold(route)
    existing = Acquaintance.objects.filter(route=route, place=place, ended_at=None)
    if already := existing.first():
        return already
    _check_seeking(route)
    if place.state not in SHOWN:
        raise CannotMeet(_("This place is not open any more."))
    _check_moment(starts_at, now)
    if wish is None:
        _check_room(route)
    try:
        with transaction.atomic():
            made = Acquaintance.objects.create(
                route=route,
                place=place,
                begun_by=by.person,
                begun_at=now,
                proposed_by=side,
                proposed_at=now,
                starts_at=starts_at,
                where=where,
                word=word,
            )
    except IntegrityError:
        return existing.get()
    if side == Side.STUDENT:
        _show_interest(route, place, now)
    _tell(made, "acquaintance.proposed", by, now, when=starts_at.isoformat())
    notifications.proposed(made, to=side.other, now=now)
    return made


def _check_room(route: Route) -> None:
    """Asking keeps the place with the favourites, of which there is a most."""
    if Wish.objects.filter(route=route).count() >= MOST_WISHES:
        raise CannotMeet(
            _("You keep %(count)s favourites already. Let one go first.") % {"count": MOST_WISHES}
        )


def _show_interest(route: Route, place: Place, now: datetime) -> None:
    count = Wish.objects.filter(route=route).count()
    Wish.objects.update_or_create(
        route=route,
        place=place,
        defaults={"shown": True},
        create_defaults={"shown": True, "position": count + 1, "made_at": now},
    )


def _tell(one: Acquaintance, code: str, by: By, now: datetime, **params: str) -> None:
    """Write down what happened, outside the story of the route: whoever travels along later need
    not read where else the student went to look."""
    said = {"title": one.place.title, **params}
    audit.record(code, actor=by.actor, now=now, route_id=None, subject_id=one.pk, **said)


def _claim(one: Acquaintance, seen: int, **changes: object) -> None:
    """Write, if nobody else did since this person looked. Raises Stale."""
    rows = Acquaintance.objects.filter(pk=one.pk, version=seen, ended_at=None)
    if not rows.update(version=F("version") + 1, **changes):
        raise Stale(_("The other side answered meanwhile. Here is how it stands now."))
    one.refresh_from_db()


@transaction.atomic
def propose_again(
    *,
    by: By,
    one: Acquaintance,
    seen: int,
    starts_at: datetime,
    where: str,
    word: str,
    now: datetime,
) -> None:
    """Another moment instead: then it is for the other side to say whether it suits."""
    side = side_of(by=by, route=one.route, place=one.place, now=now)
    _hold(one.route)
    if one.suits_at:
        raise CannotMeet(_("The talk is planned already."))
    _check_moment(starts_at, now)
    _claim(
        one,
        seen,
        proposed_by=side,
        proposed_at=now,
        starts_at=starts_at,
        where=where,
        word=word,
    )
    _tell(one, "acquaintance.proposed", by, now, when=starts_at.isoformat())
    notifications.proposed(one, to=side.other, now=now)


@transaction.atomic
def suits(*, by: By, one: Acquaintance, seen: int, now: datetime) -> None:
    """The moment suits: the talk becomes a stop, and the route gets acquainted."""
    side = side_of(by=by, route=one.route, place=one.place, now=now)
    _hold(one.route)
    if one.suits_at:
        return
    _check_seeking(one.route)
    if one.proposed_by == side:
        raise CannotMeet(_("You proposed this moment yourself. It waits for the other side."))
    _check_moment(one.starts_at, now)
    _claim(one, seen, suits_at=now)
    route = one.route
    if route.state in (State.PREPARING, State.SEEKING):
        set_state(route, State.ACQUAINTING, actor=by.actor, now=now)
    with translation.override(route.student.language):
        # Not by the name of the place: the others on the route see the stop too.
        name = gettext("Getting acquainted with a workplace")
    one.stop = talks.put_talk(
        route=route,
        name=name,
        starts_at=one.starts_at,
        minutes=TALK_MINUTES,
        where=one.where,
    )
    one.save(update_fields=["stop"])
    _tell(one, "acquaintance.planned", by, now, when=one.starts_at.isoformat())
    notifications.planned(one, to=side.other, now=now)


@transaction.atomic
def answer(*, by: By, one: Acquaintance, yes: bool, word: str, seen: int, now: datetime) -> None:
    """Say yes or no, with a word. One no ends it; a second yes chooses this place."""
    side = side_of(by=by, route=one.route, place=one.place, now=now)
    _hold(one.route)
    if one.answer_of(side) is yes:
        return
    if yes:
        _check_seeking(one.route)
    if yes and one.suits_at is None:
        raise CannotMeet(_("First agree on a moment to meet."))
    if yes and one.place.state not in SHOWN:
        raise CannotMeet(_("This place is not open any more."))
    change: dict[str, object] = {f"{side}_yes": yes, f"{side}_word": word}
    if side == Side.WORKPLACE:
        change["workplace_by"] = by.person
    if not yes:
        change["ended_at"] = now
    _claim(one, seen, **change)
    _tell(one, "acquaintance.yes" if yes else "acquaintance.no", by, now)
    if one.student_yes and one.workplace_yes:
        _choose(one, by=by, now=now)
    else:
        if not yes and one.stop:
            talks.end_talk(one.stop, held=one.starts_at <= now, now=now)
        notifications.answered(one, to=side.other, yes=yes, word=word, now=now)


def _choose(one: Acquaintance, *, by: By, now: datetime) -> None:
    """Both said yes: the place is chosen."""
    Acquaintance.objects.filter(pk=one.pk).update(ended_at=now)
    if one.stop:
        talks.end_talk(one.stop, held=True, now=now)
    choosing.choose(by=by, route=one.route, place=one.place, now=now)
    for side in Side:
        notifications.chosen(one, to=side, now=now)
