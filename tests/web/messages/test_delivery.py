"""Whether mail arrives: for administrators, without what stands in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.core.returning import left, report
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.core import clock, mail, mail_returns
from tussenstop.core.models import MOST_RETURNS, OutgoingMail
from tussenstop.messages import delivery
from tussenstop.messages.models import Notice
from tussenstop.push.models import Untaken


@pytest.fixture
def administrator(signed_in: SignIn, world: World) -> Client:
    OutgoingMail.objects.all().delete()
    return signed_in(world.administrator)


def failed(to: str = "mo@example.org", error: str = "5.1.1 unknown user") -> OutgoingMail:
    return OutgoingMail.objects.create(
        created_at=NOW,
        failed_at=NOW,
        attempts=6,
        to=to,
        kind="asks",
        subject="Tine wacht op je",
        text="Een geheim woord",
        error=error,
    )


def test_what_failed_stands_there_with_the_reason_and_without_the_letter(
    administrator: Client,
) -> None:
    failed()

    found = administrator.get(reverse("delivery")).content.decode()

    assert "mo@example.org" in found
    assert "5.1.1 unknown user" in found
    assert "Somebody waits for you" in found
    assert "Een geheim woord" not in found
    assert "Tine wacht op je" not in found


def test_what_waits_says_until_when(administrator: Client) -> None:
    later = NOW + clock.timedelta(hours=20)
    mail.post(to="mo@example.org", subject="Dag", text="Dag", leave_at=later)

    found = administrator.get(reverse("delivery"), {"show": "waiting"}).content.decode()

    assert "mo@example.org" in found
    assert "leaves on Tuesday 24 November" in found


def test_one_tap_tries_again_and_a_second_finds_it_gone(
    administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one = failed()
    url = reverse("delivery_again", args=[one.pk])

    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(url)
    answer = administrator.post(url, follow=True)

    one.refresh_from_db()
    assert one.sent_at is not None
    assert "This mail left meanwhile" in answer.content.decode()


def test_a_mail_that_perhaps_left_says_so(administrator: Client) -> None:
    failed(error=mail.INTERRUPTED)

    assert "perhaps it left" in administrator.get(reverse("delivery")).content.decode()


def test_what_came_back_stands_there_in_the_words_of_the_server_and_is_tried_again_by_a_tap(
    administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    one = left(kind="asks", text="Een geheim woord", subject="Tine wacht op je")
    mail_returns.take(report(one), to="", now=NOW)
    address = f"{reverse('delivery')}?show=returned"

    found = administrator.get(address).content.decode()
    assert "Came back (1)" in found
    assert "550 5.1.1 &lt;mo@example.org&gt;: user unknown" in found
    assert "came back on 23 November" in found
    assert "Een geheim woord" not in found
    assert "Tine wacht op je" not in found

    with django_capture_on_commit_callbacks(execute=True):
        administrator.post(reverse("delivery_again", args=[one.pk]))
    one.refresh_from_db()
    assert (one.sent_at, one.returned_at) == (NOW, None)
    assert "Nothing came back" in administrator.get(address).content.decode()


def test_at_how_many_addresses_mail_does_not_arrive_is_counted(administrator: Client) -> None:
    for times, address in ((1, "once@example.org"), (MOST_RETURNS, "often@example.org")):
        for _letter in range(times):
            mail_returns.take(report(left(address)), to="", now=NOW)

    found = administrator.get(reverse("delivery")).content.decode()

    assert "Mail does not arrive at 1 address." in found


@pytest.mark.parametrize("count", [1, 3])
def test_a_long_list_takes_as_many_reads_as_a_short_one(
    administrator: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        failed(f"mo{number}@example.org")

    with django_assert_num_queries(13):
        administrator.get(reverse("delivery"))


def test_who_works_with_a_mentor_hears_kindly_that_mail_does_not_arrive(world: World) -> None:
    Notice.objects.all().delete()

    delivery.tell_unreachable(world.mentor.email, NOW)

    told = Notice.objects.all()
    assert {one.person for one in told} == {
        world.programme_coordinator,
        world.organisation_coordinator,
    }
    assert world.mentor.email in told[0].text


def test_when_nobody_coordinates_an_administrator_hears_it(world: World) -> None:
    Notice.objects.all().delete()

    delivery.tell_unreachable(world.stranger.email, NOW)

    assert Notice.objects.get().person == world.administrator


def test_an_address_of_nobody_we_know_is_told_to_nobody(world: World) -> None:
    Notice.objects.all().delete()

    delivery.tell_unreachable("iemand@example.com", NOW)

    assert not Notice.objects.exists()


def test_signs_that_push_services_did_not_take_are_counted_beside_it(
    administrator: Client,
) -> None:
    assert "took all of them" in administrator.get(reverse("delivery")).content.decode()
    today = NOW.date()
    for day, count in ((today, 2), (today - timedelta(days=3), 1), (today - timedelta(days=9), 40)):
        Untaken.objects.create(
            day=day, host="push.example", became="refused", status=403, count=count
        )

    text = administrator.get(reverse("delivery")).content.decode()

    assert "push.example · refused (403)</span><strong>3</strong>" in text


def test_without_signs_nothing_is_said_of_them(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PUSH", False)

    assert "Signs on devices" not in administrator.get(reverse("delivery")).content.decode()
