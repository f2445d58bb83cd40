"""When somebody's own mail comes back, they hear it kindly, and can have it tried again."""

import pytest
from django.urls import reverse

from tests.core.returning import left, report
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core import mail_addresses, mail_returns
from tussenstop.core.models import MOST_RETURNS
from tussenstop.messages.models import Notice


def comes_back(address: str, times: int = 1) -> None:
    for _letter in range(times):
        mail_returns.take(report(left(address)), to="", now=NOW)


@pytest.mark.parametrize("name", ["notices", "notice_preferences"])
def test_somebody_whose_mail_arrives_reads_nothing_of_it(
    signed_in: SignIn, world: World, name: str
) -> None:
    comes_back(world.student.email)

    text = signed_in(world.mentor).get(reverse(name)).content.decode()

    assert "Your mail comes back" not in text


@pytest.mark.parametrize("name", ["notices", "notice_preferences"])
def test_one_letter_that_came_back_is_a_question(
    signed_in: SignIn, world: World, name: str
) -> None:
    comes_back(world.mentor.email)

    text = signed_in(world.mentor).get(reverse(name)).content.decode()

    assert f"A mail to {world.mentor.email} came back." in text
    assert "user unknown" not in text


def test_it_stands_on_today_too_with_the_way_to_mend_it(signed_in: SignIn, world: World) -> None:
    comes_back(world.mentor.email)

    text = signed_in(world.mentor).get(reverse("today")).content.decode()

    assert f"Mail to {world.mentor.email} comes back." in text
    assert "comes back" not in signed_in(world.student).get(reverse("today")).content.decode()


def test_several_say_that_no_more_is_sent_and_one_tap_tries_again(
    signed_in: SignIn, world: World
) -> None:
    comes_back(world.mentor.email, times=MOST_RETURNS)
    browser = signed_in(world.mentor)
    assert "no more mail is sent there" in browser.get(reverse("notices")).content.decode()

    for _tap in range(2):
        answer = browser.post(reverse("mail_again"), follow=True)

    assert "mail is sent to you again" in answer.content.decode()
    assert "Your mail comes back" not in answer.content.decode()
    assert not mail_addresses.is_unreachable(world.mentor.email)


def test_nobody_lets_mail_of_another_begin_again(signed_in: SignIn, world: World) -> None:
    comes_back(world.mentor.email, times=MOST_RETURNS)

    signed_in(world.other_mentor).post(reverse("mail_again"))

    assert mail_addresses.is_unreachable(world.mentor.email)


def test_another_address_begins_anew(signed_in: SignIn, world: World) -> None:
    comes_back(world.mentor.email, times=MOST_RETURNS)
    world.mentor.email = "mo.nieuw@example.org"
    world.mentor.save()

    text = signed_in(world.mentor).get(reverse("notices")).content.decode()

    assert "Your mail comes back" not in text


def test_whoever_works_with_them_hears_it_at_the_first(world: World) -> None:
    Notice.objects.all().delete()

    comes_back(world.mentor.email, times=2)

    told = Notice.objects.filter(text__contains=world.mentor.email)
    assert sorted(one.person.name for one in told) == ["Els Organisatie", "Hilde Opleiding"]
