"""The page with one's links."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.calendars.models import Link
from tussenstop.core.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def test_a_link_is_made_shown_and_revoked(student: Client) -> None:
    page = reverse("calendar_links")
    assert "A new link" in student.get(page).text
    typed = {"key": str(uuid7()), "name": "My phone", "holds": ["stops", "own"]}
    text = student.post(reverse("calendar_link_add"), typed, follow=True).text
    link = Link.objects.get()
    assert "My phone" in text
    assert f"/calendar/feed/{link.pk.hex}." in text
    assert "webcal://" in text
    assert link.pk.hex not in student.get(reverse("calendar")).text
    text = student.post(reverse("calendar_link_revoke", args=[link.pk]), follow=True).text
    assert "Nobody reads anything there any more" in text
    assert "My phone" not in text


def test_a_link_that_holds_nothing_is_not_made(student: Client) -> None:
    response = student.post(reverse("calendar_link_add"), {"key": str(uuid7()), "name": "My phone"})
    assert response.status_code == 422
    assert "My phone" in response.text
    assert not Link.objects.exists()
