"""Two who bring something in at the same moment."""

from tests.imports.filing import STUDENTS, begin
from tests.together import a_database_for_threads, together
from tests.worlds import NOW, World, a_route_with_three_partners
from tussenstop.imports import actions, writing
from tussenstop.imports.models import Import
from tussenstop.imports.rules import ImportState, Kind
from tussenstop.people.acting import By
from tussenstop.people.models import Membership, Person
from tussenstop.routes.models import Route

__all__ = ["a_database_for_threads"]


def a_file(world: World) -> Import:
    rows = [["Nora Nieuw", "nora@example.org", world.programme.name]]
    return begin(world, Kind.STUDENTS, STUDENTS, rows)


def fresh(one: Import) -> Import:
    return Import.objects.select_related("institution").get(pk=one.pk)


def busy(one: Import) -> Import:
    """Asked for, and still to be done."""
    Import.objects.filter(pk=one.pk).update(state=ImportState.BUSY, begun_at=NOW)
    return fresh(one)


def check_once() -> None:
    nora = Person.objects.get(email="nora@example.org")
    assert Route.objects.filter(student=nora).count() == 1
    assert Membership.objects.filter(person=nora).count() == 1


def test_the_same_work_arriving_twice_is_done_once(a_database_for_threads: None) -> None:
    world = a_route_with_three_partners()
    one, by = busy(a_file(world)), By(world.programme_coordinator)
    together(*[lambda: writing.write(one, by=by, now=NOW)] * 2)
    assert fresh(one).state == ImportState.DONE
    check_once()


def test_the_button_pressed_twice_is_once(a_database_for_threads: None) -> None:
    world = a_route_with_three_partners()
    one, by = a_file(world), By(world.programme_coordinator)
    together(*[lambda: actions.bring_in(by=by, one=one, seen=one.version, now=NOW)] * 2)
    assert fresh(one).version == one.version + 2  # asked once, done once
    check_once()


def test_two_files_with_the_same_student_make_one_route(a_database_for_threads: None) -> None:
    world = a_route_with_three_partners()
    files = [busy(a_file(world)) for _file in range(2)]
    by = By(world.programme_coordinator)
    together(*[lambda one=one: writing.write(one, by=by, now=NOW) for one in files])
    states = sorted(fresh(one).state for one in files)
    assert states == [ImportState.DONE, ImportState.UPLOADED]
    check_once()
