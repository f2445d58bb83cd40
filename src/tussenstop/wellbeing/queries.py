"""Reading one's own wellbeing: always for the person whose it is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.wellbeing import who
from tussenstop.wellbeing.models import (
    Answered,
    CheckIn,
    Choice,
    Look,
    Promise,
    Question,
    Reply,
    Share,
)
from tussenstop.wellbeing.rules import FRESH_DAYS, WEEKS_SHOWN, falls, is_due
from tussenstop.wellbeing.times import promised_days


def choice_of(person: Person) -> Choice | None:
    return Choice.objects.filter(person=person).first()


def has_something(person: Person) -> bool:
    """Whether there is anything of theirs to see or to take away."""
    return (
        Choice.objects.filter(person=person).exists()
        or Question.objects.filter(person=person).exists()
    )


def require_own(person: Person, now: datetime) -> None:
    """For who may look at how they are doing, and for who ever did: what is theirs stays theirs.
    Raises NotFound."""
    if not who.may_check_in(person, now=now) and not has_something(person):
        raise NotFound


def check_ins(person: Person) -> QuerySet[CheckIn]:
    """One's own, newest first."""
    return CheckIn.objects.filter(person=person).order_by("-at", "-pk")


def get_check_in(*, person: Person, check_in_id: UUID) -> CheckIn:
    """One's own. Raises NotFound."""
    found = CheckIn.objects.filter(pk=check_in_id, person=person).first()
    if found is None:
        raise NotFound
    return found


def get_moment(*, person: Person, moment_id: UUID) -> CheckIn | Answered:
    """A check-in or a filled in questionnaire of one's own. Raises NotFound."""
    answered = Answered.objects.filter(pk=moment_id, person=person).first()
    return answered or get_check_in(person=person, check_in_id=moment_id)


def shares(person: Person) -> list[Share]:
    """What somebody lets coaches read, oldest first."""
    return list(
        Share.objects.filter(person=person)
        .select_related("coach", "check_in", "answered")
        .order_by("made_at", "pk")
    )


def shares_of(moment: CheckIn | Answered) -> list[Share]:
    """Those by which coaches can read this one."""
    return [
        share
        for share in shares(moment.person)
        if share.one == moment or (share.one is None and share.since <= moment.at)
    ]


def who_reads_on(person: Person) -> list[Person]:
    """The coaches who read whatever somebody fills in from now on."""
    return [share.coach for share in shares(person) if share.one is None]


def get_share(*, person: Person, share_id: UUID) -> Share:
    """One's own. Raises NotFound."""
    found = Share.objects.filter(pk=share_id, person=person).select_related("coach").first()
    if found is None:
        raise NotFound
    return found


def looks(person: Person) -> QuerySet[Look]:
    """Who looked, and when, newest first."""
    return Look.objects.filter(person=person).select_related("coach").order_by("-at", "-pk")


def questions(person: Person) -> list[Question]:
    """What somebody asked coaches, open ones first."""
    rows = Question.objects.filter(person=person).select_related("coach").order_by("-asked_at")
    return sorted(rows, key=lambda one: one.closed_at is not None)


def get_question(*, person: Person, question_id: UUID) -> Question:
    """One's own. Raises NotFound."""
    found = Question.objects.filter(pk=question_id, person=person).select_related("coach").first()
    if found is None:
        raise NotFound
    return found


def replies_to(found: list[Question]) -> dict[UUID, list[Reply]]:
    """What was said on each of these questions, in order."""
    said: dict[UUID, list[Reply]] = defaultdict(list)
    rows = Reply.objects.filter(question_id__in=[one.pk for one in found])
    for reply in rows.select_related("person").order_by("at", "pk"):
        said[reply.question_id].append(reply)
    return said


def promises_to(person: Person) -> list[Promise]:
    """What coaches promised somebody and did not do yet."""
    rows = Promise.objects.filter(person=person, done_at=None).select_related("coach")
    return list(rows.order_by("due_on", "pk"))


@dataclass(frozen=True)
class Own:
    """One's own page. `course` holds the moments of the past half year, oldest first."""

    choice: Choice | None
    course: list[CheckIn]
    shares: list[Share]
    questions: list[Question]
    promises: list[Promise]
    falling: bool
    due: bool

    @property
    def opted_in(self) -> bool:
        return self.choice is not None and self.choice.wants


def _course(person: Person, now: datetime) -> list[CheckIn]:
    since = now - timedelta(weeks=WEEKS_SHOWN)
    return list(check_ins(person).filter(at__gte=since))[::-1]


def _falling(course: list[CheckIn], now: datetime) -> bool:
    recent = bool(course) and now - course[-1].at <= timedelta(days=FRESH_DAYS)
    return recent and falls([one.items for one in course[-3:]])


def own(*, person: Person, now: datetime) -> Own:
    """Everything of one's own page. Raises NotFound."""
    require_own(person, now)
    choice = choice_of(person)
    course = _course(person, now) if choice and choice.wants else []
    last = timezone.localdate(course[-1].at) if course else None
    return Own(
        choice,
        course,
        shares(person),
        questions(person),
        promises_to(person),
        _falling(course, now),
        bool(choice and choice.wants)
        and is_due(last, choice.rhythm if choice else "", timezone.localdate(now)),
    )


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What stands on Today, for the person alone. `asks`: not chosen yet."""

    asks: bool
    due: bool
    falling: bool
    quiet: bool  # asked not to be reminded before some day
    silent: list[Question]  # questions that nobody answered within the time that was promised


def own_line(*, person: Person, now: datetime) -> OwnLine | None:
    """Nothing for who said no, and for whom this is not."""
    choice = choice_of(person)
    waiting = silent_questions(person, now=now)
    if choice is None and not waiting:
        return OwnLine(True, False, False, False, []) if who.may_check_in(person, now=now) else None
    if choice is None or not choice.wants:
        return OwnLine(False, False, False, False, waiting) if waiting else None
    today = timezone.localdate(now)
    course = list(check_ins(person)[:3])[::-1]
    last = timezone.localdate(course[-1].at) if course else None
    quiet = choice.quiet_until is not None and today < choice.quiet_until
    return OwnLine(
        False,
        not quiet and is_due(last, choice.rhythm, today),
        not quiet and _falling(course, now),
        quiet,
        waiting,
    )


def silent_questions(person: Person, *, now: datetime) -> list[Question]:
    """Open questions on which the coach stayed silent longer than was promised."""
    rows = Question.objects.filter(person=person, closed_at=None, waiting_since__isnull=False)
    found = list(rows.select_related("coach").order_by("waiting_since"))
    if not found:
        return []
    days = promised_days([one.coach for one in found], now=now)
    return [
        one
        for one in found
        if one.waiting_since and now - one.waiting_since > timedelta(days=days[one.coach_id])
    ]
