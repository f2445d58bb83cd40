"""Preparing a conversation for oneself, and showing it when one wants."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tussenstop.conversations import preparation_queries as queries
from tussenstop.conversations.actions import preparing
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.actions.preparing import PreparedStale
from tussenstop.conversations.names import kind_name, kind_of
from tussenstop.core.errors import NotFound
from tussenstop.core.ids import uuid7
from tussenstop.routes.rules import ENDED
from tussenstop.web.conversations.shown import to_conversation
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.stops.forms import PrepareForm

BACK = gettext_lazy("Taken back: only you see it now.")


class TalkPrepareForm(PrepareForm):
    """The questions, and room for one of one's own."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    question = forms.CharField(
        label=gettext_lazy("A question of your own"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("It comes back with every conversation of this kind."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """Every button keeps what was typed: saving, sharing, and changing the questions."""
    person, now = person_of(request), now_of(request)
    seen = queries.prepare_page(person=person, conversation_id=conversation_id, now=now)
    mine, talk = seen.mine, seen.conversation
    kept = dict(mine.answers) if mine else {}
    form = TalkPrepareForm(
        request.POST or None,
        questions=seen.questions,
        answers=kept,
        initial={"version": mine.version if mine else 0},
    )
    theirs: list[tuple[str, str]] = []
    if "take_back" in request.POST and seen.view.route.state in ENDED:
        # Nothing is written any more, and what was shown can still be hidden.
        preparing.share(by=by_of(request), conversation=talk, shared=False, now=now)
        return done(request, BACK, "conversation", talk.pk)
    if form.is_valid():
        answers = {**kept, **form.answers}
        try:
            said = _keep(request, talk, form, answers)
        except PreparedStale as stale:
            theirs = queries.lines_of(talk, stale.theirs, queries.questions_behind(stale.theirs))
            form = TalkPrepareForm(
                questions=seen.questions, answers=answers, initial={"version": stale.version}
            )
        except CannotTalk as refusal:
            form.add_error(refusal.field, str(refusal.text))
        else:
            stays = "add" in request.POST or "remove" in request.POST
            return done(request, said, "conversation_prepare" if stays else "conversation", talk.pk)
    kind = kind_of(talk.kind)
    return page(
        request,
        "conversations/prepare.html",
        {
            "form": form,
            "fields": [bound for bound in form.visible_fields() if bound.name != "question"],
            "seen": seen,
            "name": kind_name(talk.kind),
            "description": str(kind.description) if kind else "",
            "theirs": theirs,
            "crumbs": to_conversation(seen.view, talk),
        },
        status=409 if theirs else 422 if form.errors else 200,
    )


def _keep(request: HttpRequest, talk: Any, form: TalkPrepareForm, answers: dict[str, str]) -> str:
    """Keep it, and do what the button says besides."""
    by, now, typed = by_of(request), now_of(request), form.cleaned_data
    shared = {"share": True, "take_back": False}
    wanted = next((value for name, value in shared.items() if name in request.POST), None)
    preparing.save(
        by=by, conversation=talk, answers=answers, seen=typed["version"], shared=wanted, now=now
    )
    if "add" in request.POST:
        preparing.add_prompt(
            by=by, kind=talk.kind, key=typed["key"], text=typed["question"], now=now
        )
        return _("Your question stands there.")
    if "remove" in request.POST:
        try:
            prompt_id = UUID(request.POST["remove"])
        except ValueError as error:
            raise NotFound from error
        preparing.remove_prompt(by=by, prompt_id=prompt_id, now=now)
        return _("Taken off.")
    if wanted is None:
        return _("Saved.")
    return _("Saved, and shared.") if wanted else str(BACK)
