"""Hours at the workplace: a week, a day, and the mentor's yes."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import Stale
from tussenstop.core.ids import uuid7
from tussenstop.hours import actions, queries
from tussenstop.web.calendars.views import day_in, monday_of
from tussenstop.web.hours.forms import AddForm, CorrectForm, SayForm
from tussenstop.web.hours.shown import bar_of, in_words, read_seen, seen_of
from tussenstop.web.kept import may_be_kept, was_kept
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs
from tussenstop.web.planning.crumbs import to_route

WAYS = ("GET", "HEAD", "POST")


def to_hours(route: Any, monday: date | None = None) -> Crumbs:
    url = reverse("hours", args=[route.pk])
    return [*to_route(route), (_("Hours"), f"{url}?week={monday}" if monday else url)]


def _to_week(request: HttpRequest, text: str, route_id: UUID, day: date) -> HttpResponse:
    response = done(request, text, "hours", route_id)
    response["Location"] += f"?week={monday_of(day)}"
    return response


@require_safe
def week(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The week of a day in the address, or this one."""
    person, now = person_of(request), now_of(request)
    monday = monday_of(day_in(request.GET.get("week", "")) or timezone.localdate(now))
    found = queries.week(person=person, route_id=route_id, monday=monday, now=now)
    response = page(
        request,
        "hours/week.html",
        {
            "keep_pages": _keep_pages(route_id),
            "shown_at": now,
            "week": found,
            "route": found.view.route,
            "can": found.view.can,
            "sunday": monday + timedelta(days=6),
            "before": monday - timedelta(days=7),
            "after": monday + timedelta(days=7),
            "entries": [(entry, in_words(entry.worked)) for entry in found.entries],
            "planned": [(block, actions.end_of(block), uuid7()) for block in found.planned],
            "worked": in_words(found.worked),
            "seen": seen_of(found.to_confirm),
            "bar": bar_of(found.figures),
            "target": in_words(found.figures.target),
            "done": in_words(found.figures.done),
            "others": [one for one in found.open_weeks if one != monday],
            "crumbs": to_route(found.view.route),
        },
    )
    this_week = monday == monday_of(timezone.localdate(now))
    return (
        may_be_kept(request, response) if found.view.can["WRITE_HOURS"] and this_week else response
    )


def _keep_pages(route_id: UUID) -> str:
    """The pages that a device may keep for its student."""
    return " ".join(reverse(name, args=[route_id]) for name in ("hours", "hours_add"))


