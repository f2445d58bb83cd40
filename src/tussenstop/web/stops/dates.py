"""A date for a stop: propose, answer, take back."""

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.core.errors import Stale
from tussenstop.routes import preparation_queries, stop_queries
from tussenstop.routes.actions import moments
from tussenstop.routes.actions.moments import CannotPlan
from tussenstop.routes.names import name_of
from tussenstop.routes.queries import get_stop
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.stops.forms import DateForm, WordForm
from tussenstop.web.stops.stop import to_stop, told


def _first_guess(last: Any, stop: Any, place: str, today: Any) -> dict[str, Any]:
    """Length and place as they were the last time; the day the stop aims at."""
    guess = {"minutes": stop.minutes, "place": stop.place or place}
    if stop.aimed_on and stop.aimed_on > today:
        guess["day"] = stop.aimed_on
    if last:
        guess |= {
            "hour": timezone.localtime(last.starts_at).time(),
            "minutes": last.minutes,
            "place": last.place,
        }
    return guess


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    now = now_of(request)
    view, stop = get_stop(
        person=person_of(request), stop_id=stop_id, now=now, permission=OnRoute.SET_DATES
    )
    places = [p.workplace.name for p in view.route.placements.all() if p.ended_at is None]
    guess = _first_guess(
        stop_queries.last_moment(stop), stop, places[0] if places else "", timezone.localdate(now)
    )
    form = DateForm(request.POST or None, initial=guess)
    if form.is_valid():
        found = form.cleaned_data
        try:
            moment = moments.propose_moment(
                by=by_of(request),
                stop=stop,
                key=found["key"],
                starts_at=form.starts_at,
                minutes=found["minutes"],
                place=found["place"],
                now=now,
            )
        except Stale as stale:
            return told(request, stop_id, stale)
        except CannotPlan as refusal:
            form.add_error(refusal.field, str(refusal.text))
        else:
            text = _("The date is fixed.") if moment.ended_at else _("Everybody was asked.")
            return done(request, text, "stop", stop.pk)
    return page(
        request,
        "stops/date.html",
        {
            "form": form,
            "stop": stop,
            "name": name_of(stop),
            "asked": [
                part
                for part in preparation_queries.attending_parts(view, stop)
                if part.person_id != view.person.pk
            ],
            "back": to_stop(view, stop.pk, name_of(stop))[-1][1],
            "crumbs": to_stop(view, stop.pk, name_of(stop)),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def answer(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """One tap: it suits me, or it does not."""
    form = WordForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    moment = stop_queries.get_moment(
        person=person_of(request),
        stop_id=stop_id,
        moment_id=request.POST.get("moment", ""),
        now=now_of(request),
    )
    try:
        moments.answer_moment(
            by=by_of(request), moment=moment, now=now_of(request), **form.cleaned_data
        )
    except (CannotPlan, Stale) as refusal:
        return told(request, stop_id, refusal)
    if form.cleaned_data["suits"]:
        text = _("Thank you, your answer is noted.")
    else:
        text = _("Thank you. Whoever proposed this date gets an e-mail and looks for another one.")
    return done(request, text, "stop", stop_id)


@require_POST
def withdraw(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    moment = stop_queries.get_moment(
        person=person_of(request),
        stop_id=stop_id,
        moment_id=request.POST.get("moment", ""),
        now=now_of(request),
    )
    try:
        moments.withdraw_moment(by=by_of(request), moment=moment, now=now_of(request))
    except CannotPlan as refusal:
        return told(request, stop_id, refusal)
    return done(request, _("You took this date back."), "stop", stop_id)
