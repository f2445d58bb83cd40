"""Hours on a phone: without a connection, with one, and the mentor's yes."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.e2e.conftest import PHONE, Visit
from tests.worlds import a_route_with_three_partners
from tussenstop.core import clock
from tussenstop.hours.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_hours_without_a_connection_are_kept_and_sent_once(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, f"/routes/{world.route.pk}/hours/add/", viewport=PHONE)
    student.context.set_offline(True)
    student.get_by_label("Dag").fill((timezone.localdate() - clock.timedelta(days=1)).isoformat())
    student.get_by_label("Vanaf").fill("09:00")
    student.get_by_label("Tot").fill("12:00")
    student.get_by_label("Wat deed je?").fill("Kasten gevuld")
    student.get_by_role("button", name="Bewaar").click()
    kept = student.get_by_role("status").filter(has_text="Geen verbinding")
    expect(kept).to_be_visible()
    expect(kept).to_contain_text("Kasten gevuld")
    expect(student.get_by_label("Wat deed je?")).to_have_value("")
    assert not Entry.objects.exists()

    student.context.set_offline(False)
    expect(kept).to_be_hidden()
    assert Entry.objects.get().done == "Kasten gevuld"
    student.reload()
    expect(kept).to_be_hidden()
    assert Entry.objects.count() == 1

    day = Entry.objects.get().day
    mentor = visit(world.mentor, f"/routes/{world.route.pk}/hours/?week={day}", viewport=PHONE)
    mentor.get_by_role("button", name="Deze uren kloppen").click()
    expect(mentor.get_by_text("1 dag bevestigd.")).to_be_visible()
    assert Entry.objects.get().confirmed_by == world.mentor


def test_kept_hours_that_make_no_sense_come_back_in_words(visit: Visit) -> None:
    world = a_route_with_three_partners(now=clock.now())
    student = visit(world.student, f"/routes/{world.route.pk}/hours/add/", viewport=PHONE)
    student.context.set_offline(True)
    student.get_by_label("Vanaf").fill("09:00")
    student.get_by_label("Tot").fill("09:00")
    student.get_by_role("button", name="Bewaar").click()
    student.context.set_offline(False)
    refused = student.locator("[data-hours-refused]")
    expect(refused).to_contain_text("09:00-09:00")
    refused.get_by_role("button").click()
    expect(refused).to_be_hidden()
    assert not Entry.objects.exists()
