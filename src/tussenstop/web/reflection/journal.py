"""The journal: a list by month, one entry for who wrote it or who may read it, and taking it away."""

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tussenstop.content import pack
from tussenstop.core.errors import NotFound
from tussenstop.reflection import prompting, queries, shapes
from tussenstop.reflection.actions import writing
from tussenstop.web.page import by_of, done, few_of, now_of, page, person_of
from tussenstop.web.reflection.pages import own_page, shared_page
from tussenstop.web.reflection.shown import theme_name, to_entry

PER_PAGE = 20


def further_in(request: HttpRequest) -> int:
    """How often somebody asked for another question."""
    asked = request.GET.get("another", "")[:4]
    return int(asked) if asked.isdecimal() else 0


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """All entries, newest first, with a question for this week on top."""
    person, now = person_of(request), now_of(request)
    words, theme = request.GET.get("q", "")[:100].strip(), request.GET.get("theme", "")
    theme = theme if theme in pack().reflection_themes else ""
    few = few_of(request, queries.own_entries(person=person, words=words, theme=theme), PER_PAGE)
    rows = queries.as_own(few.object_list)
    searching = bool(words or theme)
    routes = queries.routes_of(person, now=now)
    further = further_in(request)
    prompt = None
    if not searching and few.number == 1:
        main = queries.main_route(routes, person)
        prompt = prompting.for_this_week(person, main, now=now, further=further)
    return page(
        request,
        "reflection/journal.html",
        {
            "months": [
                (month, [(one, theme_name(one.entry.theme)) for one in some])
                for month, some in groupby(rows, key=lambda one: one.month)
            ],
            "page": few,
            "words": words,
            "theme": theme,
            "themes": list(pack().reflection_themes.values()),
            "searching": searching,
            "prompt": prompt,
            "prompt_theme": theme_name(prompt.theme) if prompt else "",
            "another": further + 1,
            "offered": shapes.on_offer(person, now=now)[1:] if not searching else [],
        },
    )


@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """The whole of it for who wrote it; for others what was shared with them."""
    person = person_of(request)
    try:
        found = queries.own_page(person=person, entry_id=entry_id)
    except NotFound:
        return shared_page(request, entry_id)
    return own_page(request, found)


@require_POST
def highlight(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One tap: keep this text in view, or no longer."""
    row = queries.own_entry(person=person_of(request), entry_id=entry_id)
    on = request.POST.get("on") == "1"
    writing.highlight(
        by=by_of(request),
        entry=row,
        key=request.POST.get("key", ""),
        on=on,
        now=now_of(request),
    )
    said = _("Kept in view: you find it under “How you grew”.") if on else _("No longer in view.")
    return done(request, said, "journal_entry", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Asked once more, and then gone for good."""
    found = queries.own_page(person=person_of(request), entry_id=entry_id)
    if request.method == "POST":
        writing.remove(by=by_of(request), entry=found.entry)
        return done(request, _("It is gone, and nobody can get it back."), "journal")
    return page(
        request,
        "reflection/delete.html",
        {
            "entry": found.entry,
            "files": sum(1 for part in found.parts if part.file),
            "said": sum(len(one.said) for one in found.readings),
            "shared": any(one.keys for one in found.readings),
            "crumbs": to_entry(found.entry),
        },
    )
