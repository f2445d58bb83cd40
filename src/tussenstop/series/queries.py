"""Reading series of conversations: one's own, and the stops that still need a date."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person, TemplateStop
from tussenstop.routes.models import Moment, MomentAnswer, Route, Stop
from tussenstop.routes.queries import programmes_of
from tussenstop.routes.rules import LIVE, State
from tussenstop.series.models import Series, Talk
from tussenstop.series.rules import AIMED_WITHIN_DAYS, MOST_TALKS, Became

OWN = "="  # before the name of a stop of a programme's own making
GOING_ON = [state for state in LIVE if state != State.PAUSED]


def kind_of(stop: Stop) -> str:
    return stop.kind or f"{OWN}{stop.own_name}"


def kind_name(kind: str) -> str:
    """What a kind of stop is called; one that the content no longer has keeps its key."""
    if kind.startswith(OWN):
        return kind.removeprefix(OWN)
    found = pack().stops.get(kind)
    return str(found.name) if found else kind


def kinds_of(*, person: Person, now: datetime) -> list[tuple[str, str]]:
    """The kinds of stops that this person can look for dates for, by name."""
    programmes = [pk for pk, _name in programmes_of(person=person, now=now)]
    own = (
        TemplateStop.objects.filter(programme_id__in=programmes, kind="")
        .order_by("own_name")
        .values_list("own_name", flat=True)
        .distinct()
    )
    built_in = [(key, str(stop.name)) for key, stop in pack().stops.items() if not stop.stretch]
    return [*built_in, *((f"{OWN}{name}", name) for name in own)]


def _of_kind(kind: str) -> Q:
    if kind.startswith(OWN):
        return Q(kind="", own_name=kind.removeprefix(OWN))
    return Q(kind=kind)


def waiting_stops(
    *, person: Person, kind: str, programme_id: UUID | None, until: date, now: datetime
) -> list[Stop]:
    """The stops of a kind without a date that can be held up to a day, one a route, those aimed at
    soonest first; at most MOST_TALKS. A route that rests, a stop that comes much later or that
    misses somebody, and one for which a date is proposed, are left alone."""
    routes = Route.objects.filter(
        checks.routes_for(person, OnRoute.SET_DATES, now=now), state__in=GOING_ON
    )
    if programme_id:
        routes = routes.filter(programme_id=programme_id)
    open_moment = Moment.objects.filter(stop=OuterRef("pk"), ended_at=None)
    earlier = Stop.objects.filter(
        _of_kind(kind),
        route=OuterRef("route"),
        position__lt=OuterRef("position"),
        done_at=None,
        skipped_at=None,
    )
    stops = (
        Stop.objects.filter(
            _of_kind(kind),
            Q(aimed_on=None) | Q(aimed_on__lte=until + timedelta(days=AIMED_WITHIN_DAYS)),
            ~Exists(open_moment),
            ~Exists(earlier),
            route__in=routes.values("pk"),
            stretch=False,
            starts_at=None,
            done_at=None,
            skipped_at=None,
        )
        .select_related("route__student", "route__programme", "route__institution")
        .order_by(F("aimed_on").asc(nulls_last=True), "pk")
    )
    found = list(stops[: 2 * MOST_TALKS])
    people = people_by_stop(found, now=now)
    return [stop for stop in found if complete(stop, people[stop.pk])][:MOST_TALKS]


def complete(stop: Stop, parts: list[Participation]) -> bool:
    """Whether everybody a conversation needs travels along, two people at least."""
    here = {part.role for part in parts}
    return set(stop.attends) <= here and len({part.person_id for part in parts}) > 1


def people_by_stop(stops: Iterable[Stop], *, now: datetime) -> dict[UUID, list[Participation]]:
    """Who takes part in each of these stops: those who hold a role that it needs."""
    stops = list(stops)
    parts: dict[UUID, list[Participation]] = defaultdict(list)
    for part in Participation.objects.filter(
        checks.taking_part(now), route_id__in={stop.route_id for stop in stops}
    ).select_related("person"):
        parts[part.route_id].append(part)
    return {
        stop.pk: [part for part in parts[stop.route_id] if part.role in stop.attends]
        for stop in stops
    }


def own_series(person: Person) -> QuerySet[Series]:
    """One's own, the newest first, with how many conversations have a moment."""
    return (
        Series.objects.filter(person=person)
        .select_related("programme")
        .annotate(
            talks_count=Count("talks"),
            found_count=Count("talks", filter=Q(talks__starts_at__isnull=False)),
        )
        .order_by("-asked_at")
    )


def get_series(*, person: Person, series_id: UUID) -> Series:
    """One's own. Raises NotFound."""
    found = Series.objects.filter(pk=series_id, person=person).select_related("programme").first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class TalkView:
    """A conversation with who takes part, and what became of its date once it was proposed; `open`
    while it can still be proposed."""

    talk: Talk
    people: list[Participation]
    became: Became | None
    open: bool
    yes: int
    asked: int

    @property
    def others(self) -> list[Participation]:
        """Who takes part besides the student."""
        return [part for part in self.people if part.role != RouteRole.STUDENT]


def talks_of(*, person: Person, series: Series, now: datetime) -> list[TalkView]:
    """The conversations of a series on routes that this person may still set dates on: those with
    a moment first, soonest first."""
    routes = Route.objects.filter(checks.routes_for(person, OnRoute.SET_DATES, now=now))
    talks = list(
        Talk.objects.filter(series=series, stop__route__in=routes.values("pk"))
        .select_related("stop__route__student", "stop__route__programme")
        .order_by(F("starts_at").asc(nulls_last=True), "pk")
    )
    people = people_by_stop([talk.stop for talk in talks], now=now)
    moments = Moment.objects.in_bulk([talk.pk for talk in talks if talk.chosen_at])
    answers: dict[UUID, list[bool | None]] = defaultdict(list)
    for moment_id, suits in MomentAnswer.objects.filter(moment_id__in=list(moments)).values_list(
        "moment_id", "suits"
    ):
        answers[moment_id].append(suits)
    return [
        TalkView(
            talk,
            people[talk.stop_id],
            _became(talk, moments.get(talk.pk)),
            talk.chosen_at is None and talk.starts_at is not None and talk.starts_at > now,
            sum(one is True for one in answers[talk.pk]),
            len(answers[talk.pk]),
        )
        for talk in talks
    ]


def _became(talk: Talk, moment: Moment | None) -> Became | None:
    if talk.chosen_at is None:
        return None
    if talk.overtaken:
        return Became.OVERTAKEN
    if moment is None or moment.ended_at is None:
        return Became.WAITS
    return Became.HOLDS if talk.stop.starts_at == moment.starts_at else Became.DECLINED
