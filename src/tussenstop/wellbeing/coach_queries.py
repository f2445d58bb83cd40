"""What a coach reads: what people asked of them and shared with them, and nothing else.

Who shared nothing does not appear, and what was taken back is gone at once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope, OnRoute
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution, Person
from tussenstop.routes.models import Route
from tussenstop.routes.rules import ENDED
from tussenstop.wellbeing import who
from tussenstop.wellbeing.models import (
    Answered,
    AnswerTime,
    CheckIn,
    Note,
    Promise,
    Question,
    Reply,
    Share,
)
from tussenstop.wellbeing.queries import is_falling, replies_to
from tussenstop.wellbeing.rules import SOONEST

MOST_ROUTES = 10
SOONEST_FIRST = Case(
    *(When(urgency=one, then=Value(place)) for place, one in enumerate(SOONEST)),
    default=Value(len(SOONEST)),
    output_field=IntegerField(),
)


def _came(coach: Person, **only: UUID) -> list[UUID]:
    """Who asked this coach something, shares something with them, or did before and is noted."""
    return list(
        Question.objects.filter(coach=coach, **only)
        .values_list("person_id", flat=True)
        .union(
            Share.objects.filter(coach=coach, **only).values_list("person_id", flat=True),
            Note.objects.filter(coach=coach, **only).values_list("person_id", flat=True),
        )
    )


def _contact(coach: Person, person_id: UUID, now: datetime) -> Person:
    """One of those, whose coach this still is. Raises NotFound."""
    came = _came(coach, person_id=person_id)
    found = who.people_of(coach, now=now, among=came).first() if came else None
    if found is None:
        raise NotFound
    return found


def require_contact(coach: Person, person: Person, *, now: datetime) -> None:
    """Raises NotFound for who shares nothing with this coach."""
    _contact(coach, person.pk, now)


def _in_order(questions: QuerySet[Question]) -> QuerySet[Question]:
    """What waits for the coach, the most urgent first; then what waits for who asked."""
    return questions.select_related("person").order_by(
        Case(When(waiting_since=None, then=Value(1)), default=Value(0)),
        SOONEST_FIRST,
        "asked_at",
        "pk",
    )


def waiting_count(*, coach: Person, now: datetime) -> int | None:
    """How many questions wait for this coach; nothing for who is no coach."""
    if not who.is_coach(coach, now=now):
        return None
    waiting = Question.objects.filter(coach=coach, waiting_since__isnull=False)
    people = list(waiting.values_list("person_id", flat=True).distinct().order_by())
    heard = who.people_of(coach, now=now, among=people)
    return waiting.filter(person_id__in=heard.values("pk")).count() if people else 0


@dataclass(frozen=True)
class Desk:
    """All that waits on a coach's desk. `contacts` by name: who asked or shares something, or about
    whom there is a note of before; `promises` soonest first."""

    questions: QuerySet[Question]
    contacts: QuerySet[Person]
    promises: QuerySet[Promise]


def desk_of(*, coach: Person, now: datetime) -> Desk:
    """Of those whose coach this still is. Raises NotFound."""
    who.require_coach(coach, now)
    people = who.people_of(coach, now=now, among=_came(coach))
    heard = list(people.values_list("pk", flat=True))
    return Desk(
        _in_order(Question.objects.filter(coach=coach, closed_at=None, person_id__in=heard)),
        Person.objects.filter(pk__in=heard).order_by(Lower("name"), "pk"),
        Promise.objects.filter(coach=coach, done_at=None, person_id__in=heard)
        .select_related("person")
        .order_by("due_on", "pk"),
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody on the desk, and what they share: everything from now on, or some moments."""

    person: Person
    from_now_on: bool
    moments: int


def with_shares(coach: Person, people: list[Person]) -> list[Contact]:
    """The people of one page of the desk, in one read."""
    open_: set[UUID] = set()
    moments: dict[UUID, int] = defaultdict(int)
    rows = Share.objects.filter(coach=coach, person__in=people)
    for person_id, *one in rows.values_list("person_id", "check_in_id", "answered_id"):
        if any(one):
            moments[person_id] += 1
        else:
            open_.add(person_id)
    return [Contact(one, one.pk in open_, moments[one.pk]) for one in people]


def get_promise(*, coach: Person, promise_id: UUID, now: datetime) -> Promise:
    """Of one's own. Raises NotFound."""
    who.require_coach(coach, now)
    found = Promise.objects.filter(pk=promise_id, coach=coach).select_related("person").first()
    if found is None:
        raise NotFound
    return found


