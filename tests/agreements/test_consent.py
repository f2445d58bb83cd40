"""Three equals agree: on one exact text, everybody, or it does not hold."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.factories import PersonFactory
from tests.worlds import (
    NOW,
    World,
    with_a_draft,
    with_a_proposal,
    with_an_agreement,
)
from tussenstop.access.models import Participation
from tussenstop.agreements import queries
from tussenstop.agreements.actions import consent, drafts
from tussenstop.agreements.actions.consent import CannotAnswer, CannotPropose
from tussenstop.agreements.actions.drafts import CannotBegin, SectionStale
from tussenstop.agreements.models import Agreement, Consent, Revision, Seal
from tussenstop.agreements.rules import Answer, Kind, Status
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail, StoredFile
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import people
from tussenstop.routes.models import Move, Pause, Placement, Route, Stop
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


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
    agreement = consent.propose_change(
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


def test_who_proposes_agrees_by_proposing(world: World) -> None:
    revision = with_a_proposal(world)

    votes = Consent.objects.filter(party__revision=revision)

    assert [(vote.party.name, vote.answer) for vote in votes] == [("Sara Student", "yes")]
    assert status(world, revision.agreement) == Status.PROPOSED
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == {"Mo Mentor", "Tine Docent"}


def test_the_last_yes_seals_once_and_the_route_is_agreed(world: World) -> None:
    revision = with_a_proposal(world)

    yes(world.mentor, revision)
    assert not Seal.objects.exists()
    yes(world.teacher, revision)

    assert Seal.objects.get().revision == revision
    assert status(world, revision.agreement) == Status.ACCEPTED
    assert world.fresh().state == State.AGREED
    assert OutgoingMail.objects.filter(to=world.mentor.email, subject__contains="").exists()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), Status.PROPOSED),
        ((("mentor", Answer.YES),), Status.PROPOSED),
        ((("mentor", Answer.YES), ("teacher", Answer.YES)), Status.ACCEPTED),
        ((("mentor", Answer.CHANGE),), Status.CONTESTED),
        ((("mentor", Answer.CHANGE), ("teacher", Answer.YES)), Status.CONTESTED),
        ((("mentor", Answer.YES), ("teacher", Answer.CHANGE)), Status.CONTESTED),
        ((("mentor", Answer.NO),), Status.DECLINED),
        ((("mentor", Answer.NO), ("teacher", Answer.YES)), Status.DECLINED),
        ((("mentor", Answer.CHANGE), ("teacher", Answer.NO)), Status.DECLINED),
    ],
)
def test_how_it_stands_follows_from_the_votes(
    world: World, answers: tuple[tuple[str, Answer], ...], expected: Status
) -> None:
    revision = with_a_proposal(world)

    for who, answer in answers:
        consent.answer(
            by=By(getattr(world, who)), revision=revision, answer=answer, reason="Omdat.", now=NOW
        )

    assert status(world, revision.agreement) == expected
    assert Seal.objects.count() == (expected == Status.ACCEPTED)


def test_saying_yes_twice_is_saying_yes(world: World) -> None:
    revision = with_a_proposal(world)

    yes(world.mentor, revision)
    yes(world.mentor, revision)
    yes(world.teacher, revision)
    yes(world.teacher, revision)

    assert Consent.objects.count() == 3
    assert Seal.objects.count() == 1


def test_a_double_click_on_asking_for_a_change_tells_the_others_once(world: World) -> None:
    revision = with_a_proposal(world)
    OutgoingMail.objects.all().delete()

    change(world.mentor, revision)
    change(world.mentor, revision)

    assert OutgoingMail.objects.filter(to=world.student.email).count() == 1
    assert AuditEntry.objects.filter(code="agreement.change").count() == 1


def test_a_given_answer_can_not_turn_into_another(world: World) -> None:
    revision = with_a_proposal(world)
    yes(world.mentor, revision)

    with pytest.raises(CannotAnswer):
        change(world.mentor, revision)


@pytest.mark.parametrize("answer", [Answer.CHANGE, Answer.NO])
def test_an_objection_needs_words(world: World, answer: Answer) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(CannotAnswer) as refusal:
        consent.answer(by=By(world.mentor), revision=revision, answer=answer, reason=" \n", now=NOW)

    assert refusal.value.field == "reason"


def test_an_objection_is_about_a_part_that_exists(world: World) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(CannotAnswer) as refusal:
        consent.answer(
            by=By(world.mentor),
            revision=revision,
            answer=Answer.CHANGE,
            section="nonsense",
            reason="Omdat.",
            now=NOW,
        )

    assert refusal.value.field == "section"


def test_a_changed_text_asks_everybody_again(world: World) -> None:
    first = with_a_proposal(world)
    change(world.mentor, first)
    assert moves(world, MoveCode.REVISE_AGREEMENT) == {"Sara Student"}
    drafts.save_section(
        by=By(world.student),
        agreement=first.agreement,
        key="practical",
        values={"swapping": "Een week vooraf"},
        seen=0,
        now=NOW,
    )

    second = consent.propose_start(
        by=By(world.student), agreement=first.agreement, seen=1, now=NOW, why="Woensdag kan ook."
    )

    assert second.number == 2
    assert status(world, first.agreement) == Status.PROPOSED
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == {"Mo Mentor", "Tine Docent"}
    with pytest.raises(Stale):
        yes(world.teacher, first)
    yes(world.mentor, second)
    yes(world.teacher, second)
    assert Seal.objects.get().revision == second


def test_the_same_text_is_proposed_once(world: World) -> None:
    agreement = with_a_draft(world)

    first = consent.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)
    again = consent.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)

    assert first == again
    with pytest.raises(CannotPropose):
        consent.propose_start(by=By(world.mentor), agreement=agreement, seen=1, now=NOW)
    with pytest.raises(Stale):
        consent.propose_start(by=By(world.mentor), agreement=agreement, seen=0, now=NOW)


def test_the_same_text_may_be_put_before_somebody_new(world: World) -> None:
    revision = with_a_proposal(world)
    manager = PersonFactory(name="Kristof Leiding")
    drafts.add_signatory(
        by=By(world.mentor),
        agreement=revision.agreement,
        person=manager,
        capacity="leidinggevende",
        now=NOW,
    )

    second = consent.propose_start(
        by=By(world.mentor), agreement=revision.agreement, seen=1, now=NOW
    )

    assert [p.name for p in second.parties.order_by("position")] == [
        "Sara Student",
        "Mo Mentor",
        "Tine Docent",
        "Kristof Leiding",
    ]
    yes(world.student, second)
    yes(world.teacher, second)
    assert not Seal.objects.exists()
    yes(manager, second)
    assert Seal.objects.get().content["parties"][3]["capacity"] == "leidinggevende"


def test_a_signatory_reads_the_text_and_nothing_else_of_the_route(world: World) -> None:
    agreement = with_a_draft(world)
    manager = PersonFactory()
    drafts.add_signatory(
        by=By(world.student), agreement=agreement, person=manager, capacity="chef", now=NOW
    )
    with pytest.raises(NotFound):
        status(world, agreement, manager)

    consent.propose_start(by=By(world.student), agreement=agreement, seen=0, now=NOW)

    assert status(world, agreement, manager) == Status.PROPOSED
    with pytest.raises(NotFound):
        queries.start_agreement_of(person=manager, route_id=world.route.pk, now=NOW)


def test_a_partner_is_not_asked_a_second_time_as_signatory(world: World) -> None:
    agreement = with_a_draft(world)

    with pytest.raises(CannotBegin) as refusal:
        drafts.add_signatory(
            by=By(world.student), agreement=agreement, person=world.mentor, capacity="", now=NOW
        )

    assert refusal.value.field == "email"


def test_withdrawing_ends_the_question(world: World) -> None:
    revision = with_a_proposal(world)
    with pytest.raises(CannotPropose):
        consent.withdraw(by=By(world.mentor), agreement=revision.agreement, now=NOW)

    consent.withdraw(by=By(world.student), agreement=revision.agreement, now=NOW)
    consent.withdraw(by=By(world.student), agreement=revision.agreement, now=NOW)

    assert status(world, revision.agreement) == Status.WITHDRAWN
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == set()
    assert AuditEntry.objects.filter(code="agreement.withdrawn").count() == 1
    with pytest.raises(CannotAnswer):
        yes(world.mentor, revision)
    with pytest.raises(CannotBegin):
        drafts.save_section(
            by=By(world.student),
            agreement=revision.agreement,
            key="practical",
            values={},
            seen=0,
            now=NOW,
        )


def test_what_holds_is_not_withdrawn(world: World) -> None:
    revision = with_an_agreement(world)

    with pytest.raises(CannotPropose):
        consent.withdraw(by=By(world.student), agreement=revision.agreement, now=NOW)


@pytest.mark.parametrize("who", ["stranger", "other_mentor", "other_programme_coordinator"])
def test_strangers_find_nothing_to_answer(world: World, who: str) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(NotFound):
        yes(getattr(world, who), revision)
    with pytest.raises(NotFound):
        status(world, revision.agreement, getattr(world, who))


@pytest.mark.parametrize("who", ["coach", "programme_coordinator"])
def test_who_may_read_but_is_not_asked_does_not_answer(world: World, who: str) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(Refused):
        yes(getattr(world, who), revision)


def test_signed_on_paper_counts_with_its_scan_and_who_recorded_it(world: World) -> None:
    revision = with_a_proposal(world)
    scan = StoredFile.objects.create(
        name="blad.pdf",
        content_type="application/pdf",
        size=5,
        sha256="a" * 64,
        uploaded_by=world.student.pk,
        uploaded_at=NOW,
    )
    mentor = revision.parties.get(person=world.mentor)

    consent.record_elsewhere(
        by=By(world.student), revision=revision, party_id=mentor.pk, scan=scan, now=NOW
    )
    yes(world.teacher, revision)

    sealed = Seal.objects.get().content["parties"][1]
    assert (sealed["means"], sealed["recorded_by"]) == ("elsewhere", "Sara Student")
    assert sealed["scan"] == "a" * 64
    assert AuditEntry.objects.filter(code="agreement.elsewhere").exists()


def test_nobody_signs_elsewhere_for_themselves(world: World) -> None:
    revision = with_a_proposal(world)
    mine = revision.parties.get(person=world.mentor)

    with pytest.raises(CannotAnswer):
        consent.record_elsewhere(
            by=By(world.mentor), revision=revision, party_id=mine.pk, scan=StoredFile(), now=NOW
        )


def test_a_change_is_proposed_once_however_often_it_is_sent(world: World) -> None:
    key = uuid7()
    with_an_agreement(world)

    made = [
        consent.propose_change(
            by=By(world.mentor),
            route=world.fresh(),
            kind=Kind.FREE,
            key=key,
            title="Sleutel",
            text="Sara krijgt een sleutel.",
            data={},
            now=NOW,
        )
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert Agreement.objects.filter(kind=Kind.FREE).count() == 1


def test_the_title_speaks_the_language_of_the_agreement(world: World) -> None:
    world.student.language = "en"
    world.student.save()

    assert propose(world, Kind.STOPS, operations=[skip(world)]).agreement.title == (
        "Change of the stops"
    )


def skip(world: World) -> dict[str, str]:
    return {"do": "skip", "stop": str(world.stop("opportunities").pk)}


def test_an_agreed_period_changes_the_placement_and_the_hours(world: World) -> None:
    with_an_agreement(world)
    revision = propose(
        world,
        Kind.PERIOD,
        placement=str(world.placement.pk),
        starts_on="2027-01-18",
        ends_on="2027-07-02",
        hours_target=380,
    )
    assert Placement.objects.get(pk=world.placement.pk).ends_on.isoformat() == "2027-06-25"

    yes(world.mentor, revision)
    yes(world.teacher, revision)

    assert Placement.objects.get(pk=world.placement.pk).ends_on.isoformat() == "2027-07-02"
    assert world.fresh().hours_target == 380


def test_an_agreed_pause_rests_the_route_and_going_on_wakes_it(world: World) -> None:
    with_an_agreement(world)
    pause = propose(world, Kind.PAUSE, starts_on="2026-12-01", back_on="2027-01-04")
    yes(world.mentor, pause)
    yes(world.teacher, pause)
    assert world.fresh().state == State.PAUSED

    resume = propose(world, Kind.RESUME, on="2027-01-04")
    yes(world.mentor, resume)
    yes(world.teacher, resume)

    assert world.fresh().state == State.AGREED
    assert Pause.objects.get().ended_on.isoformat() == "2027-01-04"


def test_agreed_changes_of_the_stops_change_the_line(world: World) -> None:
    with_an_agreement(world)
    first = Stop.objects.filter(route=world.route).order_by("position").first()
    revision = propose(
        world,
        Kind.STOPS,
        operations=[
            skip(world),
            {"do": "add", "name": "Nachtdienst proeven", "purpose": "", "after": str(first.pk)},
        ],
    )
    assert "Nachtdienst proeven" in str(revision.body["sections"][0]["fields"])

    yes(world.mentor, revision)
    yes(world.teacher, revision)

    names = list(
        Stop.objects.filter(route=world.route).order_by("position").values_list("own_name", "kind")
    )
    assert names[1] == ("Nachtdienst proeven", "")
    assert world.stop("opportunities").skipped_at == NOW


@pytest.mark.parametrize(
    ("kind", "data", "field"),
    [
        (Kind.START, {}, None),
        (Kind.FREE, {}, "text"),
        (Kind.RESUME, {"on": "2027-01-01"}, None),
        (Kind.CLOSING, {}, None),
        (Kind.PAUSE, {"starts_on": "2027-02-01", "back_on": "2027-01-01"}, "back_on"),
        (Kind.STOPS, {"operations": []}, None),
        (Kind.STOPS, {"operations": [{"do": "skip", "stop": str(uuid7())}]}, None),
        (Kind.STOPS, {"operations": [{"do": "add", "name": " ", "after": None}]}, "name"),
        (
            Kind.STOPS,
            {"operations": [{"do": "add", "name": "X", "after": str(uuid7())}]},
            "after",
        ),
        (
            Kind.PERIOD,
            {
                "placement": str(uuid7()),
                "starts_on": "2027-01-01",
                "ends_on": "2027-02-01",
                "hours_target": 1,
            },
            "placement",
        ),
    ],
)
def test_what_can_not_be_proposed_is_refused_beside_its_field(
    world: World, kind: Kind, data: dict[str, object], field: str | None
) -> None:
    with_an_agreement(world)

    with pytest.raises(CannotPropose) as refusal:
        propose(world, kind, **data)

    assert refusal.value.field == field
    assert not Agreement.objects.exclude(kind=Kind.START).exists()


def test_a_text_is_refused_that_the_route_no_longer_allows(world: World) -> None:
    """Two proposals cross: the pause holds first, so the other can't take effect any more."""
    with_an_agreement(world)
    one = propose(world, Kind.PAUSE, starts_on="2026-12-01")
    two = propose(world, Kind.PAUSE, starts_on="2026-12-08")
    yes(world.mentor, one)
    yes(world.teacher, one)
    yes(world.mentor, two)

    with pytest.raises(consent.DomainError):
        yes(world.teacher, two)


