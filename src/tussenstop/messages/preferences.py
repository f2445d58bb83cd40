"""How somebody wants letters: their own choice over the defaults of the installation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from tussenstop.messages import rules
from tussenstop.messages.models import Preference
from tussenstop.messages.rules import Kind, Quiet, Stretch, Way
from tussenstop.people.models import Person

Busy = Callable[[Person, datetime, datetime], list[Stretch]]
_busy: list[Busy] = []


def register_busy(busy: Busy) -> None:
    """Let a package say when somebody works or studies. Called once, at start-up."""
    if busy not in _busy:
        _busy.append(busy)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How one person wants letters; `version` 0 when they never chose."""

    ways: dict[str, str]
    quiet: Quiet
    version: int = 0

    def way(self, kind: str) -> str:
        return Way.AT_ONCE if kind == Kind.ALWAYS else self.ways[kind]


def is_calm() -> bool:
    return settings.LETTERS == "calm"


def default() -> Wanted:
    """What holds for who never chose."""
    if is_calm():
        return Wanted(rules.CALM, Quiet())
    return Wanted(rules.AT_ONCE, rules.NEVER_QUIET)


def _read(row: Preference) -> Wanted:
    known = {kind: way for kind, way in row.ways.items() if kind in rules.CHOICES and way in Way}
    return Wanted(
        {**default().ways, **known},
        Quiet(row.quiet_from, row.quiet_until, weekend=row.quiet_weekend, busy=row.quiet_busy),
        row.version,
    )


def wanted_by(person: Person) -> Wanted:
    row = Preference.objects.filter(person=person).first()
    return _read(row) if row else default()


def quiet_of(people: Sequence[UUID]) -> dict[UUID, Quiet]:
    """The quiet hours of many people, in one read."""
    rows = Preference.objects.filter(person__in=people)
    chosen = {row.person_id: _read(row).quiet for row in rows}
    usual = default().quiet
    return {pk: chosen.get(pk, usual) for pk in people}


def leaves_at(person: Person, wanted: Wanted, kind: str, now: datetime) -> datetime | None:
    """The moment from which a letter of this kind may be mailed by itself, or together with
    others; None for never."""
    way = wanted.way(kind)
    if way == Way.PAGE:
        return None
    if kind == Kind.ALWAYS:
        return now
    zone = timezone.get_default_timezone()
    moment = now if way == Way.AT_ONCE else rules.next_digest(now, way, wanted.quiet, zone)
    return welcome_from(person, wanted, moment)


def busy_from(person: Person, moment: datetime) -> list[Stretch]:
    """When somebody works or studies, for as long as a mail may wait."""
    until = moment + rules.LONGEST_HELD
    return [one for busy in _busy for one in busy(person, moment, until)]


def welcome_from(person: Person, wanted: Wanted, moment: datetime) -> datetime:
    """The first moment, from this one on, outside quiet hours and, on wish, outside work and
    study."""
    stretches = busy_from(person, moment) if wanted.quiet.busy else []
    return rules.first_open(moment, wanted.quiet, timezone.get_default_timezone(), stretches)
