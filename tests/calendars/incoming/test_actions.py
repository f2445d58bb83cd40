"""Calendars from elsewhere: brought in, read again, let go of, and nobody else's."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.calendars.incoming.test_reading import calendar_of
from tests.worlds import NOW, World
from tussenstop.calendars import queries as calendar
from tussenstop.calendars.incoming import actions, jobs, queries
from tussenstop.calendars.incoming.actions import CannotFollow
from tussenstop.calendars.incoming.fetching import Fetched
from tussenstop.calendars.incoming.rules import EVERY, MOST_FEEDS, CannotRead, Trouble
from tussenstop.calendars.models import Feed, FeedMoment
from tussenstop.calendars.rules import Kind
from tussenstop.core.errors import NotFound, Stale
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.people.models import Person

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
LESSON = "UID:1\nDTSTART:20261124T090000\nDTEND:20261124T113000\nSUMMARY:Wiskunde"
HOLIDAY = "UID:2\nDTSTART;VALUE=DATE:20261125\nSUMMARY:Sinterklaas"
ADDRESS = "https://school.example/secret.ics"


def follows(person: Person, **changes: Any) -> Feed:
    typed = {
        "key": uuid7(),
        "kind": Kind.LESSON,
        "name": "Uurrooster",
        "address": ADDRESS,
        "whole_days": False,
        **changes,
    }
    return actions.follow(by=By(person), now=NOW, **typed)


def brings(person: Person, *events: str, **changes: Any) -> Feed:
    typed = {"key": uuid7(), "kind": Kind.WORK, "name": "De winkel", "whole_days": False, **changes}
    return actions.bring_file(by=By(person), now=NOW, content=calendar_of(*events), **typed)


class Side:
    """The other side: gives these answers one by one, and keeps what was asked."""

    def __init__(self, *answers: Fetched | Trouble) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, str]] = []

    def __call__(self, address: str, **known: str) -> Fetched:
        assert address == ADDRESS
        self.asked.append(known)
        answer = self.answers.pop(0)
        if isinstance(answer, Trouble):
            raise CannotRead(answer)
        return answer


def week_of(person: Person) -> list[tuple[str, str, bool]]:
    blocks = calendar.own_blocks(
        person=person, start=MONDAY, end=MONDAY + timedelta(days=6), now=NOW
    )
    return [(f"{b.starts_at:%a %H:%M}", b.kind, b.takes_time) for b in blocks if b.moment]


def test_what_is_read_stands_in_the_calendar_and_in_the_load(world: World) -> None:
    feed = follows(world.student)
    content = calendar_of(LESSON, HOLIDAY)
    actions.refresh(feed.pk, now=NOW, fetch=Side(Fetched(content, '"1"')))
    assert week_of(world.student) == [("Tue 09:00", "lesson", True), ("Wed 00:00", "lesson", False)]
    [week] = calendar.load(person=world.student, monday=MONDAY, weeks=1, now=NOW)
    assert week.hours == {"lesson": 2.5}
    assert week_of(world.mentor) == []
    feed.refresh_from_db()
    assert (feed.etag, feed.trouble, feed.next_at) == ('"1"', "", NOW + EVERY)


def test_whole_days_are_taken_when_the_owner_says_so(world: World) -> None:
    feed = brings(world.student, HOLIDAY, whole_days=True)
    assert week_of(world.student) == [("Wed 00:00", "work", True)]
    actions.change(
        by=By(world.student), feed=feed, seen=1, kind=Kind.REST, name="Feest", whole_days=False
    )
    assert week_of(world.student) == [("Wed 00:00", "rest", False)]


def test_what_the_other_side_calls_free_takes_no_time(world: World) -> None:
    brings(world.student, f"{LESSON}\nTRANSP:TRANSPARENT")
    assert week_of(world.student) == [("Tue 09:00", "work", False)]


def test_only_changes_are_asked_for_and_now_and_then_all_of_it(world: World) -> None:
    feed = follows(world.student)
    side = Side(Fetched(calendar_of(LESSON), '"1"', "Mon"), Fetched(None), Fetched(None))
    for later in (timedelta(0), timedelta(hours=4), timedelta(weeks=5)):
        actions.refresh(feed.pk, now=NOW + later, fetch=side)
    assert side.asked == [{}, {"etag": '"1"', "last_modified": "Mon"}, {}]
    assert FeedMoment.objects.count() == 1


def test_failures_keep_what_was_there_and_wait_ever_longer(world: World) -> None:
    feed = follows(world.student)
    actions.refresh(feed.pk, now=NOW, fetch=Side(Fetched(calendar_of(LESSON))))
    waits = []
    for day in range(1, 9):
        now = NOW + timedelta(days=day)
        assert bool(queries.worrying(world.student, now)) == (day > 7)
        actions.refresh(feed.pk, now=now, fetch=Side(Trouble.NOT_FOUND))
        feed.refresh_from_db()
        assert feed.next_at is not None
        waits.append((feed.next_at - now) // timedelta(hours=1))
    assert waits == [4, 8, 16, 24, 24, 24, 24, 24]
    assert feed.trouble == Trouble.NOT_FOUND
    assert FeedMoment.objects.count() == 1
    assert queries.worrying(world.student, NOW + timedelta(days=8)) == [feed]
    assert queries.worrying(world.mentor, NOW + timedelta(days=8)) == []
    actions.refresh(feed.pk, now=NOW + timedelta(days=9), fetch=Side(Fetched(None)))
    assert queries.worrying(world.student, NOW + timedelta(days=9)) == []


def test_what_is_no_calendar_any_more_keeps_what_was_there(world: World) -> None:
    feed = follows(world.student)
    side = Side(Fetched(calendar_of(LESSON)), Fetched(b"<html>log in</html>"))
    actions.refresh(feed.pk, now=NOW, fetch=side)
    actions.refresh(feed.pk, now=NOW + EVERY, fetch=side)
    feed.refresh_from_db()
    assert feed.trouble == Trouble.NOT_CALENDAR
    assert week_of(world.student) == [("Tue 09:00", "lesson", True)]


def test_two_who_read_at_the_same_moment_read_once(world: World) -> None:
    feed = follows(world.student)
    second = Side(Fetched(calendar_of(LESSON)))

    def first(_address: str, **_known: str) -> Fetched:
        held = Feed.objects.get(pk=feed.pk)
        assert not actions._claim(Feed(pk=held.pk, tried_at=None), NOW)
        return Fetched(calendar_of(HOLIDAY))

    actions.refresh(feed.pk, now=NOW, fetch=first)
    assert len(week_of(world.student)) == 1
    assert second.asked == []


def test_let_go_of_while_it_is_being_read_leaves_nothing(world: World) -> None:
    feed = follows(world.student)

    def gone(_address: str, **_known: str) -> Fetched:
        actions.remove(by=By(world.student), feed=feed)
        return Fetched(calendar_of(LESSON))

    actions.refresh(feed.pk, now=NOW, fetch=gone)
    assert not FeedMoment.objects.exists()
    assert not Feed.objects.exists()


def test_what_waited_longest_is_read_when_it_is_due(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = follows(world.student)
    brings(world.student, LESSON)
    Feed.objects.filter(pk=feed.pk).update(next_at=NOW)
    read: list[Any] = []
    monkeypatch.setattr(jobs, "refresh", lambda pk, now: read.append(pk))
    jobs.read_what_is_due(NOW - timedelta(minutes=1))
    assert read == []
    jobs.read_what_is_due(NOW)
    assert read == [feed.pk]


def test_a_newer_file_takes_the_place_of_the_older(world: World) -> None:
    feed = brings(world.student, LESSON)
    newer = calendar_of("UID:9\nDTSTART:20261126T140000\nDTEND:20261126T150000")
    actions.replace_file(by=By(world.student), feed=feed, content=newer, now=NOW)
    assert week_of(world.student) == [("Thu 14:00", "work", True)]
    with pytest.raises(CannotFollow):
        actions.replace_file(by=By(world.student), feed=feed, content=b"<html>", now=NOW)
    assert week_of(world.student) == [("Thu 14:00", "work", True)]


def test_sent_twice_it_is_there_once(world: World) -> None:
    key = uuid7()
    assert follows(world.student, key=key) == follows(world.student, key=key)
    brings(world.student, LESSON, key=key)
    assert Feed.objects.count() == 1
    with pytest.raises(NotFound):
        follows(world.mentor, key=key)


def test_ten_are_enough(world: World) -> None:
    for _n in range(MOST_FEEDS):
        follows(world.student)
    with pytest.raises(CannotFollow):
        follows(world.student)


def test_an_address_that_is_none_is_refused_at_once(world: World) -> None:
    with pytest.raises(CannotFollow) as refusal:
        follows(world.student, address="ftp://school.example")
    assert refusal.value.field == "address"


def test_it_is_its_owners_alone(world: World) -> None:
    feed = follows(world.student)
    by = By(world.mentor)
    with pytest.raises(NotFound):
        queries.get_feed(person=world.mentor, feed_id=feed.pk)
    with pytest.raises(NotFound):
        actions.remove(by=by, feed=feed)
    with pytest.raises(NotFound):
        actions.read_again(by=by, feed=feed)
    with pytest.raises(NotFound):
        actions.replace_file(by=by, feed=feed, content=b"", now=NOW)
    with pytest.raises(NotFound):
        actions.change(by=by, feed=feed, seen=1, kind=Kind.WORK, name="x", whole_days=False)
    with pytest.raises(Stale):
        actions.change(
            by=By(world.student), feed=feed, seen=7, kind=Kind.WORK, name="x", whole_days=False
        )