@require_http_methods(WAYS)
def add(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Hours of a day; `block` in the address begins from a planned day."""
    person, now = person_of(request), now_of(request)
    view = queries.get_writing(person=person, route_id=route_id, now=now)
    was_kept(request)
    block = None
    if asked := request.POST.get("block") or request.GET.get("block"):
        block = queries.get_block(person=person, block_id=_uuid(asked), now=now)
    initial: dict[str, Any] = {"day": day_in(request.GET.get("day", "")) or timezone.localdate(now)}
    if block:
        end = actions.end_of(block)
        initial = {
            "day": block.day,
            "starts_at": block.starts_at,
            "ends_at": end,
            "block": block.pk,
        }
    form = AddForm(request.POST or None, initial=initial)
    if form.is_valid():

        def act() -> None:
            actions.write(
                by=by_of(request),
                route=view.route,
                key=form.cleaned_data["key"],
                hours=form.hours,
                now=now,
                block=block,
            )

        if saved(form, act):
            return _to_week(request, _("Written down."), route_id, form.hours.day)
    crumbs = to_hours(view.route, initial["day"])
    response = page(
        request,
        "hours/add.html",
        {
            "keep_pages": _keep_pages(route_id),
            "shown_at": now,
            "form": form,
            "address": reverse("hours_add", args=[route_id]),
            "submit": _("Keep"),
            "crumbs": crumbs,
            "back": crumbs[-1][1],
        },
        status=422 if form.errors else 200,
    )
    return response if block or form.is_bound else may_be_kept(request, response)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@require_POST
def as_planned(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Yes, as planned."""
    now = now_of(request)
    block = queries.get_block(person=person_of(request), block_id=block_id, now=now)
    kept = was_kept(request)
    try:
        actions.as_planned(
            by=by_of(request),
            block=block,
            done=request.POST.get("done", "")[:300],
            key=_uuid(request.POST.get("key", "")),
            now=now,
        )
    except actions.CannotWrite as refusal:
        if kept:  # nobody is there to read on
            return HttpResponse(str(refusal.text), status=422)
        messages.warning(request, str(refusal.text))
        return HttpResponseRedirect(
            reverse("hours_add", args=[block.plan.route_id]) + f"?block={block.pk}"
        )
    return _to_week(request, _("Written down."), block.plan.route_id, block.day)


@require_POST
def confirm(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The mentor's yes to what was on the screen."""
    person, now = person_of(request), now_of(request)
    view = queries.get_confirming(person=person, route_id=route_id, now=now)
    monday = day_in(request.POST.get("week", "")) or timezone.localdate(now)
    try:
        count = actions.confirm(
            by=by_of(request),
            route=view.route,
            seen=read_seen(request.POST.get("seen", "")),
            now=now,
        )
    except Stale as stale:
        messages.warning(request, str(stale.text))
        return HttpResponseRedirect(to_hours(view.route, monday_of(monday))[-1][1])
    return _to_week(request, said_yes(count), route_id, monday)


def said_yes(count: int) -> str:
    if not count:
        return _("These hours were confirmed already.")
    text = ngettext("%(count)s day confirmed.", "%(count)s days confirmed.", count)
    return text % {"count": count}


@require_http_methods(WAYS)
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One day: its hours, what was said, and how it changed. The student corrects it here."""
    one, view = queries.get_entry(
        person=person_of(request),
        entry_id=entry_id,
        now=now_of(request),
        permission=OnRoute.WRITE_HOURS if request.method == "POST" else OnRoute.SEE_HOURS,
    )
    theirs = _typed(one)
    form = CorrectForm(request.POST or None, initial={**theirs, "version": one.version})
    if form.is_valid():

        def act() -> None:
            actions.correct(
                by=by_of(request),
                entry=one,
                seen=form.cleaned_data["version"],
                hours=form.hours,
                now=now_of(request),
            )

        if saved(form, act, version=one.version, theirs=theirs):
            return done(request, _("Saved."), "hours_entry", one.pk)
    return _entry_page(request, one, view, form, SayForm())


def _typed(one: Any) -> dict[str, Any]:
    """An entry as its form shows it."""
    return {
        "day": one.day,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at.time(),
        "pause": one.pause,
        "done": one.done,
    }


def _entry_page(
    request: HttpRequest, one: Any, view: Any, form: Any, say_form: Any
) -> HttpResponse:
    crumbs = to_hours(view.route, monday_of(one.day))
    return page(
        request,
        "hours/entry.html",
        {
            "entry": one,
            "can": view.can,
            "worked": in_words(one.worked),
            "form": form,
            "say_form": say_form,
            "submit": _("Save"),
            "crumbs": crumbs,
            "back": crumbs[-1][1],
        },
        status=422 if form.errors or say_form.errors else 200,
    )


@require_POST
def say(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A word about a day."""
    person, now = person_of(request), now_of(request)
    one, view = queries.get_entry(
        person=person, entry_id=entry_id, now=now, permission=OnRoute.TALK_HOURS
    )
    form = SayForm(request.POST)
    if form.is_valid():

        def act() -> None:
            actions.say(by=by_of(request), entry=one, now=now, **form.cleaned_data)

        if saved(form, act):
            return done(request, _("Your words stand there."), "hours_entry", one.pk)
    correct = CorrectForm(initial={**_typed(one), "version": one.version})
    return _entry_page(request, one, view, correct, form)


@require_POST
def remove(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    one, view = queries.get_entry(
        person=person_of(request),
        entry_id=entry_id,
        now=now_of(request),
        permission=OnRoute.WRITE_HOURS,
    )
    try:
        seen = int(request.POST.get("version", ""))
    except ValueError:
        seen = 0
    try:
        actions.take_out(by=by_of(request), entry=one, seen=seen, now=now_of(request))
    except Stale as stale:
        messages.warning(request, str(stale.text))
        return HttpResponseRedirect(reverse("hours_entry", args=[one.pk]))
    return _to_week(request, _("Taken out."), view.route.pk, one.day)
