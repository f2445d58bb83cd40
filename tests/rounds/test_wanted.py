"""Which wishes count: hard requirements, from what a student told and what a place offers."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tussenstop.people import towns
from tussenstop.rounds.market import levels
from tussenstop.rounds.rules import Requirement, Why
from tussenstop.rounds.wanted import Offer, Terms, hindrance
from tussenstop.startposition.need import Need

PROGRAMME = uuid4()
FIRST, LAST = date(2027, 2, 1), date(2027, 6, 30)
TERMS = Terms(FIRST, LAST, frozenset(Requirement.values))
GENT, OOSTENDE = towns.find("9000"), towns.find("8400")
# Tuesday and Friday, in Ghent, in Dutch.
OFFER = Offer(frozenset({PROGRAMME}), FIRST, LAST, 2 + 16, frozenset({"nl"}), GENT)
NEED = Need(PROGRAMME)


def test_what_a_student_did_not_tell_keeps_them_from_nothing() -> None:
    assert hindrance(OFFER, NEED, TERMS) is None


@pytest.mark.parametrize(
    ("offer", "need", "why"),
    [
        (replace(OFFER, programmes=frozenset({uuid4()})), NEED, Why.PROGRAMME),
        (replace(OFFER, starts_on=LAST + timedelta(days=1), ends_on=date.max), NEED, Why.PERIOD),
        (replace(OFFER, starts_on=date.min, ends_on=FIRST - timedelta(days=1)), NEED, Why.PERIOD),
        (OFFER, replace(NEED, rooms={2: "taken", 5: "taken"}), Why.DAYS),
        (OFFER, replace(NEED, languages=frozenset({"fr"})), Why.LANGUAGES),
        (
            OFFER,
            replace(NEED, town=OOSTENDE, ways=("bike",), most_minutes=30),
            Why.TRAVEL,
        ),
    ],
)
def test_each_requirement_has_its_own_reason(offer: Offer, need: Need, why: Why) -> None:
    assert hindrance(offer, need, TERMS) == why


@pytest.mark.parametrize(
    "need",
    [
        replace(NEED, rooms={2: "taken", 5: "movable"}),
        replace(NEED, rooms={2: "taken"}),
        replace(NEED, languages=frozenset({"fr", "nl"})),
        replace(NEED, town=GENT, ways=("bike",), most_minutes=30),
        replace(NEED, town=OOSTENDE, ways=("bike",)),
    ],
)
def test_what_can_be_arranged_counts(need: Need) -> None:
    assert hindrance(OFFER, need, TERMS) is None


def test_a_round_may_leave_requirements_to_the_students() -> None:
    need = replace(
        NEED,
        rooms={2: "taken", 5: "taken"},
        languages=frozenset({"fr"}),
        town=OOSTENDE,
        ways=("bike",),
        most_minutes=0,
    )
    assert hindrance(OFFER, need, replace(TERMS, requirements=frozenset())) is None
    elsewhere = replace(OFFER, programmes=frozenset())
    assert hindrance(elsewhere, need, replace(TERMS, requirements=frozenset())) == Why.PROGRAMME


def test_a_place_in_an_unknown_town_is_not_too_far() -> None:
    need = replace(NEED, town=GENT, ways=("bike",), most_minutes=1)
    assert hindrance(replace(OFFER, town=None), need, TERMS) is None


@pytest.mark.parametrize(
    ("ties", "found"),
    [
        ([], []),
        ([False, False, False], [1, 2, 3]),
        ([False, True, False], [1, 1, 3]),
        ([False, True, True, False], [1, 1, 1, 4]),
        ([True, False], [1, 2]),
    ],
)
def test_equal_wishes_share_a_rank(ties: list[bool], found: list[int]) -> None:
    assert levels(ties) == found
