"""The page of a stop: the one thing to do now first, then everything around it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.access.models import Look
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.routes.actions import moments, stops
from tussenstop.routes.models import AgendaPoint, Move, Route, Stop
from tussenstop.routes.rules import State

HTMX = {"HX-Request": "true"}


def url(stop: Stop, name: str = "stop") -> str:
    return reverse(name, args=[stop.pk])


def test_the_page_tells_where_one_is_and_what_to_do_now(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url(world.stop("starting_position"))).content.decode()

    assert "Stop 1 of 11" in page
    assert "Before you set off, you look at where you stand." in page
    assert "There is no date yet." in page
    assert (
        f'<a class="button primary" href="{url(world.stop("starting_position"), "stop_date")}"'
        in page
    )
    assert page.count("button primary") == 1


def test_a_stop_ahead_has_no_primary_action(world: World, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url(world.stop("interim"))).content.decode()

    assert "This stop lies ahead." in page
    assert "The route aims at about 8 March 2027" in page
    assert "button primary" not in page


def test_who_only_follows_can_propose_a_date_and_nothing_else(
    world: World, signed_in: SignIn
) -> None:
    page = signed_in(world.programme_coordinator).get(url(world.stop("onboarding")))

    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert main.count('class="button') == 1
    assert "Propose a date" in main
    assert "Meeting the team and your godparent" in main


def test_an_own_stop_invites_to_fill_it(world: World, signed_in: SignIn) -> None:
    own = Stop.objects.create(
        route=world.route, own_name="Beroepsdag", position=40, lead="student", attends=["student"]
    )

    page = signed_in(world.student).get(url(own)).content.decode()

    assert "<h1>Beroepsdag</h1>" in page
    assert "The agenda is still empty." in page
    assert "Nothing has to be in order for this stop." in page


def test_an_added_point_shows_who_added_it(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    client = signed_in(world.mentor)

    answer = client.post(
        url(stop, "stop_agenda_add"), {"key": uuid7(), "text": "Parking"}, follow=True
    )

    page = answer.content.decode()
    assert answer.redirect_chain == [(f"{url(stop)}#agenda", 302)]
    assert "Parking" in page
    assert "added by Mo Mentor" in page


def test_in_place_only_the_agenda_comes_back(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")

    answer = signed_in(world.mentor).post(
        url(stop, "stop_agenda_add"), {"key": uuid7(), "text": "Parking"}, headers=HTMX
    )

    part = answer.content.decode()
    assert part.strip().startswith('<section class="stack" id="agenda"')
    assert "Parking" in part
    assert "<html" not in part


@pytest.mark.parametrize(("headers", "status"), [({}, 422), (HTMX, 200)])
def test_an_empty_point_is_said_beside_its_field(
    world: World, signed_in: SignIn, headers: dict[str, str], status: int
) -> None:
    stop = world.stop("onboarding")

    answer = signed_in(world.mentor).post(
        url(stop, "stop_agenda_add"), {"key": uuid7(), "text": " "}, headers=headers
    )

    assert answer.status_code == status
    assert "Write what you want to talk about." in answer.content.decode()


def test_a_point_too_long_stays_as_it_was_typed(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")

    answer = signed_in(world.mentor).post(
        url(stop, "stop_agenda_add"), {"key": uuid7(), "text": "x" * 301}
    )

    assert answer.status_code == 422
    assert "x" * 301 in answer.content.decode()


def test_a_tick_is_a_button_that_says_its_state(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    point = stop.agenda.order_by("position")[0]
    client = signed_in(world.student)

    page = client.post(
        url(stop, "stop_agenda_mark"), {"talked": point.pk}, follow=True
    ).content.decode()

    assert f'id="talked-{point.pk}" name="open" value="{point.pk}" aria-pressed="true"' in page


def test_taking_a_point_off_is_a_step_of_its_own(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    point = stop.agenda.order_by("position")[0]
    client = signed_in(world.student)

    assert 'name="drop"' not in client.get(url(stop)).content.decode()
    assert 'name="drop"' in client.get(url(stop) + "?change=agenda").content.decode()
    client.post(url(stop, "stop_agenda_mark"), {"drop": point.pk})

    assert AgendaPoint.objects.get(pk=point.pk).dropped_at == NOW


def test_what_is_known_by_itself_has_no_button(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    known = stop.checklist.exclude(automatic="").get()

    page = signed_in(world.student).get(url(stop)).content.decode()

    assert f"done-{known.pk}" not in page
    assert "follows by itself" in page


def test_ticking_the_checklist_says_who_did(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    item = stop.checklist.filter(automatic="").order_by("position")[0]

    part = signed_in(world.mentor).post(
        url(stop, "stop_checklist_mark"), {"done": item.pk}, headers=HTMX
    )

    assert "ticked by Mo Mentor" in part.content.decode()


def test_an_own_item_can_be_added_for_somebody(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")

    signed_in(world.student).post(
        url(stop, "stop_checklist_add"), {"key": uuid7(), "text": "Badge", "who": "mentor"}
    )

    assert stop.checklist.get(text="Badge").who == "mentor"


@pytest.mark.parametrize("data", [{}, {"talked": "nothing"}])
def test_a_button_that_does_not_exist_is_a_bad_request(
    world: World, signed_in: SignIn, data: dict[str, str]
) -> None:
    answer = signed_in(world.student).post(url(world.stop("onboarding"), "stop_agenda_mark"), data)

    assert answer.status_code == 400


def test_on_a_route_that_ended_nothing_can_be_changed(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    Route.objects.filter(pk=world.route.pk).update(state=State.COMPLETED)
    client = signed_in(world.student)

    page = client.get(url(stop)).content.decode()
    answer = client.post(
        url(stop, "stop_agenda_add"), {"key": uuid7(), "text": "Te laat"}, follow=True
    )

    assert "This route has ended. The stop stays as it is." in page
    assert "Take something off" not in page
    assert "This route has ended; its stops stay as they are." in answer.content.decode()


def test_in_place_a_refusal_brings_one_to_how_things_stand(world: World, signed_in: SignIn) -> None:
    stop = world.stop("onboarding")
    Route.objects.filter(pk=world.route.pk).update(state=State.COMPLETED)

    answer = signed_in(world.student).post(
        url(stop, "stop_agenda_add"), {"key": uuid7(), "text": "Te laat"}, headers=HTMX
    )

    assert answer.headers["HX-Redirect"] == url(stop)


def test_closing_leads_on_to_the_route(world: World, signed_in: SignIn) -> None:
    stop = world.stop("starting_position")
    client = signed_in(world.student)
    stops.save_outcome(by=By(world.student), stop=stop, text="Rond", seen=0, now=NOW)

    assert "Close this stop" in client.get(url(stop)).content.decode()
    answer = client.post(url(stop, "stop_close"))

    assert answer["Location"] == reverse("route", args=[world.route.pk])
    assert (
        "This stop is behind you since 23 November 2026." in client.get(url(stop)).content.decode()
    )


def test_closing_without_an_outcome_says_what_is_missing(world: World, signed_in: SignIn) -> None:
    stop = world.stop("starting_position")

    answer = signed_in(world.student).post(url(stop, "stop_close"), follow=True)

    assert "First write in a few words what came out of it." in answer.content.decode()


def test_the_student_sees_later_who_opened_a_stop(world: World, signed_in: SignIn) -> None:
    signed_in(world.mentor).get(url(world.stop("onboarding")))
    signed_in(world.student).get(url(world.stop("onboarding")))

    assert [look.person for look in Look.objects.filter(route=world.route)] == [world.mentor]


def test_others_hear_whose_move_it_is(world: World, signed_in: SignIn) -> None:
    stop = world.stop("starting_position")
    moments.propose_moment(
        by=By(world.student),
        stop=stop,
        key=uuid7(),
        starts_at=NOW + timedelta(days=3),
        minutes=45,
        place="",
        now=NOW,
    )
    assert Move.objects.filter(route=world.route, code="answer_moment").exists()

    page = signed_in(world.student).get(url(stop)).content.decode()

    assert "Tine Docent: say whether a proposed date suits you" in page


ROWS = (
    ("student", 200),
    ("mentor", 200),
    ("teacher", 200),
    ("coach", 200),
    ("programme_coordinator", 200),
    ("godparent", 403),
    ("organisation_coordinator", 403),
    ("other_student", 404),
    ("other_mentor", 404),
    ("other_teacher", 404),
    ("other_programme_coordinator", 404),
    ("other_organisation_coordinator", 404),
    ("administrator", 404),
    ("stranger", 404),
)


@pytest.mark.parametrize(("role", "status"), ROWS)
def test_who_may_open_a_stop(world: World, signed_in: SignIn, role: str, status: int) -> None:
    answer = signed_in(getattr(world, role)).get(url(world.stop("onboarding")))

    assert answer.status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_full_it_is(
    world: World,
    signed_in: SignIn,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    stop = world.stop("onboarding")
    stop.agenda.all().delete()
    for person in (world.student, world.mentor, world.teacher)[:count]:
        stops.add_agenda_point(by=By(person), stop=stop, key=uuid7(), text="Fiets", now=NOW)
    client = signed_in(world.student)
    client.get(url(stop))

    with django_assert_num_queries(17):
        page = client.get(url(stop)).content.decode()

    assert page.count("Fiets") == count * 2
