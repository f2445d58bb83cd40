"""The page with the rules of time of an institution."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.policies.test_own_values import week
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.core.ids import uuid7
from tussenstop.policies.models import OwnValue
from tussenstop.policies.rules import Code

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.programme_coordinator)


def test_the_page_tells_values_and_sources_and_changes_them(
    coordinator: Client, world: World
) -> None:
    page = reverse("policies", args=[world.institution.pk])
    text = coordinator.get(page).text
    assert "Most hours of work in a week" in text
    assert "Arbeidswet 16 maart 1971, art. 38ter" in text
    one = reverse("policy", args=[world.institution.pk, Code.WEEK])
    typed = {
        "key": str(uuid7()),
        "seen": "",
        "number": "38",
        "valid_from": "2026-11-23",
        "why": "CAO van de sector",
    }
    text = coordinator.post(one, typed, follow=True).text
    assert "CAO van de sector" in text
    assert "built in: 40" in text
    assert coordinator.post(one, {**typed, "key": str(uuid7()), "number": "36"}).status_code == 422
    assert "Own values until now" in coordinator.get(one).text
    url = reverse("policy_withdraw", args=[world.institution.pk, Code.WEEK])
    coordinator.post(url, {"seen": "nonsense"})
    assert week(world).number == 38
    coordinator.post(url, {"seen": str(OwnValue.objects.get().pk)})
    assert week(world).number == 40
    nothing = reverse("policy", args=[world.institution.pk, "no-such-rule"])
    assert coordinator.get(nothing).status_code == 404


def test_an_own_last_day_is_typed_as_a_day(coordinator: Client, world: World) -> None:
    one = reverse("policy", args=[world.institution.pk, Code.LEAVE_BY])
    assert "Built in: 31 October." in coordinator.get(one).text
    typed = {
        "key": str(uuid7()),
        "seen": "",
        "number": "15/11",
        "valid_from": "2026-09-01",
        "why": "Uitstel dit jaar",
    }
    for wrong, sentence in (
        ("november", "Write the day and the month"),
        ("31/11", "There is no 31/11 in the calendar."),
        ("1/5", "Choose a day from 1 September until 28 February."),
        ("", "Please fill this in."),
    ):
        answer = coordinator.post(one, {**typed, "number": wrong})
        assert answer.status_code == 422
        assert sentence in answer.text
        assert "Uitstel dit jaar" in answer.text
    text = coordinator.post(one, typed, follow=True).text
    assert "15 November" in text
    assert "built in: 31 October" in text
    assert 'value="15/11"' in coordinator.get(one).text


def test_a_school_makes_the_list_of_holidays_its_own(coordinator: Client, world: World) -> None:
    year = [world.institution.pk, 2026]
    page = reverse("holidays", args=year)
    text = coordinator.get(page).text
    assert "2 November 2026 – 8 November 2026" in text
    assert "As in compulsory education" in text
    typed = {
        "key": str(uuid7()),
        "name": "Lesvrije week",
        "first_on": "2027-02-01",
        "last_on": "2027-01-05",
    }
    add = reverse("holiday_add", args=year)
    answer = coordinator.post(add, typed)
    assert answer.status_code == 422
    assert "Lesvrije week" in answer.text
    text = coordinator.post(add, {**typed, "last_on": "2027-02-05"}, follow=True).text
    assert "1 February 2027 – 5 February 2027" in text
    assert "own list" in text
    taken = reverse("holiday_remove", args=[world.institution.pk, typed["key"]])
    text = coordinator.post(taken, follow=True).text
    assert "Lesvrije week" not in text
    assert coordinator.post(taken).status_code == 404
    text = coordinator.post(reverse("holidays_usual", args=year), follow=True).text
    assert "As in compulsory education" in text
    text = coordinator.post(reverse("holidays_own", args=year), follow=True).text
    assert "This list is yours now" in text
    assert (
        coordinator.get(reverse("holidays", args=[world.institution.pk, 1066])).status_code == 404
    )


def test_a_student_sees_holidays_in_the_week(signed_in: SignIn, world: World) -> None:
    student = signed_in(world.student)
    text = student.get(reverse("calendar"), {"week": "2026-11-11"}).text
    assert "public holiday" in text
    assert "Autumn holiday" not in text
    text = student.get(reverse("calendar"), {"week": "2026-11-02"}).text
    assert "Autumn holiday" in text
    assert "public holiday" not in text
