"""The rules of time that an institution reckons with, and its own values."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access import partnership_queries as partnership
from tussenstop.access.matrix import InScope
from tussenstop.core.errors import NotFound, Stale
from tussenstop.policies import actions, queries
from tussenstop.policies.holidays import school_year_of
from tussenstop.policies.rules import BUILT_IN, CHECKED_ON, Code, Group, Rule, Unit
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, to_institution
from tussenstop.web.policies.forms import OwnDayForm, OwnForm


def to_rules(institution: Any) -> Crumbs:
    url = reverse("policies", args=[institution.pk])
    return [*to_institution(institution), (_("Rules of time"), url)]


def found_institution(request: HttpRequest, institution_id: UUID, permission: InScope) -> Any:
    return partnership.get_institution(
        person=person_of(request),
        institution_id=institution_id,
        now=now_of(request),
        permission=permission,
    )


def _rule(code: str) -> Rule:
    if code not in Code:
        raise NotFound
    return BUILT_IN[Code(code)]


@require_safe
def policies(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """All rules; there are few, so one page."""
    view = found_institution(request, institution_id, InScope.SEE_INSTITUTION)
    today = timezone.localdate(now_of(request))
    held = queries.held(on=today, institution=view.institution)
    return page(
        request,
        "policies/policies.html",
        {
            "institution": view.institution,
            "can": view.can,
            "groups": [
                (group, [one for code, one in held.items() if code.group == group])
                for group in Group
            ],
            "checked_on": CHECKED_ON,
            "school_year": school_year_of(today),
            "crumbs": to_institution(view.institution),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, institution_id: UUID, code: str) -> HttpResponse:
    """One rule, its values through time, and an own one."""
    view, rule = found_institution(request, institution_id, InScope.EDIT_INSTITUTION), _rule(code)
    current = queries.current(view.institution, rule.code)
    today = timezone.localdate(now_of(request))
    shown = current.number if current else rule.on(today).number
    initial = {"number": shown.normalize(), "valid_from": today, "seen": _seen(current)}
    kind = OwnDayForm if rule.unit == Unit.DAY else OwnForm
    form = kind(request.POST or None, initial=initial)
    if form.is_valid():

        def act() -> None:
            actions.set_own(
                by=by_of(request),
                institution=view.institution,
                code=rule.code,
                now=now_of(request),
                **form.cleaned_data,
            )

        if saved(form, act):
            return done(request, _("Saved."), "policies", view.institution.pk)
    crumbs = to_rules(view.institution)
    return page(
        request,
        "policies/policy.html",
        {
            "institution": view.institution,
            "rule": rule,
            "built_in": rule.words(rule.on(today).number),
            "current": current,
            "history": [
                (own, rule.words(own.number))
                for own in queries.history(view.institution, rule.code)[:20]
            ],
            "checked_on": CHECKED_ON,
            "form": form,
            "submit": _("Save"),
            "crumbs": crumbs,
            "back": crumbs[-1][1],
        },
        status=422 if form.errors else 200,
    )


def _seen(current: Any) -> str:
    return str(current.pk) if current else ""


@require_POST
def withdraw(request: HttpRequest, institution_id: UUID, code: str) -> HttpResponse:
    """Back to the built-in value."""
    view, rule = found_institution(request, institution_id, InScope.EDIT_INSTITUTION), _rule(code)
    try:
        actions.withdraw(
            by=by_of(request),
            institution=view.institution,
            code=rule.code,
            seen=request.POST.get("seen", ""),
            now=now_of(request),
        )
    except Stale as stale:
        messages.warning(request, str(stale.text))
        return HttpResponseRedirect(reverse("policy", args=[view.institution.pk, rule.code]))
    return done(request, _("The built-in value holds again."), "policies", view.institution.pk)
