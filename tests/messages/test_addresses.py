"""An address put right by whoever looks after the installation."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories import PersonFactory
from tests.worlds import NOW
from tussenstop.core.errors import NotFound
from tussenstop.core.models import AuditEntry
from tussenstop.messages import addresses
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo() -> Person:
    person = PersonFactory(name="Mo Mentor", email="mo@example.org")
    person.set_password("een lang wachtwoord")
    person.save()
    return person


def test_only_a_code_to_the_new_address_signs_in_from_then_on(mo: Person) -> None:
    thief = Client()
    thief.force_login(mo)
    Authenticator.objects.create(user=mo, type="totp", data={})

    addresses.put_right(email="MO@example.org", to="Mo.Thuis@example.org", now=NOW)

    found = Person.objects.get(pk=mo.pk)
    assert found.email == "mo.thuis@example.org"
    assert not found.has_usable_password()
    assert not Authenticator.objects.exists()
    assert thief.get("/").status_code == 302
    assert AuditEntry.objects.get(code="person.address_changed").means == "system"


def test_the_address_of_another_is_refused_and_nothing_changes(mo: Person) -> None:
    PersonFactory(name="Tine Docent", email="tine@example.org")

    with pytest.raises(addresses.Theirs, match="Tine Docent"):
        addresses.put_right(email=mo.email, to="tine@example.org", now=NOW)

    assert Person.objects.get(pk=mo.pk).has_usable_password()


def test_a_stranger_is_not_known(mo: Person) -> None:
    with pytest.raises(NotFound):
        addresses.put_right(email="who@example.org", to="new@example.org", now=NOW)
