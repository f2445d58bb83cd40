"""Which documents a placement needs, and how each stands: read for checks, without a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tussenstop.access.rules import RouteRole
from tussenstop.content import pack
from tussenstop.documents.models import OwnRequirement, Paper, Switch
from tussenstop.documents.rules import Gate, Proof, Required, Standing, applies, asked
from tussenstop.people.models import Programme
from tussenstop.routes.models import Placement, Route

OWN = "own:"  # in front of the id of a programme's own requirement


@dataclass(frozen=True, slots=True)
class Shown:
    """A required document of one placement, with what was given and how it stands."""

    required: Required
    placement: Placement
    paper: Paper | None
    standing: Standing

    @property
    def in_order(self) -> bool:
        return self.standing in {Standing.GIVEN, Standing.OPENED}


def built_in(programme: Programme) -> dict[str, bool]:
    """The built-in documents by key, and whether this programme asks them."""
    switched = dict(Switch.objects.filter(programme=programme).values_list("key", "asked"))
    return {key: asked(one.standard, key, switched) for key, one in pack().documents.items()}


def own(programme: Programme) -> list[OwnRequirement]:
    """What this programme asks beside them."""
    rows = OwnRequirement.objects.filter(programme=programme, ended_at=None)
    return list(rows.order_by("created_at", "pk"))


def _all(programme: Programme) -> list[tuple[Required, Iterable[str], Iterable[str]]]:
    """Everything the programme asks somewhere, with the forms and contexts it is for."""
    found: list[tuple[Required, Iterable[str], Iterable[str]]] = []
    for key, is_asked in built_in(programme).items():
        one = pack().documents[key]
        if is_asked:
            required = Required(
                key=key,
                name=str(one.name),
                description=str(one.description),
                provider=RouteRole(one.provider),
                gate=Gate(one.gate),
                proof=Proof(one.proof),
                months=one.months,
                source=str(one.source.text) if one.source else "",
                url=one.source.url if one.source else "",
            )
            found.append((required, one.forms, one.contexts))
    for row in own(programme):
        required = Required(
            key=f"{OWN}{row.pk}",
            name=row.name,
            description=row.description,
            provider=RouteRole(row.provider),
            gate=Gate(row.gate),
            proof=Proof(row.proof),
            months=row.months,
        )
        found.append((required, row.forms, row.contexts))
    return found


def standing_of(paper: Paper | None, today: date) -> Standing:
    """How a document stands today."""
    if paper is None:
        return Standing.MISSING
    if paper.opened:
        return Standing.OPENED
    if paper.may_start is False:
        return Standing.NOT_FIT
    if paper.until and paper.until < today:
        return Standing.EXPIRED
    return Standing.GIVEN


def papers_of(route: Route, *, today: date) -> list[Shown]:
    """Every required document of the route, placement by placement."""
    placements = [p for p in route.placements.all() if p.ended_at is None]
    if not placements:
        return []
    wanted = _all(route.programme)
    given: dict[tuple[UUID, str], Paper] = {
        (paper.placement_id, paper.key): paper
        for paper in Paper.objects.filter(route=route, replaced_at=None).select_related(
            "given_by", "file"
        )
    }
    return [
        Shown(required, placement, paper, standing_of(paper, today))
        for placement in placements
        for required, forms, contexts in wanted
        if applies(forms=forms, contexts=contexts, form=placement.form, context=route.context)
        for paper in [given.get((placement.pk, required.key))]
    ]
