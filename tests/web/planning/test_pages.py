"""The pages on which days at the workplace are looked for, agreed and moved."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import formats, translation
from pytest_django import DjangoAssertNumQueries

from tests.planning.searching import (
    agreed_plan,
    an_option,
    mended,
    proposed_plan,
    ran,
    searched,
)
from tests.web.conftest import SignIn
from tests.worlds import NOW, World
from tussenstop.calendars.models import Commitment
from tussenstop.calendars.rules import Kind
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.planning.actions import agreeing
from tussenstop.planning.models import Plan, Search, Terms
from tussenstop.planning.rules import Activity, PlanState
from tussenstop.web.planning.keeping import series_of

pytestmark = pytest.mark.django_db


def typed(**changes: object) -> dict[str, object]:
    return {
        "version": 0,
        "from_on": "2026-11-24",
        "until_on": "2026-12-20",
        "workplace_hours": 40,
        "study_hours": 8,
        "talks": 1,
        "travel_minutes": 30,
        "week_most": "",
        "exam_most": "",
        "day_most": 10,
        "rest": 11,
        "least_block": 3,
        "most_block": 8,
        "free_day": "must",
        "holidays_free": "rather",
        "free_evening": "rather",
        "liked": ["2-morning"],
        **changes,
    }


def test_asking_starts_looking_once(signed_in: SignIn, world: World) -> None:
    student = signed_in(world.student)
    assert "Begin" in student.get(reverse("planning", args=[world.route.pk])).text

    url = reverse("planning_terms", args=[world.route.pk])
    response = student.post(url, typed())

    search = Search.objects.get()
    assert response.headers["Location"] == reverse("plan_search", args=[search.pk])
    assert Terms.objects.get().liked == ["2-morning"]
    again = student.post(url, typed())
    assert again.status_code == 422  # what stands there was changed meanwhile, by the first click
    assert Search.objects.count() == 1


def test_a_mistake_keeps_what_was_typed(signed_in: SignIn, world: World) -> None:
    student = signed_in(world.student)
    url = reverse("planning_terms", args=[world.route.pk])

    response = student.post(url, typed(until_on="2026-11-01", workplace_hours=77))

    assert response.status_code == 422
    assert 'value="77"' in response.text
    assert "The last day lies before the first." in response.text


def test_three_calendars_side_by_side(signed_in: SignIn, world: World) -> None:
    search = searched(world)
    text = signed_in(world.student).get(reverse("plan_search", args=[search.pk])).text
    for name in ("Even weeks", "Short and intense", "Weekends and evenings free"):
        assert name in text
    assert "proven: nothing fits your wishes better" in text


def test_an_impossible_wish_is_explained(signed_in: SignIn, world: World) -> None:
    search = searched(world, workplace_hours=400, week_most=30)
    text = signed_in(world.student).get(reverse("plan_search", args=[search.pk])).text
    assert "These wishes do not fit together" in text
    assert "400 hours at the workplace (your route)" in text
    assert "hours fewer at the workplace" in text


def test_from_a_choice_to_a_yes_on_the_phone_of_the_mentor(signed_in: SignIn, world: World) -> None:
    option = an_option(world)
    student = signed_in(world.student)
    page = student.get(reverse("plan_option", args=[option.pk]))
    student.post(reverse("plan_propose", args=[option.pk]), {"key": str(page.context["key"])})
    plan = Plan.objects.get()
    studying = plan.blocks.filter(activity=Activity.STUDY).count()
    assert studying

    mentor = signed_in(world.mentor)
    url = reverse("planning", args=[world.route.pk])
    text = mentor.get(url).text
    assert "proposes these days" in text
    assert "studying" not in text
    answer = reverse("planning_answer", args=[world.route.pk])
    assert mentor.post(answer, {"version": 1, "answer": "no"}).status_code == 422
    mentor.post(answer, {"version": 1, "answer": "yes"})

    plan.refresh_from_db()
    assert plan.state == PlanState.AGREED
    assert "What is agreed" in signed_in(world.teacher).get(url).text
    assert "studying" in signed_in(world.student).get(url).text


def test_keeping_nothing_asks_to_choose_first(signed_in: SignIn, world: World) -> None:
    option = an_option(world)
    response = signed_in(world.student).post(reverse("plan_around", args=[option.pk]))
    assert response.status_code == 422
    assert "Choose first which days have to stay." in response.text


def test_a_whole_series_is_kept_and_stays_ticked(signed_in: SignIn, world: World) -> None:
    student = signed_in(world.student)
    option = searched(world, workplace_hours=48).options.order_by("position")[0]
    series = series_of(option)[0]
    kept = [option.blocks[number] for number in series.numbers]
    assert 1 < len(kept) < len(option.blocks)
    assert len({date.fromisoformat(day).isoweekday() for day, *_rest in kept}) == 1

    student.post(reverse("plan_around", args=[option.pk]), {"every": series.code})

    again = ran(Search.objects.exclude(pk=option.search_id).get())
    assert again.pins == kept
    found = again.options.order_by("position")[0]
    assert all(block in found.blocks for block in kept)
    text = student.get(reverse("plan_search", args=[again.pk])).text
    assert f"Looked for around {len(kept)} days that you keep." in text
    text = student.get(reverse("plan_option", args=[found.pk])).text
    assert f'name="every" value="{series.code}" checked' in text
    assert len(re.findall(r'name="keep" value="\d+" checked', text)) == len(kept)


def test_a_number_that_would_help_stands_beside_what_was_asked(
    signed_in: SignIn, world: World
) -> None:
    search = searched(world, workplace_hours=400)
    [way] = [one for one in search.conflict["ways"] if one["demand"] == "workplace_hours"]
    fits = 400 - way["amount"] // 60
    assert 0 < fits < 400
    text = signed_in(world.student).get(reverse("plan_search", args=[search.pk])).text
    assert f"({fits} instead of 400)" in text or f"({fits}.5 instead of 400)" in text


def test_a_teacher_sees_nothing_of_a_proposal(signed_in: SignIn, world: World) -> None:
    proposed_plan(world)
    text = signed_in(world.teacher).get(reverse("planning", args=[world.route.pk])).text
    assert "Nothing is planned yet." in text


def test_the_page_costs_the_same_however_many_days(
    signed_in: SignIn, world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = agreed_plan(world)
    client = signed_in(world.student)
    url = reverse("planning", args=[world.route.pk])
    client.get(url)
    with django_assert_num_queries(16):
        client.get(url)
    plan.blocks.all().first().delete()
    with django_assert_num_queries(16):
        client.get(url)


def test_a_repair_shows_only_what_becomes_otherwise(signed_in: SignIn, world: World) -> None:
    student = signed_in(world.student)
    plan = agreed_plan(world)
    first = plan.blocks.filter(activity=Activity.WORKPLACE).order_by("day")[2]
    Commitment.objects.create(
        person=world.student,
        kind=Kind.WORK,
        title="Geruilde shift",
        first_on=first.day,
        minutes=24 * 60,
        made_at=NOW,
    )
    option = mended(world).options.get()
    text = student.get(reverse("plan_option", args=[option.pk])).text
    table = text.partition('<table class="differs">')[2].partition("</table>")[0]
    with translation.override("en"):
        assert formats.date_format(first.day, "D j F") in table
    assert table.count('<th scope="row">') == len(option.changed)
    assert 0 < len(option.changed) < plan.blocks.count()
    agreeing.propose(by=By(world.student), key=uuid7(), option=option, now=NOW)
    mentor = signed_in(world.mentor)
    seen = mentor.get(reverse("planning", args=[world.route.pk])).text
    assert '<table class="differs">' in seen
    assert "studying" not in seen.partition('<table class="differs">')[2].partition("</table>")[0]


def test_what_would_fit_instead_leads_to_the_agreement_to_propose(
    signed_in: SignIn, world: World
) -> None:
    found = searched(world, workplace_hours=400)
    since = {"since": "2027-01-12", "within": False}
    found.instead = [
        {"kind": "longer", "weeks": 2, "until": "2027-03-05", **since},
        {"kind": "longer", "weeks": 1, "until": "2027-02-26", **since, "within": True},
        {"kind": "pause", "weeks": 4, "until": "2027-03-19", **since},
    ]
    found.save()
    student = signed_in(world.student)
    text = student.get(reverse("plan_search", args=[found.pk])).text
    assert "2 weeks longer: until 5 March 2027" in text
    terms = reverse("planning_terms", args=[world.route.pk])
    assert text.count(f'href="{terms}"') == 2
    period = reverse("agreement_new", args=[world.route.pk, "period"])
    assert f"{period}?ends_on=2027-03-05" in text
    assert 'value="2027-03-05"' in student.get(period, {"ends_on": "2027-03-05"}).text
    pause = reverse("agreement_new", args=[world.route.pk, "pause"])
    assert f"{pause}?starts_on=2027-01-12&amp;back_on=2027-02-09" in text
    filled = student.get(pause, {"starts_on": "2027-01-12", "back_on": "no day"}).text
    assert 'value="2027-01-12"' in filled
    assert "no day" not in filled


def test_rules_that_are_passed_stand_beside_the_calendar(signed_in: SignIn, world: World) -> None:
    found = searched(world)
    option = found.options.order_by("position")[0]
    option.figures["warned"] = [["working-time.week@2024-01-01", 3, "2027-01-04", "50"]]
    option.save()
    student = signed_in(world.student)
    for url in (
        reverse("plan_search", args=[found.pk]),
        reverse("plan_option", args=[option.pk]),
    ):
        text = student.get(url).text
        assert "(50): outside the rule in 3 weeks, first in that of" in text
        assert "This is no ban" in text
