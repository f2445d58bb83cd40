"""What agreements know is open on a route: to begin, to write, to propose, to answer."""

from collections.abc import Iterable

from tussenstop.access.rules import PARTNERS, RouteRole
from tussenstop.agreements.bodies import is_filled
from tussenstop.agreements.models import Agreement, Revision
from tussenstop.agreements.rules import SIGNATORY, Answer, Kind
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import BEFORE_AGREED, MoveCode


def _answers_open(
    agreement: Agreement,
    revision: Revision,
    people: dict[str, list[object]],
    asked: set[tuple[str, object]],
) -> Iterable[Open]:
    parties = list(revision.parties.select_related("consent"))
    votes = {p.pk: p.consent for p in parties if hasattr(p, "consent")}
    objections = [v for v in votes.values() if v.answer != Answer.YES]
    # A partner who left can't answer any more: the text is for whoever takes part now.
    gone = [
        p
        for p in parties
        if p.pk not in votes and p.role != SIGNATORY and (p.role, p.person_id) not in asked
    ]
    if objections or gone:
        since = min((v.at for v in objections), default=revision.proposed_at)
        roles = {person: role for role in PARTNERS for person in people.get(role, [])}
        whose: object = revision.proposed_by_id
        if whose not in roles:
            whose = next(iter(people.get(RouteRole.STUDENT, [])), None)
        if whose:
            yield Open(
                MoveCode.REVISE_AGREEMENT,
                roles[whose],
                agreement.pk,
                since,
                person_id=whose,  # type: ignore[arg-type]
            )
        return
    for party in parties:
        if party.pk not in votes:
            yield Open(
                MoveCode.ANSWER_AGREEMENT,
                party.role,
                agreement.pk,
                revision.proposed_at,
                person_id=party.person_id,
            )


def _draft_open(agreement: Agreement, people: dict[str, list[object]]) -> Iterable[Open]:
    drafts = list(agreement.sections.all())
    waiting = [d for d in drafts if d.owner_role and not is_filled(d)]
    for draft in waiting:
        for person_id in people.get(draft.owner_role, []):
            yield Open(
                MoveCode.FILL_SECTION,
                draft.owner_role,
                agreement.pk,
                agreement.created_at,
                person_id=person_id,  # type: ignore[arg-type]
            )
    if not waiting:
        last = max((d.written_at for d in drafts if d.written_at), default=agreement.created_at)
        for person_id in people.get(RouteRole.STUDENT, []):
            yield Open(
                MoveCode.PROPOSE_AGREEMENT,
                RouteRole.STUDENT,
                agreement.pk,
                last,
                person_id=person_id,  # type: ignore[arg-type]
            )


def agreements_open(route: Route) -> Iterable[Open]:
    """The open ends of every agreement of this route that does not hold yet."""
    people: dict[str, list[object]] = {}
    parts = open_parts(route)
    asked: set[tuple[str, object]] = {(part.role, part.person_id) for part in parts}
    for part in parts:
        if part.accepted_at and part.role in PARTNERS:
            people.setdefault(part.role, []).append(part.person_id)
    agreements = list(Agreement.objects.filter(route=route, withdrawn_at=None))
    for agreement in agreements:
        revision = agreement.revisions.select_related("seal").order_by("-number").first()
        if revision is None:
            yield from _draft_open(agreement, people)
        elif not hasattr(revision, "seal"):
            yield from _answers_open(agreement, revision, people, asked)
    begun = {a.placement_id for a in agreements if a.kind == Kind.START}
    if route.state in BEFORE_AGREED and people.get(RouteRole.STUDENT):
        for placement in route.placements.filter(ended_at=None):
            if placement.pk not in begun:
                yield Open(
                    MoveCode.START_AGREEMENT,
                    RouteRole.STUDENT,
                    placement.pk,
                    placement.created_at,
                    person_id=route.student_id,
                )
