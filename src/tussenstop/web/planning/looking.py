"""The student's side: what is asked of the weeks, what was found, and proposing one of them."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import DomainError
from tussenstop.core.ids import uuid7
from tussenstop.planning import queries
from tussenstop.planning.actions import agreeing, searching
from tussenstop.planning.rules import AHEAD_DAYS, Answer, Purpose
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.planning.crumbs import to_planning
from tussenstop.web.planning.differences import Differs, differences
from tussenstop.web.planning.forms import TermsForm
from tussenstop.web.planning.keeping import numbers_of, series_of
from tussenstop.web.planning.words import (
    figures_of,
    given_up,
    instead_of,
    warned_of,
    weeks_of_blocks,
    weeks_of_option,
    why_not,
)

EVERY = 1  # seconds between two looks at a search that runs


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """What one asks; sending it starts looking."""
    now = now_of(request)
    view, kept = queries.get_terms(person=person_of(request), route_id=route_id, now=now)
    theirs = {name: getattr(kept, name) for name in TermsForm.base_fields if name != "version"}
    form = TermsForm(request.POST or None, initial={**theirs, "version": kept.version})
    if form.is_valid():

        def act() -> None:
            searching.keep_terms(
                by=by_of(request),
                route=view.route,
                seen=form.cleaned_data["version"],
                wanted=form.wanted,
                now=now,
            )

        if saved(form, act, version=kept.version, theirs=theirs):
            made = searching.ask(by=by_of(request), route=view.route, now=now)
            return redirect("plan_search", made.pk)
    return page(
        request,
        "planning/terms.html",
        {
            "form": form,
            "route": view.route,
            "crumbs": to_planning(view.route),
            "back": reverse("planning", args=[route_id]),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def mend(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Look for the least change to what was agreed."""
    now = now_of(request)
    view, _terms = queries.get_terms(person=person_of(request), route_id=route_id, now=now)
    try:
        made = searching.ask(by=by_of(request), route=view.route, now=now, purpose=Purpose.REPAIR)
    except DomainError as refusal:
        return done(request, str(refusal.text), "planning", route_id)
    return redirect("plan_search", made.pk)


@require_safe
def search(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """What was found so far; while it goes on, the page looks again by itself."""
    person, now = person_of(request), now_of(request)
    found = queries.get_search(person=person, search_id=search_id, now=now)
    options = list(found.options.all())
    running = found.finished_at is None
    _view, asked = queries.get_terms(person=person, route_id=found.route_id, now=now)
    context = {
        "search": found,
        "running": running,
        "options": [
            (
                one,
                figures_of(one),
                given_up(one, options) if len(options) > 1 else [],
                warned_of(one),
            )
            for one in options
        ],
        "why": why_not(found.conflict, asked) if found.answer == Answer.IMPOSSIBLE else None,
        "instead": instead_of(found),
        "undecided": found.answer == Answer.UNDECIDED,
        "repair": found.purpose == Purpose.REPAIR,
        "assumed": found.reckoned.get("assumed", []),
        "crumbs": to_planning(found.route),
    }
    response = page(request, "planning/search.html", context)
    if running:
        response["Refresh"] = str(EVERY)
    return response


@require_POST
def stop(request: HttpRequest, search_id: UUID) -> HttpResponse:
    now = now_of(request)
    found = queries.get_search(person=person_of(request), search_id=search_id, now=now)
    searching.stop(by=by_of(request), search=found, now=now)
    return redirect("plan_search", search_id)


def _option_page(
    request: HttpRequest, option_id: UUID, refusal: str = "", status: int = 200
) -> HttpResponse:
    now = now_of(request)
    one = queries.get_option(person=person_of(request), option_id=option_id, now=now)
    back = reverse("plan_search", args=[one.search_id])
    weeks = weeks_of_option(one)
    differs: list[Differs] = []
    if one.search.purpose == Purpose.REPAIR:
        seen = queries.overview(person=person_of(request), route_id=one.search.route_id, now=now)
        agreed = weeks_of_blocks(queries.blocks_ahead(seen=seen, now=now))
        since = timezone.localdate(one.search.asked_at) + timedelta(days=AHEAD_DAYS)
        differs = differences(agreed, weeks, since)
    return page(
        request,
        "planning/option.html",
        {
            "option": one,
            "figures": figures_of(one),
            "warned": warned_of(one),
            "weeks": weeks,
            "every": series_of(one),
            "differs": differs,
            "key": uuid7(),
            "refusal": refusal,
            "repair": one.search.purpose == Purpose.REPAIR,
            "crumbs": [*to_planning(one.search.route), (_("What was found"), back)],
        },
        status=status,
    )


@require_safe
def option(request: HttpRequest, option_id: UUID) -> HttpResponse:
    """One calendar, week by week: keep days and look again, or propose it."""
    return _option_page(request, option_id)


@require_POST
def around(request: HttpRequest, option_id: UUID) -> HttpResponse:
    """Look again around the days that were ticked."""
    now = now_of(request)
    one = queries.get_option(person=person_of(request), option_id=option_id, now=now)
    chosen = [int(number) for number in request.POST.getlist("keep") if number.isdecimal()]
    chosen += numbers_of(one, request.POST.getlist("every"))
    try:
        made = searching.ask_around(by=by_of(request), option=one, chosen=chosen, now=now)
    except DomainError as refusal:
        return _option_page(request, option_id, str(refusal.text), 422)
    return redirect("plan_search", made.pk)


@require_POST
def propose(request: HttpRequest, option_id: UUID) -> HttpResponse:
    now = now_of(request)
    one = queries.get_option(person=person_of(request), option_id=option_id, now=now)
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid7()
    try:
        agreeing.propose(by=by_of(request), key=key, option=one, now=now)
    except DomainError as refusal:
        return _option_page(request, option_id, str(refusal.text), 422)
    return done(request, _("Proposed. Your mentor gets a mail."), "planning", one.search.route_id)
