"""Training leave: what one can reckon on, what was taken, and what has to be given in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import NotFound
from tussenstop.leave import actions, queries
from tussenstop.leave.rules import Reason, Region, Sector, What
from tussenstop.policies.holidays import school_year_of
from tussenstop.policies.rules import CHECKED_ON
from tussenstop.web.leave.forms import FactsForm, TakeForm
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, form_page
from tussenstop.web.planning.crumbs import to_route

FIRST, LAST = 2019, 2100


def address(route_id: UUID, year: int) -> str:
    return f"{reverse('leave', args=[route_id])}?year={year}"


def to_leave(route: Any, year: int) -> Crumbs:
    return [*to_route(route), (_("Training leave"), address(route.pk, year))]


def year_in(request: HttpRequest) -> int:
    typed = request.GET.get("year", "")
    if typed.isdecimal() and FIRST <= int(typed[:5]) <= LAST:
        return int(typed)
    return school_year_of(timezone.localdate(now_of(request)))


def to_year(request: HttpRequest, text: str, route_id: UUID, year: int) -> HttpResponse:
    response = done(request, text, "leave", route_id)
    response["Location"] += f"?year={year}"
    return response


def reasons_of(year: queries.Year) -> list[str]:
    return [
        str(Reason(reason).label) % {"number": f"{number.normalize():f}"}
        for reason, number in year.budget.reasons
    ]


@require_safe
def leave(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """One school year."""
    person, now, year = person_of(request), now_of(request), year_in(request)
    view, found = queries.year_of(person=person, route_id=route_id, year=year, now=now)
    if found is None and "year" not in request.GET:
        return HttpResponseRedirect(reverse("leave_facts", args=[route_id, year]))
    context: dict[str, Any] = {
        "route": view.route,
        "year": year,
        "next": year + 1,
        "found": found,
        "crumbs": to_route(view.route),
    }
    if found:
        rows = slice_of(request, queries.taken(found.leave))
        career, credits_ = queries.career(found, now)
        context |= {
            "reasons": reasons_of(found),
            "rows": rows,
            "taken": [(row, found.outside(row.day)) for row in rows],
            "today": timezone.localdate(now),
            "career": career,
            "credits": credits_,
            "shows_credit": found.leave.credit or credits_ or found.budget.opens_credit,
            "reckoned_with": found.reckoned_with,
            "checked_on": CHECKED_ON,
        }
    return page(request, "leave/leave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def facts(request: HttpRequest, route_id: UUID, year: int) -> HttpResponse:
    """Job and programme; what was told last year is there already."""
    if not FIRST <= year <= LAST:
        raise NotFound
    now = now_of(request)
    view, found = queries.year_of(person=person_of(request), route_id=route_id, year=year, now=now)
    theirs = _typed(found.leave) if found else _first(view.route, year)
    version = found.leave.version if found else 0
    form = FactsForm(request.POST or None, initial={**theirs, "version": version})
    if form.is_valid():

        def act() -> None:
            actions.keep(
                by=by_of(request),
                route=view.route,
                seen=form.cleaned_data["version"],
                facts=form.facts(year),
                now=now,
            )

        if saved(form, act, version=version, theirs=theirs):
            return to_year(request, _("Reckoned. Only you see it."), route_id, year)
    return form_page(
        request,
        form,
        title=_("Training leave %(year)s") % {"year": f"{year}-{year + 1}"},
        lead=_(
            "Who works and studies often has a right to paid leave for it. Tell how it is with "
            "your job and your programme, and you see what you can reckon on. Only you see it."
        ),
        submit=_("Reckon it"),
        crumbs=to_leave(view.route, year) if found else to_route(view.route),
    )


def _typed(leave: Any) -> dict[str, Any]:
    return {name: getattr(leave, name) for name in FactsForm.base_fields if name != "version"}


def _first(route: Any, year: int) -> dict[str, Any]:
    """What one would begin with: the job of the year before, or the most usual one."""
    before = queries.last_year(route, year)
    job = {"region": Region.FLANDERS, "sector": Sector.PRIVATE, "contact_hours": 0}
    if before:
        job = {
            name: getattr(before, name)
            for name in ("region", "sector", "percent", "week_hours", "contact_hours", "number")
        }
    return {**job, "with_year": True, "credit": before.credit if before else False}


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Write down hours of leave."""
    now = now_of(request)
    found = queries.get_year(person=person_of(request), leave_id=leave_id, now=now)
    form = TakeForm(request.POST or None, initial={"day": timezone.localdate(now)})
    if form.is_valid():

        def act() -> None:
            actions.take(
                by=by_of(request),
                leave=found.leave,
                key=form.cleaned_data["key"],
                day=form.cleaned_data["day"],
                minutes=int(form.cleaned_data["hours"] * 60),
                what=What(form.cleaned_data["what"]),
                now=now,
            )

        if saved(form, act):
            return to_year(request, _("Written down."), found.leave.route_id, found.leave.year)
    return form_page(
        request,
        form,
        title=_("Write leave down"),
        submit=_("Keep"),
        crumbs=to_leave(found.leave.route, found.leave.year),
    )


@require_POST
def take_back(request: HttpRequest, taken_id: UUID) -> HttpResponse:
    now = now_of(request)
    found = queries.get_taken(person=person_of(request), taken_id=taken_id, now=now)
    actions.take_back(by=by_of(request), taken=found, now=now)
    return to_year(request, _("Taken out."), found.leave.route_id, found.leave.year)


@require_POST
def given(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Given in today; or not after all."""
    now = now_of(request)
    found = queries.get_year(person=person_of(request), leave_id=leave_id, now=now)
    undo = request.POST.get("to") == "back"
    actions.give_in(
        by=by_of(request),
        leave=found.leave,
        step=request.POST.get("step", ""),
        known=found.known,
        on=None if undo else timezone.localdate(now),
        now=now,
    )
    text = _("It still has to be given in.") if undo else _("Good. You hear no more of it.")
    return to_year(request, text, found.leave.route_id, found.leave.year)
