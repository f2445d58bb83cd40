"""Action points: add one, and say with one tap that it is done."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tussenstop.conversations import queries
from tussenstop.conversations.actions import points
from tussenstop.conversations.actions.points import NewPoint
from tussenstop.web.conversations.forms import PointForm
from tussenstop.web.conversations.page import context_of, load
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved


@require_POST
def add(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    found, _view = queries.get_conversation(
        person=person, conversation_id=conversation_id, now=now, taking_part=True
    )
    here = queries.there_still(found, now=now).select_related("person").order_by("pk")
    form = PointForm(request.POST, attendees=list(here), me=person)
    if form.is_valid():
        typed = form.cleaned_data
        point = NewPoint(
            key=typed["key"], text=typed["text"], owner=UUID(typed["owner"]), due=typed["due"]
        )

        def act() -> None:
            points.add_point(by=by_of(request), conversation=found, point=point, now=now)

        if saved(form, act):
            return HttpResponseRedirect(f"{reverse('conversation', args=[found.pk])}#points")
    context = context_of(load(request, conversation_id), point_form=form)
    return page(request, "conversations/conversation.html", context, status=422)


@require_POST
def mark(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """Done, open again, or taken off; from the conversation or from Today."""
    now, what = now_of(request), request.POST.get("what")
    point, _view = queries.get_point(person=person_of(request), point_id=point_id, now=now)
    if what in {"done", "open"}:
        points.finish_point(by=by_of(request), point=point, done=what == "done", now=now)
    elif what == "drop":
        points.drop_point(by=by_of(request), point=point, now=now)
    else:
        raise BadRequest
    if request.POST.get("from") == "today":
        if what == "done":
            return done(request, _("Done: %(what)s") % {"what": point.text}, "today")
        return redirect("today")
    if what == "drop":
        messages.success(request, _("Taken off."))
    return HttpResponseRedirect(f"{reverse('conversation', args=[point.conversation_id])}#points")
