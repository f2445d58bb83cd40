"""An address that was written wrong is corrected by who invited; after that it is its owner's."""

import pytest
from django.urls import reverse

from tests.factories import MembershipFactory, PersonFactory
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core import mail_addresses
from tussenstop.core.models import OutgoingMail
from tussenstop.messages.models import Notice
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role

TYPO, RIGHT = "fati@exmaple.org", "fati@example.org"


@pytest.fixture
def invited(world: World) -> Membership:
    person = PersonFactory(name="Fatima Ben Salah", email=TYPO, last_login=None)
    return MembershipFactory(person=person, role=Role.MENTOR, organisation=world.organisation)


def url(membership: Membership) -> str:
    return reverse("role_address", args=[membership.pk])


def test_the_hint_about_returned_mail_leads_to_where_it_is_put_right(
    world: World, invited: Membership, signed_in: SignIn
) -> None:
    mail_addresses.nobody_there(TYPO, "5.1.1 unknown user", NOW)

    told = Notice.objects.filter(person=world.organisation_coordinator).order_by("-pk")[0]
    assert told.url == url(invited)
    text = signed_in(world.organisation_coordinator).get(told.url).content.decode()
    assert "does not arrive at this address" in text


def test_who_never_came_is_invited_anew_at_the_right_address(
    world: World, invited: Membership, signed_in: SignIn
) -> None:
    mail_addresses.nobody_there(TYPO, "5.1.1 unknown user", NOW)
    browser = signed_in(world.organisation_coordinator)

    for _tap in range(2):
        browser.post(url(invited), {"email": RIGHT.upper()})

    assert Person.objects.get(pk=invited.person_id).email == RIGHT
    (invitation,) = OutgoingMail.objects.filter(to=RIGHT)
    assert f"({RIGHT})" in invitation.text
    assert not OutgoingMail.objects.filter(to=TYPO).exists()  # a stranger may read there
    assert mail_addresses.unreachable() == 0


@pytest.mark.parametrize("came", ["signed in", "said yes by a link"])
def test_who_was_here_keeps_their_address(
    world: World, invited: Membership, signed_in: SignIn, came: str
) -> None:
    if came == "signed in":
        Person.objects.filter(pk=invited.person_id).update(last_login=NOW)
    else:
        invited = world.mentor.memberships.get()
        Person.objects.filter(pk=world.mentor.pk).update(last_login=None)
    before = Person.objects.get(pk=invited.person_id).email
    browser = signed_in(world.organisation_coordinator)

    text = browser.post(url(invited), {"email": RIGHT}).content.decode()

    assert "only they can change their address" in text
    assert reverse("account_email") in text  # where they do so, to pass on
    assert Person.objects.get(pk=invited.person_id).email == before


def test_the_address_of_another_is_refused(
    world: World, invited: Membership, signed_in: SignIn
) -> None:
    browser = signed_in(world.organisation_coordinator)

    text = browser.post(url(invited), {"email": world.teacher.email}).content.decode()

    assert f"is the address of {world.teacher.name}" in text
    assert Person.objects.get(pk=invited.person_id).email == TYPO


def test_only_who_looks_after_the_roles_there_corrects_it(
    world: World, invited: Membership, signed_in: SignIn
) -> None:
    for other in (world.other_organisation_coordinator, world.programme_coordinator, world.mentor):
        signed_in(other).post(url(invited), {"email": RIGHT})

    assert Person.objects.get(pk=invited.person_id).email == TYPO


def test_when_the_role_is_over_so_is_the_page(
    world: World, invited: Membership, signed_in: SignIn
) -> None:
    Membership.objects.filter(pk=invited.pk).update(until=NOW)

    answer = signed_in(world.organisation_coordinator).post(url(invited), {"email": RIGHT})

    assert answer.status_code == 404
    assert Person.objects.get(pk=invited.person_id).email == TYPO


def test_where_somebody_was_before_their_address_of_now_is_not_read(
    world: World, invited: Membership, signed_in: SignIn
) -> None:
    browser = signed_in(world.organisation_coordinator)
    people = reverse("organisation_people", args=[world.organisation.pk])
    assert TYPO in browser.get(people).content.decode()
    Membership.objects.filter(pk=invited.pk).update(until=NOW)

    text = browser.get(people, {"past": "1"}).content.decode()

    assert "Fatima Ben Salah" in text
    assert TYPO not in text
