"""Feedback from who has no account: a link made, closed, answered once, corrected for a while."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tussenstop.access import checks
from tussenstop.access.matrix import ON_ROUTE, OnRoute
from tussenstop.access.rules import TAKING_PART
from tussenstop.core import audit, once
from tussenstop.core.audit import Actor
from tussenstop.core.errors import DomainError, NotFound
from tussenstop.feedback import notifications
from tussenstop.feedback.actions import words as wording
from tussenstop.feedback.actions.asking import CannotAsk, point_of
from tussenstop.feedback.actions.receiving import say
from tussenstop.feedback.actions.words import CannotGive, Words
from tussenstop.feedback.models import Earlier, Feedback, Invitation, Strength
from tussenstop.feedback.outside_queries import opened
from tussenstop.feedback.queries import whole
from tussenstop.feedback.rules import (
    LINK_LASTS,
    MOST_LINKS_A_DAY,
    MOST_MAILS_A_WEEK,
    ReplyKind,
    Standing,
)
from tussenstop.people.acting import By
from tussenstop.routes.locking import lock
from tussenstop.routes.models import Route
from tussenstop.routes.moves import rebuild


class LinkClosed(DomainError):
    """Nothing can be given by this link any more."""


@transaction.atomic
def invite(
    *, by: By, route: Route, point: str, name: str, email: str, key: UUID, now: datetime
) -> Invitation:
    """Make a link by which somebody without an account gives feedback; mailed when there is an
    address. Sent twice, there once."""
    roles = checks.require(by.person, OnRoute.ASK_OUTSIDE, route, now=now)
    lock(route.pk)
    mine = Invitation.objects.filter(pk=key, route=route, receiver=by.person)
    if same := mine.first():
        return same
    point, email = point_of(point), email.strip().lower()
    made = Invitation.objects.filter(receiver=by.person, made_at__gt=now - timedelta(days=1))
    if made.count() >= MOST_LINKS_A_DAY:
        raise CannotAsk(_("That is a lot of links for one day. Go on tomorrow."))
    if email:
        mailed = Invitation.objects.filter(email=email, made_at__gt=now - timedelta(days=7))
        if mailed.count() >= MOST_MAILS_A_WEEK:
            raise CannotAsk(
                _("This address was asked several times this week. Ask in person first."),
                field="email",
            )
    may = ON_ROUTE[OnRoute.ASK_OUTSIDE]
    invitation, _new = once.make(
        mine,
        pk=key,
        route=route,
        receiver=by.person,
        receiver_role=next(one for one in TAKING_PART if one in roles and one in may),
        point=point,
        name=" ".join(name.split())[:120],
        email=email,
        language=by.person.language,
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    audit.record("feedback.invited", actor=by.actor, now=now, subject_id=invitation.pk)
    if email:
        notifications.invited(invitation)
    return invitation


@transaction.atomic
def close(*, by: By, invitation: Invitation, now: datetime) -> None:
    """Revoke a link that was not answered yet. Twice is once."""
    checks.require(by.person, OnRoute.ASK_OUTSIDE, invitation.route, now=now)
    if invitation.receiver_id != by.person.pk:
        raise NotFound
    lock(invitation.route_id)
    rows = Invitation.objects.filter(pk=invitation.pk, revoked_at=None, answered_at=None)
    if rows.update(revoked_at=now):
        audit.record("feedback.link_closed", actor=by.actor, now=now, subject_id=invitation.pk)


def _by_link(name: str) -> Actor:
    return Actor(id=None, label=name, means="link")


@transaction.atomic
def answer(
    *, invitation: Invitation, name: str, how: str, words: Words, key: UUID, now: datetime
) -> Feedback:
    """Give feedback by a link: the link itself is the permission. Sent twice, there once. Raises
    LinkClosed."""
    lock(invitation.route_id)
    mine = Feedback.objects.filter(pk=key, invitation=invitation)
    if same := mine.first():
        return same
    name, how = " ".join(name.split()), " ".join(how.split())
    if not name:
        raise CannotGive(_("Your name, so that they know who says it."), field="name")
    if not how:
        raise CannotGive(_("For example: colleague of the night shift."), field="how")
    wording.check(words, role=invitation.receiver_role)
    fresh = Invitation.objects.select_related("receiver", "route").get(pk=invitation.pk)
    if opened(invitation=fresh, gave=False, now=now).standing != Standing.OPEN:
        raise LinkClosed(_("This link was answered or closed meanwhile."))
    Invitation.objects.filter(pk=fresh.pk).update(answered_at=now)
    feedback, _new = once.make(
        mine,
        pk=key,
        route=fresh.route,
        receiver=fresh.receiver,
        receiver_role=fresh.receiver_role,
        outside_name=name[:120],
        outside_how=how[:200],
        invitation=fresh,
        at=now,
        **words.columns(),
    )
    wording.put_strengths(feedback, words)
    audit.record("feedback.given", actor=_by_link(name), now=now, subject_id=feedback.pk)
    rebuild(fresh.route)
    notifications.given(feedback)
    return feedback


@transaction.atomic
def correct(*, invitation: Invitation, seen: int, words: Words, now: datetime) -> None:
    """Say it better, within the hour. What was read already stays readable beside it. Raises
    LinkClosed when it was answered or shown to somebody meanwhile."""
    lock(invitation.route_id)
    fresh = Invitation.objects.select_related("receiver", "route").get(pk=invitation.pk)
    view = opened(invitation=fresh, gave=True, now=now)
    feedback = view.feedback
    if feedback is None:
        raise NotFound
    if not view.may_correct:
        raise LinkClosed(_("What you wrote stands now. You can still talk about it."))
    wording.check(words, role=invitation.receiver_role)
    before = {"saw": feedback.saw, "did": feedback.did, "next_step": feedback.next_step}
    strengths = {(one.key, one.own) for one in feedback.strengths.all()}
    Strength.objects.filter(feedback=feedback).delete()
    wording.put_strengths(feedback, words)
    now_there = set(Strength.objects.filter(feedback=feedback).values_list("key", "own"))
    if before == words.columns() and strengths == now_there:
        return
    if not Feedback.objects.filter(pk=feedback.pk, version=seen).update(
        **words.columns(), corrected_at=now, version=seen + 1
    ):
        raise LinkClosed(_("It was corrected in another window. Look at how it reads now."))
    if feedback.read_at:
        Earlier.objects.create(feedback=feedback, at=feedback.corrected_at or feedback.at, **before)
        notifications.corrected(feedback)
    audit.record(
        "feedback.corrected",
        actor=_by_link(feedback.outside_name),
        now=now,
        subject_id=feedback.pk,
    )


@transaction.atomic
def answer_question(*, invitation: Invitation, text: str, key: UUID, now: datetime) -> None:
    """Answer what the receiver asked, by the link of who gave the feedback."""
    feedback = whole().filter(invitation=invitation, removed_at=None).first()
    if feedback is None:
        raise NotFound
    say(feedback, person=None, kind=ReplyKind.ANSWER, text=text, key=key, now=now)
