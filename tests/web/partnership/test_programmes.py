"""Programmes on their pages: what they ask, their competences, their route."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import CompetenceFactory
from tests.worlds import World
from tussenstop.content import pack
from tussenstop.core.ids import uuid7
from tussenstop.people.models import Competence, Programme, TemplateStop
from tussenstop.people.queries import template_of

pytestmark = pytest.mark.django_db
OUTLINE = {"name": "Zorgkundige", "hours_target": "400", "weeks": "30", "self_start": "on"}


@pytest.fixture
def as_coordinator(client: Client, world: World) -> Client:
    client.force_login(world.programme_coordinator)
    return client


def test_a_new_programme_is_drawn_with_the_built_in_route(
    as_coordinator: Client, world: World
) -> None:
    key = uuid7()
    typed = {**OUTLINE, "key": key, "default_teacher": str(world.teacher.pk)}
    as_coordinator.post(reverse("programme_add", args=[world.institution.pk]), typed)
    as_coordinator.force_login(world.student)
    html = as_coordinator.get(reverse("programme", args=[key])).content.decode()
    assert "Zorgkundige" in html
    assert world.teacher.name in html
    for kind in pack().stops.values():
        assert kind.name.nl in html


def test_only_teachers_of_the_institution_are_offered(as_coordinator: Client, world: World) -> None:
    url = reverse("programme_edit", args=[world.programme.pk])
    html = as_coordinator.get(url).content.decode()
    assert world.teacher.name in html
    assert world.other_teacher.name not in html
    typed = {**OUTLINE, "version": 1, "default_teacher": str(world.other_teacher.pk)}
    assert as_coordinator.post(url, typed).status_code == 422


def test_hours_that_are_no_number_stay_typed(as_coordinator: Client, world: World) -> None:
    url = reverse("programme_edit", args=[world.programme.pk])
    response = as_coordinator.post(url, {**OUTLINE, "version": 1, "hours_target": "veel"})
    assert response.status_code == 422
    assert 'value="veel"' in response.content.decode()


def test_who_was_second_to_describe_a_programme_is_told(
    as_coordinator: Client, world: World
) -> None:
    Programme.objects.filter(pk=world.programme.pk).update(version=2, hours_target=500)
    url = reverse("programme_edit", args=[world.programme.pk])
    html = as_coordinator.post(url, {**OUTLINE, "version": 1}).content.decode()
    assert "“500”" in html
    assert 'value="400"' in html


def test_a_programme_closes_and_opens_again(as_coordinator: Client, world: World) -> None:
    url = reverse("programme_close", args=[world.programme.pk])
    for value, closed in (("1", True), ("0", False)):
        as_coordinator.post(url, {"closed": value})
        world.programme.refresh_from_db()
        assert bool(world.programme.closed_at) is closed


def test_a_competence_is_added_changed_moved_and_removed(
    as_coordinator: Client, world: World
) -> None:
    url = reverse("competences", args=[world.programme.pk])
    as_coordinator.post(url, {"version": 1, "code": "1", "text": "Werkt veilig", "parent": ""})
    one = Competence.objects.get()
    as_coordinator.post(url, {"version": 2, "code": "1.1", "text": "Tilt", "parent": one.pk})
    part = Competence.objects.get(parent=one)
    as_coordinator.post(
        reverse("competence_edit", args=[part.pk]),
        {"version": 3, "code": "1.1", "text": "Tilt goed", "parent": str(one.pk)},
    )
    assert "Tilt goed" in as_coordinator.get(url).content.decode()
    gone = reverse("competence_remove", args=[one.pk])
    answer = as_coordinator.post(gone, {"version": 4}, follow=True)
    assert "notice-warn" in answer.content.decode()
    as_coordinator.post(reverse("competence_remove", args=[part.pk]), {"version": 4})
    as_coordinator.post(gone, {"version": 5})
    assert not Competence.objects.exists()


def test_a_list_that_changed_meanwhile_is_shown_as_it_stands(
    as_coordinator: Client, world: World
) -> None:
    first = CompetenceFactory(programme=world.programme, code="A", position=0)
    CompetenceFactory(programme=world.programme, code="B", position=1)
    url = reverse("competence_move", args=[first.pk])
    as_coordinator.post(url, {"version": 1, "down": "1"})
    html = as_coordinator.post(url, {"version": 1, "down": "1"}, follow=True).content.decode()
    assert "notice-warn" in html
    order = Competence.objects.order_by("position").values_list("code", flat=True)
    assert list(order) == ["B", "A"]


def test_pasted_lines_are_looked_at_before_anything_is_saved(
    as_coordinator: Client, world: World
) -> None:
    url = reverse("competences_paste", args=[world.programme.pk])
    wrong = "1 Werkt veilig\n2.1 Zonder ouder"
    html = as_coordinator.post(url, {"version": 1, "pasted": wrong, "save": "1"}).content.decode()
    assert 'name="save"' not in html
    assert "2.1 Zonder ouder</textarea>" in html
    assert not Competence.objects.exists()
    right = "1 Werkt veilig\n1.1 Tilt"
    html = as_coordinator.post(url, {"version": 1, "pasted": right}).content.decode()
    assert 'name="save"' in html
    assert not Competence.objects.exists()
    as_coordinator.post(url, {"version": 1, "pasted": right, "save": "1"})
    assert Competence.objects.count() == 2


def test_the_route_takes_a_stop_of_ones_own(as_coordinator: Client, world: World) -> None:
    onboarding = TemplateStop.objects.get(programme=world.programme, kind="onboarding")
    typed = {
        "version": 1,
        "key": uuid7(),
        "kind": "",
        "name": "Bezoek aan de werkplek",
        "after": str(onboarding.pk),
        "week": "1",
    }
    as_coordinator.post(reverse("template_stop_add", args=[world.programme.pk]), typed)
    html = as_coordinator.get(reverse("template", args=[world.programme.pk])).content.decode()
    assert "Bezoek aan de werkplek" in html
    stop = template_of(world.programme)[onboarding.position + 1]
    assert (stop.own_name, stop.week) == ("Bezoek aan de werkplek", 1)
    nameless = {**typed, "version": 2, "key": uuid7(), "name": ""}
    response = as_coordinator.post(
        reverse("template_stop_add", args=[world.programme.pk]), nameless
    )
    assert 'id="id_name-error"' in response.content.decode()


def test_stops_are_moved_changed_removed_and_put_back(as_coordinator: Client, world: World) -> None:
    stop = TemplateStop.objects.get(programme=world.programme, kind="onboarding")
    as_coordinator.post(reverse("template_stop_move", args=[stop.pk]), {"version": 1, "up": "1"})
    stop.refresh_from_db()
    assert stop.position == list(pack().stops).index("onboarding") - 1
    as_coordinator.post(
        reverse("template_stop_edit", args=[stop.pk]), {"version": 2, "week": "2", "optional": "on"}
    )
    stop.refresh_from_db()
    assert (stop.week, stop.optional) == (2, True)
    as_coordinator.post(reverse("template_stop_remove", args=[stop.pk]), {"version": 3})
    assert not TemplateStop.objects.filter(pk=stop.pk).exists()
    as_coordinator.post(reverse("template_reset", args=[world.programme.pk]), {"version": 4})
    assert [s.kind for s in template_of(world.programme)] == list(pack().stops)


def test_a_student_reads_the_route_but_does_not_change_it(client: Client, world: World) -> None:
    client.force_login(world.student)
    assert client.get(reverse("template", args=[world.programme.pk])).status_code == 403
    html = client.get(reverse("programme", args=[world.programme.pk])).content.decode()
    assert reverse("template", args=[world.programme.pk]) not in html


@pytest.mark.parametrize("count", [1, 3])
def test_a_programme_page_asks_as_much_for_three_competences_as_for_one(
    client: Client, world: World, django_assert_num_queries: Any, count: int
) -> None:
    for _each in range(count):
        top = CompetenceFactory(programme=world.programme)
        CompetenceFactory(programme=world.programme, parent=top)
    client.force_login(world.student)
    # signing in 2, programme 1, sight and permissions 2, competences 2, stops 1
    with django_assert_num_queries(8):
        client.get(reverse("programme", args=[world.programme.pk]))
