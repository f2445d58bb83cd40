"""A page of student and mentor together."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import NotFound, Refused
from tussenstop.reflection import pair_queries
from tussenstop.reflection.actions import pairing
from tussenstop.reflection.actions.pairing import CannotPair, ColumnElsewhere
from tussenstop.reflection.rules import Column
from tussenstop.routes.queries import get_route
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.reflection.forms import ColumnForm, InviteForm, see_both
from tussenstop.web.reflection.shown import to_reflection

WAYS = ("GET", "HEAD", "POST")


def _found(request: HttpRequest, page_id: UUID) -> Any:
    return pair_queries.get_page(person=person_of(request), page_id=page_id, now=now_of(request))


@require_http_methods(WAYS)
def invite(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The student asks a mentor, or a mentor the student."""
    person, now = person_of(request), now_of(request)
    view = get_route(person=person, route_id=route_id, now=now, permission=OnRoute.REFLECT_TOGETHER)
    mentors = pair_queries.company(view.route, now=now).mentors
    if RouteRole.STUDENT not in view.roles:
        mentors = [one for one in mentors if one.pk == person.pk]
    form = InviteForm(request.POST or None, mentors=mentors)
    if form.is_valid():
        data = form.cleaned_data
        mentor = next(one for one in mentors if str(one.pk) == data["mentor"])

        def act() -> None:
            pairing.invite(
                by=by_of(request),
                route=view.route,
                key=data["key"],
                mentor=mentor,
                about=data["about"],
                now=now,
            )

        if saved(form, act):
            return done(
                request, _("Asked. You can already write your side."), "two_page", data["key"]
            )
    return page(
        request,
        "reflection/pair_invite.html",
        {
            "form": form,
            "mentors": mentors,
            "student": RouteRole.STUDENT in view.roles,
            "route": view.route,
            "crumbs": to_reflection(view),
        },
        status=422 if form.errors else 200,
    )


@require_safe
def show(request: HttpRequest, page_id: UUID) -> HttpResponse:
    found = _found(request, page_id)
    return page(
        request,
        "reflection/pair.html",
        {
            "found": found,
            "two": found.page,
            "route": found.view.route,
            "common": found.columns[2],
            "sides": found.columns[:2],
            "crumbs": to_reflection(found.view),
        },
    )


@require_POST
def answer(request: HttpRequest, page_id: UUID) -> HttpResponse:
    found, yes = _found(request, page_id), says_yes(request)
    pairing.answer(by=by_of(request), page=found.page, yes=yes, now=now_of(request))
    said = _("The page is open for both of you.") if yes else _("That is fine too.")
    return done(request, said, "two_page", page_id)


@require_POST
def end(request: HttpRequest, page_id: UUID) -> HttpResponse:
    found = _found(request, page_id)
    pairing.end(by=by_of(request), page=found.page, now=now_of(request))
    return done(request, _("Ended here. What was written stays."), "two_page", page_id)


@require_http_methods(WAYS)
def write(request: HttpRequest, page_id: UUID, column: str) -> HttpResponse:
    """One of the three texts in a large field. When the other saved meanwhile, both stand there."""
    found = _found(request, page_id)
    if column not in set(Column):
        raise NotFound
    if column not in pairing.columns_of(found.page, person_of(request)):
        raise Refused(_("write in the other's column"))
    there = next(one for one in found.columns if one.column == column)
    initial = {
        "text": there.text.text if there.text else "",
        "version": there.text.version if there.text else 0,
    }
    form, theirs = ColumnForm(request.POST or None, initial=initial), ""
    if form.is_valid():
        try:
            pairing.write(
                by=by_of(request),
                page=found.page,
                column=Column(column),
                text=form.cleaned_data["text"],
                seen=form.cleaned_data["version"],
                now=now_of(request),
            )
        except ColumnElsewhere as elsewhere:
            theirs = elsewhere.theirs
            see_both(form, elsewhere.text, elsewhere.version)
        except CannotPair as refusal:
            form.add_error("text", str(refusal.text))
        else:
            return done(request, _("Saved."), "two_page", page_id)
    return page(
        request,
        "reflection/pair_write.html",
        {
            "found": found,
            "two": found.page,
            "form": form,
            "theirs": theirs,
            "common": column == Column.COMMON,
            "sides": found.columns[:2],
            "before": pair_queries.versions(found=found, column=Column(column))[1:],
            "crumbs": [*to_reflection(found.view)],
        },
        status=409 if theirs else 422 if form.errors else 200,
    )
