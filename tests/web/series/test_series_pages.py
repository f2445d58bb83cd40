"""The pages on which dates for many conversations are looked for."""

from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.series.asking import TUESDAY, aimed, another_route, searched, the_talk
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.routes.models import Moment
from tussenstop.series import actions
from tussenstop.series.looking import look_for
from tussenstop.series.models import Series

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "key": str(uuid7()),
        "kind": "onboarding",
        "from_on": TUESDAY.isoformat(),
        "until_on": TUESDAY.isoformat(),
        "weekdays": ["2"],
        "starts_at": "09:00",
        "ends_at": "12:00",
        "minutes": "45",
        "between": "15",
        "where": "workplace",
        "place": "Lokaal 12",
        "rooms": "1",
        "holidays_free": "on",
    }
    return {**values, **changes}


def test_a_teacher_looks_sees_what_was_found_and_proposes_it(
    signed_in: SignIn, world: World
) -> None:
    aimed(world)
    browser = signed_in(world.teacher)
    response = browser.post(reverse("series_new"), typed())
    series = Series.objects.get(person=world.teacher)
    assert response.url == reverse("series", args=[series.pk])
    running = browser.get(response.url)
    assert "Looking" in running.content.decode()
    assert running["Refresh"]

    look_for(series)
    found = browser.get(response.url).content.decode()
    assert "There is a date for 1 of 1 conversation" in found
    assert "09:00" in found
    assert "Sara Student" in found
    assert "Mo Mentor" in found

    browser.post(reverse("series_propose", args=[series.pk]), {"talk": [str(the_talk(series).pk)]})
    actions.send_proposals(series=series, now=NOW)
    assert Moment.objects.filter(stop__kind="onboarding", ended_at=None).exists()
    assert "waits for answers" in browser.get(response.url).content.decode()


def test_what_was_typed_stays_and_the_sentence_stands_beside_its_field(
    signed_in: SignIn, world: World
) -> None:
    aimed(world)
    response = signed_in(world.teacher).post(
        reverse("series_new"), typed(until_on="2027-01-01", place="Lokaal 12", weekdays=[])
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Tick at least one day." in page
    assert "Lokaal 12" in page

    response = signed_in(world.teacher).post(reverse("series_new"), typed(until_on="2027-01-01"))
    assert "The last day lies before the first." in response.content.decode()


def test_looking_again_begins_with_what_was_asked(signed_in: SignIn, world: World) -> None:
    series = searched(world, world.teacher, place="Lokaal 12", minutes=30)
    page = signed_in(world.teacher).get(reverse("series_new"), {"again": str(series.pk)})
    assert "Lokaal 12" in page.content.decode()

    theirs = signed_in(world.mentor).get(reverse("series_new"), {"again": str(series.pk)})
    assert theirs.status_code == 200
    assert "Lokaal 12" not in theirs.content.decode()
    assert signed_in(world.mentor).get(reverse("series_new"), {"again": "x"}).status_code == 200


def test_nothing_ticked_is_said_and_everything_stays(signed_in: SignIn, world: World) -> None:
    series = searched(world, world.teacher)
    response = signed_in(world.teacher).post(
        reverse("series_propose", args=[series.pk]), {"talk": ["nonsense"]}
    )
    assert response.status_code == 422
    assert "Tick at least one date" in response.content.decode()


def test_who_has_one_route_is_not_bothered_with_many(signed_in: SignIn, world: World) -> None:
    link = reverse("series_list")
    assert link not in signed_in(world.student).get(reverse("route_list")).content.decode()
    another_route(world)
    assert link in signed_in(world.teacher).get(reverse("route_list")).content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_the_pages_ask_as_many_queries_for_many_as_for_one(
    signed_in: SignIn,
    world: World,
    more: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(more):
        another_route(world)
    series = searched(world, world.teacher)
    browser = signed_in(world.teacher)
    browser.get(reverse("today"))
    with django_assert_num_queries(6):
        browser.get(reverse("series", args=[series.pk]))
    with django_assert_num_queries(3):
        browser.get(reverse("series_list"))
