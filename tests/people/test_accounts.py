"""Becoming known: an address and a name are enough, and a code by e-mail opens the door."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.factories import LONG_AGO, PersonFactory
from tussenstop.people import actions
from tussenstop.people.models import Membership, Person
from tussenstop.people.rules import Role

pytestmark = pytest.mark.django_db


def known(email: str, name: str = "Iemand", language: str = "nl") -> Person:
    return actions.find_or_create_person(email=email, name=name, language=language, now=LONG_AGO)


def test_the_case_of_an_address_does_not_make_another_person() -> None:
    first = known("Els.Peeters@Example.org", "Els  Peeters")
    again = known(" els.peeters@example.ORG", "Somebody Else", "en")
    assert again == first
    assert (first.name, first.email, first.language) == (
        "Els Peeters",
        "els.peeters@example.org",
        "nl",
    )
    assert Person.objects.count() == 1


def test_an_address_stored_with_capitals_is_found() -> None:
    person = PersonFactory(email="Jan@Example.org")
    assert known("jan@example.org") == person


def test_a_second_address_that_somebody_proved_is_theirs() -> None:
    person = PersonFactory()
    EmailAddress.objects.create(user=person, email="thuis@example.org", verified=True)
    EmailAddress.objects.create(user=PersonFactory(), email="claim@example.org", verified=False)
    assert known("thuis@example.org") == person
    assert known("claim@example.org").email == "claim@example.org"


def test_an_unknown_language_becomes_the_usual_one() -> None:
    assert known("a@example.org", language="xx").language == "nl"


def test_who_loses_the_race_gets_the_same_person(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look finds nobody, yet somebody else makes the person before we do."""
    there = PersonFactory(email="samen@example.org")
    answers = iter([None, there])
    monkeypatch.setattr(
        "tussenstop.people.actions.accounts.find_person", lambda _email: next(answers)
    )
    assert known("samen@example.org") == there


def test_the_first_administrator_comes_in_once() -> None:
    for _time in range(2):
        person = actions.create_administrator(
            email="beheer@example.org", name="Griet", language="nl", now=LONG_AGO
        )
    assert Membership.objects.get().person == person
    assert Membership.objects.get().role == Role.ADMINISTRATOR


def test_somebody_who_just_became_known_signs_in_with_a_code(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    known("nieuw@example.org", "Nieuw")
    client.post(reverse("account_request_login_code"), {"email": "Nieuw@Example.org"})
    [letter] = mailoutbox
    assert letter.to == ["nieuw@example.org"]
    code = re.search(r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b", str(letter.body))
    assert code, letter.body
    client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert client.get(reverse("partnership")).status_code == 200
