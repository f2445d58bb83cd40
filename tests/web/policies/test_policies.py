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
