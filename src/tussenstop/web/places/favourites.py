"""A student's favourites: kept, put in order, shown to a workplace or not."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.matching import queries
from tussenstop.matching.actions import wishes
from tussenstop.reports import places as reports
from tussenstop.rounds.own_queries import open_rounds_of
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes
from tussenstop.web.places.forms import InterestForm
from tussenstop.web.places.shown import days_of
from tussenstop.web.stops.stop import to_route


@require_POST
def wish(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Keep a place as a favourite, or let it go."""
    person, now = person_of(request), now_of(request)
    view = queries.get_place(person=person, place_id=place_id, now=now)
    route = queries.seeking_route(person=person, now=now)
    if route is None:
        raise NotFound
    if says_yes(request):
        wishes.add_wish(by=by_of(request), route=route, place=view.place, now=now)
        return done(request, _("Kept with your favourites."), "place", place_id)
    wishes.drop_wish(by=by_of(request), route=route, place=view.place, now=now)
    return done(request, _("No longer a favourite."), "place", place_id)


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    view = queries.to_wish(person=person, route_id=route_id, now=now)
    rows = queries.wishes_of(view)
    who = reports.looking(person=person, now=now)
    return page(
        request,
        "places/favourites.html",
        {
            "route": view.route,
            "rows": [
                (
                    one,
                    days_of(one.place),
                    reports.fit_for(who, one.place),
                    InterestForm(initial={"word": one.word}, auto_id=f"word_{number}_%s"),
                )
                for number, one in enumerate(rows)
            ],
            "rounds": open_rounds_of(view.route, now=now),
            "met": {met.one.place_id: met for met in reversed(queries.acquaintances_of(view))},
            "crumbs": to_route(view),
        },
    )


@require_POST
def move(request: HttpRequest, route_id: UUID, place_id: UUID) -> HttpResponse:
    """Put a favourite one place higher or lower, beside the one before, or let it go."""
    person, now = person_of(request), now_of(request)
    view = queries.to_wish(person=person, route_id=route_id, now=now)
    place = queries.get_place(person=person, place_id=place_id, now=now).place
    to = request.POST.get("to")
    if to == "away":
        wishes.drop_wish(by=by_of(request), route=view.route, place=place, now=now)
        return done(request, _("No longer a favourite."), "favourites", route_id)
    if to in ("tie", "untie"):
        tied = to == "tie"
        wishes.tie_wish(by=by_of(request), route=view.route, place=place, tied=tied, now=now)
    else:
        wishes.move_wish(by=by_of(request), route=view.route, place=place, up=to == "up", now=now)
    return done(request, _("Your order is kept."), "favourites", route_id)


@require_POST
def show_interest(request: HttpRequest, route_id: UUID, place_id: UUID) -> HttpResponse:
    """Let the workplace know, or take that back."""
    person, now = person_of(request), now_of(request)
    view = queries.to_wish(person=person, route_id=route_id, now=now)
    place = queries.get_place(person=person, place_id=place_id, now=now).place
    form = InterestForm(request.POST)
    shown = says_yes(request)
    word = form.cleaned_data["word"] if form.is_valid() and shown else ""
    wishes.show_wish(
        by=by_of(request), route=view.route, place=place, shown=shown, word=word, now=now
    )
    said = _("They know it now.") if shown else _("Taken back: they no longer see you.")
    return done(request, said, "favourites", route_id)
