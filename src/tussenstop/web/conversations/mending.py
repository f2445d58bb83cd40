"""What somebody noted too fast: put right, or taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.access.matrix import OnRoute
from tussenstop.conversations import queries
from tussenstop.conversations.actions import mending
from tussenstop.conversations.actions.people import CannotTalk
from tussenstop.conversations.names import kind_name
from tussenstop.web.conversations.forms import TalkForm
from tussenstop.web.conversations.shown import to_conversation
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved


@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """What kind it was, when and with whom; or away with it."""
    person, now = person_of(request), now_of(request)
    talk, view = queries.get_noted(person=person, conversation_id=conversation_id, now=now)
    if "take_off" in request.POST:
        return _take_off(request, talk)
    others = [p for p in queries.talkers(view.route, now=now) if p.person_id != person.pk]
    form = TalkForm(
        request.POST or None,
        others=others,
        mediates=view.may(OnRoute.MEDIATE),
        initial={
            "who": [str(one.person_id) for one in talk.attendees.all()],
            "kind": talk.kind,
            "day": talk.day,
            "others": talk.others,
            "closed": talk.closed,
        },
    )
    if form.is_valid():

        def act() -> None:
            mending.mend(by=by_of(request), conversation=talk, noted=form.noted, now=now)

        if saved(form, act):
            return done(request, _("Saved."), "conversation", talk.pk)
    return page(
        request,
        "conversations/mend.html",
        {
            "form": form,
            "talk": talk,
            "name": kind_name(talk.kind),
            "crumbs": to_conversation(view, talk),
        },
        status=422 if form.errors else 200,
    )


def _take_off(request: HttpRequest, talk: Any) -> HttpResponse:
    try:
        mending.take_off(by=by_of(request), conversation=talk, now=now_of(request))
    except CannotTalk as refusal:
        messages.warning(request, str(refusal.text))
        return redirect("conversation", talk.pk)
    return done(request, _("Taken off."), "conversations", talk.route_id)
