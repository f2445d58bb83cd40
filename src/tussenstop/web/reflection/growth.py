"""How somebody grew, in their own words."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tussenstop.reflection.growth import growth_of
from tussenstop.web.page import now_of, page, person_of
from tussenstop.web.reflection.shown import theme_name, to_journal


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One year, by theme and month; to print too."""
    asked = request.GET.get("year", "")[:4]
    found = growth_of(
        person=person_of(request),
        year=int(asked) if asked.isdecimal() else None,
        now=now_of(request),
    )
    return page(
        request,
        "reflection/growth.html",
        {
            "found": found,
            "themes": [(theme_name(key), months) for key, months in found.themes],
            "crumbs": to_journal(),
        },
    )
