"""The places of the demo, offered, opened and wished for through the real actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tussenstop.core.ids import uuid7
from tussenstop.matching.actions import acquaintances, places, wishes
from tussenstop.matching.actions.places import Offer
from tussenstop.matching.models import Place
from tussenstop.matching.rules import PlaceState
from tussenstop.people.acting import By
from tussenstop.people.models import Competence, Person, Programme, Workplace
from tussenstop.people.queries import holders
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route
from tussenstop.routes.rules import State


def offer(
    data: Sequence[Mapping[str, Any]],
    *,
    programmes: Mapping[str, Programme],
    workplaces: Mapping[str, Sequence[Workplace]],
    coordinators: Mapping[str, Person],
    mentors: Mapping[str, Sequence[Person]],
    now: datetime,
) -> None:
    """Offer and open every place."""
    first = timezone.localdate(now) + timedelta(weeks=6)
    for one in data:
        at = workplaces[one["organisation"]]
        by = By(coordinators[one["organisation"]])
        chosen = [programmes[key] for key in one["programmes"]]
        place = places.add_place(
            by=by,
            workplace=at[one["workplace"] % len(at)],
            key=uuid7(),
            offer=Offer(
                title=one["title"],
                programmes=chosen,
                competences=list(
                    Competence.objects.filter(programme__in=chosen, parts=None).order_by(
                        "position"
                    )[:4]
                ),
                mentors=list(mentors[one["organisation"]])[:2],
                starts_on=first,
                ends_on=first + timedelta(weeks=26),
                days=one["days"],
                hours_a_week=one["hours"],
                seats=one["seats"],
                seats_lowest=0,
                languages=one["languages"],
                requirements=one["requirements"],
                tasks=one["tasks"],
                story=one["story"],
                practical=one["practical"],
            ),
            now=now,
        )
        places.set_state(by=by, place=place, to=PlaceState.PUBLISHED, now=now)


def wish(*, now: datetime) -> None:
    """Whoever still seeks keeps a few favourites, each in their own order, and shows the first two
    their interest."""
    words = ("Ik kom graag eens kijken.", "Mag ik een dag meelopen?", "Dit is wat ik zoek.")
    before = now - timedelta(days=10)
    for number, route in enumerate(
        Route.objects.filter(state=State.SEEKING)
        .select_related("student")
        .order_by("student__name")
    ):
        by = By(route.student)
        found = list(Place.objects.filter(programmes=route.programme_id).order_by("title")[:3])
        found = found[number % 2 :] + found[: number % 2]
        for place in found:
            wishes.add_wish(by=by, route=route, place=place, now=before)
        for place in found[:2]:
            word = words[number % 3] if place == found[0] else ""
            wishes.show_wish(by=by, route=route, place=place, shown=True, word=word, now=before)
        if found:
            _meet(by, route, found[0], number=number, now=now)


def _some_monday(now: datetime) -> datetime:
    """Two o'clock on the Monday after this week."""
    local = timezone.localtime(now)
    return (local + timedelta(days=7 - local.weekday())).replace(hour=14, minute=0, second=0)


def _meet(by: By, route: Route, place: Place, *, number: int, now: datetime) -> None:
    """The first proposal waits for an answer, the second talk is planned, the rest comes later."""
    if number > 1:
        return
    one = acquaintances.propose(
        by=by,
        route=route,
        place=place,
        starts_at=_some_monday(now) + timedelta(days=number),
        where="Aan het onthaal",
        word="Ik kijk ernaar uit.",
        now=now,
    )
    if number == 1:
        coordinator = holders(
            place.workplace.organisation, [Role.ORGANISATION_COORDINATOR], now=now
        )[0]
        acquaintances.suits(by=By(coordinator), one=one, seen=one.version, now=now)
