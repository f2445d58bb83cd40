"""Looking for dates of many conversations, seeing what was found, and proposing it."""

from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import DomainError, NotFound
from tussenstop.routes.queries import programmes_of
from tussenstop.series import actions, queries
from tussenstop.series.rules import AHEAD_DAYS
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.series.forms import SeriesForm

EVERY = 1  # seconds between two looks at a search that runs
WEEKS = 3  # proposed as a period to begin with


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Routes"), reverse("route_list")),
        (_("Dates for conversations"), reverse("series_list")),
        *more,
    ]


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """What one looked for before."""
    found = few_of(request, queries.own_series(person_of(request)))
    return page(
        request,
        "series/list.html",
        {
            "rows": [(one, queries.kind_name(one.kind)) for one in found.object_list],
            "page": found,
            "crumbs": _crumbs()[:1],
        },
    )


def _first_guess(request: HttpRequest) -> dict[str, Any]:
    """The coming weeks; or what was asked before, when one looks again."""
    first = timezone.localdate(now_of(request)) + timedelta(days=AHEAD_DAYS)
    guess: dict[str, Any] = {
        "from_on": first,
        "until_on": first + timedelta(weeks=WEEKS),
        "minutes": 45,
        "between": 15,
    }
    if again := request.GET.get("again"):
        try:
            before = queries.get_series(person=person_of(request), series_id=UUID(again))
        except (ValueError, NotFound):
            return guess
        guess |= {
            name: getattr(before, name)
            for name in SeriesForm.base_fields
            if name not in {"key", "from_on", "until_on", "programme"}
        }
        guess["programme"] = str(before.programme_id or "")
        guess["until_on"] = max(before.until_on, guess["until_on"])
    return guess


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    form = SeriesForm(
        request.POST or None,
        kinds=queries.kinds_of(person=person, now=now),
        programmes=programmes_of(person=person, now=now),
        initial=_first_guess(request),
    )
    if form.is_valid():
        made: list[UUID] = []

        def act() -> None:
            found = form.cleaned_data
            series = actions.ask(by=by_of(request), key=found["key"], wanted=form.wanted(), now=now)
            made.append(series.pk)

        if saved(form, act):
            return redirect("series", made[0])
    return page(
        request,
        "series/new.html",
        {"form": form, "crumbs": _crumbs(), "back": reverse("series_list")},
        status=422 if form.errors else 200,
    )


def _page(
    request: HttpRequest, series_id: UUID, refusal: str = "", status: int = 200
) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    series = queries.get_series(person=person, series_id=series_id)
    running = series.finished_at is None
    talks = [] if running else queries.talks_of(person=person, series=series, now=now)
    found = [one for one in talks if one.talk.starts_at]
    response = page(
        request,
        "series/series.html",
        {
            "series": series,
            "name": queries.kind_name(series.kind),
            "running": running,
            "total": len(talks),
            "found": len(found),
            "days": [
                (day, list(rows))
                for day, rows in groupby(found, lambda one: timezone.localdate(one.talk.starts_at))
            ],
            "without": [one for one in talks if not one.talk.starts_at],
            "open": any(one.open for one in found),
            "fixed": sum(one.became == "holds" for one in found),
            "again": any(one.talk.starts_at is None or one.became == "declined" for one in talks),
            "refusal": refusal,
            "crumbs": _crumbs(),
        },
        status=status,
    )
    if running:
        response["Refresh"] = str(EVERY)
    return response


@require_safe
def show(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """What was found; while it is looked for, the page looks again by itself."""
    return _page(request, series_id)


@require_POST
def propose(request: HttpRequest, series_id: UUID) -> HttpResponse:
    """Put the ticked dates before everybody they need."""
    series = queries.get_series(person=person_of(request), series_id=series_id)
    chosen = []
    for text in request.POST.getlist("talk"):
        try:
            chosen.append(UUID(text))
        except ValueError:
            continue
    try:
        count = actions.propose(
            by=by_of(request), series=series, chosen=chosen, now=now_of(request)
        )
    except DomainError as refusal:
        return _page(request, series_id, str(refusal.text), 422)
    text = ngettext(
        "%(count)s date is proposed. Everybody it needs gets a mail.",
        "%(count)s dates are proposed. Everybody they need gets a mail.",
        count,
    ) % {"count": count}
    return done(request, text, "series", series_id)
