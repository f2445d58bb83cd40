"""What was written to somebody, on the page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.messages.letters import asks, at, tells
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core import clock
from tussenstop.messages.models import Notice, Preference
from tussenstop.messages.rules import CHOICES, Kind, Way


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    world.mentor.refresh_from_db()
    Notice.objects.all().delete()
    return signed_in(world.mentor)


def page(client: Client, name: str = "notices") -> str:
    return client.get(reverse(name)).content.decode()


def test_an_empty_page_says_what_will_come(mentor: Client) -> None:
    assert "Nothing was written to you yet" in page(mentor)


def test_a_letter_stands_there_with_the_one_thing_to_do(mentor: Client, world: World) -> None:
    tells(world.mentor)

    assert "Startafspraak" in page(mentor)
    assert "1 not read yet" in page(mentor, "today")

    answer = mentor.post(reverse("notice_open", args=[Notice.objects.get().pk]))

    assert answer["Location"] == reverse("today")
    assert "not read yet" not in page(mentor, "today")


def test_looking_at_the_list_reads_nothing(mentor: Client, world: World) -> None:
    tells(world.mentor)

    page(mentor)

    assert Notice.objects.get().read_at is None


def test_the_letter_itself_can_be_read_there_without_its_address(
    mentor: Client, world: World
) -> None:
    tells(world.mentor)

    found = page(mentor)

    assert "From now on it holds." in found
    assert "http://127.0.0.1:8000/<" not in found


def test_everything_that_was_on_the_screen_is_read_at_once_and_nothing_newer(
    mentor: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    tells(world.mentor)
    newest = Notice.objects.get().pk
    tells(world.mentor, "Nieuwer")

    mentor.post(reverse("notices_read"), {"up_to": str(newest)})

    assert [one.subject for one in Notice.objects.filter(read_at=None)] == [
        Notice.objects.latest("pk").subject
    ]


def test_another_person_has_no_notice_of_mine(
    mentor: Client, signed_in: SignIn, world: World
) -> None:
    tells(world.mentor)
    notice = Notice.objects.get()
    other = signed_in(world.student)

    assert other.post(reverse("notice_open", args=[notice.pk])).status_code == 404
    other.post(reverse("notices_read"), {"up_to": str(notice.pk)})

    assert "Startafspraak" not in page(other)
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_a_long_list_takes_as_many_reads_as_a_short_one(
    mentor: Client, world: World, count: int, django_assert_num_queries: Any
) -> None:
    for _one in range(count):
        tells(world.mentor)

    with django_assert_num_queries(4):  # session, person with the count, the list, does mail arrive
        page(mentor)


def test_the_list_has_pages(mentor: Client, world: World) -> None:
    for number in range(26):
        tells(world.mentor, f"Afspraak {number}")

    assert "Afspraak 0" not in page(mentor)
    assert "Afspraak 0" in mentor.get(reverse("notices"), {"page": 2}).content.decode()


def typed(**more: str) -> dict[str, str]:
    return {
        "version": "0",
        "quiet_from": "20:00",
        "quiet_until": "08:00",
        "quiet_weekend": "on",
        **{kind.value: Way.WEEKLY.value for kind in CHOICES},
        **more,
    }


def test_somebody_chooses_how_and_when(mentor: Client, world: World) -> None:
    url = reverse("notice_preferences")
    assert "Invitations and codes to sign in always come at once." in page(
        mentor, "notice_preferences"
    )

    assert mentor.post(url, typed(asks=Way.AT_ONCE)).status_code == 302

    kept = Preference.objects.get(person=world.mentor)
    assert kept.ways[Kind.ASKS] == Way.AT_ONCE
    assert kept.ways[Kind.HOURS] == Way.WEEKLY
    assert (f"{kept.quiet_from:%H:%M}", kept.quiet_weekend, kept.quiet_busy) == (
        "20:00",
        True,
        False,
    )


def test_one_choice_holds_for_all_kinds(mentor: Client, world: World) -> None:
    url = reverse("notice_preferences")

    mentor.post(url, typed(asks=Way.AT_ONCE, everything=Way.PAGE))

    assert set(Preference.objects.get(person=world.mentor).ways.values()) == {Way.PAGE}
    assert mentor.post(url, typed(everything="never")).status_code == 422


def test_a_day_without_an_open_hour_is_refused_beside_the_field(
    mentor: Client, world: World
) -> None:
    answer = mentor.post(
        reverse("notice_preferences"), typed(quiet_from="08:30", quiet_until="08:00")
    )

    assert answer.status_code == 422
    assert "Leave at least an hour a day" in answer.content.decode()
    assert not Preference.objects.exists()


def test_two_screens_do_not_undo_each_other(mentor: Client, world: World) -> None:
    url = reverse("notice_preferences")
    mentor.post(url, typed(hours=Way.PAGE))

    answer = mentor.post(url, typed(hours=Way.DAILY))

    assert answer.status_code == 422
    assert "You chose something else meanwhile" in answer.content.decode()
    assert Preference.objects.get().ways[Kind.HOURS] == Way.PAGE


def test_a_letter_in_quiet_hours_is_on_the_page_at_once(
    mentor: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor.post(reverse("notice_preferences"), typed(asks=Way.AT_ONCE))
    at(monkeypatch, NOW + timedelta(hours=12))
    asks(world.mentor)

    assert clock.now() > NOW
    assert "1 not read yet" in page(mentor, "today")
