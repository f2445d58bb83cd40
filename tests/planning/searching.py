"""Calendars looked for, proposed and agreed in the world of a test."""

import pickle
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.people.acting import By
from tussenstop.planning.actions import agreeing, searching
from tussenstop.planning.actions.searching import Wanted
from tussenstop.planning.engine.problem import Problem
from tussenstop.planning.engine.solve import Outcome, best
from tussenstop.planning.looking import look_for
from tussenstop.planning.models import Option, Plan, Search
from tussenstop.planning.rules import PlanState, Purpose, Strength


def wanted(world: World, **changes: Any) -> Wanted:
    first = max(NOW.date(), world.placement.starts_on)
    values: dict[str, Any] = {
        "from_on": first,
        "until_on": first + timedelta(days=27),
        "workplace_hours": 40,
        "study_hours": 8,
        "talks": 1,
        "week_most": None,
        "exam_most": None,
        "day_most": 10,
        "rest": 11,
        "free_evening": Strength.RATHER,
        "free_day": Strength.MUST,
        "holidays_free": Strength.RATHER,
        "least_block": 3,
        "most_block": 8,
        "travel_minutes": 30,
        "liked": ["2-morning"],
        "disliked": ["6-afternoon"],
    }
    return Wanted(**{**values, **changes})


def searched(
    world: World, *, pins: list[Any] | None = None, afresh: bool = False, **changes: Any
) -> Search:
    """What a student asks, and what was found: for the same question what was found in an earlier
    test, unless it is to be found `afresh`."""
    terms = searching.Terms.objects.filter(route=world.route).first()
    searching.keep_terms(
        by=By(world.student),
        route=world.route,
        seen=terms.version if terms else 0,
        wanted=wanted(world, **changes),
        now=NOW,
    )
    return ran(
        Search.objects.create(
            route=world.route,
            purpose=Purpose.NEW,
            asked_by=world.student,
            asked_at=NOW,
            pins=pins or [],
        ),
        afresh=afresh,
    )


def mended(world: World) -> Search:
    return ran(
        Search.objects.create(
            route=world.route, purpose=Purpose.REPAIR, asked_by=world.student, asked_at=NOW
        )
    )


def ran(search: Search, *, afresh: bool = False) -> Search:
    whole = Search.objects.select_related("route__student", "route__institution").get(pk=search.pk)
    with patch("tussenstop.planning.engine.alternatives.best", best if afresh else found_before):
        look_for(whole)
    search.refresh_from_db()
    return search


_found: dict[bytes, Outcome] = {}


def found_before(problem: Problem, *, seconds: float, likenesses: Any = None) -> Outcome:
    """The engine gives the same plan for the same problem, and needs seconds for it."""
    key = pickle.dumps((problem, likenesses))
    if key not in _found:
        _found[key] = best(problem, seconds=seconds, likenesses=likenesses)
    return _found[key]


def an_option(world: World) -> Option:
    found = Option.objects.select_related("search__route").order_by("position").first()
    return found or searched(world).options.select_related("search__route").order_by("position")[0]


def proposed_plan(world: World) -> Plan:
    option = an_option(world)
    return agreeing.propose(by=By(world.student), key=uuid7(), option=option, now=NOW)


def agreed_plan(world: World) -> Plan:
    if already := Plan.objects.filter(state=PlanState.AGREED).first():
        return already
    plan = proposed_plan(world)
    agreeing.answer(by=By(world.mentor), plan=plan, seen=plan.version, agrees=True, now=NOW)
    plan.refresh_from_db()
    return plan
