"""When a student is not available, for who travels along; and the student's choice who sees it."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tussenstop.access.rules import RouteRole
from tussenstop.calendars import busy as calendars
from tussenstop.routes.rules import Context
from tussenstop.web.calendars.views import day_in, monday_of
from tussenstop.web.page import by_of, done, now_of, page, person_of


class ShareForm(forms.Form):
    """Who sees when one is not available."""

    mentor = forms.BooleanField(label=gettext_lazy("Your mentor"), required=False)
    teacher = forms.BooleanField(label=gettext_lazy("Your teacher"), required=False)
    coach = forms.BooleanField(label=gettext_lazy("Your competence coach"), required=False)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@require_safe
def busy(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The week of a day in the address, or this one."""
    now = now_of(request)
    monday = monday_of(day_in(request.GET.get("week", "")) or timezone.localdate(now))
    seen = calendars.week(person=person_of(request), route_id=route_id, monday=monday, now=now)
    route = seen.view.route
    is_student = RouteRole.STUDENT in seen.view.roles
    sharing = {name: getattr(seen.sharing, name) for name in ShareForm.base_fields}
    return page(
        request,
        "calendars/busy.html",
        {
            "route": route,
            "is_student": is_student,
            "own_employee": route.context == Context.OWN_EMPLOYEE,
            "form": ShareForm(initial=sharing) if is_student else None,
            "monday": monday,
            "sunday": monday + timedelta(days=6),
            "before": monday - timedelta(days=7),
            "after": monday + timedelta(days=7),
            "closed": seen.days is None,
            "days": [
                (one.day, [f"{_clock(begin)}-{_clock(end)}" for begin, end in one.taken])
                for one in seen.days or []
            ],
            "crumbs": [
                (route.student.name, reverse("route", args=[route.pk])),
            ],
        },
    )


@require_POST
def share(request: HttpRequest, route_id: UUID) -> HttpResponse:
    now = now_of(request)
    today = timezone.localdate(now)
    seen = calendars.week(person=person_of(request), route_id=route_id, monday=today, now=now)
    form = ShareForm(request.POST)
    form.is_valid()  # three ticks: nothing can be wrong with them
    calendars.share(by=by_of(request), route=seen.view.route, now=now, **form.cleaned_data)
    return done(request, _("Kept."), "busy", route_id)