def test_a_start_agreement_that_holds_during_a_pause_is_not_lost(world: World) -> None:
    revision = with_a_proposal(world)
    pause = propose(world, Kind.PAUSE, starts_on="2026-12-01")
    yes(world.mentor, pause)
    yes(world.teacher, pause)

    yes(world.mentor, revision)
    yes(world.teacher, revision)
    resume = propose(world, Kind.RESUME, on="2027-01-04")
    yes(world.mentor, resume)
    yes(world.teacher, resume)

    route = world.fresh()
    assert route.state == State.AGREED
    assert route.agreed_at is not None


def test_alone_before_others_take_part_a_pause_holds_at_once_and_nothing_waits(
    world: World,
) -> None:
    Participation.objects.filter(route=world.route).exclude(person=world.student).update(
        ended_at=NOW
    )

    propose(world, Kind.PAUSE, starts_on="2026-12-01")

    assert world.fresh().state == State.PAUSED
    assert not Move.objects.filter(route=world.route, code=MoveCode.PLAN_STOP).exists()


def test_a_successor_starts_from_what_was_agreed_and_takes_its_place(world: World) -> None:
    revision = with_an_agreement(world)
    agreed = revision.agreement

    successor = drafts.begin_successor(by=By(world.mentor), agreement=agreed, now=NOW)
    again = drafts.begin_successor(by=By(world.student), agreement=agreed, now=NOW)

    assert successor == again
    draft = successor.sections.get(key="expectations_mentor")
    assert "Wat Mo Mentor verwacht" in draft.values.values()
    assert status(world, agreed) == Status.ACCEPTED
    second = consent.propose_start(by=By(world.mentor), agreement=successor, seen=0, now=NOW)
    yes(world.student, second)
    yes(world.teacher, second)
    assert status(world, agreed) == Status.SUCCEEDED
    assert status(world, successor) == Status.ACCEPTED


