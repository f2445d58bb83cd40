"""The texts of a stop that all partners write: shared notes, and the outcome."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tussenstop.routes import stop_queries
from tussenstop.routes.actions import stops
from tussenstop.routes.actions.stops import CannotWork, TextStale
from tussenstop.routes.names import name_of
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.stops.forms import SharedTextForm
from tussenstop.web.stops.stop import to_stop


def _write(
    request: HttpRequest,
    stop_id: UUID,
    *,
    what: str,
    save: Callable[..., None],
    said: str,
) -> HttpResponse:
    """One text of a stop in one large field. When somebody else saved meanwhile, both texts stand
    on the page and nothing is lost."""
    now = now_of(request)
    view, stop = stop_queries.working_on(person=person_of(request), stop_id=stop_id, now=now)
    initial = {"text": getattr(stop, what), "version": getattr(stop, f"{what}_version")}
    form = SharedTextForm(request.POST or None, initial=initial)
    theirs = None
    if form.is_valid():
        text, seen = form.cleaned_data["text"], form.cleaned_data["version"]
        try:
            save(by=by_of(request), stop=stop, text=text, seen=seen, now=now)
        except TextStale as stale:
            theirs = stale
            # What was typed stays; saving again is then done knowing the other text.
            form = SharedTextForm(initial={"text": text, "version": stale.version})
        except CannotWork as refusal:
            form.add_error("text" if refusal.field == what else None, str(refusal.text))
        else:
            return done(request, said, "stop", stop.pk)
    return page(
        request,
        "stops/text.html",
        {
            "form": form,
            "theirs": theirs,
            "what": what,
            "stop": stop,
            "hoped_for": stop_queries.hoped_for(stop),
            "crumbs": to_stop(view, stop.pk, name_of(stop)),
            "back": to_stop(view, stop.pk, name_of(stop))[-1][1],
        },
        status=409 if theirs else 422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    return _write(
        request, stop_id, what="notes", save=stops.save_notes, said=_("Your notes are saved.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, stop_id: UUID) -> HttpResponse:
    """The outcome; with the button that says so, the stop is closed with it."""
    closing = "close" in request.POST

    def save(**what: Any) -> None:
        stops.save_outcome(close=closing, **what)

    said = _("This stop is behind you. On to the next.") if closing else _("The outcome is saved.")
    return _write(request, stop_id, what="outcome", save=save, said=said)
