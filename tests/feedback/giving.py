"""Feedback given and asked in the world of a test."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.worlds import NOW, World
from tussenstop.core.ids import uuid7
from tussenstop.feedback.actions import asking, giving, outside, receiving
from tussenstop.feedback.actions.words import Words
from tussenstop.feedback.models import Asking, Feedback, Invitation
from tussenstop.people.acting import By
from tussenstop.people.models import Person

SAW = "Je luisterde naar een boze familie."
NEXT = "Volgende keer mag je het gesprek zelf afronden."


def words(**changes: Any) -> Words:
    typed: dict[str, Any] = {"saw": SAW, "did": "Ze werden rustig.", "next_step": NEXT}
    return Words(**{**typed, **changes})


def gives(
    world: World,
    *,
    by: Person | None = None,
    to: Person | None = None,
    now: datetime = NOW,
    key: UUID | None = None,
    asked: Asking | None = None,
    **changes: Any,
) -> Feedback:
    """The mentor gives the student feedback, unless said otherwise."""
    return giving.give(
        by=By(by or world.mentor),
        route=world.fresh(),
        to=to or world.student,
        words=words(**changes),
        key=key or uuid7(),
        now=now,
        asking=asked,
    )


def read(feedback: Feedback, *, now: datetime = NOW) -> Feedback:
    receiving.open_envelope(by=By(feedback.receiver), feedback=feedback, now=now)
    return Feedback.objects.get(pk=feedback.pk)


def asks(
    world: World, *, by: Person | None = None, of: Person | None = None, **changes: Any
) -> Asking:
    """The student asks the mentor, unless said otherwise."""
    return asking.ask(
        by=By(by or world.student),
        route=world.fresh(),
        giver=of or world.mentor,
        point=changes.get("point", "Hoe ik overdracht geef"),
        key=changes.get("key", uuid7()),
        now=changes.get("now", NOW),
    )


def a_link(world: World, *, by: Person | None = None, **changes: Any) -> Invitation:
    return outside.invite(
        by=By(by or world.student),
        route=world.fresh(),
        point=changes.get("point", "Hoe ik met bewoners omga"),
        name=changes.get("name", "Marleen"),
        email=changes.get("email", ""),
        key=changes.get("key", uuid7()),
        now=changes.get("now", NOW),
    )


def answers(invitation: Invitation, *, now: datetime = NOW, **changes: Any) -> Feedback:
    key = changes.pop("key", uuid7())
    return outside.answer(
        invitation=invitation,
        name="Marleen De Wit",
        how="collega van de nacht",
        words=words(**changes),
        key=key,
        now=now,
    )
