"""Reading rounds for the programme coordinator who leads them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.core.errors import NotFound
from tussenstop.matching.models import Wish
from tussenstop.people.models import Institution, Organisation, Person, Programme
from tussenstop.rounds.models import (
    Match,
    PlaceResult,
    Rehearsal,
    Round,
    RoundPlace,
    RoundQuota,
    RoundStudent,
    StudentResult,
)
from tussenstop.rounds.rules import Phase, RoundState
from tussenstop.routes.rules import Context


def to_lead(*, person: Person, institution_id: UUID, now: datetime) -> Institution:
    """The institution, for who leads its rounds. Raises NotFound, or Refused."""
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound
    checks.require_in(person, InScope.LEAD_ROUNDS, institution, now=now)
    return institution


def programmes_for(institution: Institution) -> list[Programme]:
    """The programmes an institution that was found can open a round for."""
    return list(
        Programme.objects.filter(institution=institution, closed_at=None).order_by(
            Lower("name"), "pk"
        )
    )


def rounds_of(institution: Institution) -> QuerySet[Round]:
    """Of an institution that was found for who leads its rounds: the newest first."""
    return Round.objects.filter(institution=institution).order_by("-opened_at", "-pk")


def get_round(*, person: Person, round_id: UUID, now: datetime) -> Round:
    """A round, for who leads it. Raises NotFound, or Refused."""
    found = Round.objects.filter(pk=round_id).select_related("institution", "result").first()
    if found is None:
        raise NotFound
    checks.require_in(person, InScope.LEAD_ROUNDS, found.institution, now=now)
    return found


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a round stands, in counts: names are not needed for that."""

    students: int
    wishing: int
    places: int
    seats: int


