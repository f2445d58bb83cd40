"""Whose turn it is in a loop: from the steps of the content pack and how many are written."""

from collections.abc import Iterable
from dataclasses import dataclass

from tussenstop.access.models import Participation
from tussenstop.access.rules import RouteRole
from tussenstop.content import LoopStep, pack
from tussenstop.people.models import Person
from tussenstop.reflection.models import Loop


def steps() -> list[LoopStep]:
    return list(pack().reflection_loop.values())


def person_of(loop: Loop, step: LoopStep) -> Person:
    """Who writes this step of this loop."""
    found: Person = {
        "student": loop.route.student,
        "mentor": loop.mentor,
        "coach": loop.coach,
    }[step.who]
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """The step that is open, and who writes it."""

    step: LoopStep
    person: Person
    number: int


def turn_of(loop: Loop) -> Turn | None:
    """None when the loop is round, or was ended."""
    every = steps()
    if loop.ended_at or loop.step >= len(every):
        return None
    step = every[loop.step]
    return Turn(step, person_of(loop, step), loop.step + 1)


def role_of(step: LoopStep, person: Person, parts: Iterable[Participation]) -> str:
    """The role in which somebody writes a step: a teacher can stand in the coach's place."""
    held = {part.role for part in parts if part.person_id == person.pk}
    if step.who == "coach" and RouteRole.COACH not in held:
        return RouteRole.TEACHER.value
    return RouteRole(step.who).value
