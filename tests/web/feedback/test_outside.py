"""The page behind a link for who has no account."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.conftest import ReadingClient
from tests.feedback.giving import NEXT, SAW, a_link, read
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.feedback import tokens
from tussenstop.feedback.actions import outside, receiving
from tussenstop.feedback.models import Feedback, Invitation, Reply
from tussenstop.feedback.rules import ReplyKind
from tussenstop.people.acting import By

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_that_day")]


@pytest.fixture
def invitation(world: World) -> Invitation:
    return a_link(world)


@pytest.fixture
def browser() -> Client:
    return ReadingClient(headers={"accept-language": "en"})


def address(invitation: Invitation) -> str:
    return reverse("feedback_outside", args=[tokens.token_of(invitation)])


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid7()),
        "name": "Marleen De Wit",
        "how": "collega van de nacht",
        "saw": SAW,
        "next_step": NEXT,
        **changes,
    }


def test_opening_changes_nothing_however_often(browser: Client, invitation: Invitation) -> None:
    for _n in range(3):
        response = browser.get(address(invitation))
        assert response.status_code == 200
        assert invitation.point in response.text
        assert response["X-Robots-Tag"] == "noindex"
    invitation.refresh_from_db()
    assert invitation.answered_at is None


def test_who_asked_finds_the_answer_behind_the_link(
    browser: Client, invitation: Invitation, signed_in: SignIn, world: World
) -> None:
    student, link = signed_in(world.student), reverse("feedback_link", args=[invitation.pk])
    assert "Read what came back" not in student.get(link).text

    browser.post(address(invitation), typed())

    answer = reverse("feedback_one", args=[Feedback.objects.get().pk])
    assert answer in student.get(link).text
    Feedback.objects.update(removed_at=NOW)
    assert answer not in student.get(link).text


def test_the_page_speaks_the_language_of_the_browser(invitation: Invitation) -> None:
    for language, words in (("nl-BE", "Wat ik zag"), ("en-GB", "What I saw")):
        browser = ReadingClient(headers={"accept-language": language})
        assert words in browser.get(address(invitation)).text


def test_it_says_who_reads_and_tells_nothing_of_the_route(
    browser: Client, invitation: Invitation, world: World
) -> None:
    text = browser.get(address(invitation)).text
    assert "Sara reads this" in text
    assert "Write nothing about other people" in text
    for hidden in (world.mentor.name, world.programme.name, world.workplace.name):
        assert hidden not in text


def test_given_once_and_seen_only_where_it_was_given(
    browser: Client, invitation: Invitation
) -> None:
    sent = typed(strengths=["calm"])
    text = browser.post(address(invitation), sent, follow=True).text
    assert SAW in text
    assert "Stays calm" in text
    browser.post(address(invitation), sent)
    assert Feedback.objects.count() == 1
    other = ReadingClient(headers={"accept-language": "en"})
    text = other.get(address(invitation)).text
    assert "Each link is for one person" in text
    assert SAW not in text
    assert "Marleen" not in text
    response = other.post(address(invitation), typed(saw="Ook iets"))
    assert response.status_code == 409
    assert "Ook iets" in response.text
    assert other.post(address(invitation), typed(correct="yes", version="1")).status_code == 404
    assert Feedback.objects.get().saw == SAW


def test_a_mistake_keeps_what_was_typed(browser: Client, invitation: Invitation) -> None:
    response = browser.post(address(invitation), typed(name=""))
    assert response.status_code == 422
    assert SAW in response.text
    assert not Feedback.objects.exists()


def test_corrected_within_the_hour_and_not_in_an_old_window(
    browser: Client, invitation: Invitation
) -> None:
    browser.post(address(invitation), typed())
    sent = typed(saw="Beter gezegd", correct="yes", version="1")
    assert "Beter gezegd" in browser.post(address(invitation), sent, follow=True).text
    late = typed(saw="Uit een oud venster", correct="yes", version="1")
    assert "another window" in browser.post(address(invitation), late, follow=True).text
    wrong = browser.post(address(invitation), typed(saw="", correct="yes", version="2"))
    assert wrong.status_code == 422
    assert Feedback.objects.get().saw == "Beter gezegd"


def test_a_question_is_answered_by_the_givers_own_address(world: World) -> None:
    invitation = a_link(world, email="m@elders.example")
    ReadingClient().post(address(invitation), typed())
    feedback = read(Feedback.objects.get())
    receiving.reply(
        by=By(world.student),
        feedback=feedback,
        kind=ReplyKind.QUESTION,
        text="Welke avond?",
        key=uuid7(),
        now=NOW,
    )
    receiving.show(
        by=By(world.student), feedback=feedback, person=world.mentor, shown=True, now=NOW
    )
    url = tokens.giver_address(invitation).partition("/f/")[2]
    elsewhere = ReadingClient(headers={"accept-language": "en"})
    text = elsewhere.get(f"/f/{url}").text
    assert "Welke avond?" in text
    assert "mentor" in text
    assert world.mentor.name not in text
    sent = {"answer": "yes", "key": str(uuid7()), "text": "Dinsdag"}
    assert "Dinsdag" in elsewhere.post(f"/f/{url}", sent, follow=True).text
    assert Reply.objects.count() == 2
    stranger = ReadingClient()
    assert stranger.post(address(invitation), sent).status_code == 404
    assert "Welke avond?" not in stranger.get(address(invitation)).text


def test_closed_and_removed_are_said(browser: Client, invitation: Invitation, world: World) -> None:
    browser.post(address(invitation), typed())
    receiving.remove(by=By(world.student), feedback=Feedback.objects.get(), now=NOW)
    assert "removed this" in browser.get(address(invitation)).text
    other = a_link(world)
    outside.close(by=By(world.student), invitation=other, now=NOW)
    text = browser.get(address(other)).text
    assert "This link is closed" in text
    assert other.point not in text


def test_a_made_up_address_does_not_exist(browser: Client, invitation: Invitation) -> None:
    assert browser.get(address(invitation)[:-2] + "x/").status_code == 404


def test_tried_too_often_one_waits_and_keeps_what_was_typed(
    browser: Client, invitation: Invitation
) -> None:
    for _n in range(20):
        browser.post(address(invitation), typed(name=""))
    response = browser.post(address(invitation), typed())
    assert response.status_code == 429
    assert SAW in response.text
    assert not Feedback.objects.exists()
    cache.clear()
    assert browser.post(address(invitation), typed()).status_code == 302


def test_one_visitor_does_not_try_many_links(browser: Client, world: World) -> None:
    invitations = [a_link(world) for _n in range(3)]
    for _n in range(20):
        for invitation in invitations[:2]:
            browser.post(address(invitation), typed(name=""))
    assert browser.post(address(invitations[2]), typed()).status_code == 429
