"""Looking for a place: a list, a map, and the page of one place."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tussenstop.matching import queries
from tussenstop.matching.queries import PlaceFilter
from tussenstop.reports import asks
from tussenstop.reports import places as reports
from tussenstop.reports.places import Looking
from tussenstop.web.page import now_of, page, person_of, slice_of
from tussenstop.web.partnership.views._common import to_partnership
from tussenstop.web.places.forms import FilterForm
from tussenstop.web.places.shown import cultures_of, days_of, languages_of

PER_PAGE = 20
ON_MAP = 60


def _filter_form(request: HttpRequest, who: Looking) -> FilterForm:
    """The filter; who looks for the first time, looks for their own programme."""
    asked: Any = request.GET
    own = str(who.route.programme_id) if who.route else ""
    if "programme" not in asked:
        asked = asked.copy()
        asked["programme"] = own
    programme = asked.get("programme", "")
    return FilterForm(
        asked,
        programmes=queries.programmes_on_offer(),
        competences=queries.competences_on_offer([UUID(programme)]) if _is_id(programme) else [],
        travels=bool(who.need and who.need.town),
    )


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The places that are open: a list, or with `map` in the address a map."""
    person, now = person_of(request), now_of(request)
    who = reports.looking(person=person, now=now)
    form = _filter_form(request, who)
    form.is_valid()
    wanted = PlaceFilter(
        programme=UUID(asked) if (asked := form.found("programme")) else None,
        days=frozenset(form.found("day") or ()),
        culture=form.found("culture") or "",
        competence=UUID(asked) if (asked := form.found("competence")) else None,
        words=form.found("q") or "",
    )
    found = reports.browse(who=who, wanted=wanted, most_minutes=form.found("travel"), now=now)
    on_map = "map" in request.GET
    shown = slice_of(request, found.rows, ON_MAP if on_map else PER_PAGE)
    rows = found.page(shown.object_list, wished=who.wished)
    query = request.GET.copy()
    for name in ("map", "page"):
        query.pop(name, None)
    return page(
        request,
        "places/places.html",
        {
            "form": form,
            "filtered": bool(query),
            "who": who,
            "rows": [(one, days_of(one.place), cultures_of(one.place.workplace)) for one in rows],
            "shown": shown,
            "more": found.more,
            "drawing": reports.map_of(rows, who.need.town if who.need else None)
            if on_map
            else None,
            "on_map": on_map,
            "query": query.urlencode(),
            "crumbs": to_partnership(),
        },
    )


@require_safe
def show(request: HttpRequest, place_id: UUID) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    view = queries.get_place(person=person, place_id=place_id, now=now)
    place = view.place
    who = reports.looking(person=person, now=now)
    counts = queries.interest_counts([place]) if view.may_offer else {}
    return page(
        request,
        "places/place.html",
        {
            "place": place,
            "workplace": place.workplace,
            "may_offer": view.may_offer,
            "interest": counts.get(place.pk, 0),
            "days": days_of(place),
            "languages": languages_of(place),
            "cultures": cultures_of(place.workplace),
            "fit": reports.fit_for(who, place),
            "who": who,
            "week": asks.at_place(place, who=who, now=now),
            "is_wished": place.pk in who.wished,
            "crumbs": [*to_partnership(), (_("Places to learn"), reverse("places"))],
        },
    )
