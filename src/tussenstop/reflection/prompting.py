"""Which question fits the moment: from the content pack by stop, and those that people added."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.people.models import Person
from tussenstop.reflection.models import OwnPrompt
from tussenstop.reflection.rules import Week, chosen
from tussenstop.routes.models import Route, Stop
from tussenstop.routes.queries import stop_states
from tussenstop.routes.rules import StopState


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to write about: of the content pack (`key`), or of somebody (`own`, `by`)."""

    text: str
    theme: str
    key: str = ""
    own: UUID | None = None
    by: str = ""

    @property
    def ref(self) -> str:
        """How an address names it."""
        return str(self.own) if self.own else self.key


def kinds_now(route: Route | None) -> set[str]:
    """The kinds of stop at which this route is: the current one, and a stretch it is on."""
    if route is None:
        return set()
    stops = list(Stop.objects.filter(route=route).order_by("position"))
    states = stop_states(stops, route.state)
    return {stop.kind for stop in stops if states[stop.pk] == StopState.CURRENT and stop.kind}


def own_prompts(person: Person, route: Route | None) -> list[OwnPrompt]:
    """What this person added for themselves, and what partners added for them as a student."""
    mine = Q(author=person, route=None)
    if route is not None:
        mine |= Q(author=person, route=route) if route.student_id != person.pk else Q(route=route)
    return list(
        OwnPrompt.objects.filter(mine, removed_at=None)
        .select_related("author")
        .order_by("made_at", "pk")
    )


def _own(row: OwnPrompt, person: Person) -> Prompt:
    by = "" if row.author_id == person.pk else row.author.name
    return Prompt(row.text, row.theme, own=row.pk, by=by)


def candidates(person: Person, route: Route | None, role: str) -> list[Prompt]:
    """Everything that fits, own ones first; in an order that does not change by itself."""
    kinds = kinds_now(route)
    found = [
        _own(row, person)
        for row in own_prompts(person, route)
        if row.route_id is None or route is None or route.student_id == person.pk
    ]
    for theme in pack().reflection_themes.values():
        found += [
            Prompt(str(prompt.text), theme.key, key=prompt.key)
            for prompt in theme.prompts.values()
            if role in prompt.roles and (not prompt.stops or kinds.intersection(prompt.stops))
        ]
    return found


def for_this_week(
    person: Person, route: Route | None, *, now: datetime, further: int = 0
) -> Prompt | None:
    """The same all week, until somebody asks for another one."""
    role = RouteRole.STUDENT if route is None or route.student_id == person.pk else None
    found = candidates(person, route, role or RouteRole.MENTOR)
    calendar = timezone.localdate(now).isocalendar()
    week = Week(str(person.pk), str(route.pk) if route else "", calendar.year, calendar.week)
    return chosen(found, week, further)


def find(person: Person, route: Route | None, ref: str) -> Prompt | None:
    """The prompt that an address names, if it is one for this person."""
    for theme in pack().reflection_themes.values():
        if prompt := theme.prompts.get(ref):
            return Prompt(str(prompt.text), theme.key, key=prompt.key)
    rows = (row for row in own_prompts(person, route) if str(row.pk) == ref)
    return next((_own(row, person) for row in rows), None)
