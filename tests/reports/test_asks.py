"""Honest time: what it asks in an ordinary week, before anybody signs."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import ProgrammeFactory
from tests.startposition.telling import shares_everything_with, tells
from tests.web.conftest import SignIn, on_that_day, signed_in
from tests.worlds import NOW, World, with_an_agreement
from tussenstop.people.models import Programme
from tussenstop.reports.asks import Week, on_route, week_of
from tussenstop.routes.queries import get_route

__all__ = ["on_that_day", "signed_in"]


def hours(week: Week) -> dict[str, float]:
    return {row.label: row.hours for row in week.rows}


def of(programme: Programme, **more: int) -> Week:
    """Twenty weeks, 300 hours at the workplace."""
    return week_of(
        programme, first=date(2027, 1, 4), last=date(2027, 5, 23), hours_target=300, **more
    )


def test_the_hours_are_spread_over_the_weeks_beside_lessons_study_travel_and_job() -> None:
    programme = ProgrammeFactory.build(lesson_hours=6, study_hours=7, institution=None)
    week = of(programme, work_percentage=50, minutes=30)
    assert hours(week) == {
        "At the workplace": 15,
        "Lessons": 6,
        "Study at home": 7,
        "Travelling, about": 2,
        "Your job": 19,
    }
    assert week.total == 49
    assert not week.unknown


def test_what_nobody_said_is_not_guessed() -> None:
    week = of(ProgrammeFactory.build(institution=None))
    assert hours(week) == {"At the workplace": 15}
    assert week.unknown


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["mentor", "teacher", "programme_coordinator"])
def test_what_the_job_takes_is_seen_by_the_student_alone(world: World, who: str) -> None:
    tells(world, "time", {"work_percentage": 80})
    shares_everything_with(world, "mentor", "teacher", "coach", "workplaces")

    def seen(person_name: str) -> Week:
        view = get_route(person=getattr(world, person_name), route_id=world.route.pk, now=NOW)
        week = on_route(view, now=NOW)
        assert week is not None
        return week

    assert "Your job" in hours(seen("student"))
    assert "Your job" not in hours(seen(who))


@pytest.mark.django_db
def test_once_agreed_it_is_no_longer_a_question(world: World) -> None:
    with_an_agreement(world)
    view = get_route(person=world.student, route_id=world.route.pk, now=NOW)
    assert on_route(view, now=NOW) is None


@pytest.mark.django_db
def test_it_stands_on_the_page_of_the_route(world: World, signed_in: SignIn) -> None:
    Programme.objects.update(lesson_hours=6)
    page = signed_in(world.student).get(reverse("route", args=[world.route.pk])).content.decode()
    assert "What this asks in an ordinary week" in page
    assert "6 h" in page
