"""The pages of feedback: given in a minute, read when it suits, shown to who one chooses."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import CompetenceFactory
from tests.feedback.giving import NEXT, SAW, a_link, answers, asks, gives, read
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.core.ids import uuid7
from tussenstop.feedback.actions.strengths import show_strength
from tussenstop.feedback.models import Asking, Feedback, Invitation, Reader, Reply, Topic
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def typed(**changes: object) -> dict[str, object]:
    return {"key": str(uuid7()), "saw": SAW, "did": "", "next_step": NEXT, **changes}


def test_an_empty_page_invites(student: Client, world: World) -> None:
    route = reverse("route", args=[world.route.pk])
    assert reverse("feedback", args=[world.route.pk]) in student.get(route).text
    text = student.get(reverse("feedback", args=[world.route.pk])).text
    assert "Asking helps" in text
    assert world.mentor.name in text


def test_a_godparent_gives_and_asks_nothing(signed_in: SignIn, world: World) -> None:
    client = signed_in(world.godparent)
    address = reverse("feedback", args=[world.route.pk])
    assert address in client.get(reverse("route", args=[world.route.pk])).text
    text = client.get(reverse("feedback", args=[world.route.pk])).text
    assert "You gave none yet" in text
    assert "Ask for feedback" not in text
    url = reverse("feedback_give", args=[world.route.pk, world.student.pk])
    assert "Given." in client.post(url, typed(), follow=True).text


def test_a_mentor_gives_it_on_one_screen(mentor: Client, student: Client, world: World) -> None:
    competence = CompetenceFactory(programme=world.programme)
    url = reverse("feedback_give", args=[world.route.pk, world.student.pk])
    page = mentor.get(url).text
    assert "Stays calm when it is busy" in page
    assert "Explains clearly" not in page
    sent = typed(strengths=["calm"], own_strength="Durft bellen", competences=[str(competence.pk)])
    mentor.post(url, sent)
    mentor.post(url, sent)
    feedback = Feedback.objects.get()
    assert Topic.objects.get().competence == competence
    one = reverse("feedback_one", args=[feedback.pk])
    envelope = student.get(one).text
    assert SAW not in envelope
    assert SAW not in student.get(reverse("feedback", args=[world.route.pk])).text
    assert Feedback.objects.get().read_at is None
    opened = student.post(reverse("feedback_read", args=[feedback.pk]), follow=True).text
    for shown in (SAW, NEXT, "Durft bellen", competence.text):
        assert shown in opened


def test_a_mistake_keeps_what_was_typed(mentor: Client, world: World) -> None:
    url = reverse("feedback_give", args=[world.route.pk, world.student.pk])
    response = mentor.post(url, typed(next_step=" ", own_strength="Durft bellen"))
    assert response.status_code == 422
    assert SAW in response.text
    assert "Durft bellen" in response.text


def test_the_student_disagrees_kindly_and_shows_it_to_one(
    student: Client, mentor: Client, signed_in: SignIn, world: World
) -> None:
    feedback = read(gives(world, by=world.coach))
    one = reverse("feedback_one", args=[feedback.pk])
    url = reverse("feedback_reply", args=[feedback.pk])
    assert student.post(url, {"key": str(uuid7()), "kind": "otherwise"}).status_code == 422
    sent = {"key": str(uuid7()), "kind": "otherwise", "text": "Het was de eerste keer."}
    assert "Het was de eerste keer." in student.post(url, sent, follow=True).text
    student.post(
        reverse("feedback_readers", args=[feedback.pk]),
        {"person": str(world.mentor.pk), "shown": "yes"},
    )
    theirs = mentor.get(one).text
    assert SAW in theirs
    assert "Het was de eerste keer." in theirs
    teacher = signed_in(world.teacher)
    assert teacher.get(one).status_code == 404
    pages = [
        reverse(name, args=[world.route.pk]) for name in ("feedback", "route", "route_history")
    ] + [reverse("today"), reverse("feedback", args=[world.route.pk]) + "?list=shown"]
    for page in pages:
        text = teacher.get(page).text
        assert SAW not in text
        assert "Het was de eerste keer." not in text
        assert str(feedback.pk) not in text
    student.post(
        reverse("feedback_readers", args=[feedback.pk]),
        {"person": str(world.mentor.pk), "shown": "no"},
    )
    assert mentor.get(one).status_code == 404
    assert not Reader.objects.exists()


def test_nonsense_is_not_found(student: Client, world: World) -> None:
    feedback = read(gives(world))
    reply = reverse("feedback_reply", args=[feedback.pk])
    assert student.post(reply, {"key": str(uuid7()), "kind": "shout"}).status_code == 404
    readers = reverse("feedback_readers", args=[feedback.pk])
    for person in ("nonsense", str(world.stranger.pk), str(world.mentor.pk)):
        assert student.post(readers, {"person": person, "shown": "yes"}).status_code == 404
    assert not Reply.objects.exists()


def test_taken_back_the_words_stand_in_the_form(
    mentor: Client, student: Client, world: World
) -> None:
    feedback = gives(world, strengths=["calm"])
    url = reverse("feedback_take_back", args=[feedback.pk])
    text = mentor.post(url).text
    assert SAW in text
    assert "checked" in text
    one = reverse("feedback_one", args=[feedback.pk])
    assert "took this back" in student.get(one).text
    assert "taken back already" in mentor.post(url, follow=True).text


def test_what_was_read_is_not_taken_back(mentor: Client, world: World) -> None:
    feedback = read(gives(world))
    url = reverse("feedback_take_back", args=[feedback.pk])
    assert "It was read already" in mentor.post(url, follow=True).text
    assert Feedback.objects.get().saw == SAW


def test_asked_it_waits_on_today_and_is_given(
    student: Client, mentor: Client, world: World
) -> None:
    url = reverse("feedback_ask", args=[world.route.pk])
    sent = {"key": str(uuid7()), "giver": str(world.mentor.pk), "point": "Mijn overdracht"}
    assert "Mijn overdracht" in student.post(url, sent, follow=True).text
    asking = Asking.objects.get()
    here = reverse("feedback_asked", args=[asking.pk])
    assert here in mentor.get(reverse("today")).text
    assert "Mijn overdracht" in mentor.get(here).text
    mentor.post(here, typed())
    assert here not in mentor.get(reverse("today")).text
    assert "See what you gave" in mentor.get(here).text
    assert reverse("feedback_one", args=[Feedback.objects.get().pk]) in student.get("/").text


def test_not_now_and_withdrawn_are_said_and_keep_typed_words(
    student: Client, mentor: Client, world: World
) -> None:
    first, second = asks(world), asks(world, point="Iets anders")
    mentor.post(reverse("feedback_decline", args=[first.pk]), {"word": "Volgende week"})
    assert "not now" in mentor.get(reverse("feedback_asked", args=[first.pk])).text
    student.post(reverse("feedback_withdraw", args=[second.pk]))
    here = reverse("feedback_asked", args=[second.pk])
    assert "not asked any more" in mentor.get(here).text
    response = mentor.post(here, typed())
    assert response.status_code == 422
    assert SAW in response.text


def test_behind_the_door_it_is_given_without_signing_in(on_that_day: None, world: World) -> None:
    asking, browser = asks(world), Client()
    link = links.issue(
        person=world.mentor,
        purpose=Purpose.FEEDBACK,
        subject_id=asking.pk,
        route_id=world.route.pk,
        now=NOW,
    )
    url = reverse("door", args=[links.token_of(link)])
    assert asking.point in browser.get(url).text
    assert not Feedback.objects.exists()
    assert browser.post(url, typed(saw="")).status_code == 422
    sent = typed()
    browser.post(url, sent)
    browser.post(url, sent)
    assert Feedback.objects.get().giver == world.mentor
    assert "<form" not in browser.get(url).text.partition("<main")[2]


def test_behind_the_door_one_says_not_now(on_that_day: None, world: World) -> None:
    asking = asks(world)
    link = links.issue(
        person=world.mentor,
        purpose=Purpose.FEEDBACK,
        subject_id=asking.pk,
        route_id=world.route.pk,
        now=NOW,
    )
    url = reverse("door", args=[links.token_of(link)])
    Client().post(url, {"not_now": "yes", "word": "Even ziek"})
    asking.refresh_from_db()
    assert (asking.closed_how, asking.word) == ("declined", "Even ziek")


def test_a_link_is_made_passed_on_and_closed(student: Client, world: World) -> None:
    url = reverse("feedback_link_add", args=[world.route.pk])
    sent = {"key": str(uuid7()), "point": "Mijn overdracht", "name": "Marleen", "email": ""}
    text = student.post(url, sent, follow=True).text
    invitation = Invitation.objects.get()
    assert "/f/" in text
    overview = reverse("feedback_links", args=[world.route.pk])
    assert "Marleen" in student.get(overview).text
    student.post(reverse("feedback_link_close", args=[invitation.pk]))
    assert "/f/" not in student.get(reverse("feedback_link", args=[invitation.pk])).text
    mailed = {**sent, "key": str(uuid7()), "email": "m@elders.example"}
    assert "on its way" in student.post(url, mailed, follow=True).text
    assert student.post(url, {**mailed, "key": str(uuid7()), "point": ""}).status_code == 422


def test_what_others_see_is_shown_to_one_teacher(
    student: Client, signed_in: SignIn, world: World
) -> None:
    url = reverse("strengths", args=[world.route.pk])
    assert "Asking is a good beginning" in student.get(url).text
    feedback = read(gives(world, strengths=["calm", "asks"]))
    text = student.get(url).text
    assert "Stays calm when it is busy" in text
    assert reverse("feedback_one", args=[feedback.pk]) in text
    student.post(
        reverse("strength_show", args=[world.route.pk]),
        {"strength": "calm", "person": [str(world.teacher.pk)]},
    )
    teacher = signed_in(world.teacher)
    theirs = reverse("strengths_of", args=[world.route.pk, world.student.pk])
    assert theirs in teacher.get(reverse("feedback", args=[world.route.pk])).text
    shown = teacher.get(theirs).text
    assert "Stays calm" in shown
    assert "Asks good questions" not in shown
    assert str(feedback.pk) not in shown


def test_what_came_from_outside_is_removed(student: Client, world: World) -> None:
    feedback = read(answers(a_link(world)))
    one = reverse("feedback_one", args=[feedback.pk])
    assert "collega van de nacht" in student.get(one).text
    student.post(reverse("feedback_remove", args=[feedback.pk]))
    assert student.get(one).status_code == 404


@pytest.mark.parametrize("which", ["received", "given", "shown"])
def test_a_list_costs_the_same_however_long_it_is(
    mentor: Client,
    world: World,
    which: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    url = reverse("feedback", args=[world.route.pk]) + f"?list={which}"

    def one_more() -> None:
        if which == "received":
            read(gives(world, by=world.student, to=world.mentor))
        elif which == "given":
            gives(world)
        else:
            feedback = read(gives(world, by=world.coach))
            Reader.objects.create(feedback=feedback, person=world.mentor, since=NOW)

    one_more()
    mentor.get(url)
    with django_assert_max_num_queries(20) as counted:
        mentor.get(url)
    for _n in range(2):
        one_more()
    with django_assert_num_queries(len(counted)):
        mentor.get(url)


def test_pages_with_much_on_them_cost_the_same(
    student: Client,
    world: World,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    feedback = read(gives(world, strengths=["calm"]))
    a_link(world)
    urls = [
        reverse("strengths", args=[world.route.pk]),
        reverse("feedback_links", args=[world.route.pk]),
        reverse("feedback_one", args=[feedback.pk]),
    ]
    counts = []
    for url in urls:
        student.get(url)
        with django_assert_max_num_queries(22) as counted:
            student.get(url)
        counts.append(len(counted))
    for number, key in enumerate(("asks", "calm")):
        read(gives(world, strengths=[key], now=NOW - timedelta(days=number)))
        a_link(world)
        show_strength(
            by=By(world.student),
            route=world.route,
            code=key,
            people={world.teacher.pk, world.mentor.pk},
            now=NOW,
        )
        for person in (world.teacher, world.coach)[: number + 1]:
            Reader.objects.get_or_create(feedback=feedback, person=person, defaults={"since": NOW})
        Reply.objects.create(
            feedback=feedback, person=world.student, kind="thanks", text="Dank", at=NOW
        )
    for url, count in zip(urls, counts, strict=True):
        with django_assert_num_queries(count):
            student.get(url)


def test_a_long_list_goes_on_on_a_next_page(student: Client, world: World) -> None:
    first = read(gives(world, now=NOW - timedelta(days=1)))
    for _n in range(25):
        gives(world)
    url = reverse("feedback", args=[world.route.pk])
    assert reverse("feedback_one", args=[first.pk]) not in student.get(url).text
    assert reverse("feedback_one", args=[first.pk]) in student.get(url + "?page=2").text


def leaves(world: World, person: Person) -> None:
    people.end_role(by=By(person), route=world.fresh(), part=world.part(person), now=NOW)


def test_a_question_of_who_left_waits_for_nobody(student: Client, world: World) -> None:
    asked = asks(world, by=world.mentor, of=world.student)
    overview = reverse("feedback", args=[world.route.pk])
    address = reverse("feedback_asked", args=[asked.pk])
    assert address in student.get(overview).text
    link = links.issue(
        person=world.student,
        purpose=Purpose.FEEDBACK,
        subject_id=asked.pk,
        route_id=world.route.pk,
        now=NOW,
    )
    leaves(world, world.mentor)
    assert address not in student.get(overview).text
    for where in (address, reverse("door", args=[links.token_of(link)])):
        response = student.get(where)
        assert response.status_code == 200
        assert "This is not asked any more." in response.text
        assert "What I saw" not in response.text


def test_who_asked_sees_that_the_other_left(student: Client, world: World) -> None:
    asks(world)
    overview = reverse("feedback", args=[world.route.pk])
    assert "no longer travels along" not in student.get(overview).text
    leaves(world, world.mentor)
    assert "no longer travels along" in student.get(overview).text


def test_what_was_given_to_who_left_can_be_taken_back(student: Client, world: World) -> None:
    given = gives(world, by=world.student, to=world.mentor)
    leaves(world, world.mentor)
    address = reverse("feedback_take_back", args=[given.pk])
    response = student.post(address, follow=True)
    assert response.status_code == 200
    assert "Taken back." in response.text
    assert Feedback.objects.get().taken_back_at
