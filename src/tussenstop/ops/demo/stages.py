"""How far each invented student has come."""

from dataclasses import dataclass

from tussenstop.people.models import Person, Programme, Workplace

# How many weeks ago the placement began (negative: begins in so many weeks).
STARTED_WEEKS_AGO = {
    "invited": -6,
    "drafting": -4,
    "acquainting": -5,
    "proposed": -3,
    "contested": -3,
    "agreed": -2,
    "onboarding": 1,
    "interim": 10,
    "halfway": 12,
    "paused": 9,
    "nearly": 24,
    "completed": 31,
    "stopped": 8,
}


# How many days ago a route began that is not agreed yet; the others began well before the first
# day at the workplace.
BEGUN_DAYS_AGO = {
    "invited": 3,
    "preparing": 4,
    "seeking": 16,
    "acquainting": 12,
    "drafting": 9,
    "proposed": 11,
    "contested": 13,
}


# How many stops lie behind, for a route that is under way or further.
STOPS_DONE = {
    "onboarding": 3,
    "interim": 6,
    "halfway": 7,
    "paused": 6,
    "nearly": 9,
    "completed": 11,
    "stopped": 5,
}


FORMS = {
    "workplace_student": "internship_agreement",
    "candidate": "internship_agreement",
    "own_employee": "employment_addendum",
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is on this journey."""

    student: Person
    programme: Programme
    leader: Person
    teacher: Person | None
    coach: Person | None
    workplace: Workplace | None
    coordinator: Person | None
    mentor: Person | None
    godparent: Person | None
