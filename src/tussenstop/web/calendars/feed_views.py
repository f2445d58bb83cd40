"""Bringing much into one's calendar at once: calendars from elsewhere, a whole week."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.calendars import actions as calendar_actions
from tussenstop.calendars.incoming import actions, queries
from tussenstop.calendars.incoming.rules import MOST_FEEDS
from tussenstop.web.calendars.feed_forms import (
    FeedForm,
    FileForm,
    FollowForm,
    ReplaceForm,
    WeekForm,
)
from tussenstop.web.calendars.views import back_to_week, to_calendar
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, columns_of

WAYS = ("GET", "HEAD", "POST")


def _to_feeds() -> Crumbs:
    return [*to_calendar(), (_("Calendars from elsewhere"), reverse("calendar_feeds"))]


def _own(request: HttpRequest, feed_id: UUID) -> Any:
    return queries.get_feed(person=person_of(request), feed_id=feed_id)


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """What one reads, and how it goes. At most ten, so one page."""
    found = list(queries.feeds(person_of(request)))
    return page(
        request,
        "calendars/feeds.html",
        {"feeds": found, "full": len(found) >= MOST_FEEDS, "crumbs": to_calendar()},
    )


@require_http_methods(WAYS)
def follow(request: HttpRequest) -> HttpResponse:
    """Read what stands at an address."""
    form = FollowForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.follow(by=by_of(request), now=now_of(request), **form.cleaned_data)

        if saved(form, act):
            text = _("We are reading it. In a moment it stands in your calendar.")
            return done(request, text, "calendar_feed", form.cleaned_data["key"])
    return _form(request, form, _("Read a calendar behind an address"), _("Read it"), helps=True)


@require_http_methods(WAYS)
def bring_file(request: HttpRequest) -> HttpResponse:
    """Read a file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        content = data.pop("file").read()

        def act() -> None:
            actions.bring_file(by=by_of(request), now=now_of(request), content=content, **data)

        if saved(form, act):
            return done(request, _("It stands in your calendar."), "calendar_feed", data["key"])
    return _form(request, form, _("Read a calendar file"), _("Read it"))


def _form(
    request: HttpRequest, form: Any, title: str, submit: str, *, helps: bool = False
) -> HttpResponse:
    crumbs = _to_feeds()
    return page(
        request,
        "calendars/feed_form.html",
        {
            "form": form,
            "title": title,
            "submit": submit,
            "crumbs": crumbs,
            "back": crumbs[-1][1],
            "helps": helps,
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(WAYS)
def feed(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """One calendar from elsewhere: how it goes, and how it is called."""
    one = _own(request, feed_id)
    theirs = columns_of(one, "name", "kind", "whole_days")
    form = FeedForm(request.POST or None, initial={**theirs, "version": one.version})
    if form.is_valid():
        data = dict(form.cleaned_data)
        seen = data.pop("version")

        def act() -> None:
            actions.change(by=by_of(request), feed=one, seen=seen, **data)

        if saved(form, act, version=one.version, theirs=theirs):
            return done(request, _("Saved."), "calendar_feed", one.pk)
    return _feed_page(request, one, form, ReplaceForm())


def _feed_page(request: HttpRequest, one: Any, form: Any, replace: Any) -> HttpResponse:
    crumbs = _to_feeds()
    return page(
        request,
        "calendars/feed.html",
        {
            "feed": one,
            "form": form,
            "replace_form": replace,
            "crumbs": crumbs,
            "back": crumbs[-1][1],
            "submit": _("Save"),
        },
        status=422 if form.errors or replace.errors else 200,
    )


@require_POST
def read_again(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    one = _own(request, feed_id)
    actions.read_again(by=by_of(request), feed=one)
    return done(request, _("We are reading it again."), "calendar_feed", one.pk)


@require_POST
def replace_file(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    """A newer file."""
    one = _own(request, feed_id)
    form = ReplaceForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["file"].read()

        def act() -> None:
            actions.replace_file(by=by_of(request), feed=one, content=content, now=now_of(request))

        if saved(form, act):
            return done(request, _("It stands in your calendar."), "calendar_feed", one.pk)
    theirs = columns_of(one, "name", "kind", "whole_days", "version")
    return _feed_page(request, one, FeedForm(initial=theirs), form)


@require_POST
def remove(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    actions.remove(by=by_of(request), feed=_own(request, feed_id))
    return done(request, _("Gone, with everything that came from it."), "calendar_feeds")


@require_http_methods(WAYS)
def type_week(request: HttpRequest) -> HttpResponse:
    """A whole week in one go; `weeks` in the address says how many take turns."""
    asked = request.GET.get("weeks", "1")
    weeks = int(asked) if asked in {"1", "2", "3", "4"} else 1
    today = timezone.localdate(now_of(request))
    form = WeekForm(request.POST or None, weeks=weeks, initial={"first_on": today})
    if form.is_valid():
        made = 0

        def act() -> None:
            nonlocal made
            made = calendar_actions.type_week(
                by=by_of(request),
                key=form.cleaned_data["key"],
                week=form.typed,
                now=now_of(request),
            )

        if saved(form, act):
            text = ngettext(
                "One entry stands in your calendar.",
                "%(count)s entries stand in your calendar.",
                made,
            )
            return back_to_week(request, text % {"count": made}, form.cleaned_data["first_on"])
    turns = [
        (1, _("every week the same")),
        (2, _("two weeks in turn")),
        (3, _("three weeks in turn")),
        (4, _("four weeks in turn")),
    ]
    crumbs = to_calendar()
    return page(
        request,
        "calendars/type_week.html",
        {
            "form": form,
            "weeks": weeks,
            "turns": turns,
            "crumbs": crumbs,
            "back": crumbs[-1][1],
            "submit": _("Keep"),
        },
        status=422 if form.errors else 200,
    )
