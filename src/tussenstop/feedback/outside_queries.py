"""Links for who has no account: for who made them, and for who opens one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tussenstop.access import checks
from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import NotFound
from tussenstop.feedback import tokens
from tussenstop.feedback.models import Feedback, Invitation
from tussenstop.feedback.queries import partners, whole
from tussenstop.feedback.rules import CORRECT, ReplyKind, Standing
from tussenstop.people.models import Person
from tussenstop.routes.queries import RouteView, get_route


def standing_of(invitation: Invitation, *, now: datetime) -> Standing:
    if invitation.answered_at:
        return Standing.ANSWERED
    if invitation.revoked_at:
        return Standing.REVOKED
    return Standing.EXPIRED if invitation.expires_at <= now else Standing.OPEN


def get_asking_outside(*, person: Person, route_id: UUID, now: datetime) -> RouteView:
    """The route, for who may make links on it. Raises NotFound, or Refused."""
    return get_route(person=person, route_id=route_id, now=now, permission=OnRoute.ASK_OUTSIDE)


def own_links(*, view: RouteView) -> QuerySet[Invitation]:
    """The links this person made on this route, the newest first."""
    rows = Invitation.objects.filter(route=view.route, receiver=view.person)
    return rows.order_by("-made_at", "-pk")


def get_link(*, person: Person, invitation_id: UUID, now: datetime) -> tuple[Invitation, RouteView]:
    """A link, for who made it. Raises NotFound, or Refused."""
    invitation = (
        Invitation.objects.filter(pk=invitation_id, receiver=person)
        .select_related("receiver")
        .first()
    )
    if invitation is None:
        raise NotFound
    view = get_asking_outside(person=person, route_id=invitation.route_id, now=now)
    invitation.route = view.route
    return invitation, view


def answer_by(*, invitation: Invitation) -> Feedback | None:
    """What came back by a link, for who made it."""
    return Feedback.objects.filter(invitation=invitation, removed_at=None).first()


@dataclass(frozen=True, slots=True)
class OutsideView:
    """A link as somebody without an account finds it. `feedback` is what they gave: only for who
    gave it, because a link may be passed on."""

    invitation: Invitation
    standing: Standing
    feedback: Feedback | None
    now: datetime

    @property
    def removed(self) -> bool:
        return self.feedback is not None and self.feedback.removed_at is not None

    @property
    def may_correct(self) -> bool:
        """For a while, and not once it was answered or shown to somebody."""
        one = self.feedback
        return (
            one is not None
            and one.removed_at is None
            and self.now < one.at + CORRECT
            and not one.replies.all()
            and not one.readers.all()
        )

    @property
    def asked(self) -> bool:
        replies = list(self.feedback.replies.all()) if self.feedback else []
        return bool(replies) and replies[-1].kind == ReplyKind.QUESTION


def by_token(token: str) -> tuple[Invitation, bool]:
    """The link of a token, and whether it is the address of who gave the answer. Raises NotFound
    for a made-up one."""
    read = tokens.read(token)
    if read is None:
        raise NotFound
    invitation = Invitation.objects.filter(pk=read[0]).select_related("receiver", "route").first()
    if invitation is None:
        raise NotFound
    return invitation, read[1]


def opened(*, invitation: Invitation, gave: bool, now: datetime) -> OutsideView:
    """What is behind a link. It closes by itself when who made it no longer takes part."""
    standing = standing_of(invitation, now=now)
    feedback = None
    if standing == Standing.ANSWERED and gave:
        feedback = whole().filter(invitation=invitation).first()
    if standing == Standing.OPEN and not (
        invitation.receiver.is_active
        and checks.may(invitation.receiver, OnRoute.ASK_OUTSIDE, invitation.route, now=now)
    ):
        standing = Standing.REVOKED
    return OutsideView(invitation, standing, feedback, now)


def readers_by_role(feedback: Feedback, *, now: datetime) -> list[str]:
    """To which roles of the route it is shown: who has no account needs no names."""
    people = [one.person_id for one in feedback.readers.all()]
    if not people:
        return []
    return [one.role for one in partners(feedback.route, now=now) if one.person.pk in people]
