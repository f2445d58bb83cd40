"""A questionnaire that one school of the demo wrote itself: three questions of its own, and no
instrument that exists."""

from datetime import datetime, timedelta

from tussenstop.core.ids import uuid7
from tussenstop.instruments import actions
from tussenstop.instruments.models import Instrument
from tussenstop.instruments.rules import Held, Right, Text, Wording
from tussenstop.people.acting import By
from tussenstop.people.models import Person, Programme

WORDING = Wording(
    "nl",
    "Leergoesting",
    "Drie vragen die wij zelf schreven, om even te voelen of het leren nog smaakt. "
    "Denk aan de voorbije twee weken.",
    (
        "Ik had goesting om iets nieuws te proberen.",
        "Ik leerde iets waar ik morgen iets aan heb.",
        "Ik durfde te vragen wat ik nog niet wist.",
    ),
    ("bijna nooit", "soms", "vaak", "bijna altijd"),
)


def keep(*, programme: Programme, leader: Person, now: datetime) -> Instrument:
    """In use since two months ago, for another ten."""
    by, then = By(leader), now - timedelta(days=60)
    made = actions.add(
        by=by,
        institution=programme.institution,
        key=uuid7(),
        text=Text(
            wordings=(WORDING,),
            rights_holder=programme.institution.name,
            licence="Zelf geschreven. Wie wil, mag ze overnemen (CC BY 4.0).",
            licence_url="https://creativecommons.org/licenses/by/4.0/deed.nl",
            attribution=f"{programme.institution.name}, “Leergoesting”, CC BY 4.0",
        ),
        now=then,
    )
    actions.put_in_use(
        by=by,
        instrument=made,
        seen=made.version,
        held=Held(
            how=Right.OWN,
            held_by="de dienst leren en begeleiden",
            note="Geschreven op de teamdag van september.",
            valid_from=then.date(),
            valid_until=(then + timedelta(days=365)).date(),
        ),
        confirmed=True,
        now=then,
    )
    return made
