"""What a person's links tell, gathered from all over: read only, in the language of the person."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tussenstop.calendars.outgoing.rules import AHEAD, BACK, MOST_ENTRIES, Holds
from tussenstop.calendars.queries import Block, own_blocks
from tussenstop.calendars.rules import WORKPLACE, Kind
from tussenstop.calendars.sources import Given
from tussenstop.people.models import Person
from tussenstop.routes import deadlines
from tussenstop.routes.names import name_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. Moments in UTC, or for whole days the days themselves (the last one excluded),
    written as ISO 8601; `page` names the address that tells more."""

    uid: str
    holds: str
    begins: str
    ends: str
    title: str
    where: str
    page: tuple[str, tuple[str, ...]]

    def written(self) -> dict[str, object]:
        """As it is kept, and read back."""
        name, ids = self.page
        return {**asdict(self), "page": [name, [*ids]]}


def entries_of(person: Person, now: datetime) -> list[Entry]:
    """Everything that could go out, soonest first."""
    today = timezone.localdate(now)
    with translation.override(person.language):
        blocks = own_blocks(person=person, start=today - BACK, end=today + AHEAD, now=now)
        seen: Counter[str] = Counter()
        found = [one for block in blocks if (one := _of_block(block, person, seen))]
        found += [
            _whole_days(one.uid, Holds.DEADLINES, one.day, one.day, one.text, one.page)
            for one in deadlines.every(person, now)
        ]
    return sorted(found, key=lambda one: (one.begins, one.uid))[:MOST_ENTRIES]


def _of_block(block: Block, person: Person, seen: Counter[str]) -> Entry | None:
    """Nothing for what came from elsewhere: there it stands already."""
    if block.stop:
        stop, title = block.stop, name_of(block.stop)
        if stop.route.student_id != person.pk:
            title = f"{title}: {stop.route.student.name}"
        page = ("stop", (stop.pk,))
        return _timed(f"stop-{stop.pk}", Holds.STOPS, block, title, where=stop.place, page=page)
    if block.commitment and block.occurrence:
        uid = f"own-{block.commitment.pk}-{block.occurrence.day}"
        title = block.commitment.title or capfirst(str(Kind(block.kind).label))
        page = ("commitment", (block.commitment.pk,))
        if block.all_day:
            last = timezone.localtime(block.ends_at).date() - timedelta(days=1)
            return _whole_days(uid, Holds.OWN, block.starts_at.date(), last, title, page)
        return _timed(uid, Holds.OWN, block, title, page=page)
    if block.given and block.given.uid:
        return of_given(block.given)
    if block.moment is None and block.page:
        # The same day of the same plan stays the same entry when its hours move.
        day = f"{block.page[1]}-{block.kind}-{timezone.localdate(block.starts_at)}"
        seen[day] += 1
        at_work = block.kind == WORKPLACE
        title = _("Learning at the workplace") if at_work else _("Studying at home")
        page = (block.page[0], (block.page[1],))
        return _timed(f"day-{day}-{seen[day]}", Holds.WORKPLACE, block, title, page=page)
    return None


def of_given(one: Given) -> Entry:
    """What another package put in a calendar, by a name of its own."""
    page = (one.page[0], (one.page[1],))
    return _timed(one.uid, Holds.STOPS, one, one.title, where=one.where, page=page)


def _timed(
    uid: str,
    holds: Holds,
    block: Block | Given,
    title: str,
    *,
    page: tuple[str, tuple[UUID, ...]],
    where: str = "",
) -> Entry:
    begins, ends = (moment.astimezone(UTC) for moment in (block.starts_at, block.ends_at))
    return Entry(uid, holds.value, begins.isoformat(), ends.isoformat(), title, where, _plain(page))


def _whole_days(
    uid: str,
    holds: Holds,
    first: date,
    last: date,
    title: str,
    page: tuple[str, tuple[UUID, ...]],
) -> Entry:
    after = last + timedelta(days=1)
    return Entry(uid, holds.value, first.isoformat(), after.isoformat(), title, "", _plain(page))


def _plain(page: tuple[str, tuple[UUID, ...]]) -> tuple[str, tuple[str, ...]]:
    return page[0], tuple(str(one) for one in page[1])
