"""One's own page: choosing, standing still for thirty seconds, and one's own course."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.calendars.queries import limit_of, load
from tussenstop.content import pack
from tussenstop.routes.event_queries import events_of
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.wellbeing.crumbs import to_own
from tussenstop.web.wellbeing.forms import CheckInForm, RhythmForm
from tussenstop.web.wellbeing.shown import (
    course_of,
    items_of,
    kept_text,
    overfull,
    tips_of,
    weeks_of,
)
from tussenstop.wellbeing import answers, queries
from tussenstop.wellbeing.actions import own as actions

WAYS = ("GET", "HEAD", "POST")
NEWEST = 4  # in words beneath the drawing


@login_not_required
@require_safe
def talk(request: HttpRequest) -> HttpResponse:
    """Where one can always talk, signed in or not."""
    return page(request, "wellbeing/talk.html", {"countries": pack().crisis.values()})


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """How it went and goes, for oneself alone."""
    person, now = person_of(request), now_of(request)
    found = queries.own(person=person, now=now)
    today = timezone.localdate(now)
    context: dict[str, Any] = {"own": found, "course": None, "full": None, "limit": None}
    if found.course:
        monday, count = weeks_of(found.course, today)
        weeks = load(person=person, monday=monday, weeks=count, now=now)
        limit = limit_of(person)
        sunday = monday + timedelta(weeks=count, days=-1)
        events = events_of(person=person, first=monday, last=sunday, now=now)
        context |= {
            "course": course_of(found.course, weeks, limit, events, today),
            "full": overfull(weeks, limit, today),
            "limit": limit,
        }
    return page(
        request,
        "wellbeing/own.html",
        {
            **context,
            "lines": answers.lines(person=person, now=now) if found.opted_in else [],
            "moments": [(one, items_of(one)) for one in found.course[: -NEWEST - 1 : -1]],
            "more": len(found.course) > NEWEST or found.older,
            "tips": tips_of(found.course),
            "days": settings.WELLBEING_DAYS,
            "rhythm_form": RhythmForm(
                initial={"rhythm": found.choice.rhythm if found.choice else ""}
            ),
        },
    )


@require_safe
def times(request: HttpRequest) -> HttpResponse:
    """Every time that is still kept, also what lies before the course: to read, share or delete."""
    person = person_of(request)
    queries.require_chosen(person)
    rows = slice_of(request, queries.check_ins(person))
    return page(
        request,
        "wellbeing/times.html",
        {
            "rows": rows,
            "moments": [(one, items_of(one)) for one in rows],
            "days": settings.WELLBEING_DAYS,
            "crumbs": to_own(),
        },
    )


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Two buttons, equally large."""
    wants = says_yes(request)
    actions.choose(by=by_of(request), wants=wants, now=now_of(request))
    if wants:
        return done(request, _("Good. Only you see what you fill in."), "wellbeing_check_in")
    return done(request, _("Fine. Nothing changes for you, and you can choose again."), "wellbeing")


@require_http_methods(WAYS)
def check_in(request: HttpRequest) -> HttpResponse:
    """Five sentences and a word."""
    person, now = person_of(request), now_of(request)
    queries.require_filling_in(person, now)
    form = CheckInForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.check_in(
                by=by_of(request),
                key=form.cleaned_data["key"],
                items=form.items,
                word=form.cleaned_data["word"],
                now=now,
            )

        if saved(form, act):
            return done(request, kept_text(queries.who_reads_on(person, now=now)), "wellbeing")
    return page(
        request,
        "wellbeing/check_in.html",
        {
            "form": form,
            "readers": queries.who_reads_on(person, now=now),
            "crumbs": to_own(),
            "back": reverse("wellbeing"),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    actions.set_rhythm(by=by_of(request), rhythm=request.POST.get("rhythm", ""))
    return done(request, _("Kept."), "wellbeing")


@require_POST
def quiet(request: HttpRequest) -> HttpResponse:
    """Not on Today for a week."""
    actions.be_quiet(by=by_of(request), now=now_of(request))
    return done(request, _("Fine. For a week it stays quiet here."), "today")


@require_safe
def moment(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    """One check-in, and who may read it."""
    person = person_of(request)
    found = queries.get_check_in(person=person, check_in_id=check_in_id)
    return page(
        request,
        "wellbeing/moment.html",
        {
            "moment": found,
            "answers": items_of(found),
            "readers": queries.readers_of(found, now=now_of(request)),
            "remove_url": reverse("wellbeing_remove", args=[found.pk]),
            "crumbs": to_own(),
        },
    )


@require_POST
def remove(request: HttpRequest, check_in_id: UUID) -> HttpResponse:
    found = queries.get_check_in(person=person_of(request), check_in_id=check_in_id)
    actions.remove(by=by_of(request), check_in=found)
    return done(request, _("Gone for good."), "wellbeing")


@require_http_methods(WAYS)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Away with everything, after one look at what that is."""
    person, now = person_of(request), now_of(request)
    queries.require_own(person, now)
    if request.method == "POST":
        actions.withdraw(by=by_of(request), now=now)
        return done(request, _("Everything is gone. You can always begin again."), "wellbeing")
    return page(
        request, "wellbeing/withdraw.html", {"crumbs": to_own(), "back": reverse("wellbeing")}
    )
