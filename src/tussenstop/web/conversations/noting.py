"""We just talked: half a minute on a phone."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.access.matrix import OnRoute
from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.talking import AlreadyNoted
from tussenstop.conversations.names import kind_of
from tussenstop.conversations.rules import UNPLANNED
from tussenstop.routes.queries import RouteView
from tussenstop.routes.rules import ENDED
from tussenstop.web.conversations.forms import NoteForm
from tussenstop.web.conversations.shown import id_in, to_list, usual_other
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """`stop` in the address lets the talk belong to a stop, `kind` chooses what it was."""
    person, now = person_of(request), now_of(request)
    view = queries.get_talking(person=person, route_id=route_id, now=now)
    stop = queries.stop_for(
        person=person, stop_id=id_in(request, "stop"), route_id=route_id, now=now
    )
    others = [p for p in queries.talkers(view.route, now=now) if p.person_id != person.pk]
    wanted = request.GET.get("kind", "")
    form = NoteForm(
        request.POST or None,
        others=others,
        me=person,
        mediates=view.may(OnRoute.MEDIATE),
        initial={
            "day": timezone.localdate(now),
            "who": usual_other(view, others),
            "kind": wanted if kind_of(wanted) else UNPLANNED,
            "owner": str(person.pk),
        },
    )
    twins: list[Any] = []
    if form.is_valid() and (kept := _keep(request, view, form, stop, twins)):
        return done(request, _("Noted. Thank you."), "conversation", kept)
    return page(
        request,
        "conversations/note.html",
        {
            "form": form,
            "twin": twins[0] if twins else None,
            "route": view.route,
            "stop": stop,
            "others": others,
            "ended": view.route.state in ENDED,
            "more": bool(form["point"].value() or (form.errors and not twins)),
            "with_others": bool(form["others"].value() or form["others"].errors),
            "crumbs": to_list(view)[:1],
        },
        status=409 if twins else 422 if form.errors else 200,
    )


def _keep(
    request: HttpRequest, view: RouteView, form: NoteForm, stop: Any, twins: list[Any]
) -> UUID | None:
    """The talk in which it stands now: a new one, or the one that somebody else noted. None when
    the form says why not; what may be the same talk is put in `twins`."""
    by, now = by_of(request), now_of(request)
    if same := id_in(request, "same"):
        twin, _view = queries.get_conversation(
            person=by.person, conversation_id=same, now=now, taking_part=True
        )

        def beside() -> None:
            talking.note_beside(
                by=by, conversation=twin, noted=form.noted, point=form.new_point, now=now
            )

        return twin.pk if saved(form, beside) else None

    def act() -> None:
        try:
            talking.note(
                by=by,
                route=view.route,
                key=form.cleaned_data["key"],
                noted=form.noted,
                point=form.new_point,
                stop=stop,
                now=now,
            )
        except AlreadyNoted as noted:
            twins.append(noted.twin)
            raise

    return form.cleaned_data["key"] if saved(form, act) else None
