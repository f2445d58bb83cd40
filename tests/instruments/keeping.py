"""Questionnaires of the institution in the world of a test, invented on the spot."""

from datetime import date, datetime
from typing import Any

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.instruments import actions
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import Held, Text, Wording
from tussenstop.people.acting import By

DUTCH = Wording(
    "nl",
    "Leergoesting",
    "Eigen vragen van onze school.",
    ("Ik had zin om iets te proberen.", "Ik durfde iets te vragen."),
    ("nooit", "soms", "vaak"),
)
ENGLISH = Wording(
    "en",
    "Eager to learn",
    "Questions of our own school.",
    ("I felt like trying something.", "I dared to ask something."),
    ("never", "sometimes", "often"),
)


def a_text(*wordings: Wording, **changes: Any) -> Text:
    """In Dutch, when nothing else is said."""
    values = {
        "wordings": wordings or (DUTCH,),
        "rights_holder": "School De Brug",
        "licence": "Van onszelf",
        "licence_url": "",
        "attribution": "",
    }
    return Text(**{**values, **changes})


def a_right(**changes: Any) -> Held:
    values = {
        "how": "own",
        "held_by": "Dienst leren",
        "note": "",
        "valid_from": NOW.date(),
        "valid_until": None,
    }
    return Held(**{**values, **changes})


def adds(world: World, *wordings: Wording, now: datetime = NOW, **changes: Any) -> Instrument:
    """A draft, by the programme coordinator."""
    return actions.add(
        by=By(world.programme_coordinator),
        institution=world.institution,
        key=uuid7(),
        text=a_text(*wordings, **changes),
        now=now,
    )


def uses(
    world: World, instrument: Instrument, *, now: datetime = NOW, until: date | None = None
) -> Instrument:
    """It comes in use, with the word of the programme coordinator."""
    fresh = Instrument.objects.select_related("institution").get(pk=instrument.pk)
    actions.put_in_use(
        by=By(world.programme_coordinator),
        instrument=fresh,
        seen=fresh.version,
        held=a_right(valid_from=now.date(), valid_until=until),
        confirmed=True,
        now=now,
    )
    return Instrument.objects.select_related("institution").get(pk=instrument.pk)


def in_use(
    world: World, *wordings: Wording, now: datetime = NOW, until: date | None = None
) -> Instrument:
    return uses(world, adds(world, *wordings, now=now), now=now, until=until)
