"""A round as the engine wants it: students, places and wishes in arrays, with what does not count."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tussenstop.matching.models import Acquaintance, Place, Preference, Taken, Wish
from tussenstop.matching.rules import SHOWN, Grade
from tussenstop.rounds.models import Match, Round, RoundPlace, RoundQuota, RoundStudent
from tussenstop.rounds.rules import NO_PREFERENCE, Why
from tussenstop.rounds.wanted import Offer, Terms, find_town, hindrance
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import BEFORE_AGREED, Context
from tussenstop.startposition.need import Need, needs_of

if TYPE_CHECKING:
    from tussenstop.matching.engine.market import Market

OWN = 1  # the grade of an own employee at their own workplace: before everybody else


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish as it stands in a round: its place, how dear (1 the dearest, equal when tied), and
    what keeps it from counting."""

    place_id: UUID
    level: int
    hindered: Why | None


@dataclass(frozen=True)
class Entry:
    """A round on one moment, ready to be decided. `asked` holds the wishes of each student, also
    those that do not count; students, places and `market` count from 0 in the same order."""

    students: list[RoundStudent]
    places: list[RoundPlace]
    asked: list[list[Asked]]
    own: set[int]
    market: "Market"
    fingerprint: str


def last_moment(round_: Round) -> datetime:
    """Wishes count when they were made before this: the end of their last day."""
    return timezone.make_aware(datetime.combine(round_.wishes_until + timedelta(days=1), time.min))


def taking_part(round_: Round) -> QuerySet[RoundStudent]:
    """Who takes part still: not gone, and without a workplace, or an own employee with one."""
    here = Placement.objects.filter(ended_at=None, route__in=_routes(round_)).values("route_id")
    own = Q(route__context=Context.OWN_EMPLOYEE)
    return RoundStudent.objects.filter(
        round=round_, left_at=None, route__state__in=BEFORE_AGREED
    ).filter(Q(own, route__in=here) | (~own & ~Q(route__in=here)))


def _routes(round_: Round) -> QuerySet[RoundStudent, Any]:
    return RoundStudent.objects.filter(round=round_, left_at=None).values("route_id")


def wishes_that_may_count(round_: Round) -> QuerySet[Wish]:
    return Wish.objects.filter(made_at__lt=last_moment(round_)).order_by(
        "route_id", "position", "made_at", "pk"
    )


def levels(ties: Iterable[bool]) -> list[int]:
    """How dear each wish of one student is, from 1; a wish tied to the one before is as dear."""
    found: list[int] = []
    for tied in ties:
        found.append(found[-1] if tied and found else len(found) + 1)
    return found


class Judge:
    """Judges wishes of a round, with everything it needs read beforehand."""

    def __init__(
        self, round_: Round, routes: QuerySet[Route], *, only: Iterable[UUID] | None = None
    ) -> None:
        """For wishes of these routes; for `only` some places, or all."""
        self.terms = Terms(round_.starts_on, round_.ends_on, frozenset(round_.requirements))
        self.needs: dict[UUID, Need] = needs_of(routes)
        rows = RoundPlace.objects.filter(round=round_, left_at=None, place__state__in=SHOWN)
        if only is not None:
            rows = rows.filter(place__in=list(only))
        self.places = {row.place_id: row for row in rows.select_related("place__workplace")}
        self.offers = _offers([row.place for row in self.places.values()], rows)
        self.refused = _refusals(routes)
        self.grades: dict[tuple[UUID, UUID], int] = {
            (place_id, route_id): grade
            for place_id, route_id, grade in Preference.objects.filter(
                route__in=routes, place__in=rows.values("place")
            ).values_list("place_id", "route_id", "grade")
        }

    def of(self, route_id: UUID, place_id: UUID) -> Why | None:
        """What keeps this wish from counting; None when it counts."""
        if place_id not in self.places:
            return Why.NOT_IN_ROUND
        if refused := self.refused.get((route_id, place_id)):
            return refused
        if found := hindrance(self.offers[place_id], self.needs[route_id], self.terms):
            return found
        if self.grades.get((place_id, route_id)) == Grade.CANNOT:
            return Why.CANNOT
        return None

    def asked(self, route_id: UUID, wishes: list[tuple[UUID, bool]]) -> list[Asked]:
        """The wishes of one student, (place, tied) in their order."""
        dear = levels(tied for _place, tied in wishes)
        return [
            Asked(place_id, level, self.of(route_id, place_id))
            for (place_id, _tied), level in zip(wishes, dear, strict=True)
        ]


