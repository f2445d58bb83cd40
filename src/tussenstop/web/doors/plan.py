"""The door of a calendar: a yes to the days that a student proposes, and to days that would move."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.planning import queries
from tussenstop.planning.actions import agreeing
from tussenstop.web.doors.opened import Opened
from tussenstop.web.page import now_of, page, says_yes
from tussenstop.web.planning.agreed import differs_of
from tussenstop.web.planning.forms import AnswerForm
from tussenstop.web.planning.words import weeks_of_blocks, when_of


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What waits for this person on this route. Raises NotFound, Refused."""
    now = now_of(request)
    seen = queries.overview(
        person=opened.by.person,
        route_id=opened.subject_id,
        now=now,
        permission=OnRoute.ANSWER_PLAN,
    )
    is_mentor = RouteRole.MENTOR in seen.view.roles
    form = None
    if request.method == "POST":
        if "shift" in request.POST:
            _answer_shift(request, opened, seen)
            return HttpResponseRedirect(request.path)
        form = _answer(request, opened, seen)
        if form is None:
            return HttpResponseRedirect(request.path)
    elif seen.proposed and is_mentor:
        form = AnswerForm(initial={"version": seen.proposed.version})
    weeks = weeks_of_blocks(queries.proposed_blocks(seen=seen))
    return page(
        request,
        "doors/plan.html",
        {
            "route": seen.view.route,
            "proposed": seen.proposed if is_mentor else None,
            "weeks": weeks,
            "differs": differs_of(seen, weeks, now),
            "form": form,
            "shifts": [
                (one, when_of(one.block))
                for one in seen.shifts
                if one.proposed_role not in seen.view.roles
            ],
        },
        status=422 if form is not None and form.errors else 200,
    )


def _answer(request: HttpRequest, opened: Opened, seen: queries.Overview) -> AnswerForm | None:
    """The form when something is to be mended in it."""
    if seen.proposed is None:
        messages.warning(request, _("There is nothing to answer any more."))
        return None
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return form
    agrees = says_yes(request)
    try:
        agreeing.answer(
            by=opened.by,
            plan=seen.proposed,
            seen=form.cleaned_data["version"],
            agrees=agrees,
            word=form.cleaned_data["word"],
            now=now_of(request),
        )
    except Stale as stale:
        messages.warning(request, str(stale.text))
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.text))
        return form
    else:
        messages.success(
            request, _("Agreed. The days stand.") if agrees else _("Passed on, with your words.")
        )
    return None


def _answer_shift(request: HttpRequest, opened: Opened, seen: queries.Overview) -> None:
    try:
        shift_id = UUID(request.POST["shift"])
    except ValueError as error:
        raise NotFound from error
    shift = next((one for one in seen.shifts if one.pk == shift_id), None)
    if shift is None:
        messages.warning(request, _("There is nothing to answer any more."))
        return
    suits = says_yes(request)
    try:
        agreeing.answer_shift(by=opened.by, shift=shift, suits=suits, now=now_of(request))
    except (Stale, agreeing.CannotAgree) as refusal:
        messages.warning(request, str(refusal.text))
        return
    messages.success(request, _("Moved.") if suits else _("The day stays as it was."))
