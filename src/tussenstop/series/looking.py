"""Looking for the moments of a series: as many conversations as possible, at good moments."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core import clock
from tussenstop.people.models import Institution
from tussenstop.policies.holidays import public_holidays
from tussenstop.policies.queries import holidays_between
from tussenstop.routes.models import MomentAnswer, Stop
from tussenstop.series.availability import Availability, away
from tussenstop.series.models import Series, Talk
from tussenstop.series.queries import complete, people_by_stop
from tussenstop.series.rules import SECONDS, Missing, Proof, Where
from tussenstop.series.slots import Slot, Taken, free, slots_between

AT_WORKPLACE = 60  # points for a moment while the student is at the workplace
NEAR = 50  # points for a moment on the day the route aims at, one less a day
IN_A_DAY = 20  # a point is worth more than all hours of a day; of these the earlier ones go first


@dataclass(frozen=True)
class Asked:
    """A conversation that can be planned: who is needed, and which slots suit, with points."""

    talk: Talk
    people: list[Participation]
    slots: list[int]
    likes: list[int]


def look_for(series: Series) -> None:
    """Find a moment for as many conversations as possible, and say why the others have none."""
    from tussenstop.planning.engine import talks as engine  # noqa: PLC0415 - large, only for jobs
    from tussenstop.planning.engine.master import Proof as Proven  # noqa: PLC0415

    slots = _slots(series)
    talks = list(
        Talk.objects.filter(series=series)
        .select_related("stop__route__student", "stop__route__institution")
        .order_by("pk")
    )
    asked = _asked(series, talks, slots)
    held = engine.plan_talks(
        [
            engine.Talk(
                tuple(sorted({str(part.person_id) for part in one.people})),
                tuple(one.slots),
                tuple(one.likes),
            )
            for one in asked
        ],
        rooms=series.rooms,
        seconds=SECONDS,
    )
    decided = held.proof != Proven.UNDECIDED
    for one, slot in zip(asked, held.slot_of, strict=True):
        one.talk.starts_at = slots[slot].starts_at if slot is not None else None
        if slot is None:
            one.talk.missing = _why(one, decided=decided)
    Talk.objects.bulk_update(talks, ["starts_at", "missing"])
    Series.objects.filter(pk=series.pk, finished_at=None).update(
        finished_at=clock.now(),
        proof=Proof.BEST if held.proof == Proven.BEST else Proof.WITHIN if decided else "",
    )


def _why(one: Asked, *, decided: bool) -> Missing:
    if not complete(one.talk.stop, one.people):
        return Missing.INCOMPLETE
    if not one.slots:
        return Missing.NO_MOMENT
    return Missing.TAKEN if decided else Missing.UNDECIDED


def _slots(series: Series) -> list[Slot]:
    return slots_between(
        series.from_on,
        series.until_on,
        weekdays=set(series.weekdays),
        starts_at=series.starts_at,
        ends_at=series.ends_at,
        minutes=series.minutes,
        between=series.between,
        closed=public_holidays(series.from_on, series.until_on),
        zone=timezone.get_default_timezone(),
    )


def _asked(series: Series, talks: list[Talk], slots: list[Slot]) -> list[Asked]:
    now = series.asked_at
    planner = series.person
    known = Availability(planner, series.from_on, series.until_on, now=now)
    people = people_by_stop([talk.stop for talk in talks], now=now)
    known.of_others([part.person for parts in people.values() for part in parts])
    declined = _declined(talks)
    holidays: dict[UUID, list[Taken]] = {}
    early = _early(slots)
    found = []
    for talk in talks:
        parts = people[talk.stop_id]
        if not complete(talk.stop, parts):
            found.append(Asked(talk, parts, [], []))
            continue
        taken = _taken(series, talk, parts, known)
        taken += declined.get(talk.stop_id, [])
        if series.holidays_free:
            school = talk.stop.route.institution
            taken += holidays.setdefault(school.pk, _holidays(series, school))
        at_work = known.at_workplace(talk.stop.route)
        if series.where == Where.ELSEWHERE:
            taken += at_work
        suits = free(slots, taken)
        likes = [
            IN_A_DAY * _points(series, talk.stop, slots[number], at_work) + early[number]
            for number in suits
        ]
        found.append(Asked(talk, parts, suits, likes))
    return found


def _taken(
    series: Series, talk: Talk, parts: list[Participation], known: Availability
) -> list[Taken]:
    """What stands in the way of one conversation."""
    route = talk.stop.route
    roles = checks.roles_on(series.person, route, now=series.asked_at)
    roles &= ON_ROUTE[OnRoute.SET_DATES]
    zone = timezone.get_default_timezone()
    taken: list[Taken] = []
    for part in parts:
        taken += known.talks_of(part.person_id)
        if part.person_id == series.person_id:
            taken += known.of_planner()
        elif part.role == RouteRole.STUDENT:
            taken += known.of_student(route, roles)
        if part.role == RouteRole.MENTOR:
            taken += away(part.placement_id, series.from_on, series.until_on, zone)
    return taken


def _declined(talks: list[Talk]) -> dict[UUID, list[Taken]]:
    """Moments to which somebody said no before: not to be proposed again."""
    found: dict[UUID, list[Taken]] = {}
    answers = MomentAnswer.objects.filter(
        moment__stop_id__in=[talk.stop_id for talk in talks], suits=False
    ).select_related("moment")
    for one in answers:
        begin = one.moment.starts_at
        end = begin + timedelta(minutes=one.moment.minutes)
        found.setdefault(one.moment.stop_id, []).append((begin, end))
    return found


def _holidays(series: Series, school: Institution) -> list[Taken]:
    found, _versions = holidays_between(series.from_on, series.until_on, school)
    return [(_midnight(one.first_on), _midnight(one.last_on + timedelta(days=1))) for one in found]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _early(slots: list[Slot]) -> list[int]:
    """Less than a point: more for the first moments of a day."""
    found: list[int] = []
    for number, slot in enumerate(slots):
        first = number == 0 or slots[number - 1].starts_at.date() != slot.starts_at.date()
        found.append(IN_A_DAY - 1 if first else max(found[-1] - 1, 0))
    return found


def _points(series: Series, stop: Stop, slot: Slot, at_work: list[Taken]) -> int:
    """Points of a moment: near the day the route aims at, and while the student is there anyway."""
    points = 0
    if series.where == Where.WORKPLACE and any(slot.lies_in(one) for one in at_work):
        points += AT_WORKPLACE
    if stop.aimed_on:
        points += max(NEAR - abs((slot.starts_at.date() - stop.aimed_on).days), 0)
    else:
        points += max(NEAR - (slot.starts_at.date() - series.from_on).days, 0)
    return points
