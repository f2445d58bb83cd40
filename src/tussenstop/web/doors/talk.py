"""The door of a conversation: which moments suit, the one that stands, and afterwards a few words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.actions.talking import PartStale
from tussenstop.conversations.names import kind_name
from tussenstop.conversations.poll_queries import poll_of
from tussenstop.web.conversations.answering import keep_answer, keep_choice, typed_word
from tussenstop.web.conversations.forms import WordsForm
from tussenstop.web.conversations.shown import entry_file
from tussenstop.web.doors.opened import Opened
from tussenstop.web.page import now_of, page


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is written stands behind a sign-in; only one's own words are here. Raises NotFound."""
    person, now = opened.by.person, now_of(request)
    seen = queries.conversation_page(person=person, conversation_id=opened.subject_id, now=now)
    if "entry" in request.GET and seen.is_to_come:
        return entry_file(seen)
    talk, mine = seen.conversation, seen.mine
    form = WordsForm(
        initial={"version": mine.version if mine else 0, "text": mine.text if mine else ""}
    )
    status = 200
    if request.method == "POST":
        if "slot" in request.POST:
            keep_choice(request, by=opened.by, talk=talk)
            return HttpResponseRedirect(request.path)
        if "seen" in request.POST:
            if keep_answer(request, by=opened.by, talk=talk):
                return HttpResponseRedirect(request.path)
            status = 409
        else:
            form, status = _keep_words(request, opened, talk)
            if status == 200:
                messages.success(request, _("Your words stand there."))
                return HttpResponseRedirect(request.path)
    poll = poll_of(talk, person, now=now) if seen.attends else None
    return page(
        request,
        "doors/talk.html",
        {
            "seen": seen,
            "talk": talk,
            "name": kind_name(talk.kind),
            "others": [one.person for one in seen.here if one.person_id != person.pk],
            "poll": poll,
            "poll_word": typed_word(request, poll) if "seen" in request.POST else "",
            "form": form,
        },
        status=status,
    )


def _keep_words(request: HttpRequest, opened: Opened, talk: Any) -> tuple[WordsForm, int]:
    """The form with what is to be mended in it, and how the answer goes."""
    form = WordsForm(request.POST)
    if not form.is_valid():
        return form, 422
    typed = form.cleaned_data
    try:
        talking.write(
            by=opened.by,
            conversation=talk,
            text=typed["text"],
            differs=typed["differs"],
            seen=typed["version"],
            now=now_of(request),
        )
    except PartStale as stale:
        form = WordsForm({**typed, "version": stale.version})
        form.add_error("text", str(stale.text))
        form.add_error("text", _("It says now: “%(text)s”") % {"text": stale.theirs})
        return form, 409
    except CannotTalk as refusal:
        form.add_error("text", str(refusal.text))
        return form, 422
    return form, 200
