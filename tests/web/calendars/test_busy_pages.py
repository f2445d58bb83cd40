"""The page with when a student is not available."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.calendars.test_calendar import MONDAY, puts
from tests.web.conftest import SignIn
from tests.worlds import World

pytestmark = pytest.mark.django_db


def test_a_mentor_reads_hours_until_the_student_closes_it(signed_in: SignIn, world: World) -> None:
    student: Client = signed_in(world.student)
    puts(student)
    page = reverse("busy", args=[world.route.pk])
    mentor = signed_in(world.mentor)
    text = mentor.get(page, {"week": MONDAY}).text
    assert "not available: 09:00-17:00" in text
    assert "De winkel" not in text
    assert "So your mentor sees it" in signed_in(world.student).get(page).text
    share = reverse("busy_share", args=[world.route.pk])
    kept = signed_in(world.student).post(share, {"teacher": "on"}, follow=True).text
    assert 'name="mentor" checked' not in kept
    text = signed_in(world.mentor).get(page, {"week": MONDAY}).text
    assert "keeps this private" in text
    assert "09:00" not in text
    text = signed_in(world.teacher).get(page, {"week": MONDAY}).text
    assert "09:00-17:00" in text