def get_question(*, coach: Person, question_id: UUID, now: datetime) -> Question:
    """Asked of this coach, who may still hear it. Raises NotFound."""
    who.require_coach(coach, now)
    found = Question.objects.filter(pk=question_id, coach=coach).select_related("person").first()
    if found is None:
        raise NotFound
    require_contact(coach, found.person, now=now)
    return found


def get_note(*, coach: Person, note_id: UUID, now: datetime) -> Note:
    """One's own. Raises NotFound."""
    who.require_coach(coach, now)
    found = Note.objects.filter(pk=note_id, coach=coach).select_related("person").first()
    if found is None:
        raise NotFound
    require_contact(coach, found.person, now=now)
    return found


@dataclass(frozen=True)
class Shared:
    """The page of one person, as far as they chose. `course`: the ids and moments of what can be
    read, newest first, for `moments` to open."""

    person: Person
    course: QuerySet[Any, dict[str, Any]]
    from_now_on: bool
    falling: bool
    questions: list[tuple[Question, list[Reply]]]
    promises: list[Promise]
    notes: QuerySet[Note]
    routes: list[Route]  # on which this coach can mediate between this person and others


def shared_by(*, coach: Person, person_id: UUID, now: datetime) -> Shared:
    """What somebody shares with this coach. Raises NotFound for who shares nothing."""
    person = _contact(coach, person_id, now)
    check_ins, answered, open_ = _readable(coach, person)
    questions = list(
        Question.objects.filter(coach=coach, person=person).order_by(
            F("closed_at").desc(nulls_first=True), "-asked_at"
        )
    )
    said = replies_to(questions)
    last = list(check_ins.order_by("-at", "-pk")[:3])[::-1] if open_ else []
    columns = ("id", "at")
    return Shared(
        person,
        check_ins.values(*columns).union(answered.values(*columns)).order_by("-at", "-id"),
        open_,
        is_falling(last, now),
        [(one, said[one.pk]) for one in questions],
        list(Promise.objects.filter(coach=coach, person=person, done_at=None).order_by("due_on")),
        Note.objects.filter(coach=coach, person=person).order_by("-at", "-pk"),
        _shared_routes(coach, person, now),
    )


def _shared_routes(coach: Person, person: Person, now: datetime) -> list[Route]:
    theirs = Participation.objects.filter(checks.taking_part(now), person=person)
    found = Route.objects.filter(
        checks.routes_for(coach, OnRoute.MEDIATE, now=now), pk__in=theirs.values("route_id")
    )
    live = found.exclude(state__in=list(ENDED)).select_related("student", "programme")
    return list(live.order_by(Lower("student__name"), "pk")[:MOST_ROUTES])


def _readable(coach: Person, person: Person) -> tuple[QuerySet[CheckIn], QuerySet[Answered], bool]:
    shares = Share.objects.filter(coach=coach, person=person)
    since = shares.filter(check_in=None, answered=None).values_list("since", flat=True).first()
    from_then_on = Q(at__gte=since) if since else Q(pk=None)
    return (
        CheckIn.objects.filter(
            from_then_on | Q(pk__in=shares.exclude(check_in=None).values("check_in_id")),
            person=person,
        ),
        Answered.objects.filter(
            from_then_on | Q(pk__in=shares.exclude(answered=None).values("answered_id")),
            person=person,
        ),
        since is not None,
    )


def moments(course: Iterable[dict[str, Any]]) -> list[CheckIn | Answered]:
    """Some of what `shared_by` found, opened, in the same order."""
    keys = [row["id"] for row in course]
    found: dict[UUID, CheckIn | Answered] = {}
    found |= CheckIn.objects.in_bulk(keys)
    found |= Answered.objects.select_related("instrument").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def schools_of(*, coach: Person, now: datetime) -> list[tuple[Institution, int | None]]:
    """The institutions of a coach, with the days in which they promise to answer."""
    held = checks.memberships(coach, now=now).filter(role__in=list(IN_SCOPE[InScope.SUPPORT]))
    schools = list(
        Institution.objects.filter(pk__in=held.values("institution_id")).order_by(Lower("name"))
    )
    days = dict(
        AnswerTime.objects.filter(institution__in=schools).values_list("institution_id", "days")
    )
    return [(school, days.get(school.pk)) for school in schools]


def get_school(*, coach: Person, institution_id: UUID, now: datetime) -> Institution:
    """An institution of which somebody is the coach. Raises NotFound."""
    found = next(
        (one for one, _days in schools_of(coach=coach, now=now) if one.pk == institution_id), None
    )
    if found is None:
        raise NotFound
    return found
