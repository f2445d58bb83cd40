"""Who travels along: ask, ask again, end, hand over, and answer when one is asked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.access.matrix import OnRoute
from tussenstop.access.rules import RouteRole
from tussenstop.agreements.actions.handover import hand_over_to
from tussenstop.core.errors import DomainError, Refused
from tussenstop.people.actions import Invited
from tussenstop.routes import queries
from tussenstop.routes.actions import people as actions
from tussenstop.routes.queries import RouteView
from tussenstop.web.page import by_of, done, now_of, page, person_of, says_yes
from tussenstop.web.routes.forms import InviteForm, PersonForm


def crumbs(view: RouteView) -> list[tuple[str, str]]:
    return [
        (str(_("Routes")), reverse("route_list")),
        (view.route.student.name, reverse("route", args=[view.route.pk])),
    ]


@require_safe
def show(request: HttpRequest, route_id: UUID) -> HttpResponse:
    view = queries.get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    may = {
        part.pk: view.may(actions.permission_to_invite(RouteRole(part.role)))
        and part.role != RouteRole.STUDENT
        for part in view.route.participations.all()
    }
    return page(
        request,
        "routes/people.html",
        {
            "route": view.route,
            "people": [(p, may[p.pk]) for p in view.route.participations.all()],
            "invitable": queries.invitable(view),
            "crumbs": crumbs(view),
            "full": view.may(OnRoute.SEE_STOPS),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, route_id: UUID) -> HttpResponse:
    view = queries.get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    roles = queries.invitable(view)
    if not roles:
        raise Refused(OnRoute.INVITE_FOR_WORKPLACE.label)
    placements = {p.pk: p for p in view.route.placements.all()}
    form = InviteForm(
        request.POST or None,
        roles=roles,
        placements=[(pk, p.workplace.name) for pk, p in placements.items()],
        initial={"role": request.GET.get("role", "")},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        placement = data.get("placement")
        try:
            part = actions.invite_by_email(
                by=by_of(request),
                route=view.route,
                invited=Invited(email=data["email"], name=data["name"], language=data["language"]),
                role=RouteRole(data["role"]),
                placement=placements.get(UUID(placement)) if placement else None,
                is_manager=data.get("is_manager", False),
                note=data.get("note", ""),
                now=now_of(request),
            )
        except DomainError as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.text)
            )
        else:
            text = _("%(name)s gets a mail with a link to answer.") % {"name": part.person.name}
            return done(request, text, "route_people", route_id)
    return page(
        request,
        "routes/invite.html",
        {"route": view.route, "form": form, "crumbs": crumbs(view)},
        status=422 if form.errors else 200,
    )


@require_POST
def end(request: HttpRequest, route_id: UUID, part_id: UUID) -> HttpResponse:
    """End a role on this route: one's own, or one that somebody may give."""
    view = queries.get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    part = queries.part_on(view=view, part_id=part_id)
    actions.end_role(by=by_of(request), route=view.route, part=part, now=now_of(request))
    text = _("%(name)s no longer travels along.") % {"name": part.person.name}
    if part.person_id == view.person.pk:
        return done(request, text, "today")
    return done(request, text, "route_people", route_id)


@require_POST
def send_again(request: HttpRequest, route_id: UUID, part_id: UUID) -> HttpResponse:
    view = queries.get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    part = queries.part_on(view=view, part_id=part_id)
    actions.send_again(by=by_of(request), part=part, now=now_of(request))
    text = _("%(name)s got the mail once more.") % {"name": part.person.name}
    return done(request, text, "route_people", route_id)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, route_id: UUID, part_id: UUID) -> HttpResponse:
    """Let somebody else take over a role; running agreements go along."""
    view = queries.get_route(person=person_of(request), route_id=route_id, now=now_of(request))
    part = queries.part_on(view=view, part_id=part_id)
    if part.role == RouteRole.STUDENT or not view.may(
        actions.permission_to_invite(RouteRole(part.role))
    ):
        raise Refused(_("hand over this role"))
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            hand_over_to(
                by=by_of(request),
                route=view.route,
                part=part,
                invited=Invited(email=data["email"], name=data["name"], language=data["language"]),
                now=now_of(request),
            )
        except DomainError as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.text)
            )
        else:
            text = _("%(name)s is asked to take over.") % {"name": data["name"]}
            return done(request, text, "route_people", route_id)
    return page(
        request,
        "routes/hand_over.html",
        {"route": view.route, "part": part, "form": form, "crumbs": crumbs(view)},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Somebody who is asked for a role says whether they take part."""
    part = queries.invitation_for(person=person_of(request), part_id=part_id)
    if request.method == "POST":
        takes_part = says_yes(request)
        actions.answer_invitation(
            by=by_of(request), part=part, takes_part=takes_part, now=now_of(request)
        )
        if takes_part:
            return done(request, _("Welcome on board."), "route", part.route_id)
        return done(request, _("Thank you for saying so."), "today")
    return page(request, "routes/answer.html", {"part": part})
