"""What is open about the conversations of a route: moments to answer, one to choose, words to write."""

from collections.abc import Iterable

from tussenstop.conversations.models import Conversation, Slot
from tussenstop.conversations.queries import suiting
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import MoveCode


def talks_open(route: Route) -> Iterable[Open]:
    """Everybody answers for themselves; whoever proposed the moments chooses among what suits."""
    talks = list(Conversation.objects.filter(route=route, held_at=None, cancelled_at=None))
    if not talks:
        return
    roles = {part.person_id: part.role for part in open_parts(route) if part.accepted_at}
    for talk in talks:
        slot = Slot.objects.filter(conversation=talk, ended_at=None).first()
        if slot:
            waiting = talk.attendees.filter(answered_at=None).values_list("person_id", flat=True)
            code, people = MoveCode.ANSWER_TALK, [pk for pk in waiting if pk in roles]
            if not people and len(suiting(talk)) != 1:
                code, people = MoveCode.CHOOSE_TALK, [slot.proposed_by_id]
            since = slot.proposed_at
        elif talk.ends_at:
            code, people, since = MoveCode.NOTE_TALK, [talk.made_by_id], talk.ends_at
        else:
            continue
        for person_id in people:
            if person_id in roles:
                yield Open(code, roles[person_id], talk.pk, since, person_id=person_id)