def numbers_of(round_: Round) -> Numbers:
    """Of a round that was found for who leads it."""
    students = RoundStudent.objects.filter(round=round_, left_at=None)
    places = RoundPlace.objects.filter(round=round_, left_at=None)
    wishes = Wish.objects.filter(route=OuterRef("route"), place__in=places.values("place"))
    wishing = Q(Exists(wishes)) | Q(route__context=Context.OWN_EMPLOYEE)
    counted = students.aggregate(all=Count("pk"), wishing=Count("pk", filter=wishing))
    total = places.aggregate(count=Count("pk"), seats=Coalesce(Sum("seats"), 0))
    return Numbers(counted["all"], counted["wishing"], total["count"], total["seats"])


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of a published result so far."""

    both: int
    no: int
    waiting: int


def answers_of(round_: Round) -> Answers:
    """Of a round that was found for who leads it."""
    matches = Match.objects.filter(round=round_)
    both = Q(student_yes=True, workplace_yes=True)
    no = Q(student_yes=False) | Q(workplace_yes=False)
    counted = matches.aggregate(
        both=Count("pk", filter=both),
        no=Count("pk", filter=no),
        waiting=Count("pk", filter=Q(ended_at=None)),
    )
    return Answers(counted["both"], counted["no"], counted["waiting"])


def rehearsals_of(round_: Round) -> list[Rehearsal]:
    """The latest tries of a round that was found, the newest first."""
    return list(
        Rehearsal.objects.filter(round=round_).select_related("asked_by").order_by("-number")[:20]
    )


def _named(words: str, *fields: str) -> Q:
    wanted = Q()
    for word in words.split():
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        wanted &= one
    return wanted


STUDENT = ("route__student__name", "route__programme__name")
PLACE = ("place__title", "place__workplace__name", "place__workplace__organisation__name")


def students_of(round_: Round, words: str = "") -> QuerySet[RoundStudent]:
    """Of a round that was found for who leads it: by name."""
    return (
        RoundStudent.objects.filter(_named(words, *STUDENT), round=round_)
        .select_related("round__institution", "route__student", "route__programme")
        .order_by(Lower("route__student__name"), "pk")
    )


def wish_counts(round_: Round, rows: Iterable[RoundStudent]) -> dict[UUID, int]:
    """By route, how many wishes some students of a round have for its places (not which)."""
    places = RoundPlace.objects.filter(round=round_, left_at=None).values("place")
    counted = (
        Wish.objects.filter(route__in=[row.route_id for row in rows], place__in=places)
        .values("route_id")
        .annotate(count=Count("pk"))
    )
    return {row["route_id"]: row["count"] for row in counted}


def get_student(*, person: Person, round_id: UUID, row_id: UUID, now: datetime) -> RoundStudent:
    """A student of a round, for who leads it. Raises NotFound, or Refused."""
    round_ = get_round(person=person, round_id=round_id, now=now)
    row = students_of(round_).filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return row


def together_with(row: RoundStudent) -> list[RoundStudent]:
    """With whom a student that was found wants to stay."""
    if row.together is None:
        return []
    group = students_of(row.round).filter(together=row.together)
    return list(group.exclude(pk=row.pk))


def places_of(round_: Round, words: str = "") -> QuerySet[RoundPlace]:
    """Of a round that was found for who leads it, by title."""
    return (
        RoundPlace.objects.filter(_named(words, *PLACE), round=round_)
        .select_related("round__institution", "place__workplace__organisation")
        .order_by(Lower("place__title"), "pk")
    )


def get_place_row(*, person: Person, round_id: UUID, row_id: UUID, now: datetime) -> RoundPlace:
    """A place of a round, for who leads it. Raises NotFound, or Refused."""
    round_ = get_round(person=person, round_id=round_id, now=now)
    row = places_of(round_).filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return row


def limits_of(round_: Round, organisations: list[UUID]) -> dict[UUID, int]:
    """The most students of these organisations, in a round that was found."""
    rows = RoundQuota.objects.filter(round=round_, organisation__in=organisations)
    return dict(rows.values_list("organisation_id", "most"))


def limit_of(round_: Round, organisation: Organisation) -> int | None:
    return limits_of(round_, [organisation.pk]).get(organisation.pk)


def get_rehearsal(*, person: Person, round_id: UUID, number: int, now: datetime) -> Rehearsal:
    """A try of a round, for who leads it. Raises NotFound, or Refused."""
    round_ = get_round(person=person, round_id=round_id, now=now)
    found = Rehearsal.objects.filter(round=round_, number=number).select_related("asked_by").first()
    if found is None:
        raise NotFound
    found.round = round_
    return found


def results_of(
    rehearsal: Rehearsal, *, words: str = "", placed: bool | None = None
) -> QuerySet[StudentResult]:
    """Student by student, of a rehearsal that was found for who leads its round; who has no place
    first. Which other wishes somebody had, is theirs alone."""
    found = StudentResult.objects.filter(
        _named(words, *(f"student__{name}" for name in STUDENT)), rehearsal=rehearsal
    )
    if placed is not None:
        found = found.exclude(place=None) if placed else found.filter(place=None)
    return (
        found.select_related(
            "student__route__student", "student__route__programme", "place__workplace__organisation"
        )
        .alias(without=ExpressionWrapper(Q(place=None), BooleanField()))
        .order_by("-without", Lower("student__route__student__name"), "pk")
        .defer("wishes")
    )


def place_results_of(rehearsal: Rehearsal) -> QuerySet[PlaceResult]:
    """Place by place, of a rehearsal that was found: where seats stayed free first."""
    return (
        PlaceResult.objects.filter(rehearsal=rehearsal)
        .select_related("place__place__workplace__organisation")
        .order_by("spare", Lower("place__place__title"), "pk")
    )


def rows_to_export(rehearsal: Rehearsal) -> Iterator[StudentResult]:
    """Every student of a rehearsal that was found, one by one."""
    return results_of(rehearsal).iterator(chunk_size=1000)


def rounds_to_decide(*, person: Person, now: datetime, limit: int = 6) -> list[Round]:
    """The open rounds this person leads, of which everybody said what they wish."""
    led = checks.led_by(person, now=now).institutions
    if not led:
        return []
    found = Round.objects.filter(
        institution__in=led,
        state=RoundState.OPEN,
        preferences_until__lt=timezone.localdate(now),
    )
    return list(found.order_by("result_on", "pk")[:limit])


def phase_today(round_: Round, now: datetime) -> Phase:
    return round_.phase(timezone.localdate(now))