def test_what_does_not_hold_has_no_successor(world: World) -> None:
    revision = with_a_proposal(world)

    with pytest.raises(CannotBegin):
        drafts.begin_successor(by=By(world.student), agreement=revision.agreement, now=NOW)


def test_two_who_write_the_same_part_see_each_other(world: World) -> None:
    agreement = with_a_draft(world)
    drafts.save_section(
        by=By(world.mentor),
        agreement=agreement,
        key="practical",
        values={"swapping": "Een dag vooraf"},
        seen=0,
        now=NOW,
    )

    with pytest.raises(SectionStale) as conflict:
        drafts.save_section(
            by=By(world.teacher),
            agreement=agreement,
            key="practical",
            values={"swapping": "Een week vooraf"},
            seen=0,
            now=NOW,
        )

    assert conflict.value.theirs == {"swapping": "Een dag vooraf"}
    assert conflict.value.version == 1


@pytest.mark.parametrize("key", ["expectations_mentor", "expectations_school"])
def test_one_writes_only_ones_own_part(world: World, key: str) -> None:
    agreement = with_a_draft(world)

    with pytest.raises(Refused):
        drafts.save_section(
            by=By(world.student), agreement=agreement, key=key, values={}, seen=1, now=NOW
        )


def test_what_left_of_the_placement_is_asked_of_nobody_else(world: World) -> None:
    """A partner who left can't answer; the proposer is told to put the text before who is here."""
    revision = with_a_proposal(world)
    part = world.part(world.mentor)
    people.end_role(by=By(world.mentor), route=world.fresh(), part=part, now=NOW)

    with pytest.raises(NotFound):
        yes(world.mentor, revision)
    assert moves(world, MoveCode.REVISE_AGREEMENT) == {"Sara Student"}
    assert moves(world, MoveCode.ANSWER_AGREEMENT) == set()


