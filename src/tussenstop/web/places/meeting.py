"""Getting acquainted: propose a moment, say whether it suits, and say yes or no afterwards."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.matching import queries
from tussenstop.matching.actions import acquaintances
from tussenstop.matching.queries import Met
from tussenstop.matching.rules import Side
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.places.forms import AnswerForm, MeetForm
from tussenstop.web.stops.stop import to_route

if TYPE_CHECKING:
    from tussenstop.matching.models import Place
    from tussenstop.routes.models import Route

Crumbs = list[tuple[str, str]]


def _form_page(
    request: HttpRequest, form: forms.Form, *, place: "Place", route: "Route", crumbs: Crumbs
) -> HttpResponse:
    return page(
        request,
        "places/meet.html",
        {"form": form, "place": place, "route": route, "crumbs": crumbs, "back": crumbs[-1][1]},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, route_id: UUID, place_id: UUID) -> HttpResponse:
    """A student asks to get acquainted at a place."""
    person, now = person_of(request), now_of(request)
    view = queries.to_wish(person=person, route_id=route_id, now=now)
    place = queries.get_place(person=person, place_id=place_id, now=now).place
    return _propose(request, view.route, place, to_route(view))


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, place_id: UUID, route_id: UUID) -> HttpResponse:
    """A workplace invites somebody who showed interest."""
    place, wishes = queries.interested_in(
        person=person_of(request), place_id=place_id, now=now_of(request)
    )
    wish = next(iter(wishes.filter(route_id=route_id)), None)
    if wish is None:
        raise NotFound
    crumbs = [
        (place.title, reverse("place", args=[place.pk])),
        (_("Who shows interest"), reverse("place_interest", args=[place.pk])),
    ]
    return _propose(request, wish.route, place, crumbs)


def _propose(request: HttpRequest, route: "Route", place: "Place", crumbs: Crumbs) -> HttpResponse:
    form = MeetForm(request.POST or None)
    made: list[Any] = []
    if form.is_valid():

        def act() -> None:
            made.append(
                acquaintances.propose(
                    by=by_of(request), route=route, place=place, now=now_of(request), **form.moment
                )
            )

        if saved(form, act):
            return done(request, _("Proposed. They get a mail."), "acquaintance", made[0].pk)
    return _form_page(request, form, place=place, route=route, crumbs=crumbs)


def _load(request: HttpRequest, acquaintance_id: UUID) -> Met:
    return queries.get_acquaintance(
        person=person_of(request), acquaintance_id=acquaintance_id, now=now_of(request)
    )


def _back(met: Met) -> Crumbs:
    if met.side == Side.STUDENT:
        url = reverse("favourites", args=[met.one.route_id])
        return [(_("Your favourites"), url)]
    url = reverse("place_interest", args=[met.one.place_id])
    return [
        (met.one.place.title, reverse("place", args=[met.one.place_id])),
        (_("Who shows interest"), url),
    ]


@require_safe
def show(request: HttpRequest, acquaintance_id: UUID) -> HttpResponse:
    return _page(request, _load(request, acquaintance_id), AnswerForm())


def _page(request: HttpRequest, met: Met, form: forms.Form) -> HttpResponse:
    one = met.one
    form.fields["seen"].initial = one.version
    return page(
        request,
        "places/acquaintance.html",
        {
            "met": met,
            "one": one,
            "place": one.place,
            "route": one.route,
            "student": met.side == Side.STUDENT,
            "stage": one.stage,
            "past": one.starts_at <= now_of(request),
            "form": form,
            "their_word": one.workplace_word if met.side == Side.STUDENT else one.student_word,
            "their_answer": one.answer_of(met.side.other),
            "my_word": one.student_word if met.side == Side.STUDENT else one.workplace_word,
            "crumbs": _back(met),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def suits(request: HttpRequest, acquaintance_id: UUID) -> HttpResponse:
    """The proposed moment suits."""
    met, form = _load(request, acquaintance_id), AnswerForm(request.POST)
    if form.is_valid():

        def act() -> None:
            acquaintances.suits(
                by=by_of(request), one=met.one, seen=form.cleaned_data["seen"], now=now_of(request)
            )

        if saved(form, act):
            return done(request, _("It is planned."), "acquaintance", acquaintance_id)
    return _page(request, _load(request, acquaintance_id), form)


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, acquaintance_id: UUID) -> HttpResponse:
    """Propose another moment."""
    met = _load(request, acquaintance_id)
    form = MeetForm(request.POST or None, initial={"where": met.one.where, "seen": met.one.version})
    if form.is_valid():

        def act() -> None:
            acquaintances.propose_again(
                by=by_of(request),
                one=met.one,
                seen=form.cleaned_data["seen"] or 0,
                now=now_of(request),
                **form.moment,
            )

        if saved(form, act):
            return done(request, _("Proposed. They get a mail."), "acquaintance", acquaintance_id)
    return _form_page(
        request,
        form,
        place=met.one.place,
        route=met.one.route,
        crumbs=[*_back(met), (_("Getting acquainted"), reverse("acquaintance", args=[met.one.pk]))],
    )


@require_POST
def answer(request: HttpRequest, acquaintance_id: UUID) -> HttpResponse:
    """Yes or no, with a word."""
    met, form = _load(request, acquaintance_id), AnswerForm(request.POST)
    yes = says_yes(request)
    if form.is_valid():

        def act() -> None:
            acquaintances.answer(
                by=by_of(request),
                one=met.one,
                yes=yes,
                word=form.cleaned_data["word"],
                seen=form.cleaned_data["seen"],
                now=now_of(request),
            )

        if saved(form, act):
            said = _("Your yes is kept.") if yes else _("Your no is kept, and told kindly.")
            return done(request, said, "acquaintance", acquaintance_id)
    return _page(request, _load(request, acquaintance_id), form)
