"""A route starts when its documents are in order, or when a coordinator says why it may without."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from tests.documents.giving import TODAY, gives, gives_everything, needed, route_of
from tests.worlds import NOW, World, with_an_agreement
from tussenstop.core.errors import DomainError, NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry
from tussenstop.documents.actions import asking, papers
from tussenstop.documents.models import OwnRequirement, Paper
from tussenstop.documents.queries import documents_of
from tussenstop.documents.rules import Standing, applies, runs_out
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import state
from tussenstop.routes.actions.state import CannotMoveOn, missing_for
from tussenstop.routes.models import Move, Placement, Route
from tussenstop.routes.rules import MoveCode, State

pytestmark = pytest.mark.django_db


def begins(world: World) -> None:
    state.move_on(by=By(world.student), route=world.fresh(), to=State.UNDER_WAY, now=NOW)


def opens(world: World, key: str, reason: str = "Het papier is onderweg.") -> Paper:
    return papers.open_without(
        by=By(world.programme_coordinator),
        route=world.fresh(),
        shown=needed(world)[key],
        reason=reason,
        now=NOW,
    )


def switches(world: World, key: str, *, on: bool, by: Person | None = None) -> None:
    asking.switch(
        by=By(by or world.programme_coordinator),
        programme=world.programme,
        key=key,
        on=on,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 10, 5), 2, date(2026, 12, 5)),
        (date(2026, 5, 5), None, None),
    ],
)
def test_what_holds_some_months_runs_out_on_that_day(
    on: date, months: int | None, until: date | None
) -> None:
    assert runs_out(on, months) == until


@pytest.mark.parametrize(
    ("forms", "contexts", "yes"),
    [
        ((), (), True),
        (("oao",), (), False),
        (("internship_agreement",), (), True),
        ((), ("own_employee",), False),
        (("internship_agreement",), ("candidate", "workplace_student"), True),
    ],
)
def test_a_document_is_for_some_forms_and_contexts(
    forms: tuple[str, ...], contexts: tuple[str, ...], yes: bool
) -> None:
    assert (
        applies(
            forms=forms, contexts=contexts, form="internship_agreement", context="workplace_student"
        )
        is yes
    )


def test_a_student_with_an_internship_needs_what_the_law_and_sense_ask(world: World) -> None:
    assert set(needed(world)) == {"risk_analysis", "insurance", "house_rules", "emergency"}


def test_another_form_and_context_need_other_documents(world: World) -> None:
    Placement.objects.filter(pk=world.placement.pk).update(form="oao")
    assert {"recognition", "conduct", "training_plan"} <= set(needed(world))
    Route.objects.filter(pk=world.route.pk).update(context="own_employee")
    assert "insurance" not in needed(world)


def test_without_a_workplace_nothing_is_asked(world: World) -> None:
    Placement.objects.update(ended_at=NOW)
    assert needed(world) == {}


def test_a_route_does_not_start_before_its_documents_are_in_order(world: World) -> None:
    with_an_agreement(world)
    with pytest.raises(CannotMoveOn, match="Risk analysis: still needed"):
        begins(world)
    gives_everything(world)
    begins(world)
    assert world.fresh().state == State.UNDER_WAY


def test_what_is_missing_is_said_with_who_can_provide_it(world: World) -> None:
    sentences = missing_for(route_of(world), State.UNDER_WAY)
    assert "House rules read: still needed (student)" in sentences
    assert "What to do in an emergency: still needed (mentor)" in sentences
    assert not any("still needed" in one for one in missing_for(route_of(world), State.AGREED))


def test_a_coordinator_opens_a_gate_with_a_reason_that_all_read(world: World) -> None:
    with_an_agreement(world)
    for key in ("insurance", "house_rules", "emergency"):
        gives(world, key)
    opens(world, "risk_analysis")
    begins(world)
    told = AuditEntry.objects.get(code="document.opened")
    assert told.params == {"document": "risk_analysis", "reason": "Het papier is onderweg."}
    assert needed(world)["risk_analysis"].standing == Standing.OPENED


def test_a_gate_does_not_open_without_a_reason(world: World) -> None:
    with pytest.raises(DomainError, match="Write why"):
        opens(world, "risk_analysis", "  ")


@pytest.mark.parametrize("who", ["student", "mentor", "teacher", "organisation_coordinator"])
def test_only_the_programme_coordinator_opens_a_gate(world: World, who: str) -> None:
    with pytest.raises(Refused):
        papers.open_without(
            by=By(getattr(world, who)),
            route=world.fresh(),
            shown=needed(world)["risk_analysis"],
            reason="Zomaar",
            now=NOW,
        )


def test_who_may_not_start_does_not_start_for_any_reason(world: World) -> None:
    switches(world, "fitness", on=True)
    gives(world, "fitness", may_start=False)
    assert needed(world)["fitness"].standing == Standing.NOT_FIT
    with pytest.raises(DomainError, match="no reason opens this gate"):
        opens(world, "fitness")
    gives(world, "fitness", may_start=True)
    assert needed(world)["fitness"].standing == Standing.GIVEN


def test_of_fitness_only_yes_or_no_and_a_date_is_kept(world: World) -> None:
    switches(world, "fitness", on=True)
    with pytest.raises(DomainError, match="Say yes or no"):
        gives(world, "fitness")
    paper = gives(world, "fitness", may_start=True, file=BytesIO(b"%PDF-medical"), name="x.pdf")
    assert paper.file is None
    assert (paper.may_start, paper.on) == (True, TODAY)


@pytest.mark.parametrize("who", ["mentor", "organisation_coordinator", "programme_coordinator"])
def test_nobody_confirms_for_the_student(world: World, who: str) -> None:
    with pytest.raises(Refused):
        gives(world, "house_rules", getattr(world, who))


def test_the_organisation_steps_in_for_the_mentor(world: World) -> None:
    assert gives(world, "emergency", world.organisation_coordinator).given_by == (
        world.organisation_coordinator
    )


@pytest.mark.parametrize("who", ["other_mentor", "other_organisation_coordinator", "stranger"])
def test_for_others_the_documents_do_not_exist(world: World, who: str) -> None:
    with pytest.raises(NotFound):
        documents_of(person=getattr(world, who), route_id=world.route.pk, now=NOW)


def test_a_file_is_asked_where_a_file_is_needed(world: World) -> None:
    with pytest.raises(DomainError, match="Choose a file"):
        gives(world, "risk_analysis", file=None)
    with pytest.raises(DomainError, match="can't read this file"):
        gives(world, "risk_analysis", file=BytesIO(b"MZ not a document"))
    assert not Paper.objects.exists()


def test_a_day_to_come_is_not_taken(world: World) -> None:
    with pytest.raises(DomainError, match="still to come"):
        gives(world, "house_rules", on=TODAY + timedelta(days=1))


def test_a_newer_document_takes_the_place_of_an_older_which_stays(world: World) -> None:
    first = gives(world, "risk_analysis")
    second = gives(world, "risk_analysis")
    first.refresh_from_db()
    assert first.replaced_at == NOW
    assert needed(world)["risk_analysis"].paper == second


def test_two_who_see_to_the_same_thing_do_not_both(world: World) -> None:
    seen = needed(world)["emergency"]
    gives(world, "emergency")
    with pytest.raises(Stale):
        papers.give(by=By(world.mentor), route=world.fresh(), shown=seen, on=TODAY, now=NOW)


def test_what_ran_out_must_be_renewed(world: World) -> None:
    gives(world, "risk_analysis", on=TODAY)
    later = TODAY + timedelta(days=366)
    assert needed(world)["risk_analysis"].standing == Standing.GIVEN
    assert needed(world, later)["risk_analysis"].standing == Standing.EXPIRED


def test_whoever_must_provide_something_has_one_move(world: World) -> None:
    moves = Move.objects.filter(route=world.route, code=MoveCode.GIVE_PAPERS)
    assert set(moves.values_list("role", flat=True)) == {
        "student",
        "mentor",
        "organisation_coordinator",
    }
    gives(world, "house_rules")
    assert not moves.filter(role="student").exists()


def test_a_document_that_runs_out_on_the_way_is_asked_again_a_month_before(world: World) -> None:
    gives(world, "risk_analysis", on=TODAY - timedelta(days=200))
    gives(world, "insurance")
    [move] = Move.objects.filter(
        route=world.route, code=MoveCode.GIVE_PAPERS, role="organisation_coordinator"
    )
    paper = needed(world)["risk_analysis"].paper
    assert paper is not None
    assert paper.until is not None
    assert move.since.date() in {
        paper.until - timedelta(days=31),
        paper.until - timedelta(days=30),
    }


def test_a_programme_switches_documents_on_and_off(world: World) -> None:
    switches(world, "insurance", on=False)
    switches(world, "insurance", on=False)
    switches(world, "work_permit", on=True)
    assert "insurance" not in needed(world)
    assert "work_permit" in needed(world)
    assert AuditEntry.objects.filter(code="document.switched_off").count() == 1
    with pytest.raises(NotFound):
        switches(world, "nonsense", on=True)


def test_only_who_describes_the_programme_switches(world: World) -> None:
    with pytest.raises(Refused):
        switches(world, "insurance", on=False, by=world.teacher)


def test_a_programme_asks_documents_of_its_own(world: World) -> None:
    key = uuid7()

    def ask() -> OwnRequirement:
        return asking.add_own(
            by=By(world.programme_coordinator),
            programme=world.programme,
            key=key,
            name="Hygiënekaart",
            description="",
            provider="mentor",
            gate="start",
            proof="word",
            months=None,
            contexts=[],
            now=NOW,
        )

    assert ask() == ask()
    own = f"own:{key}"
    assert needed(world)[own].required.name == "Hygiënekaart"
    gives(world, own)
    assert AuditEntry.objects.get(code="document.given").params == {"document": "Hygiënekaart"}
    asking.end_own(
        by=By(world.programme_coordinator),
        programme=world.programme,
        requirement_id=key,
        now=NOW,
    )
    assert own not in needed(world)
    assert Paper.objects.count() == 1
