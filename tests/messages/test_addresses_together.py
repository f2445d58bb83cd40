"""Two people who prove one address at the same moment, and one person who taps twice."""

import pytest
from allauth.account.models import EmailAddress

from tests.factories import PersonFactory
from tests.together import a_database_for_threads, together
from tests.worlds import NOW
from tussenstop.core.models import AuditEntry, OutgoingMail
from tussenstop.messages import addresses
from tussenstop.people.acting import By
from tussenstop.people.actions import AddressTaken, ask_for_address
from tussenstop.people.models import Person

__all__ = ["a_database_for_threads"]
pytestmark = [
    pytest.mark.usefixtures("a_database_for_threads"),
    pytest.mark.django_db(transaction=True),
]
FAMILY = "familie@example.org"


def asked(person: Person) -> str:
    """The code that came."""
    ask_for_address(by=By(person), email=FAMILY, now=NOW)
    return OutgoingMail.objects.filter(to=FAMILY).order_by("-pk")[0].subject.split()[0]


def confirm(person: Person, code: str) -> str:
    return addresses.confirm(by=By(person), code=code, email=FAMILY, now=NOW)


def test_one_of_two_gets_it_and_the_other_reads_why_not() -> None:
    an, bo = PersonFactory(email="an@example.org"), PersonFactory(email="bo@example.org")
    codes = asked(an), asked(bo)

    answers = together(lambda: confirm(an, codes[0]), lambda: confirm(bo, codes[1]))

    refused = [one for one in answers if isinstance(one, AddressTaken)]
    assert len(refused) == 1
    assert "in use here by now" in str(refused[0].text)
    assert FAMILY in answers
    emails = set(Person.objects.values_list("email", flat=True))
    assert emails in ({FAMILY, "an@example.org"}, {FAMILY, "bo@example.org"})
    assert EmailAddress.objects.get(email=FAMILY).user.email == FAMILY


def test_two_taps_at_once_change_it_once() -> None:
    an = PersonFactory(email="an@example.org")
    code = asked(an)

    answers = together(lambda: confirm(an, code), lambda: confirm(an, code))

    assert answers == [FAMILY, FAMILY]
    assert AuditEntry.objects.filter(code="person.address_changed").count() == 1
