"""Letters: that it is somebody's turn, and nothing of what was written."""

from functools import partial
from uuid import UUID

from django.db import transaction

from tussenstop.core import letters
from tussenstop.people.models import Person


def _later(person: Person, template: str, **context: object) -> None:
    transaction.on_commit(
        partial(
            letters.send,
            to=person.email,
            language=person.language,
            template=template,
            context={"name": person.first_name, **context},
        )
    )


def your_turn(*, person: Person, by: Person, loop_id: UUID) -> None:
    _later(
        person,
        "reflection/turn",
        who=by.first_name,
        action_url=letters.address("loop", loop_id),
    )


def invited(*, person: Person, by: Person, page_id: UUID) -> None:
    _later(
        person,
        "reflection/invited",
        who=by.first_name,
        action_url=letters.address("two_page", page_id),
    )


def reminder(person: Person) -> None:
    _later(
        person,
        "reflection/reminder",
        action_url=letters.address("journal_new"),
        choose_url=letters.address("journal_reminder"),
    )
