"""The page of one conversation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.conversations import queries
from tussenstop.conversations.actions import mending, talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.names import kind_name, kind_of
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.conversations.preparation_queries import preparations_of
from tussenstop.routes.names import name_of
from tussenstop.web.conversations.forms import PointForm
from tussenstop.web.conversations.shown import entry_file, to_list
from tussenstop.web.page import by_of, done, now_of, page, person_of


def context_of(seen: queries.Page, **more: Any) -> dict[str, Any]:
    """Everything the template of a conversation shows."""
    today = timezone.localdate(seen.now)
    person = seen.view.person
    kind = kind_of(seen.conversation.kind)
    prepared, shown = preparations_of(seen.conversation, person) if seen.attends else (None, [])
    return {
        "prepared": prepared,
        "shown": shown,
        "seen": seen,
        "talk": seen.conversation,
        "name": kind_name(seen.conversation.kind),
        "kind": kind,
        "points": [
            {
                "one": point,
                "mine": point.owner_id == person.pk,
                "may_drop": person.pk in {point.owner_id, point.made_by_id},
                "late": point.due is not None and point.due < today and point.done_at is None,
            }
            for point in seen.points
        ],
        "others_parts": [part for part in seen.parts if part.person_id != person.pk],
        "point_form": PointForm(attendees=seen.here, me=person),
        "can": seen.view.can,
        "poll": poll_of(seen.conversation, person, now=seen.now) if seen.attends else None,
        "poll_word": "",
        "stop_name": name_of(seen.conversation.stop) if seen.conversation.stop else "",
        "crumbs": to_list(seen.view),
        **more,
    }


def load(request: HttpRequest, conversation_id: UUID) -> queries.Page:
    return queries.conversation_page(
        person=person_of(request), conversation_id=conversation_id, now=now_of(request)
    )


@require_safe
def show(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The page; with `entry` in the address a file for one's own calendar."""
    seen = load(request, conversation_id)
    if "entry" in request.GET and seen.is_to_come:
        return entry_file(seen)
    request.looked_at = seen.view.route  # type: ignore[attr-defined]
    return page(request, "conversations/conversation.html", context_of(seen))


@require_POST
def held(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """We talked: on the day it was planned, or today. With `not_yet`, that was a tap too fast."""
    now = now_of(request)
    found, _view = queries.get_conversation(
        person=person_of(request), conversation_id=conversation_id, now=now, taking_part=True
    )
    passed = found.starts_at is not None and found.starts_at <= now
    day = timezone.localdate(found.starts_at if passed else now)
    try:
        if "not_yet" in request.POST:
            mending.not_held(by=by_of(request), conversation=found, now=now)
            return redirect("conversation", found.pk)
        talking.hold(by=by_of(request), conversation=found, day=day, now=now)
    except CannotTalk as refusal:
        messages.warning(request, str(refusal.text))
        return redirect("conversation", found.pk)
    return done(request, _("Good that you talked."), "conversation", found.pk)
