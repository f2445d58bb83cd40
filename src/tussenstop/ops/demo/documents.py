"""The documents of the demo routes, seen to by those who provide them."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from django.utils import timezone

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.core import pdf
from tussenstop.documents.actions import papers
from tussenstop.documents.required import papers_of
from tussenstop.documents.rules import Proof
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Route


def _scan(title: str, now: datetime) -> BytesIO:
    data = {"title": title, "text": "Verzonnen, voor de demo.", "language": "nl"}
    return BytesIO(pdf.make("tussenstop.ops.demo", "paper.typ", data, at=now))


def give_all(route: Route, *, coordinator: Person | None, later: Callable[[], datetime]) -> None:
    """Everything that this route needs before it starts."""
    people: dict[str, Person] = {
        part.role: part.person
        for part in Participation.objects.filter(
            route=route, accepted_at__isnull=False, ended_at=None
        )
        .select_related("person")
        .order_by("person__name")
    }
    if coordinator:
        people[RouteRole.ORGANISATION_COORDINATOR] = coordinator
    now = later()
    for shown in papers_of(route, today=timezone.localdate(now)):
        person = people.get(shown.required.provider)
        if person is None:
            continue
        papers.give(
            by=By(person),
            route=route,
            shown=shown,
            on=timezone.localdate(now),
            file=_scan(shown.required.name, now) if shown.required.proof == Proof.FILE else None,
            name=f"{shown.required.name}.pdf",
            now=now,
        )
