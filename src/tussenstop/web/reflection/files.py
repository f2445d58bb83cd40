"""Photos and voice notes of an entry: kept, played, and taken away."""

import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tussenstop.core.readonly import writes_allowed
from tussenstop.reflection import queries
from tussenstop.reflection.actions import files, sharing, writing
from tussenstop.web.page import by_of, done, now_of, page, person_of
from tussenstop.web.partnership.forms.base import saved
from tussenstop.web.reflection.forms import FileForm
from tussenstop.web.reflection.shown import to_entry, to_journal
from tussenstop.web.reflection.writing import keep_typed


@require_POST
def add(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """With an entry that is there, or with one that begins with a photo or a voice. What was typed
    beside it is kept first."""
    person, now = person_of(request), now_of(request)
    entry = queries.own_or_new(person=person, entry_id=entry_id)
    if "version" in request.POST:
        kept, refusal = keep_typed(request, entry, entry_id)
        if refusal is not None:
            return refusal
        entry = kept or entry
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data

        def act() -> None:
            there = entry or writing.begin_empty(
                by=by_of(request), entry_id=entry_id, route=None, now=now
            )
            files.add(
                by=by_of(request),
                entry=there,
                key=data["key"],
                file=data["file"],
                name=data["file"].name,
                caption=data["caption"],
                now=now,
            )

        if saved(form, act):
            return done(request, _("Kept. Only you see it."), "journal_write", entry_id)
    return page(
        request,
        "reflection/file.html",
        {
            "form": form,
            "entry_id": entry_id,
            "crumbs": to_entry(entry) if entry else to_journal(),
        },
        status=422,
    )


@require_safe
def show(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """The file itself, or the piece of it that a player asks for."""
    person, now = person_of(request), now_of(request)
    found = queries.get_file(person=person, file_id=file_id, now=now)
    with writes_allowed("who wrote it sees who looked"):
        sharing.looked(person=person, entry=found.entry, now=now)
    with found.file.content.open("rb") as file:
        content = file.read()
    response = _piece(request, content, found.file.content_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _piece(request: HttpRequest, content: bytes, content_type: str) -> HttpResponse:
    """RFC 9110, one range: enough for players; anything else gets the whole."""
    size = len(content)
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", "").strip())
    if not asked or not any(asked.groups()):
        return HttpResponse(content, content_type=content_type)
    first, last = asked.groups()
    if first:
        begin, end = int(first), min(int(last) if last else size - 1, size - 1)
    else:
        begin, end = max(size - int(last), 0), size - 1
    if begin >= size or begin > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = HttpResponse(content[begin : end + 1], status=206, content_type=content_type)
    response.headers["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return response


@require_POST
def remove(request: HttpRequest, file_id: UUID) -> HttpResponse:
    found = queries.get_file(person=person_of(request), file_id=file_id, now=now_of(request))
    files.remove(by=by_of(request), file=found)
    return done(request, _("It is gone."), "journal_write", found.entry_id)
