"""Planning a conversation on its pages, answering it from the letter, and in calendar programs."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.conversations.talks import WORDS, fresh, invites, notes, slots_of
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.calendars.models import Sent
from tussenstop.calendars.outgoing import actions as outgoing
from tussenstop.calendars.outgoing.rules import Holds
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.models import Conversation, Part, Point, Slot
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routes.actions import people

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def invite_url(world: World, **changes: str) -> str:
    asked = {"kind": "how_is_it", "minutes": "15", "who": str(world.student.pk), **changes}
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("conversation_invite", args=[world.route.pk]) + f"?{query}"


def door_of(person: Person, talk: Conversation) -> str:
    link = links.issue(
        person=person,
        purpose=Purpose.TALK,
        subject_id=talk.pk,
        route_id=talk.route_id,
        now=NOW,
    )
    return reverse("door", args=[links.token_of(link)])


def main_of(response: object) -> str:
    return response.content.decode().partition("<main")[2]  # type: ignore[attr-defined,no-any-return]


def test_planning_begins_with_whom_one_mostly_talks(mentor: Client, world: World) -> None:
    address = reverse("conversation_plan", args=[world.route.pk])
    text = mentor.get(address).text
    assert text.count("checked") == 2
    assert mentor.get(f"{address}?kind=three_way").text.count("checked") == 3
    assert "Unplanned" not in text
    gone = mentor.get(reverse("conversation_invite", args=[world.route.pk]) + "?kind=how_is_it")
    assert "With whom do you want to talk?" in mentor.get(gone["Location"]).text


def test_how_long_follows_from_what_kind_unless_it_is_chosen(mentor: Client, world: World) -> None:
    three = f"{world.student.pk}&who={world.teacher.pk}"
    url = invite_url(world, kind="three_way", minutes="", who=three)
    assert "45 minutes" in mentor.get(url).text
    assert "15 minutes" in mentor.get(invite_url(world, minutes="")).text
    assert "60 minutes" in mentor.get(invite_url(world, minutes="60")).text


def test_a_three_way_conversation_is_one_of_all_three(mentor: Client, world: World) -> None:
    text = mentor.get(invite_url(world, kind="three_way"), follow=True).text
    assert "is one of student, mentor and teacher" in text
    assert text.count("checked") == 2


def test_moments_are_found_and_proposed_with_one_tap(mentor: Client, world: World) -> None:
    url = invite_url(world)
    text = mentor.get(url).text
    assert text.count('name="moments"') == 5
    assert text.count("checked") == 3
    assert "Free according to the calendar of:" in text
    first = timezone.make_aware((NOW + timedelta(days=1)).replace(tzinfo=None, hour=10))
    sent = {"key": str(uuid7()), "moments": [first.isoformat()], "day_1": "2026-11-27"}
    response = mentor.post(url, sent)
    assert response.status_code == 422
    assert "Choose an hour." in response.text
    text = mentor.post(url, {**sent, "hour_1": "14:00", "place": "Kantine"}, follow=True).text
    assert "No answer yet from:" in text
    mentor.post(url, {**sent, "hour_1": "14:00"})
    assert Slot.objects.count() == 2
    made = Conversation.objects.get()
    assert (made.minutes, made.place) == (15, "Kantine")
    assert mentor.post(url, {"key": str(uuid7())}).status_code == 422


def test_from_the_letter_one_answers_without_signing_in(signed_in: SignIn, world: World) -> None:
    talk, browser = invites(world, TOMORROW, LATER), Client()
    door = door_of(world.student, talk)
    text = main_of(browser.get(door))
    assert text.count('name="suits"') == 2
    assert Conversation.objects.get().starts_at is None
    slots = slots_of(talk)
    seen = " ".join(str(pk) for pk in slots.values())
    assert "Tick the moments" in main_of(browser.post(door, {"seen": seen}))
    browser.post(door, {"seen": seen, "answer": "some", "suits": [str(slots[LATER])]})
    assert fresh(talk).starts_at == LATER
    assert "This moment stands." in main_of(browser.get(door))
    browser.post(door, {"seen": seen, "answer": "none"})
    assert fresh(talk).starts_at == LATER


def test_whoever_asked_chooses_from_the_letter(signed_in: SignIn, world: World) -> None:
    talk, browser = invites(world, TOMORROW, LATER), Client()
    slots = list(slots_of(talk).values())
    inviting.answer(
        by=By(world.student), conversation=fresh(talk), suits=slots, seen=slots, now=NOW
    )
    door = door_of(world.mentor, talk)
    assert "These moments suit everybody." in main_of(browser.get(door))
    browser.post(door, {"slot": str(slots[1])})
    assert fresh(talk).starts_at == LATER
    assert browser.post(door, {"slot": "nonsense"}).status_code == 400


def test_afterwards_one_notes_by_the_same_link_and_reads_nobody_elses_words(
    signed_in: SignIn, world: World
) -> None:
    talk, browser = notes(world), Client()
    door = door_of(world.student, talk)
    assert WORDS not in main_of(browser.get(door))
    assert browser.post(door, {"version": "0", "text": ""}).status_code == 422
    browser.post(door, {"version": "0", "text": "Ik belde zelf"})
    assert Part.objects.get(person=world.student).text == "Ik belde zelf"
    again = browser.post(door, {"version": "0", "text": "Ik belde alleen"})
    assert again.status_code == 409
    assert "Ik belde zelf" in main_of(again)
    assert "Ik belde alleen" in main_of(again)


def test_the_link_of_who_does_not_take_part_shows_no_closed_talk(
    signed_in: SignIn, world: World
) -> None:
    talk = invites(world, TOMORROW, closed=True, about="Over het weekend")
    assert Client().get(door_of(world.teacher, talk)).status_code == 404
    assert Client().get(door_of(world.student, talk)).status_code == 200


def test_answers_and_choices_on_the_page(mentor: Client, signed_in: SignIn, world: World) -> None:
    talk = invites(world, TOMORROW, LATER)
    student = signed_in(world.student)
    assert "Which moments suit you?" in student.get("/").text
    slots = slots_of(talk)
    sent = {"seen": " ".join(str(pk) for pk in slots.values()), "answer": "none", "word": "Ziek"}
    text = student.post(reverse("conversation_answer", args=[talk.pk]), sent, follow=True).text
    assert "Ziek" in text
    assert "no moment suits all of you" in mentor.get(reverse("conversation", args=[talk.pk])).text
    moments = reverse("conversation_moments", args=[talk.pk])
    typed = {"day_1": "2026-12-02", "hour_1": "11:00"}
    refused = mentor.post(moments, {**typed, "seen": "x"}).text
    assert "changed meanwhile" in refused
    assert "Tuesday 24 November" in refused  # what somebody else proposed meanwhile
    again = re.search(r'name="seen" value="([^"]*)"', refused)
    mentor.post(moments, {**typed, "seen": again[1] if again else ""})
    (slot,) = slots_of(talk).values()
    sent = {"seen": str(slot), "suits": str(slot)}
    text = student.post(reverse("conversation_answer", args=[talk.pk]), sent, follow=True).text
    assert "Wednesday 2 December 2026, 11:00" in text
    assert (
        "Wednesday 2 December" in mentor.get(reverse("conversations", args=[world.route.pk])).text
    )


def test_when_the_one_who_proposed_left_the_others_can_still_answer(
    signed_in: SignIn, world: World
) -> None:
    others = [world.student, world.teacher]
    talk = invites(world, TOMORROW, LATER, to=others, kind="three_way")
    people.end_role(
        by=By(world.mentor), route=world.fresh(), part=world.part(world.mentor), now=NOW
    )
    slots = slots_of(talk)
    sent = {"seen": " ".join(str(pk) for pk in slots.values()), "suits": str(slots[LATER])}
    for person in others:
        for address in (reverse("conversation", args=[talk.pk]), door_of(person, talk)):
            assert "Which suit you?" in signed_in(person).get(address).text
        signed_in(person).post(reverse("conversation_answer", args=[talk.pk]), sent)
    assert fresh(talk).starts_at == LATER


def test_nothing_to_do_is_given_to_who_left(signed_in: SignIn, world: World) -> None:
    talk = notes(world)
    people.end_role(
        by=By(world.mentor), route=world.fresh(), part=world.part(world.mentor), now=NOW
    )
    student = signed_in(world.student)
    address = reverse("conversation", args=[talk.pk])
    assert f'value="{world.student.pk}"' in student.get(address).text
    assert f'value="{world.mentor.pk}"' not in student.get(address).text
    sent = {"key": str(uuid7()), "text": "Bellen", "owner": str(world.mentor.pk)}
    response = student.post(reverse("conversation_point_add", args=[talk.pk]), sent)
    assert response.status_code == 422
    assert not Point.objects.exists()


def test_called_off_with_a_word(mentor: Client, world: World) -> None:
    talk = invites(world, TOMORROW)
    address = reverse("conversation_call_off", args=[talk.pk])
    assert "A word for the others" in mentor.get(address).text
    text = mentor.post(address, {"word": "Volgende week"}, follow=True).text
    assert "called this conversation off" in text
    assert "Volgende week" in text


def test_calendar_programs_follow_a_talk_that_moves_and_is_called_off(world: World) -> None:
    outgoing.make_link(
        by=By(world.student), key=uuid7(), name="Telefoon", holds=[Holds.STOPS], now=NOW
    )
    talk = invites(world, TOMORROW, about="Het rooster")

    def fix(who: Person) -> Sent:
        slots = list(slots_of(talk).values())
        inviting.answer(by=By(who), conversation=fresh(talk), suits=slots, seen=slots, now=NOW)
        outgoing.write(world.student, now=NOW)
        return Sent.objects.get(uid=f"talk-{talk.pk}")

    first = fix(world.student)
    assert (first.sequence, first.entry["title"]) == (0, "Het rooster")
    inviting.propose(
        by=By(world.mentor), conversation=fresh(talk), starts=[LATER], seen=[], now=NOW
    )
    second = fix(world.student)
    assert (second.sequence, second.cancelled_at) == (1, None)
    inviting.call_off(by=By(world.mentor), conversation=fresh(talk), word="", now=NOW)
    outgoing.write(world.student, now=NOW)
    last = Sent.objects.get(uid=f"talk-{talk.pk}")
    assert (last.sequence, last.cancelled_at) == (2, NOW)


def test_it_goes_into_ones_own_calendar_from_the_letter_too(
    signed_in: SignIn, world: World
) -> None:
    """As one file, known by the name it has in a calendar that is followed."""
    talk = invites(world, TOMORROW, place="Kantine")
    page, door = reverse("conversation", args=[talk.pk]), door_of(world.student, talk)
    assert "BEGIN:VEVENT" not in Client().get(f"{door}?entry=yes").text
    slots = list(slots_of(talk).values())
    inviting.answer(
        by=By(world.student), conversation=fresh(talk), suits=slots, seen=slots, now=NOW
    )
    student = signed_in(world.student)
    for browser, address in ((student, page), (Client(), door)):
        assert "?entry=yes" in browser.get(address).text
        response = browser.get(f"{address}?entry=yes")
        assert response["Content-Type"].startswith("text/calendar")
        for line in (f"UID:talk-{talk.pk}@tussenstop", "LOCATION:Kantine", "20261124T100000"):
            assert line in response.text
    # Who only reads along has it in no calendar.
    assert "BEGIN:VEVENT" not in signed_in(world.teacher).get(f"{page}?entry=yes").text


def test_a_planned_talk_stands_in_ones_week(mentor: Client, world: World) -> None:
    talk = invites(world, TOMORROW)
    Conversation.objects.filter(pk=talk.pk).update(starts_at=TOMORROW)
    assert f"How-is-it: {world.student.name}" in mentor.get(reverse("calendar")).text
    assert "This week" in mentor.get("/").text


def test_a_word_with_an_answer_that_came_too_late_is_not_lost(
    signed_in: SignIn, client: Client, world: World
) -> None:
    talk = invites(world, TOMORROW, LATER)
    typed = {"answer": "none", "seen": str(uuid7()), "word": "Liever in de namiddag"}
    student = signed_in(world.student)
    for answer in (
        student.post(reverse("conversation_answer", args=[talk.pk]), typed),
        client.post(door_of(world.student, talk), typed),
    ):
        assert answer.status_code == 409
        assert 'value="Liever in de namiddag"' in main_of(answer)
    inviting.call_off(by=By(world.mentor), conversation=fresh(talk), word="", now=NOW)
    gone = client.post(door_of(world.student, talk), typed)
    assert "You wrote: “Liever in de namiddag”" in gone.content.decode()
