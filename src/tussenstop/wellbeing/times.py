"""How long it takes before a coach answers: as it went, or else as it was promised."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median
from uuid import UUID

from tussenstop.access import checks
from tussenstop.access.matrix import IN_SCOPE, InScope
from tussenstop.people.models import Membership, Person
from tussenstop.wellbeing.models import AnswerTime, Question

ENOUGH = 10  # people who got an answer, before a middle says something and nobody is picked out
LOOKED_BACK = timedelta(days=365)
WITHOUT_PROMISE = 7  # days of silence after which we tell who asked


@dataclass(frozen=True, slots=True)
class Time:
    """In days; both empty when nobody knows."""

    usual: int | None = None
    promised: int | None = None


def _promised(coaches: Iterable[UUID], now: datetime) -> Mapping[UUID, int]:
    """The shortest time that an institution of a coach promises."""
    held = Membership.objects.filter(
        checks.current(now), person_id__in=list(coaches), role__in=list(IN_SCOPE[InScope.SUPPORT])
    ).values_list("person_id", "institution_id")
    pairs = list(held)
    days = dict(
        AnswerTime.objects.filter(institution_id__in=[i for _p, i in pairs]).values_list(
            "institution_id", "days"
        )
    )
    found: dict[UUID, int] = {}
    for person, institution in pairs:
        if institution in days:
            found[person] = min(found.get(person, days[institution]), days[institution])
    return found


def promised_days(coaches: Iterable[Person], *, now: datetime) -> Mapping[UUID, int]:
    """After how many days silence is longer than was promised."""
    keys = [coach.pk for coach in coaches]
    return dict.fromkeys(keys, WITHOUT_PROMISE) | dict(_promised(keys, now))


def _usual(waits: Collection[list[float]]) -> int | None:
    """In the middle; whoever asks often counts once, and learns nothing by it of others."""
    if len(waits) < ENOUGH:
        return None
    return max(1, ceil(median(median(of_one) for of_one in waits)))


def times_of(coaches: Iterable[Person], *, now: datetime) -> Mapping[UUID, Time]:
    """What somebody who asks may expect of each of them."""
    keys = [coach.pk for coach in coaches]
    promised = _promised(keys, now)
    took: dict[UUID, dict[UUID, list[float]]] = defaultdict(lambda: defaultdict(list))
    answered = Question.objects.filter(
        coach_id__in=keys, asked_at__gte=now - LOOKED_BACK, answered_at__isnull=False
    ).values_list("coach_id", "person_id", "asked_at", "answered_at")
    for coach, person, asked, at in answered:
        if at:
            took[coach][person].append((at - asked) / timedelta(days=1))
    return {
        key: Time(
            usual=_usual(took[key].values()),
            promised=promised.get(key),
        )
        for key in keys
    }
