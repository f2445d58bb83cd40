"""We just talked: half a minute on a phone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.access.matrix import OnRoute
from tussenstop.conversations import queries
from tussenstop.conversations.actions import talking
from tussenstop.conversations.actions.talking import Noted
from tussenstop.conversations.names import kind_of
from tussenstop.conversations.rules import UNPLANNED
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
    if form.is_valid():
        found = form.cleaned_data

        def act() -> None:
            talking.note(
                by=by_of(request),
                route=view.route,
                key=found["key"],
                noted=Noted(
                    kind=found["kind"],
                    day=found["day"],
                    who={UUID(pk) for pk in found["who"]},
                    words=found["words"],
                    closed=found["closed"],
                ),
                point=form.new_point,
                stop=stop,
                now=now,
            )

        if saved(form, act):
            return done(request, _("Noted. Thank you."), "conversation", found["key"])
    return page(
        request,
        "conversations/note.html",
        {
            "form": form,
            "route": view.route,
            "stop": stop,
            "others": others,
            "readers": others,
            "more": bool(form["point"].value() or form.errors),
            "crumbs": to_list(view)[:1],
        },
        status=422 if form.errors else 200,
    )
