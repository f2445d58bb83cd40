"""The pages that bring much into a calendar at once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.calendars.incoming.test_reading import calendar_of
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.calendars.incoming import actions
from tussenstop.calendars.incoming.fetching import Fetched
from tussenstop.calendars.incoming.rules import Trouble
from tussenstop.calendars.models import Commitment, Feed
from tussenstop.core.ids import uuid7

pytestmark = pytest.mark.django_db

LESSON = "UID:1\nDTSTART:20261124T090000\nDTEND:20261124T113000\nSUMMARY:Wiskunde"
BROKEN = "UID:2\nDTSTART:nonsense"


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def address(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid7()),
        "address": "webcal://school.example/secret-4711.ics",
        "name": "Uurrooster",
        "kind": "lesson",
        **changes,
    }


def upload(*events: str, content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        "rooster.ics", calendar_of(*events) if content is None else content, "text/calendar"
    )


def sends_file(student: Client, *events: str, content: bytes | None = None) -> Any:
    typed = {"key": str(uuid7()), "name": "De winkel", "kind": "work"}
    return student.post(
        reverse("calendar_file"), {**typed, "file": upload(*events, content=content)}, follow=True
    )


def test_without_calendars_the_page_says_what_they_are_for(student: Client) -> None:
    text = student.get(reverse("calendar_feeds")).text
    assert "you type nothing twice" in text
    assert "Read an address" in text


def test_an_address_is_read_by_itself_and_stays_a_secret(
    student: Client, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_side(_address: str, **_known: str) -> Fetched:
        return Fetched(calendar_of(LESSON, BROKEN))

    monkeypatch.setattr(actions.refresh, "__kwdefaults__", {"fetch": other_side})
    with django_capture_on_commit_callbacks(execute=True):
        response = student.post(reverse("calendar_follow"), address(), follow=True)
    feed = Feed.objects.get()
    assert feed.address == "https://school.example/secret-4711.ics"
    assert "secret-4711" not in response.text
    assert "From school.example." in response.text
    actions.refresh(feed.pk, now=NOW, fetch=other_side)
    text = student.get(reverse("calendar_feed", args=[feed.pk])).text
    assert "1 moment." in text
    assert "1 entry could not be read." in text
    week = student.get(reverse("calendar"), {"week": "2026-11-23"}).text
    assert "Wiskunde" in week
    assert "09:00-11:30" in week
    assert reverse("calendar_feed", args=[feed.pk]) in week


def test_a_wrong_address_keeps_what_was_typed(student: Client) -> None:
    response = student.post(reverse("calendar_follow"), address(address="http://10.0.0.1:81/"))
    assert response.status_code == 422
    assert "This is not an address that we can read" in response.text
    assert "http://10.0.0.1:81/" in response.text
    assert "Uurrooster" in response.text


def test_what_went_wrong_is_told_to_the_owner(student: Client, world: World) -> None:
    student.post(reverse("calendar_follow"), address())
    Feed.objects.update(
        trouble=Trouble.PASSWORD, failures=3, tried_at=NOW, made_at=NOW.replace(day=1)
    )
    assert "asks for a password" in student.get(reverse("calendar_feeds")).text
    assert "could not be read for a week" in student.get(reverse("calendar")).text


def test_a_file_is_read_at_once_and_a_newer_one_takes_its_place(student: Client) -> None:
    response = sends_file(student, LESSON)
    assert "1 moment." in response.text
    feed = Feed.objects.get()
    url = reverse("calendar_feed_file", args=[feed.pk])
    newer = "UID:7\nDTSTART:20261125T140000\nDTEND:20261125T160000\nSUMMARY:Late shift"
    assert student.post(url, {"file": upload(newer)}).status_code == 302
    week = student.get(reverse("calendar"), {"week": "2026-11-23"}).text
    assert "Late shift" in week
    assert "Wiskunde" not in week
    assert student.post(url, {"file": upload(content=b"<html>")}).status_code == 422
    assert student.post(url, {}).status_code == 422


@pytest.mark.parametrize("content", [b"", b"<html>", b"PK\x03\x04"])
def test_a_file_that_is_no_calendar_is_explained(student: Client, content: bytes) -> None:
    response = sends_file(student, content=content)
    assert response.status_code == 422
    assert not Feed.objects.exists()
    assert "De winkel" in response.text


def test_it_is_called_otherwise_and_let_go_of(student: Client) -> None:
    sends_file(student, LESSON)
    feed = Feed.objects.get()
    page = reverse("calendar_feed", args=[feed.pk])
    typed = {"name": "De bakker", "kind": "care", "version": "1"}
    assert "De bakker" in student.post(page, typed, follow=True).text
    assert student.post(page, {**typed, "name": "Oud"}).status_code == 422
    student.post(reverse("calendar_feed_remove", args=[feed.pk]))
    assert not Feed.objects.exists()
    assert "Wiskunde" not in student.get(reverse("calendar")).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    student: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _n in range(count):
        sends_file(student, LESSON)
    student.get(reverse("calendar_feeds"))
    with django_assert_num_queries(3):
        student.get(reverse("calendar_feeds"))


def test_a_week_is_typed_as_one_writes_it_down(student: Client) -> None:
    page = reverse("calendar_type_week")
    assert "every week the same" in student.get(page).text
    typed = {
        "key": str(uuid7()),
        "kind": "work",
        "first_on": "2026-11-23",
        "w0d0": "9-12:30 13-17",
        "w0d1": "22-6",
    }
    text = student.post(page, typed, follow=True).text
    assert "3 entries stand in your calendar." in text
    assert "13:00-17:00" in text
    assert Commitment.objects.count() == 3


def test_two_weeks_take_turns(student: Client) -> None:
    page = reverse("calendar_type_week") + "?weeks=2"
    text = student.get(page).text
    assert "First week" in text
    assert "Second week" in text
    typed = {"key": str(uuid7()), "kind": "work", "first_on": "2026-11-23"}
    student.post(page, {**typed, "w0d0": "6-14", "w1d0": "14-22"})
    assert "06:00-14:00" in student.get(reverse("calendar"), {"week": "2026-12-07"}).text
    assert "14:00-22:00" in student.get(reverse("calendar"), {"week": "2026-12-14"}).text


def test_hours_that_make_no_sense_stay_on_the_screen(student: Client) -> None:
    typed = {
        "key": str(uuid7()),
        "kind": "work",
        "first_on": "2026-11-23",
        "w0d3": "negen tot vijf",
    }
    response = student.post(reverse("calendar_type_week"), typed)
    assert response.status_code == 422
    assert "We don&#x27;t understand “negen tot vijf”" in response.text
    empty = {"key": str(uuid7()), "kind": "work", "first_on": "2026-11-23"}
    response = student.post(reverse("calendar_type_week"), empty)
    assert "Type the hours of one day at least." in response.text
