"""A round as students and organisations meet it: what counts, what came of it, and why."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.rounds.choosing import (
    AFTER_ALL,
    AFTER_WISHES,
    a_class,
    match_of,
    open_round,
    prefers,
    rehearsed_and_published,
    seeking,
    wishes_for,
)
from tests.rounds.choosing import elsewhere as a_place_elsewhere
from tests.web.conftest import SignIn
from tests.web.rounds.conftest import Forward
from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.matching.models import Place, Wish
from tussenstop.matching.rules import Grade
from tussenstop.people.acting import By
from tussenstop.rounds.models import RoundStudent
from tussenstop.routes.actions import start
from tussenstop.routes.models import Placement
from tussenstop.routes.rules import Context
from tussenstop.startposition.actions import telling

pytestmark = pytest.mark.django_db


def test_a_student_reads_beforehand_what_counts(signed_in: SignIn, world: World) -> None:
    one = a_class(world)
    outside = a_place_elsewhere(world, "Elders", starts_on=LAST_DAY, ends_on=LAST_DAY)
    wishes_for(one.amir, outside, shown=False)
    student = signed_in(one.person("amir"))
    text = student.get(reverse("own_round", args=[one.amir.pk, one.round.pk])).text
    assert "2 of your favourites count" in text
    assert "This place does not take part in this round." in text
    assert "Step out of this round" in text


def test_how_much_a_workplace_would_like_somebody_is_never_theirs_to_read(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    one = a_class(world)
    prefers(world, one.kitchen, one.amir, Grade.CANNOT)
    student = signed_in(one.person("amir"))
    before = student.get(reverse("own_round", args=[one.amir.pk, one.round.pk])).text
    assert "not possible" not in before
    assert "2 of your favourites count" in before
    forward(AFTER_ALL)
    rehearsed_and_published(world, one.round)
    after = student.get(reverse("own_round", args=[one.amir.pk, one.round.pk])).text
    assert "It was not possible here this time." in after
    assert str(Grade.CANNOT.label) not in after.replace("not possible here this time", "")


def test_after_the_last_day_it_says_when_the_result_comes(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    one = a_class(world)
    forward(AFTER_WISHES)
    student = signed_in(one.person("amir"))
    text = student.get(reverse("own_round", args=[one.amir.pk, one.round.pk])).text
    assert "Your wishes stay as they are now" in text
    response = student.post(
        reverse("favourite_move", args=[one.amir.pk, one.garden.pk]), {"to": "up"}
    )
    assert response.status_code == 409
    assert "being decided" in response.text


def test_every_student_understands_their_own_result(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    one = a_class(world)
    late = seeking(world, "Dana")
    RoundStudent.objects.create(round=one.round, route=late, added_at=NOW)
    prefers(world, one.kitchen, one.bo, Grade.EAGER)
    forward(AFTER_ALL)
    rehearsed_and_published(world, one.round)

    def reads(name: str) -> str:
        route = late if name == "dana" else getattr(one, name)
        client = signed_in(route.student)
        return client.get(reverse("own_round", args=[route.pk, one.round.pk])).text

    assert "This is your place." in reads("bo")
    assert "This time the workplace would rather have somebody else." in reads("amir")
    assert "no wishes that count" in reads("dana")
    for name in ("amir", "bo", "cleo", "dana"):
        others = {"Amir", "Bo ", "Cleo", "Dana"} - {name.title(), f"{name.title()} "}
        assert not any(other in reads(name) for other in others)


def test_an_own_employee_reads_that_they_stay(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    own = seeking(
        world,
        "Oona",
        context=Context.OWN_EMPLOYEE,
        place=start.Place(world.workplace, FIRST_DAY, LAST_DAY, "own_employee"),
    )
    round_ = open_round(world)
    client = signed_in(own.student)
    url = reverse("own_round", args=[own.pk, round_.pk])
    assert "You stay with your own employer" in client.get(url).text
    forward(AFTER_ALL)
    rehearsed_and_published(world, round_)
    assert "You stay with your own employer" in client.get(url).text


def test_a_student_steps_out_and_keeps_their_favourites(signed_in: SignIn, world: World) -> None:
    one = a_class(world)
    student = signed_in(one.person("amir"))
    response = student.post(
        reverse("own_round_leave", args=[one.amir.pk, one.round.pk]), follow=True
    )
    assert "take part in this round. You can get acquainted" in response.text
    assert Wish.objects.filter(route=one.amir).count() == 2


def test_today_leads_to_the_round_and_to_the_result(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    one = a_class(world)
    Place.objects.filter(pk=one.garden.pk).update(state="closed")
    students = [signed_in(one.person(name)) for name in ("amir", "bo", "cleo")]
    student = students[0]
    leader = signed_in(world.programme_coordinator)
    employer = signed_in(world.organisation_coordinator)
    assert "you can choose your favourites" in student.get("/").text
    assert "you can say whom you would like" in employer.get("/").text
    assert "Everybody said what they wish" not in leader.get("/").text
    forward(AFTER_ALL)
    assert "the result comes on" in student.get("/").text
    assert "Everybody said what they wish" in leader.get("/").text
    rehearsed_and_published(world, one.round)
    pages = [each.get("/").text for each in students]
    assert sum("You have a place. Is it yes?" in text for text in pages) == 1
    assert sum("no place for you yet" in text for text in pages) == 2
    assert "A student for your place" in employer.get("/").text


def test_an_organisation_sees_its_own_places_and_nobody_hidden(
    signed_in: SignIn, world: World
) -> None:
    one = a_class(world)
    Wish.objects.filter(route=one.bo).update(shown=False)
    prefers(world, one.kitchen, one.amir, Grade.EAGER)
    employer = signed_in(world.organisation_coordinator)
    url = reverse("organisation_round", args=[world.organisation.pk, one.round.pk])
    text = employer.get(url).text
    assert "Keuken" in text
    assert "2 students show interest" in text  # Amir and Cleo; not Bo
    assert "About 1 you said nothing yet" in text
    assert "Amir" not in text


def test_after_publication_both_sides_answer_on_one_page(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    one = a_class(world)
    forward(AFTER_ALL)
    rehearsed_and_published(world, one.round)
    match = match_of(one.cleo)
    student = signed_in(one.person("cleo"))
    employer = signed_in(world.organisation_coordinator)
    url, answer = reverse("match", args=[match.pk]), reverse("match_answer", args=[match.pk])
    assert (
        "Cleo"
        in employer.get(
            reverse("organisation_round", args=[world.organisation.pk, one.round.pk])
        ).text
    )
    student.post(answer, {"answer": "yes", "seen": match.version, "word": "Heel graag"})
    assert "Heel graag" in employer.get(url).text
    stale = employer.post(answer, {"answer": "yes", "seen": match.version})
    assert stale.status_code == 422
    assert "answered meanwhile" in stale.text
    employer.post(answer, {"answer": "yes", "seen": match_of(one.cleo).version})
    assert "You both said yes." in student.get(url).text
    assert Placement.objects.filter(route=one.cleo, ended_at=None).count() == 1


def test_a_match_shows_a_workplace_only_what_is_shared(
    signed_in: SignIn, world: World, forward: Forward
) -> None:
    one = a_class(world)
    telling.save_part(
        by=By(one.person("cleo")),
        route=one.cleo,
        key="balance",
        answers={"never": "Mijn zondag"},
        seen=0,
        now=NOW,
    )
    forward(AFTER_ALL)
    rehearsed_and_published(world, one.round)
    employer = signed_in(world.organisation_coordinator)
    text = employer.get(reverse("match", args=[match_of(one.cleo).pk])).text
    assert "Shares nothing more for now" in text
    assert "Mijn zondag" not in text


def test_a_favourite_can_be_as_dear_as_the_one_before(signed_in: SignIn, world: World) -> None:
    one = a_class(world)
    student = signed_in(one.person("amir"))
    move = reverse("favourite_move", args=[one.amir.pk, one.garden.pk])
    student.post(move, {"to": "tie"})
    assert Wish.objects.get(route=one.amir, place=one.garden).tied
    assert "less dear" in student.get(reverse("favourites", args=[one.amir.pk])).text
    student.post(move, {"to": "up"})
    assert not Wish.objects.filter(route=one.amir, tied=True).exists()


def test_the_page_of_an_organisation_takes_as_many_queries_for_one_place_as_for_five(
    signed_in: SignIn,
    world: World,
    forward: Forward,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one = a_class(world)
    employer = signed_in(world.organisation_coordinator)
    url = reverse("organisation_round", args=[world.organisation.pk, one.round.pk])
    employer.get(url)
    with django_assert_num_queries(7):
        employer.get(url)
    for name in ("A", "B", "C"):
        a_place_elsewhere(world, f"Plek {name}")
    forward(NOW + timedelta(hours=1))
    other = open_round(world)
    assert other.places.count() == 5
    url = reverse("organisation_round", args=[world.organisation.pk, other.pk])
    with django_assert_num_queries(7):
        employer.get(url)
