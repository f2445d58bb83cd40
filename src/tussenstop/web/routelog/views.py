"""The shared log of a route."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.core.readonly import writes_allowed
from tussenstop.routelog import actions, queries
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.planning.crumbs import to_route
from tussenstop.web.routelog.forms import WordForm


def rows_of(words: Any, person: Any, read_at: Any, now: Any) -> list[dict[str, Any]]:
    """Each word, whether it is new to this person, and whether they can take it back."""
    return [
        {
            "word": word,
            "new": word.author_id != person.pk and (read_at is None or word.at > read_at),
            "can_take_back": queries.can_take_back(word, person, now),
        }
        for word in words
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Newest first. Having read it is kept, for oneself alone."""
    person, now = person_of(request), now_of(request)
    found = queries.log_of(person=person, route_id=route_id, now=now)
    form = WordForm(request.POST or None, others=found.others)
    if form.is_valid():

        def act() -> None:
            actions.write(
                by=by_of(request),
                route=found.view.route,
                key=form.cleaned_data["key"],
                text=form.cleaned_data["text"],
                mentions=form.cleaned_data.get("mentions", ()),
                now=now,
            )

        if saved(form, act):
            return done(request, _("It stands there."), "route_log", route_id)
    words = few_of(request, found.words)
    if request.method == "GET" and words.number == 1:
        with writes_allowed("how far somebody read belongs to reading"):
            actions.saw(by=by_of(request), route=found.view.route, now=now)
    return page(
        request,
        "routelog/log.html",
        {
            "route": found.view.route,
            "words": words,
            "rows": rows_of(words.object_list, person, found.read_at, now),
            "form": form,
            "crumbs": to_route(found.view.route),
        },
        status=422 if form.errors else 200,
    )


@require_POST
def take_back(request: HttpRequest, word_id: UUID) -> HttpResponse:
    word, view = queries.get_word(person=person_of(request), word_id=word_id, now=now_of(request))
    try:
        actions.take_back(by=by_of(request), word=word, now=now_of(request))
    except actions.TooLate as refusal:
        messages.warning(request, str(refusal.text))
        return HttpResponseRedirect(reverse("route_log", args=[view.route.pk]))
    return done(request, _("Taken back."), "route_log", view.route.pk)
