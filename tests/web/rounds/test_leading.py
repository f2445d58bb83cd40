"""A programme coordinator opens a round, tries it out and publishes it."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.factories import ProgrammeFactory
from tests.rounds.choosing import (
    AFTER_ALL,
    TODAY,
    a_class,
    open_round,
    rehearse,
    row_of,
    seeking,
    wishes_for,
)
from tests.rounds.choosing import elsewhere as a_place_elsewhere
from tests.web.conftest import SignIn
from tests.web.rounds.conftest import Forward
from tests.worlds import FIRST_DAY, LAST_DAY, World
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.matching.models import Place
from tussenstop.people.models import Person
from tussenstop.rounds.models import Match, Rehearsal, Round, RoundPlace, RoundQuota, RoundStudent
from tussenstop.rounds.rules import RoundState

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.programme_coordinator)


def filled_in(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid7()),
        "name": "Voorjaar",
        "programmes": [str(world.programme.pk)],
        "starts_on": FIRST_DAY.isoformat(),
        "ends_on": LAST_DAY.isoformat(),
        "wishes_until": (TODAY + timedelta(days=7)).isoformat(),
        "preferences_until": (TODAY + timedelta(days=14)).isoformat(),
        "result_on": (TODAY + timedelta(days=21)).isoformat(),
        "requirements": ["days"],
        **changes,
    }


def test_a_round_is_opened_once_and_told_to_who_takes_part(
    coordinator: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    seeking(world, "Amir")
    a_place_elsewhere(world, "Keuken")
    url = reverse("round_open", args=[world.institution.pk])
    sent = filled_in(world)
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        response = coordinator.post(url, sent, follow=True)
    assert "Voorjaar" in response.text
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(url, sent)
    assert Round.objects.count() == 1
    told = sorted(OutgoingMail.objects.values_list("to", flat=True))
    assert told == sorted(["amir@example.org", world.organisation_coordinator.email])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"programmes": []}, "Please fill this in"),
        ({"ends_on": (FIRST_DAY - timedelta(days=1)).isoformat()}, "lies before the first"),
        ({"wishes_until": (TODAY - timedelta(days=1)).isoformat()}, "still to come"),
        ({"preferences_until": TODAY.isoformat()}, "at least as long"),
        ({"result_on": (TODAY + timedelta(days=14)).isoformat()}, "The result comes after"),
        ({"wishes_until": "31/02/2027"}, "Enter a valid date"),
    ],
)
def test_impossible_days_are_told_beside_the_field(
    coordinator: Client, world: World, change: dict[str, Any], sentence: str
) -> None:
    url = reverse("round_open", args=[world.institution.pk])
    response = coordinator.post(url, filled_in(world, **change))
    assert response.status_code == 422
    assert sentence in response.text
    assert "Voorjaar" in response.text
    assert not Round.objects.exists()


def test_programmes_of_another_school_can_not_be_chosen(coordinator: Client, world: World) -> None:
    other = ProgrammeFactory()
    url = reverse("round_open", args=[world.institution.pk])
    response = coordinator.post(url, filled_in(world, programmes=[str(other.pk)]))
    assert response.status_code == 422


def test_two_who_change_a_round_at_once_lose_nothing(coordinator: Client, world: World) -> None:
    round_ = open_round(world)
    url = reverse("round_change", args=[round_.pk])
    mine = filled_in(world, version=str(round_.version), name="Van mij")
    theirs = filled_in(world, version=str(round_.version), name="Van hen")
    assert coordinator.post(url, theirs).status_code == 302
    response = coordinator.post(url, mine)
    assert response.status_code == 422
    assert "Van mij" in response.text
    assert "Van hen" in response.text


def test_a_following_round_takes_over_programmes_and_period(
    coordinator: Client, world: World
) -> None:
    before = open_round(world)
    url = reverse("round_open", args=[world.institution.pk])
    response = coordinator.get(f"{url}?after={before.pk}")
    assert FIRST_DAY.isoformat() in response.text
    assert before.wishes_until.isoformat() not in response.text


def test_a_round_is_called_off_and_everybody_is_told(
    coordinator: Client, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    one = a_class(world)
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(reverse("round_cancel", args=[one.round.pk]))
    one.round.refresh_from_db()
    assert one.round.state == RoundState.CANCELLED
    assert OutgoingMail.objects.count() == 4
    response = coordinator.post(reverse("rehearse", args=[one.round.pk]))
    assert response.status_code == 409


def test_a_rehearsal_runs_by_itself_and_the_page_waits_for_it(
    coordinator: Client, world: World, forward: Forward, django_capture_on_commit_callbacks: Any
) -> None:
    one = a_class(world)
    forward(AFTER_ALL)
    with django_capture_on_commit_callbacks() as waiting:
        response = coordinator.post(reverse("rehearse", args=[one.round.pk]), follow=True)
    assert response["Refresh"]
    assert "being tried out" in response.text
    for run in waiting:
        run()
    response = coordinator.get(reverse("rehearsal", args=[one.round.pk, 1]))
    assert not response.has_header("Refresh")
    assert "of 3 students have a place" in response.text
    assert "Publish this result" in response.text


def test_a_rehearsal_that_failed_can_be_tried_again(coordinator: Client, world: World) -> None:
    one = a_class(world)
    Rehearsal.objects.create(
        round=one.round,
        number=1,
        asked_by=world.programme_coordinator,
        asked_at=AFTER_ALL,
        finished_at=AFTER_ALL,
        failed=True,
    )
    response = coordinator.get(reverse("rehearsal", args=[one.round.pk, 1]))
    assert "This try did not work" in response.text
    assert "Try it out again" in response.text


def test_publishing_something_old_is_refused_with_the_page(
    coordinator: Client, world: World, forward: Forward
) -> None:
    one = a_class(world)
    forward(AFTER_ALL)
    rehearse(world, one.round)
    RoundPlace.objects.filter(place=one.garden).update(seats=1)
    url = reverse("rehearsal_publish", args=[one.round.pk, 1])
    response = coordinator.post(url)
    assert response.status_code == 409
    assert "Something changed since this rehearsal" in response.text
    assert not Match.objects.exists()


def test_publishing_leads_back_to_the_round(
    coordinator: Client, world: World, forward: Forward
) -> None:
    one = a_class(world)
    forward(AFTER_ALL)
    rehearse(world, one.round)
    response = coordinator.post(reverse("rehearsal_publish", args=[one.round.pk, 1]), follow=True)
    assert "The result is known" in response.text
    assert "3 still wait for an answer" in response.text
    response = coordinator.get(reverse("rehearsal", args=[one.round.pk, 1]))
    assert "Publish this result" not in response.text


def test_which_wishes_somebody_had_is_not_for_the_coordinator(
    coordinator: Client, world: World, forward: Forward
) -> None:
    one = a_class(world)
    secret = a_place_elsewhere(world, "Geheime wens", seats=0)
    RoundPlace.objects.filter(place=secret).delete()
    wishes_for(one.amir, secret)
    Place.objects.filter(pk=secret.pk).update(state="closed")
    forward(AFTER_ALL)
    rehearse(world, one.round)
    for view in ("students", "without", "places"):
        response = coordinator.get(reverse("rehearsal", args=[one.round.pk, 1]), {"view": view})
        assert "Geheime wens" not in response.text
    row = row_of(one.round, one.amir)
    response = coordinator.get(reverse("round_student", args=[one.round.pk, row.pk]))
    assert "Keuken" not in response.text
    assert "2 wishes" in response.text


def test_the_result_can_be_taken_along(coordinator: Client, world: World, forward: Forward) -> None:
    one = a_class(world)
    Person.objects.filter(pk=one.amir.student_id).update(name="=HYPERLINK(1)")
    forward(AFTER_ALL)
    rehearse(world, one.round)
    response = coordinator.get(reverse("rehearsal_csv", args=[one.round.pk, 1]))
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Student", "E-mail", "Programme", "Place"]
    assert len(rows) == 4
    assert {row[3] for row in rows[1:]} == {"Keuken", "Tuin"}
    assert any(row[0] == "'=HYPERLINK(1)" for row in rows[1:])
    response = coordinator.get(reverse("rehearsal_xlsx", args=[one.round.pk, 1]))
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["Student", "E-mail", "Programme", "Place"]
    assert sheet.max_row == 4


def test_a_student_is_left_out_and_taken_in_again(coordinator: Client, world: World) -> None:
    one = a_class(world)
    row = row_of(one.round, one.amir)
    url = reverse("round_student_put", args=[one.round.pk, row.pk])
    coordinator.post(url, {"answer": "no"})
    assert RoundStudent.objects.get(pk=row.pk).left_at
    coordinator.post(url, {"answer": "yes"})
    assert RoundStudent.objects.get(pk=row.pk).left_at is None
    assert coordinator.post(url, {"answer": "perhaps"}).status_code == 400


def test_colleagues_are_found_and_kept_together(coordinator: Client, world: World) -> None:
    one = a_class(world)
    amir, bo = row_of(one.round, one.amir), row_of(one.round, one.bo)
    page = reverse("round_student", args=[one.round.pk, amir.pk])
    assert "Bo" in coordinator.get(page, {"q": "bo"}).text
    url = reverse("round_together", args=[one.round.pk, amir.pk])
    coordinator.post(url, {"other": str(bo.pk)})
    assert row_of(one.round, one.bo).together == row_of(one.round, one.amir).together == 1
    assert "together 1" in coordinator.get(reverse("round_students", args=[one.round.pk])).text
    assert coordinator.post(url, {"other": "nobody"}).status_code == 409
    assert coordinator.post(url, {"other": str(uuid7())}).status_code == 404
    coordinator.post(url, {"other": ""})
    assert row_of(one.round, one.bo).together is None


def test_the_seats_of_a_place_and_the_limit_of_its_organisation(
    coordinator: Client, world: World
) -> None:
    one = a_class(world)
    row = RoundPlace.objects.get(place=one.garden)
    url = reverse("round_place", args=[one.round.pk, row.pk])
    sent = {"takes_part": "on", "seats": "1", "lowest": "0", "most": "2"}
    assert coordinator.post(url, sent).status_code == 302
    row.refresh_from_db()
    assert (row.seats, RoundQuota.objects.get().most) == (1, 2)
    assert (
        "at most 2 in the whole"
        in coordinator.get(reverse("round_places", args=[one.round.pk])).text
    )
    response = coordinator.post(url, {**sent, "seats": "9"})
    assert response.status_code == 422
    assert "room for 2 at most" in response.text
    assert "more than there are" in coordinator.post(url, {**sent, "lowest": "2"}).text
    coordinator.post(url, {"seats": "1", "lowest": "0", "most": ""})
    row.refresh_from_db()
    assert row.left_at
    assert not RoundQuota.objects.exists()


def test_the_lists_take_the_same_number_of_queries_whatever_their_length(
    coordinator: Client,
    world: World,
    forward: Forward,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one = a_class(world)
    forward(AFTER_ALL)
    rehearse(world, one.round)
    pages = [
        (reverse("rounds", args=[world.institution.pk]), 6),
        (reverse("round_students", args=[one.round.pk]), 7),
        (reverse("round_places", args=[one.round.pk]), 7),
        (reverse("rehearsal", args=[one.round.pk, 1]), 7),
        (reverse("rehearsal", args=[one.round.pk, 1]) + "?view=places", 7),
        (reverse("round", args=[one.round.pk]), 8),
    ]
    for url, count in pages:
        coordinator.get(url)
        with django_assert_num_queries(count):
            coordinator.get(url)
    for name in ("Dana", "Eva", "Fien"):
        seeking(world, name)
        a_place_elsewhere(world, f"Plek {name}")
    open_round(world)
    rehearse(world, one.round, now=AFTER_ALL - timedelta(days=20))
    for url, count in pages:
        with django_assert_num_queries(count):
            coordinator.get(url)
