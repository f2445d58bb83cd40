"""The door of feedback that was asked for: given in a minute, without signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tussenstop.feedback import queries
from tussenstop.feedback.actions import asking as actions
from tussenstop.web.doors.opened import Opened
from tussenstop.web.feedback.giving import form_for, gave, receiver_on, told
from tussenstop.web.page import now_of, page


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Raises NotFound, or Refused."""
    person, now = opened.by.person, now_of(request)
    asking, view = queries.get_asking(person=person, asking_id=opened.subject_id, now=now)
    asking.route = view.route
    form = None
    to = receiver_on(view, asking.receiver_id, now=now)
    if to and (asking.closed_at is None or request.method == "POST"):
        form = form_for(None, view, to)
        if request.method == "POST":
            if "not_now" in request.POST:
                word = request.POST.get("word", "")[:300]
                actions.decline(by=opened.by, asking=asking, word=word, now=now)
                messages.success(request, _("Passed on: not now."))
                return HttpResponseRedirect(request.path)
            form = form_for(request.POST, view, to)
            if gave(form, by=opened.by, view=view, to=to, now=now, asking=asking):
                messages.success(request, told(to))
                return HttpResponseRedirect(request.path)
    return page(
        request,
        "doors/feedback.html",
        {"asking": asking, "form": form},
        status=422 if form and form.errors else 200,
    )
