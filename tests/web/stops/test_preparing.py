"""Preparing: one's own questions, one's own words, shared when one wants."""

import pytest
from django.urls import reverse

from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.people.acting import By
from tussenstop.routes.actions import preparations
from tussenstop.routes.models import Preparation, Stop

SECRET = "Ik slaap slecht van de planning"


@pytest.fixture
def stop(world: World) -> Stop:
    return world.stop("onboarding")


def url(stop: Stop, name: str = "stop_prepare") -> str:
    return reverse(name, args=[stop.pk])


def save(world: World, stop: Stop, *, share: bool = False) -> None:
    preparations.save_preparation(
        by=By(world.student),
        stop=stop,
        answers={"know_on_day_one": SECRET},
        seen=0,
        share=share,
        now=NOW,
    )


def test_one_is_told_that_nobody_else_reads_it(world: World, stop: Stop, signed_in: SignIn) -> None:
    page = signed_in(world.student).get(url(stop)).content.decode()

    assert "Only you see this." in page
    assert "If you share it, these people read it: Mo Mentor." in " ".join(page.split())
    assert "What do you want to be sure to know on your first day?" in page
    assert "Which habits have you yourself long stopped noticing?" not in page


def test_what_is_saved_stands_there_the_next_time(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    client = signed_in(world.student)

    answer = client.post(
        url(stop), {"version": "0", "q_know_on_day_one": SECRET, "q_free": "Fiets"}, follow=True
    )

    assert "Yours: only you see it" in answer.content.decode()
    page = client.get(url(stop)).content.decode()
    assert f"{SECRET}</textarea>" in page
    assert "Fiets</textarea>" in page


@pytest.mark.parametrize("role", ["mentor", "teacher", "coach", "programme_coordinator"])
def test_nobody_else_finds_it_on_any_page(
    world: World, stop: Stop, signed_in: SignIn, role: str
) -> None:
    save(world, stop)
    client = signed_in(getattr(world, role))

    for name in ("stop", "stop_prepare"):
        assert SECRET not in client.get(url(stop, name)).content.decode()


def test_saved_and_shared_in_one_tap_it_stands_on_the_stop(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    signed_in(world.student).post(
        url(stop), {"version": "0", "q_know_on_day_one": SECRET, "share": "yes"}
    )

    assert SECRET in signed_in(world.mentor).get(url(stop, "stop")).content.decode()
    assert SECRET not in signed_in(world.teacher).get(url(stop, "stop")).content.decode()
    page = signed_in(world.student).get(url(stop)).content.decode()
    assert "You shared this." in page


def test_sharing_and_taking_back_from_the_stop(world: World, stop: Stop, signed_in: SignIn) -> None:
    save(world, stop)
    client = signed_in(world.student)

    client.post(url(stop, "stop_prepare_share"), {"shared": "yes"})
    assert SECRET in signed_in(world.mentor).get(url(stop, "stop")).content.decode()
    client.post(url(stop, "stop_prepare_share"), {})
    assert SECRET not in signed_in(world.mentor).get(url(stop, "stop")).content.decode()


def test_two_windows_show_both_texts(world: World, stop: Stop, signed_in: SignIn) -> None:
    save(world, stop)

    answer = signed_in(world.student).post(
        url(stop), {"version": "0", "q_know_on_day_one": "Het andere venster", "q_free": ""}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert SECRET in page
    assert "Het andere venster</textarea>" in page
    assert 'name="version" value="1"' in page


def test_an_answer_to_a_question_that_is_gone_is_kept(
    world: World, stop: Stop, signed_in: SignIn
) -> None:
    preparations.save_preparation(
        by=By(world.student),
        stop=stop,
        answers={"an_older_question": "Bewaar mij"},
        seen=0,
        now=NOW,
    )

    signed_in(world.student).post(url(stop), {"version": "1", "q_know_on_day_one": "Nieuw"})

    answers = Preparation.objects.get().answers
    assert (answers["an_older_question"], answers["know_on_day_one"]) == ("Bewaar mij", "Nieuw")


def test_who_has_no_questions_still_has_room(world: World, stop: Stop, signed_in: SignIn) -> None:
    page = signed_in(world.coach).get(url(stop)).content.decode()

    assert "Your notes" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("programme_coordinator", 403),
        ("organisation_coordinator", 403),
        ("godparent", 403),
        ("other_student", 404),
        ("other_mentor", 404),
        ("stranger", 404),
    ],
)
def test_who_may_not_prepare(
    world: World, stop: Stop, signed_in: SignIn, role: str, status: int
) -> None:
    client = signed_in(getattr(world, role))

    assert client.get(url(stop)).status_code == status
    assert client.post(url(stop), {"version": "0"}).status_code == status
    assert client.post(url(stop, "stop_prepare_share"), {}).status_code == status
