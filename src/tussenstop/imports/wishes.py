"""Favourites of students from a file, added after what they chose themselves.

Which places somebody wishes for is theirs alone: a row never tells whether the student had chosen
that place before."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.core import audit
from tussenstop.imports.lines import CannotBringIn, Line, Values, in_rows, spelled, wrong_line
from tussenstop.imports.lookups import people_of
from tussenstop.imports.naming import MOST_COMPARED, Guesses, folded
from tussenstop.imports.rules import Change
from tussenstop.imports.values import email_of, number_of
from tussenstop.matching import fixed
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import MOST_WISHES, SHOWN
from tussenstop.people.acting import By
from tussenstop.people.models import Institution, Person
from tussenstop.rounds.models import RoundStudent
from tussenstop.rounds.rules import RoundState
from tussenstop.routes.models import Route
from tussenstop.routes.rules import BEFORE_AGREED, LIVE, Context

MOST_ORDER = 999


@dataclass(frozen=True, slots=True)
class NewWish:
    """A place that a student would like, and its place in the order of the file."""

    route: Route
    place: Place
    order: int


class Known:
    """What the rows are judged against, read at once."""

    def __init__(self, rows: Sequence[Values], *, institution: Institution, now: datetime) -> None:
        today = timezone.localdate(now)
        self.people = people_of(rows)
        self.routes: dict[UUID, list[Route]] = defaultdict(list)
        theirs = Route.objects.filter(
            institution=institution, state__in=LIVE, student__in=list(self.people.values())
        ).select_related("student", "programme")
        for route in theirs.order_by("created_at", "pk"):
            self.routes[route.student_id].append(route)
        routes = [route for some in self.routes.values() for route in some]
        self.fixed: set[UUID] = set(
            RoundStudent.objects.filter(
                route__in=routes,
                left_at=None,
                round__state=RoundState.OPEN,
                round__wishes_until__lt=today,
            ).values_list("route_id", flat=True)
        )
        self.wished: dict[UUID, set[UUID]] = defaultdict(set)
        pairs = Wish.objects.filter(route__in=routes).values_list("route_id", "place_id")
        for route_id, place_id in pairs:
            self.wished[route_id].add(place_id)
        self._open = Place.objects.filter(state__in=SHOWN, ends_on__gte=today)
        self.places: dict[str, list[Place]] = defaultdict(list)
        titles = spelled(in_rows(rows, "title"))
        for place in (
            self._open.alias(lowered=Lower("title"))
            .filter(lowered__in=titles)
            .select_related("workplace__organisation")
            .prefetch_related("programmes")
            .order_by("pk")
        ):
            self.places[folded(place.title)].append(place)
        self._guesses: Guesses | None = None

    def meant(self, title: str) -> str:
        if self._guesses is None:
            self._guesses = Guesses(
                self._open.order_by("pk").values_list("title", flat=True)[:MOST_COMPARED]
            )
        return self._guesses.meant(title)


def _where(place: Place, key: str) -> str:
    if key == "workplace":
        return place.workplace.name
    return place.workplace.organisation.name


def _place(row: Values, known: Known) -> Place | None:
    title = row.text("title")
    if not title:
        row.wrong("title", _("This is still needed."))
        return None
    found = known.places.get(folded(title), [])
    if not found:
        text = _("No open place is called “%(title)s”.") % {"title": title}
        row.wrong("title", text + known.meant(title))
        return None
    for key in ("organisation", "workplace"):
        if text := row.text(key):
            found = [place for place in found if folded(_where(place, key)) == folded(text)]
            if not found:
                row.wrong(key, _("The open place “%(title)s” is not here.") % {"title": title})
                return None
    if len(found) > 1:
        row.wrong(
            "title",
            _("%(count)s open places are called like this. Name the organisation and workplace.")
            % {"count": len(found)},
        )
        return None
    return found[0]


def _route(row: Values, known: Known, person: Person | None, place: Place | None) -> Route | None:
    """The route on which a student looks for a workplace, for a programme of this place when
    there are more."""
    theirs = known.routes.get(person.pk, []) if person else []
    if not theirs:
        row.wrong("email", _("Nobody with this address travels a route of your institution."))
        return None
    seeking = [route for route in theirs if route.state in BEFORE_AGREED]
    if not seeking:
        row.wrong("email", _("There is a start agreement already: a workplace was found."))
        return None
    free = [route for route in seeking if route.context != Context.OWN_EMPLOYEE]
    if not free:
        row.wrong("email", _("An own employee learns with their own employer."))
        return None
    if len(free) > 1 and place:
        programmes = {programme.pk for programme in place.programmes.all()}
        free = [route for route in free if route.programme_id in programmes] or free
        if len(free) > 1:
            row.wrong(
                "email",
                _("This student looks for a workplace on several routes: we can't tell for which."),
            )
            return None
    route = free[0]
    if route.pk in known.fixed:
        row.wrong(
            "email", _("A round is being decided with this student's favourites as they are.")
        )
        return None
    return route


def _judge(row: Values, known: Known, seen: dict[object, int]) -> Line[NewWish]:
    email = row.read("email", email_of, needed=True)
    order = row.read("order", partial(number_of, lowest=1, highest=MOST_ORDER))
    place = _place(row, known)
    route = _route(row, known, known.people.get(email), place) if email else None
    if route and place:
        first = seen.setdefault((route.pk, place.pk), row.number)
        if first != row.number:
            row.wrong(
                "title",
                _("This place stands in row %(row)s already, for the same student.")
                % {"row": first},
            )
    if row.problems or route is None or place is None:
        return wrong_line(row)
    told = _("Among the favourites of %(name)s, after what they chose themselves.") % {
        "name": route.student.name
    }
    # Without an order of its own a row follows the rows before it.
    plan = NewWish(route, place, MOST_ORDER + row.number if order is None else order)
    return Line(row.number, row.texts, {}, Change.READY, told, plan)


def _too_many(lines: list[Line[NewWish]], known: Known) -> list[Line[NewWish]]:
    """The lines, those that are more than a student can keep with what is the matter."""
    room: Counter[UUID] = Counter()
    refused: dict[int, Line[NewWish]] = {}
    for line in sorted(lines, key=lambda line: line.plan.order if line.plan else 0):
        if line.plan is None or line.plan.place.pk in known.wished[line.plan.route.pk]:
            continue
        route = line.plan.route
        room[route.pk] += 1
        if len(known.wished[route.pk]) + room[route.pk] > MOST_WISHES:
            why = _("More than %(count)s favourites can't be kept.") % {"count": MOST_WISHES}
            refused[line.number] = Line(line.number, line.values, {"title": why}, Change.WRONG)
    return [refused.get(line.number, line) for line in lines]


def judge(
    rows: Sequence[Values], *, institution: Institution, now: datetime
) -> list[Line[NewWish]]:
    """What each row would do, in a number of reads that does not grow with the rows."""
    known = Known(rows, institution=institution, now=now)
    seen: dict[object, int] = {}
    return _too_many([_judge(row, known, seen) for row in rows], known)


def hold(rows: Sequence[Values]) -> None:
    """Keep the students themselves from changing their favourites meanwhile."""
    people = people_of(rows)
    Route.objects.filter(student__in=list(people.values()), state__in=LIVE).update(
        version=F("version")
    )


def write(plans: Sequence[NewWish], *, by: By, now: datetime) -> int:
    """Add the favourites that are not there yet, after the others; for how many students."""
    by_route: dict[UUID, list[NewWish]] = defaultdict(list)
    for plan in plans:
        by_route[plan.route.pk].append(plan)
    there: dict[UUID, set[UUID]] = defaultdict(set)
    for route_id, place_id in Wish.objects.filter(route__in=list(by_route)).values_list(
        "route_id", "place_id"
    ):
        there[route_id].add(place_id)
    made = []
    for route_id, wanted in by_route.items():
        route = wanted[0].route
        if reason := fixed.why(route, None, now):
            raise CannotBringIn(f"{route.student.name}: {reason}")
        new = sorted(
            (one for one in wanted if one.place.pk not in there[route_id]),
            key=lambda one: one.order,
        )
        for n, one in enumerate(new):
            made.append(
                Wish(
                    route=route,
                    place=one.place,
                    position=len(there[route_id]) + n + 1,
                    tied=n > 0 and new[n - 1].order == one.order,
                    made_at=now,
                )
            )
        if new:
            audit.record(
                "wishes.brought_in",
                actor=By(by.person, means="elsewhere").actor,  # the student said so at school
                now=now,
                route_id=route_id,
                subject_id=route_id,
                name=route.student.name,
            )
    Wish.objects.bulk_create(made)
    return len(by_route)
