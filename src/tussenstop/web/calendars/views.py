"""One's own calendar: a week, how heavy the weeks are, and what fills them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.calendars import actions, queries
from tussenstop.calendars.incoming.queries import worrying
from tussenstop.calendars.rules import LOAD_WEEKS
from tussenstop.core.errors import NotFound
from tussenstop.policies.holidays import public_holidays
from tussenstop.policies.queries import holidays_between
from tussenstop.web.calendars.forms import AddForm, ChangeForm, LimitForm, MoveForm
from tussenstop.web.calendars.shown import days_of, grid_of, kind_name, strip_of
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import form_page


def day_in(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def to_calendar(day: date | None = None) -> list[tuple[str, str]]:
    url = reverse("calendar")
    return [(_("Calendar"), f"{url}?week={monday_of(day)}" if day else url)]


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The week of a day in the address, or this one."""
    person, now = person_of(request), now_of(request)
    today = timezone.localdate(now)
    monday = monday_of(day_in(request.GET.get("week", "")) or today)
    blocks = queries.own_blocks(
        person=person, start=monday, end=monday + timedelta(days=6), now=now
    )
    limit = queries.limit_of(person)
    first = monday_of(today)
    weeks = queries.load(person=person, monday=first, weeks=LOAD_WEEKS, now=now)
    here = next((one for one in weeks if one.monday == monday), None)
    route = queries.own_route(person)
    school = route.institution if route else None
    sunday = monday + timedelta(days=6)
    holidays, _versions = holidays_between(monday, sunday, school) if school else ([], [])
    return page(
        request,
        "calendars/week.html",
        {
            "monday": monday,
            "sunday": sunday,
            "public": public_holidays(monday, sunday),
            "holidays": holidays,
            "own_route": route,
            "today": today,
            "days": days_of(blocks, monday),
            "grid": grid_of(blocks, monday),
            "any": bool(blocks),
            "before": monday - timedelta(days=7),
            "after": monday + timedelta(days=7),
            "strip": strip_of(weeks, limit),
            "here": here,
            "parts": [(kind_name(kind), hours) for kind, hours in here.hours.items()]
            if here
            else [],
            "limit": limit,
            "limit_form": LimitForm(initial={"hours": limit}),
            "some_weeks": any(one.total for one in weeks),
            "worrying": worrying(person, now),
            "warned": queries.working_time(person=person, school=school, monday=monday, now=now),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Something new, on the day in the address."""
    now = now_of(request)
    day = day_in(request.GET.get("day", "")) or timezone.localdate(now)
    form = AddForm(request.POST or None, initial={"first_on": day})
    if form.is_valid():

        def act() -> None:
            actions.add(by=by_of(request), key=form.cleaned_data["key"], entry=form.entry, now=now)

        if saved(form, act):
            return back_to_week(
                request, _("It stands in your calendar."), form.cleaned_data["first_on"]
            )
    return form_page(
        request,
        form,
        title=_("Put something in your calendar"),
        submit=_("Keep"),
        crumbs=to_calendar(day),
    )


def back_to_week(request: HttpRequest, text: str, day: date) -> HttpResponse:
    response = done(request, text, "calendar")
    response["Location"] += f"?week={monday_of(day)}"
    return response


def _own(request: HttpRequest, commitment_id: UUID) -> Any:
    return queries.get_commitment(person=person_of(request), commitment_id=commitment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """The whole of a commitment; with `day` in the address one can also change that day alone."""
    one = _own(request, commitment_id)
    day = day_in(request.GET.get("day", ""))
    theirs = _typed(one)
    form = ChangeForm(request.POST or None, initial={**theirs, "version": one.version})
    if form.is_valid():

        def act() -> None:
            seen = form.cleaned_data["version"]
            actions.change(by=by_of(request), one=one, seen=seen, entry=form.entry)

        if saved(form, act, version=one.version, theirs=theirs):
            return back_to_week(request, _("Saved."), day or form.cleaned_data["first_on"])
    otherwise = {row.day: row for row in one.otherwise.all()}
    return page(
        request,
        "calendars/change.html",
        {
            "one": one,
            "form": form,
            "day": day,
            "otherwise": otherwise.get(day) if day else None,
            "left_out": sorted(d for d, row in otherwise.items() if row.new_day is None),
            "crumbs": to_calendar(day or one.first_on),
            "back": to_calendar(day or one.first_on)[0][1],
            "submit": _("Save"),
        },
        status=422 if form.errors else 200,
    )


def _typed(one: Any) -> dict[str, Any]:
    """A commitment as its form shows it."""
    ends_at = last_on = None
    if one.starts_at is None:
        whole = one.minutes // (24 * 60)
        last_on = one.first_on + timedelta(days=whole - 1) if whole > 1 else None
    else:
        begin = one.starts_at.hour * 60 + one.starts_at.minute
        end = (begin + one.minutes) % (24 * 60)
        ends_at = one.starts_at.replace(hour=end // 60, minute=end % 60)
    return {
        "kind": one.kind,
        "title": one.title,
        "movable": one.movable,
        "first_on": one.first_on,
        "starts_at": one.starts_at,
        "ends_at": ends_at,
        "last_on": last_on,
        "every_weeks": one.every_weeks,
        "days": one.weekdays,
        "until": one.until,
    }


def _day_of(request: HttpRequest) -> date:
    day = day_in(request.POST.get("day", ""))
    if day is None:
        raise NotFound
    return day


@require_POST
def leave_out(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    """Not on this day; or on this day as always."""
    one, day = _own(request, commitment_id), _day_of(request)
    if request.POST.get("to") == "back":
        actions.as_planned(by=by_of(request), one=one, day=day)
        return back_to_week(request, _("As always again on that day."), day)
    actions.leave_out(by=by_of(request), one=one, day=day)
    return back_to_week(request, _("Left out on that day."), day)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, commitment_id: UUID, day: str) -> HttpResponse:
    """One day otherwise."""
    one, on = _own(request, commitment_id), day_in(day)
    if on is None:
        raise NotFound
    typed = _typed(one)
    form = MoveForm(
        request.POST or None,
        initial={"new_day": on, "starts_at": typed["starts_at"], "ends_at": typed["ends_at"]},
    )
    if form.is_valid():

        def act() -> None:
            actions.move(by=by_of(request), one=one, day=on, **form.cleaned_data)

        if saved(form, act):
            return back_to_week(request, _("Moved, this once."), form.cleaned_data["new_day"])
    return form_page(
        request,
        form,
        title=_("Move this once"),
        submit=_("Keep"),
        crumbs=to_calendar(on),
    )


@require_POST
def remove(request: HttpRequest, commitment_id: UUID) -> HttpResponse:
    one = _own(request, commitment_id)
    actions.remove(by=by_of(request), one=one)
    return back_to_week(request, _("Taken out of your calendar."), one.first_on)


@require_POST
def set_limit(request: HttpRequest) -> HttpResponse:
    form = LimitForm(request.POST)
    if form.is_valid():
        actions.set_limit(by=by_of(request), hours=form.cleaned_data["hours"])
        return done(request, _("Kept. Only you see it."), "calendar")
    return page(
        request, "calendars/limit.html", {"form": form, "crumbs": to_calendar()}, status=422
    )
