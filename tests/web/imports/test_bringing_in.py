"""From a file to students, places and favourites, as a programme coordinator does it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.imports.filing import (
    PLACES,
    STUDENTS,
    WISHES,
    a_place_row,
    a_workbook,
    upload,
)
from tests.matching.offering import a_place
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.core.sheets import csv_bytes
from tussenstop.imports import jobs
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import PlaceState
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context


@pytest.fixture
def coordinator(world: World, signed_in: SignIn) -> Client:
    return signed_in(world.programme_coordinator)


def columns_chosen(client: Client, answer: Any) -> Any:
    """From the upload past the page of the columns, as they were guessed."""
    assert answer.status_code == 302, answer.content.decode()
    found = client.get(answer["Location"])
    form = found.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    shown = client.post(answer["Location"], data)
    assert shown.status_code == 302, shown.content.decode()
    return client.get(shown["Location"])


def brought_in(client: Client, preview: Any, **data: str) -> Any:
    one = preview.context["one"]
    answer = client.post(
        reverse("import_bring_in", args=[one.pk]), {"version": str(one.version), **data}
    )
    if answer.status_code != 302:
        return answer
    busy = client.get(answer["Location"])
    assert "It is being brought in" in text_of(busy)
    assert busy["Refresh"]
    # Begins by itself after the commit, which tests don't reach.
    jobs.bring_in.func(str(one.pk), str(busy.context["user"].pk))
    return client.get(answer["Location"])


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


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
