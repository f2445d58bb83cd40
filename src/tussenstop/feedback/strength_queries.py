"""What others see in somebody: grown over time, theirs alone until shown one by one."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tussenstop.core.errors import NotFound
from tussenstop.feedback.models import Strength, StrengthReader
from tussenstop.feedback.names import name_of
from tussenstop.feedback.queries import Partner, get_getting, get_giving, partners
from tussenstop.people.models import Person
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView


@dataclass(slots=True)
class Recognised:
    """One strength: who saw it and when, the newest first, and to whom it is shown."""

    code: str
    name: str
    own: bool
    seen: list[Strength] = field(default_factory=list)
    shown_to: list[UUID] = field(default_factory=list)


def _recognised(route: Route, owner: Person) -> list[Recognised]:
    """Only from feedback that its receiver has read; what was seen most comes first."""
    rows = (
        Strength.objects.filter(
            feedback__route=route,
            feedback__receiver=owner,
            feedback__read_at__isnull=False,
            feedback__taken_back_at=None,
            feedback__removed_at=None,
        )
        .select_related("feedback__giver")
        .order_by("-feedback__at", "-pk")
    )
    found: dict[str, Recognised] = {}
    for row in rows:
        one = found.setdefault(row.code, Recognised(row.code, name_of(row), bool(row.own)))
        one.seen.append(row)
    return sorted(found.values(), key=lambda one: -len(one.seen))


@dataclass(frozen=True, slots=True)
class Overview:
    """What others saw in somebody on a route, for that person."""

    view: RouteView
    strengths: list[Recognised]
    partners: list[Partner]


def own_strengths(*, person: Person, route_id: UUID, now: datetime) -> Overview:
    """What others see in this person. Raises NotFound, or Refused."""
    view = get_getting(person=person, route_id=route_id, now=now)
    strengths = _recognised(view.route, person)
    shown: dict[str, list[UUID]] = {}
    for row in StrengthReader.objects.filter(route=view.route, owner=person):
        shown.setdefault(row.code, []).append(row.person_id)
    for one in strengths:
        one.shown_to = shown.get(one.code, [])
    return Overview(view, strengths, partners(view.route, now=now, but=person))


def shown_strengths(
    *, person: Person, route_id: UUID, owner_id: UUID, now: datetime
) -> tuple[RouteView, Person, list[Recognised]]:
    """The strengths that somebody shows to this person. Raises NotFound when that is none."""
    view = get_giving(person=person, route_id=route_id, now=now)
    rows = StrengthReader.objects.filter(route=view.route, owner_id=owner_id, person=person)
    codes = set(rows.values_list("code", flat=True))
    owner = Person.objects.filter(pk=owner_id).first() if codes else None
    strengths = (
        [one for one in _recognised(view.route, owner) if one.code in codes] if owner else []
    )
    if owner is None or not strengths:
        raise NotFound
    return view, owner, strengths
