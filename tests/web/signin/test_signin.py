"""Coming in: a code by mail, a password, a demo person; and what keeps others out."""

import re

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.factories import PersonFactory
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def mo() -> Person:
    return PersonFactory(name="Mo Mentor", email="mo@example.org", language="en")


def ask_for_a_code(client: Client, email: str) -> str:
    """Where one lands after asking."""
    return client.post(reverse("account_request_login_code"), {"email": email})["Location"]


def code_in(mail: EmailMessage) -> str:
    return mail.subject.split()[0]


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_a_code_by_mail_signs_in(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_a_code(client, "mo@example.org")
    code = code_in(mailoutbox[-1])
    assert mailoutbox[-1].to == ["mo@example.org"]

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert is_in(client)


def test_the_case_of_the_address_does_not_matter(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_a_code(client, "MO@Example.org")

    client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})

    assert is_in(client)


def test_the_link_in_the_mail_fills_the_code_in_and_signs_nobody_in_by_itself(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_a_code(client, "mo@example.org")
    found = re.search(r"https?://[^/]+(/sign-in/\S+)", mailoutbox[-1].body)
    assert found
    code = code_in(mailoutbox[-1])

    page = client.get(found.group(1)).content.decode()

    assert f'value="{code}"' in page
    assert not is_in(client)
    assert "value=" not in ReadingClient().get(found.group(1)).content.decode()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert is_in(client)


def test_a_wrong_code_is_refused_and_after_five_the_code_is_gone(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_a_code(client, "mo@example.org")
    code = code_in(mailoutbox[-1])

    for _try in range(5):
        client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert not is_in(client)


def test_a_code_works_only_in_the_browser_that_asked_for_it(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_a_code(client, "mo@example.org")
    thief = ReadingClient()

    thief.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})

    assert not is_in(thief)


def test_somebody_unknown_sees_the_same_as_somebody_known(
    mo: Person, mailoutbox: list[EmailMessage]
) -> None:
    known, unknown = ReadingClient(), ReadingClient()

    assert ask_for_a_code(known, "mo@example.org") == ask_for_a_code(unknown, "geen@example.org")
    pages = [
        re.sub(r'value="\w{64}"', "", c.get(reverse("account_confirm_login_code")).content.decode())
        for c in (known, unknown)
    ]

    assert pages[0].replace("mo@example.org", "X") == pages[1].replace("geen@example.org", "X")
    assert not Person.objects.filter(email="geen@example.org").exists()


def test_codes_are_not_sent_without_end(mo: Person, mailoutbox: list[EmailMessage]) -> None:
    answers = [
        ReadingClient().post(reverse("account_request_login_code"), {"email": "mo@example.org"})
        for _turn in range(8)
    ]

    assert len(mailoutbox) <= 5
    assert answers[-1].status_code in {200, 302, 429}


def test_nobody_signs_up_alone(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {"email": "zelf@example.org", "password1": "een lang wachtwoord"},
    )

    assert not Person.objects.exists()


def test_who_likes_one_sets_a_password_and_signs_in_with_it(mo: Person, client: Client) -> None:
    mo.set_password("een lang wachtwoord")
    mo.save()
    sent = {"login": "mo@example.org", "password": "een kort wachtwoord"}

    client.post(reverse("account_login"), sent)
    assert not is_in(client)
    client.post(reverse("account_login"), {**sent, "password": "een lang wachtwoord"})

    assert is_in(client)


def test_the_code_proves_the_address_so_that_a_second_step_can_be_set_up(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask_for_a_code(client, "mo@example.org")
    client.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_one_sees_where_one_is_signed_in_and_ends_it(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    other = ReadingClient()
    for browser in (client, other):
        ask_for_a_code(browser, "mo@example.org")
        browser.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})
    assert is_in(client)
    assert is_in(other)

    assert client.get(reverse("usersessions_list")).content.decode().count("127.0.0.1") == 2
    client.post(reverse("usersessions_list"))

    assert is_in(client)
    assert not is_in(other)


def test_nobody_takes_the_address_of_another_or_of_somebody_still_to_come(
    mo: Person, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    PersonFactory(name="Sara Student", email="sara@example.org")
    client.force_login(mo)

    for address in ("sara@example.org", "later@example.org"):
        for action in ("action_add", "action_primary"):
            client.post(reverse("account_email"), {action: "", "email": address})

    mo.refresh_from_db()
    assert mo.email == "mo@example.org"
    assert not mo.emailaddress_set.exclude(email="mo@example.org").exists()
    other = ReadingClient()
    ask_for_a_code(other, "sara@example.org")
    other.post(reverse("account_confirm_login_code"), {"code": code_in(mailoutbox[-1])})
    assert "Sara" in other.get("/").content.decode()


def test_signing_out_takes_a_tap(mo: Person, client: Client) -> None:
    client.force_login(mo)

    client.get(reverse("account_logout"))
    assert is_in(client)
    client.post(reverse("account_logout"))

    assert not is_in(client)


# The demo


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEMO", True)


@pytest.fixture
def invented() -> Person:
    return PersonFactory(name="Lien De Backer", email="lien@student.example", is_demo=True)


def test_in_a_demo_one_tap_signs_in_as_an_invented_person(
    demo: None, invented: Person, client: Client
) -> None:
    client.post(reverse("demo_sign_in"), {"email": invented.email})

    assert is_in(client)
    assert "127.0.0.1" in client.get(reverse("usersessions_list")).content.decode()


def test_in_a_demo_nobody_real_can_be_signed_in_as(demo: None, mo: Person, client: Client) -> None:
    assert client.post(reverse("demo_sign_in"), {"email": mo.email}).status_code == 404
    assert not is_in(client)


def test_outside_of_a_demo_that_door_does_not_exist(invented: Person, client: Client) -> None:
    assert client.post(reverse("demo_sign_in"), {"email": invented.email}).status_code == 404
    assert invented.name not in client.get(reverse("account_login")).content.decode()
    assert not is_in(client)
