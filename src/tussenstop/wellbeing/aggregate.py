"""The one window through which anything of many people together can be seen.

Of students of one institution only; never of a workplace or an employer. Of a quarter that is over,
made once and never again, so that who joins or leaves afterwards changes nothing that one can read.
Either the whole institution is told of or each of its programmes, never both: what is left when one
is taken from the other could be one person. A group needs enough people who filled something in, and
a little more than that, by chance that nobody can guess; and some who did not: were a group told of
in which all took part, then one would know that each of them did. And when few people joined or left
since the quarter before, there is nothing, for the difference would speak of those few.

What is told of a sentence is about how many tens of percent found it to fit; and nothing when almost
everybody said the same.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from statistics import median
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import InScope
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Institution, Person, Programme
from tussenstop.wellbeing.models import CheckIn, Figure, Quarter
from tussenstop.wellbeing.rules import Answer

FLOOR = 5  # people, whatever is set
LEAST_SIDE = 3  # people on either side of a sentence, or it is not told
LEAST_SILENT = 3  # students of a group who filled nothing in, or it is not told of
LEAST_CHANGE = 5  # people who joined or left since the quarter before; or nobody at all
CHANCE = 5  # so many more people than needed, at most, by chance
WAIT_DAYS = 14
SHOWN = 8  # quarters
FITS = Answer.MOSTLY

Groups = dict[UUID, set[UUID]]  # students of each programme
Answers = dict[UUID, dict[str, int]]  # of each person, their middle answer to each sentence


class State(models.TextChoices):
    """What a quarter tells, or why it doesn't. Codes are stored: never rename one."""

    PROGRAMMES = "programmes", _("Told for each programme.")
    WHOLE = "whole", _("Told for the whole institution.")
    FEW = (
        "few",
        _("It would speak of somebody: too few filled something in, or almost everybody did."),
    )
    ALIKE = (
        "alike",
        _("The group is almost the same as a quarter ago: the difference would speak of a few."),
    )


