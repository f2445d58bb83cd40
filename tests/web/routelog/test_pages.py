"""The log of a route on the page, and behind a link from a mail."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.routelog.test_log import writes
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.core.models import OutgoingMail
from tussenstop.messages.models import Notice
from tussenstop.messages.rules import Kind
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.routelog import actions
from tussenstop.routelog.models import Reader, Word


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def url(world: World) -> str:
    return reverse("route_log", args=[world.route.pk])


def read(client: Client, world: World) -> str:
    return client.get(url(world)).content.decode()


def test_an_empty_log_says_what_fits_there(mentor: Client, world: World) -> None:
    assert "it fits here" in read(mentor, world)
    assert (
        reverse("route_log", args=[world.route.pk])
        in mentor.get(reverse("route", args=[world.route.pk])).content.decode()
    )


def test_a_word_is_new_until_one_has_seen_it(mentor: Client, world: World) -> None:
    writes(world, world.student, "Morgen een uur later")

    first, second = read(mentor, world), read(mentor, world)

    assert "Morgen een uur later" in first
    assert '<span class="tag tag-good">new</span>' in first
    assert '<span class="tag tag-good">new</span>' not in second


def test_what_one_wrote_oneself_is_not_new(mentor: Client, world: World) -> None:
    writes(world, world.mentor)

    assert '<span class="tag tag-good">new</span>' not in read(mentor, world)


def test_nobody_sees_how_far_another_read(mentor: Client, world: World) -> None:
    writes(world, world.mentor)
    before = read(mentor, world)
    actions.saw(by=By(world.student), route=world.fresh(), now=NOW)

    without_key = [line for line in before.splitlines() if "key" not in line and "csrf" not in line]
    after = [
        line
        for line in read(mentor, world).splitlines()
        if "key" not in line and "csrf" not in line
    ]
    assert after == without_key


def test_somebody_picks_from_the_list_who_is_meant(mentor: Client, world: World) -> None:
    found = read(mentor, world)
    assert "@Sara Student" in found
    assert "@Mo Mentor" not in found
    assert "@Marleen Meter" not in found

    mentor.post(
        url(world),
        {"key": str(uuid7()), "text": "Goed gedaan", "mentions": [str(world.student.pk)]},
    )

    assert Word.objects.get().mentions.get().person == world.student
    assert "@Sara" in read(mentor, world)


def test_what_is_too_long_stays_in_the_form(mentor: Client, world: World) -> None:
    answer = mentor.post(url(world), {"key": str(uuid7()), "text": "lang " * 300})

    assert answer.status_code == 422
    assert "lang lang" in answer.content.decode()
    assert not Word.objects.exists()


def test_ones_own_word_has_a_way_back_and_anothers_has_none(mentor: Client, world: World) -> None:
    own, other = writes(world, world.mentor), writes(world, world.student)
    found = read(mentor, world)

    assert reverse("route_log_take_back", args=[own.pk]) in found
    assert reverse("route_log_take_back", args=[other.pk]) not in found

    mentor.post(reverse("route_log_take_back", args=[own.pk]))
    assert list(Word.objects.filter(taken_back_at=None)) == [other]


@pytest.mark.parametrize("count", [1, 3])
def test_a_long_log_takes_as_many_reads_as_a_short_one(
    mentor: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        writes(world, world.student, f"Iets {number}", to=(world.mentor, world.teacher))
    read(mentor, world)

    with django_assert_num_queries(22):
        read(mentor, world)


def test_a_log_has_pages(mentor: Client, world: World) -> None:
    for number in range(26):
        writes(world, world.student, f"Woord nummer {number}.")

    assert "Woord nummer 0." not in read(mentor, world)
    assert "Woord nummer 0." in mentor.get(url(world), {"page": 2}).content.decode()


def test_one_answers_from_the_mail_without_signing_in(world: World, on_that_day: None) -> None:
    OutgoingMail.objects.all().delete()
    writes(world, world.student, "Wat vind je ervan?", to=(world.mentor,))
    mail = OutgoingMail.objects.get(to=world.mentor.email)
    link = next(line for line in mail.text.splitlines() if "/d/" in line)
    phone, link = ReadingClient(), link.removeprefix(settings.BASE_URL)

    for _scanner in range(2):
        assert "Wat vind je ervan?" in phone.get(link).content.decode()
    assert not Reader.objects.filter(person=world.mentor).exclude(read_at=None).exists()

    data = {"key": str(uuid7()), "text": "Een goed idee"}
    for _tap in range(2):
        assert phone.post(link, data).status_code == 302

    answer = Word.objects.get(author=world.mentor)
    assert answer.text == "Een goed idee"
    assert "_auth_user_id" not in phone.session


def test_who_no_longer_takes_part_reads_nothing_by_an_old_link(
    world: World, on_that_day: None
) -> None:
    OutgoingMail.objects.all().delete()
    writes(world, world.student, "Voor wie meereist", to=(world.mentor,))
    mail = OutgoingMail.objects.get(to=world.mentor.email)
    link = next(line for line in mail.text.splitlines() if "/d/" in line)
    part = world.part(world.mentor)
    type(part).objects.filter(pk=part.pk).update(ended_at=NOW)

    answer = ReadingClient().get(link.removeprefix(settings.BASE_URL))

    assert answer.status_code == 404
    assert "Voor wie meereist" not in answer.content.decode()


def the_door(person: Person) -> str:
    """Where the newest mail to somebody leads."""
    return Notice.objects.filter(person=person).order_by("-pk")[0].url


def new_words(person: Person) -> int:
    return Notice.objects.filter(person=person, kind=Kind.LOG).count()


def test_who_reads_behind_the_link_says_so_with_a_tap_and_hears_of_the_next_word(
    world: World, on_that_day: None
) -> None:
    writes(world, world.student, now=NOW - timedelta(minutes=2))
    before, door = new_words(world.mentor), the_door(world.mentor)
    reader = ReadingClient()
    reader.get(door)  # a scanner does so too: it says nothing
    writes(world, world.student, now=NOW - timedelta(minutes=1))
    assert new_words(world.mentor) == before

    reader.post(door, {"read": "1"})
    assert 'name="read"' not in reader.get(door).content.decode()
    writes(world, world.student, now=NOW + timedelta(minutes=1))

    assert new_words(world.mentor) == before + 1
    assert Word.objects.filter(author=world.mentor).count() == 0


def test_what_was_read_in_the_log_is_no_news_any_more(mentor: Client, world: World) -> None:
    writes(world, world.student)
    writes(world, world.student, to=(world.mentor,))
    mine = Notice.objects.filter(person=world.mentor, url=the_door(world.mentor))
    others = Notice.objects.filter(read_at=None).exclude(pk__in=mine).count()
    assert mine.filter(read_at=None).count() == 2

    read(mentor, world)

    assert not mine.filter(read_at=None).exists()
    assert Notice.objects.filter(read_at=None).count() == others
