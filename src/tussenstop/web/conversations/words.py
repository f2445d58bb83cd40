"""Writing about a conversation: one's own words, and the text of all."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.actions.talking import CommonStale, PartStale
from tussenstop.conversations.names import kind_name, kind_of
from tussenstop.web.conversations.forms import WordsForm
from tussenstop.web.conversations.shown import to_conversation
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.stops.forms import SharedTextForm

WAYS = ("GET", "HEAD", "POST")


@require_http_methods(WAYS)
def own(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """One's own part. Nobody else changes it."""
    person, now = person_of(request), now_of(request)
    found, view = queries.get_conversation(
        person=person, conversation_id=conversation_id, now=now, taking_part=True
    )
    mine = queries.own_part(found, person)
    first = {"version": 0, "text": "", "differs": request.GET.get("differs") == "1"}
    kept = {"version": mine.version, "text": mine.text, "differs": mine.differs} if mine else first
    form = WordsForm(request.POST or None, initial=kept)
    theirs = None
    if form.is_valid():
        typed = form.cleaned_data
        try:
            talking.write(
                by=by_of(request),
                conversation=found,
                text=typed["text"],
                differs=typed["differs"],
                seen=typed["version"],
                now=now,
            )
        except PartStale as stale:
            theirs = stale
            form = WordsForm(initial={**typed, "version": stale.version})
        except CannotTalk as refusal:
            form.add_error(refusal.field, str(refusal.text))
        else:
            return done(request, _("Your words stand there."), "conversation", found.pk)
    kind = kind_of(found.kind)
    return page(
        request,
        "conversations/words.html",
        {
            "form": form,
            "talk": found,
            "theirs": theirs,
            "name": kind_name(found.kind),
            "prompts": [str(one.text) for one in kind.prompts.values()] if kind else [],
            "crumbs": to_conversation(view, found),
        },
        status=409 if theirs else 422 if form.errors else 200,
    )


@require_http_methods(WAYS)
def common(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The text of all. When two write at once both texts stand on the page, and nothing is lost."""
    now = now_of(request)
    found, view = queries.get_conversation(
        person=person_of(request), conversation_id=conversation_id, now=now, taking_part=True
    )
    form = SharedTextForm(
        request.POST or None, initial={"text": found.common, "version": found.common_version}
    )
    theirs = None
    if form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["version"]
        try:
            talking.write_together(
                by=by_of(request), conversation=found, text=text, seen=seen, now=now
            )
        except CommonStale as stale:
            theirs = stale
            form = SharedTextForm(initial={"text": text, "version": stale.version})
        except CannotTalk as refusal:
            form.add_error(None, str(refusal.text))
        else:
            return done(request, _("Saved."), "conversation", found.pk)
    return page(
        request,
        "conversations/common.html",
        {
            "form": form,
            "talk": found,
            "theirs": theirs,
            "before": queries.before_of(found),
            "name": kind_name(found.kind),
            "crumbs": to_conversation(view, found),
        },
        status=409 if theirs else 422 if form.errors else 200,
    )
