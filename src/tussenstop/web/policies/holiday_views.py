"""The holidays that an institution reckons with, a school year at a time."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import InScope
from tussenstop.core.errors import NotFound
from tussenstop.policies import holiday_actions as actions
from tussenstop.policies import queries
from tussenstop.policies.holidays import (
    SCHOOL_SOURCE,
    SCHOOL_URL,
    public_holidays,
    school_year_of,
)
from tussenstop.policies.rules import CHECKED_ON
from tussenstop.web.calendars.forms import day_field
from tussenstop.web.page import by_of, done, now_of, page
from tussenstop.web.partnership.forms.base import KeyForm, saved
from tussenstop.web.partnership.views._common import Crumbs, form_page
from tussenstop.web.policies.views import found_institution, to_rules

FIRST, LAST = 2000, 2100


class HolidayForm(KeyForm):
    """A stretch without lessons."""

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=60,
        help_text=gettext_lazy("For instance: exams, or a week without lessons."),
    )
    first_on = day_field(gettext_lazy("First day"))
    last_on = day_field(gettext_lazy("Last day"))


def _to_holidays(institution: Any, year: int) -> Crumbs:
    url = reverse("holidays", args=[institution.pk, year])
    return [*to_rules(institution), (_("Holidays"), url)]


def _found(request: HttpRequest, institution_id: UUID, year: int, permission: InScope) -> Any:
    if not FIRST <= year <= LAST:
        raise NotFound
    return found_institution(request, institution_id, permission)


@require_safe
def holidays(request: HttpRequest, institution_id: UUID, year: int) -> HttpResponse:
    """What holds in one school year."""
    view = _found(request, institution_id, year, InScope.SEE_INSTITUTION)
    found = queries.school_year(year, view.institution)
    return page(
        request,
        "policies/holidays.html",
        {
            "institution": view.institution,
            "can": view.can,
            "found": found,
            "next": year + 1,
            "public": sorted(public_holidays(found.first_day, found.last_day)),
            "source": SCHOOL_SOURCE,
            "source_url": SCHOOL_URL,
            "checked_on": CHECKED_ON,
            "crumbs": to_rules(view.institution),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, institution_id: UUID, year: int) -> HttpResponse:
    view = _found(request, institution_id, year, InScope.EDIT_INSTITUTION)
    form = HolidayForm(request.POST or None)
    if form.is_valid():

        def act() -> None:
            actions.add(
                by=by_of(request),
                institution=view.institution,
                year=year,
                now=now_of(request),
                **form.cleaned_data,
            )

        if saved(form, act):
            return done(request, _("Saved."), "holidays", view.institution.pk, year)
    return form_page(
        request,
        form,
        title=_("Put in a holiday"),
        submit=_("Save"),
        crumbs=_to_holidays(view.institution, year),
    )


@require_POST
def own(request: HttpRequest, institution_id: UUID, year: int) -> HttpResponse:
    """Begin an own list."""
    view = _found(request, institution_id, year, InScope.EDIT_INSTITUTION)
    actions.begin_own(
        by=by_of(request), institution=view.institution, year=year, now=now_of(request)
    )
    text = _("This list is yours now: take out or put in what you want.")
    return done(request, text, "holidays", view.institution.pk, year)


@require_POST
def usual(request: HttpRequest, institution_id: UUID, year: int) -> HttpResponse:
    """Back to the usual holidays."""
    view = _found(request, institution_id, year, InScope.EDIT_INSTITUTION)
    actions.back_to_usual(
        by=by_of(request), institution=view.institution, year=year, now=now_of(request)
    )
    return done(request, _("The usual holidays hold again."), "holidays", institution_id, year)


@require_POST
def remove(request: HttpRequest, institution_id: UUID, holiday_id: UUID) -> HttpResponse:
    """Take one out of the own list."""
    view = found_institution(request, institution_id, InScope.EDIT_INSTITUTION)
    found = queries.get_holiday(view.institution, holiday_id)
    actions.remove(by=by_of(request), holiday=found, now=now_of(request))
    year = school_year_of(found.first_on)
    return done(request, _("Taken out."), "holidays", institution_id, year)
