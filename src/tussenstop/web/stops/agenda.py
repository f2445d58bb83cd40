"""The agenda of a stop: add a point, tick it, take it off."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tussenstop.routes import stop_queries
from tussenstop.routes.actions import stops
from tussenstop.web.page import by_of, now_of, person_of
from tussenstop.web.stops.forms import PointForm
from tussenstop.web.stops.marks import marked
from tussenstop.web.stops.stop import small_change


@require_POST
def add(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    now = now_of(request)
    _view, stop = stop_queries.working_on(person=person_of(request), stop_id=stop_id, now=now)
    form = PointForm(request.POST, auto_id="point_%s")
    return small_change(
        request,
        stop_id,
        part="agenda",
        act=lambda: stops.add_agenda_point(
            by=by_of(request), stop=stop, now=now, **form.cleaned_data
        ),
        form=form,
        form_name="point_form",
    )


@require_POST
def mark(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """Tick a point as talked about, open it again, or take it off."""
    by, now = by_of(request), now_of(request)
    _view, stop = stop_queries.working_on(person=person_of(request), stop_id=stop_id, now=now)
    what, point_id = marked(request, "talked", "open", "drop")

    def act() -> None:
        if what == "drop":
            stops.drop_agenda_point(by=by, stop=stop, point_id=point_id, now=now)
        else:
            stops.mark_talked(by=by, stop=stop, point_id=point_id, talked=what == "talked", now=now)

    return small_change(request, stop_id, part="agenda", act=act)
