"""Reading one's own wellbeing: always for the person whose it is."""

from collections import defaultdict
from collections.abc import Iterable
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


def require_chosen(person: Person) -> None:
    """For who chose to look at how they are doing. Raises NotFound."""
    if not Choice.objects.filter(person=person, wants=True).exists():
        raise NotFound


def require_filling_in(person: Person, now: datetime) -> None:
    """For who chose to, and still learns or guides. Raises NotFound."""
    if not who.may_check_in(person, now=now):
        raise NotFound
    require_chosen(person)


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


def is_newest(moment: CheckIn | Answered) -> bool:
    """Whether its owner filled nothing in after this one."""
    return not any(
        table.objects.filter(person=moment.person_id, at__gt=moment.at).exists()
        for table in (CheckIn, Answered)
    )


def shares(person: Person) -> list[Share]:
    """What somebody lets coaches read, oldest first."""
    return list(
        Share.objects.filter(person=person)
        .select_related("coach", "check_in", "answered")
        .order_by("made_at", "pk")
    )


def coaches_now(person: Person, *, now: datetime) -> set[UUID]:
    """Who can hear somebody today; what was shared with others is read by nobody."""
    return set(who.coaches_of(person, now=now).values_list("pk", flat=True))


def readers_of(moment: CheckIn | Answered, *, now: datetime) -> list[Person]:
    """The coaches who can read this one."""
    here = coaches_now(moment.person, now=now)
    found = {
        share.coach_id: share.coach
        for share in shares(moment.person)
        if share.coach_id in here
        and (share.one == moment or (share.one is None and share.since <= moment.at))
    }
    return list(found.values())


def who_reads_on(person: Person, *, now: datetime) -> list[Person]:
    """The coaches who read whatever somebody fills in from now on."""
    on = [share.coach for share in shares(person) if share.one is None]
    here = coaches_now(person, now=now) if on else set()
    return [coach for coach in on if coach.pk in here]


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


@dataclass(frozen=True, slots=True)
class Reader:
    """A coach and what they were let read, oldest first; `left`: who is their coach no longer, and
    reads nothing."""

    coach: Person
    shares: list[Share]
    left: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """A question without an answer for longer than was promised; `left`: by who is their coach no
    longer, so that an answer can't come."""

    question: Question
    left: bool


@dataclass(frozen=True)
class Own:
    """One's own page. `course` holds the moments of the past half year, oldest first."""

    choice: Choice | None
    course: list[CheckIn]
    readers: list[Reader]
    questions: list[Question]
    promises: list[Promise]
    silent: list[Silent]
    falling: bool
    older: bool  # something was filled in before the course begins
    may: bool  # still learns or guides: what was filled in before stays theirs without it

    @property
    def opted_in(self) -> bool:
        return self.choice is not None and self.choice.wants

    @property
    def is_read(self) -> bool:
        return any(not reader.left for reader in self.readers)


def _begin(now: datetime) -> datetime:
    return now - timedelta(weeks=WEEKS_SHOWN)


def _course(person: Person, now: datetime) -> list[CheckIn]:
    return list(check_ins(person).filter(at__gte=_begin(now)))[::-1]


def is_falling(course: list[CheckIn], now: datetime) -> bool:
    """Whether the line of now falls, oldest first: one that ended long ago says nothing, and three
    times on one day are a day."""
    last = course[-3:]
    recent = bool(last) and now - last[-1].at <= timedelta(days=FRESH_DAYS)
    days = {timezone.localdate(one.at) for one in last}
    return recent and len(days) == len(last) and falls([one.items for one in last])


def own(*, person: Person, now: datetime) -> Own:
    """Everything of one's own page. Raises NotFound."""
    require_own(person, now)
    choice, here = choice_of(person), coaches_now(person, now=now)
    course = _course(person, now) if choice and choice.wants else []
    return Own(
        choice,
        course,
        _readers(person, here),
        questions(person),
        promises_to(person),
        _silent(person, here, now),
        is_falling(course, now),
        bool(choice) and check_ins(person).filter(at__lt=_begin(now)).exists(),
        who.may_check_in(person, now=now),
    )


def _readers(person: Person, here: set[UUID]) -> list[Reader]:
    found: dict[UUID, Reader] = {}
    for share in shares(person):
        reader = Reader(share.coach, [], share.coach_id not in here)
        found.setdefault(share.coach_id, reader).shares.append(share)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class OwnLine:
    """What stands on Today, for the person alone. `asks`: not chosen yet."""

    asks: bool
    due: bool
    falling: bool
    answered: list[Question]  # on which a coach spoke last
    silent: list[Silent]


def own_line(*, person: Person, now: datetime) -> OwnLine | None:
    """Nothing for who said no, and for whom this is not; but for what a coach says to them."""
    choice, may = choice_of(person), who.may_check_in(person, now=now)
    open_ = Question.objects.filter(person=person, closed_at=None).select_related("coach")
    talks = list(open_.order_by("asked_at", "pk"))
    answered = [one for one in talks if one.waiting_since is None]
    here = coaches_now(person, now=now) if len(talks) > len(answered) else set()
    silent = _silent_among(talks, here, now)
    asks = may and choice is None
    due = falling = False
    if choice and choice.wants:
        today = timezone.localdate(now)
        quiet = choice.quiet_until is not None and today < choice.quiet_until
        course = list(check_ins(person)[:3])[::-1]
        last = timezone.localdate(course[-1].at) if course else None
        due = may and not quiet and is_due(last, choice.rhythm, today)
        falling = not quiet and is_falling(course, now)
    elif not (asks or answered or silent):
        return None
    return OwnLine(asks, due, falling, answered, silent)


def _silent(person: Person, here: set[UUID], now: datetime) -> list[Silent]:
    rows = Question.objects.filter(person=person, closed_at=None, waiting_since__isnull=False)
    return _silent_among(rows.select_related("coach").order_by("asked_at", "pk"), here, now)


def _silent_among(rows: Iterable[Question], here: set[UUID], now: datetime) -> list[Silent]:
    waiting = [(one, one.waiting_since) for one in rows if one.waiting_since]
    days = promised_days([one.coach for one, _since in waiting], now=now) if waiting else {}
    found = []
    for one, since in waiting:
        left = one.coach_id not in here
        if left or since < now - timedelta(days=days[one.coach_id]):
            found.append(Silent(one, left))
    return found
