"""A round for who takes part: a student, an organisation, and the two of a match."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.matching.rules import Side
from tussenstop.reports import rounds as reports
from tussenstop.rounds import own_queries as queries
from tussenstop.rounds.actions import answering, taking_part
from tussenstop.rounds.own_queries import MatchView
from tussenstop.rounds.rules import Help, Phase
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import to_organisation
from tussenstop.web.places.forms import AnswerForm
from tussenstop.web.rounds.shown import steps_of
from tussenstop.web.stops.stop import to_route


@require_safe
def own(request: HttpRequest, route_id: UUID, round_id: UUID) -> HttpResponse:
    """What a round means for one student: what counts now, and later the result with its reasons."""
    found = queries.own_round(
        person=person_of(request), route_id=route_id, round_id=round_id, now=now_of(request)
    )
    result = found.result
    return page(
        request,
        "rounds/own.html",
        {
            "found": found,
            "round": found.round,
            "route": found.view.route,
            "phase": found.phase,
            "steps": steps_of(found.round, found.phase),
            "result": result,
            "help": Help(result.help).label if result and result.help != Help.NOTHING else "",
            "can_leave": found.row.left_at is None
            and found.phase in (Phase.WISHES, Phase.PREFERENCES, Phase.DECIDING),
            "crumbs": to_route(found.view),
        },
    )


@require_POST
def leave(request: HttpRequest, route_id: UUID, round_id: UUID) -> HttpResponse:
    """The student steps out of a round."""
    now = now_of(request)
    found = queries.own_round(
        person=person_of(request), route_id=route_id, round_id=round_id, now=now
    )
    taking_part.put_student(by=by_of(request), row=found.row, takes_part=False, now=now)
    return done(
        request,
        _("You stepped out of this round. Your favourites stay."),
        "own_round",
        route_id,
        round_id,
    )


@require_safe
def organisation(request: HttpRequest, organisation_id: UUID, round_id: UUID) -> HttpResponse:
    """What a round means for an organisation, place by place."""
    found = queries.organisation_round(
        person=person_of(request),
        organisation_id=organisation_id,
        round_id=round_id,
        now=now_of(request),
    )
    return page(
        request,
        "rounds/organisation.html",
        {
            "found": found,
            "round": found.round,
            "organisation": found.organisation,
            "phase": found.phase,
            "steps": steps_of(found.round, found.phase),
            "crumbs": to_organisation(found.organisation),
        },
    )


def _load(request: HttpRequest, match_id: UUID) -> MatchView:
    return queries.get_match(person=person_of(request), match_id=match_id, now=now_of(request))


@require_safe
def match(request: HttpRequest, match_id: UUID) -> HttpResponse:
    return _match_page(request, _load(request, match_id), AnswerForm())


def _match_page(request: HttpRequest, view: MatchView, form: forms.Form) -> HttpResponse:
    one = view.match
    student = view.side == Side.STUDENT
    form.fields["seen"].initial = one.version
    shared = []
    if student:
        url = reverse("own_round", args=[one.route_id, one.round_id])
    else:
        url = reverse(
            "organisation_round", args=[one.place.workplace.organisation_id, one.round_id]
        )
        shared = reports.shown_by(one)
        if shared:
            request.looked_at = one.route  # type: ignore[attr-defined]
    return page(
        request,
        "rounds/match.html",
        {
            "view": view,
            "one": one,
            "place": one.place,
            "route": one.route,
            "student": student,
            "stage": one.stage,
            "shared": shared,
            "form": form,
            "their_answer": one.answer_of(view.side.other),
            "their_word": one.workplace_word if student else one.student_word,
            "my_word": one.student_word if student else one.workplace_word,
            "crumbs": [(one.round.name, url)],
        },
        status=422 if form.errors else 200,
    )


@require_POST
def answer(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Yes or no, with a word."""
    view, form = _load(request, match_id), AnswerForm(request.POST)
    yes = says_yes(request)
    if form.is_valid():

        def act() -> None:
            answering.answer(
                by=by_of(request),
                match=view.match,
                yes=yes,
                word=form.cleaned_data["word"],
                seen=form.cleaned_data["seen"],
                now=now_of(request),
            )

        if saved(form, act):
            said = _("Your yes is kept.") if yes else _("Your no is kept, and told kindly.")
            return done(request, said, "match", match_id)
    return _match_page(request, _load(request, match_id), form)
