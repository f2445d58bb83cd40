"""Short ways to see to documents, for tests."""

from datetime import date
from io import BytesIO
from typing import Any

from django.utils import timezone

from tests.worlds import NOW, World
from tussenstop.access.rules import RouteRole
from tussenstop.documents.actions import papers
from tussenstop.documents.models import Paper
from tussenstop.documents.required import Shown, papers_of
from tussenstop.documents.rules import Proof
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route

PDF = b"%PDF-1.7 a made-up document"
TODAY = timezone.localdate(NOW)


def route_of(world: World) -> Route:
    return (
        Route.objects.select_related("programme", "student", "institution")
        .prefetch_related("placements__workplace", "placements__organisation")
        .get(pk=world.route.pk)
    )


def needed(world: World, today: date = TODAY) -> dict[str, Shown]:
    """The required documents of the route, by key."""
    return {one.required.key: one for one in papers_of(route_of(world), today=today)}


def provider_of(world: World, one: Shown) -> Person:
    people: dict[RouteRole, Person] = {
        RouteRole.STUDENT: world.student,
        RouteRole.MENTOR: world.mentor,
        RouteRole.TEACHER: world.teacher,
        RouteRole.ORGANISATION_COORDINATOR: world.organisation_coordinator,
        RouteRole.PROGRAMME_COORDINATOR: world.programme_coordinator,
    }
    return people[one.required.provider]


def gives(world: World, key: str, by: Person | None = None, **more: Any) -> Paper:
    one = needed(world)[key]
    if one.required.proof == Proof.FILE:
        more.setdefault("file", BytesIO(PDF))
        more.setdefault("name", "blad.pdf")
    return papers.give(
        by=By(by or provider_of(world, one)),
        route=world.fresh(),
        shown=one,
        on=more.pop("on", TODAY),
        now=more.pop("now", NOW),
        **more,
    )


def gives_everything(world: World) -> None:
    for key in needed(world):
        gives(world, key)
