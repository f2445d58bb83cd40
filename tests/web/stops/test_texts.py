"""Shared notes and the outcome: written by several, lost by nobody."""

import pytest
from django.urls import reverse

from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.people.acting import By
from tussenstop.routes.actions import stops
from tussenstop.routes.models import Stop


@pytest.fixture
def stop(world: World) -> Stop:
    return world.stop("starting_position")


def url(stop: Stop, name: str = "stop") -> str:
    return reverse(name, args=[stop.pk])


@pytest.mark.parametrize(("name", "said"), [("stop_notes", "notes"), ("stop_outcome", "outcome")])
def test_a_text_is_saved_and_read_by_all(
    world: World, stop: Stop, signed_in: SignIn, name: str, said: str
) -> None:
    data = {"text": "Eerste regel\r\nTweede regel", "version": "0"}

    answer = signed_in(world.student).post(url(stop, name), data, follow=True)

    assert f"{said}" in answer.content.decode().lower()
    page = signed_in(world.teacher).get(url(stop)).content.decode()
    assert "Eerste regel\nTweede regel" in page
    assert "Last written by Sara Student" in page


@pytest.mark.parametrize(
    ("name", "save"), [("stop_notes", stops.save_notes), ("stop_outcome", stops.save_outcome)]
)
def test_when_two_write_at_once_both_texts_stand_on_the_page(
    world: World, stop: Stop, signed_in: SignIn, name: str, save: object
) -> None:
    client = signed_in(world.student)
    client.get(url(stop, name))
    save(by=By(world.teacher), stop=stop, text="Van de docent", seen=0, now=NOW)

    answer = client.post(url(stop, name), {"text": "Van de student", "version": "0"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tine Docent saved this text while you were writing." in page
    assert "Van de docent" in page
    assert "Van de student" in page
    assert 'name="version" value="1"' in page
    client.post(url(stop, name), {"text": "Van ons twee", "version": "1"})
    assert "Van ons twee" in client.get(url(stop)).content.decode()


def test_the_field_begins_with_what_stands_there(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    stops.save_notes(by=By(world.teacher), stop=stop, text="Al iets", seen=0, now=NOW)

    page = signed_in(world.student).get(url(stop, "stop_notes")).content.decode()

    assert "Al iets</textarea>" in page
    assert 'name="version" value="1"' in page


def test_outcome_and_closing_can_be_one_tap(world: World, stop: Stop, signed_in: SignIn) -> None:
    data = {"text": "We weten waar ze staat", "version": "0", "close": "yes"}

    signed_in(world.teacher).post(url(stop, "stop_outcome"), data)

    done = world.stop("starting_position")
    assert (done.outcome, done.done_at) == ("We weten waar ze staat", NOW)


def test_closing_without_words_keeps_one_on_the_page(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    data = {"text": "  ", "version": "0", "close": "yes"}

    answer = signed_in(world.teacher).post(url(stop, "stop_outcome"), data)

    assert answer.status_code == 422
    assert "First write in a few words what came out of it." in answer.content.decode()
    assert world.stop("starting_position").done_at is None


def test_a_text_without_end_is_refused_and_kept(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    data = {"text": "lang " * 2000, "version": "0"}

    answer = signed_in(world.teacher).post(url(stop, "stop_notes"), data)

    assert answer.status_code == 422
    assert "lang lang" in answer.content.decode()


def test_the_outcome_page_says_what_the_stop_is_for(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    page = signed_in(world.teacher).get(url(stop, "stop_outcome")).content.decode()

    assert "A picture of time, balance, motives" in page
    assert "Save and close this stop" in page
