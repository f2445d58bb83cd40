"""The calendar between partners: what is proposed, what holds, and moving a day."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.core.errors import DomainError, NotFound, Stale
from tussenstop.planning import queries
from tussenstop.planning.actions import agreeing, searching
from tussenstop.planning.rules import Flavour
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.forms.workplaces import HoursForm
from tussenstop.web.partnership.views._common import form_page
from tussenstop.web.planning.crumbs import to_planning, to_route
from tussenstop.web.planning.differences import Differs, differences
from tussenstop.web.planning.forms import AnswerForm, MoveForm
from tussenstop.web.planning.words import Week, weeks_of_blocks, when_of

A_PAGE = 40  # blocks: some eight weeks


def differs_of(seen: queries.Overview, proposed: list[Week], now: datetime) -> list[Differs]:
    """Which days become otherwise, when what is proposed mends what was agreed."""
    if not seen.proposed or not seen.agreed or seen.proposed.flavour != Flavour.REPAIR:
        return []
    agreed = weeks_of_blocks(queries.blocks_ahead(seen=seen, now=now))
    return differences(agreed, proposed, seen.proposed.from_on)


def _overview_page(
    request: HttpRequest, route_id: UUID, form: AnswerForm | None = None
) -> HttpResponse:
    now = now_of(request)
    seen = queries.overview(person=person_of(request), route_id=route_id, now=now)
    route = seen.view.route
    ahead = slice_of(request, queries.blocks_ahead(seen=seen, now=now), A_PAGE)
    is_mentor = RouteRole.MENTOR in seen.view.roles
    proposed_weeks = weeks_of_blocks(queries.proposed_blocks(seen=seen))
    if form is None and seen.proposed and is_mentor:
        form = AnswerForm(initial={"version": seen.proposed.version})
    return page(
        request,
        "planning/planning.html",
        {
            "seen": seen,
            "route": route,
            "is_student": seen.is_student,
            "is_mentor": is_mentor,
            "may_move": seen.is_student or is_mentor,
            "proposed_weeks": proposed_weeks,
            "differs": differs_of(seen, proposed_weeks, now),
            "page_obj": ahead,
            "weeks": weeks_of_blocks(ahead.object_list),
            "shifts": [
                (one, when_of(one.block), one.proposed_role not in seen.view.roles)
                for one in seen.shifts
            ],
            "form": form,
            "crumbs": to_route(route),
        },
        status=422 if form is not None and form.errors else 200,
    )


@require_safe
def planning(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Where the calendar of a route stands."""
    return _overview_page(request, route_id)


@require_POST
def answer(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """The mentor's yes, or a word; or the student takes the proposal back."""
    now = now_of(request)
    seen = queries.overview(
        person=person_of(request), route_id=route_id, now=now, permission=OnRoute.ANSWER_PLAN
    )
    if seen.proposed is None:
        return done(request, _("There is nothing to answer any more."), "planning", route_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _overview_page(request, route_id, form)
    version = form.cleaned_data["version"]
    if request.POST.get("answer") == "back":
        agreeing.take_back(by=by_of(request), plan=seen.proposed, seen=version, now=now)
        return done(request, _("Taken back."), "planning", route_id)
    agrees = says_yes(request)
    proposed = seen.proposed

    def act() -> None:
        agreeing.answer(
            by=by_of(request),
            plan=proposed,
            seen=version,
            agrees=agrees,
            word=form.cleaned_data["word"],
            now=now,
        )

    if saved(form, act, version=proposed.version):
        text = _("Agreed. The days stand.") if agrees else _("Passed on, with your words.")
        return done(request, text, "planning", route_id)
    return _overview_page(request, route_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
def move_block(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """Propose another day, or to leave this one out."""
    now = now_of(request)
    view, block = queries.get_block(person=person_of(request), block_id=block_id, now=now)
    ends = datetime.combine(block.day, block.starts_at) + timedelta(minutes=block.minutes)
    form = MoveForm(
        request.POST or None,
        initial={"new_day": block.day, "starts_at": block.starts_at, "ends_at": ends.time()},
    )
    if form.is_valid():

        def act() -> None:
            agreeing.propose_shift(by=by_of(request), block=block, now=now, **form.cleaned_data)

        if saved(form, act):
            text = _("Moved.") if block.activity == "study" else _("Proposed.")
            return done(request, text, "planning", view.route.pk)
    return form_page(
        request,
        form,
        title=_("Move this day"),
        lead=formats.date_format(block.day, "l j F") + ", " + when_of(block),
        submit=_("Propose"),
        crumbs=to_planning(view.route),
    )


@require_POST
def answer_shift(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    now = now_of(request)
    view, shift = queries.get_shift(person=person_of(request), shift_id=shift_id, now=now)
    suits = says_yes(request)
    try:
        agreeing.answer_shift(by=by_of(request), shift=shift, suits=suits, now=now)
    except (Stale, DomainError) as refusal:
        if isinstance(refusal, NotFound):
            raise
        return done(request, str(refusal.text), "planning", view.route.pk)
    text = _("Moved.") if suits else _("The day stays as it was.")
    return done(request, text, "planning", view.route.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, placement_id: UUID) -> HttpResponse:
    """When the mentor is there: a row for each weekday."""
    now = now_of(request)
    view, placement, rows = queries.get_presence(
        person=person_of(request), placement_id=placement_id, now=now
    )
    initial = HoursForm.from_stretches(rows)
    form = HoursForm(request.POST or None, initial={**initial, "version": placement.version})
    if form.is_valid():
        stretches = [
            searching.Stretch(one.weekday, one.opens, one.closes) for one in form.stretches()
        ]

        def act() -> None:
            searching.tell_presence(
                by=by_of(request), placement=placement, stretches=stretches, now=now
            )

        if saved(form, act, version=placement.version):
            return done(request, _("Kept."), "planning", view.route.pk)
    return form_page(
        request,
        form,
        title=_("When are you there?"),
        lead=_("So that days with you can be planned. Leave it empty for: whenever it is open."),
        submit=_("Keep"),
        crumbs=to_planning(view.route),
        template="partnership/hours.html",
    )
