"""Rounds for the programme coordinator: open, follow, change, call off."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.rounds import queries
from tussenstop.rounds.actions import opening
from tussenstop.rounds.rules import Phase, Requirement, RoundState
from tussenstop.web.page import by_of, done, now_of, page, person_of, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs, form_page, to_institution
from tussenstop.web.rounds.forms import ChangeForm, OpenForm
from tussenstop.web.rounds.shown import steps_of

if TYPE_CHECKING:
    from tussenstop.rounds.models import Round

COLUMNS = ("name", "starts_on", "ends_on", "wishes_until", "preferences_until", "result_on")


def to_rounds(institution: object) -> Crumbs:
    url = reverse("rounds", args=[institution.pk])  # type: ignore[attr-defined]
    return [*to_institution(institution), (_("Rounds"), url)]


def to_round(round_: "Round") -> Crumbs:
    return [*to_rounds(round_.institution), (round_.name, reverse("round", args=[round_.pk]))]


@require_safe
def rounds(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    now = now_of(request)
    institution = queries.to_lead(person=person_of(request), institution_id=institution_id, now=now)
    shown = slice_of(request, queries.rounds_of(institution))
    return page(
        request,
        "rounds/rounds.html",
        {
            "institution": institution,
            "shown": shown,
            "rows": [(one, queries.phase_today(one, now)) for one in shown.object_list],
            "crumbs": to_institution(institution),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Open a round; `after` in the address names the round whose terms it takes over."""
    person, now = person_of(request), now_of(request)
    institution = queries.to_lead(person=person, institution_id=institution_id, now=now)
    programmes = queries.programmes_for(institution)
    form = OpenForm(
        request.POST or None,
        programmes=programmes,
        initial=_terms_of(request, institution_id)
        or {
            "requirements": Requirement.values,
            "programmes": [str(programmes[0].pk)] if len(programmes) == 1 else [],
        },
    )
    if form.is_valid():
        key = form.cleaned_data["key"]

        def act() -> None:
            opening.open_round(
                by=by_of(request), institution=institution, key=key, plan=form.plan, now=now
            )

        if saved(form, act):
            return done(request, _("Open: everybody who takes part gets a mail."), "round", key)
    return form_page(
        request,
        form,
        title=_("Open a round"),
        submit=_("Open the round"),
        crumbs=to_rounds(institution),
        lead=_(
            "Students who look for a workplace and the open places for them choose each other, all "
            "at once. You can still change the days afterwards."
        ),
    )


def _terms_of(request: HttpRequest, institution_id: UUID) -> dict[str, object]:
    """What a following round takes over: the programmes and the period, not the days."""
    try:
        after = UUID(request.GET.get("after", ""))
    except ValueError:
        return {}
    before = queries.get_round(person=person_of(request), round_id=after, now=now_of(request))
    if before.institution_id != institution_id:
        return {}
    return {
        "programmes": [str(one.pk) for one in before.programmes.all()],
        "starts_on": before.starts_on,
        "ends_on": before.ends_on,
        "requirements": before.requirements,
    }


@require_safe
def show(request: HttpRequest, round_id: UUID) -> HttpResponse:
    person, now = person_of(request), now_of(request)
    round_ = queries.get_round(person=person, round_id=round_id, now=now)
    phase = queries.phase_today(round_, now)
    return page(
        request,
        "rounds/round.html",
        {
            "round": round_,
            "phase": phase,
            "steps": steps_of(round_, phase),
            "numbers": queries.numbers_of(round_),
            "programmes": list(round_.programmes.order_by("name")),
            "rehearsals": queries.rehearsals_of(round_),
            "answers": queries.answers_of(round_) if phase == Phase.PUBLISHED else None,
            "is_open": round_.state == RoundState.OPEN,
            "crumbs": to_rounds(round_.institution),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, round_id: UUID) -> HttpResponse:
    now = now_of(request)
    round_ = queries.get_round(person=person_of(request), round_id=round_id, now=now)
    theirs = {
        **{name: getattr(round_, name) for name in COLUMNS},
        "requirements": round_.requirements,
        "programmes": [str(one.pk) for one in round_.programmes.all()],
    }
    form = ChangeForm(
        request.POST or None,
        programmes=queries.programmes_for(round_.institution),
        initial={**theirs, "version": round_.version},
    )
    if form.is_valid():
        seen = form.cleaned_data["version"]

        def act() -> None:
            opening.change_round(
                by=by_of(request), round_=round_, seen=seen, plan=form.plan, now=now
            )

        if saved(form, act, version=round_.version, theirs=theirs):
            return done(request, _("Saved."), "round", round_.pk)
    return form_page(
        request,
        form,
        title=_("Change this round"),
        submit=_("Save"),
        crumbs=to_round(round_),
    )


@require_POST
def cancel(request: HttpRequest, round_id: UUID) -> HttpResponse:
    now = now_of(request)
    round_ = queries.get_round(person=person_of(request), round_id=round_id, now=now)
    opening.cancel_round(by=by_of(request), round_=round_, now=now)
    return done(request, _("Called off. Everybody who took part gets a mail."), "round", round_.pk)
