"""Links from mails: signed, expiring, revocable, never used up."""

from datetime import timedelta

from django.conf import settings

from tests.worlds import World
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.access.models import Link


def a_link(world: World) -> Link:
    return links.issue(
        person=world.mentor,
        purpose=Purpose.AGREEMENT,
        subject_id=world.placement.pk,
        route_id=world.route.pk,
        now=world.now,
    )


def test_a_reminder_carries_the_same_link_and_makes_it_last_longer(world: World) -> None:
    first = a_link(world)
    again = links.issue(
        person=world.mentor,
        purpose=Purpose.AGREEMENT,
        subject_id=world.placement.pk,
        route_id=world.route.pk,
        now=world.now + timedelta(days=10),
    )
    assert links.url_of(again) == links.url_of(first)
    assert again.expires_at == first.expires_at + timedelta(days=10)


def test_a_link_is_found_by_its_token_and_works_until_it_expires(world: World) -> None:
    link = links.find(links.token_of(a_link(world)))
    assert link is not None
    last_day = world.now + timedelta(days=settings.LINK_DAYS)
    assert links.works(link, now=last_day - timedelta(minutes=1))
    assert not links.works(link, now=last_day)


def test_a_token_that_was_made_up_or_changed_opens_nothing(world: World) -> None:
    token = links.token_of(a_link(world))
    other = a_link(world).pk.hex[::-1] + token[32:]
    assert links.find(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert links.find(other) is None
    assert links.find("nonsense") is None


def test_when_a_role_ends_its_links_stop_working(world: World) -> None:
    token = links.token_of(a_link(world))
    links.revoke(person=world.mentor, route_id=world.route.pk, now=world.now)
    link = links.find(token)
    assert link is not None
    assert not links.works(link, now=world.now)
    assert links.token_of(a_link(world)) != token


def test_what_is_asked_anew_after_a_link_was_too_old_gets_another_address(world: World) -> None:
    old = links.token_of(a_link(world))
    later = world.now + timedelta(days=settings.LINK_DAYS + 1)

    new = links.issue(
        person=world.mentor,
        purpose=Purpose.AGREEMENT,
        subject_id=world.placement.pk,
        route_id=world.route.pk,
        now=later,
    )

    assert links.token_of(new) != old
    assert links.find(old) is None