def _offers(places: list[Place], rows: QuerySet[RoundPlace]) -> dict[UUID, Offer]:
    programmes: dict[UUID, set[UUID]] = defaultdict(set)
    links = Place.programmes.through.objects.filter(place__in=rows.values("place"))
    for place_id, programme_id in links.values_list("place_id", "programme_id").iterator():
        programmes[place_id].add(programme_id)
    return {
        place.pk: Offer(
            programmes=frozenset(programmes[place.pk]),
            starts_on=place.starts_on,
            ends_on=place.ends_on,
            days=place.days,
            languages=frozenset(place.languages),
            town=find_town(f"{place.workplace.postal_code} {place.workplace.city}"),
        )
        for place in places
    }


def _refusals(routes: QuerySet[Route]) -> dict[tuple[UUID, UUID], Why]:
    """Who kindly said no to whom before, in talks and in earlier rounds."""
    found: dict[tuple[UUID, UUID], Why] = {}
    models: tuple[Any, ...] = (Acquaintance, Match)
    for model in models:
        rows = model.objects.filter(
            Q(student_yes=False) | Q(workplace_yes=False), route__in=routes
        ).values_list("route_id", "place_id", "student_yes")
        for route_id, place_id, student_yes in rows:
            found[route_id, place_id] = Why.SAID_NO if student_yes is False else Why.THEY_SAID_NO
    return found


def _seats(round_: Round, places: list[RoundPlace]) -> list[int]:
    """Seats in the round, never more than the place has left."""
    here = RoundPlace.objects.filter(round=round_).values("place")
    counted = (
        Taken.objects.filter(placement__ended_at=None, place__in=here)
        .values("place_id")
        .annotate(count=Count("pk"))
    )
    taken = {row["place_id"]: row["count"] for row in counted}
    return [max(min(row.seats, row.place.seats - taken.get(row.place_id, 0)), 0) for row in places]


def _own_wishes(students: list[RoundStudent], judge: Judge) -> dict[int, list[Asked]]:
    """An own employee stays: their one wish is for the places of their own workplace, or of their
    employer when that workplace has none in the round."""
    own = {n: row for n, row in enumerate(students) if row.route.context == Context.OWN_EMPLOYEE}
    if not own:
        return {}
    here = {
        route_id: (workplace_id, organisation_id)
        for route_id, workplace_id, organisation_id in Placement.objects.filter(
            ended_at=None, route__context=Context.OWN_EMPLOYEE, route__state__in=BEFORE_AGREED
        ).values_list("route_id", "workplace_id", "organisation_id")
    }
    found: dict[int, list[Asked]] = {}
    for n, row in own.items():
        workplace_id, organisation_id = here[row.route_id]
        possible = [
            one.place
            for one in judge.places.values()
            if one.place.workplace.organisation_id == organisation_id
            and row.route.programme_id in judge.offers[one.place_id].programmes
        ]
        at_work = [place for place in possible if place.workplace_id == workplace_id]
        found[n] = [Asked(place.pk, 1, None) for place in sorted(at_work or possible, key=_by_id)]
    return found


def _by_id(place: Place) -> UUID:
    return place.pk


