"""What a device may keep: which pages say so, for whom, and what the server makes of it later."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.hours.writing import FRIDAY, a_planned_day, writes
from tests.web.conftest import SignIn
from tests.web.hours.test_hours_pages import typed
from tests.worlds import World
from tussenstop.core.ids import uuid7
from tussenstop.hours.models import Entry
from tussenstop.web.kept import KEEP_FOR, kept_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


def test_only_the_pages_to_write_hours_say_for_whom_they_may_be_kept(
    student: Client, signed_in: SignIn, world: World
) -> None:
    week, add = (reverse(name, args=[world.route.pk]) for name in ("hours", "hours_add"))
    mine = kept_for(world.student)
    assert student.get(week)[KEEP_FOR] == student.get(add)[KEEP_FOR] == mine
    block, entry = a_planned_day(world), writes(world, day=FRIDAY)
    mentor = signed_in(world.mentor)
    for client, path in (
        (student, f"{week}?week=2026-01-05"),
        (student, f"{add}?block={block.pk}"),
        (student, reverse("hours_entry", args=[entry.pk])),
        (student, reverse("route", args=[world.route.pk])),
        (student, reverse("today")),
        (student, reverse("leave_facts", args=[world.route.pk, 2026])),
        (mentor, week),
    ):
        answer = client.get(path)
        assert answer.status_code == 200
        assert KEEP_FOR not in answer
    refused = student.post(add, typed(ends_at="09:00"))
    assert refused.status_code == 422
    assert KEEP_FOR not in refused


def test_every_page_tells_whose_it_is_and_nothing_more(
    student: Client, signed_in: SignIn, world: World
) -> None:
    mine = f'data-person="{kept_for(world.student)}"'
    assert mine in student.get(reverse("today")).text
    assert mine in student.get("/no-such-page/").text
    assert mine not in signed_in(world.mentor).get(reverse("today")).text
    assert 'data-person=""' in Client().get(reverse("account_login")).text
    assert str(world.student.pk) not in kept_for(world.student)


def test_hours_kept_for_one_are_refused_from_another(student: Client, world: World) -> None:
    add = reverse("hours_add", args=[world.route.pk])
    tap = reverse("hours_planned", args=[a_planned_day(world).pk])
    somebody = {"for": kept_for(world.other_student)}
    assert student.post(add, typed(**somebody)).status_code == 404
    assert student.post(tap, {"key": str(uuid7()), **somebody}).status_code == 404
    assert not Entry.objects.exists()
    mine = {"for": kept_for(world.student)}
    assert student.post(tap, {"key": str(uuid7()), **mine}).status_code == 302
    assert Entry.objects.count() == 1


def test_a_tap_that_was_kept_is_refused_in_a_way_a_device_understands(
    student: Client, world: World
) -> None:
    block = a_planned_day(world)
    student.post(reverse("hours_add", args=[world.route.pk]), typed(starts_at="08:00"))
    tap = reverse("hours_planned", args=[block.pk])
    answer = student.post(tap, {"key": str(uuid7()), "for": kept_for(world.student)})
    assert answer.status_code == 422
    assert "You wrote down other hours at that moment." in answer.text


def test_a_planned_day_told_in_two_ways_is_not_lost_in_silence(
    student: Client, world: World
) -> None:
    block = a_planned_day(world)
    tap = reverse("hours_planned", args=[block.pk])
    student.post(tap, {"key": str(uuid7()), "done": "Bedden"})
    assert student.post(tap, {"key": str(uuid7())}).status_code == 302
    otherwise = typed(block=str(block.pk), starts_at="08:00", ends_at="11:00", pause="")
    answer = student.post(reverse("hours_add", args=[world.route.pk]), otherwise)
    assert answer.status_code == 422
    assert "You wrote this day down already, otherwise." in answer.text
    assert Entry.objects.get().done == "Bedden"


def test_the_worker_comes_from_us_and_only_from_us(student: Client) -> None:
    answer = Client().get(reverse("hours_worker"))
    assert reverse("hours_worker") == "/hours-worker.js"
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    for page in (answer, student.get(reverse("today"))):
        policy = page["Content-Security-Policy"]
        assert "worker-src 'self'" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_signing_out_leaves_nothing_on_the_device(student: Client) -> None:
    assert "Clear-Site-Data" not in student.post(reverse("theme"), {"theme": "dark"})
    answer = student.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in student.post(reverse("account_logout"))