def quarter_of(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def before(first_day: date) -> date:
    """The first day of the quarter before."""
    return quarter_of(first_day - timedelta(days=1))


def _bounds(first_day: date) -> tuple[datetime, datetime]:
    after = quarter_of(first_day + timedelta(days=100))
    zone = timezone.get_default_timezone()
    midnight = datetime.min.time()
    return datetime.combine(first_day, midnight, zone), datetime.combine(after, midnight, zone)


def _students(institution_id: UUID, first_day: date) -> Groups:
    """Who was a student of each programme in that quarter."""
    begin, end = _bounds(first_day)
    parts = (
        Participation.objects.filter(
            route__institution_id=institution_id, role=RouteRole.STUDENT, accepted_at__lt=end
        )
        .exclude(ended_at__lt=begin)
        .values_list("route__programme_id", "person_id")
    )
    groups: Groups = defaultdict(set)
    for programme, person in parts:
        groups[programme].add(person)
    return groups


def _answers(people: set[UUID], first_day: date) -> Answers:
    """The answers of those who filled something in, each person counted once."""
    begin, end = _bounds(first_day)
    all_: dict[UUID, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = CheckIn.objects.filter(person_id__in=people, at__gte=begin, at__lt=end)
    for row in rows.only("person_id", "said").iterator(chunk_size=500):
        for item, answer in row.items.items():
            all_[row.person_id][item].append(answer)
    return {
        person: {item: int(median(given)) for item, given in items.items()}
        for person, items in all_.items()
    }


def _needed(institution_id: UUID, first_day: date) -> int:
    """How many people it takes: what is set, and a little more that only the installation knows."""
    text = f"{institution_id} {first_day}".encode()
    chance = hmac.new(settings.SECRET_KEY.encode(), text, sha256).digest()[0] % CHANCE
    return max(FLOOR, int(settings.WELLBEING_GROUP)) + chance


def _figures(people: Iterable[UUID], answers: Answers) -> dict[str, int | None]:
    """For each sentence about how many tens of percent found it to fit."""
    found: dict[str, int | None] = {}
    group = [answers[person] for person in people if person in answers]
    for item in pack().check_in:
        given = [one[item] for one in group if item in one]
        fits = sum(answer >= FITS for answer in given)
        told = min(fits, len(given) - fits) >= LEAST_SIDE
        found[item] = round(10 * fits / len(given)) if told else None
    return found


def _decide(
    institution_id: UUID, first_day: date, answers: Answers, students: Groups
) -> tuple[State, dict[UUID | None, set[UUID]]]:
    """Which groups are told of: each programme, or all together; or why none."""
    taking = set(answers)
    needed = _needed(institution_id, first_day)

    def hides_each(group: set[UUID]) -> bool:
        part = len(group & taking)
        return part >= needed and len(group) - part >= LEAST_SILENT

    if not hides_each(set().union(*students.values())):
        return State.FEW, {}
    whole: dict[UUID | None, set[UUID]] = {None: taking}
    state, groups = State.WHOLE, whole
    if len(students) > 1 and all(hides_each(group) for group in students.values()):
        state = State.PROGRAMMES
        groups = {key: group & taking for key, group in students.items()}
    if _too_alike(institution_id, first_day, {**whole, **groups}):
        return State.ALIKE, {}
    return state, groups


def _too_alike(
    institution_id: UUID, first_day: date, groups: Mapping[UUID | None, set[UUID]]
) -> bool:
    """Whether few people joined or left a group since a quarter that was told of, those included
    who deleted what they told since then."""
    told = Quarter.objects.filter(
        institution_id=institution_id,
        first_day__lt=first_day,
        state__in=[State.PROGRAMMES, State.WHOLE],
    ).order_by("-first_day")[:SHOWN]
    for quarter in told:
        students = _students(institution_id, quarter.first_day)
        took = set(_answers(set().union(*students.values()), quarter.first_day))
        gone = max(quarter.people - len(took), 0)  # we no longer know from which programme
        for key, people in groups.items():
            then = took & students.get(key, set()) if key else took
            changed = len(then ^ people) + gone
            if changed > 0 and changed - (gone if key else 0) < LEAST_CHANGE:
                return True
    return False


@transaction.atomic
def close(institution_id: UUID, first_day: date, now: datetime) -> None:
    """Make what is told of one quarter, once; a second time changes nothing."""
    if Quarter.objects.filter(institution_id=institution_id, first_day=first_day).exists():
        return
    students = _students(institution_id, first_day)
    answers = _answers(set().union(*students.values()), first_day)
    state, groups = _decide(institution_id, first_day, answers, students)
    try:
        with transaction.atomic():
            quarter = Quarter.objects.create(
                institution_id=institution_id,
                first_day=first_day,
                state=state,
                people=len(answers) if groups else 0,
                made_at=now,
            )
    except IntegrityError:
        return
    Figure.objects.bulk_create(
        Figure(quarter=quarter, programme_id=programme, item=item, tenths=tenths)
        for programme, people in groups.items()
        for item, tenths in _figures(people, answers).items()
    )


def close_quarter(now: datetime) -> None:
    """Work of the day: the quarter that was over two weeks ago, for every institution."""
    first_day = before(quarter_of(timezone.localdate(now) - timedelta(days=WAIT_DAYS)))
    done = Quarter.objects.filter(first_day=first_day).values("institution_id")
    left = Institution.objects.exclude(pk__in=done)
    for institution_id in left.values_list("pk", flat=True).order_by("pk"):
        close(institution_id, first_day, now)


@dataclass(frozen=True)
class Told:
    """One quarter: each group by name (the institution's is empty), with its figures."""

    first_day: date
    last_day: date
    state: State
    groups: list[tuple[str, Mapping[str, int | None]]]


def window(
    *, person: Person, institution_id: UUID, now: datetime
) -> tuple[Institution, list[Told]]:
    """What is told of an institution, newest quarter first. Raises NotFound, Refused."""
    institution = Institution.objects.filter(pk=institution_id).first()
    if institution is None:
        raise NotFound
    checks.require_in(person, InScope.SEE_GROUPS, institution, now=now)
    quarters = list(Quarter.objects.filter(institution=institution).order_by("-first_day")[:SHOWN])
    figures: dict[UUID, dict[UUID | None, dict[str, int | None]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for one in Figure.objects.filter(quarter__in=quarters):
        figures[one.quarter_id][one.programme_id][one.item] = one.tenths
    names = dict(Programme.objects.filter(institution=institution).values_list("pk", "name"))
    return institution, [
        Told(
            quarter.first_day,
            timezone.localdate(_bounds(quarter.first_day)[1]) - timedelta(days=1),
            State(quarter.state),
            sorted(
                (
                    (names.get(programme, "") if programme else "", items)
                    for programme, items in figures[quarter.pk].items()
                ),
                key=lambda group: group[0],
            ),
        )
        for quarter in quarters
    ]
