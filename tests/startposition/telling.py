"""Short ways to tell and to share, for tests."""

from datetime import datetime
from typing import Any

from tests.worlds import NOW, World
from tussenstop.content import pack
from tussenstop.people.acting import By
from tussenstop.people.models import Person
from tussenstop.startposition.actions import sharing, telling
from tussenstop.startposition.models import Part, Sharing, Side

# One answer in each part that no other text holds.
TOLD = {
    "time": {"lessons": "dinsdagavond-kanarie"},
    "balance": {"never": "zondag-kanarie"},
    "motivation": {"why_now": "waarom-kanarie"},
    "talents": {"examples": [{"what": "luisteren-kanarie", "example": ""}]},
    "expectations": {"from_mentor": "verwacht-kanarie"},
    "context": {"looking_for": "zoek-kanarie"},
}
CANARIES = {
    "time": "dinsdagavond-kanarie",
    "balance": "zondag-kanarie",
    "motivation": "waarom-kanarie",
    "talents": "luisteren-kanarie",
    "expectations": "verwacht-kanarie",
    "context": "zoek-kanarie",
}


def tells(
    world: World, key: str, answers: dict[str, Any], *, seen: int = 0, now: datetime = NOW
) -> Part:
    return telling.save_part(
        by=By(world.student), route=world.fresh(), key=key, answers=answers, seen=seen, now=now
    )


def tells_everything(world: World) -> None:
    for key, answers in TOLD.items():
        tells(world, key, answers)


def shares(world: World, seen: int = 0, **shared: list[str]) -> Sharing:
    return sharing.choose_sharing(
        by=By(world.student), route=world.fresh(), shared=shared, seen=seen, now=NOW
    )


def shares_everything_with(world: World, *audiences: str) -> Sharing:
    return shares(world, **{key: list(audiences) for key in pack().starting_position})


def tells_side(world: World, person: Person, role: str, **answers: Any) -> Side:
    return telling.save_side(
        by=By(person), route=world.fresh(), role=role, answers=answers, seen=0, now=NOW
    )
