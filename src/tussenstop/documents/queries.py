"""Reading the documents of a route, always for someone; and what a programme asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tussenstop.access import checks
from tussenstop.access.matrix import InScope, OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.content import Requirement, pack
from tussenstop.core.errors import NotFound
from tussenstop.core.models import StoredFile
from tussenstop.documents.models import OwnRequirement, Paper
from tussenstop.documents.required import Shown, built_in, own, papers_of
from tussenstop.documents.rules import STEPS_IN
from tussenstop.people.models import Person, Programme
from tussenstop.routes.models import Placement
from tussenstop.routes.queries import RouteView, get_route

EVERYWHERE = {RouteRole.STUDENT, RouteRole.TEACHER, RouteRole.PROGRAMME_COORDINATOR}


@dataclass(frozen=True, slots=True)
class Line:
    """A required document, and what this person may do about it."""

    shown: Shown
    may_give: bool
    may_open: bool


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a route as one person sees them."""

    view: RouteView
    lines: list[Line]

    @property
    def missing(self) -> int:
        return sum(not line.shown.in_order for line in self.lines)


def _mine(view: RouteView, placement: Placement, *, now: datetime) -> frozenset[RouteRole]:
    """The roles this person holds for one placement: somebody of a workplace has nothing to do
    with another workplace on the same route."""
    roles = set(view.roles & EVERYWHERE)
    if RouteRole.MENTOR in view.roles and any(
        part.person_id == view.person.pk
        and part.role == RouteRole.MENTOR
        and part.placement_id == placement.pk
        for part in view.route.participations.all()
    ):
        roles.add(RouteRole.MENTOR)
    if (
        RouteRole.ORGANISATION_COORDINATOR in view.roles
        and placement.organisation_id in checks.led_by(view.person, now=now).organisations
    ):
        roles.add(RouteRole.ORGANISATION_COORDINATOR)
    return frozenset(roles)


def documents_of(*, person: Person, route_id: UUID, now: datetime) -> Documents:
    """What is needed on a route, and how it stands. Raises NotFound, or Refused."""
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.SEE_DOCUMENTS)
    roles: dict[UUID, frozenset[RouteRole]] = {}
    lines = []
    for shown in papers_of(view.route, today=timezone.localdate(now)):
        placement = shown.placement
        if placement.pk not in roles:
            roles[placement.pk] = _mine(view, placement, now=now)
        mine = roles[placement.pk]
        if mine:
            lines.append(
                Line(
                    shown,
                    may_give=not STEPS_IN[shown.required.provider].isdisjoint(mine),
                    may_open=view.may(OnRoute.OPEN_GATE),
                )
            )
    return Documents(view, lines)


def get_line(
    *, person: Person, route_id: UUID, placement_id: UUID, key: str, now: datetime
) -> tuple[Documents, Line]:
    """One required document of a placement. Raises NotFound, or Refused."""
    found = documents_of(person=person, route_id=route_id, now=now)
    for line in found.lines:
        if line.shown.placement.pk == placement_id and line.shown.required.key == key:
            return found, line
    raise NotFound


def file_of(*, person: Person, route_id: UUID, paper_id: UUID, now: datetime) -> StoredFile:
    """An uploaded document, for who sees the documents of its placement. Raises NotFound."""
    found = documents_of(person=person, route_id=route_id, now=now)
    seen = {line.shown.placement.pk for line in found.lines}
    paper = (
        Paper.objects.filter(pk=paper_id, route_id=route_id, placement_id__in=seen)
        .select_related("file")
        .first()
    )
    if paper is None or paper.file is None:
        raise NotFound
    return paper.file


@dataclass(frozen=True, slots=True)
class Asked:
    """What a programme asks: the built-in documents with their switch, and its own."""

    programme: Programme
    built_in: list[tuple[Requirement, bool]]
    own: list[OwnRequirement]


def asked_by(*, person: Person, programme_id: UUID, now: datetime) -> Asked:
    """What a programme asks, for who describes it. Raises NotFound, or Refused."""
    programme = Programme.objects.filter(pk=programme_id).select_related("institution").first()
    if programme is None:
        raise NotFound
    checks.require_in(person, InScope.EDIT_INSTITUTION, programme.institution, now=now)
    return Asked(
        programme,
        [(pack().documents[key], on) for key, on in built_in(programme).items()],
        own(programme),
    )
