"""The pages of conversations: a note in half a minute, words beside it, and what was agreed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.conversations.talks import TODAY, WORDS, notes, to_do
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.conversations.models import Conversation, Part, Point
from tussenstop.core.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def typed(world: World, **changes: object) -> dict[str, object]:
    return {
        "key": str(uuid7()),
        "words": WORDS,
        "who": [str(world.student.pk)],
        "kind": "unplanned",
        "day": TODAY.isoformat(),
        **changes,
    }


def test_without_conversations_the_list_invites(mentor: Client, world: World) -> None:
    text = mentor.get(reverse("conversations", args=[world.route.pk])).text
    assert "No conversation yet" in text
    assert "or note what you just talked about" in text


def test_the_note_is_filled_in_but_for_the_words(mentor: Client, world: World) -> None:
    assert (
        reverse("conversation_note", args=[world.route.pk])
        in mentor.get(reverse("route", args=[world.route.pk])).text
    )
    text = mentor.get(reverse("conversation_note", args=[world.route.pk])).text
    assert f'value="{TODAY.isoformat()}"' in text
    assert text.count("checked") == 2  # with the student, unplanned
    assert "Mediation" not in text
    assert text.count("button primary") == 1


def test_from_today_with_one_route_nothing_is_asked_in_between(
    mentor: Client, signed_in: SignIn, world: World
) -> None:
    way = reverse("conversation_which")
    assert way in mentor.get("/").text
    assert mentor.get(way)["Location"] == reverse("conversation_note", args=[world.route.pk])
    assert way not in signed_in(world.organisation_coordinator).get("/").text


def test_a_note_is_kept_and_seen_by_the_other_side(
    mentor: Client, student: Client, world: World
) -> None:
    sent = typed(world, point="Rooster doorsturen", owner=str(world.student.pk))
    address = reverse("conversation_note", args=[world.route.pk])
    assert WORDS in mentor.post(address, sent, follow=True).text
    mentor.post(address, sent)
    assert Conversation.objects.count() == Point.objects.count() == 1
    today = student.get("/").text
    assert "noted your conversation of" in today
    assert "Rooster doorsturen" in today
    assert (
        "I saw it differently"
        in student.get(reverse("conversation", args=[Conversation.objects.get().pk])).text
    )


def test_a_mistake_keeps_what_was_typed(mentor: Client, world: World) -> None:
    late = (TODAY + timedelta(days=3)).isoformat()
    response = mentor.post(
        reverse("conversation_note", args=[world.route.pk]), typed(world, day=late)
    )
    assert response.status_code == 422
    assert WORDS in response.text
    assert "This day is still to come" in response.text
    response = mentor.post(
        reverse("conversation_note", args=[world.route.pk]), typed(world, who=[])
    )
    assert "With whom did you talk?" in response.text
    assert not Conversation.objects.exists()


def test_a_note_from_a_stop_belongs_to_it(mentor: Client, world: World) -> None:
    stop = world.stop("first_how_is_it")
    address = reverse("conversation_note", args=[world.route.pk])
    assert f'value="{stop.pk}"' in mentor.get(f"{address}?stop={stop.pk}").text
    mentor.post(address, typed(world, stop=str(stop.pk)))
    assert Conversation.objects.get().stop == stop
    assert mentor.get(f"{address}?stop=nonsense").status_code == 404


def test_one_sees_it_differently_in_own_words(student: Client, world: World) -> None:
    made = notes(world)
    address = reverse("conversation_words", args=[made.pk])
    assert "checked" in student.get(f"{address}?differs=1").text
    sent = {"version": "0", "text": "Ik vond het lastig", "differs": "on"}
    text = student.post(address, sent, follow=True).text
    assert "saw it differently" in text
    assert WORDS in text
    assert "noted your conversation" not in student.get("/").text
    sent["text"] = "Ik vond het best lastig"
    response = student.post(address, sent)
    assert response.status_code == 409
    assert "Ik vond het lastig" in response.text
    assert "Ik vond het best lastig" in response.text
    assert Part.objects.filter(person=world.student).get().text == "Ik vond het lastig"
    assert student.post(address, {"version": "0", "text": ""}).status_code == 409


def test_two_who_write_together_at_once_see_both_texts(
    student: Client, mentor: Client, world: World
) -> None:
    made = notes(world)
    address = reverse("conversation_common", args=[made.pk])
    mentor.post(address, {"version": "0", "text": "We bellen samen"})
    response = student.post(address, {"version": "0", "text": "Ik bel alleen"})
    assert response.status_code == 409
    assert "We bellen samen" in response.text
    assert "Ik bel alleen" in response.text
    both = {"version": "1", "text": "Eerst samen, dan alleen"}
    assert "Eerst samen, dan alleen" in student.post(address, both, follow=True).text


def test_what_one_will_do_is_done_with_one_tap_from_today(student: Client, world: World) -> None:
    due = TODAY - timedelta(days=2)
    notes(world, point=to_do(world.student, "Het rooster doorsturen", due=due))
    text = student.get("/").text
    assert "still welcome" in text
    address = reverse("conversation_point", args=[Point.objects.get().pk])
    text = student.post(address, {"what": "done", "from": "today"}, follow=True).text
    assert "Done: Het rooster doorsturen" in text
    assert "still welcome" not in text
    assert student.post(address, {"what": "open"}, follow=True).text.count(">Done<") == 1
    assert student.post(address, {"what": "nonsense"}).status_code == 400
    student.post(address, {"what": "drop"})
    assert student.post(address, {"what": "done"}).status_code == 404


def test_something_to_do_is_added_on_the_conversation(mentor: Client, world: World) -> None:
    made = notes(world)
    address = reverse("conversation_point_add", args=[made.pk])
    sent = {"key": str(uuid7()), "text": "", "owner": str(world.student.pk)}
    assert mentor.post(address, sent).status_code == 422
    mentor.post(address, {**sent, "text": "Oefenen"})
    mentor.post(address, {**sent, "text": "Oefenen"})
    assert Point.objects.get().text == "Oefenen"


def test_the_list_costs_the_same_however_long_it_is(
    mentor: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("conversations", args=[world.route.pk])
    notes(world)
    mentor.get(address)
    with django_assert_num_queries(15):
        mentor.get(address)
    for _number in range(2):
        notes(world)
    with django_assert_num_queries(15):
        mentor.get(address)


def test_the_list_has_pages(mentor: Client, world: World) -> None:
    for number in range(17):
        notes(world, words=f"Gesprek nummer {number}", day=TODAY - timedelta(days=number))
    address = reverse("conversations", args=[world.route.pk])
    first, second = mentor.get(address).text, mentor.get(address, {"page": "2"}).text
    assert "Gesprek nummer 0" in first
    assert "Gesprek nummer 16" not in first
    assert "Gesprek nummer 16" in second


def test_nobody_who_looks_on_finds_a_word(signed_in: SignIn, world: World) -> None:
    made = notes(world)
    assert WORDS in signed_in(world.teacher).get(reverse("conversation", args=[made.pk])).text
    for person in (world.godparent, world.organisation_coordinator, world.programme_coordinator):
        browser = signed_in(person)
        for address in (
            reverse("conversation", args=[made.pk]),
            reverse("conversations", args=[world.route.pk]),
            reverse("route", args=[world.route.pk]),
            reverse("route_history", args=[world.route.pk]),
            "/",
        ):
            assert WORDS not in browser.get(address).text


def test_a_talk_that_the_other_noted_is_shown_and_one_button_puts_the_words_there(
    student: Client, world: World
) -> None:
    talk = notes(world)
    url = reverse("conversation_note", args=[world.route.pk])
    mine = typed(world, who=[str(world.mentor.pk)], words="Mijn kant", kind="how_is_it")
    response = student.post(url, mine)
    assert response.status_code == 409
    assert WORDS in response.text
    assert "Mijn kant" in response.text
    assert response.text.count("button primary") == 1
    to = student.post(url, {**mine, "same": str(talk.pk)})
    assert to["Location"] == reverse("conversation", args=[talk.pk])
    assert Conversation.objects.count() == 1
    assert set(Part.objects.values_list("text", flat=True)) == {WORDS, "Mijn kant"}


def test_or_it_is_another_talk(student: Client, world: World) -> None:
    notes(world)
    url = reverse("conversation_note", args=[world.route.pk])
    mine = typed(world, who=[str(world.mentor.pk)])
    assert student.post(url, {**mine, "another": "yes"}).status_code == 302
    assert Conversation.objects.count() == 2


def test_words_are_not_put_in_a_talk_of_others(student: Client, world: World) -> None:
    with_teacher = notes(world, to=[world.teacher])
    with_coach = notes(world, to=[world.coach])
    url = reverse("conversation_note", args=[world.route.pk])
    mine = typed(world, who=[str(world.mentor.pk)])
    for talk, status in ((with_teacher, 403), (with_coach, 404)):
        response = student.post(url, {**mine, "same": str(talk.pk)})
        assert response.status_code == status
    assert student.post(url, {**mine, "same": "geen"}).status_code == 404


def test_a_talk_with_the_team_says_so_in_words(student: Client, world: World) -> None:
    url = reverse("conversation_note", args=[world.route.pk])
    data = typed(world, who=[], kind="team", others="de vroege ploeg")
    text = student.post(url, data, follow=True).text
    assert "de vroege ploeg" in text
    assert "de vroege ploeg" in student.get(reverse("conversations", args=[world.route.pk])).text
    alone = student.post(url, typed(world, who=[], others="de vroege ploeg"))
    assert alone.status_code == 422
    assert "With whom did you talk?" in alone.text


def test_how_the_text_of_all_read_before_can_be_read_again(student: Client, world: World) -> None:
    talk = notes(world)
    url = reverse("conversation_common", args=[talk.pk])
    assert "How it read before" not in student.get(url).text
    student.post(url, {"version": "0", "text": "Eerste tekst"})
    student.post(url, {"version": "1", "text": "Tweede tekst"})
    text = student.get(url).text
    assert "How it read before" in text
    assert "Eerste tekst" in text
