"""Getting acquainted in the browser, from both sides."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.matching.offering import a_place
from tests.matching.test_acquaintances import asks, planned, seeking
from tests.web.conftest import SignIn
from tests.worlds import World
from tussenstop.matching.models import Acquaintance
from tussenstop.matching.rules import Stage

__all__ = ["seeking"]

pytestmark = pytest.mark.django_db

MOMENT = {"day": "2026-12-01", "hour": "14:00", "where": "Aan het onthaal", "word": "Graag!"}


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def seen_in(browser: Client, address: str) -> str:
    """The version that stands on the page, as a browser would send it back."""
    page = browser.get(address).content.decode()
    return page.split('name="seen" value="')[1].split('"')[0]


def test_from_a_question_to_a_double_yes(seeking: World, signed_in: SignIn) -> None:
    place = a_place(seeking)
    student = signed_in(seeking.student)
    workplace = signed_in(seeking.organisation_coordinator)
    student.post(url("meet_place", seeking.route.pk, place.pk), MOMENT)
    one = Acquaintance.objects.get()
    address = url("acquaintance", one.pk)
    assert "Does this moment suit?" in workplace.get("/").content.decode()
    assert "It waits for the other side." in student.get(address).content.decode()
    workplace.post(url("acquaintance_suits", one.pk), {"seen": seen_in(workplace, address)})
    assert "It stands on your route as a stop" in student.get(address).content.decode()
    for browser in (student, workplace):
        browser.post(
            url("acquaintance_answer", one.pk),
            {"seen": seen_in(browser, address), "answer": "yes", "word": "Fijn"},
        )
    one.refresh_from_db()
    assert one.stage == Stage.CHOSEN
    for browser in (student, workplace):
        assert "You both said yes." in browser.get(address).content.decode()


def test_a_workplace_invites_who_showed_interest(seeking: World, signed_in: SignIn) -> None:
    place = a_place(seeking)
    student = signed_in(seeking.student)
    student.post(url("place_wish", place.pk), {"answer": "yes"})
    student.post(url("favourite_show", seeking.route.pk, place.pk), {"answer": "yes"})
    workplace = signed_in(seeking.organisation_coordinator)
    assert (
        "Invite to get acquainted"
        in workplace.get(url("place_interest", place.pk)).content.decode()
    )
    answer = workplace.post(url("meet_student", place.pk, seeking.route.pk), MOMENT)
    assert answer.headers["Location"] == url("acquaintance", Acquaintance.objects.get().pk)
    assert "Does this moment suit?" in student.get("/").content.decode()


def test_a_moment_in_the_past_is_said_beside_the_field(seeking: World, signed_in: SignIn) -> None:
    answer = signed_in(seeking.student).post(
        url("meet_place", seeking.route.pk, a_place(seeking).pk), {**MOMENT, "day": "2020-01-01"}
    )
    assert answer.status_code == 422
    assert "Choose a moment that is still to come." in answer.content.decode()
    assert "Aan het onthaal" in answer.content.decode()


def test_another_moment_is_proposed(seeking: World, signed_in: SignIn) -> None:
    one = asks(seeking, a_place(seeking))
    browser = signed_in(seeking.organisation_coordinator)
    seen = seen_in(browser, url("acquaintance_again", one.pk))
    browser.post(url("acquaintance_again", one.pk), {**MOMENT, "seen": seen})
    one.refresh_from_db()
    assert one.proposed_by == "workplace"
    assert one.where == "Aan het onthaal"


def test_a_no_is_told_kindly(seeking: World, signed_in: SignIn) -> None:
    one = planned(seeking, a_place(seeking))
    browser, address = signed_in(seeking.student), url("acquaintance", one.pk)
    browser.post(
        url("acquaintance_answer", one.pk),
        {"seen": seen_in(browser, address), "answer": "no", "word": "Toch te ver"},
    )
    page = signed_in(seeking.organisation_coordinator).get(address).content.decode()
    assert "This was not it, and that is fine." in page
    assert "Toch te ver" in page


def test_an_answer_to_an_older_page_is_not_taken(seeking: World, signed_in: SignIn) -> None:
    one = planned(seeking, a_place(seeking))
    answer = signed_in(seeking.student).post(
        url("acquaintance_answer", one.pk), {"seen": "1", "answer": "yes", "word": "Zeker"}
    )
    assert answer.status_code == 422
    assert "The other side answered meanwhile" in answer.content.decode()
    assert "Zeker" in answer.content.decode()
