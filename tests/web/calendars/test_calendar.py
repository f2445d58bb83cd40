"""The pages of one's own calendar."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.calendars.models import Commitment, OneDay
from tussenstop.core.ids import uuid7

pytestmark = pytest.mark.django_db

MONDAY = "2026-11-23"


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid7()),
        "kind": "work",
        "title": "De winkel",
        "first_on": MONDAY,
        "starts_at": "09:00",
        "ends_at": "17:00",
        "every_weeks": "1",
        "days": ["1", "3"],
        **changes,
    }


def puts(student: Client, **changes: object) -> Commitment:
    student.post(reverse("calendar_add"), typed(**changes))
    return Commitment.objects.latest("made_at", "pk")


def test_an_empty_calendar_says_how_to_begin(student: Client) -> None:
    text = student.get(reverse("calendar")).text
    assert "Begin with what is fixed" in text
    assert "free" in text


def test_what_is_put_in_is_seen_in_its_week(student: Client) -> None:
    response = student.post(reverse("calendar_add"), typed(), follow=True)
    assert response.redirect_chain[-1][0].endswith(f"?week={MONDAY}")
    assert "De winkel" in response.text
    assert "09:00-17:00" in response.text
    assert "The week above: 16 hours." in response.text
    next_week = student.get(reverse("calendar"), {"week": "2026-11-30"}).text
    assert "De winkel" in next_week


def test_a_mistake_keeps_what_was_typed(student: Client) -> None:
    response = student.post(reverse("calendar_add"), typed(ends_at=""))
    assert response.status_code == 422
    assert "from when until when" in response.text
    assert "De winkel" in response.text


@pytest.mark.parametrize("week", ["", "nonsense", "2026-02-31", "9999-12-31", "0001-01-01"])
def test_an_odd_week_in_the_address_shows_this_week(student: Client, week: str) -> None:
    assert "Week 48" in student.get(reverse("calendar"), {"week": week}).text


def test_a_night_shift_reads_well_on_both_days(student: Client) -> None:
    puts(student, starts_at="22:00", ends_at="06:00", every_weeks="0", days=[])
    text = student.get(reverse("calendar")).text
    assert "22:00-…" in text
    assert "…-06:00" in text


def test_one_day_is_left_out_and_put_back(student: Client) -> None:
    one = puts(student)
    page = reverse("commitment", args=[one.pk]) + f"?day={MONDAY}"
    assert "Not on this day" in student.get(page).text
    url = reverse("commitment_day", args=[one.pk])
    student.post(url, {"day": MONDAY, "to": "out"})
    assert OneDay.objects.get().new_day is None
    assert "As always on this day" in student.get(page).text
    student.post(url, {"day": MONDAY, "to": "back"})
    assert not OneDay.objects.exists()
    assert student.post(url, {"day": "nonsense"}).status_code == 404


def test_one_day_is_moved(student: Client) -> None:
    one = puts(student)
    url = reverse("commitment_move", args=[one.pk, MONDAY])
    assert "09:00" in student.get(url).text
    response = student.post(
        url, {"new_day": "2026-11-27", "starts_at": "12:00", "ends_at": "14:00"}, follow=True
    )
    assert "12:00-14:00" in response.text
    nonsense = reverse("commitment_move", args=[one.pk, "2026-02-31"])
    assert student.get(nonsense).status_code == 404


def test_the_whole_is_changed_and_taken_out(student: Client) -> None:
    one = puts(student)
    url = reverse("commitment", args=[one.pk])
    assert "09:00" in student.get(url).text
    sent = {**typed(title="De bakker"), "version": "1"}
    assert "De bakker" in student.post(url, sent, follow=True).text
    assert student.post(url, sent).status_code == 422
    student.post(reverse("commitment_remove", args=[one.pk]))
    assert not Commitment.objects.exists()


def test_whole_days_are_shown_as_such_and_come_back_in_the_form(student: Client) -> None:
    one = puts(student, starts_at="", ends_at="", last_on="2026-11-25", every_weeks="0", days=[])
    assert student.get(reverse("calendar")).text.count("the whole day") == 3
    assert "2026-11-25" in student.get(reverse("commitment", args=[one.pk])).text


def test_a_limit_marks_the_weeks_that_are_too_full(student: Client) -> None:
    puts(student)
    assert "more than you want" not in student.get(reverse("calendar")).text
    student.post(reverse("calendar_limit"), {"hours": "10"})
    assert "more than you want" in student.get(reverse("calendar")).text
    wrong = student.post(reverse("calendar_limit"), {"hours": "900"})
    assert wrong.status_code == 422
    assert "900" in wrong.text


def test_nobody_finds_what_is_in_anothers_calendar(
    student: Client, signed_in: SignIn, world: World
) -> None:
    one = puts(student)
    for who in (world.mentor, world.teacher, world.coach, world.organisation_coordinator):
        other = signed_in(who)
        assert other.get(reverse("commitment", args=[one.pk])).status_code == 404
        assert "De winkel" not in other.get(reverse("calendar")).text


def test_a_week_costs_the_same_however_much_is_in_it(
    student: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    puts(student)
    student.get(reverse("calendar"))
    with django_assert_num_queries(28):
        student.get(reverse("calendar"))
    for hour in range(3):
        puts(student, starts_at=f"1{hour}:00", ends_at="20:00")
    assert Commitment.objects.count() == 4
    with django_assert_num_queries(28):
        student.get(reverse("calendar"))


def test_the_clock_of_the_page_is_the_clock_of_the_installation(student: Client) -> None:
    puts(student, first_on="2026-03-23", starts_at="09:00", ends_at="10:00")
    assert "09:00-10:00" in student.get(reverse("calendar"), {"week": "2026-03-30"}).text