def test_the_programme_can_not_propose(world: World) -> None:
    agreement = with_a_draft(world)

    with pytest.raises(Refused):
        consent.propose_start(
            by=By(world.programme_coordinator), agreement=agreement, seen=0, now=NOW
        )


def test_an_answer_given_by_link_says_so(world: World) -> None:
    revision = with_a_proposal(world)
    consent.answer(by=By(world.mentor, means="link"), revision=revision, answer=Answer.YES, now=NOW)

    assert Consent.objects.get(party__person=world.mentor).means == "link"


def test_after_the_placement_the_mentor_keeps_what_was_signed_and_no_more(world: World) -> None:
    revision = with_an_agreement(world)
    free = propose(world, Kind.FREE, text="Nog iets.")
    Participation.objects.filter(person=world.mentor, route=world.route).update(
        until=NOW - timedelta(days=1)
    )

    assert status(world, revision.agreement, world.mentor) == Status.ACCEPTED
    with pytest.raises(NotFound):
        status(world, free.agreement, world.mentor)


def test_a_route_knows_its_start_agreement(world: World) -> None:
    revision = with_an_agreement(world)

    found = queries.start_agreement_of(
        person=world.coach, route_id=UUID(str(world.route.pk)), now=NOW
    )

    assert found == revision.agreement
    assert Route.objects.get(pk=world.route.pk).agreed_at == NOW
