"""Whose turn it is in a loop: from the steps of the content pack and how many are written."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import LoopStep, pack
from tussenstop.people.models import Person
from tussenstop.reflection.models import Loop


class Seat(StrEnum):
    """A place in a loop that somebody else can take. The student's is theirs."""

    MENTOR = "mentor"
    COACH = "coach"


# A teacher can stand in the coach's place.
ROLES: dict[str, tuple[RouteRole, ...]] = {
    "student": (RouteRole.STUDENT,),
    Seat.MENTOR: (RouteRole.MENTOR,),
    Seat.COACH: (RouteRole.COACH, RouteRole.TEACHER),
}


def steps() -> list[LoopStep]:
    return list(pack().reflection_loop.values())


def holder_of(loop: Loop, who: str) -> Person:
    """Who has this place in this loop, also when they left since."""
    found: Person = {
        "student": loop.route.student,
        Seat.MENTOR: loop.mentor,
        Seat.COACH: loop.coach,
    }[who]
    return found


def holds(person: Person, who: str, parts: Iterable[Participation]) -> bool:
    """Whether somebody travels along in a role for this place. `parts`: of the route, now."""
    return any(part.person_id == person.pk and part.role in ROLES[who] for part in parts)


def vacant(loop: Loop, parts: Collection[Participation]) -> list[Seat]:
    """The places whose holder no longer travels along."""
    return [seat for seat in Seat if not holds(holder_of(loop, seat), seat, parts)]


@dataclass(frozen=True, slots=True)
class Turn:
    """The step that is open, and who writes it; when they left, the student chooses who does
    (`vacant`)."""

    step: LoopStep
    person: Person
    number: int
    vacant: Seat | None = None


def turn_of(loop: Loop, parts: Collection[Participation]) -> Turn | None:
    """None when the loop is round, or was ended. `parts`: of its route, now."""
    every = steps()
    if loop.ended_at or loop.step >= len(every):
        return None
    step, number = every[loop.step], loop.step + 1
    empty = next((seat for seat in vacant(loop, parts) if seat == step.who), None)
    return Turn(step, loop.route.student if empty else holder_of(loop, step.who), number, empty)


def reads_from(loop: Loop, person: Person) -> int:
    """How many steps at the beginning this person does not read."""
    return {loop.mentor_id: loop.mentor_reads_from, loop.coach_id: loop.coach_reads_from}.get(
        person.pk, 0
    )


def role_of(step: LoopStep, person: Person, parts: Iterable[Participation]) -> str:
    """The role in which somebody writes a step: a teacher can stand in the coach's place."""
    held = {part.role for part in parts if part.person_id == person.pk}
    if step.who == "coach" and RouteRole.TEACHER in held and RouteRole.COACH not in held:
        return RouteRole.TEACHER.value
    return RouteRole(step.who).value
