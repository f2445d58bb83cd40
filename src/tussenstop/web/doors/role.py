"""The door of an invitation: yes or no, and then what is asked next."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tussenstop.access.links import Purpose
from tussenstop.agreements.proposal_queries import draft_waiting_for
from tussenstop.routes import queries
from tussenstop.routes.actions import people as actions
from tussenstop.web.doors.opened import Opened, next_door
from tussenstop.web.page import now_of, page, says_yes


def door(request: HttpRequest, opened: Opened) -> HttpResponse:
    part = queries.invitation_for(person=opened.by.person, part_id=opened.subject_id)
    now = now_of(request)
    if request.method == "POST":
        if request.POST.get("answer") == "next" and part.accepted_at:
            agreement = draft_waiting_for(person=opened.by.person, route_id=part.route_id)
            if agreement:
                return HttpResponseRedirect(
                    next_door(opened, purpose=Purpose.AGREEMENT, subject_id=agreement.pk, now=now)
                )
        else:
            actions.answer_invitation(
                by=opened.by, part=part, takes_part=says_yes(request), now=now
            )
        return HttpResponseRedirect(request.path)
    agreement = (
        draft_waiting_for(person=opened.by.person, route_id=part.route_id)
        if part.accepted_at
        else None
    )
    return page(request, "doors/role.html", {"part": part, "agreement": agreement})
