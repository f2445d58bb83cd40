"""Who reads which part of an entry, what they see, and their words to who wrote."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tussenstop.access.matrix import OnRoute
from tussenstop.content import pack
from tussenstop.core.errors import NotFound, Stale
from tussenstop.core.ids import uuid7
from tussenstop.reflection import queries
from tussenstop.reflection.actions import sharing, writing
from tussenstop.reflection.actions.sharing import CannotSay
from tussenstop.reflection.actions.writing import Pen, Wrote
from tussenstop.reflection.readers import readers_on
from tussenstop.reflection.reading import parts_of
from tussenstop.routes.queries import get_route
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.reflection.forms import SayForm, ShareForm, TieForm, see_both
from tussenstop.web.reflection.pages import own_page, shared_page
from tussenstop.web.reflection.shown import theme_name, to_entry

WAYS = ("GET", "HEAD", "POST")


@require_http_methods(WAYS)
def choose(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Nothing is ticked but what was chosen before."""
    person, now = person_of(request), now_of(request)
    entry = queries.own_entry(person=person, entry_id=entry_id)
    if entry.route_id is None:
        return _tie(request, entry)
    view = get_route(person=person, route_id=entry.route_id, now=now, permission=OnRoute.REFLECT)
    readers, parts = readers_on(view.route, person, now=now), parts_of(entry)
    shared: dict[UUID, set[str]] = {}
    for share in entry.shares.all():
        shared.setdefault(share.reader_id, set()).add(share.key)
    form = ShareForm(
        request.POST or None,
        readers=readers,
        parts=parts,
        shared=shared,
        version=entry.sharing_version,
    )
    if form.is_valid():
        try:
            sharing.choose(
                by=by_of(request),
                entry=entry,
                route=view.route,
                chosen=form.chosen,
                seen=form.cleaned_data["version"],
                now=now,
            )
        except Stale as stale:
            fresh = queries.own_entry(person=person, entry_id=entry_id)
            see_both(form, stale.text, fresh.sharing_version)
        else:
            return done(request, _("Done. It holds from now on."), "journal_entry", entry.pk)
    return page(
        request,
        "reflection/share.html",
        {
            "entry": entry,
            "form": form,
            "rows": form.rows(),
            "route": view.route,
            "private": _is_private(entry),
            "theme": theme_name(entry.theme),
            "crumbs": to_entry(entry),
        },
        status=422 if form.errors else 200,
    )


def _is_private(entry: Any) -> bool:
    theme = pack().reflection_themes.get(entry.theme)
    return theme is not None and theme.private


def _tie(request: HttpRequest, entry: Any) -> HttpResponse:
    """First: which route it is about, because that says who could read it."""
    routes = queries.routes_of(person_of(request), now=now_of(request))
    form = TieForm(request.POST or None, routes=routes)
    if form.is_valid():
        route = next(one for one in routes if str(one.pk) == form.cleaned_data["route"])
        writing.write(
            by=by_of(request),
            entry_id=entry.pk,
            wrote=Wrote(
                {},
                form=entry.form,
                theme=entry.theme,
                prompt=entry.prompt,
                prompt_text=entry.prompt_text,
                route=route,
            ),
            seen=entry.version,
            pen=Pen(uuid7()),
            now=now_of(request),
        )
        return done(request, _("Now choose who reads what."), "journal_share", entry.pk)
    return page(
        request,
        "reflection/tie.html",
        {"form": form, "entry": entry, "routes": routes, "crumbs": to_entry(entry)},
        status=422 if form.errors else 200,
    )


@require_POST
def stop(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One tap: this person reads nothing of it any more."""
    entry = queries.own_entry(person=person_of(request), entry_id=entry_id)
    sharing.stop(
        by=by_of(request), entry=entry, reader_id=_uuid(request, "reader"), now=now_of(request)
    )
    return done(request, _("Done: from now on they read nothing of it."), "journal_entry", entry.pk)


def _uuid(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise NotFound from error


@require_POST
def say(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """A word of a reader, or an answer to one."""
    person, now = person_of(request), now_of(request)
    entry, owner = _to_talk_about(person, entry_id, now)
    reader = _uuid(request, "reader") if owner else None
    form = SayForm(request.POST)
    if form.is_valid():
        try:
            sharing.say(
                by=by_of(request),
                entry=entry,
                key=form.cleaned_data["key"],
                text=form.cleaned_data["text"],
                reader_id=reader,
                now=now,
            )
        except CannotSay as refusal:
            form.add_error("text", str(refusal.text))
        else:
            return done(request, _("Said."), "journal_entry", entry.pk)
    if owner:
        found = queries.own_page(person=person, entry_id=entry_id)
        return own_page(request, found, form=form, answering=reader, status=422)
    return shared_page(request, entry_id, form=form, status=422)


def _to_talk_about(person: Any, entry_id: UUID, now: Any) -> tuple[Any, bool]:
    try:
        return queries.own_entry(person=person, entry_id=entry_id), True
    except NotFound:
        return queries.shared_page(person=person, entry_id=entry_id, now=now).entry, False
