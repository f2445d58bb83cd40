"""What is open about the conversations of a route: moments to answer, one to choose, words to write."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch

from tussenstop.conversations.models import Attendee, Conversation, Slot
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import MoveCode


def talks_open(route: Route) -> Iterable[Open]:
    """Everybody answers for themselves; whoever proposed the moments chooses among what suits. What
    was up to somebody who left is up to all who are still there."""
    talks = list(
        Conversation.objects.filter(route=route, held_at=None, cancelled_at=None).prefetch_related(
            Prefetch("attendees", Attendee.objects.order_by("pk")),
            Prefetch("slots", Slot.objects.filter(ended_at=None).order_by("-starts_at")),
        )
    )
    if not talks:
        return
    roles = {part.person_id: part.role for part in open_parts(route) if part.accepted_at}
    for talk in talks:
        there = [one for one in talk.attendees.all() if one.person_id in roles]
        here = [one.person_id for one in there]
        slot = next(iter(talk.slots.all()), None)
        if slot:
            since = slot.proposed_at
            waiting = [one.person_id for one in there if one.answered_at is None]
            for person_id in waiting:
                yield Open(
                    MoveCode.ANSWER_TALK,
                    roles[person_id],
                    talk.pk,
                    since,
                    person_id=person_id,
                    until=slot.starts_at,
                )
            if waiting:
                # Once the last moment has passed nobody can answer: others are to be proposed.
                since = slot.starts_at
            code, people = MoveCode.CHOOSE_TALK, _up_to(slot.proposed_by_id, here)
        elif talk.ends_at:
            code, since = MoveCode.NOTE_TALK, talk.ends_at
            people = _up_to(talk.made_by_id, here)
        else:
            continue
        for person_id in people:
            yield Open(code, roles[person_id], talk.pk, since, person_id=person_id)


def _up_to(person_id: UUID, here: list[UUID]) -> list[UUID]:
    return [person_id] if person_id in here else here
