"""Answering moments, choosing one, and calling a conversation off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.conversations import queries
from tussenstop.conversations.actions import inviting
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.poll_queries import Poll
from tussenstop.core.errors import Stale
from tussenstop.people.acting import By
from tussenstop.web.conversations.page import context_of, load
from tussenstop.web.conversations.plan_forms import read_ids
from tussenstop.web.conversations.shown import to_conversation
from tussenstop.web.page import by_of, done, now_of, page, person_of


def keep_answer(request: HttpRequest, *, by: By, talk: Any) -> bool:
    """What was ticked, also by link: kept and thanked for, or said why not."""
    none = request.POST.get("answer") == "none"
    suits = [] if none else read_ids(" ".join(request.POST.getlist("suits")))
    if not suits and not none:
        messages.warning(
            request, _("Tick the moments that suit you, or say that none of them does.")
        )
        return False
    try:
        inviting.answer(
            by=by,
            conversation=talk,
            suits=suits,
            seen=read_ids(request.POST.get("seen", "")),
            word=_word(request),
            now=now_of(request),
        )
    except (Stale, CannotTalk) as refusal:
        messages.warning(request, str(refusal.text))
        return False
    messages.success(request, _("Thank you, your answer is noted."))
    return True


def _word(request: HttpRequest) -> str:
    return request.POST.get("word", "")[:300]


def typed_word(request: HttpRequest, poll: Poll | None) -> str:
    """What was typed with an answer that was not kept, for the form; or said where there is none any
    more."""
    word = _word(request)
    if word and not (poll and poll.asks):
        messages.info(request, _("You wrote: “%(words)s”") % {"words": word})
    return word


@require_POST
def answer(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    talk, _view = queries.get_conversation(
        person=person_of(request),
        conversation_id=conversation_id,
        now=now_of(request),
        taking_part=True,
    )
    if keep_answer(request, by=by_of(request), talk=talk):
        return redirect("conversation", talk.pk)
    context = context_of(load(request, talk.pk))
    context["poll_word"] = typed_word(request, context["poll"])
    return page(request, "conversations/conversation.html", context, status=409)


def keep_choice(request: HttpRequest, *, by: By, talk: Any) -> None:
    """The moment that was tapped, also by link."""
    try:
        slot_id = UUID(request.POST.get("slot", ""))
    except ValueError as error:
        raise BadRequest from error
    try:
        inviting.choose(by=by, conversation=talk, slot_id=slot_id, now=now_of(request))
    except (Stale, CannotTalk) as refusal:
        messages.warning(request, str(refusal.text))
    else:
        messages.success(request, _("The moment is fixed. Everybody gets a mail."))


@require_POST
def choose(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    talk, _view = queries.get_conversation(
        person=person_of(request),
        conversation_id=conversation_id,
        now=now_of(request),
        taking_part=True,
    )
    keep_choice(request, by=by_of(request), talk=talk)
    return redirect("conversation", talk.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """It will not take place; with a word, if one wants."""
    talk, view = queries.get_conversation(
        person=person_of(request),
        conversation_id=conversation_id,
        now=now_of(request),
        taking_part=True,
    )
    if request.method == "POST":
        try:
            inviting.call_off(
                by=by_of(request),
                conversation=talk,
                word=_word(request),
                now=now_of(request),
            )
        except CannotTalk as refusal:
            messages.warning(request, str(refusal.text))
            return redirect("conversation", talk.pk)
        return done(request, _("Called off. The others get a mail."), "conversation", talk.pk)
    return page(
        request,
        "conversations/call_off.html",
        {"talk": talk, "name": kind_name(talk.kind), "crumbs": to_conversation(view, talk)},
    )
