"""Offering places: for organisation coordinators."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.matching import queries
from tussenstop.matching.actions import places, wishes
from tussenstop.matching.rules import Grade, PlaceState
from tussenstop.reports import places as reports
from tussenstop.rounds.own_queries import open_rounds_with
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import form_page, to_workplace
from tussenstop.web.places.forms import AddPlaceForm, EditPlaceForm

SHOWN_AT_ONCE = 10  # students with everything they share


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, workplace_id: UUID) -> HttpResponse:
    """Describe a new place; what it exercises is asked once its programmes are known."""
    now = now_of(request)
    workplace = queries.workplace_to_offer(
        person=person_of(request), workplace_id=workplace_id, now=now
    )
    form = AddPlaceForm(
        request.POST or None,
        programmes=queries.programmes_on_offer(),
        mentors=queries.mentors_at(workplace.organisation, now=now),
    )
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            places.add_place(
                by=by_of(request), workplace=workplace, key=key, offer=form.offer, now=now
            )

        if saved(form, act):
            text = _("Kept as a draft. Look it over, and open it for students.")
            return done(request, text, "place", key)
    return form_page(
        request,
        form,
        title=_("Offer a place"),
        submit=_("Keep as a draft"),
        crumbs=to_workplace(workplace),
        lead=_(
            "What can a student learn here, and what is it like? Nobody sees it before you open it."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, place_id: UUID) -> HttpResponse:
    now = now_of(request)
    place = queries.to_offer(person=person_of(request), place_id=place_id, now=now)
    programmes = [p.pk for p in place.programmes.all()]
    theirs = {
        **{
            name: getattr(place, name)
            for name in (
                "title",
                "starts_on",
                "ends_on",
                "hours_a_week",
                "seats",
                "seats_lowest",
                "languages",
                "requirements",
                "story",
                "practical",
            )
        },
        "days": place.weekdays,
        "tasks": tuple(place.tasks),
        "programmes": [str(pk) for pk in programmes],
        "mentors": [str(one.pk) for one in place.mentors.all()],
        "competences": [str(one.pk) for one in place.competences.all()],
    }
    form = EditPlaceForm(
        request.POST or None,
        programmes=queries.programmes_on_offer(),
        mentors=queries.mentors_at(place.workplace.organisation, now=now),
        competences=queries.competences_on_offer(programmes),
        initial={**theirs, "version": place.version},
    )
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            places.edit_place(by=by_of(request), place=place, seen=seen, offer=form.offer, now=now)

        if saved(form, act, version=place.version, theirs=theirs):
            return done(request, _("Saved."), "place", place.pk)
    return form_page(
        request,
        form,
        title=_("Describe this place"),
        submit=_("Save"),
        crumbs=[*to_workplace(place.workplace), (place.title, reverse("place", args=[place.pk]))],
    )


@require_POST
def state(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Open, full or closed."""
    now = now_of(request)
    place = queries.to_offer(person=person_of(request), place_id=place_id, now=now)
    wanted = request.POST.get("to", "")
    if wanted not in set(PlaceState):
        raise NotFound
    places.set_state(by=by_of(request), place=place, to=PlaceState(wanted), now=now)
    said = {
        PlaceState.PUBLISHED: _("Open: students see it from now on."),
        PlaceState.FULL: _("Marked as full. Who is interested, stays."),
        PlaceState.CLOSED: _("Closed: students no longer see it."),
    }.get(PlaceState(wanted), _("Saved."))
    return done(request, said, "place", place.pk)


@require_safe
def interest(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Who shows interest, with what they share and nothing more."""
    place, found_wishes = queries.interested_in(
        person=person_of(request), place_id=place_id, now=now_of(request)
    )
    shown = slice_of(request, found_wishes, SHOWN_AT_ONCE)
    found = reports.with_what_they_share(shown.object_list)
    # Whoever opens this list reads what these students share: each sees that in their own file.
    request.looked_at = [one.wish.route for one in found if one.shared]  # type: ignore[attr-defined]
    return page(
        request,
        "places/interest.html",
        {
            "place": place,
            "found": found,
            "shown": shown,
            "grades": Grade.choices,
            "given": queries.preferences_for(place),
            "met": queries.acquaintances_for(place),
            "rounds": open_rounds_with(place),
            "crumbs": [
                *to_workplace(place.workplace),
                (place.title, reverse("place", args=[place.pk])),
            ],
        },
    )


@require_POST
def prefer(request: HttpRequest, place_id: UUID, route_id: UUID) -> HttpResponse:
    """How much the workplace would like this student; nothing chosen is no preference."""
    place, found_wishes = queries.interested_in(
        person=person_of(request), place_id=place_id, now=now_of(request)
    )
    wish = found_wishes.filter(route_id=route_id).first()
    if wish is None:
        raise NotFound
    asked = request.POST.get("grade", "")
    if asked and asked not in {str(grade.value) for grade in Grade}:
        raise NotFound
    wishes.prefer(
        by=by_of(request),
        place=place,
        route=wish.route,
        grade=Grade(int(asked)) if asked else None,
        now=now_of(request),
    )
    return done(request, _("Kept. Only your organisation sees this."), "place_interest", place_id)
