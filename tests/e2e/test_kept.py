"""What a device keeps for a student without a connection, and for nobody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Visit, session_cookie
from tests.hours.writing import a_planned_day
from tests.worlds import World, a_route_with_three_partners
from tussenstop.core import clock
from tussenstop.hours.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = """async () => {
  const names = await caches.keys();
  const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return all.flat().map((request) => new URL(request.url).pathname);
}"""


@pytest.fixture
def here() -> World:
    return a_route_with_three_partners(now=clock.now())


def hours_of(world: World) -> str:
    return f"/routes/{world.route.pk}/hours/"


def kept_by(page: Page) -> set[str]:
    return {path for path in page.evaluate(KEPT) if not path.startswith("/static/")}


def keeps(page: Page, world: World) -> None:
    """Until the worker has kept both pages, and the styles they need."""
    pages = {hours_of(world), f"{hours_of(world)}add/"}
    for _moment in range(100):
        found = set(page.evaluate(KEPT))
        if pages <= found and any(path.endswith(".woff2") for path in found):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"kept only {found}")


def without_connection(page: Page) -> None:
    page.context.set_offline(True)


def planned_today(world: World) -> Any:
    return a_planned_day(world, day=timezone.localdate())


def test_one_tap_without_a_connection_is_kept_and_sent_once(visit: Visit, here: World) -> None:
    block = planned_today(here)
    student = visit(here.student, hours_of(here), viewport=PHONE)
    without_connection(student)
    student.get_by_label("Wat deed je?").fill("Bedden opgemaakt")
    student.get_by_role("button", name="Ja, zoals gepland").click()
    waiting = student.locator("[data-hours-waiting]")
    expect(waiting).to_contain_text("Bedden opgemaakt")
    expect(student.get_by_text("bewaard op dit toestel", exact=True)).to_be_visible()
    expect(student.get_by_role("button", name="Ja, zoals gepland")).to_be_hidden()
    assert not Entry.objects.exists()

    student.context.set_offline(False)
    expect(waiting).to_be_hidden()
    expect(student.get_by_text("opgeschreven", exact=True)).to_be_visible()
    assert (Entry.objects.get().block, Entry.objects.get().done) == (block, "Bedden opgemaakt")
    student.reload()
    expect(student.get_by_text("Bedden opgemaakt")).to_be_visible()
    assert Entry.objects.count() == 1


def test_what_two_windows_keep_is_sent_once(visit: Visit, here: World) -> None:
    planned_today(here)
    student = visit(here.student, hours_of(here), viewport=PHONE)
    other = student.context.new_page()
    other.goto(hours_of(here))
    without_connection(student)
    for window in (student, other):
        window.get_by_role("button", name="Ja, zoals gepland").click()
        expect(window.locator("[data-hours-waiting]")).to_be_visible()
    student.context.set_offline(False)
    for window in (student, other):
        expect(window.locator("[data-hours-waiting]")).to_be_hidden()
    assert Entry.objects.count() == 1


def test_the_page_opens_without_a_connection_and_says_so(visit: Visit, here: World) -> None:
    planned_today(here)
    student = visit(here.student, hours_of(here), viewport=PHONE)
    keeps(student, here)
    without_connection(student)
    student.goto("about:blank")
    student.goto(hours_of(here))
    expect(student.get_by_text("Zonder verbinding")).to_be_visible()
    assert student.evaluate("getComputedStyle(document.body).fontFamily").startswith("Atkinson")
    student.get_by_role("link", name="Anders").click()
    expect(student.get_by_text("Zonder verbinding")).to_be_visible()
    expect(student.get_by_label("Vanaf")).to_have_value("08:00")
    student.get_by_label("Tot").fill("11:30")
    student.get_by_role("button", name="Bewaar").click()
    expect(student.locator("[data-hours-waiting]")).to_contain_text("08:00-11:30")

    # Another day on the same kept page has a key of its own.
    day = timezone.localdate() - timedelta(days=1)
    student.goto(hours_of(here) + "add/")
    student.get_by_label("Dag").fill(day.isoformat())
    student.get_by_label("Vanaf").fill("13:00")
    student.get_by_label("Tot").fill("15:00")
    student.get_by_role("button", name="Bewaar").click()
    expect(student.locator("[data-hours-waiting] li")).to_have_count(2)
    expect(student.locator("[data-hours-waiting]")).not_to_contain_text(day.isoformat())
    student.goto(hours_of(here))
    expect(student.get_by_text("bewaard op dit toestel", exact=True)).to_be_visible()

    student.context.set_offline(False)
    expect(student.locator("[data-hours-waiting]")).to_be_hidden()
    expect(student.get_by_text("Er is weer verbinding")).to_be_visible()
    assert Entry.objects.count() == 2
    assert Entry.objects.exclude(block=None).get().minutes == 210
    student.reload()
    expect(student.get_by_text("Zonder verbinding")).to_be_hidden()


def test_no_other_page_is_kept(visit: Visit, here: World) -> None:
    student = visit(here.student, hours_of(here), viewport=PHONE)
    keeps(student, here)
    for path in ("/", f"/routes/{here.route.pk}/", f"{hours_of(here)}?week=2020-01-06"):
        student.goto(path)
    assert kept_by(student) == {hours_of(here), f"{hours_of(here)}add/"}
    without_connection(student)
    with pytest.raises(Exception, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        student.goto(f"/routes/{here.route.pk}/")


def test_nothing_is_kept_for_who_writes_no_hours(visit: Visit, here: World) -> None:
    mentor = visit(here.mentor, hours_of(here), viewport=PHONE)
    mentor.wait_for_load_state("networkidle")
    assert kept_by(mentor) == set()
    assert (
        mentor.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    )


def waits(page: Page, day: date, till: str = "12:00") -> None:
    page.get_by_label("Dag").fill(day.isoformat())
    page.get_by_label("Vanaf").fill("09:00")
    page.get_by_label("Tot").fill(till)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("[data-hours-waiting]")).to_be_visible()


def left_on(page: Page) -> int:
    return int(page.evaluate("Object.keys(localStorage).length"))


def test_signing_out_removes_what_was_kept_and_sends_what_waited(visit: Visit, here: World) -> None:
    student = visit(here.student, hours_of(here), viewport=PHONE)
    keeps(student, here)
    student.goto(f"{hours_of(here)}add/")
    student.evaluate("setInterval = () => {}")
    without_connection(student)
    waits(student, timezone.localdate())
    student.context.set_offline(False)
    student.get_by_role("button", name="Afmelden").click()
    student.wait_for_url("**/account/login/**")
    assert Entry.objects.count() == 1
    assert (kept_by(student), left_on(student)) == (set(), 0)
    without_connection(student)
    with pytest.raises(Exception, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        student.goto(hours_of(here))


def test_signing_out_asks_before_unsent_hours_go(visit: Visit, here: World) -> None:
    student = visit(here.student, f"{hours_of(here)}add/", viewport=PHONE)
    student.context.set_offline(True)
    waits(student, timezone.localdate(), till="09:00")
    student.context.set_offline(False)
    expect(student.locator("[data-hours-refused]")).to_be_visible()
    asked: list[str] = []
    student.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    student.get_by_role("button", name="Afmelden").click()
    expect(student.locator("[data-hours-refused]")).to_be_visible()
    assert "nog niet verstuurd" in asked[0]
    student.once("dialog", lambda dialog: dialog.accept())
    student.get_by_role("button", name="Afmelden").click()
    student.wait_for_url("**/account/login/**")
    assert left_on(student) == 0


def test_what_was_kept_for_one_is_never_sent_or_shown_as_another(visit: Visit, here: World) -> None:
    student = visit(here.student, hours_of(here), viewport=PHONE)
    keeps(student, here)
    student.goto(f"{hours_of(here)}add/")
    without_connection(student)
    waits(student, timezone.localdate())
    # Somebody else signed in on this device, in another window.
    url = student.url.split("/routes/")[0]
    student.context.add_cookies([{**session_cookie(here.other_student), "url": url}])  # type: ignore[list-item]
    sent: list[str] = []
    student.on("request", lambda one: one.method == "POST" and sent.append(one.url))
    with student.expect_response(f"**{hours_of(here)}add/") as asked:
        student.context.set_offline(False)
    assert asked.value.status == 404
    assert left_on(student) == 1
    student.goto("/")
    expect(student.get_by_role("button", name="Afmelden")).to_be_visible()
    student.wait_for_load_state("networkidle")
    assert left_on(student) == 0
    assert kept_by(student) == set()
    assert sent == []
    assert not Entry.objects.exists()
