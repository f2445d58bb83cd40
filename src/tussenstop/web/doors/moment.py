"""The door of a proposed date: it suits, or it does not."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tussenstop.routes import queries
from tussenstop.routes.actions import moments as actions
from tussenstop.routes.names import name_of
from tussenstop.web.doors.opened import Opened
from tussenstop.web.page import now_of, page, says_yes


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    asked = queries.moment_asked_of(person=opened.by.person, moment_id=opened.subject_id)
    if request.method == "POST":
        actions.answer_moment(
            by=opened.by,
            moment=asked.moment,
            suits=says_yes(request),
            word=request.POST.get("word", "")[:300],
            now=now_of(request),
        )
        return HttpResponseRedirect(request.path)
    stop = asked.moment.stop
    return page(
        request,
        "doors/moment.html",
        {"answer": asked, "moment": asked.moment, "stop": stop, "name": name_of(stop)},
    )
