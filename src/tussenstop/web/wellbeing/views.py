"""One's own page: choosing, standing still for thirty seconds, and one's own course."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.calendars.queries import limit_of, load
from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.wellbeing.crumbs import to_own
from tussenstop.web.wellbeing.forms import CheckInForm, RhythmForm
from tussenstop.web.wellbeing.shown import course_of, items_of, overfull, tips_of, weeks_of
from tussenstop.wellbeing import queries
from tussenstop.wellbeing.actions import own as actions

WAYS = ("GET", "HEAD", "POST")


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
    context: dict[str, Any] = {"own": found, "course": None, "full": [], "limit": None}
    if found.course:
        monday, count = weeks_of(found.course, today)
        weeks = load(person=person, monday=monday, weeks=count, now=now)
        limit = limit_of(person)
        context |= {
            "course": course_of(found.course, weeks, limit, today),
            "full": overfull(weeks, limit, today),
            "limit": limit,
        }
    content = pack().check_in
    return page(
        request,
        "wellbeing/own.html",
        {
            **context,
            "silent": queries.silent_questions(person, now=now),
            "items": content.values(),
            "moments": [(one, items_of(one)) for one in reversed(found.course)],
            "tips": tips_of(found.course),
            "rhythm_form": RhythmForm(
                initial={"rhythm": found.choice.rhythm if found.choice else ""}
            ),
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
    found = queries.own(person=person, now=now)
    if not found.opted_in:
        raise NotFound
    readers = ", ".join(share.coach.name for share in found.shares if share.check_in_id is None)
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
            said = _("Kept. You share it with %(names)s.") % {"names": readers}
            return done(request, said if readers else _("Kept, for you alone."), "wellbeing")
    return page(
        request,
        "wellbeing/check_in.html",
        {"form": form, "readers": readers, "crumbs": to_own(), "back": reverse("wellbeing")},
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
    shares = [
        share
        for share in queries.shares(person)
        if share.check_in_id == found.pk or (share.check_in_id is None and share.since <= found.at)
    ]
    return page(
        request,
        "wellbeing/moment.html",
        {"moment": found, "answers": items_of(found), "shares": shares, "crumbs": to_own()},
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
