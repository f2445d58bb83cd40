"""The routes somebody may know of, the ones that need attention first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.routes import queries
from tussenstop.web.lines import line_of
from tussenstop.web.page import few_of, now_of, page, person_of
from tussenstop.web.routes.forms import FilterForm


@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    form = FilterForm(request.GET, programmes=queries.programmes_of(person=person, now=now))
    found = few_of(request, queries.list_routes(person=person, now=now, wanted=form.wanted()))
    journeys = queries.journeys(found.object_list)
    return page(
        request,
        "routes/list.html",
        {
            "form": form,
            "page": found,
            "lines": [
                (journeys[r.pk], line_of(journeys[r.pk], now=now)) for r in found.object_list
            ],
            "several": len(found.object_list) > 1,
            "now": now,
        },
        part="results",
    )
