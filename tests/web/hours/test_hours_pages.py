"""The pages of hours: ten seconds for a student, one tap for a mentor."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from tests.hours.writing import FRIDAY, a_planned_day, writes
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.core.ids import uuid7
from tussenstop.hours.models import Entry, Remark

pytestmark = pytest.mark.django_db

LAST_WEEK = "2026-11-16"


@pytest.fixture
def student(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.student)


@pytest.fixture
def mentor(signed_in: SignIn, world: World) -> Client:
    return signed_in(world.mentor)


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid7()),
        "day": FRIDAY.isoformat(),
        "starts_at": "09:00",
        "ends_at": "17:00",
        "pause": "30",
        "done": "Kasten gevuld",
        **changes,
    }


def week_of(client: Client, world: World) -> str:
    return client.get(reverse("hours", args=[world.route.pk]), {"week": LAST_WEEK}).text


def test_an_empty_week_says_what_to_do(student: Client, mentor: Client, world: World) -> None:
    assert "it takes ten seconds" in week_of(student, world)
    assert "Nothing was written down in this week." in week_of(mentor, world)
    assert "Write hours down" not in week_of(mentor, world)


def test_hours_are_written_down_and_seen(student: Client, world: World) -> None:
    response = student.post(reverse("hours_add", args=[world.route.pk]), typed(), follow=True)
    assert response.redirect_chain[-1][0].endswith(f"?week={LAST_WEEK}")
    assert "Kasten gevuld" in response.text
    assert "7 h 30" in response.text
    assert "not confirmed yet" in response.text


def test_a_mistake_keeps_what_was_typed(student: Client, world: World) -> None:
    url = reverse("hours_add", args=[world.route.pk])
    response = student.post(url, typed(pause="240", ends_at="10:00"))
    assert response.status_code == 422
    assert "The pause takes longer than the hours." in response.text
    assert "Kasten gevuld" in response.text


def test_a_planned_day_is_answered_with_one_tap(student: Client, world: World) -> None:
    block = a_planned_day(world)
    assert "Did it go as planned?" in week_of(student, world)
    url = reverse("hours_planned", args=[block.pk])
    text = student.post(url, {"key": str(uuid7()), "done": "Geleerd"}, follow=True).text
    assert "Geleerd" in text
    assert "08:00-12:00" in text
    assert "Did it go as planned?" not in text
    student.post(url, {"key": str(uuid7())})
    assert Entry.objects.count() == 1


def test_a_planned_day_that_went_otherwise_begins_from_the_plan(
    student: Client, world: World
) -> None:
    block = a_planned_day(world)
    url = reverse("hours_add", args=[world.route.pk]) + f"?block={block.pk}"
    text = student.get(url).text
    assert 'value="08:00"' in text
    assert 'value="12:00"' in text
    student.post(url, typed(block=str(block.pk), starts_at="08:30"))
    assert Entry.objects.get().block == block
    nonsense = reverse("hours_add", args=[world.route.pk]) + "?block=nonsense"
    assert student.get(nonsense).status_code == 404


def test_a_planned_day_that_overlaps_is_explained(student: Client, world: World) -> None:
    block = a_planned_day(world)
    student.post(reverse("hours_add", args=[world.route.pk]), typed())
    url = reverse("hours_planned", args=[block.pk])
    text = student.post(url, {"key": str(uuid7())}, follow=True).text
    assert "You wrote down other hours at that moment." in text


def test_the_mentor_says_yes_to_the_week(mentor: Client, world: World) -> None:
    entry = writes(world)
    assert "These hours are right" in week_of(mentor, world)
    url = reverse("hours_confirm", args=[world.route.pk])
    sent = {"week": LAST_WEEK, "seen": f"{entry.pk}:{entry.version}"}
    assert "1 day confirmed." in mentor.post(url, sent, follow=True).text
    assert "confirmed already" in mentor.post(url, sent, follow=True).text
    assert "These hours are right" not in week_of(mentor, world)
    Entry.objects.update(version=2, confirmed_at=None)
    assert "This changed meanwhile" in mentor.post(url, sent, follow=True).text
    assert mentor.post(url, {"seen": "nonsense"}).status_code == 404


def test_a_question_and_its_answer_stand_beside_the_day(
    student: Client, mentor: Client, world: World
) -> None:
    entry = writes(world)
    url = reverse("hours_say", args=[entry.pk])
    mentor.post(url, {"key": str(uuid7()), "text": "Was dat tot 17 u?"})
    assert "there is a question" in week_of(student, world)
    student.post(url, {"key": str(uuid7()), "text": "Ja, inventaris."})
    text = mentor.get(reverse("hours_entry", args=[entry.pk])).text
    assert "Was dat tot 17 u?" in text
    assert "Ja, inventaris." in text
    assert student.post(url, {"key": str(uuid7()), "text": ""}).status_code == 422
    assert Remark.objects.count() == 2


def test_a_correction_shows_how_it_was(student: Client, world: World) -> None:
    entry = writes(world)
    url = reverse("hours_entry", args=[entry.pk])
    text = student.post(url, typed(version="1", ends_at="16:00"), follow=True).text
    assert "How it was before" in text
    assert "09:00-17:00" in text
    assert student.post(url, typed(version="1", ends_at="15:00")).status_code == 422
    student.post(reverse("hours_remove", args=[entry.pk]), {"version": "1"})
    assert Entry.objects.filter(removed_at=None).exists()
    student.post(reverse("hours_remove", args=[entry.pk]), {"version": "2"})
    assert not Entry.objects.filter(removed_at=None).exists()


def test_a_week_costs_the_same_however_much_is_in_it(
    mentor: Client, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("hours", args=[world.route.pk]) + f"?week={LAST_WEEK}"
    writes(world)
    mentor.get(url)
    with django_assert_num_queries(13):
        mentor.get(url)
    for days in (1, 2):
        writes(world, day=FRIDAY - timedelta(days=days))
    with django_assert_num_queries(13):
        mentor.get(url)


def test_everything_goes_into_a_spreadsheet_and_on_paper(mentor: Client, world: World) -> None:
    writes(world, done="=SUM(A1)")
    response = mentor.get(reverse("hours_excel", args=[world.route.pk]))
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "Day"
    assert rows[1][:7] == ("2026-11-20", 47, "09:00", "17:00", 30, 7.5, "'=SUM(A1)")
    paper = mentor.get(reverse("hours_pdf", args=[world.route.pk]))
    assert paper.content.startswith(b"%PDF")
    assert "attachment" in paper["Content-Disposition"]


def test_without_hours_there_is_paper_all_the_same(mentor: Client, world: World) -> None:
    assert mentor.get(reverse("hours_pdf", args=[world.route.pk])).content.startswith(b"%PDF")


def test_behind_the_door_a_mentor_says_yes_without_signing_in(
    on_that_day: None, world: World
) -> None:
    entry, browser = writes(world), Client()
    link = links.issue(
        person=world.mentor,
        purpose=Purpose.HOURS,
        subject_id=world.mentor.pk,
        route_id=None,
        now=NOW,
    )
    url = reverse("door", args=[links.token_of(link)])
    assert world.student.name in browser.get(url).content.decode()
    assert not Entry.objects.exclude(confirmed_at=None).exists()
    sent = {"route": str(world.route.pk), "seen": f"{entry.pk}:{entry.version}"}
    browser.post(url, sent)
    assert Entry.objects.get().confirmed_by == world.mentor
    assert "form method" not in browser.get(url).content.decode().partition("<main")[2]
    assert browser.post(url, sent).status_code == 302
    assert browser.post(url, {"route": "nonsense"}).status_code == 404


def test_the_door_of_who_mentors_nobody_shows_nothing(on_that_day: None, world: World) -> None:
    writes(world)
    link = links.issue(
        person=world.teacher,
        purpose=Purpose.HOURS,
        subject_id=world.teacher.pk,
        route_id=None,
        now=NOW,
    )
    url = reverse("door", args=[links.token_of(link)])
    assert world.student.name not in Client().get(url).content.decode()
    Client().post(url, {"route": str(world.route.pk), "seen": ""})
    assert not Entry.objects.exclude(confirmed_at=None).exists()
