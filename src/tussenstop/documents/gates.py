"""What keeps a route before a gate, in sentences, and whose move it is."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tussenstop.access.rules import RouteRole
from tussenstop.core import clock
from tussenstop.documents.required import Shown, papers_of
from tussenstop.documents.rules import GATES_BEFORE
from tussenstop.routes.models import Placement, Route
from tussenstop.routes.moves import Open, morning, open_parts
from tussenstop.routes.rules import MoveCode, State


def missing(route: Route, to: State) -> Iterable[str]:
    """A sentence for each document that is not in order, with who can provide it."""
    gates = GATES_BEFORE.get(to, ())
    if not gates:
        return
    for shown in papers_of(route, today=timezone.localdate(clock.now())):
        if shown.required.gate in gates and not shown.in_order:
            yield _("%(document)s: %(standing)s (%(who)s)") % {
                "document": shown.required.name,
                "standing": shown.standing.label,
                "who": shown.required.provider.label,
            }


RENEW_DAYS = 30  # before a document runs out, its provider is asked for a new one


def _since(shown: Shown, route: Route) -> datetime | None:
    """From when somebody is asked for this document; None when nothing is to be done."""
    if not shown.in_order:
        return max(shown.placement.created_at, route.created_at)
    until = shown.paper.until if shown.paper else None
    if until and until < shown.placement.ends_on:
        return morning(until - timedelta(days=RENEW_DAYS))
    return None


def is_asked(shown: Shown, route: Route, now: datetime) -> bool:
    """Whether its provider is asked for this document now."""
    since = _since(shown, route)
    return since is not None and since <= now


def papers_open(route: Route) -> Iterable[Open]:
    """One move for each role that has something to provide, however many documents it is. What
    runs out becomes a move when its time comes."""
    parts = [part for part in open_parts(route) if part.accepted_at]
    first: dict[tuple[RouteRole, Placement], datetime] = {}
    for shown in papers_of(route, today=date.min):
        if since := _since(shown, route):
            whose = (shown.required.provider, shown.placement)
            first[whose] = min(since, first.get(whose, since))
    told: set[tuple[str, UUID | None]] = set()
    for (role, placement), since in first.items():
        person_id = organisation_id = institution_id = None
        if role == RouteRole.ORGANISATION_COORDINATOR:
            organisation_id = placement.organisation_id
        elif role == RouteRole.PROGRAMME_COORDINATOR:
            institution_id = route.institution_id
        else:
            person_id = next(
                (
                    part.person_id
                    for part in parts
                    if part.role == role and part.placement_id in {None, placement.pk}
                ),
                None,
            )
        whom = person_id or organisation_id or institution_id
        if whom is None or (role, whom) in told:
            continue
        told.add((role, whom))
        yield Open(
            MoveCode.GIVE_PAPERS,
            role,
            route.pk,
            since,
            person_id=person_id,
            organisation_id=organisation_id,
            institution_id=institution_id,
        )
