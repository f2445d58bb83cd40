"""Short ways to offer a place, for tests."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from tests.worlds import FIRST_DAY, LAST_DAY, NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.matching.actions import places
from tussenstop.matching.actions.places import Offer
from tussenstop.matching.models import Place
from tussenstop.matching.rules import PlaceState
from tussenstop.people.acting import By


def an_offer(world: World, **changes: Any) -> Offer:
    offer = Offer(
        title="Leren zorgen",
        programmes=[world.programme],
        competences=[],
        mentors=[world.mentor],
        starts_on=FIRST_DAY,
        ends_on=LAST_DAY,
        days=[2, 5],
        hours_a_week=16,
        seats=2,
        seats_lowest=0,
        languages=["nl"],
        requirements="",
        tasks=["Koffie schenken"],
        story="Dinsdag is soep.",
        practical="",
    )
    return replace(offer, **changes)


def draft(world: World, *, key: UUID | None = None, **changes: Any) -> Place:
    return places.add_place(
        by=By(world.organisation_coordinator),
        workplace=world.workplace,
        key=key or uuid7(),
        offer=an_offer(world, **changes),
        now=NOW,
    )


def to(world: World, place: Place, state: PlaceState) -> None:
    places.set_state(by=By(world.organisation_coordinator), place=place, to=state, now=NOW)
    place.refresh_from_db()


def a_place(world: World, **changes: Any) -> Place:
    """A place that is open for students."""
    place = draft(world, **changes)
    to(world, place, PlaceState.PUBLISHED)
    return place
