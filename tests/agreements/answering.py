"""Proposing and answering in a few words, for tests."""

from tests.worlds import (
    NOW,
    World,
)
from tussenstop.agreements import queries
from tussenstop.agreements.actions import consent, proposing
from tussenstop.agreements.models import Agreement, Revision
from tussenstop.agreements.rules import Answer, Kind, Status
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.models import Move
from tussenstop.routes.rules import MoveCode


def yes(person: Person, revision: Revision) -> None:
    consent.answer(by=By(person), revision=revision, answer=Answer.YES, now=NOW)


def change(person: Person, revision: Revision, reason: str = "Liever woensdag.") -> None:
    consent.answer(
        by=By(person, means="link"),
        revision=revision,
        answer=Answer.CHANGE,
        section="practical",
        reason=reason,
        now=NOW,
    )


def status(world: World, agreement: Agreement, person: Person | None = None) -> Status:
    view = queries.get_agreement(person=person or world.student, agreement_id=agreement.pk, now=NOW)
    return view.status


def moves(world: World, code: MoveCode) -> set[str]:
    return {
        move.person.name
        for move in Move.objects.filter(route=world.route, code=code).select_related("person")
        if move.person
    }


def propose(world: World, kind: Kind, text: str = "", **data: object) -> Revision:
    agreement = proposing.propose_change(
        by=By(world.student),
        route=world.fresh(),
        kind=kind,
        key=uuid7(),
        title="",
        text=text,
        data=data,
        now=NOW,
    )
    return Revision.objects.select_related("agreement__route").get(agreement=agreement)