def enter(round_: Round) -> Entry:
    """Everything that goes into a round as it stands now."""
    part = taking_part(round_)
    students = list(part.select_related("route").order_by("pk"))
    judge = Judge(round_, Route.objects.filter(pk__in=part.values("route_id")))
    places = sorted(judge.places.values(), key=lambda row: row.pk)
    by_route: dict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
    wishes = wishes_that_may_count(round_).filter(route__in=part.values("route_id"))
    for route_id, place_id, tied in wishes.values_list("route_id", "place_id", "tied").iterator():
        by_route[route_id].append((place_id, tied))
    own = _own_wishes(students, judge)
    asked = [
        own[n] if n in own else judge.asked(row.route_id, by_route.get(row.route_id, []))
        for n, row in enumerate(students)
    ]
    market = _arrays(round_, students, places, asked, judge, own)
    return Entry(
        students,
        places,
        asked,
        set(own),
        market,
        _fingerprint(round_, students, places, asked, market),
    )


def _arrays(
    round_: Round,
    students: list[RoundStudent],
    places: list[RoundPlace],
    asked: list[list[Asked]],
    judge: Judge,
    own: dict[int, list[Asked]],
) -> "Market":
    import numpy as np

    from tussenstop.matching.engine.market import Market  # noqa: PLC0415

    number = {row.place_id: n for n, row in enumerate(places)}
    start, place, wish, grade = [0], [], [], []
    for n, (row, wishes) in enumerate(zip(students, asked, strict=True)):
        dense: dict[int, int] = {}
        for one in wishes:
            if one.hindered is None:
                place.append(number[one.place_id])
                wish.append(dense.setdefault(one.level, len(dense) + 1))
                given = judge.grades.get((one.place_id, row.route_id), NO_PREFERENCE)
                grade.append(OWN if n in own else OWN + given)
        start.append(len(place))
    organisations = sorted({row.place.workplace.organisation_id for row in places})
    at = {pk: n for n, pk in enumerate(organisations)}
    quota = np.full(len(organisations), -1, dtype=np.int32)
    for organisation_id, most in RoundQuota.objects.filter(round=round_).values_list(
        "organisation_id", "most"
    ):
        if organisation_id in at:
            quota[at[organisation_id]] = most
    lowest = np.array([row.lowest for row in places], dtype=np.int32)
    return Market(
        start=np.array(start, dtype=np.int64),
        place=np.array(place, dtype=np.int32),
        wish=np.array(wish, dtype=np.int16),
        grade=np.array(grade, dtype=np.int32),
        capacity=np.array(_seats(round_, places), dtype=np.int32),
        minimum=lowest if lowest.any() else None,
        organisation=np.array(
            [at[row.place.workplace.organisation_id] for row in places], np.int32
        ),
        quota=quota if (quota >= 0).any() else None,
        together=_groups(students),
    )


def _groups(students: list[RoundStudent]) -> tuple[tuple[int, ...], ...]:
    groups: dict[int, list[int]] = defaultdict(list)
    for n, row in enumerate(students):
        if row.together is not None:
            groups[row.together].append(n)
    return tuple(tuple(group) for _name, group in sorted(groups.items()) if len(group) > 1)


def _fingerprint(
    round_: Round,
    students: list[RoundStudent],
    places: list[RoundPlace],
    asked: list[list[Asked]],
    market: "Market",
) -> str:
    """Equal only when nothing changed that matters to anybody's result."""
    found = hashlib.sha256()
    for rows in (students, places):
        found.update("".join(str(row.pk) for row in rows).encode())
    hindered = [[(str(one.place_id), one.level, one.hindered) for one in row] for row in asked]
    found.update(json.dumps([round_.seed, hindered, market.together]).encode())
    for array in (market.start, market.place, market.wish, market.grade, market.capacity):
        found.update(array.tobytes())
    for limit in (market.minimum, market.organisation, market.quota):
        found.update(b"-" if limit is None else limit.tobytes())
    return found.hexdigest()
