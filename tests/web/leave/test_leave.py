"""The pages of training leave, as a student meets them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.access_leave import takes, tells
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.core.ids import uuid7
from tussenstop.leave.models import Leave, Taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def typed(**changes: str) -> dict[str, Any]:
    return {**tells(None, ""), **changes}


def test_a_student_reckons_leave_and_writes_it_down(student: Client, world: World) -> None:
    first = student.get(reverse("leave", args=[world.route.pk]), follow=True)
    assert "Training leave 2026-2027" in first.text
    form = reverse("leave_facts", args=[world.route.pk, 2026])
    wrong = student.post(form, typed(ends_on="2026-01-01"))
    assert wrong.status_code == 422
    assert "30.5" in wrong.text
    text = student.post(form, typed(), follow=True).text
    assert "100 of 100 hours left" in text
    assert "31 October 2026" in text
    leave = Leave.objects.get()
    url = reverse("leave_take", args=[leave.pk])
    text = student.post(url, takes(None, ""), follow=True).text
    assert "96 of 100 hours left" in text
    early = {"key": str(uuid7()), "day": "2026-09-02", "hours": "1.5", "what": "study"}
    assert "outside the days of the programme" in student.post(url, early, follow=True).text
    pdf = student.get(reverse("leave_pdf", args=[leave.pk]))
    assert pdf.content.startswith(b"%PDF")
    row = Taken.objects.latest("pk")
    text = student.post(reverse("leave_take_back", args=[row.pk]), follow=True).text
    assert "outside the days" not in text
    given = reverse("leave_given", args=[leave.pk])
    assert "done on" in student.post(given, {"step": "attest"}, follow=True).text
    assert "done on" not in student.post(given, {"step": "attest", "to": "back"}, follow=True).text


def test_without_a_right_it_is_told_why(student: Client, world: World) -> None:
    form = reverse("leave_facts", args=[world.route.pk, 2026])
    text = student.post(form, typed(percent="60", region="brussels"), follow=True).text
    assert "You work less than 80 percent of full time." in text
    assert "another region decides" in text
    assert "hours left" not in text


def test_the_next_year_begins_with_the_job_of_the_year_before(
    student: Client, world: World
) -> None:
    student.post(reverse("leave_facts", args=[world.route.pk, 2026]), typed())
    page = student.get(reverse("leave", args=[world.route.pk]), {"year": "2027"}).text
    assert "Nothing was reckoned yet" in page
    assert "30.5" in student.get(reverse("leave_facts", args=[world.route.pk, 2027])).text
    assert student.get(reverse("leave_facts", args=[world.route.pk, 1999])).status_code == 404


def test_a_page_of_leave_costs_the_same_however_much_is_taken(
    student: Client, world: World, django_assert_num_queries: Any
) -> None:
    student.post(reverse("leave_facts", args=[world.route.pk, 2026]), typed())
    leave = Leave.objects.get()
    page = reverse("leave", args=[world.route.pk])
    student.get(page)
    for _many in range(30):
        student.post(reverse("leave_take", args=[leave.pk]), takes(None, ""))
    with django_assert_num_queries(13):
        text = student.get(page).text
    assert "page=2" in text
