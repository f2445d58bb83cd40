"""A date for a stop, from proposing it to the answer."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import moments
from tussenstop.routes.models import Moment, Stop

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def stop(world: World) -> Stop:
    return world.stop("starting_position")


def url(stop: Stop, name: str = "stop") -> str:
    return reverse(name, args=[stop.pk])


def propose(by: Person, stop: Stop) -> Moment:
    return moments.propose_moment(
        by=By(by),
        stop=stop,
        key=uuid7(),
        starts_at=NOW + timedelta(days=3),
        minutes=60,
        place="Lokaal 4",
        now=NOW,
    )


def fill_in(client: Client, stop: Stop, **other: str) -> HttpResponse:
    data = {
        "key": str(uuid7()),
        "day": "2026-12-01",
        "hour": "14:30",
        "minutes": "45",
        "place": "Lokaal 4",
        **other,
    }
    return client.post(url(stop, "stop_date"), data)


def answer(client: Client, moment: Moment, **data: str) -> HttpResponse:
    return client.post(
        url(moment.stop, "stop_date_answer"), {"moment": str(moment.pk), **data}, follow=True
    )


def test_a_proposed_date_is_meant_in_local_time(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    answer = fill_in(signed_in(world.student), stop)

    moment = Moment.objects.get()
    assert answer["Location"] == url(stop)
    assert moment.starts_at == datetime(2026, 12, 1, 14, 30, tzinfo=BRUSSELS)
    assert (moment.minutes, moment.place) == (45, "Lokaal 4")


def test_hour_length_and_place_of_the_last_time_are_filled_in(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    propose(world.teacher, stop)

    page = signed_in(world.student).get(url(stop, "stop_date")).content.decode()

    assert 'value="10:00"' in page
    assert '<option value="60" selected>60 minutes</option>' in page
    assert 'value="Lokaal 4"' in page


def test_the_first_time_the_workplace_is_filled_in(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    page = signed_in(world.student).get(url(stop, "stop_date")).content.decode()

    assert f'value="{world.workplace.name}"' in page
    assert "Tine Docent" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", "", "Choose a day."),
        ("hour", "", "Choose an hour."),
        ("day", "2026-11-01", "This moment has passed. Choose one that is still to come."),
        ("place", "x" * 201, "at most 200 characters"),
        ("minutes", "7", "Choose one of these"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    world: World, stop: Stop, signed_in: SignIn, field: str, value: str, said: str
) -> None:
    answer = fill_in(signed_in(world.student), stop, **{"place": "Bij de poort", field: value})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Bij de poort" in page or field == "place"
    assert not Moment.objects.exists()


def test_sent_twice_it_is_one_date(world: World, stop: Stop, signed_in: SignIn) -> None:
    client, key = signed_in(world.student), str(uuid7())

    for _click in range(2):
        assert fill_in(client, stop, key=key).status_code == 302

    assert Moment.objects.count() == 1


def test_one_tap_says_yes(world: World, stop: Stop, signed_in: SignIn) -> None:
    moment = propose(world.student, stop)
    client = signed_in(world.teacher)
    page = client.get(url(stop)).content.decode()
    assert "Sara Student proposes:" in page
    assert page.count("button primary") == 1

    after = answer(client, moment, suits="yes").content.decode()

    assert "Thank you, your answer is noted." in after
    assert "Thursday 26 November 2026, 10:00" in after
    assert "60 minutes · Lokaal 4" in after


def test_a_no_with_a_word_reaches_the_proposer(world: World, stop: Stop, signed_in: SignIn) -> None:
    moment = propose(world.student, stop)

    answer(signed_in(world.teacher), moment, suits="no", word="Liever vrijdag")

    assert "There is no date yet." in signed_in(world.student).get(url(stop)).content.decode()
    assert Moment.objects.get().answers.get().word == "Liever vrijdag"


def test_the_field_for_a_word_can_only_say_no(world: World, stop: Stop, signed_in: SignIn) -> None:
    """The Enter key presses the first button of a form."""
    propose(world.student, stop)

    page = signed_in(world.teacher).get(url(stop)).content.decode()

    form = next(f for f in page.split("<form")[1:] if 'name="word"' in f).split("</form>")[0]
    assert 'value="no"' in form
    assert 'value="yes"' not in form


def test_an_answer_that_comes_too_late_shows_how_things_stand(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    moment = propose(world.student, stop)
    moments.withdraw_moment(by=By(world.student), moment=moment, now=NOW)

    page = answer(signed_in(world.teacher), moment, suits="yes").content.decode()

    assert "This date is no longer on the table." in page
    assert "<h1>Starting position</h1>" in page


def test_who_waits_sees_who_did_not_answer_yet(world: World, stop: Stop, signed_in: SignIn) -> None:
    propose(world.student, stop)

    page = signed_in(world.student).get(url(stop)).content.decode()

    assert "Tine Docent: no answer yet" in page
    assert "Take this date back" in page
    assert "It suits me" not in page


def test_who_proposed_can_take_it_back(world: World, stop: Stop, signed_in: SignIn) -> None:
    moment = propose(world.student, stop)
    data = {"moment": str(moment.pk)}

    refused = signed_in(world.teacher).post(url(stop, "stop_date_withdraw"), data, follow=True)
    taken = signed_in(world.student).post(url(stop, "stop_date_withdraw"), data, follow=True)

    assert "Only the person who proposed this date" in refused.content.decode()
    assert "You took this date back." in taken.content.decode()


@pytest.mark.parametrize("moment", ["", "nonsense", "01a209a9-0db7-7ee9-8534-fc5feadf0efc"])
def test_a_date_that_does_not_exist_is_not_found(
    world: World, stop: Stop, signed_in: SignIn, moment: str
) -> None:
    data = {"moment": moment, "suits": "yes"}

    assert signed_in(world.teacher).post(url(stop, "stop_date_answer"), data).status_code == 404


def test_a_date_of_another_stop_is_not_found(world: World, stop: Stop, signed_in: SignIn) -> None:
    moment = propose(world.student, world.stop("interim"))

    response = signed_in(world.teacher).post(
        url(stop, "stop_date_answer"), {"moment": str(moment.pk), "suits": "yes"}
    )

    assert response.status_code == 404


def test_an_answer_that_is_none_is_a_bad_request(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    moment = propose(world.student, stop)

    response = signed_in(world.teacher).post(
        url(stop, "stop_date_answer"), {"moment": str(moment.pk), "suits": "perhaps"}
    )

    assert response.status_code == 400
