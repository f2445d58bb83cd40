"""The checklist of a stop: tick what people see to, add something of one's own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tussenstop.routes import stop_queries
from tussenstop.routes.actions import stops
from tussenstop.web.page import by_of, now_of, person_of
from tussenstop.web.stops.forms import ItemForm
from tussenstop.web.stops.marks import marked
from tussenstop.web.stops.stop import small_change


@require_POST
def add(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    now = now_of(request)
    _view, stop = stop_queries.working_on(person=person_of(request), stop_id=stop_id, now=now)
    form = ItemForm(request.POST, roles=stop.attends, auto_id="item_%s")
    return small_change(
        request,
        stop_id,
        part="checklist",
        act=lambda: stops.add_checklist_item(
            by=by_of(request), stop=stop, now=now, **form.cleaned_data
        ),
        form=form,
        form_name="item_form",
    )


@require_POST
def mark(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """Tick something off, or open it again."""
    by, now = by_of(request), now_of(request)
    _view, stop = stop_queries.working_on(person=person_of(request), stop_id=stop_id, now=now)
    what, item_id = marked(request, "done", "open")
    return small_change(
        request,
        stop_id,
        part="checklist",
        act=lambda: stops.tick(by=by, stop=stop, item_id=item_id, done=what == "done", now=now),
    )
