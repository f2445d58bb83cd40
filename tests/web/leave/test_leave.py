"""The pages of training leave, as a student meets them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.contracts.access_leave import takes, tells
from tests.policies.test_own_values import sets
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.core.ids import uuid7
from tussenstop.leave.models import Credit, Leave, Taken
from tussenstop.policies.rules import Code

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


def test_time_credit_is_counted_and_told(student: Client, world: World) -> None:
    student.post(reverse("leave_facts", args=[world.route.pk, 2026]), typed())
    page = reverse("leave", args=[world.route.pk])
    assert "36 of 36 months left in your whole career" in student.get(page).text
    url = reverse("leave_credit", args=[world.route.pk])
    sent = {"key": str(uuid7()), "starts_on": "2020-09-01", "months": "tien"}
    answer = student.post(url, sent)
    assert answer.status_code == 422
    assert "whole number" in answer.text
    assert "tien" in answer.text
    assert "from 1 to 60 months" in student.post(url, {**sent, "months": "0"}).text
    text = student.post(url, {**sent, "months": "40"}, follow=True).text
    assert "-4 of 36 months left" in text
    assert "more than the rules give" in text
    row = Credit.objects.get()
    url = reverse("leave_credit_back", args=[world.route.pk, row.pk])
    assert "36 of 36" in student.post(url, follow=True).text
    assert student.post(url).status_code == 404


def test_every_rule_is_shown_with_its_source_or_whose_own_it_is(
    student: Client, world: World
) -> None:
    student.post(reverse("leave_facts", args=[world.route.pk, 2026]), typed())
    page = reverse("leave", args=[world.route.pk])
    text = student.get(page).text
    assert "goes with the school year: <strong>31 October</strong>" in text
    assert "CAO nr. 103" in text
    assert "Uitstel dit jaar" not in text
    sets(
        world,
        code=Code.LEAVE_BY,
        number=Decimal(75),
        valid_from=date(2026, 9, 1),
        why="Uitstel dit jaar",
    )
    text = student.get(page).text
    assert "15 November 2026" in text
    assert "Uitstel dit jaar (built in: 31 October)" in text


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
    for year in (2019, 2021, 2023):
        stretch = {"key": str(uuid7()), "starts_on": f"{year}-09-01", "months": "3"}
        student.post(reverse("leave_credit", args=[world.route.pk]), stretch)
    with django_assert_num_queries(14):
        text = student.get(page).text
    assert "page=2" in text
