"""Who and what takes part in a round: its students and its places."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.core.errors import DomainError
from tussenstop.rounds import queries
from tussenstop.rounds.actions import taking_part
from tussenstop.rounds.rules import RoundState
from tussenstop.routes.rules import Context
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes, slice_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.partnership.views._common import Crumbs
from tussenstop.web.rounds.forms import PlaceForm
from tussenstop.web.rounds.leading import to_round

if TYPE_CHECKING:
    from tussenstop.rounds.models import Round

TO_JOIN = 10  # students offered to stay together with


@require_safe
def students(request: HttpRequest, round_id: UUID) -> HttpResponse:
    round_ = queries.get_round(person=person_of(request), round_id=round_id, now=now_of(request))
    words = request.GET.get("q", "")[:80]
    shown = slice_of(request, queries.students_of(round_, words))
    return page(
        request,
        "rounds/students.html",
        {
            "round": round_,
            "shown": shown,
            "wishes": queries.wish_counts(round_, shown.object_list),
            "words": words,
            "own_employee": Context.OWN_EMPLOYEE,
            "crumbs": to_round(round_),
        },
    )


def _to_students(round_: "Round") -> Crumbs:
    return [*to_round(round_), (_("Students"), reverse("round_students", args=[round_.pk]))]


@require_safe
def student(request: HttpRequest, round_id: UUID, row_id: UUID) -> HttpResponse:
    """One student in a round: in or out, and together with whom."""
    row = queries.get_student(
        person=person_of(request), round_id=round_id, row_id=row_id, now=now_of(request)
    )
    words = request.GET.get("q", "")[:80]
    group = queries.together_with(row)
    found = []
    if words.strip():
        there = {row.pk, *(one.pk for one in group)}
        few = queries.students_of(row.round, words).filter(left_at=None)[: TO_JOIN + len(there)]
        found = [one for one in few if one.pk not in there][:TO_JOIN]
    return page(
        request,
        "rounds/student.html",
        {
            "round": row.round,
            "row": row,
            "wishes": queries.wish_counts(row.round, [row]).get(row.route_id, 0),
            "group": group,
            "words": words,
            "found": found,
            "is_open": row.round.state == RoundState.OPEN,
            "own_employee": Context.OWN_EMPLOYEE,
            "crumbs": _to_students(row.round),
        },
    )


@require_POST
def put_student(request: HttpRequest, round_id: UUID, row_id: UUID) -> HttpResponse:
    """In the round again, or out of it."""
    now = now_of(request)
    row = queries.get_student(person=person_of(request), round_id=round_id, row_id=row_id, now=now)
    yes = says_yes(request)
    taking_part.put_student(by=by_of(request), row=row, takes_part=yes, now=now)
    said = _("Takes part again.") if yes else _("No longer takes part.")
    return done(request, said, "round_student", round_id, row_id)


@require_POST
def together(request: HttpRequest, round_id: UUID, row_id: UUID) -> HttpResponse:
    """Keep two students together, or (with nobody) let this one choose alone again."""
    person, now = person_of(request), now_of(request)
    row = queries.get_student(person=person, round_id=round_id, row_id=row_id, now=now)
    asked = request.POST.get("other", "")
    if not asked:
        taking_part.part(by=by_of(request), one=row, now=now)
        return done(request, _("Chooses alone again."), "round_student", round_id, row_id)
    try:
        other_id = UUID(asked)
    except ValueError as error:
        raise DomainError(_("Choose somebody of this round.")) from error
    other = queries.get_student(person=person, round_id=round_id, row_id=other_id, now=now)
    taking_part.keep_together(by=by_of(request), one=row, other=other, now=now)
    return done(request, _("They stay together if it can be."), "round_student", round_id, row_id)


@require_safe
def places(request: HttpRequest, round_id: UUID) -> HttpResponse:
    round_ = queries.get_round(person=person_of(request), round_id=round_id, now=now_of(request))
    words = request.GET.get("q", "")[:80]
    shown = slice_of(request, queries.places_of(round_, words))
    organisations = [row.place.workplace.organisation_id for row in shown.object_list]
    return page(
        request,
        "rounds/places.html",
        {
            "round": round_,
            "shown": shown,
            "words": words,
            "limits": queries.limits_of(round_, organisations),
            "is_open": round_.state == RoundState.OPEN,
            "crumbs": to_round(round_),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, round_id: UUID, row_id: UUID) -> HttpResponse:
    """The seats a place gives in a round, and the limit of its organisation."""
    now = now_of(request)
    row = queries.get_place_row(
        person=person_of(request), round_id=round_id, row_id=row_id, now=now
    )
    organisation = row.place.workplace.organisation
    form = PlaceForm(
        request.POST or None,
        initial={
            "takes_part": row.left_at is None,
            "seats": row.seats,
            "lowest": row.lowest,
            "most": queries.limit_of(row.round, organisation),
        },
    )
    if form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            taking_part.put_place(
                by=by_of(request),
                row=row,
                takes_part=data["takes_part"],
                seats=data["seats"],
                lowest=data["lowest"],
                most=data["most"],
                now=now,
            )

        if saved(form, act):
            return done(request, _("Saved."), "round_places", round_id)
    crumbs = [*to_round(row.round), (_("Places"), reverse("round_places", args=[round_id]))]
    return page(
        request,
        "rounds/place.html",
        {
            "row": row,
            "organisation": organisation,
            "form": form,
            "crumbs": crumbs,
            "back": crumbs[-1][1],
            "submit": _("Save"),
        },
        status=422 if form.errors else 200,
    )
