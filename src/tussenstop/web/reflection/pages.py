"""The page of one entry: for who wrote it, and for who may read some of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tussenstop.core.readonly import writes_allowed
from tussenstop.reflection import queries, shapes
from tussenstop.reflection.actions import sharing
from tussenstop.web.page import now_of, page, person_of
from tussenstop.web.reflection.forms import SayForm
from tussenstop.web.reflection.shown import prompt_of, theme_name, to_journal


def own_page(
    request: HttpRequest, found: Any, *, form: Any = None, answering: Any = None, status: int = 200
) -> HttpResponse:
    row = found.entry
    shape = shapes.shapes_for([row.form]).get(row.form)
    return page(
        request,
        "reflection/entry.html",
        {
            "entry": row,
            "parts": [(part, part.key in found.highlighted) for part in found.parts],
            "readings": [
                (one, form if one.person.pk == answering else SayForm()) for one in found.readings
            ],
            "shared": any(one.keys for one in found.readings),
            "form_name": shape.name if shape and row.form != "free" else "",
            "form_source": shape.source if shape else "",
            "theme": theme_name(row.theme),
            "prompt": prompt_of(row),
            "crumbs": to_journal(),
        },
        status=status,
    )


def shared_page(
    request: HttpRequest, entry_id: UUID, *, form: SayForm | None = None, status: int = 200
) -> HttpResponse:
    """What a reader sees. That they looked is written down, for who wrote it."""
    person, now = person_of(request), now_of(request)
    found = queries.shared_page(person=person, entry_id=entry_id, now=now)
    with writes_allowed("who wrote it sees who looked"):
        sharing.looked(person=person, entry=found.entry, now=now)
    back = []
    if found.entry.route_id:
        url = reverse("route_reflection", args=[found.entry.route_id])
        back = [(_("Shared with you"), url)]
    return page(
        request,
        "reflection/shared.html",
        {
            "entry": found.entry,
            "parts": found.parts,
            "said": found.said,
            "prompt": prompt_of(found.entry) if found.whole else "",
            "form": form or SayForm(),
            "crumbs": back,
        },
        status=status,
    )
