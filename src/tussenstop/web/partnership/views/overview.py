"""What I belong to, and the organisations of the partnership."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.access import partnership_queries as queries
from tussenstop.web.page import now_of, page, person_of, slice_of
from tussenstop.web.partnership.views._common import to_partnership


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    mine = queries.mine(person=person, now=now)
    words = request.GET.get("q", "").strip()[:80]
    whole = None
    if mine.is_administrator:
        found = queries.whole_partnership(person=person, now=now, words=words)
        whole = slice_of(request, found)
    return page(
        request, "partnership/overview.html", {"mine": mine, "whole": whole, "words": words}
    )


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:80]
    found = queries.list_organisations(person=person_of(request), now=now_of(request), words=words)
    return page(
        request,
        "partnership/organisations.html",
        {
            "found": slice_of(request, found),
            "words": words,
            "crumbs": to_partnership(),
        },
    )
