"""The page of one route: where it is, whose move it is, who sees it, what happened."""

import pytest

from tests.web.conftest import SignIn
from tests.worlds import World, with_an_agreement
from tussenstop.access.models import Look
from tussenstop.routes.models import Route
from tussenstop.routes.rules import Context, State


def address(world: World, rest: str = "") -> str:
    return f"/routes/{world.route.pk}/{rest}"


def test_the_line_leads_to_every_stop_for_who_may_open_them(
    world: World, signed_in: SignIn
) -> None:
    stops = list(world.route.stops.values_list("pk", flat=True))

    mine = signed_in(world.student).get(address(world)).content.decode()
    theirs = signed_in(world.godparent).get(address(world)).content.decode()

    assert all(f"/stops/{pk}/" in mine for pk in stops)
    assert not any(f"/stops/{pk}/" in theirs for pk in stops)


def test_whose_move_it_is_is_said_with_a_button_only_for_who_can_do_it(
    world: World, signed_in: SignIn
) -> None:
    student = signed_in(world.student).get(address(world)).content.decode()
    coordinator = signed_in(world.programme_coordinator).get(address(world)).content.decode()

    assert "Plan the next stop" in student
    assert "Plan the next stop" not in coordinator
    assert "Propose a date for the next stop" in coordinator


def test_a_partner_takes_the_route_a_step_on(world: World, signed_in: SignIn) -> None:
    client = signed_in(world.student)

    for _click in range(2):
        client.post(address(world, "move-on/"), {"to": "acquainting"})

    assert world.fresh().state == State.ACQUAINTING
    history = client.get(address(world, "history/")).content.decode()
    assert history.count("to “getting acquainted”") == 1


@pytest.mark.parametrize("to", ["completed", "agreed", "under_way"])
def test_a_step_that_is_not_possible_is_refused_with_a_reason(
    world: World, signed_in: SignIn, to: str
) -> None:
    answer = signed_in(world.student).post(address(world, "move-on/"), {"to": to})

    assert answer.status_code == 409
    assert "This step needs an agreement of everybody it concerns." in answer.content.decode()
    assert world.fresh().state == State.PREPARING


def test_a_state_that_does_not_exist_is_not_found(world: World, signed_in: SignIn) -> None:
    answer = signed_in(world.student).post(address(world, "move-on/"), {"to": "nonsense"})

    assert answer.status_code == 404


def test_before_anything_is_agreed_one_partner_can_stop_with_a_word(
    world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.student)

    refused = client.post(address(world, "stop/"), {"learned": ""})
    assert world.fresh().state == State.PREPARING
    assert refused.status_code == 422
    client.post(address(world, "stop/"), {"learned": "Ik leerde wat ik niet wil."})

    assert world.fresh().state == State.STOPPED
    assert "Ik leerde wat ik niet wil." in client.get(address(world, "history/")).content.decode()


def test_what_was_agreed_is_not_stopped_by_one(world: World, signed_in: SignIn) -> None:
    with_an_agreement(world)

    answer = signed_in(world.student).post(
        address(world, "stop/"), {"learned": "Ik leerde wat ik niet wil."}
    )

    assert answer.status_code == 403
    assert world.fresh().state == State.AGREED


def test_an_own_employee_whose_mentor_is_the_manager_is_told_what_that_means(
    world: World, signed_in: SignIn
) -> None:
    Route.objects.filter(pk=world.route.pk).update(context=Context.OWN_EMPLOYEE)
    client = signed_in(world.student)
    assert "manager" not in client.get(address(world)).content.decode()

    part = world.part(world.mentor)
    type(part).objects.filter(pk=part.pk).update(is_manager=True)

    assert "manager" in client.get(address(world)).content.decode()


def test_the_student_sees_who_can_see_the_route_and_who_looked(
    world: World, signed_in: SignIn
) -> None:
    for _look in range(2):
        signed_in(world.mentor).get(address(world))

    page = signed_in(world.student).get(address(world, "sight/")).content.decode()
    others = signed_in(world.teacher).get(address(world, "sight/")).content.decode()

    assert Look.objects.filter(route=world.route, person=world.mentor).count() == 1
    for name in ("Mo Mentor", "Tine Docent", "Bram Coach", "Els Organisatie", "Hilde Opleiding"):
        assert name in page
    assert "Andere Mentor" not in page
    assert page.count("Mo Mentor") == others.count("Mo Mentor") + 1


def test_the_history_is_told_in_sentences_newest_first(world: World, signed_in: SignIn) -> None:
    with_an_agreement(world)

    page = signed_in(world.student).get(address(world, "history/")).content.decode()

    assert page.index("agreed") < page.index("started this route through")
