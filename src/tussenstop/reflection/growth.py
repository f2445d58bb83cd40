"""How somebody grew, in their own words: highlights, themes and months of one year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from django.db.models import Max, Min
from django.utils import timezone

from tussenstop.content import pack
from tussenstop.people.models import Person
from tussenstop.reflection.models import Entry
from tussenstop.reflection.queries import Own, as_own, own_entries

MOST = 400  # entries of one year on a page


class Mark(NamedTuple):
    """Something one chose to keep in view."""

    own: Own
    text: str


@dataclass(frozen=True, slots=True)
class Growth:
    year: int
    years: list[int]
    marks: list[Mark]
    themes: list[tuple[str, list[tuple[date, list[Own]]]]]
    more: bool


def _years(person: Person) -> list[int]:
    ends = Entry.objects.filter(person=person).aggregate(Min("begun_at"), Max("begun_at"))
    first, last = ends["begun_at__min"], ends["begun_at__max"]
    if first is None:
        return []
    return list(range(timezone.localdate(last).year, timezone.localdate(first).year - 1, -1))


def growth_of(*, person: Person, year: int | None, now: datetime) -> Growth:
    """By theme and month, the oldest first, so that one reads how it went on."""
    years = _years(person)
    chosen = year if year in years else years[0] if years else timezone.localdate(now).year
    first = timezone.make_aware(datetime.combine(date(chosen, 1, 1), time.min))
    last = timezone.make_aware(datetime.combine(date(chosen + 1, 1, 1), time.min))
    rows = own_entries(person=person).filter(begun_at__gte=first, begun_at__lt=last)
    found = list(rows[: MOST + 1])
    entries = as_own(list(reversed(found[:MOST])))
    by_theme: dict[str, dict[date, list[Own]]] = defaultdict(lambda: defaultdict(list))
    for one in entries:
        by_theme[one.entry.theme][one.month].append(one)
    order = [*pack().reflection_themes, ""]
    order += [key for key in by_theme if key not in order]
    return Growth(
        year=chosen,
        years=years,
        marks=[Mark(one, text) for one in entries for text in one.highlights],
        themes=[(key, sorted(by_theme[key].items())) for key in order if key in by_theme],
        more=len(found) > MOST,
    )
