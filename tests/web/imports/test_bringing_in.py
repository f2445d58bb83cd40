"""From a file to students, places and favourites, as a programme coordinator does it."""

from django.test import Client

from tests.imports.filing import (
    PLACES,
    STUDENTS,
    WISHES,
    a_place_row,
    a_workbook,
    upload,
)
from tests.matching.offering import a_place
from tests.web.imports.conftest import brought_in, columns_chosen, text_of
from tests.worlds import NOW, World
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.core.sheets import csv_bytes
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import PlaceState
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context


def test_a_list_of_students_becomes_people_with_a_role_and_a_route(
    world: World, coordinator: Client
) -> None:
    rows = [
        ["Nora Nieuw", "nora@example.org", world.programme.name],
        ["Sara Student", world.student.email, world.programme.name],
    ]
    preview = columns_chosen(
        coordinator, upload(coordinator, world, "students", csv_bytes(STUDENTS, rows))
    )
    assert "Bring in 1 row" in text_of(preview)
    assert not Person.objects.filter(email="nora@example.org").exists()
    done = brought_in(coordinator, preview)
    assert "1 route begun" in text_of(done)
    assert "1 known already" in text_of(done)
    nora = Person.objects.get(email="nora@example.org")
    assert Membership.objects.get(person=nora).role == Role.STUDENT
    route = Route.objects.get(student=nora)
    assert (route.programme, route.context) == (world.programme, Context.WORKPLACE_STUDENT)
    assert Route.objects.filter(student=world.student).count() == 1
    assert OutgoingMail.objects.filter(to="nora@example.org").count() == 2


def test_a_list_of_places_becomes_drafts_of_the_organisation(
    world: World, coordinator: Client
) -> None:
    content = a_workbook(PLACES, a_place_row(world))
    preview = columns_chosen(
        coordinator, upload(coordinator, world, "places", content, name="plaatsen.xlsx")
    )
    done = brought_in(coordinator, preview)
    assert "1 place added" in text_of(done)
    place = Place.objects.get(title="Leren koken")
    assert place.state == PlaceState.DRAFT
    assert place.workplace == world.workplace
    assert (place.weekdays, place.seats, place.hours_a_week) == ([1, 2, 4], 2, 16)
    assert list(place.programmes.all()) == [world.programme]


def test_places_are_opened_when_the_organisations_asked_for_that(
    world: World, coordinator: Client
) -> None:
    preview = columns_chosen(
        coordinator,
        upload(coordinator, world, "places", csv_bytes(PLACES, [a_place_row(world)])),
    )
    done = brought_in(coordinator, preview, opened="yes")
    assert "1 opened" in text_of(done)
    place = Place.objects.get(title="Leren koken")
    assert place.state == PlaceState.PUBLISHED
    told = AuditEntry.objects.get(code="place.published", subject_id=place.pk)
    assert (told.means, told.actor_label) == ("elsewhere", world.programme_coordinator.name)


def test_favourites_come_after_what_the_student_chose(world: World, coordinator: Client) -> None:
    own, cook, bake = (a_place(world, title=t) for t in ("Leren zorgen", "Koken", "Bakken"))
    Wish.objects.create(route=world.route, place=own, position=1, made_at=NOW)
    rows = [
        [world.student.email, "Bakken", "2"],
        [world.student.email, "Koken", "1"],
        [world.student.email, "Leren zorgen", "3"],
    ]
    preview = columns_chosen(
        coordinator, upload(coordinator, world, "wishes", csv_bytes(WISHES, rows))
    )
    done = brought_in(coordinator, preview)
    assert "3 favourites in their lists" in text_of(done)
    wishes = Wish.objects.filter(route=world.route).order_by("position")
    assert [wish.place for wish in wishes] == [own, cook, bake]
    assert not wishes.filter(shown=True).exists()
