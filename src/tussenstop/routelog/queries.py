"""Reading the log of a route."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower

from tussenstop.access import checks
from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.models import Participation
from tussenstop.core.errors import NotFound
from tussenstop.people.models import Person
from tussenstop.routelog.models import Mention, Reader, Word
from tussenstop.routelog.rules import TAKE_BACK
from tussenstop.routes.models import Route
from tussenstop.routes.queries import RouteView, get_route


@dataclass(frozen=True)
class Log:
    """The words of a route, newest first; `read_at` is until when this person has read them."""

    view: RouteView
    words: QuerySet[Word]
    others: list[Person]
    read_at: datetime | None


def partners_of(route: Route, *, now: datetime) -> list[Participation]:
    """Who reads along: everybody whose role may, by name."""
    return list(
        Participation.objects.filter(
            checks.taking_part(now),
            route=route,
            role__in=list(ON_ROUTE[OnRoute.SEE_LOG]),
            person__is_active=True,
        )
        .select_related("person")
        .order_by(Lower("person__name"), "pk")
    )


def words_of(route: Route) -> QuerySet[Word]:
    """What stands, newest first."""
    mentions = Prefetch(
        "mentions", Mention.objects.select_related("person").order_by(Lower("person__name"))
    )
    return (
        Word.objects.filter(route=route, taken_back_at=None)
        .select_related("author")
        .prefetch_related(mentions)
        .order_by("-at", "-pk")
    )


def log_of(*, person: Person, route_id: UUID, now: datetime) -> Log:
    """Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_LOG)
    people = {part.person_id: part.person for part in partners_of(view.route, now=now)}
    people.pop(person.pk, None)
    reader = Reader.objects.filter(route=view.route, person=person).first()
    return Log(
        view, words_of(view.route), list(people.values()), reader.read_at if reader else None
    )


def get_word(*, person: Person, word_id: UUID, now: datetime) -> tuple[Word, RouteView]:
    """One word that stands. Raises NotFound, or Refused."""
    word = Word.objects.filter(pk=word_id, taken_back_at=None).first()
    if word is None:
        raise NotFound
    view = get_route(person=person, route_id=word.route_id, now=now, permission=OnRoute.WRITE_LOG)
    word.route = view.route
    return word, view


def can_take_back(word: Word, person: Person, now: datetime) -> bool:
    return word.author_id == person.pk and now < word.at + TAKE_BACK
