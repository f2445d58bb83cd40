"""The one letter of wellbeing: it says that something waits, and nothing about what or from whom."""

from tussenstop.core import letters
from tussenstop.people.models import Person


def something_waits(person: Person) -> None:
    letters.send(
        to=person.email,
        language=person.language,
        template="waits",
        context={"name": person.first_name, "action_url": letters.address("today")},
    )
