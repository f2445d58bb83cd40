"""Sixteen weeks at once, as a student looks at them in September."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.web.calendars.test_calendar import puts
from tests.web.conftest import SignIn
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def test_every_day_tells_its_hours_and_a_heavy_week_is_marked(student: Client) -> None:
    assert "you see here how full they get" in student.get(reverse("calendar_term")).text
    puts(student, every_weeks="1", days=["1", "3"])
    puts(student, kind="exam", every_weeks="0", days=[], first_on="2026-12-08", title="Statistiek")
    student.post(reverse("calendar_limit"), {"hours": "12"})
    text = student.get(reverse("calendar_term")).text
    assert text.count("<tr>") == 17
    assert text.count(">heavy<") == 16
    assert text.count('title="exam"') == 1
    assert "Christmas holiday" in text
    assert "De winkel" not in text
    later = student.get(reverse("calendar_term"), {"from": "2027-06-01"}).text
    assert "summer holiday" in later
    assert student.get(reverse("calendar_term"), {"from": "nonsense"}).status_code == 200


def test_a_term_costs_the_same_however_much_is_in_it(
    student: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    puts(student)
    student.get(reverse("calendar_term"))
    with django_assert_num_queries(12):
        student.get(reverse("calendar_term"))
    for _many in range(6):
        puts(student)
    with django_assert_num_queries(12):
        student.get(reverse("calendar_term"))
