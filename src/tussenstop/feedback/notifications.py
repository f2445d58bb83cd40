"""Letters about feedback: that there is something, never what it says."""

from datetime import datetime
from uuid import UUID

from django.utils import formats, timezone, translation

from tussenstop.access import links
from tussenstop.access.links import Purpose
from tussenstop.access.rules import RouteRole
from tussenstop.core import letters
from tussenstop.feedback.models import Asking, Feedback, Invitation, Reply
from tussenstop.feedback.tokens import giver_address, link_address
from tussenstop.people.models import Person


def _send(person: Person, template: str, action_url: str, **more: object) -> None:
    if not person.is_active:
        return
    letters.send(
        to=person.email,
        language=person.language,
        template=f"feedback/{template}",
        context={"name": person.first_name, "action_url": action_url, **more},
    )


def _page(feedback_id: UUID) -> str:
    return letters.address("feedback_one", feedback_id)


def asked(asking: Asking, *, now: datetime) -> None:
    """To who is asked: a door behind which it is given without signing in."""
    if not asking.giver.is_active:
        return
    link = links.issue(
        person=asking.giver,
        purpose=Purpose.FEEDBACK,
        subject_id=asking.pk,
        route_id=asking.route_id,
        now=now,
    )
    _send(asking.giver, "asked", links.url_of(link), who=asking.receiver.name, point=asking.point)


def declined(asking: Asking) -> None:
    _send(
        asking.receiver,
        "declined",
        letters.address("feedback", asking.route_id),
        who=asking.giver.name,
        word=asking.word,
    )


def given(feedback: Feedback) -> None:
    """To the receiver."""
    _send(feedback.receiver, "given", _page(feedback.pk), who=feedback.who)


def corrected(feedback: Feedback) -> None:
    _send(feedback.receiver, "corrected", _page(feedback.pk), who=feedback.who)


def replied(reply: Reply) -> None:
    """To the other of the two; who has no account gets a link of their own, when they left an
    address."""
    feedback = reply.feedback
    if reply.person_id != feedback.receiver_id:
        who = reply.person.name if reply.person else feedback.outside_name
        _send(feedback.receiver, "answered", _page(feedback.pk), who=who)
    elif feedback.giver:
        _send(
            feedback.giver,
            "replied",
            _page(feedback.pk),
            who=feedback.receiver.name,
            kind=reply.kind,
        )
    elif feedback.invitation and feedback.invitation.email:
        letters.send(
            to=feedback.invitation.email,
            language=feedback.invitation.language,
            template="feedback/replied",
            context={
                "name": feedback.outside_name,
                "who": feedback.receiver.name,
                "kind": reply.kind,
                "action_url": giver_address(feedback.invitation),
            },
        )


def shown(feedback: Feedback, person: Person) -> None:
    """To whom it is shown."""
    _send(person, "shown", _page(feedback.pk), who=feedback.receiver.name)


def invited(invitation: Invitation) -> None:
    """To an address outside: who asks, about what, and until when."""
    with translation.override(invitation.language):
        until = formats.date_format(timezone.localtime(invitation.expires_at), "j F")
        role = str(RouteRole(invitation.receiver_role).label)
    letters.send(
        to=invitation.email,
        language=invitation.language,
        template="feedback/invited",
        context={
            "name": invitation.name,
            "who": invitation.receiver.name,
            "first_name": invitation.receiver.first_name,
            "role": role,
            "point": invitation.point,
            "until": until,
            "action_url": link_address(invitation),
        },
    )
