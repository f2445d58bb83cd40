"""What is open about feedback on a route: to give, to read, to answer. Nobody else is told of it."""

from collections.abc import Iterable

from tussenstop.feedback.models import Asking, Feedback, Reply
from tussenstop.feedback.rules import ReplyKind
from tussenstop.routes.models import Route
from tussenstop.routes.moves import Open, open_parts
from tussenstop.routes.rules import MoveCode


def feedback_open(route: Route) -> Iterable[Open]:
    """Only for who takes part; a question about feedback waits while its words came last."""
    asked = list(Asking.objects.filter(route=route, closed_at=None))
    standing = Feedback.objects.filter(route=route, taken_back_at=None, removed_at=None)
    unread = list(standing.filter(read_at=None))
    last: dict[object, Reply] = {}
    for reply in (
        Reply.objects.filter(feedback__in=standing)
        .exclude(feedback__giver=None)
        .select_related("feedback")
        .order_by("at", "pk")
    ):
        last[reply.feedback_id] = reply
    questions = [reply for reply in last.values() if reply.kind == ReplyKind.QUESTION]
    if not (asked or unread or questions):
        return
    roles: dict[object, str] = {}
    for part in open_parts(route):
        if part.accepted_at:
            roles.setdefault(part.person_id, part.role)
    for one in asked:
        if one.giver_id in roles and one.receiver_id in roles:
            yield Open(
                MoveCode.GIVE_FEEDBACK, roles[one.giver_id], one.pk, one.at, person_id=one.giver_id
            )
    for given in unread:
        if given.receiver_id in roles:
            yield Open(
                MoveCode.READ_FEEDBACK,
                roles[given.receiver_id],
                given.pk,
                given.at,
                person_id=given.receiver_id,
            )
    for reply in questions:
        giver_id = reply.feedback.giver_id
        if giver_id in roles:
            yield Open(
                MoveCode.ANSWER_FEEDBACK,
                roles[giver_id],
                reply.feedback_id,
                reply.at,
                person_id=giver_id,
            )
