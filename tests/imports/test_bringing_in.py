"""All or nothing: twice is once, a change meanwhile stops everything, and rows are forgotten."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import TestCase

from tests.imports.filing import (
    PLACES,
    STUDENTS,
    WISHES,
    a_place_row,
    ask,
    begin,
    bring_in,
    look,
)
from tests.matching.offering import a_place
from tests.worlds import NOW, World
from tussenstop.core import daily
from tussenstop.core.errors import NotFound, Refused, Stale
from tussenstop.core.ids import uuid7
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.imports import actions, jobs, rules, students, writing
from tussenstop.imports.actions import NothingThere
from tussenstop.imports.lines import CannotBringIn
from tussenstop.imports.models import Import
from tussenstop.imports.rules import LOST_AFTER, ImportState, Kind
from tussenstop.imports.tables import BadTable
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import PlaceState
from tussenstop.people.acting import By
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_coordinator_reads_english(world: World) -> None:
    world.programme_coordinator.language = "en"
    world.programme_coordinator.save()


def two_students(world: World) -> list[list[str]]:
    return [
        ["Nora Nieuw", "nora@example.org", world.programme.name],
        ["Bas Begin", "bas@example.org", world.programme.name],
    ]


def a_file(world: World) -> Import:
    return begin(world, Kind.STUDENTS, STUDENTS, two_students(world))


def newcomers() -> int:
    return Person.objects.filter(email__in=["nora@example.org", "bas@example.org"]).count()


def test_one_row_that_needs_another_look_keeps_all_of_them_out(world: World) -> None:
    rows = [*two_students(world), ["Fout", "fout", world.programme.name]]
    one = begin(world, Kind.STUDENTS, STUDENTS, rows)
    with pytest.raises(CannotBringIn, match="some rows need another look"):
        ask(world, one)
    one.refresh_from_db()
    assert (one.state, newcomers()) == (ImportState.UPLOADED, 0)


def test_twice_the_button_is_once(world: World) -> None:
    one = a_file(world)
    seen = one.version
    by = By(world.programme_coordinator)
    for _press in range(2):
        actions.bring_in(by=by, one=one, seen=seen, now=NOW)
    for _arrival in range(2):
        jobs.bring_in.func(str(one.pk), str(by.person.pk))
    actions.bring_in(by=by, one=one, seen=seen, now=NOW)
    assert newcomers() == 2
    assert Route.objects.filter(student__email="nora@example.org").count() == 1
    assert OutgoingMail.objects.filter(to="nora@example.org").count() == 2
    assert AuditEntry.objects.filter(code="import.students").count() == 1


def test_the_same_form_sent_twice_begins_once(world: World) -> None:
    key = uuid7()
    for _press in range(2):
        actions.begin(
            by=By(world.programme_coordinator),
            institution=world.institution,
            key=key,
            kind=Kind.STUDENTS,
            file=BytesIO(b"Naam;E-mail\nA;a@example.org\n"),
            name="C:\\lijsten\\klas.csv",
            now=NOW,
        )
    assert Import.objects.get().file_name == "klas.csv"


def test_what_changed_meanwhile_stops_everything_and_is_told(world: World) -> None:
    a_place(world, title="Koken")
    rows = [[world.student.email, "Koken", "1"]]
    one = begin(world, Kind.WISHES, WISHES, rows)
    ask(world, one)
    Place.objects.update(state=PlaceState.CLOSED)
    one.refresh_from_db()
    writing.write(one, by=By(world.programme_coordinator), now=NOW)
    one.refresh_from_db()
    assert one.state == ImportState.UPLOADED
    assert "some rows need another look" in one.trouble
    assert look(world, one).wrong == 1
    assert not Wish.objects.exists()


def test_when_one_row_fails_halfway_nothing_was_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_file(world)
    ask(world, one)
    one.refresh_from_db()
    write = students.write

    def fails_later(plan: students.NewStudent, **more: object) -> None:
        if plan.email == "bas@example.org":
            raise CannotBringIn("De kaas is op.")
        write(plan, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(students, "write", fails_later)
    writing.write(one, by=By(world.programme_coordinator), now=NOW)
    one.refresh_from_db()
    assert (one.state, one.trouble) == (ImportState.UPLOADED, "Row 3: De kaas is op.")
    assert len(one.rows) == 2
    assert newcomers() == 0


def test_a_mistake_of_ours_is_told_kindly_and_can_be_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = a_file(world)
    ask(world, one)

    def breaks(*args: object, **more: object) -> None:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(students, "write", breaks)
        jobs.bring_in.func(str(one.pk), str(world.programme_coordinator.pk))
    one.refresh_from_db()
    assert one.state == ImportState.UPLOADED
    assert "Nothing was written" in one.trouble
    assert newcomers() == 0
    assert bring_in(world, one).state == ImportState.DONE


def test_work_that_was_lost_can_be_asked_again(world: World) -> None:
    one = a_file(world)
    ask(world, one)
    one.refresh_from_db()
    by = By(world.programme_coordinator)
    later = NOW + LOST_AFTER + timedelta(minutes=1)
    actions.bring_in(by=by, one=one, seen=one.version, now=later)
    first, one = one, Import.objects.select_related("institution").get(pk=one.pk)
    assert one.begun_at == later
    writing.write(first, by=by, now=later)  # the lost work turns up after all
    assert newcomers() == 0
    writing.write(one, by=by, now=later)
    assert newcomers() == 2


def test_it_begins_after_the_commit(world: World) -> None:
    one = a_file(world)
    with TestCase.captureOnCommitCallbacks(execute=True):
        ask(world, one)
        assert newcomers() == 0
    one.refresh_from_db()
    assert (one.state, newcomers()) == (ImportState.DONE, 2)


def test_the_rows_are_forgotten_and_the_story_stays(world: World) -> None:
    one = bring_in(world, a_file(world))
    assert (one.rows, one.counts, one.done_at) == (None, {"new": 2}, NOW)
    told = AuditEntry.objects.get(code="import.students")
    assert (told.subject_id, told.params) == (one.pk, {"count": 2})
    assert "nora" not in str(told.params)


def test_what_nobody_brings_in_is_forgotten_after_a_week(world: World) -> None:
    old, recent = a_file(world), a_file(world)
    done = bring_in(world, a_file(world))
    Import.objects.filter(pk=old.pk).update(made_at=NOW - timedelta(days=7, minutes=1))
    daily.tick(NOW)
    for one in (old, recent, done):
        one.refresh_from_db()
    assert (old.state, old.rows) == (ImportState.FORGOTTEN, None)
    assert (recent.state, done.state) == (ImportState.UPLOADED, ImportState.DONE)
    assert len(recent.rows) == 2


def test_a_new_file_forgets_the_old_ones_too(world: World) -> None:
    old = a_file(world)
    Import.objects.filter(pk=old.pk).update(made_at=NOW - timedelta(days=8))
    a_file(world)
    old.refresh_from_db()
    assert old.rows is None


def test_not_bringing_it_in_forgets_it_at_once(world: World) -> None:
    one = a_file(world)
    by = By(world.programme_coordinator)
    for _press in range(2):
        actions.drop(by=by, one=one, now=NOW)
    one.refresh_from_db()
    assert (one.state, one.rows) == (ImportState.FORGOTTEN, None)
    with pytest.raises(Stale):
        actions.bring_in(by=by, one=one, seen=one.version, now=NOW)


def test_the_columns_of_the_last_file_are_remembered(world: World) -> None:
    header = ("Wie", "Waar", "Wat")
    one = begin(world, Kind.STUDENTS, header, [["N", "n@example.org", world.programme.name]])
    assert one.mapping == {}
    chosen = {"name": 0, "email": 1, "programme": 2}
    actions.choose_columns(
        by=By(world.programme_coordinator), one=one, seen=one.version, mapping=chosen, now=NOW
    )
    again = begin(world, Kind.STUDENTS, header, [["O", "o@example.org", world.programme.name]])
    assert again.mapping == chosen


def test_columns_that_do_not_exist_are_not_chosen(world: World) -> None:
    one = a_file(world)
    chosen = {"name": 0, "email": 99, "shoe": 1}
    with pytest.raises(NothingThere) as refused:
        actions.choose_columns(
            by=By(world.programme_coordinator), one=one, seen=one.version, mapping=chosen, now=NOW
        )
    assert refused.value.field == "email"


def test_who_chose_columns_after_somebody_else_is_told(world: World) -> None:
    one = a_file(world)
    by, seen = By(world.programme_coordinator), one.version
    actions.choose_columns(by=by, one=one, seen=seen, mapping=one.mapping, now=NOW)
    with pytest.raises(Stale):
        actions.choose_columns(by=by, one=one, seen=seen, mapping=one.mapping, now=NOW)
    with pytest.raises(Stale):
        actions.bring_in(by=by, one=one, seen=seen, now=NOW)


def test_of_a_file_that_cannot_be_read_nothing_is_kept(world: World) -> None:
    with pytest.raises(BadTable):
        begin(world, Kind.STUDENTS, ("Naam", "naam"), [["A", "B"]])
    assert not Import.objects.exists()


def test_only_so_many_students_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_STUDENTS", 1)
    with pytest.raises(BadTable, match="more than 1 rows"):
        a_file(world)


def test_who_may_not_bring_in_gets_nowhere(world: World) -> None:
    one = a_file(world)
    for person, error in (
        (world.other_programme_coordinator, NotFound),
        (world.organisation_coordinator, NotFound),
        (world.teacher, Refused),
        (world.administrator, Refused),
    ):
        with pytest.raises(error):
            actions.bring_in(by=By(person), one=one, seen=one.version, now=NOW)
        with pytest.raises(error):
            actions.drop(by=By(person), one=one, now=NOW)
    one.refresh_from_db()
    assert (one.state, newcomers()) == (ImportState.UPLOADED, 0)


def test_who_lost_the_role_meanwhile_brings_nothing_in(world: World) -> None:
    one = a_file(world)
    ask(world, one)
    Membership.objects.filter(
        person=world.programme_coordinator, role=Role.PROGRAMME_COORDINATOR
    ).update(until=NOW)
    one.refresh_from_db()
    writing.write(one, by=By(world.programme_coordinator), now=NOW)
    one.refresh_from_db()
    assert (one.state, newcomers()) == (ImportState.UPLOADED, 0)
    assert one.trouble


def test_places_are_opened_only_when_that_was_asked(world: World) -> None:
    rows = [a_place_row(world), a_place_row(world, title="Leren bakken")]
    one = bring_in(world, begin(world, Kind.PLACES, PLACES, rows), opened=True)
    assert one.counts == {"new": 2, "opened": 2}
    assert set(Place.objects.values_list("state", flat=True)) == {PlaceState.PUBLISHED}
    told = AuditEntry.objects.filter(code__in=["place.added", "place.published"])
    assert set(told.values_list("means", flat=True)) == {"elsewhere"}
