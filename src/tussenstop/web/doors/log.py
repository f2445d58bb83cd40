"""The door of a route's log: the last words, that one has read them, and an answer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tussenstop.routelog import actions, queries
from tussenstop.routelog.rules import ON_DOOR
from tussenstop.web.doors.opened import Opened
from tussenstop.web.page import now_of, page
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.routelog.forms import WordForm
from tussenstop.web.routelog.views import rows_of


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Raises NotFound, Refused."""
    person, now = opened.by.person, now_of(request)
    found = queries.log_of(person=person, route_id=opened.subject_id, now=now)
    if "read" in request.POST:
        actions.saw(by=opened.by, route=found.view.route, now=now)
        return HttpResponseRedirect(request.path)
    rows = rows_of(found.words[:ON_DOOR], person, found.read_at, now)
    form = WordForm(request.POST or None, others=found.others)
    if form.is_valid():

        def act() -> None:
            actions.write(
                by=opened.by,
                route=found.view.route,
                key=form.cleaned_data["key"],
                text=form.cleaned_data["text"],
                mentions=form.cleaned_data.get("mentions", ()),
                now=now,
            )

        if saved(form, act):
            return HttpResponseRedirect(request.path)
    return page(
        request,
        "doors/log.html",
        {
            "route": found.view.route,
            "rows": rows,
            "some_new": any(row["new"] for row in rows),
            "form": form,
        },
        status=422 if form.errors else 200,
    )
