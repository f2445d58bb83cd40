"""Letters: that it is somebody's turn, and nothing of what was written."""

from uuid import UUID

from tussenstop.core import letters
from tussenstop.people.models import Person


def _send(person: Person, template: str, **context: object) -> None:
    letters.send(
        to=person.email,
        language=person.language,
        template=template,
        context={"name": person.first_name, **context},
    )


def your_turn(*, person: Person, by: Person, loop_id: UUID, choose: bool = False) -> None:
    """To who writes next; or, to `choose`, to the student when that one left."""
    _send(
        person,
        "reflection/turn",
        who=by.first_name,
        choose=choose,
        action_url=letters.address("loop", loop_id),
    )


def invited(*, person: Person, by: Person, page_id: UUID) -> None:
    _send(
        person,
        "reflection/invited",
        who=by.first_name,
        action_url=letters.address("two_page", page_id),
    )


def reminder(person: Person) -> None:
    _send(
        person,
        "reflection/reminder",
        action_url=letters.address("journal_new"),
        choose_url=letters.address("journal_reminder"),
    )
