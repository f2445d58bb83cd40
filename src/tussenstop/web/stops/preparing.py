"""Preparing a stop for oneself, and sharing it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.routes import preparation_queries
from tussenstop.routes.actions import preparations
from tussenstop.routes.actions.preparations import PreparationStale
from tussenstop.routes.names import name_of, purpose_of
from tussenstop.routes.queries import get_stop
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.stops.forms import PrepareForm
from tussenstop.web.stops.stop import to_stop


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """The questions of one's own role, and free space; saved for oneself, or saved and shared."""
    now = now_of(request)
    seen = preparation_queries.prepare_page(person=person_of(request), stop_id=stop_id, now=now)
    mine, stop = seen.mine, seen.stop
    kept = mine.answers if mine else {}
    form = PrepareForm(
        request.POST or None,
        questions=seen.questions,
        answers=kept,
        initial={"version": mine.version if mine else 0},
    )
    theirs: list[tuple[str, str]] = []
    if form.is_valid():
        sharing = "share" in request.POST
        try:
            preparations.save_preparation(
                by=by_of(request),
                stop=stop,
                answers={**kept, **form.answers},
                seen=form.cleaned_data["version"],
                share=sharing,
                now=now,
            )
        except PreparationStale as stale:
            theirs = preparation_queries.prepared_lines(stop, stale.theirs)
            form = PrepareForm(
                questions=seen.questions, answers=form.answers, initial={"version": stale.version}
            )
        else:
            said = _("Saved, and shared.") if sharing else _("Saved.")
            return done(request, said, "stop", stop.pk)
    return page(
        request,
        "stops/prepare.html",
        {
            "form": form,
            "seen": seen,
            "stop": stop,
            "name": name_of(stop),
            "purpose": purpose_of(stop),
            "theirs": theirs,
            "crumbs": to_stop(seen.view, stop.pk, name_of(stop)),
        },
        status=409 if theirs else 422 if form.errors else 200,
    )


@require_POST
def share(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """Show one's preparation, or take it back."""
    now, shared = now_of(request), request.POST.get("shared") == "yes"
    _view, stop = get_stop(
        person=person_of(request), stop_id=stop_id, now=now, permission=OnRoute.PREPARE
    )
    preparations.share_preparation(by=by_of(request), stop=stop, shared=shared, now=now)
    said = _("Shared.") if shared else _("Taken back: only you see it now.")
    return done(request, said, "stop", stop.pk)
