"""The weeks of the demo: what fills the calendars of students, calendars that were agreed on or
wait for an answer, and the hours of the past weeks."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tussenstop.access.rules import RouteRole
from tussenstop.calendars import actions as calendars
from tussenstop.calendars.actions import TypedWeek
from tussenstop.calendars.rules import Kind
from tussenstop.calendars.typing import stretches
from tussenstop.core.ids import uuid7
from tussenstop.hours import actions as hours
from tussenstop.hours.actions import Hours
from tussenstop.hours.models import Entry
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.planning.actions import agreeing, searching
from tussenstop.planning.actions.searching import Wanted
from tussenstop.planning.looking import look_for
from tussenstop.planning.models import Search
from tussenstop.planning.rules import Purpose, Strength
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.rules import State

CALENDARS = 3  # looking for one takes a while
WEEKS_OF_HOURS = 3

# A job and lessons, as somebody types them: kind, title, and the seven days.
LIVES: tuple[tuple[tuple[Kind, str, tuple[str, ...]], ...], ...] = (
    (
        (Kind.WORK, "Winkel", ("", "9-17", "", "", "", "9-13", "")),
        (Kind.LESSON, "Les", ("18:30-21:30", "", "", "18:30-21:30", "", "", "")),
        (Kind.CARE, "Kinderen", ("", "", "12-18", "", "16-20", "", "")),
    ),
    (
        (Kind.WORK, "Magazijn", ("6-10", "6-10", "6-10", "6-10", "6-10", "", "")),
        (Kind.LESSON, "Les", ("", "18-21", "", "18-21", "", "", "")),
    ),
    (
        (Kind.WORK, "Onthaal", ("", "", "8:30-12:30 13-17", "", "", "", "")),
        (Kind.LESSON, "Les", ("", "", "", "18-21:30", "", "9-12", "")),
        (Kind.REST, "Koor", ("20-22", "", "", "", "", "", "")),
    ),
)
DONE = (
    "Meegelopen en veel gevraagd",
    "Zelf gedaan, met iemand ernaast",
    "Alleen gedaan en nadien besproken",
    "Overleg met het team",
)


def fill(*, now: datetime) -> None:
    """For every student who is on the way at a workplace."""
    routes = Route.objects.filter(state=State.UNDER_WAY).select_related("student").order_by("pk")
    planned = 0
    for number, route in enumerate(routes):
        mentor = _mentor(route)
        placement = route.placements.filter(ended_at=None).order_by("starts_on").first()
        if mentor is None or placement is None:
            continue
        _life(route.student, number, now)
        _past(route, mentor, placement, number, now)
        if planned < CALENDARS and placement.ends_on > timezone.localdate(now) + timedelta(days=30):
            planned += _calendar(route, mentor, placement, agreed=planned != 1, now=now)


def _mentor(route: Route) -> Person | None:
    part = (
        route.participations.filter(role=RouteRole.MENTOR, ended_at=None)
        .exclude(accepted_at=None)
        .select_related("person")
        .first()
    )
    return part.person if part else None


def _life(student: Person, number: int, now: datetime) -> None:
    begin = timezone.localdate(now) - timedelta(weeks=8)
    for kind, title, days in LIVES[number % len(LIVES)]:
        week = TypedWeek(
            kind=kind,
            title=title,
            movable=False,
            first_on=begin,
            until=begin + timedelta(weeks=40),
            weeks=[[stretches(day) for day in days]],
        )
        calendars.type_week(by=By(student), key=uuid7(), week=week, now=now)
    calendars.set_limit(by=By(student), hours=48)


def _past(route: Route, mentor: Person, placement: Placement, number: int, now: datetime) -> None:
    """Two days a week; what is older the mentor confirmed, about one day there is a question."""
    today = timezone.localdate(now)
    monday = today - timedelta(days=today.weekday())
    for back in range(WEEKS_OF_HOURS, 0, -1):
        week = monday - timedelta(weeks=back)
        entries = [
            _entry(route, week + timedelta(days=day), back + day + number, now)
            for day in (2, 4)
            if placement.starts_on <= week + timedelta(days=day)
        ]
        if back > 1:
            seen = [(one.pk, one.version) for one in entries]
            hours.confirm(
                by=By(mentor), route=route, seen=seen, now=now - timedelta(weeks=back - 1)
            )
        elif entries and number % 3 == 0:
            text = "Was dat niet tot 15 u? Ik vergis me misschien."
            hours.say(by=By(mentor), entry=entries[0], key=uuid7(), text=text, now=now)


def _entry(route: Route, day: date, number: int, now: datetime) -> Entry:
    written = Hours(day, time(9), time(15 + number % 2), 30, DONE[number % len(DONE)])
    return hours.write(by=By(route.student), route=route, key=uuid7(), hours=written, now=now)


def _calendar(
    route: Route, mentor: Person, placement: Placement, *, agreed: bool, now: datetime
) -> bool:
    """Whether one was found and proposed; the mentor says yes when `agreed`."""
    today = timezone.localdate(now)
    wanted = Wanted(
        from_on=today,
        until_on=min(placement.ends_on, today + timedelta(weeks=12)),
        workplace_hours=80,
        study_hours=36,
        talks=2,
        week_most=48,
        exam_most=None,
        day_most=11,
        rest=11,
        free_evening=Strength.RATHER,
        free_day=Strength.RATHER,
        holidays_free=Strength.RATHER,
        least_block=3,
        most_block=8,
        travel_minutes=30,
        liked=["3-morning"],
        disliked=["6-afternoon", "7-morning"],
    )
    by = By(route.student)
    searching.keep_terms(by=by, route=route, seen=0, wanted=wanted, now=now)
    search = Search.objects.create(
        route=route, purpose=Purpose.NEW, asked_by=route.student, asked_at=now, pins=[]
    )
    look_for(search)
    option = search.options.order_by("pk").first()
    if option is None:
        return False
    plan = agreeing.propose(by=by, key=uuid7(), option=option, now=now)
    if agreed:
        agreeing.answer(by=By(mentor), plan=plan, seen=plan.version, agrees=True, now=now)
    return True
